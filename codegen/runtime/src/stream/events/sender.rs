//! The sender of a request's events, and what it hears of the call that takes them.

use std::error::Error as StdError;
use std::fmt;
use std::sync::Arc;
use std::task::{Context, Poll};

use tokio::sync::mpsc;

use super::EventUnion;
use super::ending::Ending;
use super::source::Given;

/// The number of events that may wait to be written.
const WAITING: usize = 16;

/// A sender of the events of a request: the other half of [`EventStream::channel`](super::EventStream::channel).
///
/// [`send`](Self::send) waits while the connection takes no more. Clones feed the same stream, which ends once all of them have been
/// dropped.
///
/// A call is made while its events are sent: it has to be awaited beside them, in a task of its own or with a `join!`. Where both
/// directions have events, the service may answer before the first one has been sent, or after the last.
///
/// ```standalone_crate
/// # // The service of this crate's own tests, at the root of a crate as a generated one has it.
/// # #[path = "../../../tests/client/service.rs"]
/// # mod service;
/// # #[path = "../../../tests/client/duplex/service.rs"]
/// # mod talking;
/// # use service::{Error, ServiceError};
/// # use smithy_rt::EventStream;
/// # use smithy_rt::fake::Fake;
/// # use talking::{Talk, TalkRequest, TalkResponse, said, talk};
/// #
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), Box<dyn std::error::Error>> {
/// # let fake = Fake::new();
/// # fake.on::<Talk>(|request| Ok(TalkResponse::builder().topic("a").events(request.events).build()));
/// # let client = fake.client();
/// let (sender, events) = EventStream::channel();
/// let mut response = talk(&client, TalkRequest::builder().topic("a").events(events).build()).await?;
///
/// sender.send(said("hello")).await?;
/// assert_eq!(response.events.next().await.unwrap()?, said("hello"));
///
/// drop(sender);
/// assert!(response.events.next().await.is_none());
/// # Ok(())
/// # }
/// ```
pub struct EventSender<T: EventUnion> {
    items: mpsc::Sender<Given<T>>,
    ending: Arc<Ending>,
}

impl<T: EventUnion> EventSender<T> {
    /// Sends an event, and waits until there is room for it. Nothing has been sent if this is dropped before it is done.
    ///
    /// # Errors
    /// If the call has ended, for whatever reason: the error says which.
    pub async fn send(&self, event: T) -> Result<(), SendError> {
        self.put(Ok(event)).await
    }

    /// Ends the stream with an error, which the service is told.
    ///
    /// # Errors
    /// If the call has ended already.
    pub async fn fail(&self, error: impl Into<T::ServiceError>) -> Result<(), SendError> {
        self.put(Err(error.into())).await
    }

    async fn put(&self, item: Given<T>) -> Result<(), SendError> {
        match self.items.send(item).await {
            Ok(()) => Ok(()),
            Err(_closed) => Err(SendError(self.ending.reason().await)),
        }
    }
}

impl<T: EventUnion> Clone for EventSender<T> {
    fn clone(&self) -> Self {
        Self {
            items: self.items.clone(),
            ending: Arc::clone(&self.ending),
        }
    }
}

impl<T: EventUnion> fmt::Debug for EventSender<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventSender").finish_non_exhaustive()
    }
}

/// The error of an event that could not be sent any more: the call has ended.
#[derive(Clone, Debug)]
pub struct SendError(Arc<str>);

impl fmt::Display for SendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the event was not sent: {}", self.0)
    }
}

impl StdError for SendError {}

/// The stream that a sender feeds.
pub(super) struct Channel<T: EventUnion> {
    items: mpsc::Receiver<Given<T>>,
    ending: Arc<Ending>,
}

/// Creates a sender, and the stream that it feeds.
pub(super) fn channel<T: EventUnion>() -> (EventSender<T>, Channel<T>) {
    let (sender, receiver) = mpsc::channel(WAITING);
    let ending = Arc::new(Ending::default());
    let channel = Channel {
        items: receiver,
        ending: Arc::clone(&ending),
    };
    let sender = EventSender {
        items: sender,
        ending,
    };
    (sender, channel)
}

impl<T: EventUnion> Channel<T> {
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Given<T>>> {
        self.items.poll_recv(context)
    }

    pub(super) fn ending(&self) -> Arc<Ending> {
        Arc::clone(&self.ending)
    }
}

impl<T: EventUnion> Drop for Channel<T> {
    fn drop(&mut self) {
        self.ending.close();
    }
}
