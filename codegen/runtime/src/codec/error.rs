//! The errors of writing and of reading a value.

use std::fmt;

use crate::line;

/// The error of a request that could not be written.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EncodeError(Box<str>);

impl EncodeError {
    /// Creates an error that says in one line which value is wrong, and why.
    pub fn new(message: impl Into<String>) -> Self {
        Self(line::boxed(message.into()))
    }

    /// Notes the member that the error is about, or that holds what it is about.
    #[cfg(feature = "xml")]
    pub(crate) fn within(self, member: &str) -> Self {
        Self::new(format!("{member}: {}", self.0))
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
pub struct DecodeError {
    message: Box<str>,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Kind {
    /// Something is not what the model says.
    Value,
    /// The bytes are not of the format.
    Syntax,
    /// The bytes end too early.
    Incomplete,
}

impl DecodeError {
    /// Creates an error that says in one line what is wrong, and where.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: line::boxed(message.into()),
            kind: Kind::Value,
        }
    }

    /// Creates an error about a response that ends too early. Such a call is retried, since the response was cut short on its way.
    pub(crate) fn incomplete(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Incomplete,
            ..Self::new(message)
        }
    }

    /// Creates an error about bytes that are not of the format.
    pub(crate) fn syntax(message: impl Into<String>) -> Self {
        Self {
            kind: Kind::Syntax,
            ..Self::new(message)
        }
    }

    pub(crate) fn is_syntax(&self) -> bool {
        self.kind == Kind::Syntax
    }

    /// Returns `true` if the response ends too early, so that the same call may bring a whole one.
    pub(crate) fn is_incomplete(&self) -> bool {
        self.kind == Kind::Incomplete
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for DecodeError {}
