//! A response as an operation gets it: status, headers and bytes.

use std::fmt;

use super::excerpt;
use crate::codec::{Codec, Mode};
use crate::schema::{Member, Slot, Structure, Value};
use crate::{DecodeError, Operation};
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
    /// Creates a response with status 200 and this body, for instance in a test of an operation.
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

    /// Returns the HTTP status.
    pub fn status(&self) -> u16 {
        self.as_http().status().as_u16()
    }

    /// Returns a header by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.as_http().headers().get(name)
    }

    /// Returns the body.
    pub fn body(&self) -> &[u8] {
        self.as_http().body().bytes().unwrap_or_default()
    }

    /// Reads the response in the protocol of the operation's service.
    ///
    /// # Errors
    /// If it is not what the model says, cut short, or empty where something is required.
    pub fn read<O: Operation>(&self) -> Result<O::Response, DecodeError> {
        let mut output = O::Response::zero();
        let protocol = O::SERVICE.protocol;
        protocol.deserialize_response(&O::SCHEMA, self.as_http(), &mut output)?;
        Ok(output)
    }
}

/// Reads a response whose body is all of the output.
pub(super) fn read(
    codec: &dyn Codec,
    response: &HttpResponse,
    output: &mut dyn Structure,
) -> Result<(), DecodeError> {
    let body = response.body().bytes().unwrap_or_default();
    let is_blank = body.trim_ascii().is_empty();
    if is_blank && output.members().iter().any(|member| member.is_required) {
        return Err(DecodeError::incomplete(excerpt::describe(codec, response)));
    }
    let read = codec.read(
        body,
        Slot::Structure(output),
        &Member::ROOT,
        Mode::Correcting,
    );
    read.map_err(|error| match error.is_syntax() {
        true => DecodeError::new(excerpt::describe(codec, response)),
        false => error,
    })
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
