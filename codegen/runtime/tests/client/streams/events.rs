//! Events, read as they were sent.

use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use serde_json::json;
use smithy_rt::{Blob, DateTime, Document};

use super::all;
use super::far_end::{FarEnd, event, initial_response};
use super::service::*;

/// A message with headers of any type.
fn message(
    name: &'static str,
    headers: &[(&'static str, HeaderValue)],
    payload: &'static str,
) -> Vec<u8> {
    let mut message = Message::new(payload.as_bytes())
        .add_header(Header::new(
            ":message-type",
            HeaderValue::String("event".into()),
        ))
        .add_header(Header::new(":event-type", HeaderValue::String(name.into())));
    for (name, value) in headers {
        message = message.add_header(Header::new(*name, value.clone()));
    }
    let mut bytes = Vec::new();
    aws_smithy_eventstream::frame::write_message_to(&message, &mut bytes).unwrap();
    bytes
}

fn unknown(tag: &str, value: Document) -> JobEvent {
    JobEvent::Unknown {
        tag: tag.to_owned(),
        value,
    }
}

/// A stream of all kinds of events, and what it is read as.
fn stream() -> (Vec<u8>, Vec<JobEvent>) {
    let output = [
        ("isLast", HeaderValue::Bool(true)),
        ("byte", HeaderValue::Byte(-1)),
        ("short", HeaderValue::Int16(-300)),
        ("integer", HeaderValue::Int32(70_000)),
        ("long", HeaderValue::Int64(1 << 40)),
        ("digest", HeaderValue::ByteArray(vec![0, 255].into())),
        ("name", HeaderValue::String("a\u{e9}".into())),
        (
            "at",
            HeaderValue::Timestamp(DateTime::from_millis(1_606_272_542_135)),
        ),
        ("other", HeaderValue::Uuid(7)),
    ];
    let read = Output::builder()
        .is_last(true)
        .byte(-1)
        .short(-300)
        .integer(70_000)
        .long(1 << 40)
        .digest(Blob::new([0, 255]))
        .name("a\u{e9}")
        .at(DateTime::from_millis(1_606_272_542_135))
        .bytes(Blob::new("raw \0"));
    let detail = Progress::builder().percent(5).note("half").build();
    let messages = [
        (
            event("progress", r#"{"Percent":1,"Other":[]}"#),
            progress(1),
        ),
        (
            message("output", &output, "raw \0"),
            JobEvent::Output(read.build()),
        ),
        (
            message("output", &[("integer", HeaderValue::Byte(7))], ""),
            JobEvent::Output(Output::builder().integer(7).build()),
        ),
        (
            message("line", &[], "{not JSON"),
            JobEvent::Line(Line::builder().text("{not JSON").build()),
        ),
        (
            event("detail", r#"{"Percent":5,"Note":"half"}"#),
            JobEvent::Detail(Detail::builder().progress(detail).build()),
        ),
        (event("detail", ""), JobEvent::Detail(Detail::default())),
        (event("heartbeat", ""), heartbeat()),
        (event("heartbeat", "{}"), heartbeat()),
        (
            message(
                "marked",
                &[("Mark", HeaderValue::String("m".into()))],
                r#"{"Note":"n"}"#,
            ),
            JobEvent::Marked(Marked::builder().mark("m").note("n").build()),
        ),
        // What is required and missing is corrected.
        (event("progress", r#"{"Note":null}"#), progress(0)),
        (event("progress", ""), progress(0)),
        (
            event("newer", r#"{"a":[1,null]}"#),
            unknown("newer", json!({"a": [1, null]})),
        ),
        (event("newer", "\u{1}"), unknown("newer", json!(null))),
        (event("newer", ""), unknown("newer", json!(null))),
        // Exceptions are of another message type.
        (event("busy", "{}"), unknown("busy", json!({}))),
        // Only the first message can be an initial response.
        (
            event("initial-response", "{}"),
            unknown("initial-response", json!({})),
        ),
    ];
    let (bytes, events): (Vec<_>, Vec<_>) = messages.into_iter().unzip();
    (bytes.concat(), events)
}

#[tokio::test]
async fn each_event_is_read_whatever_pieces_it_comes_in() {
    let (stream, events) = stream();
    let stream = [initial_response(), stream].concat();
    for size in (1..=7).chain([64, stream.len()]) {
        let far_end = FarEnd::in_pieces(&stream, size);
        let mut response = watch(&far_end.client()).await.unwrap();
        assert_eq!(
            (&*response.job_id, response.queue_length),
            ("job-1", Some(3))
        );
        let (read, error) = all(&mut response).await;
        assert!(error.is_none(), "{error:?}");
        assert_eq!(read, events, "{size} bytes at a time");
        assert!(far_end.is_closed());
    }
}

#[tokio::test]
async fn without_an_initial_response_the_other_members_are_zero_and_no_event_is_lost() {
    let (stream, events) = stream();
    for size in 1..=7 {
        let far_end = FarEnd::in_pieces(&stream, size);
        let mut response = watch(&far_end.client()).await.unwrap();
        assert_eq!((&*response.job_id, response.queue_length), ("", None));
        assert_eq!(all(&mut response).await.0, events);
    }
}

#[tokio::test]
async fn an_initial_response_is_corrected() {
    for (payload, job_id) in [
        ("", ""),
        ("{}", ""),
        (r#"{"JobId":null,"New":1}"#, ""),
        (r#"{"JobId":"a"}"#, "a"),
    ] {
        let far_end = FarEnd::bytes(&event("initial-response", payload));
        let mut response = watch(&far_end.client()).await.unwrap();
        assert_eq!(response.job_id, job_id);
        assert!(response.events.next().await.is_none());
    }
    let far_end = FarEnd::bytes(&event("initial-response", r#"{"JobId":7}"#));
    assert_eq!(
        watch(&far_end.client()).await.unwrap_err().to_string(),
        "Watch failed: the response is not what the model says: JobId: found an integer, expected a string \
         (request id request-1)"
    );
}

#[tokio::test]
async fn a_stream_may_have_no_events() {
    let mut response = watch(&FarEnd::bytes(&[]).client()).await.unwrap();
    assert!(response.events.next().await.is_none());
}

#[tokio::test]
async fn the_bytes_of_a_message_are_as_specified() {
    // Written by hand: an event `line` with the payload `hi`.
    let bytes = b"\0\0\0\x3b\0\0\0\x29\
        \xf1\x61\xce\x92\
        \x0d:message-type\x07\0\x05event\x0b:event-type\x07\0\x04line\
        hi\
        \xd3\x38\xe3\xa3";
    assert_eq!(bytes.len(), 0x3b);
    let mut response = watch(&FarEnd::bytes(bytes).client()).await.unwrap();
    let (events, error) = all(&mut response).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(
        events,
        [JobEvent::Line(Line {
            text: "hi".to_owned()
        })]
    );
}

#[tokio::test]
async fn a_stream_shows_nothing_of_its_events_and_can_go_anywhere() {
    fn assert_moves<T: Send + Sync + Unpin + 'static>(_: &T) {}

    let secret = event("line", "secret");
    let response = watch(&FarEnd::bytes(&secret).client()).await.unwrap();
    assert_moves(&response);
    let shown = format!("{response:?}");
    assert!(
        !shown.contains("secret") && shown.contains("EventStream"),
        "{shown}"
    );
}

#[tokio::test]
async fn a_stream_is_a_stream() {
    use futures_core::Stream;
    use std::pin::Pin;

    let far_end = FarEnd::in_pieces(&event("heartbeat", ""), 10);
    let mut response = watch(&far_end.client()).await.unwrap();
    let next = std::future::poll_fn(|context| Pin::new(&mut response.events).poll_next(context));
    assert_eq!(next.await.unwrap().unwrap(), heartbeat());
}
