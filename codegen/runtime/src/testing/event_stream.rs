//! Event streams as a service sends them.

use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::event_stream::{Header, HeaderValue};
use bytes::Bytes;
use http_body::{Body, Frame};

use crate::protocol::EVENT_STREAM;
use crate::stream::write::{self, Messages};
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
    write::message(headers.collect(), payload.into())
}

/// Turns a response that holds the other members of an output into one that has these for its first message, and then the events.
pub(super) fn with_events<O: Operation>(
    response: HttpResponse,
    output: &mut O::Response,
) -> Result<HttpResponse, EncodeError> {
    match O::output_stream(output) {
        Some(StreamMember::Events(events)) => of_stream(response, events, O::SERVICE.protocol),
        _ => Ok(response),
    }
}

fn of_stream(
    mut response: HttpResponse,
    stream: &mut dyn EventReceiver,
    protocol: &'static dyn crate::protocol::Protocol,
) -> Result<HttpResponse, EncodeError> {
    let members = response.body().bytes().unwrap_or_default().to_vec();
    let first = write::initial_response(protocol, members)?;
    let messages = std::iter::once(Ok(first)).chain(stream.take_messages(protocol));
    let body = Written(Mutex::new(Box::new(messages)));
    *response.body_mut() = SdkBody::from_body_1_x(body);
    response.headers_mut().insert("content-type", EVENT_STREAM);
    Ok(response)
}

/// The messages of a body, each written once it is polled for.
struct Written(Mutex<Messages>);

impl Body for Written {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let messages = self.get_mut().0.get_mut();
        let message = messages.unwrap_or_else(PoisonError::into_inner).next();
        Poll::Ready(message.map(|message| match message {
            Ok(bytes) => Ok(Frame::data(bytes.into())),
            Err(error) => Err(error.into()),
        }))
    }
}
