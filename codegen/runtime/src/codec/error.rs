//! Why a value could not be written or read.

use std::fmt;

/// The error of a request that could not be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EncodeError(Box<str>);

impl EncodeError {
    /// An error that says in one line which value is wrong, and why.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into().into_boxed_str())
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EncodeError {}

/// The error of a response that could not be read. It does not show what the response holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecodeError(Box<str>);

impl DecodeError {
    /// An error that says in one line what is wrong, and where.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into().into_boxed_str())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for DecodeError {}
