//! What rules become: functions made of statements, and what they return.

use std::rc::Rc;

use super::value::{Binding, Value};

/// A function made of rules.
#[derive(Debug)]
pub struct RulesFunction {
    /// Its name: `resolve` for the whole rule set.
    pub name: String,
    /// Where its rules stand.
    pub place: String,
    /// What it is told, besides the parameters.
    pub arguments: Vec<Rc<Binding>>,
    /// What it does; it ends with a return.
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

/// What a function returns.
#[derive(Debug)]
pub enum Decision {
    /// No rule of a tree decided.
    NoRule,
    /// An error with a message.
    Error(Value),
    /// What another function returns.
    Call(String, Vec<Value>),
    /// An endpoint.
    Endpoint(EndpointPlan),
}

/// An endpoint to be built.
#[derive(Debug)]
pub struct EndpointPlan {
    /// Where it is.
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
