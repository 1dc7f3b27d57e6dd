//! JSON to rules.

use crate::Diagnostic;
use serde_json::{Map, Value};

use super::template::template;
use super::{
    AuthScheme, Condition, EndpointRule, Expression, Function, Outcome, Parameter, ParameterKind,
    ParameterValue, Place, Property, Rule, RuleSet,
};

type Result<T> = std::result::Result<T, Diagnostic>;

/// Reads the value of `smithy.rules#endpointRuleSet`.
///
/// # Errors
/// If it is not a rule set, or uses what the language did not have when this was written.
pub fn rule_set(value: &Value) -> Result<RuleSet> {
    let place = Place::root("endpointRuleSet");
    let root = object(value, &place)?;
    version(root, &place)?;
    let rules = rules(root, &place)?;
    check_depth(&rules, 0, &place)?;
    Ok(RuleSet {
        parameters: match root.get("parameters") {
            Some(parameters) => named(parameters, &place.member("parameters"), parameter)?,
            None => Vec::new(),
        },
        rules,
    })
}

/// The largest number of conditions of an outcome, those of the trees that it is in included. Each is a level of nesting in
/// the code; S3, which has the most, has 24.
const MAX_CONDITIONS: usize = 200;

fn check_depth(rules: &[Rule], above: usize, place: &Place) -> Result<()> {
    for (index, rule) in rules.iter().enumerate() {
        let place = place.member("rules").item(index);
        let conditions = above + rule.conditions.len();
        if conditions > MAX_CONDITIONS {
            let message = format!(
                "needs {conditions} conditions to hold, those of the trees around it included: at most {MAX_CONDITIONS} are supported"
            );
            return Err(Diagnostic::at(&place, message));
        }
        if let Outcome::Tree(rules) = &rule.outcome {
            check_depth(rules, conditions, &place)?;
        }
    }
    Ok(())
}

/// Everywhere that a rule set calls a function which is not supported.
pub fn unsupported(rule_set: &Value) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    if let Some(rules) = rule_set.get("rules") {
        let place = Place::root("endpointRuleSet").member("rules");
        find_unsupported(rules, &place, &mut diagnostics);
    }
    diagnostics
}

fn find_unsupported(value: &Value, place: &Place, diagnostics: &mut Vec<Diagnostic>) {
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                find_unsupported(item, &place.item(index), diagnostics);
            }
        }
        Value::Object(members) => {
            if let Some(Value::String(name)) = members.get("fn")
                && members.contains_key("argv")
            {
                diagnostics.extend(function(name, place).err());
            }
            for (name, member) in members {
                find_unsupported(member, &place.member(name), diagnostics);
            }
        }
        _ => {}
    }
}

fn version(root: &Map<String, Value>, place: &Place) -> Result<()> {
    match root.get("version").and_then(Value::as_str) {
        Some(version) if version.starts_with("1.") => Ok(()),
        other => Err(Diagnostic::at(
            place.member("version"),
            format!(
                "expected version 1 of the rules language, such as \"1.0\", found {:?}",
                other.unwrap_or_default()
            ),
        )),
    }
}

fn parameter(name: &str, value: &Value, place: &Place) -> Result<Parameter> {
    let value = object(value, place)?;
    let kind = parameter_kind(value, &place.member("type"))?;
    Ok(Parameter {
        name: name.to_owned(),
        kind,
        required: value
            .get("required")
            .and_then(Value::as_bool)
            .unwrap_or(false),
        default: match value.get("default") {
            Some(default) => Some(parameter_value(default, kind, &place.member("default"))?),
            None => None,
        },
        built_in: text(value, "builtIn"),
        documentation: text(value, "documentation"),
        deprecated: value.get("deprecated").map(|reason| {
            reason
                .as_object()
                .and_then(|reason| text(reason, "message"))
                .unwrap_or_default()
        }),
    })
}

fn parameter_kind(parameter: &Map<String, Value>, place: &Place) -> Result<ParameterKind> {
    let name = parameter
        .get("type")
        .and_then(Value::as_str)
        .unwrap_or_default();
    match name.to_ascii_lowercase().as_str() {
        "string" => Ok(ParameterKind::String),
        "boolean" => Ok(ParameterKind::Boolean),
        "stringarray" => Ok(ParameterKind::StringArray),
        _ => Err(Diagnostic::at(
            place,
            format!("expected string, boolean or stringArray, found {name:?}"),
        )),
    }
}

/// Reads the value of a parameter: its default, or that of a test.
pub(super) fn parameter_value(
    value: &Value,
    kind: ParameterKind,
    place: &Place,
) -> Result<ParameterValue> {
    let strings = |values: &Vec<Value>| {
        values
            .iter()
            .map(|value| value.as_str().map(str::to_owned))
            .collect()
    };
    let read = match kind {
        ParameterKind::String => value
            .as_str()
            .map(|text| ParameterValue::String(text.to_owned())),
        ParameterKind::Boolean => value.as_bool().map(ParameterValue::Boolean),
        ParameterKind::StringArray => value
            .as_array()
            .and_then(strings)
            .map(ParameterValue::StringArray),
    };
    read.ok_or_else(|| {
        Diagnostic::at(
            place,
            format!("expected a value of type {kind:?}, found {value}"),
        )
    })
}

fn rules(value: &Map<String, Value>, place: &Place) -> Result<Vec<Rule>> {
    items(member(value, "rules", place)?, &place.member("rules"), rule)
}

fn rule(value: &Value, place: &Place) -> Result<Rule> {
    let value = object(value, place)?;
    let conditions = match value.get("conditions") {
        Some(conditions) => items(conditions, &place.member("conditions"), condition)?,
        None => Vec::new(),
    };
    let outcome = match value.get("type").and_then(Value::as_str) {
        Some("tree") => Outcome::Tree(rules(value, place)?),
        Some("error") => Outcome::Error(expression(
            member(value, "error", place)?,
            &place.member("error"),
        )?),
        Some("endpoint") => Outcome::Endpoint(endpoint(
            member(value, "endpoint", place)?,
            &place.member("endpoint"),
        )?),
        other => {
            let message = format!(
                "expected tree, endpoint or error, found {:?}",
                other.unwrap_or_default()
            );
            return Err(Diagnostic::at(place.member("type"), message));
        }
    };
    Ok(Rule {
        conditions,
        outcome,
    })
}

fn condition(value: &Value, place: &Place) -> Result<Condition> {
    Ok(Condition {
        call: expression(value, place)?,
        assign: object(value, place)
            .ok()
            .and_then(|value| text(value, "assign")),
    })
}

pub(super) fn endpoint(value: &Value, place: &Place) -> Result<EndpointRule> {
    let value = object(value, place)?;
    let mut properties = match value.get("properties") {
        Some(properties) => named(
            properties,
            &place.member("properties"),
            |name, value, place| Ok((name.to_owned(), property(value, place)?)),
        )?,
        None => Vec::new(),
    };
    let auth_schemes = match properties
        .iter()
        .position(|(name, _)| name == "authSchemes")
    {
        Some(at) => auth_schemes(
            properties.remove(at).1,
            &place.member("properties").member("authSchemes"),
        )?,
        None => Vec::new(),
    };
    Ok(EndpointRule {
        url: expression(member(value, "url", place)?, &place.member("url"))?,
        headers: match value.get("headers") {
            Some(headers) => named(headers, &place.member("headers"), |name, values, place| {
                Ok((name.to_owned(), items(values, place, expression)?))
            })?,
            None => Vec::new(),
        },
        auth_schemes,
        properties,
    })
}

fn auth_schemes(property: Property, place: &Place) -> Result<Vec<AuthScheme>> {
    let Property::Array(schemes) = property else {
        return Err(Diagnostic::at(place, "expected a list of auth schemes"));
    };
    schemes
        .into_iter()
        .enumerate()
        .map(|(index, scheme)| auth_scheme(scheme, &place.item(index)))
        .collect()
}

fn auth_scheme(property: Property, place: &Place) -> Result<AuthScheme> {
    let Property::Object(mut properties) = property else {
        return Err(Diagnostic::at(
            place,
            "expected an object with the name of an auth scheme",
        ));
    };
    properties.sort_by(|(left, _), (right, _)| left.cmp(right));
    let name = properties
        .iter()
        .position(|(name, _)| name == "name")
        .map(|at| properties.remove(at).1)
        .and_then(|name| match name {
            Property::Value(name) => name.as_text().map(str::to_owned),
            _ => None,
        })
        .ok_or_else(|| {
            Diagnostic::at(place.member("name"), "expected the name of an auth scheme")
        })?;
    Ok(AuthScheme { name, properties })
}

fn property(value: &Value, place: &Place) -> Result<Property> {
    Ok(match value {
        Value::Array(values) => Property::Array(
            values
                .iter()
                .enumerate()
                .map(|(index, value)| property(value, &place.item(index)))
                .collect::<Result<_>>()?,
        ),
        Value::Object(members) if !is_expression(members) => {
            Property::Object(named(value, place, |name, value, place| {
                Ok((name.to_owned(), property(value, place)?))
            })?)
        }
        _ => Property::Value(expression(value, place)?),
    })
}

fn is_expression(members: &Map<String, Value>) -> bool {
    members.contains_key("fn") && members.contains_key("argv")
        || members.len() == 1 && members.contains_key("ref")
}

fn expression(value: &Value, place: &Place) -> Result<Expression> {
    let unexpected = || {
        Diagnostic::at(
            place,
            format!("expected an expression of the rules language, found {value}"),
        )
    };
    match value {
        Value::Bool(value) => Ok(Expression::Boolean(*value)),
        Value::Number(value) => value
            .as_i64()
            .map(Expression::Integer)
            .ok_or_else(unexpected),
        Value::String(text) => template(text, place),
        Value::Object(members) => match text(members, "ref") {
            Some(name) => Ok(Expression::Reference(name)),
            None if members.contains_key("fn") => call(members, place),
            None => Err(unexpected()),
        },
        Value::Null | Value::Array(_) => Err(unexpected()),
    }
}

fn function(name: &str, place: &Place) -> Result<Function> {
    let function = Function::ALL.iter().find(|(known, _)| *known == name);
    function.map(|(_, function)| *function).ok_or_else(|| {
        let known = Function::ALL.map(|(name, _)| name).join(", ");
        Diagnostic::at(
            place,
            format!("calls {name:?}, which is not supported; supported are {known}"),
        )
        .into_unsupported()
    })
}

fn call(members: &Map<String, Value>, place: &Place) -> Result<Expression> {
    let function = function(&text(members, "fn").unwrap_or_default(), place)?;
    let arguments = items(
        member(members, "argv", place)?,
        &place.member("argv"),
        expression,
    )?;
    Ok(Expression::Call(function, arguments))
}

pub(super) fn object<'a>(value: &'a Value, place: &Place) -> Result<&'a Map<String, Value>> {
    value
        .as_object()
        .ok_or_else(|| Diagnostic::at(place, format!("expected an object, found {value}")))
}

pub(super) fn member<'a>(
    object: &'a Map<String, Value>,
    name: &str,
    place: &Place,
) -> Result<&'a Value> {
    object
        .get(name)
        .ok_or_else(|| Diagnostic::at(place, format!("expected a member {name:?}")))
}

pub(super) fn text(object: &Map<String, Value>, name: &str) -> Option<String> {
    object.get(name).and_then(Value::as_str).map(str::to_owned)
}

/// Reads each item of a list.
pub(super) fn items<T>(
    value: &Value,
    place: &Place,
    read: impl Fn(&Value, &Place) -> Result<T>,
) -> Result<Vec<T>> {
    let values = value
        .as_array()
        .ok_or_else(|| Diagnostic::at(place, format!("expected a list, found {value}")))?;
    values
        .iter()
        .enumerate()
        .map(|(index, value)| read(value, &place.item(index)))
        .collect()
}

/// Reads each member of an object.
fn named<T>(
    value: &Value,
    place: &Place,
    read: impl Fn(&str, &Value, &Place) -> Result<T>,
) -> Result<Vec<T>> {
    object(value, place)?
        .iter()
        .map(|(name, value)| read(name, value, &place.member(name)))
        .collect()
}
