//! Example calls, `smithy.api#examples`: what is sent and what comes back, as JSON, in the documentation of an operation.

use serde_json::Value;

use super::docs::Docs;
use super::links::Item;
use crate::Error;
use crate::model::{Shape, ShapeId};

/// A section with the examples of an operation, if it has any.
pub fn examples(operation: &Shape, docs: &Docs<'_>) -> Result<Option<String>, Error> {
    let examples = operation.traits.examples()?.unwrap_or_default();
    if examples.is_empty() {
        return Ok(None);
    }
    let examples: Vec<_> = examples
        .iter()
        .map(|example| self::example(example, Item::Operation(&operation.id), docs))
        .collect();
    Ok(Some(format!("# Examples\n\n{}", examples.join("\n\n"))))
}

fn example(example: &Value, item: Item<'_>, docs: &Docs<'_>) -> String {
    let text = |name: &str| example.get(name).and_then(Value::as_str);
    let title = text("title").unwrap_or("A call").trim_end_matches('.');
    let mut parts = vec![docs.prose(item, &format!("{title}."))];
    parts.extend(text("documentation").map(|text| docs.prose(item, text)));
    parts.push(json("The request", example.get("input")));
    match (example.get("output"), example.get("error")) {
        (Some(output), _) => parts.push(json("The response", Some(output))),
        (None, Some(error)) => {
            let shape = error.get("shapeId").and_then(Value::as_str);
            let shape = shape.and_then(|shape| ShapeId::parse(shape).ok());
            let name = shape.map_or_else(|| "error".to_owned(), |shape| shape.to_string());
            let title = docs.prose(item, &format!("The error `{name}`"));
            parts.push(json(&title, error.get("content")));
        }
        (None, None) => {}
    }
    parts.retain(|part| !part.is_empty());
    parts.join("\n\n")
}

/// A block of JSON. In JSON no line starts with backticks, so that nothing ends the block early.
fn json(title: &str, value: Option<&Value>) -> String {
    let value = value.map_or_else(|| "{}".to_owned(), |value| format!("{value:#}"));
    format!("{title}:\n\n```json\n{value}\n```")
}
