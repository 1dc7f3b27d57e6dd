//! Operations, as generated code describes them, and as the path that all share sees them.

use std::any::Any;

use crate::schema::{OperationSchema, Structure, Value};
#[cfg(feature = "event-stream")]
use crate::stream::{EventReceiver, Receiver};
use crate::{
    DecodeError, EncodeError, EncodedRequest, EncodedResponse, ErrorKind, OperationError, Service,
};

/// An operation of a service: how its request becomes an HTTP message, and an HTTP message its response.
///
/// Both are pure functions, so that an operation can be tested without a server, and used with any HTTP stack.
pub trait Operation: Sized + 'static {
    /// The type of requests.
    type Request: Structure;
    /// The type of responses.
    type Response: Structure + Value + Send + Sync + 'static;
    /// The errors that the model names for this operation.
    type Error: OperationError;

    /// The service that the operation belongs to.
    const SERVICE: &'static Service;

    /// The schema of the operation.
    const SCHEMA: OperationSchema;

    /// Returns the event stream in a response; `None` if responses hold none.
    #[cfg(feature = "event-stream")]
    const EVENT_STREAM: Option<fn(&mut Self::Response) -> &mut dyn EventReceiver> = None;

    /// Sets the idempotency token, if the caller has left it out.
    fn set_idempotency_token(_request: &mut Self::Request, _token: &mut dyn FnMut() -> String) {}

    /// Writes the request.
    ///
    /// # Errors
    /// If it cannot be written: a host label that is not one, or a timestamp that its format cannot hold.
    fn encode(request: &Self::Request) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::new::<Self>(request)
    }

    /// Reads the response of a call that succeeded.
    ///
    /// # Errors
    /// If the response is not what the model says.
    fn decode(response: &EncodedResponse<'_>) -> Result<Self::Response, DecodeError> {
        response.read::<Self>()
    }
}

/// A response that has been read, whatever its type.
pub(crate) type Decoded = Box<dyn Any + Send + Sync>;

/// The functions and facts of an operation that the shared path needs, so that it need not be generic over it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct OperationTable {
    pub(crate) service: &'static Service,
    pub(crate) schema: OperationSchema,
    pub(crate) error_kind: fn(&str) -> Option<ErrorKind>,
    pub(crate) decode: fn(&EncodedResponse<'_>) -> Result<Decoded, DecodeError>,
    /// Makes a response that is an event stream.
    #[cfg(feature = "event-stream")]
    pub(crate) open: Option<Open>,
}

/// A function that makes a response of the message before the events of a stream, and of the stream.
#[cfg(feature = "event-stream")]
pub(crate) type Open = fn(Receiver) -> Result<Decoded, DecodeError>;

impl OperationTable {
    pub(crate) const fn of<O: Operation>() -> &'static Self {
        const {
            &Self {
                service: O::SERVICE,
                schema: O::SCHEMA,
                error_kind: <O::Error as OperationError>::kind_of,
                decode: decode::<O>,
                #[cfg(feature = "event-stream")]
                open: match O::EVENT_STREAM {
                    Some(_) => Some(open::<O>),
                    None => None,
                },
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

// Compiled for each operation whose responses are event streams.
#[cfg(feature = "event-stream")]
fn open<O: Operation>(mut receiver: Receiver) -> Result<Decoded, DecodeError> {
    let mut response = O::Response::zero();
    receiver.read_initial_response(&mut response)?;
    if let Some(stream) = O::EVENT_STREAM {
        stream(&mut response).receive(receiver);
    }
    Ok(Box::new(response))
}
