//! A response as an operation gets it: status, headers and bytes.

use std::fmt;

use super::excerpt;
use crate::DecodeError;
use crate::wire::{self, ReadError, Slot, Value};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;

/// A response, read to its end.
pub struct EncodedResponse<'a>(Http<'a>);

enum Http<'a> {
    /// The orchestrator's.
    Theirs(&'a HttpResponse),
    Own(Box<HttpResponse>),
}

impl EncodedResponse<'static> {
    /// A response with status 200 and this body, for instance in a test of an operation.
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = SdkBody::from(body.into());
        let response = HttpResponse::new(http::StatusCode::OK.into(), body);
        Self(Http::Own(Box::new(response)))
    }
}

impl<'a> EncodedResponse<'a> {
    pub(crate) fn from_http(response: &'a HttpResponse) -> Self {
        Self(Http::Theirs(response))
    }

    fn as_http(&self) -> &HttpResponse {
        match &self.0 {
            Http::Theirs(response) => response,
            Http::Own(response) => response,
        }
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.as_http().status().as_u16()
    }

    /// A header by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.as_http().headers().get(name)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.as_http().body().bytes().unwrap_or_default()
    }

    /// Reads the body as JSON, with client error correction: what is required and missing is filled in. A body that is empty or
    /// blank is as good as `{}` where nothing is required.
    ///
    /// # Errors
    /// If it is not what the model says, cut short, or empty where something is required.
    pub fn json<T: Value>(&self) -> Result<T, DecodeError> {
        let mut value = T::zero();
        self.read_into(value.slot())?;
        Ok(value)
    }

    /// The part of [`Self::json`] that is the same for all types.
    fn read_into(&self, slot: Slot<'_>) -> Result<(), DecodeError> {
        if self.body().trim_ascii().is_empty()
            && let Slot::Structure(structure) = &slot
            && structure.members().iter().any(|member| member.is_required)
        {
            return Err(DecodeError::incomplete(excerpt::describe(self.as_http())));
        }
        wire::read(self.body(), slot).map_err(|error| self.explain(&error))
    }

    /// Says what is wrong with the body, and where, without quoting it.
    fn explain(&self, error: &ReadError) -> DecodeError {
        let at_path = |reason: &str| match error.path.as_str() {
            "" => reason.to_owned(),
            path => format!("{path}: {reason}"),
        };
        match &error.source {
            _ if error.is_cut_short() => DecodeError::incomplete(at_path("the JSON is cut short")),
            json if json.is_data() => {
                DecodeError::new(at_path(without_position(&json.to_string())))
            }
            _ => DecodeError::new(at_path(excerpt::describe(self.as_http()))),
        }
    }
}

/// What serde_json says, without line and column: a body is one line, and the path says more.
fn without_position(said: &str) -> &str {
    said.rsplit_once(" at line ").map_or(said, |(said, _)| said)
}

/// Shows everything but the body and the headers.
impl fmt::Debug for EncodedResponse<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodedResponse")
            .field("status", &self.status())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .finish_non_exhaustive()
    }
}
