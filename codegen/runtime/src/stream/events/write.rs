//! Events, written as messages, as a service does. For fakes.

use aws_smithy_eventstream::frame::write_message_to;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use aws_smithy_types::str_bytes::StrBytes;
use bytes::Bytes;

use super::EventUnion;
use super::message::INITIAL_RESPONSE;
use crate::protocol::Protocol;
use crate::schema::{Location, Member, Slot, Structure, Union, View};
use crate::{EncodeError, OperationError};

/// Messages, each of them written.
pub type Messages = Box<dyn Iterator<Item = Result<Vec<u8>, EncodeError>> + Send>;

/// Writes a message.
pub(crate) fn message(headers: Vec<Header>, payload: Vec<u8>) -> Result<Vec<u8>, EncodeError> {
    let message = Message::new_from_parts(headers, payload);
    let mut bytes = Vec::new();
    write_message_to(&message, &mut bytes).map_err(|error| EncodeError::new(error.to_string()))?;
    Ok(bytes)
}

/// Writes the message with the members of an output that are not its events.
pub(crate) fn initial_response(
    protocol: &dyn Protocol,
    payload: Vec<u8>,
) -> Result<Vec<u8>, EncodeError> {
    let mut headers = typed("event", ":event-type", INITIAL_RESPONSE);
    headers.push(content_type(&media_type(protocol)));
    message(headers, payload)
}

pub(super) fn event_or_error<T: EventUnion>(
    protocol: &dyn Protocol,
    event: Result<T, T::ServiceError>,
) -> Result<Vec<u8>, EncodeError> {
    match event {
        Ok(event) => self::event(protocol, &event, &mut T::zero()),
        Err(error) => self::error(protocol, &error, T::EXCEPTIONS),
    }
}

/// Writes an event. `empty` is another value of the union: it says which integers the model has.
fn event(
    protocol: &dyn Protocol,
    event: &dyn Union,
    empty: &mut dyn Union,
) -> Result<Vec<u8>, EncodeError> {
    let (name, view) = event.member();
    let mut headers = typed("event", ":event-type", name);
    let mut payload = Vec::new();
    match (view, empty.set(name)) {
        (View::Structure(event), Slot::Structure(empty)) => {
            members(protocol, event, empty, &mut headers, &mut payload)?;
        }
        (view, _) => {
            headers.push(content_type(&media_type(protocol)));
            protocol.codec().write(view, &Member::ROOT, &mut payload)?;
        }
    }
    message(headers, payload)
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
    let mut has_payload = false;
    for (index, member) in event.members().iter().enumerate() {
        let view = event.member_view(index);
        match member.location {
            Location::EventHeader | Location::EventPayload if matches!(view, View::Null) => {}
            Location::EventHeader => {
                let value = header_value(view, empty.member_slot(index).open())?;
                headers.push(Header::new(member.name, value));
            }
            Location::EventPayload => match view {
                View::Blob(blob) => {
                    headers.push(content_type("application/octet-stream"));
                    payload.extend_from_slice(blob.as_ref());
                }
                View::Text(text) => {
                    headers.push(content_type("text/plain"));
                    payload.extend_from_slice(text.as_bytes());
                }
                view => {
                    headers.push(content_type(&media_type(protocol)));
                    codec.write(view, member, payload)?;
                }
            },
            _ => has_payload = true,
        }
    }
    let is_whole = event.members().is_empty();
    if has_payload || is_whole {
        headers.push(content_type(&media_type(protocol)));
        codec.write(View::Structure(&Unbound(event)), &Member::ROOT, payload)?;
    }
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

/// Returns a value as a header, of the type that `slot` has.
fn header_value(view: View<'_>, slot: Slot<'_>) -> Result<HeaderValue, EncodeError> {
    let too_large = || EncodeError::new("an integer does not fit into its header");
    Ok(match (view, slot) {
        (View::Boolean(value), _) => HeaderValue::Bool(value),
        (View::Integer(value), Slot::Byte(_)) => {
            HeaderValue::Byte(value.try_into().map_err(|_| too_large())?)
        }
        (View::Integer(value), Slot::Short(_)) => {
            HeaderValue::Int16(value.try_into().map_err(|_| too_large())?)
        }
        (View::Integer(value), Slot::Long(_)) => HeaderValue::Int64(value),
        (View::Integer(value), _) => HeaderValue::Int32(value.try_into().map_err(|_| too_large())?),
        (View::Text(text), _) => HeaderValue::String(text.to_owned().into()),
        (View::Blob(blob), _) => HeaderValue::ByteArray(Bytes::copy_from_slice(blob.as_ref())),
        (View::Timestamp(at), _) => HeaderValue::Timestamp(*at),
        _ => {
            return Err(EncodeError::new(
                "a header cannot hold a value of this type",
            ));
        }
    })
}

/// Writes an error: one of the union as an exception, any other as what the model does not name.
fn error(
    protocol: &dyn Protocol,
    error: &dyn OperationError,
    exceptions: &[(&str, &str)],
) -> Result<Vec<u8>, EncodeError> {
    let code = error.code().unwrap_or_default();
    if let Some((member, _)) = exceptions.iter().find(|(_, known)| *known == code) {
        let response = error.variant().encode(protocol)?;
        let payload = response.body().bytes().unwrap_or_default().to_vec();
        let mut headers = typed("exception", ":exception-type", member);
        headers.push(content_type(&media_type(protocol)));
        return message(headers, payload);
    }
    let headers = [
        (":message-type", "error"),
        (":error-code", code),
        (":error-message", error.message().unwrap_or_default()),
    ];
    message(
        headers.map(|(name, value)| text(name, value)).into(),
        Vec::new(),
    )
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
