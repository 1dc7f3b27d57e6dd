//! A response as an operation gets it: status, headers and bytes.

use std::fmt;

use crate::DecodeError;
use crate::protocol::aws_json;
use crate::wire::{self, ReadError, Slot, Value};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;

/// A response, read to its end.
pub struct EncodedResponse(HttpResponse);

impl EncodedResponse {
    /// A response with status 200 and this body, for instance in a test of an operation.
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = SdkBody::from(body.into());
        Self(HttpResponse::new(http::StatusCode::OK.into(), body))
    }

    pub(crate) fn from_http(response: HttpResponse) -> Self {
        Self(response)
    }

    pub(crate) fn as_http(&self) -> &HttpResponse {
        &self.0
    }

    pub(crate) fn into_http(self) -> HttpResponse {
        self.0
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// A header by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.0.body().bytes().unwrap_or_default()
    }

    /// Reads the body as JSON, with client error correction: what is required and missing is filled in.
    ///
    /// # Errors
    /// If it is not what the model says.
    pub fn json<T: Value>(&self) -> Result<T, DecodeError> {
        let mut value = T::zero();
        self.read_into(value.slot())?;
        Ok(value)
    }

    /// The part of [`Self::json`] that is the same for all types.
    fn read_into(&self, slot: Slot<'_>) -> Result<(), DecodeError> {
        wire::read(self.body(), slot).map_err(|error| self.explain(&error))
    }

    /// Says what is wrong with the body, and where, without quoting it.
    fn explain(&self, error: &ReadError) -> DecodeError {
        let reason = match &error.source {
            json if json.is_data() => without_position(&json.to_string()).to_owned(),
            json if json.is_eof() => "the JSON is cut short".to_owned(),
            _ => aws_json::describe(&self.0).to_owned(),
        };
        DecodeError::new(match error.path.as_str() {
            "" => reason,
            path => format!("{path}: {reason}"),
        })
    }
}

/// What serde_json says, without line and column: a body is one line, and the path says more.
fn without_position(said: &str) -> &str {
    said.rsplit_once(" at line ").map_or(said, |(said, _)| said)
}

/// Shows everything but the body and the headers.
impl fmt::Debug for EncodedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodedResponse")
            .field("status", &self.status())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .finish_non_exhaustive()
    }
}
