//! The ends of calls whose requests have events, and what their senders hear.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use http_body_util::BodyExt;
use smithy_rt::{DateTime, EventSender, EventStream};
use tokio::sync::Notify;

use super::http2::{Request, Response, client, serve, whole};
use super::peer::{Echo, Messages};
use super::service::*;
use super::{all, call, count, echo, error, events};

/// Sends until that fails, and returns the reason.
async fn reason(sender: &EventSender<TalkEvent>) -> String {
    loop {
        if let Err(error) = sender.send(said("a")).await {
            return error.to_string();
        }
    }
}

#[tokio::test]
async fn a_sender_hears_why_the_call_has_failed() {
    let refuse = |_| async { Ok(error(400, "ValidationException", r#"{"Message":"no"}"#)) };
    let client = client(serve(refuse).await);
    let (sender, channel) = EventStream::channel();
    let (result, reason) = tokio::join!(
        call::<Talk>(&client, channel).into_future(),
        reason(&sender)
    );
    assert_eq!(result.unwrap_err().code(), Some("ValidationException"));
    assert_eq!(reason, "the event was not sent: ValidationException: no");
}

#[tokio::test]
async fn a_sender_hears_that_there_is_no_connection() {
    // Nobody listens there any more.
    let address = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.local_addr().unwrap()
    };
    let (sender, channel) = EventStream::channel();
    let call = call::<Talk>(&client(address), channel).into_future();
    let (result, reason) = tokio::join!(call, reason(&sender));
    let error = result.unwrap_err().to_string();
    assert!(error.contains("refused"), "{error}");
    assert_eq!(reason, format!("the event was not sent: {error}"));
}

#[tokio::test]
async fn a_call_is_not_tried_again_once_it_has_begun() {
    static REQUESTS: AtomicUsize = AtomicUsize::new(0);
    let busy = |_| async {
        REQUESTS.fetch_add(1, Ordering::Relaxed);
        Ok(error(503, "BusyException", "{}"))
    };
    let client = client(serve(busy).await);
    let given = EventStream::from_events([Ok(said("a"))]);
    let error = call::<Talk>(&client, given).await.unwrap_err();
    assert_eq!((error.code(), error.attempts()), (Some("BusyException"), 1));
    assert!(error.is_retryable());
    assert_eq!(REQUESTS.load(Ordering::Relaxed), 1);
}

#[tokio::test]
async fn a_sender_hears_how_the_response_has_ended() {
    async fn answer(body: Vec<u8>) -> String {
        let answer = move |request| {
            tokio::spawn(complete(request));
            let body = body.clone();
            async { Ok(events(whole(body))) }
        };
        let (sender, channel) = EventStream::channel();
        let mut response = call::<Talk>(&client(serve(answer).await), channel)
            .await
            .unwrap();
        while response.events.next().await.is_some() {}
        reason(&sender).await
    }

    let exception = [(":message-type", "exception"), (":exception-type", "busy")];
    let exception = super::event_message(exception, r#"{"Message":"later"}"#).unwrap();
    for (body, expected) in [
        (Vec::new(), "the service has ended its response"),
        (exception, "BusyException: later"),
        (
            b"no message at all".to_vec(),
            "Talk failed: the checksum of a message in the event stream is wrong (request id request-1)",
        ),
    ] {
        let reason = answer(body).await;
        let reason = reason.strip_prefix("the event was not sent: ").unwrap();
        assert_eq!(reason, expected);
    }
}

/// What is seen of the events of a request: `true` if they were complete.
async fn complete(request: Request) -> bool {
    let mut body = request.into_body();
    while let Some(frame) = body.frame().await {
        if frame.is_err() {
            return false;
        }
    }
    true
}

/// Starts a server that answers at once, and says whether the events of the request were complete.
async fn watch() -> (std::net::SocketAddr, Arc<Seen>) {
    let seen = Arc::new(Seen::default());
    let shared = Arc::clone(&seen);
    let address = serve(move |request| {
        let seen = Arc::clone(&shared);
        async move {
            let (head, body) = request.into_parts();
            let silent = head.uri.path() == "/silent";
            let request = Request::from_parts(head, body);
            let task = tokio::spawn(async move {
                let complete = complete(request).await;
                *seen.complete.lock().unwrap() = Some(complete);
                seen.is_there.notify_one();
            });
            if silent {
                task.await.unwrap();
            }
            Ok(events(Never.boxed()))
        }
    });
    (address.await, seen)
}

#[derive(Default)]
struct Seen {
    complete: std::sync::Mutex<Option<bool>>,
    is_there: Notify,
}

impl Seen {
    async fn complete(&self) -> bool {
        self.is_there.notified().await;
        self.complete.lock().unwrap().unwrap()
    }
}

/// A body that never ends.
struct Never;

impl hyper::body::Body for Never {
    type Data = hyper::body::Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        self: std::pin::Pin<&mut Self>,
        _: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
        std::task::Poll::Pending
    }
}

#[tokio::test]
async fn dropping_the_response_ends_the_call() {
    let (address, seen) = watch().await;
    let (sender, channel) = EventStream::channel();
    let response = call::<Talk>(&client(address), channel).await.unwrap();
    sender.send(said("a")).await.unwrap();
    drop(response);
    assert_eq!(
        reason(&sender).await,
        "the event was not sent: the response has been dropped"
    );
    assert!(
        !seen.complete().await,
        "the service must not take it for complete"
    );
}

#[tokio::test]
async fn giving_a_call_up_ends_it() {
    let (address, _) = watch().await;
    let silent = crate::settings()
        .endpoint_url(format!("http://{address}"))
        .http_client(super::http2::Http2);
    let silent = crate::client(silent);
    let (sender, channel) = EventStream::channel();
    let request = TalkRequest::builder().events(channel).build();
    let call = smithy_rt::Call::<_, super::Failure>::of::<TalkSilently>(&silent.0, request);
    let given_up = async {
        sender.send(said("a")).await.unwrap();
    };
    tokio::select! {
        // The call begins first.
        biased;
        _ = call.into_future() => panic!("there is no answer"),
        () = given_up => {}
    }
    assert_eq!(
        reason(&sender).await,
        "the event was not sent: the call was given up before it was answered"
    );
}

#[tokio::test]
async fn a_call_that_is_never_made_has_no_room_for_events() {
    let (address, _) = watch().await;
    let (sender, channel) = EventStream::channel();
    let request = call::<Talk>(&client(address), channel);
    sender.send(said("a")).await.unwrap();
    drop(request);
    assert_eq!(
        reason(&sender).await,
        "the event was not sent: its stream was dropped without being sent"
    );
}

#[tokio::test]
async fn a_service_that_answers_early_reads_no_more() {
    let early = |_| async { Ok::<_, std::io::Error>(Response::new(whole(r#"{"Events":-1}"#))) };
    let client = client(serve(early).await);
    let (sender, channel) = EventStream::channel();
    let (response, reason) = tokio::join!(
        call::<Upload>(&client, channel).into_future(),
        reason(&sender)
    );
    assert_eq!(response.unwrap().events, -1);
    assert_eq!(
        reason,
        "the event was not sent: the service reads no more of them, and its response says why"
    );
}

#[tokio::test]
async fn an_event_that_cannot_be_written_ends_the_call_and_says_so() {
    let too_late = DateTime::from_secs(i64::MAX);
    let bad = TalkEvent::Said(Said::builder().text("a").at(too_late).build());
    let expected = "the event said: ";

    // Before the response.
    let given = EventStream::from_events([Ok(said("a")), Ok(bad.clone())]);
    let counting = client(serve(count).await);
    let error = call::<Upload>(&counting, given).await.unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("Upload failed: ") && text.contains(expected),
        "{text}"
    );
    assert!(!error.is_retryable(), "{text}");

    // Behind it.
    let (sender, channel) = EventStream::channel();
    let mut response = call::<Talk>(&client(echo().await), channel).await.unwrap();
    sender.send(said("a")).await.unwrap();
    assert_eq!(response.events.next().await.unwrap().unwrap(), said("a"));
    sender.send(bad).await.unwrap();
    let error = response
        .events
        .next()
        .await
        .unwrap()
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("Talk failed: ") && error.contains(expected),
        "{error}"
    );
    let reason = reason(&sender).await;
    assert!(reason.contains(expected), "{reason}");
}

#[tokio::test]
async fn a_peer_that_resets_ends_the_call() {
    // A body that ends with an error, which resets the stream, but not before there is a response.
    struct Broken(bool);

    impl hyper::body::Body for Broken {
        type Data = hyper::body::Bytes;
        type Error = std::io::Error;

        fn poll_frame(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Result<hyper::body::Frame<Self::Data>, Self::Error>>> {
            if !std::mem::replace(&mut self.0, true) {
                context.waker().wake_by_ref();
                return std::task::Poll::Pending;
            }
            std::task::Poll::Ready(Some(Err(std::io::ErrorKind::Other.into())))
        }
    }

    let answer = |request| async {
        tokio::spawn(complete(request));
        Ok(events(Broken(false).boxed()))
    };
    let address = serve(answer).await;
    let (sender, channel) = EventStream::channel();
    let mut response = call::<Talk>(&client(address), channel).await.unwrap();
    let error = response.events.next().await.unwrap().unwrap_err();
    assert!(error.is_retryable(), "{error}");
    assert!(response.events.next().await.is_none());
    // Either half of the connection may be the first to hear of it.
    reason(&sender).await;
}

#[tokio::test]
async fn an_interceptor_may_replace_the_body() {
    #[derive(Debug)]
    struct Replace;

    #[dyn_dispatch_hint]
    impl Intercept for Replace {
        fn name(&self) -> &'static str {
            "Replace"
        }

        fn modify_before_signing(
            &self,
            context: &mut BeforeTransmitInterceptorContextMut<'_>,
            _: &RuntimeComponents,
            _: &mut ConfigBag,
        ) -> Result<(), BoxError> {
            *context.request_mut().body_mut() = SdkBody::from("other");
            Ok(())
        }
    }

    let address = serve(|request: Request| async {
        let body = request.into_body().collect().await.unwrap();
        assert_eq!(&body.to_bytes()[..], b"other");
        Ok(error(400, "ValidationException", "{}"))
    });
    let client = client(address.await);
    let (sender, channel) = EventStream::channel();
    let call = call::<Talk>(&client, channel).interceptor(Replace);
    let error = call.await.unwrap_err();
    assert_eq!(error.code(), Some("ValidationException"), "{error}");
    assert!(sender.send(said("a")).await.is_err());
}

#[tokio::test]
async fn a_pause_between_events_is_no_stalled_stream() {
    let protection = StalledStreamProtectionConfig::enabled();
    let protection = protection.grace_period(Duration::from_millis(10)).build();
    let settings = crate::settings()
        .endpoint_url(format!("http://{}", serve(count).await))
        .http_client(super::http2::Http2)
        .stalled_stream_protection(protection);
    let client = crate::client(settings);
    let (sender, channel) = EventStream::channel();
    let send = async {
        for _ in 0..3 {
            sender.send(said("a")).await.unwrap();
            tokio::time::sleep(Duration::from_millis(400)).await;
        }
        drop(sender);
    };
    let (response, ()) = tokio::join!(call::<Upload>(&client, channel).into_future(), send);
    assert_eq!(response.unwrap().events, 3);
}

#[tokio::test]
async fn a_sender_waits_while_the_service_does_not_read() {
    const EVENTS: usize = 2000;
    let (may_read, sent) = (Arc::new(Notify::new()), Arc::new(AtomicUsize::new(0)));
    let reads = Arc::clone(&may_read);
    let address = serve(move |request| {
        let reads = Arc::clone(&reads);
        async move {
            reads.notified().await;
            Ok(events(Echo(Messages::of(request)).boxed()))
        }
    })
    .await;
    let (sender, channel) = EventStream::channel();
    let counter = Arc::clone(&sent);
    let sending = tokio::spawn(async move {
        for _ in 0..EVENTS {
            sender.send(heard(vec![0; 16 * 1024])).await.unwrap();
            counter.fetch_add(1, Ordering::Relaxed);
        }
    });
    let client = client(address);
    let reading = async {
        // Much longer than it would take to send all.
        tokio::time::sleep(Duration::from_millis(300)).await;
        let sent = sent.load(Ordering::Relaxed);
        may_read.notify_one();
        sent
    };
    let (response, sent) = tokio::join!(call::<Talk>(&client, channel).into_future(), reading);
    // What connections hold by themselves are windows of a megabyte or so.
    assert!(sent < EVENTS / 4, "{sent} of {EVENTS} were sent to nobody");
    assert_eq!(all(response.unwrap()).await.len(), EVENTS);
    sending.await.unwrap();
}
