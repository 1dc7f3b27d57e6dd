//! The placeholder for sensitive values.

use std::fmt;

/// Stands for a value that the model calls sensitive, in the `Debug` of what holds it.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Redacted;

impl Redacted {
    /// The text that is shown.
    pub const TEXT: &'static str = "*** Sensitive Data Redacted ***";
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::TEXT)
    }
}

impl fmt::Display for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(Self::TEXT)
    }
}
