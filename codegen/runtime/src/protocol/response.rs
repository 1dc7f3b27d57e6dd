//! A response as an operation gets it: status, headers and bytes.
//!
//! Its methods are for programs that call an operation's functions themselves, which few do: they are `#[inline]`, to be compiled there.

use std::fmt;

use super::excerpt;
use crate::codec::{Codec, Mode};
use crate::schema::{Member, Slot, Structure, Value};
use crate::{DecodeError, Operation};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;

/// A response, read to its end: what an operation reads, in a test of it or over another HTTP stack.
pub struct EncodedResponse(HttpResponse);

impl EncodedResponse {
    /// Creates a response with status 200 and this body.
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = SdkBody::from(body.into());
        Self(HttpResponse::new(http::StatusCode::OK.into(), body))
    }

    /// Returns the HTTP status.
    #[inline]
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// Returns a header by its name, in any case.
    #[inline]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)
    }

    /// Returns the body.
    #[inline]
    pub fn body(&self) -> &[u8] {
        self.0.body().bytes().unwrap_or_default()
    }

    /// Reads the response in the protocol of the operation's service.
    ///
    /// # Errors
    /// If it is not what the model says, cut short, or empty where something is required.
    pub fn read<O: Operation>(&self) -> Result<O::Response, DecodeError> {
        let mut output = O::Response::zero();
        let protocol = O::SERVICE.protocol;
        protocol.deserialize_response(&O::SCHEMA, &self.0, &mut output)?;
        Ok(output)
    }
}

/// Reads a response whose body is all of the output.
pub(super) fn read(
    codec: &dyn Codec,
    response: &HttpResponse,
    output: &mut dyn Structure,
) -> Result<(), DecodeError> {
    let is_required = |member: &Member| member.is_required;
    check_blank(codec, response, || output.members().iter().any(is_required))?;
    let body = response.body().bytes().unwrap_or_default();
    let read = codec.read(
        body,
        Slot::Structure(output),
        &Member::ROOT,
        Mode::Correcting,
    );
    read.map_err(|error| described(error, codec, response))
}

/// Returns `true` if a response has no body, or a blank one.
pub(super) fn is_blank(response: &HttpResponse) -> bool {
    let body = response.body().bytes().unwrap_or_default();
    body.trim_ascii().is_empty()
}

/// Checks that a blank body is no error: it is as good as one without members, where none of them `is_required`.
pub(super) fn check_blank(
    codec: &dyn Codec,
    response: &HttpResponse,
    is_required: impl FnOnce() -> bool,
) -> Result<(), DecodeError> {
    match is_blank(response) && is_required() {
        true => Err(DecodeError::incomplete(excerpt::describe(codec, response))),
        false => Ok(()),
    }
}

/// Returns the error of a response that could not be read: if it is not of the format at all, one that says what it is instead.
pub(super) fn described(
    error: DecodeError,
    codec: &dyn Codec,
    response: &HttpResponse,
) -> DecodeError {
    match error.is_syntax() {
        true => DecodeError::new(excerpt::describe(codec, response)),
        false => error,
    }
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
