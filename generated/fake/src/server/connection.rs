//! One connection: hyper over a socket that can be reset.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use socket2::SockRef;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::body::{Broken, FaultyBody};
use super::{Delivery, Server};
use crate::answer::Body;
use crate::{Answer, RecordedRequest};

/// Serves a connection until one of the two sides ends it.
pub(super) async fn serve(server: Arc<Server>, stream: TcpStream) {
    let reset = Arc::new(AtomicBool::new(false));
    let socket = Socket {
        stream,
        reset: reset.clone(),
    };
    let respond = service_fn(move |request| respond(server.clone(), reset.clone(), request));
    // What goes wrong here the client sees at its end, and mostly it was meant to.
    let _ = hyper::server::conn::http1::Builder::new()
        .auto_date_header(false)
        .serve_connection(TokioIo::new(socket), respond)
        .await;
}

/// The response to a request; an error ends the connection.
async fn respond(
    server: Arc<Server>,
    reset: Arc<AtomicBool>,
    request: Request<Incoming>,
) -> Result<Response<FaultyBody>, Box<dyn std::error::Error + Send + Sync>> {
    let (parts, body) = request.into_parts();
    let body = body.collect().await?.to_bytes();
    let request = RecordedRequest::new(parts, body.to_vec());
    let clock = server.clock.clone();
    match server.answer(request) {
        Delivery::Whole(answer) => response(answer, |body| FaultyBody::whole(body, clock)),
        Delivery::Late(answer, by) => {
            tokio::time::sleep(by).await;
            response(answer, |body| FaultyBody::whole(body, clock))
        }
        Delivery::Cut(answer) => response(answer, |body| FaultyBody::cut(body, clock)),
        Delivery::Stalled(answer) => response(answer, |body| FaultyBody::stalled(body, clock)),
        Delivery::Reset => {
            reset.store(true, Ordering::Relaxed);
            Err(Box::new(Broken))
        }
    }
}

fn response(
    answer: Answer,
    body: impl FnOnce(Body) -> FaultyBody,
) -> Result<Response<FaultyBody>, Box<dyn std::error::Error + Send + Sync>> {
    let mut response = Response::builder().status(answer.status);
    if let Body::Whole(bytes) = &answer.body {
        response = response.header("content-length", bytes.len());
    }
    for (name, value) in &answer.headers {
        response = response.header(name, value);
    }
    Ok(response.body(body(answer.body))?)
}

/// A TCP stream that ends with a reset if it is told to.
struct Socket {
    stream: TcpStream,
    reset: Arc<AtomicBool>,
}

impl Socket {
    fn stream(self: Pin<&mut Self>) -> Pin<&mut TcpStream> {
        Pin::new(&mut self.get_mut().stream)
    }
}

impl Drop for Socket {
    fn drop(&mut self) {
        if self.reset.load(Ordering::Relaxed) {
            // Without lingering, closing sends RST. If that fails, the stream ends in the ordinary way.
            let _ = SockRef::from(&self.stream).set_linger(Some(Duration::ZERO));
        }
    }
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.stream().poll_read(context, buffer)
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.stream().poll_write(context, buffer)
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream().poll_flush(context)
    }

    /// A stream that is to be reset must not be closed in the ordinary way before.
    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.reset.load(Ordering::Relaxed) {
            return Poll::Ready(Ok(()));
        }
        self.stream().poll_shutdown(context)
    }
}
