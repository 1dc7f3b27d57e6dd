//! What stands in logs for what may not stand there.

use std::fmt;

/// Stands for a value that the model calls sensitive, in the `Debug` of what holds it.
#[derive(Clone, Copy, Eq, PartialEq)]
pub struct Redacted;

impl Redacted {
    /// What is shown.
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
