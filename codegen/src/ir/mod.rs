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
    AuthScheme, ContextValue, HostPrefix, HostPrefixPart, Http, Operation, OperationError,
    StaticContext, Stream,
};
pub use self::paginators::{PageItems, Paginator, Step};
pub use self::protocol_tests::{Answer, BodyForm, Expectation, ExpectedRequest, ProtocolTest};
pub use self::types::{
    About, Deprecated, Enum, EnumValue, ErrorTraits, Exception, Location, Member, Message,
    RustType, StreamKind, Structure, Type, TypeName, Union, Variant,
};
pub use self::value::Value;
pub use self::waiters::{Acceptor, ErrorMatcher, ResponseMatcher, State, Waiter};
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
    /// The environment variable that may hold a bearer token.
    pub token_variable: Option<String>,
    /// The headers that every request carries, and their values.
    pub headers: Vec<(String, String)>,
    /// The protocol that the client speaks.
    pub protocol: &'static Protocol,
    /// `true` if the service has the trait `aws.protocols#awsQueryCompatible`: errors carry the codes of awsQuery.
    pub query_compatible: bool,
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
        let unsigned = self.operations.iter().any(|it| it.has_unsigned_payload);
        let has_tree_hash = self.operations.iter().any(|operation| operation.tree_hash);
        let features = [
            self.service.protocol.feature,
            compresses.then_some("compression"),
            events.then_some("event-stream"),
            bytes.then_some("byte-stream"),
            checksums.then_some("checksum"),
            unsigned.then_some("unsigned-payload"),
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
