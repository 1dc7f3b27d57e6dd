//! Operations: what is sent where, and what may come back.

use super::context::ContextPath;
use super::paginators::Paginator;
use super::types::{Deprecated, StreamKind, Structure, TypeName};
use super::waiters::Waiter;
use super::xml::Xml;
use crate::model::ShapeId;
use crate::names;

/// An operation of the service.
#[derive(Debug)]
pub struct Operation {
    /// The operation's shape.
    pub shape: ShapeId,
    /// The name of the function, such as `start_dns_import_job`, `r#` included where it needs one.
    pub function: String,
    /// The module that it is written into, which is the name of the file, too.
    pub module: String,
    /// The name of the type that implements `smithy_rt::Operation`, such as `StartDnsImportJob`.
    pub marker: String,
    /// The name of the enum of its errors, such as `StartDnsImportJobError`.
    pub error: String,
    /// The name of the service in the model.
    pub service: String,
    /// `true` if it changes nothing.
    pub is_readonly: bool,
    /// `true` if it has an input in the model.
    pub has_input: bool,
    /// The HTTP request, if the protocol does not say it.
    pub http: Option<Http>,
    /// The root of requests in XML, if members are in it.
    pub xml_input: Option<Xml>,
    /// The root of responses in XML, if members are in it.
    pub xml_output: Option<Xml>,
    /// `true` if the root of responses in XML is a member of the output.
    pub unwrapped_xml_output: bool,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// The type of the request.
    pub request: TypeName,
    /// The type of the response.
    pub response: TypeName,
    /// The request's structure, if nothing else uses it, so that it is written beside the
    /// operation.
    pub own_request: Option<Structure>,
    /// The response's structure, if nothing else uses it, so that it is written beside the
    /// operation.
    pub own_response: Option<Structure>,
    /// The errors that the model knows, in its order: those of the operation, then those of the
    /// service.
    pub errors: Vec<OperationError>,
    /// The stream that requests hold.
    pub input_stream: Option<Stream>,
    /// The stream that responses hold.
    pub output_stream: Option<Stream>,
    /// The field of the request that is filled in with a random token where it is `None`.
    pub idempotency_token: Option<String>,
    /// The authentication schemes, best first, if they are not those of the service.
    pub auth: Option<Vec<AuthScheme>>,
    /// `true` if nothing may be sent or received for a long time.
    pub may_stall: bool,
    /// `true` if requests have the tree hash of their body in a header.
    pub tree_hash: bool,
    /// The host prefix.
    pub host_prefix: Option<HostPrefix>,
    /// The endpoint parameters that the operation fixes.
    pub static_context: Vec<StaticContext>,
    /// The endpoint parameters that come out of the request.
    pub context: Vec<ContextPath>,
    /// `true` if the request may hold what is sensitive.
    pub sensitive_input: bool,
    /// `true` if the response, or one of the errors, may hold what is sensitive.
    pub sensitive_output: bool,
    /// The checksums of bodies.
    pub checksum: Checksum,
    /// `true` if the body is compressed with gzip.
    pub compressed: bool,
    /// `true` if the checksum of the body is sent as well.
    pub requires_checksum: bool,
    /// `true` if the body is no part of the signature.
    pub has_unsigned_payload: bool,
    /// Its waiters.
    pub waiters: Vec<Waiter>,
    /// Its paginator, if it is paginated.
    pub pages: Option<Paginator>,
}

/// The checksums of an operation's bodies.
#[derive(Debug, Default)]
pub struct Checksum {
    /// The member of the input that names the algorithm, by its name on the wire.
    pub algorithm_member: Option<String>,
    /// `true` if requests have to have one.
    pub required: bool,
    /// The checksums of responses: the member of the input that asks for them, by its name on the wire, and the algorithms, best first.
    pub response: Option<(String, Vec<String>)>,
}

impl Checksum {
    /// Returns `true` if there are any.
    pub fn exists(&self) -> bool {
        self.algorithm_member.is_some() || self.required || self.response.is_some()
    }
}

impl Operation {
    /// Returns the structures that are written beside the operation.
    pub fn structures(&self) -> impl Iterator<Item = &Structure> {
        self.own_request.iter().chain(&self.own_response)
    }

    /// Returns the names of all types that are written beside the operation, but those of builders.
    pub fn types(&self) -> Vec<&str> {
        let structures = self.structures();
        let mut names: Vec<_> = structures
            .map(|structure| structure.about.name.rust.as_str())
            .collect();
        names.extend([self.marker.as_str(), self.error.as_str()]);
        names
    }

    /// Returns the streams that requests and responses hold.
    pub fn streams(&self) -> impl Iterator<Item = &Stream> + Clone {
        self.input_stream.iter().chain(&self.output_stream)
    }

    /// Returns the name of the function in links and in names made from it: without `r#`.
    pub fn link_name(&self) -> &str {
        names::plain(&self.function)
    }
}

/// The stream in the request or the response of an operation.
#[derive(Clone, Debug)]
pub struct Stream {
    /// The field.
    pub field: String,
    /// The kind.
    pub kind: StreamKind,
    /// The media type of bytes, if the model says it.
    pub media_type: Option<String>,
    /// `true` if the number of bytes has to be known before they are sent.
    pub requires_length: bool,
}

/// The HTTP request of an operation: `smithy.api#http`.
#[derive(Debug)]
pub struct Http {
    /// The method.
    pub method: String,
    /// The pattern of path and query, with labels in braces.
    pub uri: String,
    /// The status of a response that reports no error, if it is none from 200 to 299.
    pub status: Option<u16>,
}

/// One of the errors that an operation, or its event stream, can end in.
#[derive(Clone, Debug)]
pub struct OperationError {
    /// The variant of the operation's enum, and the structure in it.
    pub name: TypeName,
    /// The meaning, in one sentence.
    pub summary: String,
    /// The code that it has in the query protocol, which the service once spoke.
    pub query_code: Option<String>,
}

/// An authentication scheme.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum AuthScheme {
    /// `aws.auth#sigv4`
    SigV4,
    /// `aws.auth#sigv4a`
    SigV4a,
    /// `smithy.api#httpBearerAuth`
    HttpBearer,
    /// `smithy.api#httpBasicAuth`
    HttpBasic,
    /// `smithy.api#httpApiKeyAuth` in a header.
    HttpApiKeyHeader {
        /// The header.
        name: String,
        /// The word in front of the key, or nothing.
        scheme: String,
    },
    /// `smithy.api#httpApiKeyAuth` in the query.
    HttpApiKeyQuery {
        /// The parameter.
        name: String,
    },
    /// `smithy.api#noAuth`
    NoAuth,
}

impl AuthScheme {
    /// Returns the feature of the runtime that it is behind.
    pub fn feature(&self) -> Option<&'static str> {
        match self {
            Self::SigV4 | Self::NoAuth => None,
            Self::SigV4a => Some("sigv4a"),
            _ => Some("http-auth"),
        }
    }
}

/// The `hostPrefix` of `smithy.api#endpoint`, such as `{account}-data.`.
#[derive(Debug)]
pub struct HostPrefix {
    /// Its parts, in order.
    pub parts: Vec<HostPrefixPart>,
}

/// A part of a host prefix.
#[derive(Debug)]
pub enum HostPrefixPart {
    /// Taken as it is.
    Literal(String),
    /// The value of a member.
    Label {
        /// The member in the model.
        member: String,
        /// The field of the request.
        field: String,
        /// `true` if the field is an `Option`.
        optional: bool,
        /// `true` if it is an enum, not a string.
        is_enum: bool,
    },
}

/// A parameter of the endpoint rules that the operation fixes: `smithy.rules#staticContextParams`.
#[derive(Debug)]
pub struct StaticContext {
    /// The name in the rules.
    pub name: String,
    /// The value.
    pub value: ContextValue,
}

/// The value of a parameter of the endpoint rules.
#[derive(Debug)]
pub enum ContextValue {
    /// A boolean.
    Bool(bool),
    /// A string.
    String(String),
    /// Strings.
    Strings(Vec<String>),
}
