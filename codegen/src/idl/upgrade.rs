//! Smithy 1.0 to 2.0: what was so by itself is said by traits.
//!
//! Numbers and booleans had a default of zero unless they were boxed. As Smithy's loader does, shapes of those kinds get the trait
//! `default`, and so do members of structures; a boxed member gets one of `null`. A `set` becomes a list of unique items.

use serde_json::{Map, Value, json};

use super::assembly::Assembly;
use crate::model::ShapeId;
use crate::model::raw::{RawShape, Version};

const BOX: &str = "smithy.api#box";
const DEFAULT: &str = "smithy.api#default";

/// Upgrades the shapes of all files of version 1.0. JSON of 2.0 may have a `set`, too.
pub fn upgrade(assembly: &mut Assembly) {
    assembly.shapes.values_mut().for_each(upgrade_set);
    let version_1: Vec<ShapeId> = assembly
        .details
        .iter()
        .filter(|(_, details)| details.version == Version::V1)
        .map(|(id, _)| id.clone())
        .collect();
    for id in &version_1 {
        if let Some(shape) = assembly.shapes.get_mut(id) {
            upgrade_shape(shape);
        }
    }
    for id in &version_1 {
        let defaults = member_defaults(assembly, id);
        let Some(shape) = assembly.shapes.get_mut(id) else {
            continue;
        };
        for (name, default) in defaults {
            if let Some(member) = shape.members.get_mut(&name) {
                member.traits.insert(DEFAULT.to_owned(), default);
            }
        }
    }
    // Boxes are told from what targets a shape: only now, nothing looks at them any more.
    for id in &version_1 {
        if let Some(shape) = assembly.shapes.get_mut(id) {
            shape.traits.shift_remove(BOX);
            for member in shape.members.values_mut() {
                member.traits.shift_remove(BOX);
            }
        }
    }
}

fn upgrade_set(shape: &mut RawShape) {
    if shape.kind == "set" {
        shape.kind = "list".to_owned();
        let traits = &mut shape.traits;
        traits.entry("smithy.api#uniqueItems").or_insert(json!({}));
    }
}

fn upgrade_shape(shape: &mut RawShape) {
    if let Some(zero) = zero(&shape.kind)
        && !shape.traits.contains_key(BOX)
    {
        shape.traits.entry(DEFAULT).or_insert(zero);
    }
}

/// The defaults that members of a structure get.
fn member_defaults(assembly: &Assembly, id: &ShapeId) -> Vec<(String, Value)> {
    let shape = assembly.shapes.get(id).filter(|it| it.kind == "structure");
    let members = shape.map(|shape| shape.members.iter());
    let defaults = members.into_iter().flatten().filter_map(|(name, member)| {
        let target = Target::of(assembly, member.target.as_ref()?)?;
        let is_boxed = member.traits.contains_key(BOX);
        let is_required = member.traits.contains_key("smithy.api#required");
        let is_never_absent = target.is_stream() && is_required;
        let implied = target.implied().filter(|_| !is_never_absent);
        let default = if is_boxed { Value::Null } else { implied? };
        (!member.traits.contains_key(DEFAULT)).then(|| (name.clone(), default))
    });
    defaults.collect()
}

/// The target of a member.
struct Target<'a> {
    kind: &'a str,
    version: Version,
    traits: Option<&'a Map<String, Value>>,
}

impl<'a> Target<'a> {
    fn of(assembly: &'a Assembly, id: &ShapeId) -> Option<Self> {
        if let Some(shape) = assembly.shapes.get(id) {
            let details = assembly.details.get(id)?;
            return Some(Self {
                kind: &shape.kind,
                version: details.version,
                traits: Some(&shape.traits),
            });
        }
        // Of the prelude, the primitive shapes alone have a default.
        let (kind, _) = super::prelude::kind(id.name())?;
        let is_primitive = id.name().starts_with("Primitive");
        Some(Self {
            kind,
            version: if is_primitive {
                Version::V1
            } else {
                Version::V2
            },
            traits: None,
        })
    }

    fn has(&self, id: &str) -> bool {
        self.traits.is_some_and(|traits| traits.contains_key(id))
    }

    fn is_stream(&self) -> bool {
        self.kind == "blob" && self.has("smithy.api#streaming")
    }

    /// The default that a member has by itself.
    fn implied(&self) -> Option<Value> {
        if self.is_stream() {
            return Some(json!(""));
        }
        let zero = zero(self.kind)?;
        let is_boxed = match self.version {
            Version::V1 => self.has(BOX),
            Version::V2 => {
                let default = self.traits.and_then(|traits| traits.get(DEFAULT));
                !default.is_some_and(|default| is_zero(default, &zero))
            }
        };
        (!is_boxed).then_some(zero)
    }
}

/// The default of a kind of shapes in Smithy 1.0.
fn zero(kind: &str) -> Option<Value> {
    match kind {
        "boolean" => Some(json!(false)),
        "byte" | "short" | "integer" | "long" | "float" | "double" | "intEnum" => Some(json!(0)),
        _ => None,
    }
}

fn is_zero(value: &Value, zero: &Value) -> bool {
    value == zero || zero.is_number() && value.as_f64() == Some(0.0)
}
