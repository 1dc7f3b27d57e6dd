//! The facts of a failure, as plain data.
//!
//! They are filled in where the failure is met: by a call, an event stream, a waiter or a paginator. None of it is generic.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::Builder as MetadataBuilder;
use aws_types::request_id;

use crate::ErrorKind;

/// AWS's error type, as its own clients have it.
///
/// A generated `Error<E>` converts into it and back. This is the only way to the response as it came; its `Debug` shows the
/// whole of it, and what it holds of HTTP clients and interceptors may quote the request.
pub type SdkError<E> = aws_smithy_runtime_api::client::result::SdkError<E, HttpResponse>;

/// The facts of a failure: all that does not depend on the type of the service's errors, so that it is compiled once for all of them.
pub(crate) struct Facts {
    pub(super) cause: SdkError<Answered>,
    pub(super) circumstances: Circumstances,
    /// The metadata for AWS's trait, made on first use.
    metadata: OnceLock<ErrorMetadata>,
}

/// Returns the second id that some services give a request, which their support needs as well.
pub(crate) fn extended_request_id(headers: &Headers) -> Option<&str> {
    headers.get("x-amz-id-2")
}

/// A placeholder where AWS's error has the service's: that one lies beside it.
#[derive(Debug)]
pub(crate) struct Answered;

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service answered with an error")
    }
}

impl StdError for Answered {}

/// The circumstances of a failure: all that is known about a call besides its cause.
#[derive(Clone, Debug, Default)]
pub(crate) struct Circumstances {
    pub(crate) operation: Option<&'static str>,
    pub(crate) attempts: u32,
    pub(crate) endpoint: Option<String>,
    /// `true` if the host is that of the URL that the user has set, with the operation's prefix in front.
    pub(crate) has_prefixed_own_host: bool,
    /// The code of the service's error, where it is another than its type says.
    pub(crate) code: Option<String>,
    /// The kind of a retryable error, as far as a response that does not name its error tells.
    pub(crate) kind_without_code: Option<ErrorKind>,
    /// The name of the shape of the service's error, where its code is another.
    pub(crate) shape: Option<String>,
}

impl Facts {
    pub(crate) fn new(cause: SdkError<Answered>, circumstances: Circumstances) -> Self {
        Self {
            cause,
            circumstances,
            metadata: OnceLock::new(),
        }
    }

    #[inline] // Few programs ask: it is compiled there.
    pub(super) fn metadata(&self, code: Option<&str>, message: Option<&str>) -> &ErrorMetadata {
        self.metadata.get_or_init(|| {
            let mut metadata = metadata_of(code, message);
            if let Some(response) = self.cause.raw_response() {
                metadata = request_id::apply_request_id(metadata, response.headers());
            }
            metadata.build()
        })
    }

    /// Returns the cause alone.
    #[cfg(feature = "event-stream-input")]
    pub(crate) fn into_cause(self) -> SdkError<Answered> {
        self.cause
    }

    pub(super) fn is_timeout(&self) -> bool {
        match &self.cause {
            SdkError::TimeoutError(_) => true,
            SdkError::DispatchFailure(failure) => failure.is_timeout(),
            _ => false,
        }
    }
}

/// The text of a failure in which there is no error of the service.
#[cfg(feature = "event-stream-input")]
impl fmt::Display for Facts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&super::report::Report::new(self, None), f)
    }
}

/// Creates a builder of the metadata for AWS's trait, with a code and a message where there are any.
pub(crate) fn metadata_of(code: Option<&str>, message: Option<&str>) -> MetadataBuilder {
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    metadata
}

/// Splits AWS's error into the service's own error and all the rest.
pub(crate) fn take_service_error<E>(cause: SdkError<E>) -> (SdkError<Answered>, Option<E>) {
    let mut service_error = None;
    let cause = cause.map_service_error(|error| {
        service_error = Some(error);
        Answered
    });
    (cause, service_error)
}
