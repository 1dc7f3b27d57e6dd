//! Values of enums that are newer than the model.

use std::fmt;

/// A value of a string enum that the enum has no variant for.
///
/// It is made by nothing but the conversion of a string into the enum, and only for strings that no variant stands for. So two
/// values of an enum are equal exactly if they are sent as the same string.
#[derive(Clone, Eq, Hash, PartialEq)]
pub struct UnknownValue(String);

impl UnknownValue {
    /// Returns the value as it is on the wire.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl AsRef<str> for UnknownValue {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// A value of an int enum that the enum has no variant for.
///
/// As an [`UnknownValue`], it is made by nothing but the conversion of an integer into the enum.
#[derive(Clone, Copy, Eq, Hash, PartialEq)]
pub struct UnknownInteger(i32);

impl UnknownInteger {
    /// Returns the value as it is on the wire.
    pub const fn as_i32(self) -> i32 {
        self.0
    }
}

impl fmt::Display for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for UnknownInteger {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Creates a value, for the conversions that [`string_enum!`](crate::string_enum) writes and for nothing else.
#[doc(hidden)]
pub fn unknown_value(value: &str) -> UnknownValue {
    UnknownValue(value.to_owned())
}

/// Creates a value, for the conversions that [`int_enum!`](crate::int_enum) writes and for nothing else.
#[doc(hidden)]
pub const fn unknown_integer(value: i32) -> UnknownInteger {
    UnknownInteger(value)
}
