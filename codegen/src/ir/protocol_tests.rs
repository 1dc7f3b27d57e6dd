//! The protocol tests that a model carries.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::types::TypeName;
use super::value::Value;
use crate::model::ShapeId;

/// A test.
#[derive(Debug)]
pub struct ProtocolTest {
    /// The name of its function.
    pub name: String,
    /// The model's description of it, if there is one.
    pub docs: String,
    /// The operation that is called.
    pub operation: ShapeId,
    /// The request.
    pub request: Value,
    /// The expected result.
    pub expectation: Expectation,
}

/// The expected result of a call.
#[derive(Debug)]
pub enum Expectation {
    /// The type of the request.
    Request(ExpectedRequest),
    /// The output that a response is read as.
    Response {
        /// The answer.
        answer: Answer,
        /// The value of the operation's response.
        value: Value,
    },
    /// The messages that events of a request become.
    SentEvents {
        /// The head of the request, if the test says what it is.
        head: Option<ExpectedRequest>,
        /// The messages.
        events: Vec<EventMessage>,
    },
    /// The output and the events that a response is read as.
    ReceivedEvents {
        /// The answer, but for its events.
        answer: Answer,
        /// The messages.
        events: Vec<EventMessage>,
        /// The value of the operation's response, or the failure.
        outcome: Result<Value, ExpectedFailure>,
    },
    /// The error that a response is read as.
    Error {
        /// The answer.
        answer: Answer,
        /// The error's structure, and the variant of the operation's errors.
        name: TypeName,
        /// Its value.
        value: Value,
        /// The code of the error, where it is not the shape's name.
        code: Option<String>,
    },
}

/// The failure of a call, or of the events of its response.
#[derive(Debug)]
pub struct ExpectedFailure {
    /// The error, if it is one of the service's, and its value, if the test says that.
    pub error: Option<(TypeName, Option<Value>)>,
}

/// A message of an event stream.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct EventMessage {
    /// `request` or `response`.
    #[serde(rename = "type")]
    pub direction: String,
    /// The event that it stands for, as the value of a union.
    pub params: Option<Json>,
    /// Headers and their values.
    #[serde(default)]
    pub headers: BTreeMap<String, EventHeader>,
    /// Headers that are not there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that are there, whatever their values.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The payload.
    pub body: Option<String>,
    /// The form of the payload.
    pub body_media_type: Option<String>,
    /// All of the message, in base64.
    pub bytes: Option<String>,
}

impl EventMessage {
    /// The payload and its form, if the test says what it is.
    pub fn body(&self) -> Option<(&str, BodyForm)> {
        let body = self.body.as_deref()?;
        Some((body, BodyForm::of(self.body_media_type.as_deref(), body)))
    }
}

/// The value of a header of an event.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum EventHeader {
    /// A boolean.
    Boolean(bool),
    /// An integer of 8 bits.
    Byte(i8),
    /// An integer of 16 bits.
    Short(i16),
    /// An integer of 32 bits.
    Integer(i32),
    /// An integer of 64 bits.
    Long(i64),
    /// Bytes, in base64.
    Blob(String),
    /// Text.
    String(String),
    /// A timestamp, as RFC 3339 has it.
    Timestamp(String),
}

/// The expected request.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ExpectedRequest {
    /// The method.
    pub method: String,
    /// The path, without the query.
    pub uri: String,
    /// The host that the client is told to call, which may have a path.
    pub host: Option<String>,
    /// The host that is called.
    pub resolved_host: Option<String>,
    /// Parameters that the query has, in their encoded form.
    #[serde(default)]
    pub query_params: Vec<String>,
    /// Parameters that the query has not.
    #[serde(default)]
    pub forbid_query_params: Vec<String>,
    /// Parameters that the query has, whatever their values.
    #[serde(default)]
    pub require_query_params: Vec<String>,
    /// Headers and their values.
    #[serde(default)]
    pub headers: Map<String, Json>,
    /// Headers that are not there.
    #[serde(default)]
    pub forbid_headers: Vec<String>,
    /// Headers that are there, whatever their values.
    #[serde(default)]
    pub require_headers: Vec<String>,
    /// The body.
    pub body: Option<String>,
    /// The form of the body.
    pub body_media_type: Option<String>,
}

/// The form of a body in a test, which decides how bodies are compared.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum BodyForm {
    /// As text, to be compared letter by letter.
    Text,
    /// As JSON: its meaning counts, and not how it is written.
    Json,
    /// As base64 of CBOR: its meaning counts as well.
    Cbor,
    /// As XML: neither the order of attributes nor blanks between elements count.
    Xml,
    /// As parameters, in any order.
    Form,
}

impl BodyForm {
    fn of(media_type: Option<&str>, body: &str) -> Self {
        match media_type {
            Some(media_type) if media_type.contains("json") => Self::Json,
            Some(media_type) if media_type.contains("cbor") && !body.is_empty() => Self::Cbor,
            Some(media_type) if media_type.contains("xml") && !body.is_empty() => Self::Xml,
            Some("application/x-www-form-urlencoded") => Self::Form,
            Some(_) => Self::Text,
            // A body that is not said to be anything is what the protocol has.
            None if serde_json::from_str::<Json>(body).is_ok() => Self::Json,
            None => Self::Text,
        }
    }
}

impl ExpectedRequest {
    /// The body and its form, if the test says what it is.
    pub fn body(&self) -> Option<(&str, BodyForm)> {
        let body = self.body.as_deref()?;
        Some((body, BodyForm::of(self.body_media_type.as_deref(), body)))
    }
}

/// The response of the service.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Answer {
    /// The status.
    pub code: u16,
    /// The headers.
    #[serde(default)]
    pub headers: Map<String, Json>,
    /// The body.
    #[serde(default)]
    pub body: String,
    /// The form of the body.
    pub body_media_type: Option<String>,
}

impl Answer {
    /// A success without anything in it.
    pub fn ok() -> Self {
        Self {
            code: 200,
            headers: Map::new(),
            body: String::new(),
            body_media_type: None,
        }
    }

    /// The form of the body.
    pub fn body_form(&self) -> BodyForm {
        BodyForm::of(self.body_media_type.as_deref(), &self.body)
    }
}
