//! The library of generated JMESPath expressions.
//!
//! In JMESPath a function that is called with null, such as `length(null)`, is an error, and the whole expression has no value.
//! Rust has no such way out of the middle of an expression: generated ones go on with a default, and [`Asked`] records that their
//! result means nothing.

use std::cell::Cell;

use crate::schema::{Structure, Union, View};

/// Returns the names of a structure's members that are set, as JMESPath's `keys` does.
pub fn keys<S: Structure>(structure: &S) -> impl DoubleEndedIterator<Item = &str> {
    let members = structure.members().iter().enumerate();
    members
        .filter(|(index, _)| !matches!(structure.member_view(*index), View::Null))
        .map(|(_, member)| member.name)
}

/// Returns the name of the member that a union holds.
pub fn tag<U: Union>(union: &U) -> &str {
    union.member().0
}

/// A record of whether an expression has called a function with null.
#[derive(Debug, Default)]
pub struct Asked {
    of_nothing: Cell<bool>,
}

impl Asked {
    /// Returns the result of a function, or a default if it was called with null.
    pub fn given<T: Default>(&self, answer: Option<T>) -> T {
        answer.unwrap_or_else(|| {
            self.of_nothing.set(true);
            T::default()
        })
    }

    /// Returns the value of the expression, if it has one.
    pub fn known<T>(&self, value: T) -> Option<T> {
        (!self.of_nothing.get()).then_some(value)
    }

    /// Returns `true` if the expression has a value, and holds.
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
