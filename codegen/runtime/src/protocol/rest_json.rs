//! `aws.protocols#restJson1`: HTTP bindings, and bodies of JSON.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

use super::http_binding::{self, Format};
use super::sealed::HasCodec;
#[cfg(feature = "test-util")]
use super::with_error_type;
use super::{ErrorParts, Protocol};
use crate::codec::Codec;
use crate::codec::json::Json;
use crate::schema::{Member, OperationSchema, Structure};
use crate::{DecodeError, EncodeError};

/// `aws.protocols#restJson1`
pub const REST_JSON_1: RestJson = RestJson(());

/// A protocol of HTTP bindings and JSON.
#[derive(Clone, Copy, Debug)]
pub struct RestJson(());

const FORMAT: Format = Format {
    codec: &Json::NUMBERS,
    media_type: "application/json",
    sends_empty_payload: true,
};

impl HasCodec for RestJson {
    fn codec(&self) -> &'static dyn Codec {
        FORMAT.codec
    }
}

impl Protocol for RestJson {
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError> {
        http_binding::serialize_request(FORMAT, operation, input, &Member::ROOT)
    }

    fn deserialize_response(
        &self,
        _operation: &OperationSchema,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        http_binding::deserialize_response(FORMAT, response, output, &Member::ROOT)
    }

    #[cfg(feature = "event-stream")]
    fn has_initial_messages(&self) -> bool {
        false
    }

    #[cfg(feature = "event-stream")]
    fn deserialize_head(
        &self,
        response: &HttpResponse,
        output: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        http_binding::deserialize_head(response, output)
    }

    fn parse_error(&self, response: &HttpResponse) -> ErrorParts {
        ErrorParts::of_document(FORMAT.codec, response, false)
    }

    fn deserialize_error(
        &self,
        response: &HttpResponse,
        error: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        http_binding::deserialize_error(FORMAT, response, error, &Member::ROOT)
    }

    #[cfg(feature = "test-util")]
    fn fit(&self, operation: &OperationSchema, request: &HttpRequest) -> Option<usize> {
        http_binding::fit(operation, request)
    }

    #[cfg(feature = "test-util")]
    fn deserialize_request(
        &self,
        operation: &OperationSchema,
        request: &HttpRequest,
        input: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        http_binding::deserialize_request(FORMAT, operation, request, input, &Member::ROOT)
    }

    #[cfg(feature = "test-util")]
    fn serialize_response(
        &self,
        _operation: &OperationSchema,
        output: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        http_binding::serialize_response(FORMAT, 200, output, &Member::ROOT)
    }

    #[cfg(feature = "test-util")]
    fn serialize_error(
        &self,
        status: u16,
        code: Option<&str>,
        error: &dyn Structure,
    ) -> Result<HttpResponse, EncodeError> {
        let response = http_binding::serialize_response(FORMAT, status, error, &Member::ROOT)?;
        with_error_type(response, code)
    }
}
