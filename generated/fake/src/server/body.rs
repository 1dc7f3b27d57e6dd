//! A response body that may stop in its midst.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Body, Bytes, Frame};
use tokio::time::{Sleep, sleep};

/// Long enough for hyper to send what it has before the connection ends.
const FLUSH: Duration = Duration::from_millis(5);

/// A body: some bytes, and what comes after them.
pub(super) struct FaultyBody {
    bytes: Option<Bytes>,
    then: Then,
}

enum Then {
    End,
    Break(Pin<Box<Sleep>>),
    Nothing,
}

/// The error of a body that stops in its midst.
#[derive(Debug)]
pub(super) struct Broken;

impl FaultyBody {
    /// All bytes, and the end.
    pub(super) fn whole(bytes: Vec<u8>) -> Self {
        Self::new(bytes, Then::End)
    }

    /// Half of the bytes, and the end of the connection.
    pub(super) fn cut(bytes: Vec<u8>) -> Self {
        Self::new(half(bytes), Then::Break(Box::pin(sleep(FLUSH))))
    }

    /// Half of the bytes, and then nothing for ever.
    pub(super) fn stalled(bytes: Vec<u8>) -> Self {
        Self::new(half(bytes), Then::Nothing)
    }

    fn new(bytes: Vec<u8>, then: Then) -> Self {
        Self {
            bytes: Some(Bytes::from(bytes)),
            then,
        }
    }
}

fn half(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.truncate(bytes.len() / 2);
    bytes
}

impl Body for FaultyBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if let Some(bytes) = self.bytes.take().filter(|bytes| !bytes.is_empty()) {
            return Poll::Ready(Some(Ok(Frame::data(bytes))));
        }
        match &mut self.then {
            Then::End => Poll::Ready(None),
            Then::Break(after) => {
                ready!(after.as_mut().poll(context));
                Poll::Ready(Some(Err(Broken)))
            }
            Then::Nothing => Poll::Pending,
        }
    }
}

impl fmt::Display for Broken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the fake was told to break this response")
    }
}

impl std::error::Error for Broken {}
