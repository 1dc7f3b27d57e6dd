//! The part of a call that is the same for all operations: sending it, and what comes of it.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::interceptors::context::{Error, Input};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::request_id::RequestId;
use tracing::Instrument;

#[cfg(feature = "event-stream")]
use crate::call::opening::Opening;
use crate::call::operation::{Decoded, OperationTable};
use crate::call::orchestration::{Message, Success, Trace};
use crate::endpoint::EndpointError;
use crate::error::causes::Said;
use crate::error::failure::{self, Answered, Circumstances, Facts};
use crate::{Client, EncodeError, EncodedRequest, ErrorResponse, SdkError};

/// A call before it is sent.
pub(crate) struct Pending {
    client: Client,
    operation: &'static OperationTable,
    request: Result<EncodedRequest, EncodeError>,
    overrides: Option<Box<Overrides>>,
}

/// Settings of one call.
#[derive(Default)]
pub(crate) struct Overrides {
    pub(crate) timeout_config: Option<TimeoutConfig>,
    pub(crate) retry_config: Option<RetryConfig>,
    pub(crate) interceptors: Vec<SharedInterceptor>,
}

pub(super) type RawResult = Result<Answer, SdkError<Error>>;

/// A response, as it came and as it was read.
pub(super) struct Answer {
    pub(super) http: HttpResponse,
    pub(super) decoded: Option<Decoded>,
}

impl Pending {
    pub(crate) fn new(
        client: &Client,
        operation: &'static OperationTable,
        request: Result<EncodedRequest, EncodeError>,
    ) -> Self {
        Self {
            client: client.clone(),
            operation,
            request,
            overrides: None,
        }
    }

    pub(crate) fn overrides(&mut self) -> &mut Overrides {
        self.overrides.get_or_insert_default()
    }

    pub(crate) fn send(self) -> Pin<Box<dyn Future<Output = Outcome> + Send>> {
        let span = tracing::debug_span!(
            "call",
            rpc.service = self.client.service().id,
            rpc.method = self.operation.schema.name(),
        );
        Box::pin(self.run().instrument(span))
    }

    async fn run(self) -> Outcome {
        let Self {
            client,
            operation,
            request,
            overrides,
        } = self;
        let trace = Arc::new(Trace::default());
        let result = match message(&client, operation, request, &trace) {
            Ok(message) => invoke(&client, message, overrides).await,
            Err(error) => Err(error),
        };
        let details = Details {
            client,
            operation,
            trace,
        };
        Outcome::new(result, details)
    }
}

impl fmt::Debug for Pending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pending")
            .field("operation", &self.operation.schema.name())
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// The call as the orchestrator takes it, unless it is clear already that it must fail.
#[allow(clippy::result_large_err)] // AWS's own; boxed once the call is over.
fn message(
    client: &Client,
    operation: &'static OperationTable,
    request: Result<EncodedRequest, EncodeError>,
    trace: &Arc<Trace>,
) -> Result<Message, SdkError<Error>> {
    client
        .check(&operation.schema)
        .map_err(|missing| SdkError::construction_failure(Said::new(missing.to_string())))?;
    client.check_endpoint().map_err(no_endpoint)?;
    let request = request.map_err(SdkError::construction_failure)?;
    Ok(Message {
        request,
        operation,
        trace: Arc::clone(trace),
    })
}

/// The error that AWS's orchestrator would make of it too, if only after it has asked for credentials.
fn no_endpoint(error: &EndpointError) -> SdkError<Error> {
    SdkError::dispatch_failure(ConnectorError::other(error.clone().into(), None))
}

async fn invoke(client: &Client, message: Message, overrides: Option<Box<Overrides>>) -> RawResult {
    let operation = message.operation.schema.name();
    #[cfg(feature = "event-stream")]
    let opening = Opening::of(client, &message, overrides.as_deref());
    let input = Input::erase(message);
    let overridden = overrides.map(|overrides| overrides.apply(client.plugins()));
    let plugins = overridden.as_ref().unwrap_or(client.plugins());
    let service = client.service().id;
    let context =
        invoke_with_stop_point(service, operation, input, plugins, StopPoint::None).await?;
    let (_input, output, _request, response) = context.into_parts();
    match response {
        Some(http) => {
            let decoded = output.and_then(Result::ok).and_then(Success::take);
            let answer = Answer { http, decoded };
            #[cfg(feature = "event-stream")]
            if let Some(opening) = opening {
                return opening.open(answer).await;
            }
            Ok(answer)
        }
        None => {
            let said = Said::new("an interceptor took the response away");
            Err(SdkError::construction_failure(said))
        }
    }
}

impl Overrides {
    fn apply(self, plugins: &RuntimePlugins) -> RuntimePlugins {
        let mut layer = Layer::new("call");
        if let Some(timeout_config) = self.timeout_config {
            layer.store_put(timeout_config);
        }
        if let Some(retry_config) = self.retry_config {
            layer.store_put(retry_config);
        }
        let components =
            RuntimeComponentsBuilder::new("call").with_interceptors(self.interceptors.into_iter());
        let plugin = StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(components);
        plugins.clone().with_operation_plugin(plugin)
    }
}

/// What came of a call.
pub(crate) struct Outcome {
    result: Result<Answer, Failed>,
    details: Details,
}

/// Why there is no response.
struct Failed {
    cause: SdkError<Answered>,
    /// The service's own error, still to be read.
    answer: Option<ErrorResponse>,
}

impl Outcome {
    fn new(result: RawResult, details: Details) -> Self {
        let result = result.map_err(|error| {
            let (cause, answer) = failure::unerase(error);
            Failed { cause, answer }
        });
        Self { result, details }
    }

    pub(crate) fn metadata(&self) -> ResponseMetadata {
        let request_id = match &self.result {
            Ok(answer) => answer.http.request_id(),
            Err(failed) => failed.cause.request_id(),
        };
        ResponseMetadata {
            request_id: request_id.map(str::to_owned),
            attempts: self.details.trace.attempts(),
        }
    }

    /// The response, if there is one: once.
    pub(crate) fn take_response(&mut self) -> Option<Decoded> {
        self.result.as_mut().ok()?.decoded.take()
    }

    /// The service's own error, if it answered with one.
    pub(crate) fn answer(&self) -> Option<&ErrorResponse> {
        self.result.as_ref().err()?.answer.as_ref()
    }

    /// Why it is a failure.
    pub(crate) fn into_facts(self) -> Facts {
        let mut circumstances = self.details.circumstances();
        let cause = match self.result {
            Ok(answer) => {
                let said = Said::new("an interceptor put something else in its place");
                SdkError::response_error(said, answer.http)
            }
            Err(Failed { cause, answer }) => {
                if let Some(answer) = answer {
                    let shape = answer.shape().filter(|_| answer.shape() != answer.code());
                    circumstances.shape = shape.map(str::to_owned);
                    circumstances.code = answer.code().map(str::to_owned);
                    circumstances.kind_without_code = answer.kind_without_code();
                }
                cause
            }
        };
        Facts::new(cause, circumstances)
    }
}

/// Which call it was.
struct Details {
    client: Client,
    operation: &'static OperationTable,
    trace: Arc<Trace>,
}

impl Details {
    fn circumstances(&self) -> Circumstances {
        let endpoint = self.trace.endpoint().or_else(|| self.client.endpoint());
        Circumstances {
            operation: Some(self.operation.schema.name()),
            attempts: self.trace.attempts(),
            endpoint: endpoint.map(str::to_owned),
            code: None,
            kind_without_code: None,
            shape: None,
        }
    }
}

/// How a response came.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct ResponseMetadata {
    request_id: Option<String>,
    attempts: u32,
}

impl ResponseMetadata {
    /// The id that the service gave the request; its support asks for it.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// How often the call was tried, the successful attempt included.
    pub fn attempts(&self) -> u32 {
        self.attempts
    }
}
