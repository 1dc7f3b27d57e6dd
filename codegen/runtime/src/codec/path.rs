//! The way to where an error is.

use std::fmt::{self, Display};

/// The way from the whole to where an error is. It is filled from its end, on the way out. Keys of maps are not shown.
#[derive(Debug, Default)]
pub(super) struct Path(Vec<Step>);

/// A step of it.
#[derive(Debug)]
pub(super) enum Step {
    Member(&'static str),
    Element(usize),
    /// The value of a map, under a key that is data, not a name of the model.
    Entry,
}

impl Path {
    /// Notes the step that led to what is noted already.
    pub(super) fn push_front(&mut self, step: Step) {
        self.0.push(step);
    }

    /// Returns a reason with the path in front of it.
    pub(super) fn before(&self, reason: &str) -> String {
        match self.is_empty() {
            true => reason.to_owned(),
            false => format!("{self}: {reason}"),
        }
    }

    /// Returns `true` if the error is about the value as a whole.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut separator = "";
        for step in self.0.iter().rev() {
            match step {
                Step::Member(name) => write!(f, "{separator}{name}")?,
                Step::Element(index) => write!(f, "[{index}]")?,
                Step::Entry => f.write_str("[…]")?,
            }
            separator = ".";
        }
        Ok(())
    }
}
