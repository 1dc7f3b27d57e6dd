//! The wire format of awsJson, and how generated types take part in it.
//!
//! A generated type neither writes nor reads itself. It is a [`Value`]: it shows what it holds as a [`View`] and says where what is
//! read belongs as a [`Slot`], and both hold references and nothing generic. What turns them to and from JSON is here, once
//! for all types, and compiled once: the code of a type is a table of its members, written by one of the macros
//! [`structure!`](crate::structure), [`union!`](crate::union), [`string_enum!`](crate::string_enum) and
//! [`int_enum!`](crate::int_enum). They also give it serde's traits, which any self-describing format can be read and written
//! with.
//!
//! Reading starts from a value's [`zero`](Value::zero). Responses are read with Smithy's client error correction: what is required
//! and missing, or null, stays zero, and nulls in dense lists and maps go. Whatever else is read, such as a request in a file,
//! has to hold all that is required.

mod blob;
mod enums;
mod float;
mod read;
mod scalar;
mod structure;
mod timestamp;
mod union;
mod value;
mod write;

pub use read::deserialize;
#[cfg(feature = "test-util")]
pub(crate) use read::from_json;
pub(crate) use read::{ReadError, read};
pub use structure::{Before, Has, Last};
pub use timestamp::TimestampFormat;
pub use value::{Integer, List, Map, Optional, Slot, Structure, Text, Union, Value, View};
pub use write::serialize;
pub(crate) use write::{to_error_json, to_json};

/// What the wire format has to know of a member, besides its value.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    name: &'static str,
    is_required: bool,
    timestamps: TimestampFormat,
}

impl Member {
    /// A member that has to be there, by its name on the wire.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            is_required: true,
            timestamps: TimestampFormat::EpochSeconds,
        }
    }

    /// A member that may be left out.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            is_required: false,
            ..Self::required(name)
        }
    }

    /// The one of this name.
    fn named<'a>(members: &'a [Self], name: &str) -> Option<&'a Self> {
        members.iter().find(|member| member.name == name)
    }

    /// Its name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Writes the timestamps in its value in another format than epoch seconds.
    #[must_use]
    pub const fn timestamps(self, timestamps: TimestampFormat) -> Self {
        Self { timestamps, ..self }
    }
}

#[cfg(test)]
mod testing {
    //! Values to and from JSON.

    use super::write::write_with;
    use super::{TimestampFormat, Value, deserialize};

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
