//! JMESPath, as far as Smithy's traits use it: waiters, pages, and endpoint parameters from requests.
//!
//! [`parse`] gives the syntax tree of an expression, [`compile`] gives it types and fields of a crate to be written, and
//! `emit::jmespath` prints that as Rust over the typed request or response. An expression that means nothing there (a
//! function that is not known, a field that no structure has) is an error that quotes it.

mod choice;
mod compare;
mod compile;
mod function;
mod lexer;
mod member;
mod needs;
mod parser;

use serde_json::Value;

use crate::docs::code;

pub use crate::ir::query::{Comparator, Given, Kind, Query, Type};
pub use compile::compile;
pub use parser::parse;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `@`, and what stands where nothing is written
    Current,
    /// `name`
    Field(String),
    /// `a.b`, `a | b`: the second is asked of what the first gives.
    Then(Box<Expression>, Box<Expression>),
    /// `a[0]`, `a[-1]`
    Index(Box<Expression>, i64),
    /// `a[*].b`, `a[].b`, `a.*.b`, `a[?c].b`: the last is asked of each item.
    Projection {
        /// Whose items.
        source: Box<Expression>,
        /// Which items.
        items: Items,
        /// What is asked of each.
        each: Box<Expression>,
    },
    /// `[a, b]`
    List(Vec<Expression>),
    /// `{a: b}`
    Object(Vec<(String, Expression)>),
    /// `&a`
    Reference(Box<Expression>),
    /// `` `0` ``, `'text'`
    Literal(Value),
    /// `a == b`
    Comparison(Comparator, Box<Expression>, Box<Expression>),
    /// `a && b`
    And(Box<Expression>, Box<Expression>),
    /// `a || b`
    Or(Box<Expression>, Box<Expression>),
    /// `!a`
    Not(Box<Expression>),
    /// `length(a)`
    Call(String, Vec<Expression>),
}

/// Which items a projection goes through.
#[derive(Clone, Debug, PartialEq)]
pub enum Items {
    /// `[*]`: those of a list.
    List,
    /// `[]`: those of a list, and those of the lists in it in their place.
    Flattened,
    /// `.*`: the values of a map.
    Values,
    /// `[?condition]`: those of a list for which it holds.
    Filtered(Box<Expression>),
    /// `[start:stop:step]`: some of those of a list.
    Sliced,
}

/// What is wrong with an expression; where it stands, the caller knows.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the JMESPath expression {} {}", code(expression), mistake.message)]
pub struct Problem {
    expression: String,
    mistake: Mistake,
}

/// What is wrong with an expression, as a clause about it.
#[derive(Clone, Debug, Eq, PartialEq)]
struct Mistake {
    message: String,
    is_unsupported: bool,
}

/// How much of an expression an error message quotes.
const QUOTED: usize = 200;

impl Problem {
    fn new(expression: &str, mistake: impl Into<Mistake>) -> Self {
        let mut quoted: String = expression.chars().take(QUOTED).collect();
        if quoted.len() < expression.len() {
            quoted.push('…');
        }
        Self {
            expression: quoted,
            mistake: mistake.into(),
        }
    }

    /// Whether the expression is right, and only not supported.
    pub fn is_unsupported(&self) -> bool {
        self.mistake.is_unsupported
    }
}

impl Mistake {
    fn unsupported(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
            is_unsupported: true,
        }
    }
}

impl<S: Into<String>> From<S> for Mistake {
    fn from(message: S) -> Self {
        Self {
            message: message.into(),
            is_unsupported: false,
        }
    }
}
