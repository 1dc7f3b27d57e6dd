//! The crate for `../fixtures/byte_streams.json`, and what its users do with it: requests and responses that are streams of bytes.

#![allow(dead_code)]

include!(concat!(env!("OUT_DIR"), "/byte_streams/src/lib.rs"));

#[cfg(test)]
mod tests {
    use smithy_rt::protocol_test::{self, Answer};

    use crate::fake::Fake;
    use crate::*;

    fn record() -> RecordInput {
        RecordInput::builder()
            .name("scale")
            .sound(b"do re mi".to_vec())
            .build()
    }

    fn play() -> PlayInput {
        PlayInput::builder().name("scale").build()
    }

    #[tokio::test]
    async fn bytes_go_there_and_back() {
        let fake = Fake::new();
        fake.on::<Record>(|request| {
            let length = request.sound.bytes().map(<[u8]>::len);
            let length = length.and_then(|length| i64::try_from(length).ok());
            Ok(RecordOutput::builder().maybe_length(length).build())
        });
        fake.on::<Play>(|request| {
            let sound = ByteStream::from_static(b"do re mi");
            Ok(PlayOutput::builder()
                .title(request.name)
                .sound(sound)
                .build())
        });
        let client: Client = fake.client();
        assert_eq!(client.record(record()).await.unwrap().length, Some(8));
        let played = client.play(play()).await.unwrap();
        assert_eq!(played.title.as_deref(), Some("scale"));
        assert_eq!(played.sound.collect().await.unwrap().to_vec(), b"do re mi");
        let sent = fake.requests::<Record>().pop().unwrap();
        assert_eq!(sent.sound.bytes(), Some(&b"do re mi"[..]));
    }

    #[test]
    fn a_body_is_described_as_the_model_says() {
        protocol_test::sent("https://example.com", |config| {
            Client::new(config).record(record())
        })
        .is("PUT", "/tapes/scale")
        .header("content-type", "application/octet-stream")
        .header("content-length", "8")
        .header("x-amz-content-sha256", "UNSIGNED-PAYLOAD")
        .lacks_header("content-md5")
        .body("do re mi");
        let tape = Tape::builder().sound(b"do re mi".to_vec()).key("c").build();
        protocol_test::sent("https://example.com", |config| {
            Client::new(config).mix(tape)
        })
        .header("content-type", "audio/flac")
        .header("content-md5", "D8W1JSi9O3geWjDxp3Mzhg==")
        .lacks_header("x-amz-content-sha256")
        .body("do re mi");
    }

    fn played(title: &str, sound: &'static [u8]) -> PlayOutput {
        let sound = ByteStream::from_static(sound);
        PlayOutput::builder().title(title).sound(sound).build()
    }

    #[test]
    fn responses_are_compared_with_their_bytes() {
        let compare = |expected| {
            let answer = Answer::new(200).header("x-title", "Scale").body("do re mi");
            let response =
                protocol_test::answered(answer, |config| Client::new(config).play(play()));
            protocol_test::assert_same_stream::<Play>(response.unwrap(), expected);
        };
        compare(played("Scale", b"do re mi"));
        for other in [("Scale", &b"do re"[..]), ("Song", b"do re mi")] {
            let compared = std::panic::catch_unwind(|| compare(played(other.0, other.1)));
            assert!(compared.is_err(), "{other:?}");
        }
    }

    #[tokio::test]
    async fn responses_are_waited_for_and_come_as_pages() {
        let fake = Fake::new();
        let side = |next: Option<&str>| {
            let sound = ByteStream::from_static(b"do re mi");
            let side = PlayOutput::builder().sound(sound);
            Ok(side.maybe_next_side(next).build())
        };
        let none = NoSuchTape::builder().build();
        fake.on_each::<Play>([Err(none.into()), side(None), side(Some("b")), side(None)]);
        let client: Client = fake.client();
        client.wait_until_tape_exists(play()).await.unwrap();
        let mut pages = client.play_pages(play());
        let mut count = 0;
        while let Some(page) = pages.next().await {
            let sound = page.unwrap().sound.collect().await.unwrap();
            assert_eq!(sound.to_vec(), b"do re mi");
            count += 1;
        }
        assert_eq!(count, 2);
    }

    #[test]
    fn nothing_shows_the_bytes() {
        assert_eq!(
            format!("{:?}", record()),
            r#"RecordInput { name: "scale", title: None, sound: ByteStream(8 bytes) }"#
        );
        let tape = Tape::builder().key("c").build();
        assert_eq!(
            format!("{tape:?}"),
            "Tape { key: *** Sensitive Data Redacted ***, sound: ByteStream(0 bytes) }"
        );
    }
}
