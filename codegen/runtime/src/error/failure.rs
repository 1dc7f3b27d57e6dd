//! The failure of a call, which every generated `Error<E>` holds.

use std::error::Error as StdError;
use std::fmt;

use aws_smithy_types::error::ErrorMetadata;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use aws_types::request_id::RequestId;

use super::facts::{self, Circumstances, Facts, SdkError, take_service_error};
use super::polling::PollingError;
use super::report::Report;
use crate::{ErrorKind, ErrorResponse, OperationError};

/// The failure of a call, which every generated `Error<E>` holds and dereferences to.
///
/// `Display` and `Debug` say it in one short line. They show nothing of what was sent or received but the name and the message of
/// the service's error. There is no error behind it ([`source`](StdError::source)), since that line says all that is known to be
/// clean: [`as_service_error`](Self::as_service_error) returns the service's own, an [`SdkError`] made of this one has all the rest.
// Two pointers: what moves it is compiled for every operation.
pub struct Failure<E> {
    /// The service's own error, if it answered with one.
    error: Option<Box<E>>,
    facts: Box<Facts>,
}

impl<E> Failure<E> {
    /// Returns the service's own error, if it answered with one.
    pub fn as_service_error(&self) -> Option<&E> {
        self.error.as_deref()
    }

    /// Converts the failure into the service's own error, if it answered with one.
    ///
    /// # Errors
    /// Returns the failure unchanged if it did not.
    pub fn into_service_error(self) -> Result<E, Self> {
        match self.error {
            Some(error) => Ok(*error),
            None => Err(self),
        }
    }
}

impl<E: OperationError> Failure<E> {
    /// Returns the name of the service's error, if it answered with one.
    pub fn code(&self) -> Option<&str> {
        self.report().code()
    }

    /// Returns `true` if the service's error has this name: that of its shape, or the [`code`](Self::code) that a service which once
    /// spoke the query protocol has for it.
    pub fn is_named(&self, name: &str) -> bool {
        let error = self.as_service_error();
        let shape = self.facts.circumstances.shape.as_deref();
        [self.code(), error.and_then(E::code), shape].contains(&Some(name))
    }

    /// Returns the service's message about its error, or about the state that a waiter failed for.
    pub fn message(&self) -> Option<&str> {
        match self.as_service_error() {
            Some(error) => error.message(),
            None => self.report().polling_error()?.message(),
        }
    }

    /// Returns `true` if the same call may succeed later. The client's retries, if it has any, have been used up by then.
    pub fn is_retryable(&self) -> bool {
        self.retry_kind().is_some()
    }

    /// Returns `true` if the service refused because of too many requests.
    pub fn is_throttling(&self) -> bool {
        self.retry_kind() == Some(ErrorKind::ThrottlingError)
    }

    fn retry_kind(&self) -> Option<ErrorKind> {
        self.report().retry_kind(E::kind_of)
    }

    fn report(&self) -> Report<'_> {
        let error = self
            .error
            .as_deref()
            .map(|error| error as &dyn OperationError);
        Report::new(&self.facts, error)
    }
}

impl<E> Failure<E> {
    /// Returns `true` if something took too long: connecting, reading, an attempt or the whole call.
    pub fn is_timeout(&self) -> bool {
        self.facts.is_timeout()
    }

    /// Returns the id that the service gave the request, which its support needs to find it.
    pub fn request_id(&self) -> Option<&str> {
        self.facts.cause.request_id()
    }

    /// Returns the second id that some services, such as S3, give a request. Their support needs both.
    pub fn extended_request_id(&self) -> Option<&str> {
        let response = self.facts.cause.raw_response()?;
        facts::extended_request_id(response.headers())
    }

    /// Returns the number of attempts: 0 if nothing was sent, or if this comes from an [`SdkError`].
    pub fn attempts(&self) -> u32 {
        self.facts.circumstances.attempts
    }

    /// Returns the operation that was called; `None` if this comes from an [`SdkError`].
    pub fn operation(&self) -> Option<&'static str> {
        self.facts.circumstances.operation
    }

    /// Converts the failure into one with another type for the service's errors.
    // A closure would be one more function to compile for each operation.
    #[allow(clippy::manual_map)]
    pub fn map<W: From<E>>(self) -> Failure<W> {
        Failure {
            error: match self.error {
                Some(error) => Some(Box::new(W::from(*error))),
                None => None,
            },
            facts: self.facts,
        }
    }
}

// How failures are made: not for users, so it comes last.
impl<E> Failure<E> {
    pub(crate) fn new(error: Option<E>, facts: Facts) -> Self {
        Self {
            error: error.map(Box::new),
            facts: Box::new(facts),
        }
    }

    /// Creates the failure of a waiter or a paginator of this operation.
    pub(crate) fn from_polling_error(operation: &'static str, error: PollingError) -> Self {
        Self {
            error: None,
            facts: polling_facts(operation, error),
        }
    }
}

impl<E: OperationError> Failure<E> {
    /// Creates a failure, reading the service's own error from its response, if there is one.
    // A closure would be one more function to compile for each operation.
    #[allow(clippy::manual_map)]
    pub(crate) fn decode(facts: Box<Facts>, response: Option<&ErrorResponse>) -> Self {
        Self {
            error: match response {
                Some(response) => Some(Box::new(E::decode(response))),
                None => None,
            },
            facts,
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
        let (cause, error) = take_service_error(cause);
        Self::new(error, Facts::new(cause, Circumstances::default()))
    }
}

impl<E> From<Failure<E>> for SdkError<E> {
    fn from(failure: Failure<E>) -> Self {
        match (failure.facts.cause, failure.error) {
            (SdkError::ServiceError(answered), Some(error)) => {
                Self::service_error(*error, answered.into_raw())
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

// Not generic, so that it is compiled here.
fn polling_facts(operation: &'static str, error: PollingError) -> Box<Facts> {
    let cause = match error.is_timeout() {
        true => SdkError::timeout_error(error),
        false => SdkError::construction_failure(error),
    };
    let circumstances = Circumstances {
        operation: Some(operation),
        ..Circumstances::default()
    };
    Box::new(Facts::new(cause, circumstances))
}
