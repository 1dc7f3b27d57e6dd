//! The part of a call that is the same for all operations: sending it, and its outcome.

use std::any::Any;
use std::fmt;
use std::future::Future;
use std::mem;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_smithy_runtime::client::orchestrator::{StopPoint, invoke_with_stop_point};
use aws_smithy_runtime_api::client::interceptors::context::Error;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::request_id::RequestId;
use tracing::Instrument;

#[cfg(feature = "event-stream")]
use crate::call::opening::Opening;
use crate::call::operation::OperationTable;
use crate::call::orchestration::{CallInput, Success, Trace};
use crate::call::overrides::Overrides;
use crate::call::presigning::{self, PresignedRequest};
use crate::call::response::{RawResult, Received, ResponseMetadata};
#[cfg(feature = "event-stream-input")]
use crate::call::sending::Sending;
use crate::client::config_check::MissingSetting;
use crate::endpoint::EndpointError;
use crate::error::causes::TextError;
use crate::error::facts::{
    Answered, Circumstances, Facts, extended_request_id, take_service_error,
};
use crate::{Client, EncodeError, EncodedRequest, ErrorResponse, SdkError};

/// A call before it is sent, without the types of its operation.
pub(crate) struct ErasedCall {
    client: Client,
    operation: &'static OperationTable,
    request: Result<EncodedRequest, EncodeError>,
    overrides: Option<Box<Overrides>>,
}

impl ErasedCall {
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
        self.overrides
            .get_or_insert_with(|| Box::new(Overrides::default()))
    }

    pub(crate) fn send(self) -> OutcomeFuture {
        let span = tracing::debug_span!(
            "call",
            rpc.service = self.client.service().id,
            rpc.method = self.operation.schema.name(),
        );
        Box::pin(self.run().instrument(span))
    }

    async fn run(self) -> Box<CallOutcome> {
        let Self {
            client,
            operation,
            request,
            overrides,
        } = self;
        let trace = Arc::new(Trace::default());
        #[cfg(feature = "event-stream-input")]
        let sending = match &request {
            Ok(request) => Sending::of(request.events.as_ref()),
            Err(_) => Sending::of(None),
        };
        let checked = client.check(&operation.schema);
        let result = match input(&client, operation, request, &trace, checked) {
            Ok(input) => invoke(&client, input, overrides).await,
            Err(error) => Err(error),
        };
        #[cfg(feature = "event-stream-input")]
        let result = sending.result(result);
        let details = Details {
            client,
            operation,
            trace,
        };
        #[allow(unused_mut)]
        let mut outcome = Box::new(CallOutcome::new(result, details));
        #[cfg(feature = "event-stream-input")]
        sending.end(operation.open.is_some(), || outcome.failure_text());
        outcome
    }

    /// Signs the call, and does not send it. The error is an outcome without a response.
    #[inline]
    pub(crate) async fn presign(
        self,
        expires_in: Duration,
    ) -> Result<PresignedRequest, Box<CallOutcome>> {
        let Self {
            client,
            operation,
            request,
            overrides,
        } = self;
        let trace = Arc::new(Trace::default());
        let checked = client.check_signing(&operation.schema);
        let result = match input(&client, operation, request, &trace, checked) {
            Ok(input) => presigning::presign(&client, input, overrides, expires_in).await,
            Err(error) => Err(error),
        };
        result.map_err(|error| {
            // Nothing was sent, whatever AWS's orchestrator takes for an attempt.
            let details = Details {
                client,
                operation,
                trace: Arc::default(),
            };
            Box::new(CallOutcome::new(Err(error), details))
        })
    }
}

/// A call that has been sent, and its outcome once that is there.
// A user's future holds this while it awaits a call, so it is small.
pub(crate) struct SentCall {
    future: OutcomeFuture,
    outcome: Option<Box<CallOutcome>>,
}

/// The future of the outcome of a call.
pub(crate) type OutcomeFuture = Pin<Box<dyn Future<Output = Box<CallOutcome>> + Send>>;

impl SentCall {
    pub(crate) fn new(call: ErasedCall) -> Self {
        Self {
            future: call.send(),
            outcome: None,
        }
    }

    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Poll<&mut CallOutcome> {
        let outcome = match self.outcome.take() {
            None => ready!(self.future.as_mut().poll(context)),
            // A future should not be polled once it is ready.
            Some(outcome) => Box::new(outcome.taken()),
        };
        Poll::Ready(self.outcome.insert(outcome))
    }
}

impl fmt::Debug for ErasedCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErasedCall")
            .field("operation", &self.operation.schema.name())
            .field("request", &self.request)
            .finish_non_exhaustive()
    }
}

/// Returns the call as the orchestrator takes it, or an error if it is clear already that it must fail.
#[allow(clippy::result_large_err)] // AWS's own; boxed once the call is over.
fn input(
    client: &Client,
    operation: &'static OperationTable,
    request: Result<EncodedRequest, EncodeError>,
    trace: &Arc<Trace>,
    settings: Result<(), MissingSetting>,
) -> Result<CallInput, SdkError<Error>> {
    if let Err(missing) = settings {
        let error = TextError::new(missing.message());
        return Err(SdkError::construction_failure(error));
    }
    if let Err(error) = client.check_endpoint() {
        return Err(no_endpoint(error));
    }
    match request {
        Ok(request) => Ok(CallInput {
            request,
            operation,
            trace: Arc::clone(trace),
        }),
        Err(error) => Err(SdkError::construction_failure(error)),
    }
}

/// Returns the error that AWS's orchestrator would return too, but only after it has resolved credentials.
fn no_endpoint(error: &EndpointError) -> SdkError<Error> {
    SdkError::dispatch_failure(ConnectorError::other(error.clone().into(), None))
}

async fn invoke(client: &Client, input: CallInput, overrides: Option<Box<Overrides>>) -> RawResult {
    let operation = input.operation.schema.name();
    #[cfg(feature = "event-stream")]
    let opening = Opening::of(client, &input, overrides.as_deref());
    let input = input.erase();
    let overridden = overrides.map(|overrides| overrides.apply(client.plugins()));
    let plugins = overridden.as_ref().unwrap_or(client.plugins());
    let service = client.service().id;
    let context =
        invoke_with_stop_point(service, operation, input, plugins, StopPoint::None).await?;
    let mut received = Received::of(context)?;
    if received.http.request_id().is_none() {
        let id = client.service().protocol.request_id(&received.http);
        set_request_id(&mut received.http, id);
    }
    #[cfg(feature = "event-stream")]
    if let Some(opening) = opening {
        return opening.open(received).await;
    }
    Ok(received)
}

/// The outcome of a call: a response or a failure, without the types of its operation.
pub(crate) struct CallOutcome {
    result: Result<Received, SdkError<Answered>>,
    /// The service's own error: an [`ErrorResponse`].
    service_error: Option<Error>,
    details: Details,
}

impl CallOutcome {
    fn new(result: RawResult, details: Details) -> Self {
        let (result, service_error) = match result {
            Ok(received) => (Ok(received), None),
            Err(error) => {
                let (cause, service_error) = split(error);
                (Err(cause), service_error)
            }
        };
        Self {
            result,
            service_error,
            details,
        }
    }

    #[inline] // Few programs ask: it is compiled there.
    pub(crate) fn metadata(&self) -> ResponseMetadata {
        let response = match &self.result {
            Ok(received) => Some(&received.http),
            Err(cause) => cause.raw_response(),
        };
        let request_id = response.and_then(|response| response.request_id());
        let extended = response.and_then(|response| extended_request_id(response.headers()));
        ResponseMetadata {
            request_id: request_id.map(str::to_owned),
            extended_request_id: extended.map(str::to_owned),
            attempts: self.details.trace.attempts(),
        }
    }

    /// Returns the outcome of a call whose outcome has been taken before.
    fn taken(self) -> Self {
        Self {
            result: Err(taken()),
            service_error: None,
            ..self
        }
    }

    /// Returns the response, if there is one, to be moved out. What it was read from is let go: the outcome may be kept for long.
    pub(crate) fn response(&mut self) -> Option<&mut dyn Any> {
        let Ok(received) = &mut self.result else {
            return None;
        };
        received.success()?;
        received.http.take_body();
        match received.success()? {
            Success::Response(response) => Some(&mut **response),
            #[cfg(feature = "event-stream")]
            Success::EventStream(_) => None,
        }
    }

    /// Returns the text of the failure, if it is one.
    #[cfg(feature = "event-stream-input")]
    fn failure_text(&mut self) -> Option<String> {
        if let Some(error) = &self.service_error {
            let response = error.downcast_ref::<ErrorResponse>()?;
            return Some(response.unmodeled().to_string());
        }
        let cause = match mem::replace(&mut self.result, Err(taken())) {
            Err(cause) => cause,
            received => {
                self.result = received;
                return None;
            }
        };
        let facts = Facts::new(cause, self.details.circumstances());
        let text = facts.to_string();
        self.result = Err(facts.into_cause());
        Some(text)
    }

    /// Takes the facts of the failure, once there is no response to move out, and returns the response that holds the service's own
    /// error, if there is one.
    pub(crate) fn take_failure(&mut self) -> (Box<Facts>, Option<&ErrorResponse>) {
        let cause = match mem::replace(&mut self.result, Err(taken())) {
            Ok(received) => {
                let error = TextError::new("an interceptor put something else in its place");
                SdkError::response_error(error, received.http)
            }
            Err(cause) => cause,
        };
        let error_response = match &self.service_error {
            Some(error) => error.downcast_ref::<ErrorResponse>(),
            None => None,
        };
        let mut circumstances = self.details.circumstances();
        if let Some(response) = error_response {
            if response.shape() != response.code() {
                circumstances.shape = response.shape().map(str::to_owned);
            }
            circumstances.code = response.code().map(str::to_owned);
            circumstances.kind_without_code = response.kind_without_code();
        }
        (Box::new(Facts::new(cause, circumstances)), error_response)
    }
}

/// Returns the error of a future that is polled again once it is done. It must not read as if nothing had been sent.
fn taken() -> SdkError<Answered> {
    let text = "an earlier poll of its future has returned the outcome";
    SdkError::dispatch_failure(ConnectorError::other(TextError::new(text).into(), None))
}

/// Splits the orchestrator's error into its kind and the service's own error, which is an [`ErrorResponse`], if there is one.
fn split(cause: SdkError<Error>) -> (SdkError<Answered>, Option<Error>) {
    let (cause, mut service_error) = take_service_error(cause);
    if let Some(error) = &mut service_error
        && error.downcast_ref::<ErrorResponse>().is_none()
    {
        let status = match cause.raw_response() {
            Some(response) => response.status().as_u16(),
            None => 0,
        };
        *error = Error::erase(ErrorResponse::replaced(status));
    }
    let response = service_error.as_mut();
    let response = response.and_then(|error| error.downcast_mut::<ErrorResponse>());
    let request_id = response.and_then(ErrorResponse::take_request_id);
    (with_request_id(cause, request_id), service_error)
}

/// Returns a service's error with the id of the request where AWS's trait looks for it.
fn with_request_id(cause: SdkError<Answered>, id: Option<String>) -> SdkError<Answered> {
    match cause {
        SdkError::ServiceError(answered) if id.is_some() => {
            let mut response = answered.into_raw();
            set_request_id(&mut response, id);
            SdkError::service_error(Answered, response)
        }
        cause => cause,
    }
}

/// Sets the id of the request in the headers, unless it is there.
fn set_request_id(response: &mut HttpResponse, id: Option<String>) {
    if let Some(id) = id
        && response.request_id().is_none()
    {
        // What cannot be a header is no id.
        let _ = response.headers_mut().try_insert("x-amzn-requestid", id);
    }
}

/// The details of a call that its errors and its metadata show.
struct Details {
    client: Client,
    operation: &'static OperationTable,
    trace: Arc<Trace>,
}

impl Details {
    fn circumstances(&self) -> Circumstances {
        let endpoint = self.trace.endpoint().or(self.client.endpoint());
        Circumstances {
            operation: Some(self.operation.schema.name()),
            attempts: self.trace.attempts(),
            endpoint: endpoint.map(str::to_owned),
            has_prefixed_own_host: self.trace.has_prefixed_own_host(),
            code: None,
            kind_without_code: None,
            shape: None,
        }
    }
}
