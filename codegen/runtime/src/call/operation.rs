//! Operations, as generated code describes them, and as the path that all share sees them.

use std::any::Any;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
#[cfg(feature = "byte-stream")]
use aws_smithy_types::body::SdkBody;

use crate::schema::{OperationSchema, Structure, Value};
#[cfg(feature = "event-stream")]
use crate::stream::Receiver;
#[cfg(feature = "stream")]
use crate::stream::StreamMember;
#[cfg(feature = "byte-stream")]
use crate::stream::bytes;
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

    /// Returns the stream in a request, if requests hold one, which the schema says as well.
    #[cfg(feature = "stream")]
    fn input_stream(_request: &mut Self::Request) -> Option<StreamMember<'_>> {
        None
    }

    /// Returns the stream in a response, if responses hold one, which the schema says as well.
    #[cfg(feature = "stream")]
    fn output_stream(_response: &mut Self::Response) -> Option<StreamMember<'_>> {
        None
    }

    /// Sets the idempotency token, if the caller has left it out.
    fn set_idempotency_token(_request: &mut Self::Request, _token: &mut dyn FnMut() -> String) {}

    /// Writes the request, but for a stream that it holds: that can be written only once, and stays where it is.
    ///
    /// # Errors
    /// If it cannot be written: a host label that is not one, or a timestamp that its format cannot hold.
    fn encode(request: &Self::Request) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::new::<Self>(request)
    }

    /// Reads the response of a call that succeeded.
    ///
    /// This is for tests of an operation, and for other HTTP stacks. Calls read their responses in the same way without it, so there is
    /// no point in an implementation of one's own.
    ///
    /// # Errors
    /// If the response is not what the model says.
    fn decode(response: &EncodedResponse) -> Result<Self::Response, DecodeError> {
        #[allow(unused_mut)]
        let mut read = response.read::<Self>()?;
        #[cfg(feature = "byte-stream")]
        if Self::SCHEMA.has_byte_stream_output() {
            bytes::put(Self::output_stream(&mut read), response.body().into());
        }
        Ok(read)
    }
}

/// A response, whatever its type.
pub(crate) type Decoded = Box<dyn Output>;

/// A response without its type, to be read into and to be turned into the one that its operation returns.
pub(crate) trait Output: Any + Send + Sync {
    fn as_structure(&mut self) -> &mut dyn Structure;

    #[cfg(feature = "byte-stream")]
    fn as_any(&mut self) -> &mut dyn Any;
}

impl<T: Structure + Send + Sync + 'static> Output for T {
    fn as_structure(&mut self) -> &mut dyn Structure {
        self
    }

    #[cfg(feature = "byte-stream")]
    fn as_any(&mut self) -> &mut dyn Any {
        self
    }
}

/// The functions and facts of an operation that the shared path needs, so that it need not be generic over it.
#[derive(Debug)]
pub(crate) struct OperationTable {
    pub(crate) service: &'static Service,
    pub(crate) schema: OperationSchema,
    pub(crate) error_kind: fn(&str) -> Option<ErrorKind>,
    /// Makes the response that the body is read into.
    pub(crate) zero: fn() -> Decoded,
    /// Makes a response that is an event stream.
    #[cfg(feature = "event-stream")]
    pub(crate) open: Option<Open>,
    /// Puts the body into a response that holds it as a stream of bytes.
    #[cfg(feature = "byte-stream")]
    pub(crate) put_body: Option<PutBody>,
}

/// A function that makes a response of what comes before the events of a stream, and of the stream.
#[cfg(feature = "event-stream")]
pub(crate) type Open = fn(Receiver, &HttpResponse) -> Result<Decoded, DecodeError>;

/// A function that puts a body into a response.
#[cfg(feature = "byte-stream")]
pub(crate) type PutBody = fn(&mut dyn Any, SdkBody);

impl OperationTable {
    /// Reads a response, as [`Operation::decode`] does by default.
    pub(crate) fn decode(&self, response: &HttpResponse) -> Result<Decoded, DecodeError> {
        let mut decoded = (self.zero)();
        let protocol = self.service.protocol;
        protocol.deserialize_response(&self.schema, response, decoded.as_structure())?;
        Ok(decoded)
    }

    pub(crate) const fn of<O: Operation>() -> &'static Self {
        const {
            &Self {
                service: O::SERVICE,
                schema: O::SCHEMA,
                error_kind: <O::Error as OperationError>::kind_of,
                zero: zero::<O::Response>,
                #[cfg(feature = "event-stream")]
                open: match O::SCHEMA.has_event_stream_output() {
                    true => Some(open::<O>),
                    false => None,
                },
                #[cfg(feature = "byte-stream")]
                put_body: match O::SCHEMA.has_byte_stream_output() {
                    true => Some(put_body::<O>),
                    false => None,
                },
            }
        }
    }
}

// Compiled for each operation.
fn zero<T: Structure + Value + Send + Sync + 'static>() -> Decoded {
    Box::new(T::zero())
}

// Compiled for each operation whose responses are event streams.
#[cfg(feature = "event-stream")]
fn open<O: Operation>(mut receiver: Receiver, http: &HttpResponse) -> Result<Decoded, DecodeError> {
    let mut response = O::Response::zero();
    receiver.read_beginning(http, &mut response)?;
    if let Some(StreamMember::Events(events)) = O::output_stream(&mut response) {
        events.receive(receiver);
    }
    Ok(Box::new(response))
}

// Compiled for each operation whose responses are streams of bytes.
#[cfg(feature = "byte-stream")]
fn put_body<O: Operation>(response: &mut dyn Any, body: SdkBody) {
    if let Some(response) = response.downcast_mut::<O::Response>() {
        bytes::put(O::output_stream(response), body);
    }
}
