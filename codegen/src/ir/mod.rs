//! The crate to be written, as plain data: names, types, members, expressions, waiters, documentation.
//!
//! Lowering decides all of it; emitters print it, and never ask what a model says or what something is called.

mod context;
mod default;
mod derives;
pub mod endpoint;
mod endpoint_calls;
mod operation;
mod paginators;
mod protocol_tests;
pub mod query;
mod types;
mod value;
mod waiters;
mod xml;

use std::collections::HashMap;
use std::fmt;

use crate::model::ShapeId;
use crate::protocol::Protocol;

pub use self::context::ContextPath;
pub use self::default::DefaultValue;
pub use self::derives::Derives;
pub use self::endpoint::Endpoints;
pub use self::endpoint_calls::{Destination, EndpointCall};
pub use self::operation::{
    AuthScheme, Checksum, ContextValue, HostPrefix, HostPrefixPart, Http, Operation,
    OperationError, StaticContext, Stream,
};
pub use self::paginators::{PageItems, Paginator, Step};
pub use self::protocol_tests::{
    Answer, BodyForm, EventHeader, EventMessage, Expectation, ExpectedFailure, ExpectedRequest,
    ProtocolTest,
};
pub use self::types::{
    About, Deprecated, Enum, EnumValue, ErrorTraits, Exception, Location, Member, Message,
    RustType, StreamKind, Structure, Type, TypeName, Union, Variant,
};
pub use self::value::Value;
pub use self::waiters::{Acceptor, ErrorMatcher, ResponseMatcher, State, Waiter};
pub use self::xml::{Xml, XmlInner, XmlNamespace};
pub use crate::model::{Retryable, TimestampFormat};

/// A crate to be written.
#[derive(Debug)]
pub struct Crate {
    /// The service that the crate is for.
    pub service: Service,
    /// The operations, in the order of their function names.
    pub operations: Vec<Operation>,
    /// The types in `src/types/`, in the order of the names.
    pub types: Vec<Type>,
    /// Every error that an operation or an event stream can end in, in the order of the names.
    pub errors: Vec<OperationError>,
    /// The endpoint rules, if the model has any.
    pub endpoints: Option<Endpoints>,
    /// The protocol tests that the model carries.
    pub protocol_tests: Vec<ProtocolTest>,
    /// The calls among the model's tests of its endpoint rules.
    pub endpoint_calls: Vec<EndpointCall>,
    pub(crate) places: HashMap<ShapeId, Place>,
}

/// The service, and what is true of the whole crate.
#[derive(Debug)]
pub struct Service {
    /// The service's shape.
    pub shape: ShapeId,
    /// The name of the package, such as `weather`.
    pub crate_name: String,
    /// The title of the service, such as `Example Weather`.
    pub title: String,
    /// The words to find the package by in a registry.
    pub keywords: Vec<String>,
    /// The `sdkId`, such as `Weather`.
    pub sdk_id: String,
    /// The authentication schemes, best first: those of operations that say nothing of their own, then those of the others.
    pub auth: Vec<AuthScheme>,
    /// The name that AWS's signatures are made for.
    pub signing_name: Option<String>,
    /// The ways in which it signs otherwise than most services.
    pub signing: Signing,
    /// The sessions that some of its calls are signed with.
    pub sessions: Option<Sessions>,
    /// The environment variable that may hold a bearer token.
    pub token_variable: Option<String>,
    /// The headers that every request carries, and their values.
    pub headers: Vec<(String, String)>,
    /// The protocol that the client speaks.
    pub protocol: &'static Protocol,
    /// `true` if the service has the trait `aws.protocols#awsQueryCompatible`, and the protocol can ask for the codes of awsQuery.
    pub query_compatible: bool,
    /// The version of the service, if requests name it.
    pub version: Option<String>,
    /// `true` if errors in XML are not wrapped: `noErrorWrapping` of `aws.protocols#restXml`.
    pub no_error_wrapping: bool,
    /// `true` if responses in XML may report an error whatever their status says.
    pub errors_in_success: bool,
    /// The names and query codes of the errors whose message is sensitive.
    pub sensitive_errors: Vec<String>,
    /// The documentation of the crate, in Markdown.
    pub docs: String,
    /// The documentation of its `Error`, in Markdown.
    pub error_docs: String,
    /// The number of operations that the service has, if some of them were chosen for the crate.
    pub selected_of: Option<usize>,
    /// The parts of the model that are not in the crate.
    pub left_out: Vec<LeftOut>,
}

/// The ways in which a service signs otherwise than most.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signing {
    /// Requests have the hash of their body in the header `x-amz-content-sha256`.
    pub content_sha256: bool,
    /// Paths are signed as they are sent, neither encoded twice nor normalized.
    pub path_as_sent: bool,
    /// The signatures of presigned requests say nothing of bodies.
    pub presigned_bodies_open: bool,
}

/// The sessions of a service, and the operation that creates them.
#[derive(Debug)]
pub struct Sessions {
    /// The auth scheme of calls that need one, in endpoint rules.
    pub scheme: String,
    /// The endpoint parameter that a session is for.
    pub parameter: String,
    /// The header for the token.
    pub token_header: String,
    /// The parameter of the query for the token.
    pub token_query: String,
    /// The operation that creates a session.
    pub operation: ShapeId,
    /// The field of its request for what the session is for.
    pub subject: String,
    /// The field of its response with the credentials, which have the next four.
    pub credentials: String,
    /// The id of the access key.
    pub id: String,
    /// The secret access key.
    pub secret: String,
    /// The token.
    pub token: String,
    /// The time at which the session ends.
    pub end: String,
}

/// An operation, or one of its waiters, that is not in the crate.
#[derive(Debug)]
pub struct LeftOut {
    /// The operation.
    pub operation: ShapeId,
    /// The waiter, if it is only that.
    pub waiter: Option<String>,
    /// The feature that it needs and that is not supported, in words.
    pub reason: String,
}

impl fmt::Display for LeftOut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.operation)?;
        if let Some(waiter) = &self.waiter {
            write!(f, "the waiter `{waiter}`: ")?;
        }
        f.write_str(&self.reason)
    }
}

/// The place of the structure, enum or union of a shape.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Place {
    Type(usize),
    Request(usize),
    Response(usize),
}

impl Crate {
    /// The type that `shape` becomes, if it is in `src/types/`.
    pub fn type_of(&self, shape: &ShapeId) -> Option<&Type> {
        match self.places.get(shape)? {
            Place::Type(index) => self.types.get(*index),
            Place::Request(_) | Place::Response(_) => None,
        }
    }

    /// The structure that `shape` becomes, wherever it is written.
    pub fn structure(&self, shape: &ShapeId) -> Option<&Structure> {
        match *self.places.get(shape)? {
            Place::Type(index) => self.types.get(index)?.as_structure(),
            Place::Request(index) => self.operations.get(index)?.own_request.as_ref(),
            Place::Response(index) => self.operations.get(index)?.own_response.as_ref(),
        }
    }

    /// The operation that `shape` becomes.
    pub fn operation(&self, shape: &ShapeId) -> Option<&Operation> {
        self.operations
            .iter()
            .find(|operation| operation.shape == *shape)
    }

    /// The features of the runtime that the crate needs.
    pub fn runtime_features(&self) -> Vec<&'static str> {
        let compresses = self.operations.iter().any(|operation| operation.compressed);
        let events = self.has_streams(StreamKind::Events);
        let bytes = self.streams_bytes();
        let checksums = self.operations.iter().any(|it| it.requires_checksum);
        let http_checksums = self.operations.iter().any(|it| it.checksum.exists());
        let unsigned = self.operations.iter().any(|it| it.has_unsigned_payload);
        let has_tree_hash = self.operations.iter().any(|operation| operation.tree_hash);
        let features = [
            self.service.protocol.feature,
            compresses.then_some("compression"),
            events.then_some(match self.sends_events() {
                true => "event-stream-input",
                false => "event-stream",
            }),
            bytes.then_some("byte-stream"),
            checksums.then_some("checksum"),
            http_checksums.then_some("http-checksum"),
            unsigned.then_some("unsigned-payload"),
            self.service.sessions.is_some().then_some("sessions"),
            has_tree_hash.then_some("tree-hash"),
        ];
        let mut features: Vec<_> = features.into_iter().flatten().collect();
        for feature in self.service.auth.iter().filter_map(AuthScheme::feature) {
            if !features.contains(&feature) {
                features.push(feature);
            }
        }
        features
    }

    /// Returns `true` if an operation has streams of bytes.
    pub fn streams_bytes(&self) -> bool {
        self.has_streams(StreamKind::Bytes)
    }

    /// Returns `true` if an operation has events in its requests.
    fn sends_events(&self) -> bool {
        let mut inputs = self.operations.iter().flat_map(|it| &it.input_stream);
        inputs.any(|stream| stream.kind == StreamKind::Events)
    }

    fn has_streams(&self, kind: StreamKind) -> bool {
        let mut streams = self.operations.iter().flat_map(Operation::streams);
        streams.any(|stream| stream.kind == kind)
    }

    /// Returns `true` if anything in the crate is deprecated.
    pub fn deprecates(&self) -> bool {
        let mut own = self.operations.iter().flat_map(Operation::structures);
        self.operations.iter().any(|it| it.deprecated.is_some())
            || self.types.iter().any(Type::deprecates)
            || own.any(Structure::deprecates)
    }

    /// Returns `true` if calls of one client may have different endpoints.
    pub fn endpoint_depends_on_call(&self) -> bool {
        self.endpoints
            .as_ref()
            .is_some_and(Endpoints::depend_on_call)
    }

    /// Returns `true` if the crate has tests that make calls.
    pub fn tests_calls(&self) -> bool {
        !self.protocol_tests.is_empty() || !self.endpoint_calls.is_empty()
    }

    /// The structure that is sent to `operation`.
    pub fn request<'a>(&'a self, operation: &'a Operation) -> Option<&'a Structure> {
        operation
            .own_request
            .as_ref()
            .or_else(|| self.structure(&operation.request.shape))
    }

    /// The structure that `operation` answers with.
    pub fn response<'a>(&'a self, operation: &'a Operation) -> Option<&'a Structure> {
        operation
            .own_response
            .as_ref()
            .or_else(|| self.structure(&operation.response.shape))
    }
}
