//! Requests that are event streams, against a server on HTTP/2.

mod ends;
mod events;
mod fakes;
mod http2;
mod load;
mod peer;
mod service;

use std::net::SocketAddr;

use aws_smithy_types::event_stream::{HeaderValue, Message};
use http_body_util::BodyExt;
use hyper::body::Bytes;
use smithy_rt::fake::event_message;
use smithy_rt::{Call, EventStream, Operation};

use self::http2::{Request, Response, serve};
use self::peer::{Echo, Messages};
use self::service::{TalkEvent, TalkRequest, TalkResponse};
use crate::service::{Client, Error, StartJobError};

type Failure = Error<StartJobError>;

/// Calls an operation with these events.
fn call<O>(client: &Client, events: EventStream<TalkEvent>) -> Call<O::Response, Failure>
where
    O: Operation<Request = TalkRequest, Error = StartJobError>,
{
    let request = TalkRequest::builder().topic("jobs").events(events);
    Call::of::<O>(&client.0, request.build())
}

/// All events of a response, which has no error.
async fn all(mut response: TalkResponse) -> Vec<TalkEvent> {
    let mut events = Vec::new();
    while let Some(event) = response.events.next().await {
        events.push(event.unwrap());
    }
    events
}

fn text<'m>(message: &'m Message, name: &str) -> &'m str {
    let mut headers = message.headers().iter();
    let header = headers.find(|header| header.name().as_str() == name);
    match header.map(|header| header.value()) {
        Some(HeaderValue::String(text)) => text.as_str(),
        other => panic!("{name}: {other:?}"),
    }
}

/// A response with these bytes for its events.
fn events(body: http_body_util::combinators::BoxBody<Bytes, std::io::Error>) -> Response {
    http::Response::builder()
        .header("content-type", "application/vnd.amazon.eventstream")
        .header("x-topic", "jobs")
        .header("x-amzn-requestid", "request-1")
        .body(body)
        .unwrap()
}

/// An error of the service.
fn error(status: u16, name: &str, body: &'static str) -> Response {
    http::Response::builder()
        .status(status)
        .header("x-amzn-errortype", name)
        .body(http2::whole(body))
        .unwrap()
}

/// Starts a server that sends every event back. What comes first in protocols for remote procedure calls goes back under its other name.
async fn echo() -> SocketAddr {
    serve(|request| async move {
        assert_eq!(
            request.headers()["content-type"],
            "application/vnd.amazon.eventstream"
        );
        assert!(!request.headers().contains_key("content-length"));
        let is_rest = request.headers().get("x-topic").is_some();
        let mut messages = Messages::of(request);
        let mut first = Vec::new();
        if !is_rest {
            let message = messages.next().await.unwrap();
            assert_eq!(text(&message, ":event-type"), "initial-request");
            let headers = [
                (":message-type", "event"),
                (":event-type", "initial-response"),
                (":content-type", text(&message, ":content-type")),
            ];
            first = event_message(headers, message.payload().to_vec()).unwrap();
        }
        let first = http_body_util::Full::new(Bytes::from(first));
        let first = first.map_err(|never| match never {});
        Ok(events(Chain(first, Echo(messages)).boxed()))
    })
    .await
}

/// A body, and another one behind it.
struct Chain<A, B>(A, B);

impl<A, B> hyper::body::Body for Chain<A, B>
where
    A: hyper::body::Body<Data = Bytes, Error = std::io::Error> + Unpin,
    B: hyper::body::Body<Data = Bytes, Error = std::io::Error> + Unpin,
{
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, std::io::Error>>> {
        use std::pin::Pin;

        match std::task::ready!(Pin::new(&mut self.0).poll_frame(context)) {
            Some(frame) => std::task::Poll::Ready(Some(frame)),
            None => Pin::new(&mut self.1).poll_frame(context),
        }
    }
}

/// Counts the events of a request, and answers with their number.
async fn count(request: Request) -> Result<Response, std::io::Error> {
    let mut messages = Messages::of(request);
    let mut count = 0;
    while messages.next().await.is_some() {
        count += 1;
    }
    let body = format!("{{\"Events\":{count}}}");
    Ok(http::Response::new(http2::whole(body)))
}
