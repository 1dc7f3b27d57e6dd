//! The connection of a stream, and timeouts.

use std::time::Duration;

use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::all;
use super::far_end::{FarEnd, Piece, event, initial_response};
use super::service::*;
use crate::service::Client;

const SECOND: Duration = Duration::from_secs(1);

/// A client whose calls and attempts may take ten seconds, and whose connections may not stand still for five.
fn client(far_end: &FarEnd) -> Client {
    let timeouts = TimeoutConfig::builder()
        .operation_timeout(10 * SECOND)
        .operation_attempt_timeout(10 * SECOND)
        .read_timeout(10 * SECOND)
        .build();
    let protection = StalledStreamProtectionConfig::enabled()
        .grace_period(5 * SECOND)
        .build();
    crate::client(
        crate::settings()
            .http_client(far_end.clone())
            .timeout_config(timeouts)
            .stalled_stream_protection(protection),
    )
}

#[tokio::test(start_paused = true)]
async fn no_timeout_and_no_protection_covers_a_stream_that_has_begun() {
    let mut pieces = vec![Piece::Bytes(initial_response())];
    for _ in 0..5 {
        pieces.push(Piece::Pause(3600 * SECOND));
        pieces.push(Piece::Bytes(event("heartbeat", "{}")));
    }
    let mut response = watch(&client(&FarEnd::stream(pieces))).await.unwrap();
    let (events, error) = all(&mut response).await;
    assert!(error.is_none(), "{error:?}");
    assert_eq!(events, vec![heartbeat(); 5]);
}

#[tokio::test(start_paused = true)]
async fn the_operation_timeout_covers_the_way_to_the_first_message() {
    let far_end = FarEnd::stream([Piece::Silence]);
    let error = watch(&client(&far_end)).await.unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "Watch failed: it took longer than 10s, retries included (operation_timeout)"
    );
    assert!(far_end.is_closed());

    let own = TimeoutConfig::builder()
        .operation_timeout(20 * SECOND)
        .build();
    let pieces = || [Piece::Pause(15 * SECOND), Piece::Bytes(initial_response())];
    let client = client(&FarEnd::new([
        (200, "", pieces().into()),
        (200, "", pieces().into()),
        (200, "", pieces().into()),
    ]));
    assert!(watch(&client).await.unwrap_err().is_timeout());
    let response = watch(&client).timeout_config(own).await.unwrap();
    assert_eq!(response.job_id, "job-1");
    let never = TimeoutConfig::disabled();
    watch(&client).timeout_config(never).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_error_response_is_protected_from_standing_still_by_timeouts() {
    let far_end = FarEnd::new([
        (400, "", vec![Piece::Silence]),
        (400, "", vec![Piece::Silence]),
    ]);
    assert!(watch(&client(&far_end)).await.unwrap_err().is_timeout());
}

#[tokio::test]
async fn dropping_a_stream_drops_the_body() {
    let far_end = FarEnd::stream([Piece::Bytes(event("heartbeat", "{}")), Piece::Silence]);
    let mut response = watch(&far_end.client()).await.unwrap();
    assert_eq!(response.events.next().await.unwrap().unwrap(), heartbeat());
    assert!(!far_end.is_closed());
    drop(response);
    assert!(far_end.is_closed());
}

/// Accepts a connection, reads the head of its request and answers with the head of a response without end.
async fn accept(listener: &TcpListener) -> TcpStream {
    let (mut connection, _) = listener.accept().await.unwrap();
    let mut request = Vec::new();
    while !request.ends_with(b"{}") {
        assert_ne!(connection.read_buf(&mut request).await.unwrap(), 0);
    }
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/vnd.amazon.eventstream\r\n\
         transfer-encoding: chunked\r\n\r\n";
    connection.write_all(head.as_bytes()).await.unwrap();
    connection
}

async fn send(connection: &mut TcpStream, bytes: &[u8]) {
    let head = format!("{:x}\r\n", bytes.len());
    let chunk = [head.as_bytes(), bytes, b"\r\n"].concat();
    connection.write_all(&chunk).await.unwrap();
}

#[tokio::test]
async fn events_arrive_one_by_one_and_dropping_the_stream_closes_the_connection() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = crate::client(crate::settings().endpoint_url(url));
    let call = tokio::spawn(async move { watch(&client).await.unwrap() });

    let mut connection = accept(&listener).await;
    send(&mut connection, &initial_response()).await;
    let mut response = call.await.unwrap();
    assert_eq!(response.job_id, "job-1");
    for percent in 0..5 {
        // The next is not sent before this has been read.
        let message = event("progress", &format!(r#"{{"Percent":{percent}}}"#));
        send(&mut connection, &message).await;
        assert_eq!(
            response.events.next().await.unwrap().unwrap(),
            progress(percent)
        );
    }
    drop(response);
    let closed = connection.read(&mut [0]).await;
    assert!(matches!(closed, Ok(0) | Err(_)), "{closed:?}");
}

#[tokio::test]
async fn a_connection_that_is_closed_within_a_stream_is_an_error() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let client = crate::client(crate::settings().endpoint_url(url));
    let call = tokio::spawn(async move { watch(&client).await.unwrap() });

    // At the end of a message, but without the end of the response.
    let mut connection = accept(&listener).await;
    send(&mut connection, &event("heartbeat", "{}")).await;
    let mut response = call.await.unwrap();
    drop(connection);
    let (events, error) = all(&mut response).await;
    assert_eq!(events, [heartbeat()]);
    assert_eq!(
        error.unwrap().to_string(),
        "Watch failed: the response was cut short"
    );
}
