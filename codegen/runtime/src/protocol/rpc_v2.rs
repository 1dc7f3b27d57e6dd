//! `smithy.protocols#rpcv2Cbor` and `smithy.protocols#rpcv2Json`: every request is a `POST` to a path that names service and operation.
//! The request of an operation without an input has no body.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;

use super::sealed::HasCodec;
use super::{EVENT_STREAM, ErrorParts, Protocol, post, post_body, set_header, set_query_mode};
use crate::EncodeError;
use crate::codec::Codec;
#[cfg(feature = "cbor")]
use crate::codec::cbor::Cbor;
use crate::codec::json::Json;
use crate::schema::{OperationSchema, Structure};

/// `smithy.protocols#rpcv2Cbor`
#[cfg(feature = "cbor")]
pub const RPC_V2_CBOR: RpcV2 = RpcV2::new("rpc-v2-cbor", "application/cbor", &Cbor);

/// `smithy.protocols#rpcv2Json`
pub const RPC_V2_JSON: RpcV2 = RpcV2::new(
    "rpc-v2-json",
    "application/json",
    &Json::BIG_NUMBERS_AS_TEXT,
);

/// A protocol of the RPC v2 family.
#[derive(Clone, Copy, Debug)]
pub struct RpcV2 {
    /// The value of `smithy-protocol`.
    name: &'static str,
    media_type: &'static str,
    codec: &'static dyn Codec,
    is_query_compatible: bool,
}

impl RpcV2 {
    const fn new(name: &'static str, media_type: &'static str, codec: &'static dyn Codec) -> Self {
        Self {
            name,
            media_type,
            codec,
            is_query_compatible: false,
        }
    }

    /// Returns the media type of responses.
    fn accepted(&self, operation: &OperationSchema) -> &'static str {
        match operation.has_event_stream_output() {
            true => EVENT_STREAM,
            false => self.media_type,
        }
    }

    /// Speaks to a service that once spoke the query protocol, and still names its errors as it did then:
    /// `aws.protocols#awsQueryCompatible`.
    pub const fn query_compatible(mut self) -> Self {
        self.is_query_compatible = true;
        self
    }
}

impl HasCodec for RpcV2 {
    fn codec(&self) -> &'static dyn Codec {
        self.codec
    }
}

impl Protocol for RpcV2 {
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError> {
        let (service, name) = (operation.service(), operation.name());
        let path = format!("/service/{service}/operation/{name}");
        let mut request = match operation.has_input() {
            true => post(&path, self.codec, self.media_type, input)?,
            false => post_body(&path, SdkBody::empty())?,
        };
        let headers = request.headers_mut();
        set_header(headers, "smithy-protocol", self.name.into())?;
        set_header(headers, "accept", self.accepted(operation).into())?;
        if self.is_query_compatible {
            set_query_mode(headers)?;
        }
        Ok(request)
    }

    fn parse_error(&self, response: &HttpResponse) -> ErrorParts {
        ErrorParts::of_document(self.codec, response, self.is_query_compatible)
    }

    #[cfg(feature = "test-util")]
    fn called_operation<'r>(&self, request: &'r HttpRequest) -> Option<&'r str> {
        let (_prefix, operation) = request.uri().rsplit_once("/operation/")?;
        Some(operation)
    }
}
