//! Merges the definitions of all files: shapes that are defined twice, traits that are applied to them, and metadata.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::{Map, Value};

use super::report::Report;
use crate::model::ShapeId;
use crate::model::raw::{RawMember, RawShape, RawShapes, Version};

/// A place in one of the files.
#[derive(Clone, Debug)]
pub struct Place {
    pub file: usize,
    pub span: Range<usize>,
}

/// A shape as one file defines it, without its traits.
#[derive(Debug)]
pub struct Definition {
    pub id: ShapeId,
    pub version: Version,
    /// `None` in a JSON AST.
    pub place: Option<Place>,
    pub shape: RawShape,
    /// The places of members.
    pub members: HashMap<String, Place>,
    /// The members that get their targets from a mixin or from the resource.
    pub elided: HashSet<String>,
    pub resource: Option<(ShapeId, Place)>,
}

/// A trait that a file applies to a shape or a member.
#[derive(Debug)]
pub struct Applied {
    pub target: ShapeId,
    pub id: String,
    pub value: Value,
    pub place: Option<Place>,
    /// `true` if the trait's definition, if there is one, must be one of a trait.
    pub is_checked: bool,
}

impl Applied {
    /// Returns the same without its value.
    pub fn without_value(&self) -> Self {
        Self {
            target: self.target.clone(),
            id: self.id.clone(),
            value: Value::Null,
            place: self.place.clone(),
            is_checked: self.is_checked,
        }
    }
}

/// All shapes, and what is still to be worked in.
#[derive(Debug, Default)]
pub struct Assembly {
    pub shapes: RawShapes,
    pub metadata: Map<String, Value>,
    /// The numbers that are text in the model, since they have more digits than a double holds.
    pub long_numbers: HashSet<String>,
    /// The other facts of each shape, in the order of the shapes.
    pub details: IndexMap<ShapeId, Details>,
    places: HashMap<ShapeId, Place>,
}

/// The facts of a shape that the raw model does not hold.
#[derive(Debug)]
pub struct Details {
    pub version: Version,
    pub elided: HashSet<String>,
    pub resource: Option<(ShapeId, Place)>,
}

impl Assembly {
    /// Returns the place of a shape or member; of the shape, if that of the member is not known.
    pub fn place(&self, id: &str) -> Option<&Place> {
        let shape = || self.places.get(id.split('$').next()?);
        self.places.get(id).or_else(shape)
    }

    /// Adds a shape. One that is there already must be the same.
    pub fn define(&mut self, definition: Definition, report: &mut Report<'_>) {
        let Definition {
            id,
            version,
            place,
            shape,
            members,
            elided,
            resource,
        } = definition;
        match self.shapes.entry(id.clone()) {
            Entry::Occupied(known) => {
                if !is_same(known.get(), &shape) {
                    let other = self.places.get(&id).map(|place| report.at(place));
                    let other = other.map_or_else(String::new, |other| format!(" in {other}"));
                    report.wrong(
                        place.as_ref(),
                        Some(&id),
                        format!("is defined otherwise{other}"),
                    );
                }
            }
            Entry::Vacant(free) => {
                free.insert(shape);
                let details = Details {
                    version,
                    elided,
                    resource,
                };
                self.details.insert(id.clone(), details);
                let members = members.into_iter();
                self.places
                    .extend(members.map(|(name, place)| (id.member(&name), place)));
                self.places.extend(place.map(|place| (id, place)));
            }
        }
    }

    /// Applies a trait. Arrays are joined with those that are there already; other values must be the same.
    pub fn apply(&mut self, applied: Applied, report: &mut Report<'_>) {
        let Applied {
            target,
            id,
            value,
            place,
            ..
        } = applied;
        let Some(shape) = self.shapes.get_mut(&target.shape()) else {
            let message = "`apply` adds traits to a shape that the model does not have";
            return report.wrong(place.as_ref(), Some(&target), message);
        };
        let traits = match target.member_name() {
            None => &mut shape.traits,
            Some(name) => {
                if let (Some(place), false) = (&place, self.places.contains_key(&target)) {
                    self.places.insert(target.clone(), place.clone());
                }
                // It may be one of a mixin.
                &mut shape.members.entry(name.to_owned()).or_default().traits
            }
        };
        match traits.get_mut(&id) {
            None => drop(traits.insert(id, value)),
            Some(Value::Array(known)) if value.is_array() => {
                known.extend(value.as_array().cloned().unwrap_or_default());
            }
            Some(known) if *known == value => {}
            Some(_) => {
                let message = format!("has trait {id} with another value already");
                report.wrong(place.as_ref(), Some(&target), message);
            }
        }
    }

    /// Adds metadata. Arrays are joined with those that are there already; other values must be the same.
    pub fn add_metadata(
        &mut self,
        key: String,
        value: Value,
        place: Option<&Place>,
        report: &mut Report<'_>,
    ) {
        match self.metadata.get_mut(&key) {
            None => drop(self.metadata.insert(key, value)),
            Some(Value::Array(known)) if value.is_array() => {
                known.extend(value.as_array().cloned().unwrap_or_default());
            }
            Some(known) if *known == value => {}
            Some(_) => {
                let key = crate::format::one_line(&key);
                let message = format!("the metadata `{key}` has another value already");
                report.wrong(place, None, message);
            }
        }
    }
}

/// The properties that say something: JSON may have some that are empty, or an input that is none.
fn said(properties: &Map<String, Value>) -> HashMap<&str, &Value> {
    let said = properties.iter().filter(|(_, value)| match value {
        Value::Array(values) => !values.is_empty(),
        Value::Object(object) => {
            !object.is_empty() && object.get("target").is_none_or(|it| it != ShapeId::UNIT)
        }
        _ => true,
    });
    said.map(|(name, value)| (name.as_str(), value)).collect()
}

/// Returns `true` if two definitions of a shape say the same. The traits of both count in any case.
fn is_same(one: &RawShape, other: &RawShape) -> bool {
    let targets = |shape: &RawShape| -> Vec<(String, Option<ShapeId>)> {
        let members = shape.members.iter();
        members
            .map(|(name, RawMember { target, .. })| (name.clone(), target.clone()))
            .collect()
    };
    one.kind == other.kind
        && one.mixins == other.mixins
        && said(&one.rest) == said(&other.rest)
        && targets(one) == targets(other)
}
