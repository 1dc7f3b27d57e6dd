//! The events of a request, as a service reads them.

use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard};
use std::task::{Context, Poll, Waker, ready};

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::StatusCode;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame};

use super::fake::lock;
use crate::schema::Structure;
use crate::stream::frame::Frames;
use crate::stream::message::{INITIAL_REQUEST, header};
use crate::stream::{Origin, Receiver, write};
use crate::{DecodeError, Operation};

/// The events of a request: those that have come stay, so that they can be read again.
#[derive(Clone)]
pub(super) struct Incoming(Arc<Mutex<State>>);

struct State {
    body: SdkBody,
    frames: Frames,
    /// The messages that have come, without their signatures.
    came: Vec<u8>,
    /// The end of the stream, and the error that it was, until it has been read.
    end: Option<Option<BoxError>>,
    /// Whoever else waits for what comes.
    wakers: Vec<Waker>,
}

impl Incoming {
    /// Takes the events out of a request.
    pub(super) fn of(request: &mut HttpRequest) -> Self {
        Self(Arc::new(Mutex::new(State {
            body: mem::replace(request.body_mut(), SdkBody::empty()),
            frames: Frames::default(),
            came: Vec::new(),
            end: None,
            wakers: Vec::new(),
        })))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.0)
    }

    /// Waits until the first message is there, or there is none.
    pub(super) async fn begun(&self) {
        poll_fn(|context| {
            let mut state = self.state();
            match state.came.is_empty() {
                true => state.poll(context),
                false => Poll::Ready(()),
            }
        })
        .await;
    }

    /// Waits until all is there.
    pub(super) async fn over(&self) {
        poll_fn(|context| {
            let mut state = self.state();
            while state.end.is_none() {
                ready!(state.poll(context));
            }
            Poll::Ready(())
        })
        .await;
    }

    /// Reads the request's events into its stream, from the first one on, and the members that come before them.
    pub(super) fn read<O: Operation>(
        &self,
        request: &HttpRequest,
        members: &mut dyn Structure,
    ) -> Result<Receiver, DecodeError> {
        let reader = Reader {
            incoming: self.clone(),
            read: 0,
        };
        let origin = Origin {
            service: O::SERVICE,
            operation: O::SCHEMA,
            attempts: 1,
            status: StatusCode::from(http::StatusCode::OK),
            headers: request.headers().clone(),
            sent: None,
        };
        let mut receiver = Receiver::new(SdkBody::from_body_1_x(reader), origin);
        if receiver.has_initial_message() {
            // It is there already.
            let mut context = Context::from_waker(Waker::noop());
            let ahead = pin!(receiver.read_ahead()).poll(&mut context);
            if let Poll::Ready(Err(error)) = ahead {
                return Err(DecodeError::new(error.to_string()));
            }
            receiver.read_initial(INITIAL_REQUEST, members)?;
        }
        Ok(receiver)
    }

    /// Has the events read while a response is, as services do, whether or not anybody looks at them.
    pub(super) fn read_beside(self, response: &mut HttpResponse) {
        let body = mem::replace(response.body_mut(), SdkBody::taken());
        let beside = Beside {
            incoming: self,
            body,
        };
        *response.body_mut() = SdkBody::from_body_1_x(beside);
    }
}

impl State {
    /// Waits until something has come, or the end.
    fn poll(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let before = self.came.len();
        while self.end.is_none() && self.came.len() == before {
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Pending => {
                    self.wakers.push(context.waker().clone());
                    return Poll::Pending;
                }
                Poll::Ready(Some(Ok(frame))) => {
                    self.frames.push(&frame.into_data().unwrap_or_default());
                    if let Err(error) = self.take_messages() {
                        self.end = Some(Some(error));
                    }
                }
                Poll::Ready(Some(Err(error))) => self.end = Some(Some(error)),
                Poll::Ready(None) => self.end = Some(None),
            }
        }
        if self.end.is_some() {
            self.body = SdkBody::empty();
        }
        self.wakers.drain(..).for_each(Waker::wake);
        Poll::Ready(())
    }

    /// Reads no more.
    fn finish(&mut self) {
        self.end.get_or_insert(None);
        self.body = SdkBody::empty();
        self.wakers.drain(..).for_each(Waker::wake);
    }

    fn take_messages(&mut self) -> Result<(), BoxError> {
        while let Some(message) = self.frames.next()? {
            if header(&message, ":chunk-signature").is_none() {
                write::frame(&message, &mut self.came)?;
            } else {
                // In a signed message there is another; in the last one, there is none.
                self.came.extend_from_slice(message.payload());
            }
        }
        Ok(())
    }
}

/// A body that is the events of a request without signatures, from the first one on.
struct Reader {
    incoming: Incoming,
    read: usize,
}

impl Body for Reader {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let reader = self.get_mut();
        let mut state = reader.incoming.state();
        if state.came.len() == reader.read && state.end.is_none() {
            ready!(state.poll(context));
        }
        let bytes = state.came.get(reader.read..).unwrap_or_default();
        reader.read += bytes.len();
        Poll::Ready(match bytes {
            [] => state.end.as_mut().and_then(Option::take).map(Err),
            bytes => Some(Ok(Frame::data(Bytes::copy_from_slice(bytes)))),
        })
    }
}

/// With the response, all is over.
impl Drop for Beside {
    fn drop(&mut self) {
        self.incoming.state().finish();
    }
}

/// The body of a response, beside which the events of the request are read.
struct Beside {
    incoming: Incoming,
    body: SdkBody,
}

impl Body for Beside {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let beside = self.get_mut();
        loop {
            let mut state = beside.incoming.state();
            if state.end.is_some() || state.poll(context).is_pending() {
                break;
            }
        }
        Pin::new(&mut beside.body).poll_frame(context)
    }
}
