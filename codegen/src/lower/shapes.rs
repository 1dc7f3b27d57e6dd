//! From shapes of the model to types of Rust.

use std::collections::HashMap;

use serde_json::Value;

use super::default::describe_default;
use super::deprecated::deprecated;
use super::derives::DeriveAnalysis;
use super::docs::Docs;
use super::links::Item;
use super::locations::{self, Locations};
use super::naming::{Naming, TypeNames};
use super::placement::Placement;
use super::request_shapes::RequestShapes;
use super::sensitive::is_redacted;
use super::xml;
use crate::ir::{
    About, Enum, EnumValue, ErrorTraits, Exception, Location, Member, Message, RustType,
    StreamKind, Structure, Type, TypeName, Union, Variant,
};
use crate::ir::{DefaultValue, Derives};
use crate::model::{
    Closure, Fault, Member as Target, Shape, ShapeId, ShapeKind, Traits, is_event_stream,
};
use crate::names;
use crate::protocol::Protocol;
use crate::{Diagnostics, Error};

/// Lowers types.
#[derive(Clone, Copy, Debug)]
pub struct Shapes<'a> {
    /// The shapes.
    pub closure: &'a Closure<'a>,
    /// The protocol that values are written in.
    pub protocol: &'static Protocol,
    /// The names of the types.
    pub naming: &'a Naming,
    /// The documentation of the types.
    pub docs: &'a Docs<'a>,
    /// The shapes that requests hold.
    pub request_shapes: &'a RequestShapes<'a>,
    /// The locations of members.
    pub locations: &'a Locations<'a>,
    /// The traits that can be derived for the types.
    pub derives: &'a DeriveAnalysis<'a>,
}

impl Shapes<'_> {
    /// The types that are not beside an operation, in the order of their modules.
    pub fn types(&self, placement: &Placement<'_>) -> Result<Vec<Type>, Error> {
        let mut problems = Diagnostics::new();
        let shapes = self.closure.shapes();
        let shared = shapes.filter(|shape| !placement.is_own(&shape.id));
        let types = shared.filter_map(|shape| problems.keep(self.type_of(shape)).flatten());
        let mut types: Vec<_> = types.collect();
        types.sort_by(|a, b| a.about().module.cmp(&b.about().module));
        problems.finish(types)
    }

    /// The type that a shape becomes, unless it is one without a name of its own, such as a list.
    fn type_of(&self, shape: &Shape) -> Result<Option<Type>, Error> {
        Ok(Some(match &shape.kind {
            ShapeKind::Structure(_) => Type::Structure(self.structure(shape, || describe(shape))?),
            ShapeKind::Union(members) => Type::Union(self.union(shape, members)?),
            ShapeKind::Enum(members) => {
                let members = members.iter();
                let members = members.map(|it| (it.value.as_str(), &it.value, &it.traits));
                Type::Enum(self.enumeration(shape, members)?)
            }
            ShapeKind::IntEnum(members) => {
                let members = members.iter();
                let members = members.map(|it| (it.name.as_str(), &it.value, &it.traits));
                Type::IntEnum(self.enumeration(shape, members)?)
            }
            _ => return Ok(None),
        }))
    }

    /// The structure that a shape becomes.
    pub fn structure(
        &self,
        shape: &Shape,
        fallback_docs: impl FnOnce() -> String,
    ) -> Result<Structure, Error> {
        let mut problems = Diagnostics::new();
        let fields = self.naming.members_of(&shape.id);
        let members = shape.members().zip(fields);
        let members = members.filter_map(|(member, field)| {
            problems.keep(self.member(shape, member, field.to_owned()))
        });
        let members: Vec<_> = members.collect();
        problems.finish(())?;
        locations::check(shape, &members)?;
        let (mut streams, members): (Vec<_>, Vec<_>) = members
            .into_iter()
            .partition(|member| member.ty.stream().is_some());
        check_names(shape, &members)?;
        xml::check_names(shape, &members)?;
        let about = self.about(shape, fallback_docs)?;
        Ok(Structure {
            has_default: streams.is_empty() && members.iter().all(has_default),
            stream: streams.pop().map(Box::new),
            is_request: self.request_shapes.is_request(&shape.id),
            derives: self.derives.of(&shape.id),
            error: self.error_traits(shape, &members)?,
            builder_module: builder_module(&about),
            builder: names::builder(&about.name.rust),
            about,
            members,
        })
    }

    /// The structure for an operation's input or output that the model leaves out.
    pub fn synthetic(&self, names: &TypeNames, unit: &ShapeId, docs: String) -> Structure {
        let about = About {
            name: TypeName {
                rust: names.rust.clone(),
                shape: unit.clone(),
            },
            module: names.module.clone(),
            docs,
            deprecated: None,
            sensitive: false,
        };
        Structure {
            builder_module: builder_module(&about),
            builder: names::builder(&about.name.rust),
            about,
            members: Vec::new(),
            stream: None,
            has_default: true,
            is_request: false,
            derives: Derives::ALL,
            error: None,
        }
    }

    fn about(&self, shape: &Shape, fallback_docs: impl FnOnce() -> String) -> Result<About, Error> {
        let names = self
            .naming
            .of_type(&shape.id)
            .ok_or_else(|| Error::at(&shape.id, "the shape has no type"))?;
        Ok(About {
            name: TypeName {
                rust: names.rust.clone(),
                shape: shape.id.clone(),
            },
            module: names.module.clone(),
            docs: self
                .docs
                .of_item(Item::Shape(&shape.id), &shape.traits, fallback_docs)?,
            deprecated: deprecated(&shape.traits)?,
            sensitive: shape.traits.is_sensitive(),
        })
    }

    /// The name of the type that a shape becomes.
    pub fn name(&self, shape: &ShapeId) -> TypeName {
        let rust = self
            .naming
            .of_type(shape)
            .map(|names| names.rust.clone())
            .unwrap_or_default();
        TypeName {
            rust,
            shape: shape.clone(),
        }
    }

    /// The field that a member of a structure becomes.
    fn member(&self, of: &Shape, member: &Target, field: String) -> Result<Member, Error> {
        let target = self.closure.target(member)?;
        let location = self.locations.location(&of.id, member, target)?;
        let ty = self.rust_type(member, location.timestamp_format(self.protocol))?;
        let traits = &member.traits;
        let is_token = self.closure.is_idempotency_token(member);
        let value = traits
            .default_value()
            .or(target.traits.default_value())
            .filter(|value| !value.is_null());
        let may_be_left_out = traits.is_client_optional()
            || is_token
            || of.traits.is_input() && !traits.is_required();
        // It is read in any case, as it must be right in any case.
        let default = value
            .map(|value| self.default(member, value, &ty))
            .transpose()?
            .filter(|_| !may_be_left_out);
        let required = traits.is_required() && !may_be_left_out && default.is_none();
        // There is a stream in any case, if one without events or bytes.
        let (required, default) = match ty.stream() {
            Some(StreamKind::Events) => (true, None),
            Some(StreamKind::Bytes) if !required => (false, Some(DefaultValue::Blob(Vec::new()))),
            _ => (required, default),
        };
        let docs = self.docs.of_member(member, is_token)?;
        Ok(Member {
            name: member.name.clone(),
            field,
            optional: !required && default.is_none(),
            boxed: self.closure.is_recursive(member),
            wire_name: match location {
                Location::Body => self.wire_name(member)?,
                _ => member.name.clone(),
            },
            xml: self.xml(member, &location)?,
            location,
            default,
            required,
            sensitive: traits.is_sensitive() || is_redacted(self.closure, target)?,
            setter_docs: if self.request_shapes.contains(&of.id) {
                Docs::of_setter(member, &docs)
            } else {
                String::new()
            },
            docs,
            deprecated: deprecated(traits)?,
            ty,
        })
    }

    /// The name of a member in a body.
    fn wire_name(&self, member: &Target) -> Result<String, Error> {
        let name = match self.protocol.has_json_names {
            true => member.traits.json_name()?,
            false => None,
        };
        Ok(name.unwrap_or(&member.name).to_owned())
    }

    fn default(
        &self,
        member: &Target,
        value: &Value,
        ty: &RustType,
    ) -> Result<DefaultValue, Error> {
        DefaultValue::new(value, ty, &|name, value| self.variant_of(name, value)).ok_or_else(|| {
            Error::at(
                member.id(),
                format!("the default {value} is not {}", describe_default(ty)),
            )
        })
    }

    /// Returns the variant of an enum for a value on the wire. The enum itself may not be lowered yet.
    pub fn variant_of(&self, name: &TypeName, value: &Value) -> Option<String> {
        let index = match &self.closure.get(&name.shape)?.kind {
            ShapeKind::Enum(members) => members.iter().position(|member| *value == member.value),
            ShapeKind::IntEnum(members) => members.iter().position(|member| *value == member.value),
            _ => return None,
        };
        let variant = self.naming.members_of(&name.shape).nth(index?)?;
        Some(variant.to_owned())
    }

    fn union(&self, shape: &Shape, members: &[Target]) -> Result<Union, Error> {
        let mut problems = Diagnostics::new();
        let (exceptions, events): (Vec<_>, Vec<_>) = members
            .iter()
            .partition(|member| self.closure.is_exception(shape, member));
        let names: Vec<_> = self
            .naming
            .members_of(&shape.id)
            .map(str::to_owned)
            .collect();
        let accessors = names::accessors(&names);
        let variants = events
            .into_iter()
            .zip(names.into_iter().zip(accessors))
            .filter_map(|(member, names)| problems.keep(self.variant(shape, member, names)));
        let variants = variants.collect();
        problems.finish(())?;
        let exceptions = exceptions.into_iter().map(|member| Exception {
            member: member.name.clone(),
            error: self.name(&member.target),
        });
        Ok(Union {
            about: self.about(shape, || describe(shape))?,
            variants,
            exceptions: is_event_stream(shape).then(|| exceptions.collect()),
            derives: self.derives.of(&shape.id),
        })
    }

    fn variant(
        &self,
        union: &Shape,
        member: &Target,
        (name, accessor): (String, String),
    ) -> Result<Variant, Error> {
        let target = self.closure.target(member)?;
        Ok(Variant {
            tag: member.name.clone(),
            wire_tag: match is_event_stream(union) {
                // The type of an event is a header, and no name in a format.
                true => member.name.clone(),
                false => self.wire_name(member)?,
            },
            xml: self.xml(member, &Location::Body)?,
            name,
            accessor,
            ty: (!member.target.is_unit())
                .then(|| self.rust_type(member, self.protocol.timestamps))
                .transpose()?,
            boxed: self.closure.is_recursive(member),
            sensitive: member.traits.is_sensitive() || is_redacted(self.closure, target)?,
            docs: self.docs.of_member(member, false)?,
            deprecated: deprecated(&member.traits)?,
        })
    }

    /// An enum, from what tells each member from the others, its value and its traits.
    fn enumeration<'m, V: Clone + std::fmt::Display + 'm>(
        &self,
        shape: &Shape,
        members: impl Iterator<Item = (&'m str, &'m V, &'m Traits)>,
    ) -> Result<Enum<V>, Error> {
        let names = self.naming.members_of(&shape.id);
        let values = members.zip(names).map(|((key, value, traits), name)| {
            Ok(EnumValue {
                name: name.to_owned(),
                value: value.clone(),
                docs: self
                    .docs
                    .of_value(Item::Member(&shape.id, key), traits, value)?,
                deprecated: deprecated(traits)?,
            })
        });
        Ok(Enum {
            values: values.collect::<Result<_, Error>>()?,
            about: self.about(shape, || describe(shape))?,
        })
    }

    fn error_traits(
        &self,
        shape: &Shape,
        members: &[Member],
    ) -> Result<Option<ErrorTraits>, Error> {
        let Some(fault) = shape.traits.error()? else {
            return Ok(None);
        };
        let is_message = |member: &&Member| {
            member.name.eq_ignore_ascii_case("message") && member.ty == RustType::String
        };
        Ok(Some(ErrorTraits {
            code: match self.protocol.has_query_codes {
                true => shape.traits.aws_query_code()?.unwrap_or(shape.id.name()),
                false => shape.id.name(),
            }
            .to_owned(),
            is_server_fault: fault == Fault::Server,
            status: shape.traits.http_error()?,
            retryable: shape.traits.retryable()?,
            message: members.iter().find(is_message).map(|member| Message {
                field: member.field.clone(),
                optional: member.optional,
                sensitive: member.sensitive || shape.traits.is_sensitive(),
            }),
        }))
    }
}

/// Checks that no two members in the body have the same name there.
fn check_names(shape: &Shape, members: &[Member]) -> Result<(), Error> {
    let mut names = HashMap::new();
    let in_body = members.iter().filter(|it| it.location == Location::Body);
    for member in in_body {
        if let Some(other) = names.insert(&member.wire_name, &member.name) {
            let message = format!(
                "is called `{}` in JSON, as `{other}` is: each member needs a name of its own (smithy.api#jsonName)",
                member.wire_name
            );
            return Err(Error::at(shape.id.member(&member.name), message));
        }
    }
    Ok(())
}

/// Returns the module of a structure's builder.
fn builder_module(about: &About) -> String {
    // A module after a keyword ends in an underscore, as in `type_`.
    format!("{}_builder", about.module.trim_end_matches('_'))
}

/// Returns `true` if the member takes Rust's `Default`.
fn has_default(member: &Member) -> bool {
    member.optional || member.default.as_ref().is_some_and(DefaultValue::is_rusts)
}

/// ``The structure `S3Configuration` of the model.``
pub fn describe(shape: &Shape) -> String {
    let kind = match shape.kind {
        ShapeKind::Structure(_) if shape.traits.has("smithy.api#error") => "error",
        ShapeKind::Structure(_) => "structure",
        ShapeKind::Union(_) => "union",
        _ => "enum",
    };
    format!("The {kind} `{}` of the model.", shape.id.name())
}
