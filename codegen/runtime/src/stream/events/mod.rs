//! Event streams (feature `event-stream`): bodies that come message by message, `application/vnd.amazon.eventstream`.
//!
//! A `Receiver` turns the body of a response into messages as they come, and these into events; an [`EventStream`] returns them as
//! values of the model's union. In a request (feature `event-stream-input`) the same goes the other way: an `Outgoing` turns the events of
//! an [`EventStream`] into messages, which an `EventBody` has signed. AWS's `aws-smithy-eventstream` parses and writes messages; what is done
//! with them, and what may be wrong with a stream, is here.

#[cfg(feature = "event-stream-input")]
mod ending;
pub(crate) mod frame;
pub(crate) mod message;
#[cfg(any(feature = "event-stream-input", feature = "test-util"))]
mod outgoing;
mod read;
mod receiver;
#[cfg(feature = "event-stream-input")]
mod sender;
mod source;
#[cfg(any(feature = "event-stream-input", feature = "test-util"))]
pub(crate) mod write;

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use futures_core::Stream;

use self::receiver::Ended;
use self::source::{Interruption, Source};
use crate::error::facts::{Answered, Circumstances, Facts};
use crate::schema::{Union, Value};
use crate::{Failure, OperationError, SdkError};

#[cfg(feature = "event-stream-input")]
pub(crate) use self::ending::Ending;
#[cfg(any(feature = "event-stream-input", feature = "test-util"))]
pub(crate) use self::outgoing::EventBody;
#[cfg(any(feature = "event-stream-input", feature = "test-util"))]
pub use self::outgoing::Outgoing;
pub(crate) use self::receiver::Origin;
pub use self::receiver::Receiver;
#[cfg(feature = "event-stream-input")]
pub use self::sender::{EventSender, SendError};

/// A union of the model whose values are the events of a stream: [`event_union!`](crate::event_union) makes one.
pub trait EventUnion: Union + Value + Send + 'static {
    /// The errors that the service may end a stream with.
    type ServiceError: OperationError;

    /// The last item of a stream that fails.
    type Error: From<Failure<Self::ServiceError>>;

    /// The members of the union that are errors, by their names, and the codes of those.
    const EXCEPTIONS: &'static [(&'static str, &'static str)];
}

/// The events of a response, as they come, or those of a request.
///
/// # Of a response
///
/// Await [`next`](Self::next), or use it as a [`Stream`], until there is no event any more. An error is the last thing that comes: what
/// has come before it is not all. Reading can be stopped at any time: what is dropped closes its connection.
///
/// The timeouts of the call end where the stream begins, and there may be pauses of any length in it.
///
/// ```standalone_crate
/// # // The service of this crate's own tests, at the root of a crate as a generated one has it.
/// # #[path = "../../../tests/client/service.rs"]
/// # mod service;
/// # #[path = "../../../tests/client/streams/service.rs"]
/// # mod watching;
/// # use service::{Client, Error, ServiceError};
/// # use smithy_rt::EventStream;
/// # use smithy_rt::fake::Fake;
/// # use watching::{JobEvent, Watch, WatchResponse, heartbeat, progress, watch};
/// #
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Error> {
/// let fake = Fake::new();
/// fake.on::<Watch>(|_| {
///     let events = EventStream::from_events([Ok(heartbeat()), Ok(progress(50))]);
///     Ok(WatchResponse::builder().job_id("job-1").events(events).build())
/// });
///
/// # let client: Client = fake.client();
/// let mut response = watch(&client).await?;
/// while let Some(event) = response.events.next().await {
///     match event? {
///         JobEvent::Progress(progress) => println!("{} %", progress.percent),
///         _ => {}
///     }
/// }
/// # Ok(())
/// # }
/// ```
///
/// # Of a request
///
/// With the feature `event-stream-input`, requests have them as well. `channel` makes one with an `EventSender` that feeds it, `from_stream`
/// one of any [`Stream`]; and the events of a response can be those of another request. If the service signs its requests, each event is
/// signed, and nothing is tried again once a request has been begun.
///
/// Most services that take events want HTTP/2. AWS's default HTTP client (feature `default-https-client`) speaks it where the service does.
pub struct EventStream<T: EventUnion>(Source<T>);

impl<T: EventUnion> EventStream<T> {
    /// Creates a stream of these events, for a request or for tests. It ends with the first error.
    pub fn from_events(
        events: impl IntoIterator<Item = Result<T, T::ServiceError>, IntoIter: Send + 'static>,
    ) -> Self {
        Self(Source::Script(Mutex::new(Box::new(events.into_iter()))))
    }

    /// Waits for the next event. `None` is the end of the stream, as is the first error.
    ///
    /// Nothing is lost if this is dropped before it is done, as in a `select!`.
    pub async fn next(&mut self) -> Option<Result<T, T::Error>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, T::Error>>> {
        let next = self.0.poll(context);
        next.map_err(|interruption| match interruption {
            Interruption::Received(ended) => failed::<T>(*ended),
            Interruption::Given(error) => given::<T>(error),
        })
    }
}

/// The parts that requests are made of.
#[cfg(feature = "event-stream-input")]
impl<T: EventUnion> EventStream<T> {
    /// Creates a stream of the events of another one, for a request. The service is told the first error, which is the last item.
    ///
    /// A stream that cannot fail becomes one of these with `map(Ok)`.
    pub fn from_stream(
        events: impl Stream<Item = Result<T, T::ServiceError>> + Send + 'static,
    ) -> Self {
        Self(Source::Stream(Mutex::new(Box::pin(events))))
    }

    /// Creates a stream for a request, and a sender that feeds it.
    ///
    /// A few events wait in between, where [`send`](EventSender::send) has put them before the connection takes them. From then on, it
    /// waits.
    pub fn channel() -> (EventSender<T>, Self) {
        let (sender, channel) = sender::channel();
        (sender, Self(Source::Channel(channel)))
    }
}

/// Returns the error that a service's stream ends with.
fn failed<T: EventUnion>(ended: Ended) -> T::Error {
    Failure::decode(Box::new(ended.facts), ended.error_response.as_ref()).into()
}

/// Returns the error of a stream that no service is behind.
fn given<T: EventUnion>(error: T::ServiceError) -> T::Error {
    let response = HttpResponse::new(http::StatusCode::OK.into(), SdkBody::empty());
    let cause = SdkError::service_error(Answered, response);
    Failure::new(Some(error), Facts::new(cause, Circumstances::default())).into()
}

/// A stream without an event.
impl<T: EventUnion> Default for EventStream<T> {
    fn default() -> Self {
        Self(Source::Over)
    }
}

impl<T: EventUnion> Unpin for EventStream<T> {}

impl<T: EventUnion> Stream for EventStream<T> {
    type Item = Result<T, T::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll(context)
    }
}

/// Shows nothing of the events.
impl<T: EventUnion> fmt::Debug for EventStream<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream").finish_non_exhaustive()
    }
}

/// An [`EventStream`] of any type: where an [`Operation`](crate::Operation) has the events of a request come from, and those of a response
/// go.
pub trait EventReceiver: sealed::Sealed {
    /// Starts the stream of the events that are received.
    fn receive(&mut self, receiver: Receiver);

    /// Takes the events out, as the messages that they become.
    #[cfg(any(feature = "event-stream-input", feature = "test-util"))]
    fn take(&mut self, protocol: &'static dyn crate::protocol::Protocol) -> Outgoing;
}

mod sealed {
    pub trait Sealed {}
}

impl<T: EventUnion> sealed::Sealed for EventStream<T> {}

impl<T: EventUnion> EventReceiver for EventStream<T> {
    fn receive(&mut self, receiver: Receiver) {
        self.0 = Source::Service(Box::new(receiver));
    }

    #[cfg(any(feature = "event-stream-input", feature = "test-util"))]
    fn take(&mut self, protocol: &'static dyn crate::protocol::Protocol) -> Outgoing {
        Outgoing::new(std::mem::replace(&mut self.0, Source::Over), protocol)
    }
}

/// Implements the form on the wire of a union whose values are the events of a stream, as [`union!`](crate::union) does for others. Last come
/// those of its members that are errors: they are not values of the union, but end the stream. Each goes by the name of its member.
///
/// It is for crates that have the types `ServiceError` and `Error` at their root, as generated ones do.
///
/// ```ignore
/// smithy_rt::event_union!(
///     Ticks { Tick: value::<Tick>("tick", as_tick), Tock: value::<Tock>("tock", as_tock) },
///     Eq + Hash,
///     [TooSlowException("slow")],
/// );
/// ```
#[macro_export]
#[allow(clippy::crate_in_macro_def)] // The generated crate's own types are meant.
macro_rules! event_union {
    (
        $name:ident $variants:tt $(, $derived:ident $(+ $also:ident)*)?
        $(, [$($error:ident($member:literal $(,)?)),* $(,)?])? $(,)?
    ) => {
        $crate::union!($name $variants $(, $derived $(+ $also)*)?);

        impl $crate::EventUnion for $name {
            type ServiceError = crate::ServiceError;
            type Error = crate::Error;

            const EXCEPTIONS: &'static [(&'static str, &'static str)] =
                &[$($(($member, <$error as $crate::ModeledError>::CODE)),*)?];
        }
    };
}
