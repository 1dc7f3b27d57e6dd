//! Responses that are event streams, from their headers to where the events begin.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use aws_smithy_async::future::timeout::Timeout;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_runtime_api::client::interceptors::context::{Error, Output};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;

use super::operation::{Open, OperationTable};
use super::orchestration::{CallInput, Success, Trace};
use super::overrides::Overrides;
use super::response::{RawResult, Received};
use crate::error::causes::TextError;
#[cfg(feature = "event-stream-input")]
use crate::stream::{Ending, Outgoing};
use crate::stream::{Origin, Receiver};
use crate::{Client, SdkError};

/// A call whose response is an event stream.
///
/// AWS's orchestrator is done with it once the headers are there. What is left is to wait for the first message, which may hold the
/// other members of the output. The time for that is part of the call's, which is why this is made before the call is sent.
pub(super) struct Opening {
    operation: &'static OperationTable,
    open: Open,
    trace: Arc<Trace>,
    limit: Option<(Duration, Sleep)>,
    #[cfg(feature = "event-stream-input")]
    sent: Option<Arc<Ending>>,
}

impl Opening {
    /// Returns `None` if responses of the operation are not event streams. The operation's timeout starts to run here.
    pub(super) fn of(
        client: &Client,
        input: &CallInput,
        overrides: Option<&Overrides>,
    ) -> Option<Self> {
        let open = input.operation.open?;
        let overridden = overrides.and_then(|overrides| overrides.timeout_config.as_ref());
        let timeout = operation_timeout(overridden, client.timeout_config());
        let sleep_impl = timeout.and_then(|_| client.sleep_impl());
        Some(Self {
            operation: input.operation,
            open,
            trace: Arc::clone(&input.trace),
            #[cfg(feature = "event-stream-input")]
            sent: input.request.events.as_ref().map(Outgoing::ending),
            limit: timeout
                .zip(sleep_impl)
                .map(|(timeout, sleep_impl)| (timeout, sleep_impl.sleep(timeout))),
        })
    }

    /// Waits for the first message, if that belongs to the response, and returns it.
    pub(super) async fn open(self, mut received: Received) -> RawResult {
        let Some(Success::EventStream(body)) = received.success() else {
            received.output = None;
            return Ok(received);
        };
        let body = mem::replace(body, SdkBody::taken());
        let http = received.http;
        let origin = Origin {
            service: self.operation.service,
            operation: self.operation.schema,
            attempts: self.trace.attempts(),
            status: http.status(),
            headers: http.headers().clone(),
            #[cfg(feature = "event-stream-input")]
            sent: self.sent,
        };
        let mut receiver = Receiver::new(body, origin);
        let read = match self.limit {
            _ if !receiver.has_initial_message() => Ok(()),
            Some((timeout, sleep)) => match Timeout::new(receiver.read_ahead(), sleep).await {
                Ok(read) => read,
                Err(_elapsed) => return Err(timed_out(timeout)),
            },
            None => receiver.read_ahead().await,
        };
        let opened = read.and_then(|()| (self.open)(receiver, &http).map_err(Into::into));
        match opened {
            Ok(response) => Ok(Received {
                http,
                output: Some(Ok(Output::erase(Success::Response(response)))),
            }),
            Err(error) => Err(SdkError::response_error(error, http)),
        }
    }
}

/// Returns the time that a call has, retries included.
fn operation_timeout(
    overridden: Option<&TimeoutConfig>,
    of_client: Option<&TimeoutConfig>,
) -> Option<Duration> {
    let Some(overridden) = overridden else {
        return of_client?.operation_timeout();
    };
    let mut merged = overridden.clone();
    if let Some(of_client) = of_client {
        merged.take_defaults_from(of_client);
    }
    merged.operation_timeout()
}

/// Returns the error of a timeout in the words of AWS's orchestrator, which the texts of errors are made from.
fn timed_out(timeout: Duration) -> SdkError<Error> {
    let text =
        format!("operation timeout (all attempts including retries) occurred after {timeout:?}");
    SdkError::timeout_error(TextError::new(text))
}
