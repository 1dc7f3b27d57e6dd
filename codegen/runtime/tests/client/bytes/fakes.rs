//! Fakes of operations with streams of bytes.

use smithy_rt::fake::{Fake, http_response};
use smithy_rt::{ByteStream, ClientBuilder};

use super::service::*;
use super::{End, pieces};
use crate::service::{Client, StartJobError, ValidationException};

fn client(fake: &Fake) -> Client {
    Client(ClientBuilder::new(&fake.config(), &STUDIO).build())
}

async fn collected(stream: ByteStream) -> Vec<u8> {
    stream.collect().await.unwrap().to_vec()
}

#[tokio::test]
async fn a_fake_sees_the_bytes_that_are_sent() {
    let fake = Fake::new();
    fake.on::<Record>(|request| {
        let length = request.sound.bytes().unwrap().len();
        Ok(RecordResponse {
            length: i64::try_from(length).ok(),
        })
    });
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), b"do re mi").unwrap();
    let file = ByteStream::from_path(file.path()).await.unwrap();
    let unknown = pieces([&b"do "[..], b"re ", b"mi"], End::Whole);
    for sound in [ByteStream::from_static(b"do re mi"), file, unknown] {
        let mut request = tape(sound);
        request.title = Some("Scale".into());
        let response = record::<Record>(&client(&fake), request).await.unwrap();
        assert_eq!(response.length, Some(8));
    }
    // As often as one likes.
    for _ in 0..2 {
        let seen = fake.requests::<Record>();
        assert_eq!(seen.len(), 3);
        for request in seen {
            assert_eq!(
                (&*request.name, request.title.as_deref()),
                ("one", Some("Scale"))
            );
            assert_eq!(collected(request.sound).await, b"do re mi");
        }
    }
}

#[tokio::test]
async fn a_fake_sees_a_stream_that_breaks() {
    let fake = Fake::new();
    fake.on::<Record>(|_| Ok(RecordResponse { length: None }));
    let request = tape(pieces([&b"do "[..]], End::Break));
    let error = record::<Record>(&client(&fake), request).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Record failed: the stream in the request could not be read: Input/output error (os error 5)"
    );
    assert_eq!(fake.calls(), [""; 0]);
}

#[tokio::test]
async fn a_fake_answers_with_a_stream() {
    let fake = Fake::new();
    let tape = |sound: ByteStream| PlayResponse::builder().title("Scale").sound(sound).build();
    fake.on_each::<Play>([
        Ok(tape(ByteStream::from_static(b"do re mi"))),
        Ok(tape(pieces([&b"do "[..], b"re ", b"mi"], End::Whole))),
        Ok(tape(pieces([&b"do "[..]], End::Break))),
        Err(StartJobError::ValidationException(ValidationException {
            message: Some("no such tape".into()),
        })),
    ]);
    let client = client(&fake);
    for _ in 0..2 {
        let response = play(&client).await.unwrap();
        assert_eq!(response.title.as_deref(), Some("Scale"));
        assert_eq!(collected(response.sound).await, b"do re mi");
    }
    let response = play(&client).await.unwrap();
    response.sound.collect().await.unwrap_err();
    let error = play(&client).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Play failed: ValidationException: no such tape (request id fake-4)"
    );
    assert_eq!(fake.requests::<Play>().len(), 4);
}

#[tokio::test]
async fn a_server_of_ones_own_has_the_stream_as_the_body() {
    let response = PlayResponse::builder().sound(b"do".to_vec()).build();
    let response = http_response::<Play>(Ok(response)).unwrap();
    assert_eq!(response.body().bytes(), Some(&b"do"[..]));
}
