//! JMESPath, as far as Smithy's traits use it: waiters, pages, and endpoint parameters from requests.
//!
//! [`parse`] returns the syntax tree of an expression, [`compile`] adds types and fields of a crate to be written, and
//! `emit::jmespath` prints that as Rust over the typed request or response. An expression that means nothing there (a
//! function that is not known, a field that no structure has) is an error that quotes it.

mod choice;
mod compare;
mod compile;
mod function;
mod items;
mod lexer;
mod member;
mod needs;
mod parser;

use serde_json::Value;

use crate::Diagnostic;
use crate::docs::code;

pub use crate::ir::query::{Comparator, Given, Kind, Query, Type};
pub use compile::compile;
pub use parser::parse;

/// An expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Expression {
    /// `@`, also where it is left out
    Current,
    /// `name`
    Field(String),
    /// `a.b`, `a | b`: the second is evaluated against the result of the first.
    Then(Box<Expression>, Box<Expression>),
    /// `a[0]`, `a[-1]`
    Index(Box<Expression>, i64),
    /// `a[*].b`, `a[].b`, `a.*.b`, `a[?c].b`: the last is evaluated against each item.
    Projection {
        /// The list or map that has the items.
        source: Box<Expression>,
        /// The selection of its items.
        items: Items,
        /// The expression that is evaluated for each.
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

/// The items that a projection goes through.
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

/// The largest part of an expression that an error message quotes, in characters.
const QUOTED: usize = 200;

/// Makes a sentence about an expression of a clause, which is all that the parts of this module say.
fn about(expression: &str, clause: Diagnostic) -> Diagnostic {
    let mut quoted: String = expression.chars().take(QUOTED).collect();
    if quoted.len() < expression.len() {
        quoted.push('…');
    }
    clause.map_message(|clause| format!("the JMESPath expression {} {clause}", code(&quoted)))
}
