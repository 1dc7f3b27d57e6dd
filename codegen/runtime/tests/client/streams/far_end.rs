//! The other end of the line: it answers with a body that comes piece by piece.

use std::collections::VecDeque;
use std::fmt;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use hyper::body::{Body, Bytes, Frame};
use smithy_rt::fake::event_message;
use tokio::time::Sleep;

/// The next thing that comes.
pub enum Piece {
    Bytes(Vec<u8>),
    Pause(Duration),
    /// The connection breaks.
    Break,
    /// Nothing comes any more.
    Silence,
}

/// A status, a content type and a body.
type Answer = (u16, &'static str, Vec<Piece>);

/// Answers each request with the next of its answers.
#[derive(Clone)]
pub struct FarEnd {
    answers: Arc<Mutex<VecDeque<Answer>>>,
    pub requests: Arc<Mutex<Vec<HttpRequest>>>,
    /// `true` if the body is gone that came last.
    pub is_closed: Arc<AtomicBool>,
}

impl FarEnd {
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        Self {
            answers: Arc::new(Mutex::new(answers.into_iter().collect())),
            requests: Arc::default(),
            is_closed: Arc::default(),
        }
    }

    /// Answers with a stream of these pieces.
    pub fn stream(pieces: impl IntoIterator<Item = Piece>) -> Self {
        let pieces = pieces.into_iter().collect();
        Self::new([(200, "application/vnd.amazon.eventstream", pieces)])
    }

    /// Answers with these bytes.
    pub fn bytes(bytes: &[u8]) -> Self {
        Self::stream([Piece::Bytes(bytes.to_vec())])
    }

    /// Answers with these bytes, so many at a time.
    pub fn in_pieces(bytes: &[u8], size: usize) -> Self {
        Self::stream(bytes.chunks(size).map(|piece| Piece::Bytes(piece.to_vec())))
    }

    pub fn client(&self) -> crate::service::Client {
        crate::client(crate::settings().http_client(self.clone()))
    }

    pub fn is_closed(&self) -> bool {
        self.is_closed.load(Ordering::Relaxed)
    }
}

impl fmt::Debug for FarEnd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FarEnd")
    }
}

impl HttpConnector for FarEnd {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.requests.lock().unwrap().push(request);
        let (status, content_type, pieces) = self.answers.lock().unwrap().pop_front().unwrap();
        let body = Pieces {
            pieces: Mutex::new(pieces.into()),
            pause: None,
            is_closed: Arc::clone(&self.is_closed),
        };
        let status = status.try_into().unwrap();
        let mut response = HttpResponse::new(status, SdkBody::from_body_1_x(body));
        response.headers_mut().insert("content-type", content_type);
        response
            .headers_mut()
            .insert("x-amzn-requestid", "request-1");
        HttpConnectorFuture::ready(Ok(response))
    }
}

impl HttpClient for FarEnd {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

struct Pieces {
    pieces: Mutex<VecDeque<Piece>>,
    pause: Option<Pin<Box<Sleep>>>,
    is_closed: Arc<AtomicBool>,
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let body = self.get_mut();
        loop {
            if let Some(pause) = &mut body.pause {
                std::task::ready!(pause.as_mut().poll(context));
                body.pause = None;
            }
            let pieces = body.pieces.get_mut().unwrap();
            return Poll::Ready(match pieces.pop_front() {
                Some(Piece::Bytes(bytes)) => Some(Ok(Frame::data(bytes.into()))),
                Some(Piece::Break) => Some(Err(std::io::ErrorKind::ConnectionReset.into())),
                Some(Piece::Pause(time)) => {
                    body.pause = Some(Box::pin(tokio::time::sleep(time)));
                    continue;
                }
                Some(Piece::Silence) => {
                    pieces.push_front(Piece::Silence);
                    return Poll::Pending;
                }
                None => None,
            });
        }
    }
}

impl Drop for Pieces {
    fn drop(&mut self) {
        self.is_closed.store(true, Ordering::Relaxed);
    }
}

/// An event with this payload.
pub fn event(name: &str, payload: &str) -> Vec<u8> {
    let headers = [
        (":event-type", name),
        (":content-type", "application/json"),
        (":message-type", "event"),
    ];
    event_message(headers, payload).unwrap()
}

/// An error that the union has a member of this name for.
pub fn exception(name: &str, payload: &str) -> Vec<u8> {
    let headers = [(":message-type", "exception"), (":exception-type", name)];
    event_message(headers, payload).unwrap()
}

pub fn initial_response() -> Vec<u8> {
    event("initial-response", r#"{"JobId":"job-1","QueueLength":3}"#)
}
