//! The other end, for fakes: requests read and responses written, as a service does.

use std::collections::BTreeSet;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use percent_encoding::percent_decode_str;

use super::members::BodyMembers;
use super::request::{body, write_headers};
use super::response::{read_header, read_payload};
use super::uri::{self, Part};
use super::{Direction, Format, payload};
use crate::codec::{Mode, text};
use crate::protocol::respond;
#[cfg(feature = "rest-xml")]
use crate::schema::View;
use crate::schema::{Location, Member, OperationSchema, Slot, Structure};
use crate::{DecodeError, EncodeError};

/// Returns how much of the pattern of an operation's path is literal, if a request matches it.
pub(in crate::protocol) fn fit(
    operation: &OperationSchema,
    request: &HttpRequest,
) -> Option<usize> {
    let binding = operation.http_binding();
    let (path, query) = path_and_query(request.uri());
    let (parts, literal_query) = uri::split(binding.uri);
    let has_literals = literal_query
        .split('&')
        .all(|wanted| wanted.is_empty() || query.split('&').any(|pair| pair == wanted));
    if request.method() != binding.method || !has_literals || labels(&parts, path).is_none() {
        return None;
    }
    let literals = parts.iter().map(|part| match part {
        Part::Literal(literal) => literal.len(),
        Part::Label { .. } => 0,
    });
    Some(literals.sum::<usize>() + literal_query.len())
}

/// Reads a request.
pub(in crate::protocol) fn deserialize_request(
    format: Format,
    operation: &OperationSchema,
    request: &HttpRequest,
    input: &mut dyn Structure,
    root: &Member,
) -> Result<(), DecodeError> {
    let (path, query) = path_and_query(request.uri());
    let (parts, literal_query) = uri::split(operation.http_binding().uri);
    let labels = labels(&parts, path).unwrap_or_default();
    for (index, member) in input.members().iter().enumerate() {
        match member.location {
            Location::Label | Location::LastSegmentLabel => {
                if let Some((_, value)) = labels.iter().find(|(name, _)| *name == member.name) {
                    read_text(value, input.member_slot(index), member)?;
                }
            }
            Location::Query(name) => {
                let values: Vec<_> = values(query, name).collect();
                if !values.is_empty() {
                    read_values(&values, input.member_slot(index), member)?;
                }
            }
            Location::QueryParams => read_params(query, literal_query, input, index, member)?,
            _ => read_header(request.headers(), member, input, index)?,
        }
    }
    let body = request.body().bytes().unwrap_or_default();
    match payload(input.members()) {
        Some(index) => read_payload(format, body, input, index),
        None if body.is_empty() || operation.has_stream_input() => Ok(()),
        None => {
            let mut members = BodyMembers::new(input, Direction::Request);
            let slot = Slot::Structure(&mut members);
            format.codec.read(body, slot, root, Mode::Correcting)
        }
    }
}

/// Writes a response.
pub(in crate::protocol) fn serialize_response(
    format: Format,
    status: u16,
    output: &dyn Structure,
    root: &Member,
) -> Result<HttpResponse, EncodeError> {
    let mut response = respond(status, Vec::new())?;
    write_headers(response.headers_mut(), output)?;
    if let Some(body) = body(format, output, Direction::Response, root)? {
        body.put_into(response.headers_mut())?;
        *response.body_mut() = SdkBody::from(body.bytes);
    }
    Ok(response)
}

/// Writes an error, whose members in the body `write_body` writes.
#[cfg(feature = "rest-xml")]
pub(in crate::protocol) fn serialize_error(
    status: u16,
    error: &dyn Structure,
    write_body: impl FnOnce(View<'_>) -> Result<Vec<u8>, EncodeError>,
) -> Result<HttpResponse, EncodeError> {
    let members = BodyMembers::new(error, Direction::Response);
    let mut response = respond(status, write_body(View::Structure(&members))?)?;
    write_headers(response.headers_mut(), error)?;
    Ok(response)
}

/// Reads the parameters that are members of nothing else.
fn read_params(
    query: &str,
    literal_query: &str,
    input: &mut dyn Structure,
    index: usize,
    member: &Member,
) -> Result<(), DecodeError> {
    let members = input.members();
    let is_taken = |name: &str| {
        let mut literals = literal_query.split(['&', '=']);
        let is_member =
            |other: &Member| matches!(other.location, Location::Query(query) if query == name);
        literals.any(|literal| literal == name) || members.iter().any(is_member)
    };
    let names: BTreeSet<_> = pairs(query).map(|(name, _)| name).collect();
    let mut names = names.into_iter().filter(|name| !is_taken(name)).peekable();
    if names.peek().is_none() {
        return Ok(());
    }
    let Slot::Map(map) = input.member_slot(index).open() else {
        return Ok(());
    };
    for name in names {
        let values: Vec<_> = values(query, &name).collect();
        read_values(&values, map.insert(name), member)?;
    }
    Ok(())
}

/// Reads the values of a parameter: all of them into a list, or else the last.
fn read_values(values: &[String], slot: Slot<'_>, member: &Member) -> Result<(), DecodeError> {
    match (slot.open(), values) {
        (Slot::List(list), values) => {
            let mut values = values.iter();
            values.try_for_each(|value| read_text(value, list.push(), member))
        }
        (slot, [.., last]) => read_text(last, slot, member),
        _ => Ok(()),
    }
}

fn read_text(value: &str, slot: Slot<'_>, member: &Member) -> Result<(), DecodeError> {
    text::read(value, slot)
        .map_err(|expected| DecodeError::new(format!("{}: expected {expected}", member.name)))
}

/// Returns the values of the labels in a path, by their names; `None` if the path is not of this form.
fn labels<'p>(parts: &[Part<'p>], path: &str) -> Option<Vec<(&'p str, String)>> {
    let mut labels = Vec::new();
    let mut rest = path;
    let mut parts = parts.iter().peekable();
    while let Some(part) = parts.next() {
        match part {
            Part::Literal(literal) => rest = rest.strip_prefix(literal)?,
            Part::Label {
                name, is_greedy, ..
            } => {
                let end = match (is_greedy, parts.peek()) {
                    (true, Some(Part::Literal(""))) => rest.len(),
                    (true, Some(Part::Literal(literal))) => rest.rfind(literal)?,
                    _ => rest.find('/').unwrap_or(rest.len()),
                };
                let (value, after) = rest.split_at_checked(end)?;
                if value.is_empty() {
                    return None;
                }
                labels.push((*name, decoded(value)));
                rest = after;
            }
        }
    }
    rest.is_empty().then_some(labels)
}

/// Returns the values of a parameter of a query.
fn values<'q>(query: &'q str, name: &'q str) -> impl Iterator<Item = String> + 'q {
    pairs(query).filter_map(move |(key, value)| (key == name).then_some(value))
}

/// Returns the parameters of a query, decoded.
fn pairs(query: &str) -> impl Iterator<Item = (String, String)> + '_ {
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs.map(|pair| {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        (decoded(name), decoded(value))
    })
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// Splits a URI, which may have a host.
fn path_and_query(uri: &str) -> (&str, &str) {
    let path = match uri.split_once("://") {
        Some((_scheme, rest)) => rest
            .find('/')
            .map_or("/", |at| rest.get(at..).unwrap_or("/")),
        None => uri,
    };
    path.split_once('?').unwrap_or((path, ""))
}
