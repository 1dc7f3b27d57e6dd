//! The locations of members: the part of an HTTP message, or of an event of a stream, that holds each.

use std::collections::HashSet;

use crate::fixups;
use crate::ir::{Location, Member as Field, RustType};
use crate::model::{Closure, Member, Shape, ShapeId, ShapeKind, TimestampFormat, is_event_stream};
use crate::protocol::Protocol;
use crate::{Diagnostics, Error};

/// The shapes whose members have places of their own.
#[derive(Debug)]
pub struct Locations<'m> {
    /// The events of event streams.
    events: HashSet<&'m ShapeId>,
    /// The inputs, outputs and errors of operations, if the protocol has HTTP bindings.
    messages: HashSet<&'m ShapeId>,
}

impl<'m> Locations<'m> {
    /// Finds the events of all event streams and the messages of all operations.
    pub fn new(closure: &Closure<'m>, protocol: &Protocol) -> Self {
        let streams = closure.shapes().filter(|shape| is_event_stream(shape));
        let events = streams.flat_map(Shape::members);
        let mut messages = HashSet::new();
        if protocol.has_http_bindings {
            for (_, operation) in closure.operations() {
                messages.extend([&operation.input, &operation.output]);
                messages.extend(closure.errors(operation).iter().map(|error| &error.id));
            }
        }
        Self {
            events: events.map(|member| &member.target).collect(),
            messages,
        }
    }

    /// Returns the location of a member of a shape. Anywhere but on a message or an event, the traits mean nothing.
    ///
    /// # Errors
    /// If the member has several.
    pub fn location(
        &self,
        shape: &ShapeId,
        member: &Member,
        target: &Shape,
    ) -> Result<Location, Error> {
        let mut locations = Vec::new();
        if self.events.contains(shape) {
            let traits = &member.traits;
            locations.extend(traits.is_event_header().then_some(Location::EventHeader));
            locations.extend(traits.is_event_payload().then_some(Location::EventPayload));
        }
        if self.messages.contains(shape) {
            locations.extend(http(member, target)?);
        }
        match locations.len() {
            0 => Ok(Location::Body),
            1 => Ok(locations.remove(0)),
            _ => Err(Error::at(
                member.id(),
                "has several of the traits that say where in a message it is: one at most is possible",
            )),
        }
    }
}

/// The locations that the traits of HTTP bindings name.
fn http(member: &Member, target: &Shape) -> Result<Vec<Location>, Error> {
    let traits = &member.traits;
    let media_type = traits.media_type()?.or(target.traits.media_type()?);
    let header = traits.http_header()?.map(|name| match media_type {
        Some(_) if matches!(target.kind, ShapeKind::String) => {
            Location::MediaTypeHeader(name.to_owned())
        }
        _ => Location::Header(name.to_owned()),
    });
    let payload = traits.is_http_payload().then(|| match media_type {
        Some(media_type) => Location::MediaTypePayload(media_type.to_owned()),
        None if matches!(target.kind, ShapeKind::Structure(_)) => Location::StructurePayload,
        None => Location::Payload,
    });
    let query = traits.http_query()?.map(str::to_owned);
    let prefix = traits.http_prefix_headers()?.map(str::to_owned);
    let locations = [
        traits
            .is_http_label()
            .then(|| match traits.has(fixups::LAST_SEGMENT) {
                true => Location::LastSegmentLabel,
                false => Location::Label,
            }),
        query.map(Location::Query),
        traits
            .is_http_query_params()
            .then_some(Location::QueryParams),
        header,
        prefix.map(Location::PrefixHeaders),
        payload,
        traits
            .is_http_response_code()
            .then_some(Location::StatusCode),
    ];
    Ok(locations.into_iter().flatten().collect())
}

impl Location {
    /// The format of timestamps there that have none of their own.
    pub fn timestamp_format(&self, protocol: &Protocol) -> TimestampFormat {
        match self {
            Self::Header(_) | Self::MediaTypeHeader(_) | Self::PrefixHeaders(_) => {
                TimestampFormat::HttpDate
            }
            Self::Label | Self::LastSegmentLabel | Self::Query(_) | Self::QueryParams => {
                TimestampFormat::DateTime
            }
            _ => protocol.timestamps,
        }
    }

    /// Checks that the name of a header is one, and the beginning of such a name, and that a media type can be a header's value.
    fn check_header(&self) -> Result<(), String> {
        let (name, may_be_empty) = match self {
            Self::Header(name) | Self::MediaTypeHeader(name) => (name, false),
            Self::PrefixHeaders(prefix) => (prefix, true),
            Self::MediaTypePayload(media_type) => return check_media_type(media_type),
            _ => return Ok(()),
        };
        let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
        match name.chars().all(is_token) && (may_be_empty || !name.is_empty()) {
            true => Ok(()),
            false => Err(format!(
                "the header `{}` has to be a name of HTTP: letters, digits and hyphens",
                name.escape_debug()
            )),
        }
    }

    /// Returns `true` if the member is a part of the path.
    pub fn is_label(&self) -> bool {
        matches!(self, Self::Label | Self::LastSegmentLabel)
    }

    /// Returns `true` if the member is all of the body.
    pub fn is_payload(&self) -> bool {
        matches!(
            self,
            Self::Payload | Self::MediaTypePayload(_) | Self::StructurePayload
        )
    }

    /// Checks that values of a type can be there. The error is a clause about the member.
    fn check(&self, ty: &RustType) -> Result<(), String> {
        self.check_header()?;
        let (fits, what, expected) = match self {
            Self::Label | Self::LastSegmentLabel => (is_scalar(ty), "in a path", SCALAR),
            Self::Query(_) => (is_scalar_or_list(ty), "in a query", SCALARS),
            Self::QueryParams => (
                is_map(ty, is_text_or_list),
                "parameters of a query",
                "a map of strings or of lists of strings",
            ),
            Self::Header(_) => (is_scalar_or_list(ty), "in a header", SCALARS),
            Self::PrefixHeaders(_) => (is_map(ty, is_text), "several headers", "a map of strings"),
            Self::StatusCode => (is_integer(ty), "a status", "an integer"),
            Self::Payload => (
                !is_scalar(ty) || is_text(ty),
                "all of a body",
                "a string, a blob, a document, a structure, a union, a list or a map",
            ),
            Self::MediaTypePayload(_) => (
                is_text(ty) || matches!(ty, RustType::Blob | RustType::ByteStream),
                "a body of a media type",
                "a string or a blob",
            ),
            _ => return Ok(()),
        };
        match fits {
            true => Ok(()),
            false => Err(format!(
                "is not of a kind that can be {what}: expected {expected}"
            )),
        }
    }
}

/// The kinds of values that have a form as bare text.
const SCALAR: &str = "a string, a number, a boolean or a timestamp";

/// The same, or several in a list.
const SCALARS: &str = "a string, a number, a boolean, a timestamp, or a list of these";

fn is_integer(ty: &RustType) -> bool {
    matches!(
        ty,
        RustType::I8 | RustType::I16 | RustType::I32 | RustType::I64 | RustType::IntEnum(_)
    )
}

fn check_media_type(media_type: &str) -> Result<(), String> {
    match media_type.chars().all(|c| matches!(c, ' '..='~')) && !media_type.is_empty() {
        true => Ok(()),
        false => Err(format!(
            "the media type `{}` has to be visible characters of ASCII, such as `audio/flac`",
            media_type.escape_debug()
        )),
    }
}

fn is_text(ty: &RustType) -> bool {
    matches!(ty, RustType::String | RustType::Enum(_))
}

/// Returns `true` if values of a type are a text of one line.
pub fn is_scalar(ty: &RustType) -> bool {
    !matches!(
        ty,
        RustType::Blob
            | RustType::ByteStream
            | RustType::Document
            | RustType::EventStream(_)
            | RustType::Structure(_)
            | RustType::Union(_)
            | RustType::List { .. }
            | RustType::Map { .. }
    )
}

fn is_scalar_or_list(ty: &RustType) -> bool {
    match ty {
        RustType::List { element, .. } => is_scalar(element),
        ty => is_scalar(ty),
    }
}

fn is_text_or_list(ty: &RustType) -> bool {
    match ty {
        RustType::List { element, .. } => is_text(element),
        ty => is_text(ty),
    }
}

fn is_map(ty: &RustType, is_value: fn(&RustType) -> bool) -> bool {
    matches!(ty, RustType::Map { value, .. } if is_value(value))
}

/// Checks that the members of a structure can all be where they are: that nothing is lost, since there is no room for it.
pub fn check(shape: &Shape, members: &[Field]) -> Result<(), Error> {
    let mut problems = Diagnostics::new();
    for member in members {
        if let Err(reason) = member.location.check(&member.ty) {
            problems.push(Error::at(shape.id.member(&member.name), reason));
        }
    }
    let Some(payload) = members.iter().find(|it| it.location.is_payload()) else {
        return problems.finish(());
    };
    for member in members {
        let is_other_payload = member.location.is_payload() && member.name != payload.name;
        if is_other_payload || member.location == Location::Body {
            let message = format!(
                "has no place in the message: `{}` is all of the body (smithy.api#httpPayload)",
                payload.name
            );
            problems.push(Error::at(shape.id.member(&member.name), message));
        }
    }
    problems.finish(())
}
