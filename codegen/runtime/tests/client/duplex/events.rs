//! Events on their way to a service, and back.

use aws_smithy_types::event_stream::HeaderValue;
use smithy_rt::{DateTime, Document, EventStream, UnmodeledError};

use super::http2::{client, serve, whole};
use super::peer::Messages;
use super::service::*;
use super::{all, call, count, echo, events, text};
use crate::service::{BusyException, ServiceError, ValidationException};

fn sample() -> Vec<TalkEvent> {
    let at = DateTime::from_millis(1_606_272_542_135);
    vec![
        said("hello"),
        TalkEvent::Said(Said::builder().text("").at(at).build()),
        heard(b"raw \0".to_vec()),
        TalkEvent::Heard(Heard::default()),
        heard(vec![7; 100_000]),
        TalkEvent::Unknown {
            tag: "newer".to_owned(),
            value: Document::from("a"),
        },
    ]
}

fn given() -> EventStream<TalkEvent> {
    EventStream::from_events(sample().into_iter().map(Ok))
}

#[tokio::test]
async fn events_go_out_and_come_back_in_every_protocol() {
    let client = client(echo().await);
    let mut responses = vec![
        call::<Talk>(&client, given()).await.unwrap(),
        call::<TalkUnsigned>(&client, given()).await.unwrap(),
        call::<TalkMaybeSigned>(&client, given()).await.unwrap(),
        call::<TalkInJson>(&client, given()).await.unwrap(),
        call::<TalkInCbor>(&client, given()).await.unwrap(),
    ];
    for response in responses.drain(..) {
        assert_eq!(response.topic, "jobs");
        assert_eq!(all(response).await, sample());
    }
}

/// XML has no numbers among what the model does not know.
#[tokio::test]
async fn events_of_the_model_go_out_and_come_back_in_xml() {
    let client = client(echo().await);
    let known = || {
        let is_known = |event: &TalkEvent| !matches!(event, TalkEvent::Unknown { .. });
        sample().into_iter().filter(is_known)
    };
    let given = EventStream::from_events(known().map(Ok));
    let response = call::<TalkInXml>(&client, given).await.unwrap();
    assert_eq!(response.topic, "jobs");
    assert_eq!(all(response).await, known().collect::<Vec<_>>());
}

#[tokio::test]
async fn only_what_is_signed_has_signed_events() {
    let address = serve(|request| async {
        let messages = Messages::of(request);
        let signed = messages.is_signed();
        let answer = super::event_message(
            [(":message-type", "event"), (":event-type", "said")],
            format!("{{\"Text\":\"{signed}\"}}"),
        );
        Ok(events(whole(answer.unwrap())))
    })
    .await;
    let mut unsigned = crate::settings()
        .endpoint_url(format!("http://{address}"))
        .http_client(super::http2::Http2);
    unsigned.set_credentials_provider(None);
    let unsigned = unsigned.build();
    let (signed, unsigned) = (client(address), crate::service::Client::new(&unsigned));
    for (response, expected) in [
        (call::<Talk>(&signed, given()), "true"),
        (call::<TalkMaybeSigned>(&signed, given()), "true"),
        (call::<TalkMaybeSigned>(&unsigned, given()), "false"),
        (call::<TalkUnsigned>(&signed, given()), "false"),
    ] {
        assert_eq!(all(response.await.unwrap()).await, [said(expected)]);
    }
}

#[tokio::test]
async fn a_stream_feeds_a_request_whatever_it_is_made_from() {
    let client = client(echo().await);
    let expected = sample();

    let echoed = call::<Talk>(&client, given()).await.unwrap();
    let forwarded = call::<TalkInCbor>(&client, echoed.events).await.unwrap();
    assert_eq!(all(forwarded).await, expected);

    let stream = futures_stream(sample());
    let response = call::<Talk>(&client, EventStream::from_stream(stream)).await;
    assert_eq!(all(response.unwrap()).await, expected);

    let (sender, channel) = EventStream::channel();
    let mut response = call::<Talk>(&client, channel).await.unwrap();
    for event in &expected {
        sender.clone().send(event.clone()).await.unwrap();
        let back = response.events.next().await.unwrap().unwrap();
        assert_eq!(back, *event);
    }
    drop(sender);
    assert!(response.events.next().await.is_none());

    let empty = call::<Talk>(&client, EventStream::default()).await.unwrap();
    assert_eq!(all(empty).await, []);
}

/// A stream that is pending before each event.
fn futures_stream(
    events: Vec<TalkEvent>,
) -> impl futures_core::Stream<Item = Result<TalkEvent, ServiceError>> {
    struct Slow(std::vec::IntoIter<TalkEvent>, bool);

    impl futures_core::Stream for Slow {
        type Item = Result<TalkEvent, ServiceError>;

        fn poll_next(
            mut self: std::pin::Pin<&mut Self>,
            context: &mut std::task::Context<'_>,
        ) -> std::task::Poll<Option<Self::Item>> {
            self.1 = !self.1;
            if self.1 {
                context.waker().wake_by_ref();
                return std::task::Poll::Pending;
            }
            std::task::Poll::Ready(self.0.next().map(Ok))
        }
    }

    Slow(events.into_iter(), false)
}

#[tokio::test]
async fn a_request_may_have_events_where_the_response_has_none() {
    let client = client(serve(count).await);
    let (sender, channel) = EventStream::channel();
    let send = async {
        for _ in 0..50 {
            sender.send(said("a")).await.unwrap();
        }
        drop(sender);
    };
    let (response, ()) = tokio::join!(call::<Upload>(&client, channel).into_future(), send);
    assert_eq!(response.unwrap().events, 50);
}

#[tokio::test]
async fn a_service_is_told_the_error_that_a_stream_ends_with() {
    let address = serve(|request| async {
        let mut messages = Messages::of(request);
        let first = messages.next().await.unwrap();
        assert_eq!(text(&first, ":event-type"), "said");
        let last = messages.next().await.unwrap();
        assert!(messages.next().await.is_none());
        let named = match text(&last, ":message-type") {
            "exception" => {
                assert_eq!(text(&last, ":content-type"), "application/json");
                let payload = std::str::from_utf8(last.payload()).unwrap();
                format!("{} {payload}", text(&last, ":exception-type"))
            }
            "error" => format!(
                "{} {}",
                text(&last, ":error-code"),
                text(&last, ":error-message")
            ),
            other => panic!("{other}"),
        };
        let answer = super::event_message(
            [(":message-type", "event"), (":event-type", "heard")],
            named,
        );
        Ok(events(whole(answer.unwrap())))
    })
    .await;
    let client = client(address);
    let busy = BusyException {
        message: Some("later".to_owned()),
    };
    let invalid = ValidationException {
        message: Some("no".to_owned()),
    };
    let unmodeled = UnmodeledError::new(200, "Broken", "no luck");
    for (error, told) in [
        (
            ServiceError::BusyException(busy.clone()),
            r#"busy {"Message":"later"}"#,
        ),
        // It is none of the union's.
        (
            ServiceError::ValidationException(invalid),
            "ValidationException no",
        ),
        (ServiceError::Unmodeled(unmodeled), "Broken no luck"),
    ] {
        let given = [Ok(said("a")), Err(error.clone()), Ok(said("never"))];
        let given = EventStream::from_events(given);
        let response = call::<Talk>(&client, given).await.unwrap();
        assert_eq!(all(response).await, [heard_text(told)]);

        let (sender, channel) = EventStream::channel();
        sender.send(said("a")).await.unwrap();
        sender.fail(error).await.unwrap();
        let response = call::<Talk>(&client, channel).await.unwrap();
        assert_eq!(all(response).await, [heard_text(told)]);
        assert!(sender.send(said("b")).await.is_err());
    }
}

fn heard_text(text: &str) -> TalkEvent {
    TalkEvent::Heard(Heard::builder().sound(text.as_bytes().to_vec()).build())
}

#[tokio::test]
async fn events_are_written_as_specified() {
    let address = serve(|request| async {
        let mut messages = Messages::of(request);
        let said = messages.next().await.unwrap();
        let names: Vec<_> = said
            .headers()
            .iter()
            .map(|header| header.name().as_str().to_owned())
            .collect();
        assert_eq!(
            names,
            [":message-type", ":event-type", ":content-type", "At"]
        );
        assert_eq!(text(&said, ":content-type"), "application/json");
        assert_eq!(&said.payload()[..], br#"{"Text":"a"}"#);
        let heard = messages.next().await.unwrap();
        assert_eq!(text(&heard, ":content-type"), "application/octet-stream");
        assert_eq!(heard.headers()[3].value(), &HeaderValue::Int16(-3));
        Ok(events(whole("")))
    })
    .await;
    let at = DateTime::from_secs(0);
    let said = TalkEvent::Said(Said::builder().text("a").at(at).build());
    let given = EventStream::from_events([Ok(said), Ok(heard(*b"a"))]);
    let response = call::<Talk>(&client(address), given).await.unwrap();
    assert_eq!(all(response).await, []);
}

#[tokio::test]
async fn a_required_header_of_the_response_has_to_be_there() {
    let address = serve(|_| async { Ok(http::Response::new(whole(""))) }).await;
    let error = call::<Talk>(&client(address), given()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Talk failed: the response is not what the model says: the header x-topic is missing, which is required"
    );
}
