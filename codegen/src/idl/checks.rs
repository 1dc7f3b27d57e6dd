//! Rules of Smithy about shapes that refer to each other, beyond those that every model is checked for.

use serde_json::Value;

use super::assembly::{Applied, Assembly};
use super::report::Report;
use crate::model::ShapeId;
use crate::model::raw::RawShape;

const MIXIN: &str = "smithy.api#mixin";
const TRAIT: &str = "smithy.api#trait";
const PRIVATE: &str = "smithy.api#private";

/// Checks all shapes.
pub fn check(assembly: &Assembly, report: &mut Report<'_>) {
    for (id, shape) in &assembly.shapes {
        let mut check = Check {
            assembly,
            id,
            report,
        };
        check.mixins(shape);
        check.properties_of_mixin(shape);
        for (name, member) in &shape.members {
            if let Some(target) = &member.target {
                check.target(&id.member(name), target);
            }
        }
        for value in shape.rest.values() {
            check.targets(value);
        }
    }
}

/// What is used as a trait must be one.
pub fn check_trait(applied: &Applied, assembly: &Assembly, report: &mut Report<'_>) {
    let definition = assembly.shapes.get(applied.id.as_str());
    let Some(definition) = definition.filter(|_| applied.is_checked) else {
        return;
    };
    let id = &applied.id;
    if !definition.traits.contains_key(TRAIT) {
        let message = format!("`{id}` is used as a trait, but has no `@trait` itself");
        report.wrong(applied.place.as_ref(), Some(&applied.target), message);
    }
    let is_elsewhere = id.split('#').next() != Some(applied.target.namespace());
    if is_elsewhere && definition.traits.contains_key(PRIVATE) {
        let message = format!("`{id}` is private to its namespace");
        report.wrong(applied.place.as_ref(), Some(&applied.target), message);
    }
}

struct Check<'c, 'r> {
    assembly: &'c Assembly,
    id: &'c ShapeId,
    report: &'c mut Report<'r>,
}

impl Check<'_, '_> {
    fn wrong(&mut self, id: &ShapeId, message: String) {
        let place = self.assembly.place(id.as_str());
        self.report.wrong(place, Some(id), message);
    }

    fn mixins(&mut self, shape: &RawShape) {
        for mixin in &shape.mixins {
            let known = self.assembly.shapes.get(mixin);
            let is_mixin = known.is_some_and(|mixin| mixin.traits.contains_key(MIXIN));
            if !is_mixin {
                let message = format!("uses {mixin} as a mixin, but that has no `@mixin`");
                self.wrong(self.id, message);
            }
            self.privacy(self.id, mixin);
        }
    }

    /// An operation that is a mixin has no input and no output, a resource no properties at all.
    fn properties_of_mixin(&mut self, shape: &RawShape) {
        if !shape.traits.contains_key(MIXIN) {
            return;
        }
        let has = |key: &str| {
            let target = shape.rest.get(key).and_then(|value| value.get("target"));
            target.is_some_and(|target| target != ShapeId::UNIT)
        };
        let message = match shape.kind.as_str() {
            "operation" if has("input") || has("output") => {
                "is a mixin: an operation that is one must have no input and no output"
            }
            "resource" if !shape.rest.is_empty() => {
                "is a mixin: a resource that is one must have no properties"
            }
            _ => return,
        };
        self.wrong(self.id, message.to_owned());
    }

    /// The targets in a property.
    fn targets(&mut self, value: &Value) {
        let each: Vec<&Value> = match value {
            Value::Array(values) => values.iter().collect(),
            Value::Object(object) if !object.contains_key("target") => object.values().collect(),
            one => vec![one],
        };
        for value in each {
            if let Some(Value::String(target)) = value.get("target") {
                self.target(self.id, &ShapeId::known(target));
            }
        }
    }

    fn target(&mut self, from: &ShapeId, target: &ShapeId) {
        let Some(shape) = self.assembly.shapes.get(target) else {
            return;
        };
        for (id, what) in [(MIXIN, "a mixin"), (TRAIT, "a trait")] {
            if shape.traits.contains_key(id) {
                let message =
                    format!("targets {target}, which is {what}, and cannot be used as a type");
                self.wrong(from, message);
            }
        }
        self.privacy(from, target);
    }

    fn privacy(&mut self, from: &ShapeId, target: &ShapeId) {
        let shape = self.assembly.shapes.get(target);
        let is_private = shape.is_some_and(|shape| shape.traits.contains_key(PRIVATE));
        if is_private && from.namespace() != target.namespace() {
            let message = format!("refers to {target}, which is private to its namespace");
            self.wrong(from, message);
        }
    }
}
