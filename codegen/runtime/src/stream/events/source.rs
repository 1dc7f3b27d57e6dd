//! The sources of an event stream: a service, or the program that has the events.

#[cfg(feature = "event-stream-input")]
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

#[cfg(feature = "event-stream-input")]
use futures_core::Stream;

use super::EventUnion;
use super::receiver::{Ended, Receiver};
#[cfg(feature = "event-stream-input")]
use super::sender::Channel;

/// The source of a stream's events.
///
/// What a program gives is in a mutex, so that a stream can go from thread to thread whatever is in there.
pub(super) enum Source<T: EventUnion> {
    Over,
    Service(Box<Receiver>),
    Script(Mutex<Script<T>>),
    #[cfg(feature = "event-stream-input")]
    Stream(Mutex<GivenStream<T>>),
    #[cfg(feature = "event-stream-input")]
    Channel(Channel<T>),
}

/// An event, or the error that ends a stream, as a program has them.
pub(super) type Given<T> = Result<T, <T as EventUnion>::ServiceError>;

type Script<T> = Box<dyn Iterator<Item = Given<T>> + Send>;

#[cfg(feature = "event-stream-input")]
type GivenStream<T> = Pin<Box<dyn Stream<Item = Given<T>> + Send>>;

/// The end of a stream that was not complete.
pub(super) enum Interruption<E> {
    /// It was received.
    Received(Box<Ended>),
    /// The program has given it.
    Given(E),
}

type Next<T> = Option<Result<T, Interruption<<T as EventUnion>::ServiceError>>>;

impl<T: EventUnion> Source<T> {
    /// Returns the next event. Once there is none, or an error, the source is over.
    pub(super) fn poll(&mut self, context: &mut Context<'_>) -> Poll<Next<T>> {
        let next = match self {
            Self::Over => None,
            Self::Service(receiver) => {
                let mut event = T::zero();
                let read = receiver.poll_event(context, &mut event, T::EXCEPTIONS);
                ready!(read).map(|read| match read {
                    Ok(()) => Ok(event),
                    Err(ended) => Err(Interruption::Received(Box::new(ended))),
                })
            }
            Self::Script(script) => unlocked(script).next().map(given),
            #[cfg(feature = "event-stream-input")]
            Self::Stream(stream) => ready!(unlocked(stream).as_mut().poll_next(context)).map(given),
            #[cfg(feature = "event-stream-input")]
            Self::Channel(channel) => ready!(channel.poll(context)).map(given),
        };
        if !matches!(next, Some(Ok(_))) {
            // What is dropped here is the connection, among others.
            *self = Self::Over;
        }
        Poll::Ready(next)
    }
}

fn unlocked<S>(source: &mut Mutex<S>) -> &mut S {
    source.get_mut().unwrap_or_else(PoisonError::into_inner)
}

fn given<T, E>(next: Result<T, E>) -> Result<T, Interruption<E>> {
    next.map_err(Interruption::Given)
}
