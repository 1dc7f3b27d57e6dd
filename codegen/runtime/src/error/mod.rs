//! The errors of a service, as generated code describes them, and the macros that write the rest.
//!
//! An error structure of the model is a [`ModeledError`]; an operation's enum of them is an [`OperationError`].
//! The crate's own `Error<E>` is a boxed [`Failure<E>`](crate::Failure), made by [`error_type!`](crate::error_type). Under it lie the
//! facts of the failure, which calls, streams, waiters and paginators fill in, and the report that turns them into text; neither knows
//! how calls are made.

pub(crate) mod causes;
mod credentials;
pub(crate) mod facts;
pub(crate) mod failure;
mod macros;
pub(crate) mod polling;
mod report;
mod sources;

use std::error::Error as StdError;
use std::fmt;

use crate::line;
#[cfg(feature = "test-util")]
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

#[cfg(feature = "test-util")]
use crate::EncodeError;
#[cfg(feature = "test-util")]
use crate::protocol::Protocol;
#[cfg(feature = "test-util")]
use crate::schema::{Member, Slot, View};
use crate::schema::{Structure, Value};
use crate::{ErrorKind, ErrorResponse};

/// An error structure of the model.
pub trait ModeledError: StdError + Structure + Value + Send + Sync + 'static {
    /// The name of the error, which is that of its shape.
    const CODE: &'static str;
    /// The kind of a retryable error: `smithy.api#retryable`. `None` without the trait.
    const KIND: Option<ErrorKind>;
    /// The side at fault: `smithy.api#error`.
    const FAULT: Fault;
    /// The HTTP status of responses that report the error: `smithy.api#httpError`.
    const STATUS: u16 = Self::FAULT.status();

    /// Returns the service's message.
    fn message(&self) -> Option<&str>;
}

/// The side at fault for an error.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Fault {
    /// The request is wrong: sent again, it would fail again.
    Client,
    /// The service failed.
    Server,
}

impl Fault {
    /// Returns the HTTP status of errors of this kind, unless their model names another.
    pub(crate) const fn status(self) -> u16 {
        match self {
            Self::Client => 400,
            Self::Server => 500,
        }
    }
}

/// The errors of an operation, or of a whole service: an enum of [`ModeledError`]s and [`UnmodeledError`].
pub trait OperationError: StdError + Send + Sync + 'static {
    /// Returns the kind of the retryable error with this code, if the model calls it one.
    fn kind_of(code: &str) -> Option<ErrorKind>
    where
        Self: Sized;

    /// Reads the error that a response holds.
    fn decode(response: &ErrorResponse) -> Self
    where
        Self: Sized;

    /// Writes the error as a service would. For fakes.
    ///
    /// # Errors
    /// If a value has no form in the protocol, or the status is none.
    #[cfg(feature = "test-util")]
    fn encode(&self, protocol: &dyn Protocol) -> Result<HttpResponse, EncodeError> {
        self.variant().encode(protocol)
    }

    /// Returns the content of the variant.
    fn variant(&self) -> &(dyn ErrorVariant + 'static);

    /// Returns the name of the error, if it has one.
    fn code(&self) -> Option<&str> {
        self.variant().code()
    }

    /// Returns the service's message.
    fn message(&self) -> Option<&str> {
        self.variant().message()
    }
}

/// The content of a variant of an [`OperationError`]: a [`ModeledError`] or an [`UnmodeledError`].
pub trait ErrorVariant: StdError {
    /// Returns the name of the error, if it has one.
    fn code(&self) -> Option<&str>;

    /// Returns the service's message.
    fn message(&self) -> Option<&str>;

    /// Returns the side at fault, if the model tells.
    fn fault(&self) -> Option<Fault> {
        None
    }

    /// Returns the error's structure, if the model names it. For those that end an event stream.
    #[cfg(any(feature = "event-stream-input", feature = "test-util"))]
    fn structure(&self) -> Option<&dyn Structure> {
        None
    }

    /// Writes the error as a service would. For fakes.
    ///
    /// # Errors
    /// If a value has no form in the protocol, or the status is none.
    #[cfg(feature = "test-util")]
    fn encode(&self, protocol: &dyn Protocol) -> Result<HttpResponse, EncodeError>;
}

impl<M: ModeledError> ErrorVariant for M {
    #[cfg(any(feature = "event-stream-input", feature = "test-util"))]
    fn structure(&self) -> Option<&dyn Structure> {
        Some(self)
    }

    #[cfg(feature = "test-util")]
    fn encode(&self, protocol: &dyn Protocol) -> Result<HttpResponse, EncodeError> {
        protocol.serialize_error(M::STATUS, Some(M::CODE), self)
    }

    fn code(&self) -> Option<&str> {
        Some(M::CODE)
    }

    fn message(&self) -> Option<&str> {
        ModeledError::message(self)
    }

    fn fault(&self) -> Option<Fault> {
        Some(M::FAULT)
    }
}

/// The one member that is known of an error that the model does not name.
#[cfg(feature = "test-util")]
struct UnmodeledMembers<'a>(&'a UnmodeledError);

#[cfg(feature = "test-util")]
impl Structure for UnmodeledMembers<'_> {
    fn members(&self) -> &'static [Member] {
        const { &[Member::optional("message")] }
    }

    fn member_view(&self, _index: usize) -> View<'_> {
        self.0.message.as_deref().map_or(View::Null, View::Text)
    }

    fn member_slot(&mut self, _index: usize) -> Slot<'_> {
        Slot::Unit
    }
}

impl ErrorVariant for UnmodeledError {
    #[cfg(feature = "test-util")]
    fn encode(&self, protocol: &dyn Protocol) -> Result<HttpResponse, EncodeError> {
        protocol.serialize_error(self.status, self.code.as_deref(), &UnmodeledMembers(self))
    }

    fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    fn message(&self) -> Option<&str> {
        self.message.as_deref()
    }
}

/// An error that the model does not name for the operation.
#[derive(Clone, Eq, PartialEq)]
#[non_exhaustive]
pub struct UnmodeledError {
    /// The name of the error, if the response has one.
    pub code: Option<String>,
    /// The service's message; or, if there is none, a description of the body.
    pub message: Option<String>,
    /// The HTTP status of the response: that of a success if the error ends an event stream.
    pub status: u16,
}

impl UnmodeledError {
    /// Creates an error of this name, for instance in a test.
    pub fn new(status: u16, code: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: Some(code.into()),
            message: Some(message.into()),
            status,
        }
    }
}

impl fmt::Display for UnmodeledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{}", line::name(code))?,
            None => write!(f, "HTTP status {}", self.status)?,
        }
        match &self.message {
            Some(message) => write!(f, ": {}", line::text(message)),
            None => Ok(()),
        }
    }
}

/// Shows no more of the message than `Display`.
impl fmt::Debug for UnmodeledError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self
            .code
            .as_deref()
            .map(|code| line::name(code).to_string());
        let message = self
            .message
            .as_deref()
            .map(|message| line::text(message).to_string());
        f.debug_struct("UnmodeledError")
            .field("code", &code)
            .field("message", &message)
            .field("status", &self.status)
            .finish()
    }
}

impl StdError for UnmodeledError {}

/// Looks up the kind of the retryable error with this code.
#[doc(hidden)]
pub fn kind_of(code: &str, kinds: &[(&str, Option<ErrorKind>)]) -> Option<ErrorKind> {
    for (known, kind) in kinds {
        if *known == code {
            return *kind;
        }
    }
    None
}

/// Writes `CODE: message`, as an error structure is shown.
#[doc(hidden)]
pub fn fmt_modeled(f: &mut fmt::Formatter<'_>, code: &str, message: Option<&str>) -> fmt::Result {
    match message {
        Some(message) => write!(f, "{code}: {}", line::text(message)),
        None => f.write_str(code),
    }
}
