//! The reasons that a value cannot be read.

use minicbor::data::Type;
use minicbor::decode::Error;

use super::kind::{is_bytes, is_float, is_integer, is_text};

/// The reason that a value cannot be read.
pub(super) enum Reason {
    /// The bytes are not CBOR, or there are too few of them.
    Syntax(Error),
    /// The value is not what belongs here.
    Value(String),
}

impl Reason {
    pub(super) fn describe(&self) -> &str {
        match self {
            Self::Syntax(error) if error.is_end_of_input() => "the CBOR is cut short",
            Self::Syntax(_) => "the body is not CBOR",
            Self::Value(reason) => reason,
        }
    }
}

impl From<Error> for Reason {
    fn from(error: Error) -> Self {
        Self::Syntax(error)
    }
}

impl From<String> for Reason {
    fn from(reason: String) -> Self {
        Self::Value(reason)
    }
}

pub(super) fn unexpected(found: Type, expected: &str) -> Reason {
    Reason::Value(format!("found {}, expected {expected}", name(found)))
}

/// Returns the type of a value in words, as errors about JSON have them.
fn name(found: Type) -> &'static str {
    match found {
        Type::Bool => "a boolean",
        Type::Null | Type::Undefined => "null",
        found if is_integer(found) => "an integer",
        found if is_float(found) => "a number",
        found if is_text(found) => "a string",
        found if is_bytes(found) => "a byte string",
        Type::Array | Type::ArrayIndef => "a list",
        Type::Map | Type::MapIndef => "an object",
        Type::Tag => "a value with a tag",
        _ => "a value of another kind",
    }
}
