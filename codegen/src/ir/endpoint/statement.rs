//! The functions that rules compile to: functions made of statements, and what they return.

use std::rc::Rc;

use super::value::{Binding, Value};

/// A function made of rules.
#[derive(Debug)]
pub struct RulesFunction {
    /// Its name: `resolve` for the whole rule set.
    pub name: String,
    /// The path of its rules in the rule set.
    pub place: String,
    /// The arguments, besides the parameters of the rule set.
    pub arguments: Vec<Rc<Binding>>,
    /// The body, which ends with a return.
    pub body: Vec<Statement>,
}

/// A statement.
#[derive(Debug)]
pub enum Statement {
    /// `let name = value;`
    Let(Rc<Binding>, Value),
    /// `let Some(name) = value else { return …; };`
    LetElse(Rc<Binding>, Value, Decision),
    /// `if a && let Some(b) = c { … }`
    If(Vec<Link>, Vec<Statement>),
    /// `return …;`
    Return(Decision),
}

/// A link in the chain of conditions of an `if`.
#[derive(Debug)]
pub enum Link {
    /// A boolean.
    Test(Value),
    /// `let Some(name) = value`
    Bind(Rc<Binding>, Value),
}

/// The result of a function.
#[derive(Debug)]
pub enum Decision {
    /// No rule of a tree decided.
    NoRule,
    /// An error with a message.
    Error(Value),
    /// The result of another function.
    Call(String, Vec<Value>),
    /// An endpoint.
    Endpoint(EndpointPlan),
}

/// An endpoint to be built.
#[derive(Debug)]
pub struct EndpointPlan {
    /// The URL.
    pub url: Value,
    /// Headers to send there.
    pub headers: Vec<(String, Value)>,
    /// Ways to sign, with their properties.
    pub auth_schemes: Vec<(String, Vec<(String, PropertyPlan)>)>,
    /// All other properties.
    pub properties: Vec<(String, PropertyPlan)>,
}

/// The value of a property.
#[derive(Debug)]
pub enum PropertyPlan {
    /// A single value.
    Value(Value),
    /// A list of values.
    Array(Vec<PropertyPlan>),
    /// Values with names.
    Object(Vec<(String, PropertyPlan)>),
}
