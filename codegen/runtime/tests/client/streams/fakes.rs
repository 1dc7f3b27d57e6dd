//! Streams that a test scripts.

use aws_smithy_eventstream::frame::read_message_from;
use smithy_rt::fake::{Fake, http_response};
use smithy_rt::{Blob, ClientBuilder, DateTime, EventStream, UnmodeledError};

use super::all;
use super::far_end::{FarEnd, Piece};
use super::service::*;
use crate::service::{
    BusyException, InternalException, ServiceError, StartJobError, ValidationException,
};

fn events() -> Vec<JobEvent> {
    let output = Output::builder()
        .is_last(false)
        .byte(1)
        .short(2)
        .integer(3)
        .long(1 << 40)
        .digest(Blob::new([1]))
        .name("n")
        .at(DateTime::from_secs(7))
        .bytes(Blob::new([0, 1, 2]));
    let detail = Progress::builder().percent(5).build();
    vec![
        progress(1),
        JobEvent::Output(output.build()),
        JobEvent::Output(Output::builder().integer(3).build()),
        JobEvent::Line(Line {
            text: "a\nb".into(),
        }),
        JobEvent::Detail(Detail::builder().progress(detail).build()),
        JobEvent::Detail(Detail::default()),
        heartbeat(),
        JobEvent::Marked(Marked::builder().mark("m").note("n").build()),
        JobEvent::Unknown {
            tag: "newer".into(),
            value: serde_json::json!({"a": 1}),
        },
    ]
}

fn response(
    events: impl IntoIterator<Item = Result<JobEvent, ServiceError>, IntoIter: Send + 'static>,
) -> WatchResponse {
    WatchResponse::builder()
        .job_id("job-1")
        .events(EventStream::from_events(events))
        .build()
}

fn busy() -> ServiceError {
    ServiceError::BusyException(BusyException {
        message: Some("later".into()),
    })
}

#[tokio::test]
async fn a_fake_answers_with_a_stream() {
    let fake = Fake::new();
    fake.on::<Watch>(|_| Ok(response(events().into_iter().map(Ok))));

    let mut received = watch(&fake.client()).await.unwrap();
    assert_eq!(received.job_id, "job-1");
    let (read, error) = all(&mut received).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(read, events());
    assert_eq!(fake.calls(), ["Watch"]);
}

#[tokio::test]
async fn a_fake_answers_in_the_format_of_the_service() {
    let answer = http_response::<WatchInCbor>(Ok(response([Ok(progress(300)), Err(busy())])));
    let mut answer = answer.unwrap();
    let bytes = http_body_of(answer.body_mut()).await;
    let far_end = FarEnd::stream([Piece::Bytes(bytes)]);
    let config = crate::settings().http_client(far_end.clone()).build();
    let client: smithy_rt::Client = ClientBuilder::new(&config, &IN_CBOR).build();

    let mut received = watch_in_cbor(&client).await.unwrap();
    assert_eq!(received.job_id, "job-1");
    let (read, error) = all(&mut received).await;
    assert_eq!(read, [progress(300)]);
    assert_eq!(error.unwrap().as_service_error(), Some(&busy()));
    let requests = far_end.requests.lock().unwrap();
    assert_eq!(
        requests[0].headers().get("accept"),
        Some("application/vnd.amazon.eventstream")
    );
}

#[tokio::test]
async fn a_payload_has_its_media_type() {
    let all = || response(events().into_iter().map(Ok).chain([Err(busy())]));
    let in_json = http_response::<Watch>(Ok(all())).unwrap();
    let in_cbor = http_response::<WatchInCbor>(Ok(all())).unwrap();
    for (mut answer, of_codec) in [(in_json, "application/json"), (in_cbor, "application/cbor")] {
        let mut bytes = &http_body_of(answer.body_mut()).await[..];
        let mut types = Vec::new();
        while !bytes.is_empty() {
            let message = read_message_from(&mut bytes).unwrap();
            let headers = message.headers().iter();
            let value = |name| {
                let mut named = headers
                    .clone()
                    .filter(|header| header.name().as_str() == name);
                let value = named.next()?.value().as_string().ok()?;
                assert_eq!(named.next(), None, "{name} comes twice");
                Some(value.as_str().to_owned())
            };
            let name = value(":event-type").or(value(":exception-type"));
            let found = value(":content-type");
            assert_eq!(found.is_none(), message.payload().is_empty(), "{message:?}");
            types.push((name.unwrap(), found));
        }
        let mut expected = vec![
            ("initial-response", Some(of_codec)),
            ("progress", Some(of_codec)),
            ("output", Some("application/octet-stream")),
            ("output", None),
            ("line", Some("text/plain")),
            ("detail", Some(of_codec)),
            ("detail", None),
            ("heartbeat", Some(of_codec)),
            ("marked", Some(of_codec)),
            ("newer", Some(of_codec)),
            ("busy", Some(of_codec)),
        ];
        let expected = expected
            .drain(..)
            .map(|(name, found)| (name.to_owned(), found.map(str::to_owned)));
        assert_eq!(types, expected.collect::<Vec<_>>());
    }
}

async fn http_body_of(body: &mut aws_smithy_types::body::SdkBody) -> Vec<u8> {
    let body = std::mem::replace(body, aws_smithy_types::body::SdkBody::taken());
    let bytes = aws_smithy_types::byte_stream::ByteStream::new(body);
    bytes.collect().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_scripted_stream_ends_with_its_error() {
    let unmodeled = ServiceError::Unmodeled(UnmodeledError::new(200, "Broken", "no luck"));
    for error in [busy(), unmodeled] {
        let fake = Fake::new();
        let last = error.clone();
        fake.on::<Watch>(move |_| {
            Ok(response([
                Ok(heartbeat()),
                Err(last.clone()),
                Ok(heartbeat()),
            ]))
        });
        let mut received = watch(&fake.client()).await.unwrap();
        let (events, ended) = all(&mut received).await;
        assert_eq!(events, [heartbeat()]);
        let ended = ended.unwrap();
        assert_eq!(ended.as_service_error(), Some(&error));
        let text = format!("Watch failed: {error} (request id fake-1)");
        assert_eq!(ended.to_string(), text);
    }
}

#[tokio::test]
async fn a_script_may_go_on_for_ever() {
    let fake = Fake::new();
    fake.on::<Watch>(|_| Ok(response((0..).map(|percent| Ok(progress(percent))))));
    let mut received = watch(&fake.client()).await.unwrap();
    for percent in 0..100 {
        assert_eq!(
            received.events.next().await.unwrap().unwrap(),
            progress(percent)
        );
    }
}

#[tokio::test]
async fn a_fake_answers_with_an_error_instead() {
    let fake = Fake::new();
    fake.on::<Watch>(|_| {
        Err(StartJobError::BusyException(BusyException {
            message: None,
        }))
    });
    let error = watch(&fake.client()).await.unwrap_err();
    assert_eq!(error.code(), Some("BusyException"));
}

#[tokio::test]
async fn a_stream_needs_no_service() {
    let mut scripted = response([Ok(heartbeat()), Err(busy()), Ok(heartbeat())]);
    let (events, error) = all(&mut scripted).await;
    assert_eq!(events, [heartbeat()]);
    let error = error.unwrap();
    assert_eq!(error.as_service_error(), Some(&busy()));
    assert_eq!(error.to_string(), "the call failed: BusyException: later");
    assert!(error.is_retryable());

    for (error, is_retryable) in [
        (InternalException { message: None }.into(), true),
        (ValidationException { message: None }.into(), false),
    ] {
        let (_, error) = all(&mut response([Err(error)])).await;
        assert_eq!(error.unwrap().is_retryable(), is_retryable);
    }

    let mut empty = response([]);
    assert!(empty.events.next().await.is_none());
}

#[tokio::test]
async fn a_stream_that_is_received_can_be_sent_on() {
    let fake = Fake::new();
    fake.on::<Watch>(|_| Ok(response([Ok(heartbeat()), Err(busy())])));
    let received = watch(&fake.client()).await.unwrap();
    fake.on_each::<Watch>([Ok(received)]);
    let mut received = watch(&fake.client()).await.unwrap();
    let (events, error) = all(&mut received).await;
    assert_eq!(events, [heartbeat()]);
    assert_eq!(error.unwrap().as_service_error(), Some(&busy()));
}
