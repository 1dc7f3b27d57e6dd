//! Event streams as a service sends them.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};

use crate::protocol::{EVENT_STREAM, Protocol};
use crate::stream::{EventBody, write};
use crate::{EncodeError, EventReceiver, Operation, StreamMember};

/// Writes a message of an event stream, with headers that are strings, for tests that send a stream byte by byte.
///
/// ```
/// let message = smithy_rt::fake::event_message(
///     [(":message-type", "event"), (":event-type", "Tick")],
///     "{}",
/// );
/// assert_eq!(message.unwrap().len(), 59);
/// ```
///
/// # Errors
/// If a header is longer than it may be.
pub fn event_message<'a>(
    headers: impl IntoIterator<Item = (&'a str, &'a str)>,
    payload: impl Into<Vec<u8>>,
) -> Result<Vec<u8>, EncodeError> {
    let headers = headers.into_iter().map(|(name, value)| {
        let value = HeaderValue::String(value.to_owned().into());
        Header::new(name.to_owned(), value)
    });
    let message = Message::new_from_parts(headers.collect::<Vec<_>>(), payload.into());
    let mut bytes = Vec::new();
    write::frame(&message, &mut bytes)?;
    Ok(bytes)
}

/// Writes the events of a stream that are at hand, each as a message, as a service that speaks this protocol does: for servers of one's own.
///
/// # Errors
/// If an event has no form in the protocol.
pub fn event_messages(
    events: &mut dyn EventReceiver,
    protocol: &'static dyn Protocol,
) -> Result<Vec<Vec<u8>>, EncodeError> {
    let written = events.take(protocol).written();
    written.map_err(|error| EncodeError::new(error.to_string()))
}

/// Turns a response that holds the other members of an output into one that has the events for its body.
pub(super) fn with_events<O: Operation>(
    response: HttpResponse,
    output: &mut O::Response,
) -> HttpResponse {
    match O::output_stream(output) {
        Some(StreamMember::Events(events)) => of_stream(response, events, O::SERVICE.protocol),
        _ => response,
    }
}

fn of_stream(
    mut response: HttpResponse,
    stream: &mut dyn EventReceiver,
    protocol: &'static dyn Protocol,
) -> HttpResponse {
    let members = response.body().bytes().unwrap_or_default();
    let body = EventBody::response(protocol, members, stream.take(protocol));
    *response.body_mut() = SdkBody::from_body_1_x(body);
    response.headers_mut().insert("content-type", EVENT_STREAM);
    response
}
