//! Events on their way out: the body that they become.

use std::fmt;
use std::pin::Pin;
#[cfg(feature = "event-stream-input")]
use std::sync::Arc;
use std::task::{Context, Poll, ready};

#[cfg(feature = "test-util")]
use aws_smithy_eventstream::frame::NoOpSigner;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_types::event_stream::{Message, SignMessage};
use bytes::Bytes;
use http_body::{Body, Frame};

#[cfg(feature = "event-stream-input")]
use super::ending::Ending;
#[cfg(feature = "event-stream-input")]
use super::message::INITIAL_REQUEST;
#[cfg(feature = "test-util")]
use super::message::INITIAL_RESPONSE;
use super::source::{Interruption, Source};
use super::{EventUnion, write};
use crate::OperationError;
use crate::error::causes::TextError;
use crate::protocol::Protocol;

/// The bytes of events that are ready which go out together, at least.
const TOGETHER: usize = 16 * 1024;

/// The events of a stream of any type, as the messages that they become.
pub struct Outgoing {
    messages: Box<dyn Messages>,
    #[cfg(feature = "event-stream-input")]
    ending: Arc<Ending>,
}

impl Outgoing {
    pub(super) fn new<T: EventUnion>(source: Source<T>, protocol: &'static dyn Protocol) -> Self {
        Self {
            #[cfg(feature = "event-stream-input")]
            ending: match &source {
                Source::Channel(channel) => channel.ending(),
                _ => Arc::default(),
            },
            messages: Box::new(OfSource { source, protocol }),
        }
    }

    /// Returns what senders of the events hear of their end.
    #[cfg(feature = "event-stream-input")]
    pub(crate) fn ending(&self) -> Arc<Ending> {
        Arc::clone(&self.ending)
    }
}

/// For servers in tests.
#[cfg(feature = "test-util")]
impl Outgoing {
    /// Writes each of the messages that are at hand.
    pub(crate) fn written(mut self) -> Result<Vec<Vec<u8>>, BoxError> {
        let mut context = Context::from_waker(std::task::Waker::noop());
        let mut written = Vec::new();
        while let Poll::Ready(Some(message)) = self.messages.poll_next(&mut context) {
            let mut bytes = Vec::new();
            write::frame(&message?, &mut bytes)?;
            written.push(bytes);
        }
        Ok(written)
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Outgoing").finish_non_exhaustive()
    }
}

trait Messages: Send + Sync {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, BoxError>>>;
}

struct OfSource<T: EventUnion> {
    source: Source<T>,
    protocol: &'static dyn Protocol,
}

impl<T: EventUnion> Messages for OfSource<T> {
    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Message, BoxError>>> {
        let protocol = self.protocol;
        let next = ready!(self.source.poll(context));
        Poll::Ready(next.map(|next| match next {
            Ok(event) => Ok(write::event(protocol, &event, &mut T::zero())?),
            Err(Interruption::Given(error)) => write_error::<T>(protocol, &error),
            Err(Interruption::Received(ended)) => match &ended.error_response {
                Some(response) => write_error::<T>(protocol, &T::ServiceError::decode(response)),
                None => Err(TextError::new("the event stream that was sent on broke off").into()),
            },
        }))
    }
}

fn write_error<T: EventUnion>(
    protocol: &dyn Protocol,
    error: &T::ServiceError,
) -> Result<Message, BoxError> {
    Ok(write::error(protocol, error, T::EXCEPTIONS)?)
}

/// The messages of a stream as the body of an HTTP message, each signed and written once the connection asks for it.
pub(crate) struct EventBody {
    /// The message that comes before all events.
    first: Option<Message>,
    /// None once they are over.
    outgoing: Option<Outgoing>,
    signer: Box<dyn SignMessage + Send + Sync>,
    /// An error that comes after what has been written.
    error: Option<BoxError>,
}

impl EventBody {
    /// Creates the body of a request, the other members of which have been written already.
    #[cfg(feature = "event-stream-input")]
    pub(crate) fn request(
        protocol: &dyn Protocol,
        members: &[u8],
        events: Outgoing,
        signer: Box<dyn SignMessage + Send + Sync>,
    ) -> Self {
        Self::new(protocol, INITIAL_REQUEST, members, events, signer)
    }

    /// Creates the body of a response, the other members of which have been written already.
    #[cfg(feature = "test-util")]
    pub(crate) fn response(protocol: &dyn Protocol, members: &[u8], events: Outgoing) -> Self {
        let unsigned = Box::new(NoOpSigner {});
        Self::new(protocol, INITIAL_RESPONSE, members, events, unsigned)
    }

    fn new(
        protocol: &dyn Protocol,
        name: &str,
        members: &[u8],
        events: Outgoing,
        signer: Box<dyn SignMessage + Send + Sync>,
    ) -> Self {
        let has_first = protocol.has_initial_messages();
        Self {
            first: has_first.then(|| write::initial(protocol, name, members.to_vec())),
            outgoing: Some(events),
            signer,
            error: None,
        }
    }

    /// Writes the messages that are ready. Nothing is left to write once there is none any more, or an error.
    fn write(&mut self, context: &mut Context<'_>) -> Vec<u8> {
        let mut bytes = Vec::new();
        #[cfg(feature = "event-stream-input")]
        if let Some(outgoing) = &self.outgoing
            && outgoing.ending.poll_stopped(context).is_ready()
        {
            self.outgoing = None;
            self.error = Some(TextError::new("the call is over").into());
        }
        while bytes.len() < TOGETHER
            && let Some(outgoing) = &mut self.outgoing
        {
            let next = match self.first.take() {
                Some(first) => Poll::Ready(Some(Ok(first))),
                None => outgoing.messages.poll_next(context),
            };
            let written = match next {
                Poll::Pending => break,
                Poll::Ready(Some(Ok(message))) => self.signer.sign(message),
                Poll::Ready(Some(Err(error))) => Err(error),
                Poll::Ready(None) => {
                    self.outgoing = None;
                    match self.signer.sign_empty() {
                        Some(last) => last,
                        None => break,
                    }
                }
            };
            let written = written.and_then(|message| Ok(write::frame(&message, &mut bytes)?));
            if let Err(error) = written {
                self.fail(error);
            }
        }
        bytes
    }

    #[cold]
    fn fail(&mut self, error: BoxError) {
        #[cfg(feature = "event-stream-input")]
        if let Some(outgoing) = &self.outgoing {
            outgoing.ending.fail(error.to_string());
        }
        self.outgoing = None;
        self.error = Some(error);
    }
}

impl Body for EventBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let body = self.get_mut();
        let bytes = body.write(context);
        if !bytes.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(bytes.into()))));
        }
        if let Some(error) = body.error.take() {
            return Poll::Ready(Some(Err(error)));
        }
        match body.outgoing {
            Some(_) => Poll::Pending,
            None => Poll::Ready(None),
        }
    }
}
