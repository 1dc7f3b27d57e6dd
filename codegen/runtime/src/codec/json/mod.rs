//! JSON, read and written through serde.

mod decimal;
mod number;
mod read;
mod scalar;
mod write;

use super::{Codec, DecodeError, EncodeError, Mode};
use crate::schema::{Member, Slot, View};

pub use self::read::deserialize;
pub use self::write::serialize;

/// The codec.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Json {
    /// `true` if numbers of any size are written as strings.
    big_numbers_are_text: bool,
}

impl Json {
    /// The JSON of most protocols: numbers are numbers.
    pub(crate) const NUMBERS: Self = Self {
        big_numbers_are_text: false,
    };

    /// JSON whose numbers of any size are strings, so that no reader rounds them.
    #[cfg(feature = "rpc-v2")]
    pub(crate) const BIG_NUMBERS_AS_TEXT: Self = Self {
        big_numbers_are_text: true,
    };
}

impl Codec for Json {
    fn name(&self) -> &'static str {
        "JSON"
    }

    fn recognizes(&self, bytes: &[u8]) -> bool {
        matches!(bytes.trim_ascii_start().first(), Some(b'{' | b'[' | b'"'))
    }

    fn write(&self, view: View<'_>, of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::write(*self, view, of, bytes).map_err(|error| EncodeError::new(error.to_string()))
    }

    fn read(
        &self,
        bytes: &[u8],
        slot: Slot<'_>,
        _of: &Member,
        mode: Mode,
    ) -> Result<(), DecodeError> {
        read::read(bytes, slot, mode)
    }
}

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
