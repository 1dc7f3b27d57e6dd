//! An HTTP response before it is sent.

use std::time::Duration;

use healthlake::ServiceError;
use serde_json::json;
use smithy_rt::fake::{event_message, event_messages};
use smithy_rt::protocol::AWS_JSON_1_0;
use smithy_rt::{EncodeError, EventStream, EventUnion, OperationError, UnmodeledError};

/// The content type of the service's responses.
pub(crate) const AWS_JSON: &str = "application/x-amz-json-1.0";
/// The content type of responses that are streams of events.
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// An HTTP response: what the fake sends, or what a test wants it to send ([`Fault::Answer`](crate::Fault::Answer)).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers. The fake adds `date`, `x-amzn-requestid`, and the length of a body that is sent at once.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Body,
}

/// The body of an [`Answer`].
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Body {
    /// Bytes that are sent at once, with their number in the headers.
    Whole(Vec<u8>),
    /// The messages of a stream, which are sent one by one.
    Messages {
        /// The messages.
        messages: Vec<Vec<u8>>,
        /// The time before each message but the first, on the fake's clock.
        pause: Duration,
    },
}

impl Answer {
    /// An answer with this body, of the content type that the service's answers have.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::of_type(AWS_JSON, status, Body::Whole(body.into()))
    }

    /// An answer with this body, which is a web page.
    pub fn html(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::of_type("text/html", status, Body::Whole(body.into()))
    }

    /// An answer that streams these events, after the first message, which holds what else there is in a response: nothing.
    ///
    /// `pause` is the time before each event, on the fake's clock.
    pub(crate) fn events<T: EventUnion>(
        events: impl IntoIterator<Item = T, IntoIter: Send + 'static>,
        pause: Duration,
    ) -> Result<Self, EncodeError> {
        let headers = [
            (":message-type", "event"),
            (":event-type", "initial-response"),
            (":content-type", "application/json"),
        ];
        let mut messages = vec![event_message(headers, "{}")?];
        let mut events = EventStream::from_events(events.into_iter().map(Ok));
        messages.extend(event_messages(&mut events, &AWS_JSON_1_0)?);
        Ok(Self::of_type(
            EVENT_STREAM,
            200,
            Body::Messages { messages, pause },
        ))
    }

    pub(crate) fn text(status: u16, body: String) -> Self {
        let body = Body::Whole(body.into_bytes());
        Self::of_type("text/plain; charset=utf-8", status, body)
    }

    /// This answer with one more header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn of_type(content_type: &str, status: u16, body: Body) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body,
        }
    }
}

/// The answer to a request that the service refuses.
impl From<&ServiceError> for Answer {
    fn from(error: &ServiceError) -> Self {
        let body = json!({ "__type": error.code(), "Message": error.message() });
        Self::json(status_of(error), body.to_string())
    }
}

/// The model's `smithy.api#httpError` of each error.
fn status_of(error: &ServiceError) -> u16 {
    match error {
        ServiceError::AccessDeniedException(_) => 403,
        ServiceError::ConflictException(_) => 409,
        ServiceError::FailedDependencyException(_) => 424,
        ServiceError::InternalServerException(_) => 500,
        ServiceError::ResourceNotFoundException(_) => 404,
        ServiceError::ThrottlingException(_) => 429,
        ServiceError::Unmodeled(UnmodeledError { status, .. }) => *status,
        _ => 400,
    }
}
