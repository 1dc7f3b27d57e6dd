//! Why a call failed: what every generated `Error<E>` holds.

use std::error::Error as StdError;
use std::fmt;
use std::sync::OnceLock;

use aws_smithy_runtime_api::client::interceptors::context::Error;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::{self, RequestId};

use crate::call::erased::Outcome;
use crate::error::explain::{Cause, Report};
use crate::{ErrorKind, ErrorResponse, OperationError};

/// AWS's error type, as its own clients have it.
///
/// A generated `Error<E>` converts into it and back. This is the only way to the response as it came; its `Debug` shows the
/// whole of it, and what it holds of HTTP clients and interceptors may quote the request.
pub type SdkError<E> = aws_smithy_runtime_api::client::result::SdkError<E, HttpResponse>;

/// Why a call failed: what every generated `Error<E>` holds.
///
/// `Display` and `Debug` say it in one short line. They show nothing of what was sent or received but the name and the message of
/// the service's error. There is no error behind it ([`source`](StdError::source)), since that line says all that is known to be
/// clean: [`as_service_error`](Self::as_service_error) gives the service's own, an [`SdkError`] made of this one all the rest.
pub struct Failure<E> {
    /// The service's own error, if it answered with one.
    error: Option<E>,
    facts: Facts,
}

/// All of a failure that does not depend on the type of the service's errors, so that it is compiled once for all of them.
pub(crate) struct Facts {
    cause: SdkError<Answered>,
    circumstances: Circumstances,
    /// What AWS's trait shows of it, once it is asked for.
    metadata: OnceLock<ErrorMetadata>,
}

/// Stands where AWS's error has the service's: that one lies beside it.
#[derive(Debug)]
pub(crate) struct Answered;

impl fmt::Display for Answered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the service answered with an error")
    }
}

impl StdError for Answered {}

/// What is known about a call besides why it failed.
#[derive(Clone, Debug, Default)]
pub(crate) struct Circumstances {
    pub(crate) operation: Option<&'static str>,
    pub(crate) attempts: u32,
    pub(crate) endpoint: Option<String>,
    /// The code of the service's error, where it is another than its type says.
    pub(crate) code: Option<String>,
    /// What the response says about sending the request again, where it does not name its error.
    pub(crate) kind_without_code: Option<ErrorKind>,
    /// The name of the shape of the service's error, where its code is another.
    pub(crate) shape: Option<String>,
}

impl<E> Failure<E> {
    pub(crate) fn new(error: Option<E>, facts: Facts) -> Self {
        Self { error, facts }
    }

    /// The operation that was called; not known if this comes from an [`SdkError`].
    pub fn operation(&self) -> Option<&'static str> {
        self.facts.circumstances.operation
    }

    /// How often the call was tried. 0 if nothing was sent, or if this comes from an [`SdkError`].
    pub fn attempts(&self) -> u32 {
        self.facts.circumstances.attempts
    }

    /// The service's own error, if it answered with one.
    pub fn as_service_error(&self) -> Option<&E> {
        self.error.as_ref()
    }

    /// The service's own error, if it answered with one.
    ///
    /// # Errors
    /// This failure again, if it did not.
    #[allow(clippy::result_large_err)] // Generated errors box it.
    pub fn into_service_error(self) -> Result<E, Self> {
        match self.error {
            Some(error) => Ok(error),
            None => Err(Self::new(None, self.facts)),
        }
    }

    /// The id that the service gave the request; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.facts.cause.request_id()
    }

    /// Whether something took too long: connecting, reading, an attempt or the whole call.
    pub fn is_timeout(&self) -> bool {
        self.facts.is_timeout()
    }

    /// The same failure, with another type for the service's errors.
    // It comes and goes in its box, and there is no closure: either would be more functions to compile for each operation.
    #[allow(clippy::boxed_local, clippy::manual_map)]
    pub fn widen<W: From<E>>(self: Box<Self>) -> Box<Failure<W>> {
        let Self { error, facts } = *self;
        let error = match error {
            Some(error) => Some(W::from(error)),
            None => None,
        };
        Box::new(Failure { error, facts })
    }
}

impl<E: OperationError> Failure<E> {
    /// Why an event stream ended, and what the service says about it, if it does.
    #[cfg(feature = "event-stream")]
    #[allow(clippy::manual_map)] // As below.
    pub(crate) fn of_stream(facts: Facts, answer: Option<&ErrorResponse>) -> Self {
        let error = match answer {
            Some(answer) => Some(E::decode(answer)),
            None => None,
        };
        Self { error, facts }
    }

    /// What came of a call, if it is a failure.
    #[allow(clippy::manual_map)] // A closure would be one more function to compile for each operation.
    pub(crate) fn of(outcome: Outcome) -> Self {
        let error = match outcome.answer() {
            Some(answer) => Some(E::decode(answer)),
            None => None,
        };
        Self {
            error,
            facts: outcome.into_facts(),
        }
    }

    /// The name of the service's error, if it answered with one.
    pub fn code(&self) -> Option<&str> {
        self.report().code()
    }

    /// Whether the service's error goes by this name: that of its shape, or the [`code`](Self::code) that a service which once spoke
    /// the query protocol has for it.
    pub fn is_named(&self, name: &str) -> bool {
        let error = self.as_service_error();
        let shape = self.facts.circumstances.shape.as_deref();
        [self.code(), error.and_then(E::code), shape].contains(&Some(name))
    }

    /// What the service says about its error, or about the state that a waiter failed for.
    pub fn message(&self) -> Option<&str> {
        match self.as_service_error() {
            Some(error) => error.message(),
            None => self.report().ending()?.message(),
        }
    }

    /// Whether the same call may succeed later. The client's retries have been used up then, if it has any.
    pub fn is_retryable(&self) -> bool {
        self.retry_kind().is_some()
    }

    /// Whether the service refused because of too many requests.
    pub fn is_throttling(&self) -> bool {
        self.retry_kind() == Some(ErrorKind::ThrottlingError)
    }

    fn retry_kind(&self) -> Option<ErrorKind> {
        self.report().retry_kind(E::kind_of)
    }

    fn report(&self) -> Report<'_> {
        let error = self
            .error
            .as_ref()
            .map(|error| error as &dyn OperationError);
        self.facts.report(error)
    }
}

impl Facts {
    pub(crate) fn new(cause: SdkError<Answered>, circumstances: Circumstances) -> Self {
        Self {
            cause,
            circumstances,
            metadata: OnceLock::new(),
        }
    }

    fn metadata(&self, code: Option<&str>, message: Option<&str>) -> &ErrorMetadata {
        self.metadata.get_or_init(|| {
            let mut metadata = ErrorMetadata::builder();
            if let Some(code) = code {
                metadata = metadata.code(code);
            }
            if let Some(message) = message {
                metadata = metadata.message(message);
            }
            if let Some(response) = self.cause.raw_response() {
                metadata = request_id::apply_request_id(metadata, response.headers());
            }
            metadata.build()
        })
    }

    fn is_timeout(&self) -> bool {
        match &self.cause {
            SdkError::TimeoutError(_) => true,
            SdkError::DispatchFailure(failure) => failure.is_timeout(),
            _ => false,
        }
    }

    fn report<'a>(&'a self, error: Option<&'a dyn OperationError>) -> Report<'a> {
        let source = || self.cause.source();
        let cause = match (&self.cause, error) {
            (SdkError::ServiceError(answered), Some(error)) => {
                Cause::Service(error, answered.raw())
            }
            (SdkError::DispatchFailure(failure), _) => match failure.as_connector_error() {
                Some(error) => Cause::Dispatch(error),
                None => Cause::Construction(source()),
            },
            (SdkError::TimeoutError(_), _) => Cause::Timeout(source()),
            (SdkError::ResponseError(error), _) => Cause::Response(source(), error.raw()),
            _ => Cause::Construction(source()),
        };
        Report {
            cause,
            circumstances: &self.circumstances,
        }
    }
}

/// Code, message and request id, where there are any: as [`Failure`]'s own methods return them.
impl<E: OperationError> ProvideErrorMetadata for Failure<E> {
    fn meta(&self) -> &ErrorMetadata {
        self.facts.metadata(self.code(), self.message())
    }
}

impl<E: OperationError> fmt::Display for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.report(), f)
    }
}

/// As `Display`: this is what a `main` that returns an error shows.
impl<E: OperationError> fmt::Debug for Failure<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.report(), f)
    }
}

impl<E: OperationError> StdError for Failure<E> {}

impl<E> From<SdkError<E>> for Failure<E> {
    fn from(cause: SdkError<E>) -> Self {
        let (cause, error) = set_apart(cause);
        Self::new(error, Facts::new(cause, Circumstances::default()))
    }
}

impl<E> From<Failure<E>> for SdkError<E> {
    fn from(failure: Failure<E>) -> Self {
        match (failure.facts.cause, failure.error) {
            (SdkError::ServiceError(answered), Some(error)) => {
                Self::service_error(error, answered.into_raw())
            }
            (SdkError::ConstructionFailure(cause), _) => Self::ConstructionFailure(cause),
            (SdkError::DispatchFailure(cause), _) => Self::DispatchFailure(cause),
            (SdkError::ResponseError(cause), _) => Self::ResponseError(cause),
            (SdkError::TimeoutError(cause), _) => Self::TimeoutError(cause),
            // There is no other kind yet.
            (other, _) => Self::construction_failure(other),
        }
    }
}

/// AWS's error without the service's, and the service's.
fn set_apart<E>(cause: SdkError<E>) -> (SdkError<Answered>, Option<E>) {
    let mut set_apart = None;
    let cause = cause.map_service_error(|error| {
        set_apart = Some(error);
        Answered
    });
    (cause, set_apart)
}

/// What the orchestrator's error is, and what the service's answer says, if there is one.
pub(crate) fn unerase(cause: SdkError<Error>) -> (SdkError<Answered>, Option<ErrorResponse>) {
    let (cause, error) = set_apart(cause);
    let status = cause
        .raw_response()
        .map(|response| response.status().as_u16());
    let answer = error.map(|error| {
        error
            .downcast::<ErrorResponse>()
            .unwrap_or_else(|_| ErrorResponse::replaced(status.unwrap_or_default()))
    });
    (cause, answer)
}
