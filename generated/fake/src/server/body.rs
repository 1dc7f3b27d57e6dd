//! A response body that is sent in pieces, and may stop in its midst.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use hyper::body::{Bytes, Frame};
use tokio::time::{Sleep, sleep};

use crate::Clock;
use crate::answer::Body;

/// Long enough for hyper to send what it has before the connection ends.
const FLUSH: Duration = Duration::from_millis(5);

/// A body: some bytes, and what comes after them.
pub(super) struct FaultyBody {
    pieces: VecDeque<Bytes>,
    clock: Clock,
    /// The time before each piece but the first.
    pause: Duration,
    waiting: Option<Wait>,
    then: Then,
}

type Wait = Pin<Box<dyn Future<Output = ()> + Send>>;

enum Then {
    End,
    Break(Option<Pin<Box<Sleep>>>),
    Nothing,
}

/// The error of a body that stops in its midst.
#[derive(Debug)]
pub(super) struct Broken;

impl FaultyBody {
    /// All bytes, and the end.
    pub(super) fn whole(body: Body, clock: Clock) -> Self {
        let (pieces, pause) = match body {
            Body::Whole(bytes) => (vec![bytes], Duration::ZERO),
            Body::Messages { messages, pause } => (messages, pause),
        };
        let pieces = pieces.into_iter().filter(|piece| !piece.is_empty());
        Self {
            pieces: pieces.map(Bytes::from).collect(),
            clock,
            pause,
            waiting: None,
            then: Then::End,
        }
    }

    /// Half of the bytes, and the end of the connection.
    pub(super) fn cut(body: Body, clock: Clock) -> Self {
        Self::half(body, clock, Then::Break(None))
    }

    /// Half of the bytes, and then nothing for ever.
    pub(super) fn stalled(body: Body, clock: Clock) -> Self {
        Self::half(body, clock, Then::Nothing)
    }

    fn half(body: Body, clock: Clock, then: Then) -> Self {
        let mut half = Self::whole(body, clock);
        half.then = then;
        let mut left = half.pieces.iter().map(Bytes::len).sum::<usize>() / 2;
        half.pieces.retain_mut(|piece| {
            piece.truncate(left);
            left -= piece.len();
            !piece.is_empty()
        });
        half
    }

    /// Takes the next piece, and lets the one after it wait for its time.
    fn next_piece(&mut self) -> Option<Bytes> {
        let piece = self.pieces.pop_front()?;
        if !self.pause.is_zero() && !self.pieces.is_empty() {
            let clock = self.clock.clone();
            let time = clock.now() + self.pause;
            self.waiting = Some(Box::pin(async move { clock.reaches(time).await }));
        }
        Some(piece)
    }
}

impl hyper::body::Body for FaultyBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Broken>>> {
        if let Some(wait) = &mut self.waiting {
            ready!(wait.as_mut().poll(context));
            self.waiting = None;
        }
        if let Some(piece) = self.next_piece() {
            return Poll::Ready(Some(Ok(Frame::data(piece))));
        }
        match &mut self.then {
            Then::End => Poll::Ready(None),
            Then::Break(flushed) => {
                let flushed = flushed.get_or_insert_with(|| Box::pin(sleep(FLUSH)));
                ready!(flushed.as_mut().poll(context));
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
