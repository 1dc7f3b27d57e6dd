//! A crate that `build.rs` generates from `model.json`.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));

#[cfg(test)]
mod tests {
    #[test]
    fn the_client_is_there() {
        let request = crate::GetForecastInput::builder().city("Oslo").build();
        assert_eq!(request.city, "Oslo");
        let _operation = crate::Client::get_forecast;
    }
}
