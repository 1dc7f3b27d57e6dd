//! Checks of the values that become a part of a URL's authority.
//!
//! A value that ends the authority, as `evil.example/` does, sends the call to somebody else, signature and all. So the values
//! between `://` and the path are checked before they are put there, and so is a scheme. A parameter or a part of an ARN has to be a
//! label, or several. What a condition has made, such as `-fips` or nothing, may be less. What AWS's own table of partitions or a URL
//! that has been taken apart gives needs no check.

use crate::rules::{Expression, Function, Part};

use crate::ir::endpoint::Parameter;
use crate::ir::endpoint::{FormatPart, Kind, Type, Value};

/// The URL, with what becomes a part of its authority checked.
pub(super) fn checked(url: &Expression, mut value: Value, parameters: &[Parameter]) -> Value {
    if let (Expression::Template(template), Kind::Format(parts)) = (url, &mut value.kind) {
        let end = end_of_authority(parts);
        for (part, source) in parts.iter_mut().zip(template).take(end) {
            check(part, source, parameters);
        }
    }
    value
}

/// Returns the number of parts that begin before the path. Without a scheme in plain sight the parts are no authority: the first one is a URL.
fn end_of_authority(parts: &[FormatPart]) -> usize {
    let mut text = String::new();
    for (index, part) in parts.iter().enumerate() {
        text.push_str(match part {
            FormatPart::Text(literal) => literal,
            FormatPart::Value(value) if is_normalized_path(value) => "/",
            FormatPart::Value(_) | FormatPart::Authority { .. } => "x",
        });
        let authority = text.split_once("://").map(|(_, authority)| authority);
        if authority.is_some_and(|authority| authority.contains(['/', '?', '#'])) {
            return index;
        }
    }
    match text.contains("://") {
        true => parts.len(),
        false => 0,
    }
}

/// Returns `true` if it begins with a slash, whatever the URL: the plain path may be empty.
fn is_normalized_path(value: &Value) -> bool {
    matches!(&value.kind, Kind::Field(of, "normalized_path") if of.ty == Type::Url)
}

fn check(part: &mut FormatPart, source: &Part, parameters: &[Parameter]) {
    if let (FormatPart::Value(value), Part::Value(expression)) = (&*part, source)
        && !is_trusted(value)
    {
        let name = name(expression);
        *part = FormatPart::Authority {
            is_labels: is_part_of_arn(value) || parameters.iter().any(|it| it.name == name),
            value: value.clone(),
            name,
        };
    }
}

fn is_part_of_arn(value: &Value) -> bool {
    matches!(&value.kind, Kind::Field(of, _) if of.ty == Type::Arn)
}

fn is_trusted(value: &Value) -> bool {
    match &value.kind {
        Kind::Text(_) => true,
        Kind::Field(of, _) => matches!(of.ty, Type::Partition | Type::Url),
        _ => false,
    }
}

/// A value as the rules name it, for errors.
fn name(expression: &Expression) -> String {
    match expression {
        Expression::Reference(name) => name.clone(),
        Expression::Call(Function::GetAttr, arguments) => match arguments.as_slice() {
            [of, Expression::Template(path)] => match path.as_slice() {
                [Part::Text(path)] => format!("{}#{path}", name(of)),
                _ => name(of),
            },
            _ => "value".to_owned(),
        },
        _ => "value".to_owned(),
    }
}
