//! Requests: what of an input is in the method's line, in headers and in the body.

use std::borrow::Cow;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;

use super::members::BodyMembers;
use super::{Direction, Format, header, payload, uri};
use crate::EncodeError;
use crate::codec::text;
use crate::protocol::{not_http, set_header};
use crate::schema::{Location, Member, OperationSchema, Structure, View};

/// Writes a request. `root` is the member that the object in the body is.
///
/// # Errors
/// If a label is missing or empty, or a value has no form where it belongs. The error names the member.
pub(in crate::protocol) fn serialize(
    format: Format,
    operation: &OperationSchema,
    input: &dyn Structure,
    root: &Member,
) -> Result<HttpRequest, EncodeError> {
    let mut request = HttpRequest::new(SdkBody::empty());
    let method = operation.http_binding().method;
    request.set_method(method).map_err(not_http)?;
    let uri = uri::write(operation, input)?;
    request.set_uri(uri).map_err(not_http)?;
    write_headers(request.headers_mut(), input)?;
    if let Some(body) = body(format, input, Direction::Request, root)? {
        body.put_into(request.headers_mut())?;
        *request.body_mut() = SdkBody::from(body.bytes);
    }
    Ok(request)
}

/// The body of a message, and its media type.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    media_type: &'static str,
}

impl Body {
    /// Sets the headers that describe the body. A member that is the content type comes first.
    pub(super) fn put_into(&self, headers: &mut Headers) -> Result<(), EncodeError> {
        if !headers.contains_key("content-type") {
            set_header(headers, "content-type", self.media_type.into())?;
        }
        set_header(
            headers,
            "content-length",
            self.bytes.len().to_string().into(),
        )
    }
}

/// Writes the body, if there is one: without a member for it, there is none.
pub(super) fn body(
    format: Format,
    structure: &dyn Structure,
    direction: Direction,
    root: &Member,
) -> Result<Option<Body>, EncodeError> {
    let members = structure.members();
    if let Some(index) = payload(members) {
        let Some(member) = members.get(index) else {
            return Ok(None);
        };
        return write_payload(format, structure.member_view(index), member);
    }
    if !members.iter().any(|member| direction.is_in_body(member)) {
        return Ok(None);
    }
    let structure = BodyMembers::new(structure, direction);
    object(format, View::Structure(&structure), root).map(Some)
}

/// Writes the member that is all of the body.
fn write_payload(
    format: Format,
    view: View<'_>,
    member: &Member,
) -> Result<Option<Body>, EncodeError> {
    let media_type = match member.location {
        Location::MediaTypePayload(media_type) => Some(media_type),
        _ => None,
    };
    let (bytes, default) = match view {
        View::Null => {
            let is_sent =
                format.sends_empty_payload && member.location == Location::StructurePayload;
            return match is_sent {
                true => object(format, View::Unit, member).map(Some),
                false => Ok(None),
            };
        }
        View::Text(text) => (text.as_bytes().to_vec(), "text/plain"),
        View::Blob(blob) => (blob.as_ref().to_vec(), "application/octet-stream"),
        view => return object(format, view, member).map(Some),
    };
    Ok(Some(Body {
        bytes,
        media_type: media_type.unwrap_or(default),
    }))
}

/// Writes a value in the codec's format.
fn object(format: Format, view: View<'_>, of: &Member) -> Result<Body, EncodeError> {
    let mut bytes = Vec::with_capacity(256);
    format.codec.write(view, of, &mut bytes)?;
    Ok(Body {
        bytes,
        media_type: format.media_type,
    })
}

/// Writes the members that are headers. A header that is a member of its own comes before one out of a map.
pub(super) fn write_headers(
    headers: &mut Headers,
    structure: &dyn Structure,
) -> Result<(), EncodeError> {
    for (index, member) in structure.members().iter().enumerate() {
        let view = structure.member_view(index);
        match (member.location, view) {
            (_, View::Null) => {}
            (Location::Header(name), View::List(list)) => {
                set(
                    headers,
                    name.into(),
                    header::write_list(list, member)?,
                    member,
                )?;
            }
            (Location::Header(name), view) => {
                set(
                    headers,
                    name.into(),
                    scalar(view, member)?.into_owned(),
                    member,
                )?;
            }
            (Location::MediaTypeHeader(name), view) => {
                let text = base64::encode(&*scalar(view, member)?);
                set(headers, name.into(), text, member)?;
            }
            _ => {}
        }
    }
    write_prefix_headers(headers, structure)
}

fn write_prefix_headers(
    headers: &mut Headers,
    structure: &dyn Structure,
) -> Result<(), EncodeError> {
    for (index, member) in structure.members().iter().enumerate() {
        let Location::PrefixHeaders(prefix) = member.location else {
            continue;
        };
        let View::Map(map) = structure.member_view(index) else {
            continue;
        };
        for (name, view) in map.views() {
            let name = format!("{prefix}{name}");
            let is_set = headers.contains_key(name.as_str());
            if !is_set && !matches!(view, View::Null) {
                set(
                    headers,
                    name.into(),
                    scalar(view, member)?.into_owned(),
                    member,
                )?;
            }
        }
    }
    Ok(())
}

fn set(
    headers: &mut Headers,
    name: Cow<'static, str>,
    value: String,
    member: &Member,
) -> Result<(), EncodeError> {
    let set = headers.try_insert(name, value);
    // The error would show the value.
    set.map(drop).map_err(|_| {
        EncodeError::new(format!(
            "`{}` becomes a header: it may hold no line breaks, no control characters, and nothing beyond ASCII",
            member.name
        ))
    })
}

/// Returns a member's value, or a value in it, as text.
pub(super) fn scalar<'a>(view: View<'a>, member: &Member) -> Result<Cow<'a, str>, EncodeError> {
    match text::write(view, member.timestamps) {
        Ok(Some(text)) => Ok(text),
        Ok(None) => Err(EncodeError::new(format!(
            "`{}` has no form outside of a body",
            member.name
        ))),
        Err(error) => Err(EncodeError::new(format!("{}: {error}", member.name))),
    }
}
