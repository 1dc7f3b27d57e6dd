//! The trait `smithy.rules#endpointTests`: which endpoint or error has to come of which parameters.

use crate::Diagnostic;
use serde_json::{Map, Value};

use super::parse::{items, member, object, parameter_value, text};
use super::{EndpointRule, ParameterKind, ParameterValue, Place, RuleSet};

/// A test of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct TestCase {
    /// The subject, in the model's words.
    pub documentation: Option<String>,
    /// The parameters that are set.
    pub parameters: Vec<(String, ParameterValue)>,
    /// The expected outcome.
    pub expected: Expected,
    /// Calls of which the same has to come: `operationInputs`.
    pub calls: Vec<Call>,
}

/// A call of an operation, and the client that makes it.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// The name of the operation.
    pub operation: String,
    /// The input.
    pub input: Value,
    /// The settings of the client, by the names of built-in parameters.
    pub built_ins: Vec<(String, ParameterValue)>,
    /// The parameters that the client sets: `clientContextParams`.
    pub client: Vec<(String, ParameterValue)>,
}

/// The expected outcome of a test.
#[derive(Clone, Debug, PartialEq)]
pub enum Expected {
    /// An endpoint, in which all strings are plain.
    Endpoint(EndpointRule),
    /// An error with this message.
    Error(String),
}

/// Reads the value of `smithy.rules#endpointTests`.
///
/// # Errors
/// If it does not hold tests, or sets parameters that the rule set does not have.
pub fn test_cases(value: &Value, rules: &RuleSet) -> Result<Vec<TestCase>, Diagnostic> {
    let place = Place::root("endpointTests");
    let cases = member(object(value, &place)?, "testCases", &place)?;
    items(cases, &place.member("testCases"), |value, place| {
        test_case(value, rules, place)
    })
}

fn test_case(value: &Value, rules: &RuleSet, place: &Place) -> Result<TestCase, Diagnostic> {
    let value = object(value, place)?;
    Ok(TestCase {
        documentation: text(value, "documentation"),
        parameters: match value.get("params") {
            Some(parameters) => parameter_values(parameters, rules, &place.member("params"))?,
            None => Vec::new(),
        },
        expected: expected(member(value, "expect", place)?, &place.member("expect"))?,
        calls: match value.get("operationInputs") {
            Some(calls) => items(calls, &place.member("operationInputs"), |value, place| {
                call(value, rules, place)
            })?,
            None => Vec::new(),
        },
    })
}

fn call(value: &Value, rules: &RuleSet, place: &Place) -> Result<Call, Diagnostic> {
    let value = object(value, place)?;
    let operation = text(value, "operationName");
    let name = place.member("operationName");
    Ok(Call {
        operation: operation
            .ok_or_else(|| Diagnostic::at(&name, "expected the name of an operation"))?,
        input: match value.get("operationParams") {
            Some(input) => input.clone(),
            None => Value::Object(Map::new()),
        },
        built_ins: match value.get("builtInParams") {
            Some(values) => built_in_values(values, &place.member("builtInParams"))?,
            None => Vec::new(),
        },
        client: match value.get("clientParams") {
            Some(values) => parameter_values(values, rules, &place.member("clientParams"))?,
            None => Vec::new(),
        },
    })
}

fn built_in_values(
    value: &Value,
    place: &Place,
) -> Result<Vec<(String, ParameterValue)>, Diagnostic> {
    let value_of = |(name, value): (&String, &Value)| {
        let kind = if value.is_boolean() {
            ParameterKind::Boolean
        } else {
            ParameterKind::String
        };
        Ok((
            name.clone(),
            parameter_value(value, kind, &place.member(name))?,
        ))
    };
    object(value, place)?.iter().map(value_of).collect()
}

fn parameter_values(
    value: &Value,
    rules: &RuleSet,
    place: &Place,
) -> Result<Vec<(String, ParameterValue)>, Diagnostic> {
    let value_of = |(name, value): (&String, &Value)| {
        let place = place.member(name);
        let parameter = rules
            .parameters
            .iter()
            .find(|parameter| parameter.name == *name)
            .ok_or_else(|| Diagnostic::at(&place, "the rule set has no parameter of this name"))?;
        Ok((
            name.clone(),
            parameter_value(value, parameter.kind, &place)?,
        ))
    };
    object(value, place)?.iter().map(value_of).collect()
}

fn expected(value: &Value, place: &Place) -> Result<Expected, Diagnostic> {
    let members = object(value, place)?;
    if let Some(message) = text(members, "error") {
        return Ok(Expected::Error(message));
    }
    let endpoint = escaped(member(members, "endpoint", place)?);
    Ok(Expected::Endpoint(super::parse::endpoint(
        &endpoint,
        &place.member("endpoint"),
    )?))
}

/// The value with the braces in all its strings doubled, so that they stand for themselves.
fn escaped(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(text.replace('{', "{{").replace('}', "}}")),
        Value::Array(values) => values.iter().map(escaped).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), escaped(value)))
            .collect(),
        other => other.clone(),
    }
}
