//! The response of a call, before the operation returns it.

use aws_smithy_runtime_api::client::interceptors::context::{
    Error, InterceptorContext, OutputOrError,
};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;

use super::orchestration::Success;
use crate::SdkError;
use crate::error::causes::TextError;

pub(super) type RawResult = Result<Received, SdkError<Error>>;

/// A response, as HTTP has it and as the operation reads it.
pub(super) struct Received {
    pub(super) http: HttpResponse,
    pub(super) output: Option<OutputOrError>,
}

impl Received {
    /// Takes the response out of the context of a call that did not fail.
    #[allow(clippy::result_large_err)] // AWS's own; boxed once the call is over.
    pub(super) fn of(context: InterceptorContext) -> RawResult {
        let (_input, output, _request, response) = context.into_parts();
        match response {
            Some(http) => Ok(Self { http, output }),
            None => {
                let error = TextError::new("an interceptor took the response away");
                Err(SdkError::construction_failure(error))
            }
        }
    }

    /// Returns what the operation has read, unless an interceptor has put something else there.
    pub(super) fn success(&mut self) -> Option<&mut Success> {
        match &mut self.output {
            Some(Ok(output)) => output.downcast_mut(),
            _ => None,
        }
    }
}

/// Metadata of a response: the request id, and the number of attempts.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ResponseMetadata {
    pub(super) request_id: Option<String>,
    pub(super) extended_request_id: Option<String>,
    pub(super) attempts: u32,
}

impl ResponseMetadata {
    /// Returns the id that the service gave the request, which its support needs to find it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Returns the second id that some services, such as S3, give a request. Their support needs both.
    pub fn extended_request_id(&self) -> Option<&str> {
        self.extended_request_id.as_deref()
    }

    /// Returns the number of attempts, the successful one included.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}
