//! Names for functions, variables and tests that come from rules.

use crate::names::{is_identifier, is_keyword, module, snake};
use crate::rules::{Condition, Expression, Function, Rule};

/// The longest name of a test.
const LONGEST: usize = 90;

/// A local variable.
pub fn variable(reference: &str) -> String {
    module(reference)
}

/// The function for a tree of rules: after the first of its conditions that says something.
pub fn function(rule: &Rule) -> String {
    let words = rule
        .conditions
        .iter()
        .filter_map(subject)
        .find(|words| !words.is_empty());
    words.map_or_else(
        || "resolve_otherwise".to_owned(),
        |words| format!("resolve_{words}"),
    )
}

/// Describes a condition in a word or two.
fn subject(condition: &Condition) -> Option<String> {
    match (&condition.call, &condition.assign) {
        (Expression::Call(Function::Partition, _), _) => None,
        (_, Some(name)) => Some(format!("with_{}", snake(name))),
        (call, None) => subject_of(call),
    }
}

fn subject_of(call: &Expression) -> Option<String> {
    let Expression::Call(function, arguments) = call else {
        return None;
    };
    let name = arguments.first().and_then(attribute);
    match (function, arguments.as_slice()) {
        (Function::IsSet, _) => name.map(|name| format!("with_{name}")),
        (Function::Not, [Expression::Call(Function::IsSet, inner)]) => inner
            .first()
            .and_then(attribute)
            .map(|name| format!("without_{name}")),
        (Function::Not, [inner]) => subject_of(inner).map(|words| format!("not_{words}")),
        (Function::BooleanEquals, [_, Expression::Boolean(value)]) => {
            let name = name?;
            let name = name.strip_prefix("use_").unwrap_or(&name);
            Some(if *value {
                format!("with_{name}")
            } else {
                format!("without_{name}")
            })
        }
        (Function::StringEquals, [left, right]) => {
            let text = right.as_text().or(left.as_text()).map(snake);
            match text {
                Some(text) if !text.is_empty() => Some(format!("for_{text}")),
                _ => name.map(|name| format!("for_{name}")),
            }
        }
        (Function::IsValidHostLabel, _) => name.map(|name| format!("with_valid_{name}")),
        _ => name.map(|name| format!("for_{name}")),
    }
}

/// The last name in an expression: of a reference, or of the attribute that is taken of it.
fn attribute(expression: &Expression) -> Option<String> {
    match expression {
        Expression::Reference(name) => Some(snake(name)),
        Expression::Call(Function::GetAttr, arguments) => {
            let path = arguments.get(1)?.as_text()?;
            path.split(['.', '['])
                .rfind(|step| !step.ends_with(']'))
                .map(snake)
        }
        _ => None,
    }
}

/// A test, after what the model says about it, or else after its parameters.
pub fn test(documentation: &str) -> String {
    let words = documentation
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut name = String::new();
    for word in words.map(snake).skip_while(|word| word == "for") {
        if name.len() + word.len() > LONGEST {
            break;
        }
        if !name.is_empty() {
            name.push('_');
        }
        name.push_str(&word);
    }
    let is_name = is_identifier(&name) && !is_keyword(&name);
    if is_name {
        name
    } else {
        format!("case_{name}").trim_end_matches('_').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_tests() {
        for (documentation, name) in [
            (
                "For region us-east-1 with FIPS enabled and DualStack disabled",
                "region_us_east_1_with_fips_enabled_and_dual_stack_disabled",
            ),
            ("123 go", "case_123_go"),
            ("", "case"),
            ("type", "case_type"),
            ("Invalid ARN: not `kinesis`!", "invalid_arn_not_kinesis"),
        ] {
            assert_eq!(test(documentation), name);
        }
    }
}
