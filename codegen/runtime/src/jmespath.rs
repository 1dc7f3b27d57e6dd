//! The library of generated JMESPath expressions.
//!
//! In JMESPath a function that is called with null, such as `length(null)`, is an error, and the whole expression has no value.
//! Rust has no such way out of the middle of an expression: generated ones go on with a default, and an [`Evaluation`] records that
//! their value means nothing.
//!
//! All that is not generic is `#[inline]`: only the crates of services with waiters need it.

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

/// An evaluation of an expression, which fails once a function is called with null.
#[derive(Debug, Default)]
pub struct Evaluation {
    has_failed: Cell<bool>,
}

impl Evaluation {
    /// Returns the result of a function, or a default if it was called with null.
    pub fn result_of<T: Default>(&self, call: Option<T>) -> T {
        call.unwrap_or_else(|| {
            self.has_failed.set(true);
            T::default()
        })
    }

    /// Returns the value of the expression, if it has one.
    pub fn value<T>(&self, value: T) -> Option<T> {
        (!self.has_failed.get()).then_some(value)
    }

    /// Returns `true` if the expression has a value, and holds.
    #[inline]
    pub fn matches(&self, holds: bool) -> bool {
        self.value(holds) == Some(true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_expression_has_a_value_if_its_functions_have_results() {
        let evaluation = Evaluation::default();
        assert_eq!(evaluation.result_of(Some(3)), 3);
        assert_eq!(evaluation.value("value"), Some("value"));
        assert!(evaluation.matches(true));
        assert!(!evaluation.matches(false));
    }

    #[test]
    fn a_function_that_is_called_with_null_leaves_no_value() {
        let evaluation = Evaluation::default();
        assert_eq!(evaluation.result_of(None::<usize>), 0);
        assert_eq!(evaluation.value("value"), None);
        assert!(!evaluation.matches(true));
        assert!(!evaluation.matches(false));
    }
}
