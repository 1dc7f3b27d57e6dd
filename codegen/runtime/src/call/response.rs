//! The response of a call, before the operation returns it.

use aws_smithy_runtime_api::client::interceptors::context::Error;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::orchestration::Success;
use crate::SdkError;

pub(super) type RawResult = Result<Received, SdkError<Error>>;

/// A response, as HTTP has it and as the operation reads it.
pub(super) struct Received {
    pub(super) http: HttpResponse,
    pub(super) success: Option<Success>,
}

/// Metadata of a response: the request id, and the number of attempts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ResponseMetadata {
    pub(super) request_id: Option<String>,
    pub(super) attempts: u32,
}

impl ResponseMetadata {
    /// Returns the id that the service gave the request, which its support needs to find it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the number of attempts, the successful one included.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}
