//! Protocols: between the HTTP messages and the values of an operation.
//!
//! A [`Protocol`] knows methods, paths and headers, and the places in a response that tell an error; the format of bodies is its
//! codec's. A generated crate names its protocol in the description of its service, so that only that one is linked. The family of
//! awsJson is always compiled; another is behind a feature, so that crates that do not speak it need not compile it.
//!
//! # Another protocol
//!
//! A new protocol is a file here that implements the trait, behind a feature, and an entry in the generator's registry, which names that
//! feature: nothing else depends on which protocol it is.

mod aws_json;
#[cfg(feature = "aws-query")]
mod aws_query;
#[cfg(feature = "ec2-query")]
mod ec2_query;
mod error_response;
mod excerpt;
#[cfg(feature = "http-bindings")]
mod http_binding;
#[cfg(feature = "query")]
mod query;
mod request;
mod response;
#[cfg(feature = "rest-json")]
mod rest_json;
#[cfg(feature = "rest-xml")]
mod rest_xml;
#[cfg(feature = "rpc-v2")]
mod rpc_v2;
#[cfg(feature = "xml")]
mod xml_error;

use std::borrow::Cow;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::{Headers, HttpError};
use aws_smithy_types::body::SdkBody;

use crate::codec::{Codec, Mode};
use crate::schema::{Member, OperationSchema, Slot, Structure, View};
use crate::{DecodeError, EncodeError};

pub use self::aws_json::{AWS_JSON_1_0, AWS_JSON_1_1, AwsJson};
#[cfg(feature = "aws-query")]
pub use self::aws_query::AWS_QUERY;
#[cfg(feature = "ec2-query")]
pub use self::ec2_query::EC2_QUERY;
pub(crate) use self::error_response::is_internal;
pub use self::error_response::{ErrorParts, ErrorResponse};
#[cfg(feature = "query")]
pub use self::query::Query;
pub use self::request::EncodedRequest;
pub use self::response::EncodedResponse;
#[cfg(feature = "rest-json")]
pub use self::rest_json::{REST_JSON_1, RestJson};
#[cfg(feature = "rest-xml")]
pub use self::rest_xml::{REST_XML, RestXml};
#[cfg(feature = "cbor")]
pub use self::rpc_v2::RPC_V2_CBOR;
#[cfg(feature = "rpc-v2")]
pub use self::rpc_v2::{RPC_V2_JSON, RpcV2};

/// The media type of event streams.
#[cfg(any(feature = "rpc-v2", feature = "event-stream"))]
pub(crate) const EVENT_STREAM: &str = "application/vnd.amazon.eventstream";

/// A protocol of a service.
///
/// This trait is sealed: the formats of bodies, and with them the protocols, are those of this crate.
pub trait Protocol: sealed::HasCodec + fmt::Debug + Send + Sync {
    /// Writes a request, still without a host.
    ///
    /// # Errors
    /// If a value has no form in the protocol.
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError>;

    /// Reads the response of a call that succeeded, with client error correction: what is required and missing stays zero. A body that
    /// is empty or blank is as good as one without members where nothing is required.
    ///
    /// # Errors
    /// If it is not what the model says, cut short, or empty where something is required.
    fn deserialize_response(
        &self,
        _operation: &OperationSchema,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        response::read(self.codec(), response, output)
    }

    /// Returns `true` if the members beside an event stream come in a first message of it; otherwise, they are in the head of the HTTP
    /// message, and [`deserialize_head`](Self::deserialize_head) reads those of an output.
    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        true
    }

    /// Reads the members of an output that are in the head of a response, whose body is an event stream.
    ///
    /// # Errors
    /// If they are not what the model says, or one is missing that is required.
    #[cfg(feature = "event-stream")]
    fn deserialize_head(
        &self,
        _response: &HttpResponse,
        _output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        Ok(())
    }

    /// Returns the id of the request in the response of a call that succeeded, where the protocol has it in the body.
    fn request_id(&self, _response: &HttpResponse) -> Option<String> {
        None
    }

    /// Returns `true` if a response reports an error, although its status is that of a success.
    fn reports_error(&self, _response: &HttpResponse) -> bool {
        false
    }

    /// Parses the parts of an error response that all protocols have, wherever this one puts them.
    fn parse_error(&self, response: &HttpResponse) -> ErrorParts;

    /// Reads the response of a call that failed, by the error that it reports, with client error correction.
    ///
    /// # Errors
    /// If it is not what the model says.
    fn deserialize_error(
        &self,
        response: &HttpResponse,
        error: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let body = response.body().bytes().unwrap_or_default();
        self.codec().read(
            body,
            Slot::Structure(error),
            &Member::ROOT,
            Mode::Correcting,
        )
    }

    /// Returns the name of the operation that a request calls, if it says it. For fakes.
    #[cfg(feature = "test-util")]
    fn called_operation<'r>(&self, _request: &'r HttpRequest) -> Option<&'r str> {
        None
    }

    /// Returns how well a request fits the operation, as a service would find out; `None` if it does not. Of several operations, the one
    /// that fits best is called. For fakes.
    #[cfg(feature = "test-util")]
    fn fit(&self, operation: &OperationSchema, request: &HttpRequest) -> Option<usize> {
        (self.called_operation(request) == Some(operation.name())).then_some(0)
    }

    /// Reads a request, as a service would. For fakes.
    ///
    /// # Errors
    /// If it is not what the model says.
    #[cfg(feature = "test-util")]
    fn deserialize_request(
        &self,
        _operation: &OperationSchema,
        request: &HttpRequest,
        input: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        let body = request.body().bytes().unwrap_or_default();
        self.codec()
            .read(body, Slot::Structure(input), &Member::ROOT, Mode::Strict)
    }

    /// Writes the response of a call that succeeded, as a service would. For fakes.
    ///
    /// # Errors
    /// If a value has no form in the protocol.
    #[cfg(feature = "test-util")]
    fn serialize_response(
        &self,
        _operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let mut body = Vec::new();
        self.codec()
            .write(View::Structure(output), &Member::ROOT, &mut body)?;
        respond(200, body)
    }

    /// Writes an error with its code, as a service would. For fakes.
    ///
    /// # Errors
    /// If a value has no form in the protocol, or the status is none of HTTP.
    #[cfg(feature = "test-util")]
    fn serialize_error(
        &self,
        status: u16,
        code: Option<&str>,
        error: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let mut body = Vec::new();
        self.codec()
            .write(View::Structure(error), &Member::ROOT, &mut body)?;
        with_error_type(respond(status, body)?, code)
    }
}

/// Creates a response.
#[cfg(feature = "test-util")]
fn respond(status: u16, body: Vec<u8>) -> Result<HttpResponse, EncodeError> {
    let status = status
        .try_into()
        .map_err(|_| EncodeError::new("there is no such HTTP status"))?;
    Ok(HttpResponse::new(status, SdkBody::from(body)))
}

/// Sets the header that names an error.
#[cfg(feature = "test-util")]
fn with_error_type(
    mut response: HttpResponse,
    code: Option<&str>,
) -> Result<HttpResponse, EncodeError> {
    if let Some(code) = code {
        let code = code.to_owned().into();
        set_header(response.headers_mut(), "x-amzn-errortype", code)?;
    }
    Ok(response)
}

mod sealed {
    use crate::codec::Codec;

    /// A protocol with a format of bodies.
    pub trait HasCodec {
        /// Returns the format of bodies.
        fn codec(&self) -> &'static dyn Codec;
    }
}

/// Returns the name of the operation that a request calls, in whatever protocol, if it says it.
#[cfg(feature = "test-util")]
pub(crate) fn called_operation(request: &HttpRequest) -> Option<&str> {
    let protocols: [&dyn Protocol; _] = [
        &AWS_JSON_1_0,
        #[cfg(feature = "rpc-v2")]
        &RPC_V2_JSON,
        #[cfg(feature = "aws-query")]
        &AWS_QUERY,
        #[cfg(feature = "ec2-query")]
        &EC2_QUERY,
    ];
    protocols
        .into_iter()
        .find_map(|protocol| protocol.called_operation(request))
}

/// Creates a `POST` request with a value as the whole body.
fn post(
    path: &str,
    codec: &dyn Codec,
    content_type: &'static str,
    input: &dyn Structure,
) -> Result<HttpRequest, EncodeError> {
    // Most requests fit, so that nothing has to grow.
    let mut body = Vec::with_capacity(1024);
    codec.write(View::Structure(input), &Member::ROOT, &mut body)?;
    post_bytes(path, body, content_type)
}

/// Creates a `POST` request with these bytes as the body.
fn post_bytes(
    path: &str,
    body: Vec<u8>,
    content_type: &'static str,
) -> Result<HttpRequest, EncodeError> {
    let length = body.len().to_string();
    let mut request = post_body(path, SdkBody::from(body))?;
    let headers = request.headers_mut();
    set_header(headers, "content-type", content_type.into())?;
    set_header(headers, "content-length", length.into())?;
    Ok(request)
}

/// Creates a `POST` request with this body, and no headers that describe it.
fn post_body(path: &str, body: SdkBody) -> Result<HttpRequest, EncodeError> {
    let mut request = HttpRequest::new(body);
    request.set_method("POST").map_err(not_http)?;
    request.set_uri(path).map_err(not_http)?;
    Ok(request)
}

/// Sets a header to a value that may have no form in HTTP.
pub(crate) fn set_header(
    headers: &mut Headers,
    name: &'static str,
    value: Cow<'static, str>,
) -> Result<(), EncodeError> {
    headers.try_insert(name, value).map_err(not_http)?;
    Ok(())
}

/// Has the service say the codes as well that its errors had in the query protocol: `aws.protocols#awsQueryCompatible`.
fn set_query_mode(headers: &mut Headers) -> Result<(), EncodeError> {
    set_header(headers, "x-amzn-query-mode", "true".into())
}

/// Returns an error about something that has no form in HTTP, such as a line feed in a header. It does not show what was to be sent.
fn not_http(_error: HttpError) -> EncodeError {
    EncodeError::new("the request holds what HTTP has no form for")
}
