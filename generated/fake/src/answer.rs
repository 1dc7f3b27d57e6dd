//! An HTTP response before it is sent.

use std::error::Error;

use healthlake::{AgentOutputMessageStream, ServiceError};
use serde_json::{Map, Value, json};
use smithy_rt::fake::event_message;
use smithy_rt::protocol::AWS_JSON_1_0;
use smithy_rt::{EncodeError, OperationError, UnmodeledError};

/// The content type of the service's responses.
pub(crate) const AWS_JSON: &str = "application/x-amz-json-1.0";
/// The content type of responses that are streams of events.
const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// An HTTP response: what the fake sends, or what a test wants it to send ([`Fault::Answer`](crate::Fault::Answer)).
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers. The fake adds `content-length`, `date` and `x-amzn-requestid`.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
}

impl Answer {
    /// An answer with this body, of the content type that the service's answers have.
    pub fn json(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::of_type(AWS_JSON, status, body)
    }

    /// An answer with this body, which is a web page.
    pub fn html(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self::of_type("text/html", status, body)
    }

    /// An answer that streams these events, after the first message, which holds what else there is in a response: nothing.
    pub(crate) fn events(
        events: impl IntoIterator<Item = AgentOutputMessageStream>,
    ) -> Result<Self, Box<dyn Error>> {
        let mut body = message("initial-response", &json!({}))?;
        for event in events {
            // A union is written as an object with one member, named like the event.
            if let Value::Object(event) = serde_json::to_value(event)? {
                for (name, payload) in event {
                    body.extend(message(&name, &payload)?);
                }
            }
        }
        Ok(Self::of_type(EVENT_STREAM, 200, body))
    }

    pub(crate) fn text(status: u16, body: String) -> Self {
        Self::of_type("text/plain; charset=utf-8", status, body)
    }

    /// This answer with one more header.
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn of_type(content_type: &str, status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self {
            status,
            headers: vec![("content-type".to_owned(), content_type.to_owned())],
            body: body.into(),
        }
    }
}

/// A message of an event stream.
fn message(name: &str, payload: &Value) -> Result<Vec<u8>, EncodeError> {
    let headers = [
        (":message-type", "event"),
        (":event-type", name),
        (":content-type", "application/json"),
    ];
    event_message(headers, payload.to_string())
}

/// The answer to a request that the service refuses.
impl From<&ServiceError> for Answer {
    fn from(error: &ServiceError) -> Self {
        let status = status_of(error);
        match error.encode(&AWS_JSON_1_0) {
            Ok(response) => Self::json(status, named(error, response.body().bytes())),
            Err(problem) => Self::json(500, problem.to_string()),
        }
    }
}

/// The body of an error with its name in it, where the service writes it.
fn named(error: &ServiceError, body: Option<&[u8]>) -> Vec<u8> {
    let mut members: Map<String, Value> =
        serde_json::from_slice(body.unwrap_or_default()).unwrap_or_default();
    members.insert("__type".to_owned(), error.code().into());
    Value::Object(members).to_string().into_bytes()
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
