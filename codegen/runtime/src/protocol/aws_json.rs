//! `aws.protocols#awsJson1_0` and `aws.protocols#awsJson1_1`: every request is a `POST` to `/` with a JSON object, and a header names
//! the operation.

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};

use super::sealed::HasCodec;
use super::{ErrorParts, Protocol, post, set_header, set_query_mode};
use crate::EncodeError;
use crate::codec::Codec;
use crate::codec::json::Json;
use crate::schema::{OperationSchema, Structure};

/// `aws.protocols#awsJson1_0`
pub const AWS_JSON_1_0: AwsJson = AwsJson::new("application/x-amz-json-1.0");

/// `aws.protocols#awsJson1_1`
pub const AWS_JSON_1_1: AwsJson = AwsJson::new("application/x-amz-json-1.1");

/// A protocol of the awsJson family.
#[derive(Clone, Copy, Debug)]
pub struct AwsJson {
    content_type: &'static str,
    is_query_compatible: bool,
}

impl AwsJson {
    const fn new(content_type: &'static str) -> Self {
        Self {
            content_type,
            is_query_compatible: false,
        }
    }

    /// Speaks to a service that once spoke the query protocol, and still names its errors as it did then:
    /// `aws.protocols#awsQueryCompatible`.
    pub const fn query_compatible(mut self) -> Self {
        self.is_query_compatible = true;
        self
    }
}

impl HasCodec for AwsJson {
    fn codec(&self) -> &'static dyn Codec {
        &Json::NUMBERS
    }
}

impl Protocol for AwsJson {
    fn serialize_request(
        &self,
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<HttpRequest, EncodeError> {
        let mut request = post("/", &Json::NUMBERS, self.content_type, input)?;
        let headers = request.headers_mut();
        let target = format!("{}.{}", operation.service(), operation.name());
        set_header(headers, "x-amz-target", target.into())?;
        if self.is_query_compatible {
            set_query_mode(headers)?;
        }
        Ok(request)
    }

    fn parse_error(&self, response: &HttpResponse) -> ErrorParts {
        ErrorParts::of_document(self.codec(), response, self.is_query_compatible)
    }

    #[cfg(feature = "test-util")]
    fn called_operation<'r>(&self, request: &'r HttpRequest) -> Option<&'r str> {
        let (_service, operation) = request.headers().get("x-amz-target")?.rsplit_once('.')?;
        Some(operation)
    }
}
