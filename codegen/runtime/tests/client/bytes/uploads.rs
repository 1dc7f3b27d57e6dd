//! Streams in requests.

use std::time::Duration;

use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use smithy_rt::{ByteStream, Operation};

use super::peer::{Connection, Peer};
use super::service::*;
use super::{End, pieces};

/// A server that reads one body of a known length, and shows the head of its request and that body.
async fn sent<O>(request: RecordRequest) -> (String, Vec<u8>)
where
    O: Operation<
            Request = RecordRequest,
            Response = RecordResponse,
            Error = crate::service::StartJobError,
        >,
{
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let peer = Peer::start(move |_, mut connection: Connection| {
        let sender = sender.clone();
        async move {
            let head = connection.head().await;
            let body = match header(&head, "content-length") {
                Some(length) => connection.read(length.parse().unwrap()).await,
                None => connection.read_chunks().await,
            };
            sender.send((head, body)).unwrap();
            connection.answer(200, r#"{"length": 7}"#).await;
        }
    })
    .await;
    let response = record::<O>(&peer.client(), request).await.unwrap();
    assert_eq!(response.length, Some(7));
    receiver.recv().await.unwrap()
}

fn header<'h>(head: &'h str, name: &str) -> Option<&'h str> {
    let lines = head.lines().filter_map(|line| line.split_once(": "));
    let mut values = lines.filter(|(known, _)| *known == name);
    let value = values.next().map(|(_, value)| value);
    assert!(values.next().is_none(), "{name} twice in {head}");
    value
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

#[tokio::test]
async fn bytes_in_memory_are_sent_and_signed() {
    let mut request = tape(b"do re mi".to_vec());
    request.title = Some("Scale".into());
    let (head, body) = sent::<Record>(request).await;
    assert_eq!(body, b"do re mi");
    assert!(head.starts_with("put /tapes/one http/1.1\r\n"), "{head}");
    assert_eq!(
        header(&head, "content-type"),
        Some("application/octet-stream")
    );
    assert_eq!(header(&head, "content-length"), Some("8"));
    assert_eq!(header(&head, "transfer-encoding"), None);
    assert_eq!(header(&head, "x-title"), Some("scale"));
    assert!(header(&head, "authorization").is_some());
    assert_eq!(header(&head, "x-amz-content-sha256"), None);
}

#[tokio::test]
async fn a_file_is_sent_with_its_length() {
    let file = file(&[7; 100_000]);
    let sound = ByteStream::from_path(file.path()).await.unwrap();
    let (head, body) = sent::<RecordKnown>(tape(sound)).await;
    assert!(body == [7; 100_000]);
    assert_eq!(header(&head, "content-length"), Some("100000"));
}

#[tokio::test]
async fn a_body_of_unknown_length_is_sent_in_chunks() {
    let sound = pieces([&b"do "[..], b"re ", b"mi"], End::Whole);
    let (head, body) = sent::<RecordFlac>(tape(sound)).await;
    assert_eq!(body, b"do re mi");
    assert_eq!(header(&head, "transfer-encoding"), Some("chunked"));
    assert_eq!(header(&head, "content-type"), Some("audio/flac"));
}

#[tokio::test]
async fn a_stream_without_bytes_is_sent() {
    let (head, body) = sent::<RecordKnown>(tape(ByteStream::default())).await;
    assert_eq!(body, b"");
    assert_eq!(header(&head, "content-length"), Some("0"));
}

#[tokio::test]
async fn members_that_are_headers_of_the_body_come_first() {
    let mut request = tape(pieces([&b"do re mi"[..]], End::Whole));
    request.content_type = Some("audio/ogg".into());
    request.length = Some(8);
    let (head, body) = sent::<RecordKnown>(request).await;
    assert_eq!(body, b"do re mi");
    assert_eq!(header(&head, "content-type"), Some("audio/ogg"));
    assert_eq!(header(&head, "content-length"), Some("8"));
}

#[tokio::test]
async fn a_length_that_is_needed_and_unknown_is_an_error_before_anything_is_sent() {
    let peer = Peer::start(|_, mut connection: Connection| async move { connection.drain().await });
    let peer = peer.await;
    let request = tape(pieces([&b"do"[..]], End::Whole));
    let error = record::<RecordKnown>(&peer.client(), request)
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "RecordKnown was not sent: the service has to be told how long the stream is, which this \
         one does not know: take bytes in memory, `ByteStream::from_path`, or a body with an exact size hint"
    );
    assert_eq!((error.attempts(), peer.connections()), (0, 0));
}

#[tokio::test]
async fn a_payload_may_be_left_out_of_the_signature() {
    for sound in [
        ByteStream::from_static(b"do"),
        pieces([&b"do"[..]], End::Whole),
    ] {
        let (head, body) = sent::<RecordUnsigned>(tape(sound)).await;
        assert_eq!(body, b"do");
        assert_eq!(
            header(&head, "x-amz-content-sha256"),
            Some("unsigned-payload")
        );
        let authorization = header(&head, "authorization").unwrap();
        assert!(authorization.contains("x-amz-content-sha256"), "{head}");
    }
}

#[tokio::test]
async fn a_checksum_needs_the_bytes_in_memory() {
    let (head, _) = sent::<RecordChecked>(tape(ByteStream::from_static(b"do"))).await;
    // In lower case, as the whole head is.
    assert_eq!(
        header(&head, "content-md5"),
        Some("1febjojwdsnfqc9rs0o8vw==")
    );

    let peer = Peer::start(|_, mut connection: Connection| async move { connection.drain().await });
    let peer = peer.await;
    let request = tape(pieces([&b"do"[..]], End::Whole));
    let error = record::<RecordChecked>(&peer.client(), request)
        .await
        .unwrap_err();
    assert!(
        error.to_string().contains("have to be in memory for it"),
        "{error}"
    );
    assert_eq!(peer.connections(), 0);
}

/// A server that has no time for the first two requests.
async fn busy() -> Peer {
    Peer::start(|before, mut connection: Connection| async move {
        let head = connection.head().await;
        let body = match header(&head, "content-length") {
            Some(length) => connection.read(length.parse().unwrap()).await,
            None => connection.read_chunks().await,
        };
        assert_eq!(body, b"do re mi");
        match before {
            0 | 1 => {
                connection
                    .write("HTTP/1.1 503 X\r\nconnection: close\r\ncontent-length: 0\r\n\r\n")
                    .await
            }
            _ => connection.answer(200, r#"{"length": 7}"#).await,
        }
    })
    .await
}

#[tokio::test]
async fn what_can_be_read_again_is_tried_again() {
    let file = file(b"do re mi");
    let file = ByteStream::from_path(file.path()).await.unwrap();
    for sound in [ByteStream::from_static(b"do re mi"), file] {
        let peer = busy().await;
        let call = record::<Record>(&peer.client(), tape(sound)).with_metadata();
        let (response, metadata) = call.await.unwrap();
        assert_eq!((response.length, metadata.attempts()), (Some(7), 3));
    }
}

#[tokio::test]
async fn what_cannot_be_read_again_is_tried_once() {
    let peer = busy().await;
    let request = tape(pieces([&b"do re mi"[..]], End::Whole));
    let error = record::<Record>(&peer.client(), request).await.unwrap_err();
    assert_eq!((error.attempts(), peer.connections()), (1, 1));
    assert_eq!(
        error.to_string(),
        "Record failed: HTTP status 503: the response has no body"
    );
    assert!(error.is_retryable(), "by a caller who has the bytes");
}

#[tokio::test]
async fn a_refusal_half_way_is_the_services_error() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        connection.read(100_000).await;
        let refusal = r#"{"__type": "ValidationException", "Message": "not this song"}"#;
        connection.answer(403, refusal).await;
        connection.drain().await;
    });
    let peer = peer.await;
    // To sign that much would take its time.
    let file = file(&vec![7; 20_000_000]);
    let file = ByteStream::from_path(file.path()).await.unwrap();
    let endless = pieces(std::iter::repeat_n(&[7; 10_000][..], 2_000), End::Silence);
    for sound in [ByteStream::from(vec![7; 20_000_000]), file, endless] {
        let error = record::<RecordUnsigned>(&peer.client(), tape(sound))
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            "RecordUnsigned failed: ValidationException: not this song (request id request-1)"
        );
        assert_eq!(error.attempts(), 1);
    }
}

#[tokio::test]
async fn a_connection_that_is_cut_is_an_error() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        connection.read(100_000).await;
    });
    let peer = peer.await;
    let cut = |sound| record::<RecordUnsigned>(&peer.client(), tape(sound)).into_future();
    let many = || std::iter::repeat_n(&[7; 10_000][..], 2_000);
    let error = cut(pieces(many(), End::Whole)).await.unwrap_err();
    assert_eq!((error.attempts(), peer.connections()), (1, 1));
    assert!(error.is_retryable(), "{error}");
    let error = cut(vec![7; 20_000_000].into()).await.unwrap_err();
    assert_eq!((error.attempts(), peer.connections()), (3, 4), "{error}");
}

#[tokio::test]
async fn a_stream_of_the_callers_that_breaks_is_an_error_that_says_why() {
    let peer = Peer::start(|_, mut connection: Connection| async move {
        connection.head().await;
        connection.drain().await;
    });
    let peer = peer.await;
    let request = tape(pieces([&b"do "[..], b"re"], End::Break));
    let error = record::<Record>(&peer.client(), request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Record failed: the stream in the request could not be read: Input/output error (os error 5)"
    );
    assert_eq!((error.attempts(), peer.connections()), (1, 1));
}

#[tokio::test]
async fn an_upload_that_stands_still_is_an_error() {
    let peer = Peer::start(|_, connection: Connection| async move {
        tokio::time::sleep(Duration::from_secs(60)).await;
        drop(connection);
    });
    let peer = peer.await;
    let protection = StalledStreamProtectionConfig::enabled()
        .grace_period(Duration::from_millis(200))
        .build();
    let client = peer.client_with(|it| it.stalled_stream_protection(protection));
    let request = tape(pieces(
        std::iter::repeat_n(&[7; 10_000][..], 2_000),
        End::Whole,
    ));
    let error = record::<Record>(&client, request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Record failed: the request stood still: minimum throughput was specified at 1 B/s, but throughput of 0 B/s was \
         observed (stalled_stream_protection)"
    );
    assert!(error.is_timeout() && error.is_retryable());
    assert_eq!(error.attempts(), 1);
}

#[tokio::test]
async fn a_call_that_is_dropped_closes_the_connection() {
    let (sender, mut receiver) = tokio::sync::mpsc::unbounded_channel();
    let peer = Peer::start(move |_, mut connection: Connection| {
        let sender = sender.clone();
        async move {
            connection.head().await;
            sender.send(()).unwrap();
            connection.drain().await;
            sender.send(()).unwrap();
        }
    });
    let peer = peer.await;
    let request = tape(pieces([&b"do"[..]], End::Silence));
    let call = tokio::spawn(record::<Record>(&peer.client(), request).into_future());
    receiver.recv().await.unwrap();
    call.abort();
    receiver.recv().await.unwrap();
}

#[tokio::test]
async fn nothing_shows_the_bytes() {
    let request = tape(b"my secret".to_vec());
    assert_eq!(
        format!("{request:?}"),
        r#"RecordRequest { name: "one", sound: ByteStream(9 bytes), .. }"#
    );
    let unknown = tape(pieces([&b"do"[..]], End::Whole));
    assert!(format!("{unknown:?}").contains("sound: ByteStream(..)"));
    let builder = RecordRequest::builder().sound(b"my secret".to_vec());
    assert!(!format!("{builder:?}").contains("secret"), "{builder:?}");
    let client = crate::client(crate::settings());
    let call = record::<RecordSecretly>(&client, request);
    assert!(!format!("{call:?}").contains("secret"), "{call:?}");
}
