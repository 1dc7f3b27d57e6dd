//! Values of fields that nobody has set.

use serde_json::Value;

use super::types::TypeName;

/// The value of a field that nobody has set.
#[derive(Clone, Debug, PartialEq)]
pub enum DefaultValue {
    /// A boolean.
    Bool(bool),
    /// An integer of whatever width the field has.
    Integer(i64),
    /// A float of whatever width the field has.
    Float(f64),
    /// The digits of an integer of any size.
    BigInteger(String),
    /// A decimal number of any size, as text.
    BigDecimal(String),
    /// A string.
    String(String),
    /// A value of an enum of strings.
    Enum {
        /// The enum.
        name: TypeName,
        /// The variant, if the model knows the value.
        variant: Option<String>,
        /// The value on the wire.
        value: String,
    },
    /// A value of an enum of integers.
    IntEnum {
        /// The enum.
        name: TypeName,
        /// The variant, if the model knows the value.
        variant: Option<String>,
        /// The value on the wire.
        value: i32,
    },
    /// Bytes.
    Blob(Vec<u8>),
    /// A moment.
    DateTime {
        /// Seconds since 1970.
        seconds: i64,
        /// And nanoseconds.
        nanos: u32,
    },
    /// A document.
    Document(Value),
    /// An empty list.
    EmptyList,
    /// An empty map.
    EmptyMap,
}
