//! A model on its way to [`Shape`](super::Shape)s: shapes whose mixins are still to be worked in, as the JSON AST writes them down.

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::{Map, Value};

use super::ShapeId;
use super::node::describe;
use super::{json, node};
use crate::{Diagnostics, Error};

/// A version of Smithy.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Version {
    V1,
    V2,
}

impl Version {
    /// Returns the version of this number.
    pub(crate) fn of(number: &str) -> Option<Self> {
        match number {
            "1" | "1.0" => Some(Self::V1),
            "2" | "2.0" => Some(Self::V2),
            _ => None,
        }
    }
}

/// A JSON AST whose shapes are still to be read.
#[derive(Debug)]
pub(crate) struct Ast {
    pub(crate) version: Version,
    pub(crate) metadata: Map<String, Value>,
    pub(crate) shapes: Option<Map<String, Value>>,
}

impl Ast {
    /// Reads JSON.
    pub(crate) fn parse(text: &str) -> Result<Self, Error> {
        let Value::Object(mut top) = json::parse(text)? else {
            return Err(Error::new(
                "the model is not a Smithy model, which is a JSON object with `smithy` and `shapes`",
            ));
        };
        let version = version(top.get("smithy"))?;
        let mut take = |key: &str| match top.shift_remove(key) {
            Some(Value::Object(object)) => Some(object),
            _ => None,
        };
        Ok(Self {
            version,
            metadata: take("metadata").unwrap_or_default(),
            shapes: take("shapes"),
        })
    }
}

fn version(version: Option<&Value>) -> Result<Version, Error> {
    match version {
        Some(Value::String(number)) if number.starts_with("2.") => Ok(Version::V2),
        Some(other) => {
            let known = other.as_str().and_then(Version::of);
            known.ok_or_else(|| {
                let version = node::describe(other);
                Error::new(format!(
                    "the model is Smithy {version}, but only 2.0 and 1.0 are supported"
                ))
            })
        }
        None => Err(Error::new(
            "the model does not say which version of Smithy it is in; `\"smithy\": \"2.0\"` is missing",
        )),
    }
}

/// A shape as the JSON AST writes it down.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawShape {
    /// The `type`: kept as text, so that mixins of unknown kinds are told as such.
    pub(crate) kind: String,
    /// All members of any kind, those of lists and maps included.
    pub(crate) members: IndexMap<String, RawMember>,
    pub(crate) traits: Map<String, Value>,
    pub(crate) mixins: Vec<ShapeId>,
    /// Whatever else the kind has (`operations`, `input`, `rename`…).
    pub(crate) rest: Map<String, Value>,
}

/// A member as the JSON AST writes it down.
#[derive(Clone, Debug, Default)]
pub(crate) struct RawMember {
    /// Absent if all that is known of the member are traits that `apply` adds to what a mixin brings.
    pub(crate) target: Option<ShapeId>,
    pub(crate) traits: Map<String, Value>,
}

/// All shapes by id, in the order of the model.
pub(crate) type RawShapes = IndexMap<ShapeId, RawShape>;

/// The traits that `apply` statements give to shapes and members.
pub(crate) type Applies = Vec<(ShapeId, Map<String, Value>)>;

/// Reads the `shapes` of a model and works in the `apply` statements among them.
pub(super) fn read_shapes(shapes: Map<String, Value>, diagnostics: &mut Diagnostics) -> RawShapes {
    let (mut read, applies) = read_definitions(shapes, diagnostics);
    for (id, traits) in applies {
        diagnostics.keep(apply(&mut read, &id, traits));
    }
    read
}

/// Reads the `shapes` of a model, and the `apply` statements among them.
pub(crate) fn read_definitions(
    shapes: Map<String, Value>,
    diagnostics: &mut Diagnostics,
) -> (RawShapes, Applies) {
    let mut read = RawShapes::with_capacity(shapes.len());
    let mut applies = Vec::new();
    for (key, value) in shapes {
        let Some((id, object)) = diagnostics.keep(shape_entry(&key, value)) else {
            continue;
        };
        if object.get("type").and_then(Value::as_str) == Some("apply") {
            applies.extend(diagnostics.keep(read_traits(&id, object).map(|traits| (id, traits))));
        } else if id.member_name().is_some() {
            diagnostics.push(Error::at(
                &id,
                "only an `apply` can have the id of a member",
            ));
        } else {
            let shape = read_shape(&id, object, diagnostics);
            read.extend(shape.map(|shape| (id, shape)));
        }
    }
    (read, applies)
}

fn shape_entry(key: &str, value: Value) -> Result<(ShapeId, Map<String, Value>), Error> {
    let id = ShapeId::parse(key)?;
    match value {
        Value::Object(object) => Ok((id, object)),
        other => Err(Error::at(
            id,
            format!("a shape must be an object, not {}", describe(&other)),
        )),
    }
}

fn read_shape(
    id: &ShapeId,
    mut rest: Map<String, Value>,
    diagnostics: &mut Diagnostics,
) -> Option<RawShape> {
    let kind = match rest.shift_remove("type") {
        Some(Value::String(kind)) => kind,
        other => {
            let found = other.as_ref().map_or("nothing".to_owned(), describe);
            diagnostics.push(Error::at(
                id,
                format!("`type` must name the kind of the shape, not {found}"),
            ));
            return None;
        }
    };
    let members = match &*kind {
        "structure" | "union" | "enum" | "intEnum" => {
            diagnostics.keep(take_object(id, &mut rest, "members"))?
        }
        "list" | "set" => take_entries(&mut rest, &["member"]),
        "map" => take_entries(&mut rest, &["key", "value"]),
        _ => Map::new(),
    };
    let mut shape = RawShape {
        kind,
        ..RawShape::default()
    };
    for (name, member) in members {
        let member = diagnostics.keep(read_member(id, &name, member));
        shape.members.extend(member.map(|member| (name, member)));
    }
    shape.mixins = diagnostics
        .keep(take_targets(id, &mut rest, "mixins"))
        .unwrap_or_default();
    shape.traits = diagnostics
        .keep(take_object(id, &mut rest, "traits"))
        .unwrap_or_default();
    shape.rest = rest;
    Some(shape)
}

fn read_member(shape: &ShapeId, name: &str, value: Value) -> Result<RawMember, Error> {
    if !crate::names::is_identifier(name) {
        let message = format!(
            "`{name}` cannot be the name of a member: letters, digits and `_` can, not starting with a digit"
        );
        return Err(Error::at(shape, message));
    }
    let id = shape.member(name);
    let Value::Object(mut object) = value else {
        return Err(Error::at(
            id,
            format!("a member must be an object, not {}", describe(&value)),
        ));
    };
    let target = object.shift_remove("target");
    Ok(RawMember {
        target: Some(read_target(&id, target.as_ref())?),
        traits: read_traits(&id, object)?,
    })
}

fn read_traits(id: &ShapeId, mut object: Map<String, Value>) -> Result<Map<String, Value>, Error> {
    take_object(id, &mut object, "traits")
}

/// Takes an object out of another; none is as good as an empty one.
fn take_object(
    id: &ShapeId,
    object: &mut Map<String, Value>,
    key: &str,
) -> Result<Map<String, Value>, Error> {
    match object.shift_remove(key) {
        None => Ok(Map::new()),
        Some(Value::Object(taken)) => Ok(taken),
        Some(other) => Err(Error::at(
            id,
            format!("`{key}` must be an object, not {}", describe(&other)),
        )),
    }
}

fn take_entries(object: &mut Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    keys.iter()
        .filter_map(|key| object.shift_remove_entry(*key))
        .collect()
}

/// Takes an array of `{"target": "…"}` out of an object; none is as good as an empty one.
pub(super) fn take_targets(
    id: &ShapeId,
    object: &mut Map<String, Value>,
    key: &str,
) -> Result<Vec<ShapeId>, Error> {
    match object.shift_remove(key) {
        None => Ok(Vec::new()),
        Some(Value::Array(targets)) => targets
            .iter()
            .map(|target| {
                read_target(id, target.get("target")).map_err(|error| in_property(id, key, &error))
            })
            .collect(),
        Some(other) => Err(Error::at(
            id,
            format!(
                "`{key}` must be an array of targets, not {}",
                describe(&other)
            ),
        )),
    }
}

/// Takes a `{"target": "…"}` out of an object.
pub(super) fn take_target(
    id: &ShapeId,
    object: &mut Map<String, Value>,
    key: &str,
) -> Result<Option<ShapeId>, Error> {
    let value = object.shift_remove(key);
    let target = value.map(|value| {
        read_target(id, value.get("target")).map_err(|error| in_property(id, key, &error))
    });
    target.transpose()
}

fn in_property(id: &ShapeId, key: &str, error: &Error) -> Error {
    let messages: Vec<_> = error
        .diagnostics()
        .iter()
        .map(|problem| format!("in `{key}`: {}", problem.message()))
        .collect();
    Error::at(id, messages.join("; "))
}

fn read_target(id: &ShapeId, target: Option<&Value>) -> Result<ShapeId, Error> {
    let wrong = |found: &str| {
        Error::at(
            id,
            format!("`target` must be the id of a shape (`com.example#Shape`), not {found}"),
        )
    };
    match target {
        Some(Value::String(text)) => match ShapeId::parse(text) {
            Ok(target) if target.member_name().is_none() => Ok(target),
            _ => Err(wrong(&format!("`{text}`"))),
        },
        other => Err(wrong(&other.map_or("nothing".to_owned(), describe))),
    }
}

/// Adds traits to a shape or a member.
fn apply(shapes: &mut RawShapes, id: &ShapeId, traits: Map<String, Value>) -> Result<(), Error> {
    let unknown = || {
        Error::at(
            id,
            "`apply` adds traits to a shape that the model does not have",
        )
    };
    let shape = shapes.get_mut(&id.shape()).ok_or_else(unknown)?;
    let known = match id.member_name() {
        None => &mut shape.traits,
        Some(name) => match shape.members.entry(name.to_owned()) {
            Entry::Occupied(member) => &mut member.into_mut().traits,
            // May still come from a mixin.
            Entry::Vacant(place) => &mut place.insert(RawMember::default()).traits,
        },
    };
    for (name, value) in traits {
        match known.get_mut(&name) {
            None => drop(known.insert(name, value)),
            Some(old) if *old == value => {}
            Some(Value::Array(old)) if value.is_array() => {
                old.extend(value.as_array().cloned().unwrap_or_default())
            }
            Some(_) => {
                return Err(Error::at(
                    id,
                    format!("`apply` gives trait {name} another value than the shape has"),
                ));
            }
        }
    }
    Ok(())
}
