//! JMESPath, as far as Smithy's traits use it: waiters, pages, and endpoint parameters from requests.
//!
//! [`parse`] gives the syntax tree of an expression, [`compile`] gives it types and fields of a planned crate, and
//! `emit::jmespath` prints that as Rust over the typed request or response. An expression that means nothing there (a
//! function that is not known, a field that no structure has) is an error that quotes it.

mod lexer;
mod parser;
mod typed;

use serde_json::Value;

pub use parser::parse;
pub use typed::{Given, Kind, Query, Type, compile};

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
}

/// How two values are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// What is wrong with an expression; where it stands, the caller knows.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
#[error("the JMESPath expression `{expression}` {message}")]
pub struct Problem {
    expression: String,
    message: String,
}

/// How much of an expression an error message quotes.
const QUOTED: usize = 200;

impl Problem {
    fn new(expression: &str, message: impl Into<String>) -> Self {
        let mut quoted: String = expression.chars().take(QUOTED).collect();
        if quoted.len() < expression.len() {
            quoted.push('…');
        }
        Self {
            expression: quoted,
            message: message.into(),
        }
    }
}
