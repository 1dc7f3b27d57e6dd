//! Streams in responses.

use std::time::Duration;

use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use smithy_rt::{EncodedResponse, Operation};

use super::peer::{Connection, Peer};
use super::service::*;
use crate::service::Client;
use crate::streams::far_end::{FarEnd, Piece};

fn client(far_end: &FarEnd) -> Client {
    let settings = crate::settings().http_client(far_end.clone());
    let settings = settings.endpoint_url("https://studio.example");
    Client(smithy_rt::ClientBuilder::new(&settings.build(), &STUDIO).build())
}

fn bytes(bytes: &[u8]) -> Piece {
    Piece::Bytes(bytes.to_vec())
}

/// The head of a response, and so many bytes of its body.
fn half(of: usize) -> Vec<u8> {
    let mut answer = b"HTTP/1.1 200 X\r\nx-title: Scale\r\ncontent-length: 200000\r\n\r\n".to_vec();
    answer.extend(vec![7; of]);
    answer
}

#[tokio::test]
async fn bytes_come_as_they_are_sent() {
    let (sender, receiver) = tokio::sync::oneshot::channel();
    let receiver = std::sync::Mutex::new(Some(receiver));
    let peer = Peer::start(move |_, mut connection: Connection| {
        let receiver = receiver.lock().unwrap().take().unwrap();
        async move {
            connection.head().await;
            connection.write(half(3)).await;
            // The rest comes once the beginning has been read, so it cannot have been waited for.
            receiver.await.unwrap();
            connection.write(vec![8; 199_997]).await;
        }
    });
    let peer = peer.await;
    let mut response = play(&peer.client()).await.unwrap();
    assert_eq!(response.title.as_deref(), Some("Scale"));
    assert_eq!(response.sound.next().await.unwrap().unwrap(), &[7; 3][..]);
    sender.send(()).unwrap();
    let rest = response.sound.collect().await.unwrap().into_bytes();
    assert!(rest == vec![8; 199_997]);
}

#[tokio::test]
async fn a_response_without_a_byte_has_an_empty_stream() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        connection.answer(200, "").await;
    });
    let response = play(&peer.await.client()).await.unwrap();
    assert_eq!(response.sound.collect().await.unwrap().to_vec(), b"");
}

#[tokio::test]
async fn a_body_that_is_cut_is_an_error_of_the_stream() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        connection.write(half(100_000)).await;
    });
    let peer = peer.await;
    let response = play(&peer.client()).await.unwrap();
    response.sound.collect().await.unwrap_err();
    assert_eq!(peer.connections(), 1, "what has begun is not tried again");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_stands_still_is_an_error_of_the_stream() {
    let protection = StalledStreamProtectionConfig::enabled()
        .grace_period(Duration::from_secs(5))
        .build();
    let far_end = FarEnd::new([(200, "audio/flac", vec![bytes(b"do "), Piece::Silence])]);
    let settings = crate::settings()
        .http_client(far_end.clone())
        .endpoint_url("https://studio.example")
        .time_source(Clock(tokio::time::Instant::now()))
        .stalled_stream_protection(protection);
    let client = Client(smithy_rt::ClientBuilder::new(&settings.build(), &STUDIO).build());
    let mut response = play(&client).await.unwrap();
    assert_eq!(&response.sound.next().await.unwrap().unwrap()[..], b"do ");
    let error = response.sound.next().await.unwrap().unwrap_err();
    let text = format!("{error:?}");
    assert!(text.contains("ThroughputBelowMinimum"), "{text}");
}

/// The time of a runtime that is paused.
#[derive(Debug)]
struct Clock(tokio::time::Instant);

impl aws_smithy_async::time::TimeSource for Clock {
    fn now(&self) -> std::time::SystemTime {
        std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.0.elapsed()
    }
}

#[tokio::test(start_paused = true)]
async fn timeouts_of_the_call_end_where_the_body_begins() {
    let pause = || Piece::Pause(Duration::from_secs(4));
    let pieces = vec![bytes(b"do "), pause(), bytes(b"re "), pause(), bytes(b"mi")];
    let far_end = FarEnd::new([(200, "audio/flac", pieces)]);
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(Duration::from_secs(1))
        .operation_attempt_timeout(Duration::from_secs(1));
    let response = play(&client(&far_end)).timeout_config(timeouts.build());
    let sound = response.await.unwrap().sound.collect().await.unwrap();
    assert_eq!(sound.to_vec(), b"do re mi");
}

#[tokio::test]
async fn a_stream_that_is_dropped_closes_the_connection() {
    let far_end = FarEnd::new([(200, "audio/flac", vec![bytes(b"do "), Piece::Silence])]);
    let mut response = play(&client(&far_end)).await.unwrap();
    response.sound.next().await.unwrap().unwrap();
    assert!(!far_end.is_closed());
    drop(response);
    assert!(far_end.is_closed());
}

#[tokio::test]
async fn an_error_is_read_whole_and_tried_again() {
    let busy = br#"{"__type": "BusyException", "Message": "later"}"#;
    let busy = || vec![bytes(&busy[..20]), bytes(&busy[20..])];
    let far_end = FarEnd::new([
        (400, "application/json", busy()),
        (200, "audio/flac", vec![bytes(b"do")]),
    ]);
    let (response, metadata) = play(&client(&far_end)).with_metadata().await.unwrap();
    assert_eq!(metadata.attempts(), 2);
    assert_eq!(metadata.request_id(), Some("request-1"));
    assert_eq!(response.sound.collect().await.unwrap().to_vec(), b"do");

    let far_end = FarEnd::new([400; 3].map(|status| (status, "application/json", busy())));
    let error = play(&client(&far_end)).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Play failed after 3 attempts: BusyException: later (request id request-1)"
    );
}

#[tokio::test]
async fn a_head_that_cannot_be_read_is_an_error_of_the_call() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        let head = "HTTP/1.1 200 X\r\nx-count: many\r\ncontent-length: 1000000\r\n\r\n";
        connection.write(head).await;
        connection.drain().await;
    });
    let error = play(&peer.await.client()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Play failed: the response is not what the model says: the header X-Count: expected an integer of 32 bits"
    );
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn an_operation_reads_a_response_that_is_in_memory() {
    let response = Play::decode(&EncodedResponse::new("do re mi")).unwrap();
    assert_eq!(response.sound.bytes(), Some(&b"do re mi"[..]));
}
