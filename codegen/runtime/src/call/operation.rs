//! What generated code says about an operation.

use std::any::Any;

use crate::{DecodeError, EncodeError, EncodedRequest, EncodedResponse, ErrorKind, OperationError};

/// An operation of a service: how its request becomes bytes, and bytes its response.
///
/// Both are pure functions, so that an operation can be tested without a server, and used with any HTTP stack.
pub trait Operation: 'static {
    /// What the caller gives.
    type Request;
    /// What the caller gets.
    type Response: Send + Sync + 'static;
    /// The errors that the model names for this operation.
    type Error: OperationError;

    /// What does not depend on the request.
    const METADATA: Metadata;

    /// Fills in what the caller may leave out: the idempotency token.
    fn fill_in(_request: &mut Self::Request, _token: &mut dyn FnMut() -> String) {}

    /// Writes the request.
    ///
    /// # Errors
    /// If it cannot be written: a host label that is not one, or a timestamp that its format cannot hold.
    fn encode(request: &Self::Request) -> Result<EncodedRequest, EncodeError>;

    /// Reads the response of a call that succeeded.
    ///
    /// # Errors
    /// If the response is not what the model says.
    fn decode(response: &EncodedResponse<'_>) -> Result<Self::Response, DecodeError>;
}

/// What is the same for every call of an operation.
#[derive(Clone, Copy, Debug)]
pub struct Metadata {
    name: &'static str,
    auth: Auth,
    has_sensitive_input: bool,
    has_sensitive_output: bool,
}

/// Whether the calls of an operation are signed.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Auth {
    Signed,
    /// Signed if there are credentials.
    Optional,
    Unsigned,
}

impl Metadata {
    /// An operation of this name, as in the model, whose calls are signed.
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            auth: Auth::Signed,
            has_sensitive_input: false,
            has_sensitive_output: false,
        }
    }

    /// Requests hold what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_input(mut self) -> Self {
        self.has_sensitive_input = true;
        self
    }

    /// Responses, or errors, hold what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_output(mut self) -> Self {
        self.has_sensitive_output = true;
        self
    }

    /// Calls are never signed: `smithy.api#auth` with an empty list.
    pub const fn unsigned(mut self) -> Self {
        self.auth = Auth::Unsigned;
        self
    }

    /// Calls are signed if there are credentials: `smithy.api#optionalAuth`.
    pub const fn optional_auth(mut self) -> Self {
        self.auth = Auth::Optional;
        self
    }

    /// The operation's name in the model.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    pub(crate) const fn auth(&self) -> Auth {
        self.auth
    }

    pub(crate) const fn has_sensitive_input(&self) -> bool {
        self.has_sensitive_input
    }

    pub(crate) const fn has_sensitive_output(&self) -> bool {
        self.has_sensitive_output
    }
}

/// A response that has been read, whatever its type.
pub(crate) type Decoded = Box<dyn Any + Send + Sync>;

/// What the shared path needs to know about an operation, so that it need not be generic over it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationTable {
    pub(crate) metadata: Metadata,
    pub(crate) error_kind: fn(&str) -> Option<ErrorKind>,
    pub(crate) decode: fn(&EncodedResponse<'_>) -> Result<Decoded, DecodeError>,
}

impl OperationTable {
    pub(crate) const fn of<O: Operation>() -> &'static Self {
        const {
            &Self {
                metadata: O::METADATA,
                error_kind: <O::Error as OperationError>::kind_of,
                decode: decode::<O>,
            }
        }
    }
}

// Compiled for each operation.
fn decode<O: Operation>(response: &EncodedResponse<'_>) -> Result<Decoded, DecodeError> {
    match O::decode(response) {
        Ok(response) => Ok(Box::new(response)),
        Err(error) => Err(error),
    }
}
