//! JSON, read and written through serde.

mod read;
mod scalar;
mod write;

pub use self::read::deserialize;
#[cfg(feature = "test-util")]
pub(crate) use self::read::from_json;
pub(crate) use self::read::{ReadError, read};
pub use self::write::serialize;
pub(crate) use self::write::{to_error_json, to_json};

#[cfg(test)]
pub(crate) mod testing {
    //! Values to and from JSON.

    use super::deserialize;
    use super::write::write_with;
    use crate::schema::{TimestampFormat, Value};

    pub(crate) fn read<T: Value>(json: &str) -> Result<T, String> {
        deserialize(&mut serde_json::Deserializer::from_str(json))
            .map_err(|error| error.to_string())
    }

    pub(crate) fn write<T: Value>(value: &T) -> String {
        try_write(value, TimestampFormat::EpochSeconds).unwrap()
    }

    pub(crate) fn try_write<T: Value>(
        value: &T,
        timestamps: TimestampFormat,
    ) -> Result<String, String> {
        let mut json = Vec::new();
        write_with(
            value,
            timestamps,
            &mut serde_json::Serializer::new(&mut json),
        )
        .map_err(|error| error.to_string())?;
        Ok(String::from_utf8(json).unwrap())
    }
}
