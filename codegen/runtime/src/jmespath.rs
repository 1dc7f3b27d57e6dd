//! What generated JMESPath expressions stand on.
//!
//! In JMESPath a function that is asked of nothing, such as `length(null)`, is an error, and the whole expression gives nothing.
//! Rust has no such way out of the middle of an expression: generated ones go on with any value, and [`Asked`] keeps in mind that
//! what comes of them means nothing.

use std::cell::Cell;

use crate::schema::{Structure, Union, View};

/// The names of a structure's members that are there, as `keys` gives them.
pub fn keys<S: Structure>(structure: &S) -> impl DoubleEndedIterator<Item = &str> {
    let members = structure.members().iter().enumerate();
    members
        .filter(|(index, _)| !matches!(structure.member_view(*index), View::Null))
        .map(|(_, member)| member.name)
}

/// The name of the member that a union has.
pub fn tag<U: Union>(union: &U) -> &str {
    union.member().0
}

/// Keeps in mind whether an expression has asked a function of nothing.
#[derive(Debug, Default)]
pub struct Asked {
    of_nothing: Cell<bool>,
}

impl Asked {
    /// What a function gave, or any value if there was nothing to ask it of.
    pub fn given<T: Default>(&self, answer: Option<T>) -> T {
        answer.unwrap_or_else(|| {
            self.of_nothing.set(true);
            T::default()
        })
    }

    /// The value of the expression, if it has one.
    pub fn known<T>(&self, value: T) -> Option<T> {
        (!self.of_nothing.get()).then_some(value)
    }

    /// Whether the expression holds.
    pub fn matches(&self, holds: bool) -> bool {
        self.known(holds) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_of_something_is_known() {
        let asked = Asked::default();
        assert_eq!(asked.given(Some(3)), 3);
        assert_eq!(asked.known("value"), Some("value"));
        assert!(asked.matches(true));
        assert!(!asked.matches(false));
    }

    #[test]
    fn nothing_comes_of_asking_of_nothing() {
        let asked = Asked::default();
        assert_eq!(asked.given(None::<usize>), 0);
        assert_eq!(asked.known("value"), None);
        assert!(!asked.matches(true));
        assert!(!asked.matches(false));
    }
}
