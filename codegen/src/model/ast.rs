//! A raw model as the text of a JSON AST, as Smithy's own serializer writes it.

use std::collections::{BTreeMap, HashSet};

use serde_json::{Map, Value, json};

use super::ShapeId;
use super::raw::{RawMember, RawShape, RawShapes};

/// The properties of services, resources and operations, in the order in which they are written.
const PROPERTIES: [&str; 16] = [
    "version",
    "input",
    "output",
    "identifiers",
    "properties",
    "put",
    "create",
    "read",
    "update",
    "delete",
    "list",
    "operations",
    "collectionOperations",
    "resources",
    "errors",
    "rename",
];

/// Returns the text of a JSON AST of Smithy 2.0. `numbers` are those that are text in the model.
pub(crate) fn print(
    shapes: &RawShapes,
    metadata: Map<String, Value>,
    numbers: &HashSet<String>,
) -> String {
    let mut sorted = BTreeMap::new();
    for (id, shape) in shapes {
        sorted.insert(id.as_str().to_owned(), shape_to_json(shape));
        for (name, member) in &shape.members {
            if member.target.is_none() && !member.traits.is_empty() {
                let apply = json!({"type": "apply", "traits": sort(member.traits.clone().into())});
                sorted.insert(id.member(name).as_str().to_owned(), apply);
            }
        }
    }
    let mut top = Map::new();
    top.insert("smithy".to_owned(), "2.0".into());
    if !metadata.is_empty() {
        top.insert("metadata".to_owned(), sort(metadata.into()));
    }
    top.insert(
        "shapes".to_owned(),
        Value::Object(sorted.into_iter().collect()),
    );
    let mut printer = Printer {
        numbers,
        text: String::new(),
    };
    printer.write(&Value::Object(top), 0);
    printer.text + "\n"
}

fn shape_to_json(shape: &RawShape) -> Value {
    let mut object = Map::new();
    object.insert("type".to_owned(), shape.kind.as_str().into());
    if !shape.mixins.is_empty() {
        let mixins = shape.mixins.iter().map(target);
        object.insert("mixins".to_owned(), mixins.collect());
    }
    let members = shape.members.iter();
    let members =
        members.filter_map(|(name, member)| Some((name.clone(), member_to_json(member)?)));
    match shape.kind.as_str() {
        "structure" | "union" | "enum" | "intEnum" => {
            drop(object.insert("members".to_owned(), Value::Object(members.collect())));
        }
        _ => object.extend(members),
    }
    object.extend(properties(shape));
    if !shape.traits.is_empty() {
        object.insert("traits".to_owned(), sort(shape.traits.clone().into()));
    }
    Value::Object(object)
}

/// A member; none if a mixin has it.
fn member_to_json(member: &RawMember) -> Option<Value> {
    let mut object = Map::new();
    object.insert("target".to_owned(), member.target.as_ref()?.as_str().into());
    if !member.traits.is_empty() {
        object.insert("traits".to_owned(), sort(member.traits.clone().into()));
    }
    Some(Value::Object(object))
}

/// The properties of a service, a resource or an operation. What is empty is left out; shapes are in the order of their ids.
fn properties(shape: &RawShape) -> Map<String, Value> {
    let mut properties = Map::new();
    for name in PROPERTIES {
        let value = match (name, shape.rest.get(name)) {
            ("input" | "output", None) if shape.kind == "operation" => {
                target(&ShapeId::known(ShapeId::UNIT))
            }
            (_, None) => continue,
            (_, Some(Value::Array(targets))) => {
                let mut targets = targets.clone();
                targets.sort_by_key(|it| it["target"].as_str().map(str::to_owned));
                targets.dedup();
                Value::Array(targets)
            }
            (_, Some(value)) => value.clone(),
        };
        let is_empty = match &value {
            Value::Array(values) => values.is_empty(),
            Value::Object(object) => object.is_empty(),
            Value::String(text) => text.trim().is_empty(),
            _ => false,
        };
        if !is_empty {
            properties.insert(name.to_owned(), value);
        }
    }
    properties
}

fn target(id: &ShapeId) -> Value {
    json!({"target": id.as_str()})
}

/// Sorts the keys of all objects.
fn sort(value: Value) -> Value {
    match value {
        Value::Array(values) => values.into_iter().map(sort).collect(),
        Value::Object(object) => {
            let sorted: BTreeMap<_, _> = object
                .into_iter()
                .map(|(key, it)| (key, sort(it)))
                .collect();
            Value::Object(sorted.into_iter().collect())
        }
        other => other,
    }
}

/// Prints values with four spaces for each level.
struct Printer<'a> {
    numbers: &'a HashSet<String>,
    text: String,
}

impl Printer<'_> {
    fn write(&mut self, value: &Value, level: usize) {
        match value {
            Value::Array(values) if !values.is_empty() => {
                self.text.push('[');
                for (index, value) in values.iter().enumerate() {
                    self.next_line(index > 0, level + 1);
                    self.write(value, level + 1);
                }
                self.next_line(false, level);
                self.text.push(']');
            }
            Value::Object(object) if !object.is_empty() => {
                self.text.push('{');
                for (index, (key, value)) in object.iter().enumerate() {
                    self.next_line(index > 0, level + 1);
                    self.text.push_str(&Value::from(key.as_str()).to_string());
                    self.text.push_str(": ");
                    self.write(value, level + 1);
                }
                self.next_line(false, level);
                self.text.push('}');
            }
            Value::String(number) if self.numbers.contains(number) => self.text.push_str(number),
            other => self.text.push_str(&other.to_string()),
        }
    }

    fn next_line(&mut self, has_comma: bool, level: usize) {
        if has_comma {
            self.text.push(',');
        }
        self.text.push('\n');
        self.text.push_str(&"    ".repeat(level));
    }
}
