//! The schema of an operation: what is in the model, apart from its input and output.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_types::body::SdkBody;

use super::AuthScheme;
#[cfg(feature = "xml")]
use super::Xml;
#[cfg(feature = "http-checksum")]
use crate::checksum::HttpChecksum;

/// An operation of a service, as protocols and the path of a call see it.
#[derive(Clone, Copy, Debug)]
pub struct OperationSchema {
    service: &'static str,
    name: &'static str,
    auth: Option<&'static [AuthScheme]>,
    may_stall: bool,
    #[cfg(feature = "tree-hash")]
    has_tree_hash: bool,
    has_input: bool,
    hide_input: Option<fn(&mut HttpRequest)>,
    has_sensitive_output: bool,
    input_stream: Option<Stream>,
    output_stream: Option<Stream>,
    #[cfg(feature = "byte-stream")]
    media_type: &'static str,
    #[cfg(feature = "byte-stream")]
    requires_length: bool,
    #[cfg(feature = "checksum")]
    requires_checksum: bool,
    #[cfg(feature = "unsigned-payload")]
    has_unsigned_payload: bool,
    #[cfg(feature = "http-bindings")]
    http: HttpBinding,
    #[cfg(feature = "http-checksum")]
    checksum: HttpChecksum,
    #[cfg(feature = "xml")]
    xml_input: Option<&'static Xml>,
    #[cfg(feature = "xml")]
    xml_output: Option<&'static Xml>,
    #[cfg(feature = "xml")]
    has_unwrapped_xml_output: bool,
}

/// The media type of bytes that the model says nothing about.
#[cfg(feature = "byte-stream")]
const OCTET_STREAM: &str = "application/octet-stream";

/// The HTTP messages of an operation: `smithy.api#http`.
#[cfg(feature = "http-bindings")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpBinding {
    pub(crate) method: &'static str,
    /// The pattern of path and query, with labels in braces.
    pub(crate) uri: &'static str,
    /// The status of a response that reports no error, besides those from 200 to 299.
    pub(crate) status: u16,
}

/// The kind of a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stream {
    Events,
    Bytes,
}

impl OperationSchema {
    /// Creates the schema of an operation that has an input and authenticates as the service says. The names are those in the model.
    pub const fn new(service: &'static str, name: &'static str) -> Self {
        Self {
            service,
            name,
            auth: None,
            may_stall: false,
            #[cfg(feature = "tree-hash")]
            has_tree_hash: false,
            has_input: true,
            hide_input: None,
            has_sensitive_output: false,
            input_stream: None,
            output_stream: None,
            #[cfg(feature = "byte-stream")]
            media_type: OCTET_STREAM,
            #[cfg(feature = "byte-stream")]
            requires_length: false,
            #[cfg(feature = "checksum")]
            requires_checksum: false,
            #[cfg(feature = "unsigned-payload")]
            has_unsigned_payload: false,
            #[cfg(feature = "http-bindings")]
            http: HttpBinding {
                method: "POST",
                uri: "/",
                status: 200,
            },
            #[cfg(feature = "http-checksum")]
            checksum: HttpChecksum::NONE,
            #[cfg(feature = "xml")]
            xml_input: None,
            #[cfg(feature = "xml")]
            xml_output: None,
            #[cfg(feature = "xml")]
            has_unwrapped_xml_output: false,
        }
    }

    /// Marks the operation as one without an input.
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Sets the method of requests, and the pattern of their path and query: `smithy.api#http`. What stands in braces is a label: the name of
    /// a member, which takes its place, a plus sign behind it if that may hold several segments of the path, and an equals sign and the
    /// text of a value that is missing or empty, if there is one.
    #[cfg(feature = "http-bindings")]
    pub const fn http(mut self, method: &'static str, uri: &'static str) -> Self {
        self.http.method = method;
        self.http.uri = uri;
        self
    }

    /// Sets the status of a response that reports no error, where it is not one from 200 to 299: the `code` of `smithy.api#http`.
    #[cfg(feature = "http-bindings")]
    pub const fn status(mut self, status: u16) -> Self {
        self.http.status = status;
        self
    }

    /// Sets the member of the input that names the algorithm for the checksum of its body: the `requestAlgorithmMember` of
    /// `aws.protocols#httpChecksum`.
    #[cfg(feature = "http-checksum")]
    pub const fn request_algorithm_member(mut self, name: &'static str) -> Self {
        self.checksum.request_algorithm_member = Some(name);
        self
    }

    /// Marks requests as having to have a checksum: the `requestChecksumRequired` of `aws.protocols#httpChecksum`.
    #[cfg(feature = "http-checksum")]
    pub const fn request_checksum_required(mut self) -> Self {
        self.checksum.is_request_checksum_required = true;
        self
    }

    /// Sets the member of the input that asks for checksums in responses, and the algorithms that these may use, best first: the
    /// `requestValidationModeMember` and the `responseAlgorithms` of `aws.protocols#httpChecksum`.
    #[cfg(feature = "http-checksum")]
    pub const fn response_checksums(
        mut self,
        mode_member: &'static str,
        algorithms: &'static [&'static str],
    ) -> Self {
        self.checksum.request_validation_mode_member = Some(mode_member);
        self.checksum.response_algorithms = algorithms;
        self
    }

    /// Sets the root of requests in XML.
    #[cfg(feature = "xml")]
    pub const fn xml_input(mut self, root: &'static Xml) -> Self {
        self.xml_input = Some(root);
        self
    }

    /// Sets the root of responses in XML. Without it, they may have any.
    #[cfg(feature = "xml")]
    pub const fn xml_output(mut self, root: &'static Xml) -> Self {
        self.xml_output = Some(root);
        self
    }

    /// Marks responses as XML whose root is a member of the output: `aws.customizations#s3UnwrappedXmlOutput`.
    #[cfg(feature = "xml")]
    pub const fn unwrapped_xml_output(mut self) -> Self {
        self.has_unwrapped_xml_output = true;
        self
    }

    /// Marks requests as holding what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_input(mut self) -> Self {
        self.hide_input = Some(hide_body);
        self
    }

    /// Marks responses, or errors, as holding what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_output(mut self) -> Self {
        self.has_sensitive_output = true;
        self
    }

    /// Marks responses as event streams: one of the output's members is a `smithy.api#streaming` union.
    pub const fn event_stream_output(mut self) -> Self {
        self.output_stream = Some(Stream::Events);
        self
    }

    /// Marks requests as event streams: one of the input's members is a `smithy.api#streaming` union.
    pub const fn event_stream_input(mut self) -> Self {
        self.input_stream = Some(Stream::Events);
        self
    }

    /// Marks the bodies of responses as streams of bytes: one of the output's members is a `smithy.api#streaming` blob.
    pub const fn byte_stream_output(mut self) -> Self {
        self.output_stream = Some(Stream::Bytes);
        self
    }

    /// Marks the bodies of requests as streams of bytes: one of the input's members is a `smithy.api#streaming` blob.
    pub const fn byte_stream_input(mut self) -> Self {
        self.input_stream = Some(Stream::Bytes);
        self
    }

    /// Sets the media type of a stream of bytes in requests: `smithy.api#mediaType` of its blob.
    #[cfg(feature = "byte-stream")]
    pub const fn media_type(mut self, media_type: &'static str) -> Self {
        self.media_type = media_type;
        self
    }

    /// Marks the length of a stream of bytes in requests as one that has to be known: `smithy.api#requiresLength` of its blob.
    #[cfg(feature = "byte-stream")]
    pub const fn length_required(mut self) -> Self {
        self.requires_length = true;
        self
    }

    /// Marks requests as ones that need a checksum of their body: `smithy.api#httpChecksumRequired`.
    #[cfg(feature = "checksum")]
    pub const fn checksum_required(mut self) -> Self {
        self.requires_checksum = true;
        self
    }

    /// Marks requests as signed without their body: `aws.auth#unsignedPayload`.
    #[cfg(feature = "unsigned-payload")]
    pub const fn unsigned_payload(mut self) -> Self {
        self.has_unsigned_payload = true;
        self
    }

    /// Sets the authentication schemes of calls, best first, where they are not those of the service: `smithy.api#auth`,
    /// `smithy.api#optionalAuth`.
    pub const fn auth(mut self, schemes: &'static [AuthScheme]) -> Self {
        self.auth = Some(schemes);
        self
    }

    /// Marks calls as ones in which nothing may be sent or received for a long time: they are not protected from stalled streams.
    pub const fn may_stall(mut self) -> Self {
        self.may_stall = true;
        self
    }

    /// Has requests carry the SHA-256 tree hash of their body, and its SHA-256 hash, in headers.
    #[cfg(feature = "tree-hash")]
    pub const fn tree_hash(mut self) -> Self {
        self.has_tree_hash = true;
        self
    }

    /// Returns the service's name in the model.
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// Returns the operation's name in the model.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns `true` if the operation has an input.
    pub const fn has_input(&self) -> bool {
        self.has_input
    }

    /// Returns `true` if responses are event streams.
    #[cfg_attr(
        not(any(feature = "rpc-v2", feature = "event-stream")),
        allow(dead_code)
    )]
    pub(crate) const fn has_event_stream_output(&self) -> bool {
        matches!(self.output_stream, Some(Stream::Events))
    }

    /// Returns `true` if the body of a request is a stream, which no codec reads.
    #[cfg(all(feature = "http-bindings", feature = "test-util"))]
    pub(crate) const fn has_stream_input(&self) -> bool {
        self.input_stream.is_some()
    }

    /// Returns `true` if the body of a request is a stream of bytes.
    #[cfg(feature = "byte-stream")]
    pub(crate) const fn has_byte_stream_input(&self) -> bool {
        matches!(self.input_stream, Some(Stream::Bytes))
    }

    /// Returns `true` if the body of a response is a stream of bytes.
    #[cfg(feature = "byte-stream")]
    pub(crate) const fn has_byte_stream_output(&self) -> bool {
        matches!(self.output_stream, Some(Stream::Bytes))
    }

    #[cfg(feature = "byte-stream")]
    pub(crate) const fn stream_media_type(&self) -> &'static str {
        self.media_type
    }

    #[cfg(feature = "byte-stream")]
    pub(crate) const fn requires_length(&self) -> bool {
        self.requires_length
    }

    #[cfg(feature = "checksum")]
    pub(crate) const fn requires_checksum(&self) -> bool {
        self.requires_checksum
    }

    #[cfg(feature = "unsigned-payload")]
    pub(crate) const fn has_unsigned_payload(&self) -> bool {
        self.has_unsigned_payload
    }

    /// Returns `true` if requests are event streams.
    #[cfg(feature = "event-stream-input")]
    pub(crate) const fn has_event_stream_input(&self) -> bool {
        matches!(self.input_stream, Some(Stream::Events))
    }

    #[cfg(feature = "http-bindings")]
    pub(crate) const fn http_binding(&self) -> &HttpBinding {
        &self.http
    }

    #[cfg(feature = "http-checksum")]
    pub(crate) const fn http_checksum(&self) -> &HttpChecksum {
        &self.checksum
    }

    /// Returns `true` if no response has a body, even if it reports an error.
    pub(crate) const fn has_no_response_body(&self) -> bool {
        #[cfg(feature = "http-bindings")]
        if let [b'H', b'E', b'A', b'D'] = self.http.method.as_bytes() {
            return true;
        }
        false
    }

    #[cfg(feature = "rest-xml")]
    pub(crate) const fn xml_of_input(&self) -> Option<&'static Xml> {
        self.xml_input
    }

    #[cfg(feature = "rest-xml")]
    pub(crate) const fn xml_of_output(&self) -> Option<&'static Xml> {
        self.xml_output
    }

    #[cfg(feature = "rest-xml")]
    pub(crate) const fn has_unwrapped_xml_output(&self) -> bool {
        self.has_unwrapped_xml_output
    }

    /// Returns `true` if a response with this status reports no error.
    pub(crate) const fn is_success(&self, status: u16) -> bool {
        #[cfg(feature = "http-bindings")]
        if status == self.http.status {
            return true;
        }
        matches!(status, 200..=299)
    }

    /// Returns the authentication schemes, if they are not those of the service.
    pub(crate) const fn own_auth(&self) -> Option<&'static [AuthScheme]> {
        self.auth
    }

    /// Returns `true` if requests carry the tree hash of their body.
    #[cfg(feature = "tree-hash")]
    pub(crate) const fn has_tree_hash(&self) -> bool {
        self.has_tree_hash
    }

    /// Returns `true` if calls are not protected from stalled streams.
    pub(crate) const fn is_stalling(&self) -> bool {
        self.may_stall
    }

    /// Returns the function that keeps a request out of logs, if the input is sensitive.
    pub(crate) const fn hide_input(&self) -> Option<fn(&mut HttpRequest)> {
        self.hide_input
    }

    pub(crate) const fn has_sensitive_output(&self) -> bool {
        self.has_sensitive_output
    }
}

/// Keeps the body out of `Debug`, which AWS's crates log: a body that is streamed shows nothing of itself. Its bytes are still there for
/// code that needs them, such as signing.
// Compiled in the crates of services that have sensitive inputs: they name it in the schema of an operation.
#[inline]
fn hide_body(request: &mut HttpRequest) {
    let body = std::mem::replace(request.body_mut(), SdkBody::taken());
    *request.body_mut() = body.map_preserve_contents(SdkBody::from_body_1_x);
}
