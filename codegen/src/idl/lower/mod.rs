//! A file as it is written to definitions: names are resolved, and values are JSON.

mod properties;

use std::ops::Range;

use serde_json::{Map, Value, json};

use super::assembly::{Applied, Definition, Place};
use super::names::Scope;
use super::parser::Mistake;
use super::syntax::{Apply, File, Member, Node, Shape, Spanned, Target, Trait, Value as Written};
use crate::model::ShapeId;
use crate::model::raw::{RawMember, RawShape, Version};

const DEFAULT: &str = "smithy.api#default";
const ENUM_VALUE: &str = "smithy.api#enumValue";

/// The contents of a file.
#[derive(Debug, Default)]
pub struct Lowered {
    pub metadata: Vec<(String, Value, Option<Place>)>,
    pub definitions: Vec<Definition>,
    pub applied: Vec<Applied>,
    /// The traits of `apply` statements, which come after all else.
    pub late: Vec<Applied>,
    /// The numbers that are text in the model, since they have more digits than a double holds.
    pub long_numbers: Vec<String>,
    pub mistakes: Vec<Mistake>,
}

/// Lowers the file of this number.
pub fn lower(file: &File<'_>, number: usize, scope: &Scope<'_>) -> Lowered {
    let mut lowering = Lowering {
        scope,
        number,
        version: file.version,
        lowered: Lowered::default(),
    };
    for (key, node) in &file.metadata {
        let value = lowering.value(node);
        let place = lowering.place(&node.span);
        lowering
            .lowered
            .metadata
            .push((key.clone(), value, Some(place)));
    }
    for shape in &file.shapes {
        lowering.shape(shape);
    }
    for apply in &file.applies {
        lowering.apply(apply);
    }
    lowering.lowered
}

struct Lowering<'s, 'k> {
    scope: &'s Scope<'k>,
    number: usize,
    version: Version,
    lowered: Lowered,
}

impl Lowering<'_, '_> {
    fn place(&self, span: &Range<usize>) -> Place {
        Place {
            file: self.number,
            span: span.clone(),
        }
    }

    /// Returns the value of a result; what is wrong is kept.
    fn keep<T>(&mut self, result: Result<T, Mistake>) -> Option<T> {
        result
            .map_err(|mistake| self.lowered.mistakes.push(mistake))
            .ok()
    }

    fn wrong(&mut self, span: &Range<usize>, message: impl Into<String>) {
        self.lowered.mistakes.push(Spanned {
            value: message.into(),
            span: span.clone(),
        });
    }

    fn shape(&mut self, shape: &Shape<'_>) {
        let id = self.scope.defined(&shape.name.value);
        let mut definition = Definition {
            id: id.clone(),
            version: self.version,
            place: Some(self.place(&shape.name.span)),
            shape: RawShape {
                kind: shape.kind.to_owned(),
                ..RawShape::default()
            },
            members: Default::default(),
            elided: Default::default(),
            resource: None,
        };
        if let Some(name) = &shape.resource
            && let Some(resource) = self.keep(self.scope.shape(name))
        {
            definition.resource = Some((resource, self.place(&name.span)));
        }
        for name in &shape.mixins {
            let mixin = self.keep(self.scope.shape(name));
            definition.shape.mixins.extend(mixin);
        }
        for member in &shape.members {
            self.member(member, &mut definition);
        }
        definition.shape.rest = match shape.kind {
            "operation" => self.operation(&shape.properties),
            "service" => self.service(&shape.properties),
            "resource" => self.resource(&shape.properties),
            _ => Map::new(),
        };
        self.lowered.definitions.push(definition);
        self.traits(&id, &shape.traits);
    }

    fn member(&mut self, member: &Member<'_>, definition: &mut Definition) {
        let name = member.name.value.to_owned();
        let id = definition.id.member(&name);
        let target = match &member.target {
            Target::Shape(target) => self.keep(self.scope.shape(target)),
            Target::Unit => Some(ShapeId::known(ShapeId::UNIT)),
            Target::Elided => {
                definition.elided.insert(name.clone());
                None
            }
        };
        let place = self.place(&member.name.span);
        definition.members.insert(name.clone(), place);
        let raw = RawMember {
            target,
            ..RawMember::default()
        };
        definition.shape.members.insert(name, raw);
        self.traits(&id, &member.traits);
        let kind = definition.shape.kind.as_str();
        if let Some(node) = &member.assigned {
            let value = self.value(node);
            let id_of_trait = match kind {
                "enum" | "intEnum" => {
                    self.check_enum_value(kind, node);
                    ENUM_VALUE
                }
                _ => DEFAULT,
            };
            self.applied(&id, id_of_trait, value, &node.span, false);
        }
    }

    fn check_enum_value(&mut self, kind: &str, node: &Node<'_>) {
        let (is_right, wanted) = match (&node.value, kind) {
            (Written::String(text), "enum") => (!text.is_empty(), "a string that is not empty"),
            (Written::Number(number), "intEnum") => {
                let number = number.as_i64().and_then(|it| i32::try_from(it).ok());
                (number.is_some(), "an integer of 32 bits")
            }
            (_, "enum") => (false, "a string"),
            _ => (false, "an integer of 32 bits"),
        };
        if !is_right {
            let found = node.value.in_words();
            self.wrong(
                &node.span,
                format!("the value of a member of an {kind} must be {wanted}, not {found}"),
            );
        }
    }

    fn apply(&mut self, apply: &Apply<'_>) {
        let Some(meaning) = self.keep(self.scope.resolve(&apply.target)) else {
            return;
        };
        if meaning.kind.is_none() {
            let mistake = self.scope.unknown(&apply.target, &meaning.id, "shape");
            self.lowered.mistakes.push(mistake);
            return;
        }
        if meaning.id.namespace() == super::prelude::NAMESPACE {
            self.wrong(
                &apply.target.span,
                format!(
                    "traits cannot be applied to `{}`, which is Smithy's own",
                    meaning.id
                ),
            );
            return;
        }
        let before = self.lowered.applied.len();
        self.traits(&meaning.id, &apply.traits);
        let late = self.lowered.applied.split_off(before);
        self.lowered.late.extend(late);
    }

    fn traits(&mut self, target: &ShapeId, traits: &[Trait<'_>]) {
        for written in traits {
            let Some(meaning) = self.keep(self.scope.trait_(&written.name)) else {
                continue;
            };
            let value = match &written.value {
                Some(node) => self.value(node),
                None => match meaning.kind.as_deref() {
                    None | Some("structure" | "map") => Value::Object(Map::new()),
                    Some("list" | "set") => Value::Array(Vec::new()),
                    Some(_) => Value::Null,
                },
            };
            let id = meaning.id.as_str();
            self.check_version(id, written);
            self.applied(target, id, value, &written.name.span, true);
        }
    }

    fn applied(
        &mut self,
        target: &ShapeId,
        id: &str,
        value: Value,
        span: &Range<usize>,
        is_written: bool,
    ) {
        self.lowered.applied.push(Applied {
            target: target.clone(),
            id: id.to_owned(),
            value,
            place: Some(self.place(span)),
            is_checked: is_written,
        });
    }

    /// Each version has traits that the other has not.
    fn check_version(&mut self, id: &str, written: &Trait<'_>) {
        let message = match (self.version, id) {
            (Version::V1, "smithy.api#mixin" | DEFAULT) => {
                "needs Smithy 2.0, and this file is Smithy 1.0: `$version: \"2.0\"` at its beginning says so"
            }
            (Version::V2, "smithy.api#box") => {
                "is of Smithy 1.0: a member without `@required` and `@default` is optional"
            }
            _ => return,
        };
        self.wrong(
            &written.name.span,
            format!("`@{}` {message}", written.name.value),
        );
    }

    fn value(&mut self, node: &Node<'_>) -> Value {
        match &node.value {
            Written::Null => Value::Null,
            Written::Bool(value) => Value::Bool(*value),
            Written::Number(number) => Value::Number(number.clone()),
            Written::String(text) => Value::String(text.clone()),
            Written::LongNumber(number) => {
                self.lowered.long_numbers.push((*number).to_owned());
                Value::String((*number).to_owned())
            }
            Written::Id(id) => {
                let name = Spanned {
                    value: *id,
                    span: node.span.clone(),
                };
                let id = self.keep(self.scope.mentioned(&name));
                id.map_or(Value::Null, |id| id.as_str().into())
            }
            Written::Array(nodes) => nodes.iter().map(|node| self.value(node)).collect(),
            Written::Object(object) => {
                let entries = object.iter();
                let entries = entries.map(|(key, node)| (key.value.clone(), self.value(node)));
                Value::Object(entries.collect())
            }
        }
    }
}

fn target(id: &ShapeId) -> Value {
    json!({"target": id.as_str()})
}
