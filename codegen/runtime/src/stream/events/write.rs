//! Events, written as messages.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;

use crate::protocol::Protocol;
use crate::schema::{Location, Member, Slot, Structure, Union, View};
use crate::{EncodeError, OperationError};

/// What is all of a payload. A format that needs a name for it gets one that no reader looks at.
const ROOT: Member = Member::required("Event");

/// Appends a message.
///
/// # Errors
/// If a header is longer than it may be, or a timestamp beyond what it can hold.
pub(crate) fn frame(message: &Message, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    write_message_to(message, bytes).map_err(|error| EncodeError::new(error.to_string()))
}

/// Creates the message with the members of an input or an output that are beside its events: the event `name`.
pub(crate) fn initial(protocol: &dyn Protocol, name: &str, payload: Vec<u8>) -> Message {
    let mut headers = typed("event", ":event-type", name);
    headers.push(content_type(&media_type(protocol)));
    Message::new_from_parts(headers, payload)
}

/// Writes an event. `empty` is another value of the union: it says which integers the model has.
pub(super) fn event(
    protocol: &dyn Protocol,
    event: &dyn Union,
    empty: &mut dyn Union,
) -> Result<Message, EncodeError> {
    let (name, view) = event.member();
    write_event(protocol, name, view, empty)
        .map_err(|error| EncodeError::new(format!("the event {name}: {error}")))
}

fn write_event(
    protocol: &dyn Protocol,
    name: &str,
    view: View<'_>,
    empty: &mut dyn Union,
) -> Result<Message, EncodeError> {
    let mut headers = typed("event", ":event-type", name);
    let mut payload = Vec::new();
    match (view, empty.set(name)) {
        (View::Structure(event), Slot::Structure(empty)) => {
            members(protocol, event, empty, &mut headers, &mut payload)?;
        }
        (view, _) => {
            headers.push(content_type(&media_type(protocol)));
            protocol.codec().write(view, &ROOT, &mut payload)?;
        }
    }
    Ok(Message::new_from_parts(headers, payload))
}

/// Writes the members of an event, each where it belongs, and the media type of the payload if there is one.
fn members(
    protocol: &dyn Protocol,
    event: &dyn Structure,
    empty: &mut dyn Structure,
    headers: &mut Vec<Header>,
    payload: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let codec = protocol.codec();
    let of_codec = media_type(protocol);
    // Behind the event's type comes that of the payload, if there is one, and then the headers that are members.
    let mut bound = Vec::new();
    let mut has_payload = event.members().is_empty();
    for (index, member) in event.members().iter().enumerate() {
        let view = event.member_view(index);
        match (member.location, view) {
            (Location::EventHeader | Location::EventPayload, View::Null) => {}
            (Location::EventHeader, view) => {
                let value = header_value(view, empty.member_slot(index).open())
                    .map_err(|what| EncodeError::new(format!("{}: {what}", member.name)))?;
                bound.push(Header::new(member.name, value));
            }
            (Location::EventPayload, View::Blob(blob)) => {
                headers.push(content_type("application/octet-stream"));
                payload.extend_from_slice(blob.as_ref());
            }
            (Location::EventPayload, View::Text(text)) => {
                headers.push(content_type("text/plain"));
                payload.extend_from_slice(text.as_bytes());
            }
            (Location::EventPayload, view) => {
                headers.push(content_type(&of_codec));
                codec.write(view, member, payload)?;
            }
            _ => has_payload = true,
        }
    }
    if has_payload {
        headers.push(content_type(&of_codec));
        codec.write(View::Structure(&Unbound(event)), &ROOT, payload)?;
    }
    headers.append(&mut bound);
    Ok(())
}

/// The members of an event that are in its payload, among others.
struct Unbound<'a>(&'a dyn Structure);

impl Structure for Unbound<'_> {
    fn members(&self) -> &'static [Member] {
        self.0.members()
    }

    fn member_view(&self, index: usize) -> View<'_> {
        match self.members().get(index) {
            Some(member) if member.location == Location::Body => self.0.member_view(index),
            _ => View::Null,
        }
    }

    fn member_slot(&mut self, _index: usize) -> Slot<'_> {
        Slot::Unit
    }
}

/// The greatest length of a header's text or bytes, as AWS has it.
const LONGEST_VALUE: usize = i16::MAX as usize;

/// Returns a value as a header, of the type that `slot` has.
fn header_value(view: View<'_>, slot: Slot<'_>) -> Result<HeaderValue, &'static str> {
    const TOO_LARGE: &str = "the integer does not fit into its header";
    const TOO_LONG: &str = "a header holds no more than 32767 bytes";

    Ok(match (view, slot) {
        (View::Boolean(value), _) => HeaderValue::Bool(value),
        (View::Integer(value), Slot::Byte(_)) => {
            HeaderValue::Byte(value.try_into().map_err(|_| TOO_LARGE)?)
        }
        (View::Integer(value), Slot::Short(_)) => {
            HeaderValue::Int16(value.try_into().map_err(|_| TOO_LARGE)?)
        }
        (View::Integer(value), Slot::Long(_)) => HeaderValue::Int64(value),
        (View::Integer(value), _) => HeaderValue::Int32(value.try_into().map_err(|_| TOO_LARGE)?),
        (View::Text(text), _) if text.len() <= LONGEST_VALUE => {
            HeaderValue::String(text.to_owned().into())
        }
        (View::Blob(blob), _) if blob.as_ref().len() <= LONGEST_VALUE => {
            HeaderValue::ByteArray(Bytes::copy_from_slice(blob.as_ref()))
        }
        (View::Text(_) | View::Blob(_), _) => return Err(TOO_LONG),
        (View::Timestamp(at), _) if at.to_millis().is_ok() => HeaderValue::Timestamp(*at),
        (View::Timestamp(_), _) => return Err("the timestamp does not fit into its header"),
        _ => return Err("a header cannot hold a value of this type"),
    })
}

/// Writes an error: one of the union as an exception, any other as what the model does not name.
pub(super) fn error(
    protocol: &dyn Protocol,
    error: &dyn OperationError,
    exceptions: &[(&str, &str)],
) -> Result<Message, EncodeError> {
    let code = error.code().unwrap_or_default();
    let exception = exceptions.iter().find(|(_, known)| *known == code);
    if let (Some((member, _)), Some(structure)) = (exception, error.variant().structure()) {
        let mut headers = typed("exception", ":exception-type", member);
        headers.push(content_type(&media_type(protocol)));
        let mut payload = Vec::new();
        let view = View::Structure(structure);
        protocol.codec().write(view, &ROOT, &mut payload)?;
        return Ok(Message::new_from_parts(headers, payload));
    }
    let headers = [
        (":message-type", "error"),
        (":error-code", code),
        (":error-message", error.message().unwrap_or_default()),
    ];
    let headers = headers.map(|(name, value)| text(name, value));
    Ok(Message::new_from_parts(headers.into(), Vec::new()))
}

fn typed(kind: &'static str, name: &'static str, value: &str) -> Vec<Header> {
    vec![text(":message-type", kind), text(name, value)]
}

/// Returns the media type of what a protocol's codec writes.
fn media_type(protocol: &dyn Protocol) -> String {
    format!(
        "application/{}",
        protocol.codec().name().to_ascii_lowercase()
    )
}

fn content_type(media_type: &str) -> Header {
    text(":content-type", media_type)
}

fn text(name: &'static str, value: &str) -> Header {
    Header::new(name, HeaderValue::String(StrBytes::from(value.to_owned())))
}
