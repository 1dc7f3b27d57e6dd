//! Makes a [`Shape`] of a [`RawShape`] that is complete.

use std::collections::HashSet;

use indexmap::IndexMap;
use serde_json::{Map, Value};

use super::node::describe;
use super::raw::{RawMember, RawShape, take_target, take_targets};
use super::{
    EnumMember, IntEnumMember, MapMembers, Member, Operation, Resource, Service, Shape, ShapeId,
    ShapeKind, Traits,
};
use crate::{Diagnostics, Error, names};

const ENUM: &str = "smithy.api#enum";

/// Makes a shape of one whose `apply` statements and mixins are worked in.
pub(super) fn build(id: ShapeId, mut raw: RawShape) -> Result<Shape, Error> {
    let kind = match &*raw.kind {
        "blob" => ShapeKind::Blob,
        "boolean" => ShapeKind::Boolean,
        "string" => match raw.traits.shift_remove(ENUM) {
            Some(values) => ShapeKind::Enum(enum_of_trait(&id, values)?),
            None => ShapeKind::String,
        },
        "byte" => ShapeKind::Byte,
        "short" => ShapeKind::Short,
        "integer" => ShapeKind::Integer,
        "long" => ShapeKind::Long,
        "float" => ShapeKind::Float,
        "double" => ShapeKind::Double,
        "bigInteger" => ShapeKind::BigInteger,
        "bigDecimal" => ShapeKind::BigDecimal,
        "timestamp" => ShapeKind::Timestamp,
        "document" => ShapeKind::Document,
        "enum" => ShapeKind::Enum(enum_members(&id, raw.members)?),
        "intEnum" => ShapeKind::IntEnum(int_enum_members(&id, raw.members)?),
        "list" | "set" => ShapeKind::List(Box::new(only_member(&id, &mut raw.members, "member")?)),
        "map" => ShapeKind::Map(Box::new(MapMembers {
            key: only_member(&id, &mut raw.members, "key")?,
            value: only_member(&id, &mut raw.members, "value")?,
        })),
        "structure" => ShapeKind::Structure(members(&id, raw.members)?),
        "union" => ShapeKind::Union(members(&id, raw.members)?),
        "service" => ShapeKind::Service(service(&id, &mut raw.rest)?),
        "operation" => ShapeKind::Operation(operation(&id, &mut raw.rest)?),
        "resource" => ShapeKind::Resource(resource(&id, &mut raw.rest)?),
        other => {
            return Err(Error::at(
                &id,
                format!("`{other}` is not a kind of shape that Smithy 2.0 has"),
            ));
        }
    };
    Ok(Shape {
        traits: Traits::new(id.clone(), raw.traits),
        id,
        kind,
    })
}

fn members(id: &ShapeId, raw: IndexMap<String, RawMember>) -> Result<Vec<Member>, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut members = Vec::with_capacity(raw.len());
    for (name, member) in raw {
        members.extend(diagnostics.keep(build_member(id, name, member)));
    }
    diagnostics.finish(members)
}

fn only_member(
    id: &ShapeId,
    raw: &mut IndexMap<String, RawMember>,
    name: &str,
) -> Result<Member, Error> {
    let member = raw
        .shift_remove(name)
        .ok_or_else(|| Error::at(id, format!("has no `{name}`")))?;
    build_member(id, name.to_owned(), member)
}

fn build_member(id: &ShapeId, name: String, raw: RawMember) -> Result<Member, Error> {
    let member_id = id.member(&name);
    let Some(target) = raw.target else {
        return Err(Error::at(
            member_id,
            "`apply` adds traits to a member that the shape does not have",
        ));
    };
    Ok(Member {
        name,
        target,
        traits: Traits::new(member_id, raw.traits),
    })
}

fn enum_members(id: &ShapeId, raw: IndexMap<String, RawMember>) -> Result<Vec<EnumMember>, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut members = Vec::with_capacity(raw.len());
    for (name, member) in raw {
        let traits = Traits::new(id.member(&name), member.traits);
        let value = match traits.get("smithy.api#enumValue") {
            None => Ok(name.clone()),
            Some(Value::String(value)) => Ok(value.clone()),
            Some(other) => Err(enum_value_error(&traits, "a string", other)),
        };
        members.extend(diagnostics.keep(value).map(|value| EnumMember {
            name,
            value,
            traits,
        }));
    }
    let members = diagnostics.finish(members)?;
    let values = members.iter().map(|member| (&member.name, &member.value));
    check_values(id, "enum", values)?;
    Ok(members)
}

fn int_enum_members(
    id: &ShapeId,
    raw: IndexMap<String, RawMember>,
) -> Result<Vec<IntEnumMember>, Error> {
    let mut diagnostics = Diagnostics::new();
    let mut members = Vec::with_capacity(raw.len());
    for (name, member) in raw {
        let traits = Traits::new(id.member(&name), member.traits);
        let value = traits.get("smithy.api#enumValue").unwrap_or(&Value::Null);
        let number = value.as_i64().and_then(|number| i32::try_from(number).ok());
        let number = number.ok_or_else(|| enum_value_error(&traits, "a 32-bit integer", value));
        members.extend(diagnostics.keep(number).map(|value| IntEnumMember {
            name,
            value,
            traits,
        }));
    }
    let members = diagnostics.finish(members)?;
    let values = members.iter().map(|member| (&member.name, member.value));
    check_values(id, "intEnum", values)?;
    Ok(members)
}

fn enum_value_error(traits: &Traits, wanted: &str, found: &Value) -> Error {
    Error::at(
        traits.owner(),
        format!(
            "trait smithy.api#enumValue: must be {wanted}, not {}",
            describe(found)
        ),
    )
}

fn check_values<T: std::fmt::Display + Eq + std::hash::Hash>(
    id: &ShapeId,
    kind: &str,
    members: impl Iterator<Item = (impl std::fmt::Display, T)>,
) -> Result<(), Error> {
    let mut diagnostics = Diagnostics::new();
    let mut seen = IndexMap::new();
    for (name, value) in members {
        if let Some(first) = seen.get(&value) {
            let message = format!(
                "the values of an {kind} must differ, but `{first}` and `{name}` are both `{value}`"
            );
            diagnostics.push(Error::at(id, message));
        } else {
            seen.insert(value, name);
        }
    }
    if seen.is_empty() {
        diagnostics.push(Error::at(
            id,
            format!("an {kind} must have at least one member"),
        ));
    }
    diagnostics.finish(())
}

/// The members of a string shape with the enum trait of Smithy 1.0: `[{"value": "…", "name": "…", "documentation": "…"}]`.
fn enum_of_trait(id: &ShapeId, definitions: Value) -> Result<Vec<EnumMember>, Error> {
    let Value::Array(definitions) = definitions else {
        let message = format!(
            "trait {ENUM}: must be an array of objects with a `value`, not {}",
            describe(&definitions)
        );
        return Err(Error::at(id, message));
    };
    let mut diagnostics = Diagnostics::new();
    let mut members = Vec::with_capacity(definitions.len());
    let mut taken = HashSet::new();
    for definition in definitions {
        members.extend(diagnostics.keep(enum_definition(id, definition, &mut taken)));
    }
    let members = diagnostics.finish(members)?;
    let values = members.iter().map(|member| (&member.name, &member.value));
    check_values(id, "enum", values)?;
    Ok(members)
}

fn enum_definition(
    id: &ShapeId,
    definition: Value,
    taken: &mut HashSet<String>,
) -> Result<EnumMember, Error> {
    let wrong = |message: String| Error::at(id, format!("trait {ENUM}: {message}"));
    let Value::Object(mut definition) = definition else {
        return Err(wrong(format!(
            "each element must be an object with a `value`, not {}",
            describe(&definition)
        )));
    };
    let value = match definition.shift_remove("value") {
        Some(Value::String(value)) => value,
        other => {
            let found = other.as_ref().map_or("nothing".to_owned(), describe);
            return Err(wrong(format!("`value` must be a string, not {found}")));
        }
    };
    let name = match definition.shift_remove("name") {
        None => {
            let wanted = names::enum_member_of(&value);
            let name = names::unique(&wanted, '_', |name| !taken.contains(name));
            taken.insert(name.clone());
            name
        }
        Some(Value::String(name)) if names::is_identifier(&name) => {
            if !taken.insert(name.clone()) {
                return Err(wrong(format!("two values are called `{name}`")));
            }
            name
        }
        Some(other) => {
            return Err(wrong(format!(
                "`name` must be letters, digits and `_`, not {}",
                describe(&other)
            )));
        }
    };
    let mut traits = Map::new();
    for (key, property) in definition {
        match (&*key, property) {
            ("deprecated", Value::Bool(false)) => {}
            ("deprecated", Value::Bool(true)) => {
                drop(traits.insert("smithy.api#deprecated".to_owned(), Map::new().into()))
            }
            ("documentation" | "tags", property) => {
                drop(traits.insert(format!("smithy.api#{key}"), property))
            }
            _ => return Err(wrong(format!("`{key}` of value `{value}` is unknown"))),
        }
    }
    traits.insert("smithy.api#enumValue".to_owned(), value.clone().into());
    Ok(EnumMember {
        traits: Traits::new(id.member(&name), traits),
        name,
        value,
    })
}

fn service(id: &ShapeId, rest: &mut Map<String, Value>) -> Result<Service, Error> {
    Ok(Service {
        version: match rest.shift_remove("version") {
            None => String::new(),
            Some(Value::String(version)) => version,
            Some(other) => {
                return Err(Error::at(
                    id,
                    format!("`version` must be a string, not {}", describe(&other)),
                ));
            }
        },
        operations: take_targets(id, rest, "operations")?,
        resources: take_targets(id, rest, "resources")?,
        errors: take_targets(id, rest, "errors")?,
        rename: rename(id, rest.shift_remove("rename"))?,
    })
}

fn rename(id: &ShapeId, rename: Option<Value>) -> Result<IndexMap<ShapeId, String>, Error> {
    let Some(rename) = rename else {
        return Ok(IndexMap::new());
    };
    let Value::Object(rename) = rename else {
        return Err(Error::at(
            id,
            format!("`rename` must be an object, not {}", describe(&rename)),
        ));
    };
    let renamed = rename.into_iter().map(|(from, to)| match to {
        Value::String(to) if names::is_identifier(&to) => {
            let from = ShapeId::parse(&from)
                .map_err(|error| Error::at(id, format!("in `rename`: {error}")))?;
            Ok((from, to))
        }
        other => Err(Error::at(
            id,
            format!(
                "`rename` must give {from} a name of letters, digits and `_`, not {}",
                describe(&other)
            ),
        )),
    });
    renamed.collect()
}

fn operation(id: &ShapeId, rest: &mut Map<String, Value>) -> Result<Operation, Error> {
    let unit = || ShapeId::known(ShapeId::UNIT);
    Ok(Operation {
        input: take_target(id, rest, "input")?.unwrap_or_else(unit),
        output: take_target(id, rest, "output")?.unwrap_or_else(unit),
        errors: take_targets(id, rest, "errors")?,
    })
}

fn resource(id: &ShapeId, rest: &mut Map<String, Value>) -> Result<Resource, Error> {
    let mut resource = Resource::default();
    for lifecycle in ["put", "create", "read", "update", "delete", "list"] {
        resource
            .operations
            .extend(take_target(id, rest, lifecycle)?);
    }
    for more in ["operations", "collectionOperations"] {
        resource.operations.extend(take_targets(id, rest, more)?);
    }
    resource.resources = take_targets(id, rest, "resources")?;
    Ok(resource)
}
