#![doc = include_str!(concat!(env!("OUT_DIR"), "/src/lib.md"))]

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));

#[cfg(test)]
mod tests {
    use crate::fake::Fake;
    use crate::{Client, GetForecast, GetForecastInput, GetForecastOutput, Sky};

    #[tokio::test]
    async fn a_fake_answers() {
        let fake = Fake::new();
        fake.on::<GetForecast>(|_| Ok(GetForecastOutput::builder().sky(Sky::Clear).build()));
        let request = GetForecastInput::builder().city("Oslo").build();
        let client: Client = fake.client();
        client.get_forecast(request).await.unwrap();
        assert_eq!(fake.requests::<GetForecast>()[0].city, "Oslo");
    }
}
