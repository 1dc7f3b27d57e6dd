//! Responses: what of an output or an error is in the status, in headers and in the body.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::base64;

use super::header::{self, unexpected};
use super::members::BodyMembers;
use super::{Direction, Format, payload};
use crate::codec::{Mode, text};
use crate::protocol::response::{check_blank, described, is_blank};
use crate::schema::{Location, Member, Slot, Structure};
use crate::{Blob, DecodeError};

/// Reads a response, with client error correction. `root` is the member that the object in the body is.
///
/// # Errors
/// If it is not what the model says, cut short, or without a body where something in that is required.
pub(in crate::protocol) fn deserialize(
    format: Format,
    response: &HttpResponse,
    output: &mut dyn Structure,
    root: &Member,
) -> Result<(), DecodeError> {
    let members = output.members();
    let is_required = |it: &Member| it.is_required && Direction::Response.is_in_body(it);
    check_blank(format.codec, response, || {
        payload(members).is_none() && members.iter().any(is_required)
    })?;
    deserialize_error(format, response, output, root)
}

/// Reads the response of a call that failed, which may have no body at all.
///
/// # Errors
/// If it is not what the model says.
pub(in crate::protocol) fn deserialize_error(
    format: Format,
    response: &HttpResponse,
    error: &mut dyn Structure,
    root: &Member,
) -> Result<(), DecodeError> {
    read_head(response, error)?;
    let read = read_body(format, response, error, root);
    read.map_err(|error| described(error, format.codec, response))
}

/// Reads what is in the head of a response, whose body is an event stream. There, client error correction does not go so far as to make
/// up what is required: such a response is none of the operation's.
///
/// # Errors
/// If it is not what the model says, or lacks a header that is required.
#[cfg(feature = "event-stream")]
pub(in crate::protocol) fn deserialize_head(
    response: &HttpResponse,
    output: &mut dyn Structure,
) -> Result<(), DecodeError> {
    for member in output.members() {
        if let Location::Header(name) | Location::MediaTypeHeader(name) = member.location
            && member.is_required
            && !response.headers().contains_key(name)
        {
            let what = format!("the header {name} is missing, which is required");
            return Err(DecodeError::new(what));
        }
    }
    read_head(response, output)
}

/// Reads what is in the status and in headers.
fn read_head(response: &HttpResponse, output: &mut dyn Structure) -> Result<(), DecodeError> {
    let status = response.status().as_u16();
    for (index, member) in output.members().iter().enumerate() {
        match member.location {
            Location::StatusCode => {
                // Of a status, every type of integers has room for the digits or is not meant for it.
                let _ = text::read(&status.to_string(), output.member_slot(index));
            }
            Location::PrefixHeaders(_) => {
                // There is a map in any case, if one without entries.
                output.member_slot(index).open();
                read_header(response.headers(), member, output, index)?;
            }
            _ => read_header(response.headers(), member, output, index)?,
        }
    }
    Ok(())
}

/// Reads a member that is a header, or several.
pub(super) fn read_header(
    headers: &Headers,
    member: &Member,
    output: &mut dyn Structure,
    index: usize,
) -> Result<(), DecodeError> {
    match member.location {
        Location::Header(name) => {
            let mut values = headers.get_all(name).peekable();
            if values.peek().is_none() {
                return Ok(());
            }
            let read = match output.member_slot(index).open() {
                Slot::List(list) => header::read_list(list, values, member),
                slot => text::read(values.next().unwrap_or_default(), slot),
            };
            read.map_err(|expected| unexpected(name, expected))
        }
        Location::MediaTypeHeader(name) => {
            let Some(value) = headers.get(name) else {
                return Ok(());
            };
            let decoded = base64::decode(value).ok();
            let text = decoded.and_then(|bytes| String::from_utf8(bytes).ok());
            let text = text.ok_or_else(|| unexpected(name, "text in base64"))?;
            text::read(&text, output.member_slot(index))
                .map_err(|expected| unexpected(name, expected))
        }
        Location::PrefixHeaders(prefix) => {
            read_prefix_headers(headers, prefix, || output.member_slot(index))
        }
        _ => Ok(()),
    }
}

/// Reads the headers whose names start so. Without one, nothing is set.
fn read_prefix_headers<'s>(
    headers: &Headers,
    prefix: &str,
    slot: impl FnOnce() -> Slot<'s>,
) -> Result<(), DecodeError> {
    let prefix = prefix.to_ascii_lowercase();
    let mut found = headers
        .iter()
        .filter_map(|(name, value)| Some((name, name.strip_prefix(&*prefix)?, value)))
        .peekable();
    if found.peek().is_none() {
        return Ok(());
    }
    if let Slot::Map(map) = slot().open() {
        for (name, key, value) in found {
            text::read(value, map.insert(key.to_owned()))
                .map_err(|expected| unexpected(name, expected))?;
        }
    }
    Ok(())
}

/// Reads the body: the payload, or the members that are in the body.
fn read_body(
    format: Format,
    response: &HttpResponse,
    output: &mut dyn Structure,
    root: &Member,
) -> Result<(), DecodeError> {
    let body = response.body().bytes().unwrap_or_default();
    let members = output.members();
    if let Some(index) = payload(members) {
        return read_payload(format, body, output, index);
    }
    let is_in_body = |member| Direction::Response.is_in_body(member);
    if is_blank(response) || !members.iter().any(is_in_body) {
        return Ok(());
    }
    let mut members = BodyMembers::new(output, Direction::Response);
    let slot = Slot::Structure(&mut members);
    format.codec.read(body, slot, root, Mode::Correcting)
}

/// Reads the member that is all of the body. Without a byte, there is none.
pub(super) fn read_payload(
    format: Format,
    body: &[u8],
    output: &mut dyn Structure,
    index: usize,
) -> Result<(), DecodeError> {
    let Some(member) = output.members().get(index).filter(|_| !body.is_empty()) else {
        return Ok(());
    };
    let utf8 = || {
        let text = std::str::from_utf8(body);
        text.map_err(|_| DecodeError::new(format!("{}: expected text in UTF-8", member.name)))
    };
    match output.member_slot(index).open() {
        Slot::Blob(blob) => *blob = Blob::new(body),
        Slot::String(string) => *string = utf8()?.to_owned(),
        Slot::Text(text) => text.set(utf8()?),
        slot => format.codec.read(body, slot, member, Mode::Correcting)?,
    }
    Ok(())
}
