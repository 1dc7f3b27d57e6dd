//! Calls, which the functions of operations return.

#[cfg(feature = "checksum")]
mod checksum;
#[cfg(feature = "compression")]
pub(crate) mod compression;
pub(crate) mod erased;
pub(crate) mod idempotency_token;
#[cfg(feature = "event-stream")]
mod opening;
pub(crate) mod operation;
pub(crate) mod orchestration;
mod overrides;
pub(crate) mod presigning;
pub(crate) mod response;
#[cfg(feature = "event-stream-input")]
mod sending;
#[cfg(feature = "sessions")]
pub(crate) mod session;
#[cfg(feature = "tree-hash")]
mod tree_hash;
#[cfg(feature = "unsigned-payload")]
mod unsigned_payload;

use std::fmt;
use std::future::{Future, IntoFuture};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

use crate::call::erased::{CallOutcome, ErasedCall, SentCall};
use crate::call::operation::OperationTable;
use crate::schema::Value;
#[cfg(feature = "byte-stream")]
use crate::stream::bytes;
use crate::{Client, Failure, Operation, PresignedRequest, ResponseMetadata};

/// A call that is ready to be sent. It does nothing until it is awaited.
///
/// Await it, or first change the client's settings for this call alone. For another region, endpoint or other credentials, make
/// another client.
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<T, F> {
    erased: ErasedCall,
    finish: fn(&mut CallOutcome) -> Result<T, F>,
}

impl<T, F> Call<T, F> {
    /// Sets the timeouts of this call. Those that are left out are the client's.
    pub fn timeout_config(mut self, timeout_config: TimeoutConfig) -> Self {
        self.erased.overrides().timeout_config = Some(timeout_config);
        self
    }

    /// Sets the number of attempts of this call, and the delays between them.
    pub fn retry_config(mut self, retry_config: RetryConfig) -> Self {
        self.erased.overrides().retry_config = Some(retry_config);
        self
    }

    /// Adds an interceptor to this call, which runs after those of the client.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.erased
            .overrides()
            .interceptors
            .push(SharedInterceptor::new(interceptor));
        self
    }

    /// Returns a call that returns metadata beside the response: the request id and the number of attempts.
    pub fn with_metadata(self) -> CallWithMetadata<T, F> {
        CallWithMetadata(self)
    }

    /// Signs the call, for somebody else to send it within this time, and does not send it.
    ///
    /// Where the signature covers the body, which is so unless the service is S3 or one like it, whoever sends the request has to send
    /// [that body](PresignedRequest::body).
    ///
    /// # Errors
    /// If the call could not be sent either: without a region, without credentials, or with a request that is not valid. If its
    /// operation's calls are not signed with SigV4. If the time is shorter than a second or longer than a week. The request stops being
    /// good before its time if the credentials do.
    pub async fn presigned(self, expires_in: Duration) -> Result<PresignedRequest, F> {
        match self.erased.presign(expires_in).await {
            Ok(presigned) => Ok(presigned),
            Err(mut outcome) => match (self.finish)(&mut outcome) {
                Err(error) => Err(error),
                Ok(_) => unreachable!("nothing was sent that there could be a response to"),
            },
        }
    }
}

// What generated code calls comes last, so that the page of the type begins with what users call.
impl<T, F> Call<T, F> {
    /// Creates a call of the operation `O`.
    pub fn of<O>(client: &Client, mut request: O::Request) -> Self
    where
        O: Operation<Response = T>,
        F: From<Failure<O::Error>>,
    {
        O::set_idempotency_token(&mut request, &mut crate::call::idempotency_token::new);
        let encoded = O::encode(&request);
        #[cfg(feature = "byte-stream")]
        let encoded = match O::SCHEMA.has_byte_stream_input() {
            true => bytes::send(encoded, O::input_stream(&mut request), &O::SCHEMA),
            false => encoded,
        };
        #[cfg(feature = "event-stream-input")]
        let encoded = match O::SCHEMA.has_event_stream_input() {
            true => sending::take(encoded, O::input_stream(&mut request), O::SERVICE),
            false => encoded,
        };
        let erased = ErasedCall::new(client, OperationTable::of::<O>(), encoded);
        Self {
            erased,
            finish: finish::<O, F>,
        }
    }

    /// Returns the part of the call that is the same for all operations.
    pub(crate) fn into_erased(self) -> ErasedCall {
        self.erased
    }
}

/// Returns the response, or reads the error.
///
/// It is compiled once for each operation, so all that does not depend on the operation is in [`CallOutcome`]. That stays where it is,
/// and so does the response's box: moving and dropping either would be more to compile than making one more zero.
pub(crate) fn finish<O, F>(outcome: &mut CallOutcome) -> Result<O::Response, F>
where
    O: Operation,
    F: From<Failure<O::Error>>,
{
    if let Some(response) = outcome.response() {
        // It is of another type if an interceptor has replaced the output, which the failure says.
        if let Some(response) = response.downcast_mut::<O::Response>() {
            return Ok(mem::replace(response, O::Response::zero()));
        }
    }
    let (facts, error_response) = outcome.take_failure();
    Err(F::from(Failure::decode(facts, error_response)))
}

impl<T, F> IntoFuture for Call<T, F> {
    type Output = Result<T, F>;
    type IntoFuture = CallFuture<T, F>;

    fn into_future(self) -> CallFuture<T, F> {
        CallFuture {
            sent: SentCall::new(self.erased),
            finish: self.finish,
        }
    }
}

impl<T, F> fmt::Debug for Call<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Call").field(&self.erased).finish()
    }
}

/// The future of a [`Call`].
#[must_use = "a future does nothing until it is awaited"]
pub struct CallFuture<T, F> {
    sent: SentCall,
    finish: fn(&mut CallOutcome) -> Result<T, F>,
}

impl<T, F> Future for CallFuture<T, F> {
    type Output = Result<T, F>;

    // Compiled with every crate that awaits a call, so there is as little of it as can be.
    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let call = self.get_mut();
        match call.sent.poll(context) {
            Poll::Ready(outcome) => Poll::Ready((call.finish)(outcome)),
            Poll::Pending => Poll::Pending,
        }
    }
}

impl<T, F> fmt::Debug for CallFuture<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallFuture").finish_non_exhaustive()
    }
}

/// A [`Call`] that returns [`ResponseMetadata`] beside the response.
#[must_use = "a call does nothing until it is awaited"]
#[derive(Debug)]
pub struct CallWithMetadata<T, F>(Call<T, F>);

impl<T, F> IntoFuture for CallWithMetadata<T, F> {
    type Output = Result<(T, ResponseMetadata), F>;
    type IntoFuture = CallWithMetadataFuture<T, F>;

    fn into_future(self) -> CallWithMetadataFuture<T, F> {
        CallWithMetadataFuture(self.0.into_future())
    }
}

/// The future of a [`CallWithMetadata`].
#[must_use = "a future does nothing until it is awaited"]
#[derive(Debug)]
pub struct CallWithMetadataFuture<T, F>(CallFuture<T, F>);

impl<T, F> Future for CallWithMetadataFuture<T, F> {
    type Output = Result<(T, ResponseMetadata), F>;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let call = &mut self.0;
        call.sent.poll(context).map(|outcome| {
            let metadata = outcome.metadata();
            (call.finish)(outcome).map(|response| (response, metadata))
        })
    }
}
