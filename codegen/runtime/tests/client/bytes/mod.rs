//! Bodies that are streams of bytes.

mod downloads;
mod fakes;
mod peer;
mod service;
mod uploads;

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll};

use aws_smithy_types::body::SdkBody;
use hyper::body::{Body, Bytes, Frame};
use smithy_rt::ByteStream;

/// A stream of these pieces, of which nobody knows the length. It ends, breaks, or says nothing any more.
fn pieces(pieces: impl IntoIterator<Item = &'static [u8]>, end: End) -> ByteStream {
    let pieces = Mutex::new(pieces.into_iter().collect());
    ByteStream::new(SdkBody::from_body_1_x(Pieces { pieces, end }))
}

#[derive(Clone, Copy)]
enum End {
    Whole,
    Break,
    Silence,
}

struct Pieces {
    pieces: Mutex<VecDeque<&'static [u8]>>,
    end: End,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let body = self.get_mut();
        match body.pieces.get_mut().unwrap().pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(piece))))),
            None => match body.end {
                End::Whole => Poll::Ready(None),
                End::Break => Poll::Ready(Some(Err(std::io::Error::from_raw_os_error(5)))),
                End::Silence => Poll::Pending,
            },
        }
    }
}
