//! The error about a member that the model does not know.

use crate::schema::Member;
use std::fmt::{self, Display};

/// The longest name that is shown.
const MAX_NAME: usize = 64;

/// A name where one of `members` belongs.
pub(super) struct Unknown<'a> {
    pub(super) name: &'a str,
    pub(super) members: &'static [Member],
}

impl Display for Unknown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown: String = self.name.chars().take(MAX_NAME).collect();
        let ellipsis = if shown.len() < self.name.len() {
            "…"
        } else {
            ""
        };
        write!(f, "unknown field `{}{ellipsis}`, ", shown.escape_debug())?;
        let Some((first, others)) = self.members.split_first() else {
            return f.write_str("there are no fields");
        };
        let one_of = if others.is_empty() { "" } else { "one of " };
        write!(f, "expected {one_of}`{}`", first.name)?;
        for member in others {
            write!(f, ", `{}`", member.name)?;
        }
        Ok(())
    }
}
