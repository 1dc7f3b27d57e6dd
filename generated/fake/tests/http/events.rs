//! The answer of the agent, which is a stream of events.

use fake_healthlake::{FakeHealthLake, Fault};
use serde_json::{Value, json};

use super::raw::{Raw, call, fake};

/// Tells the agent something, whose answer then has four events.
async fn tell_agent(fake: &FakeHealthLake) -> Raw {
    let profile_id = fake.add_profile("hospital");
    let request = json!({
        "ProfileId": profile_id,
        "InputMessage": { "Body": "map RACE_CD", "Type": "normal" },
    });
    call(fake, "UpdateProfileWithAgent", &request.to_string()).await
}

/// Splits off as many bytes.
fn take<'a>(bytes: &mut &'a [u8], count: usize) -> &'a [u8] {
    let (taken, rest) = bytes.split_at(count);
    *bytes = rest;
    taken
}

/// The chunks of a body, and whether the last of them, which is empty, has come.
fn chunks(mut body: &[u8]) -> (Vec<&[u8]>, bool) {
    let mut chunks = Vec::new();
    while let Some(end) = body.windows(2).position(|bytes| bytes == b"\r\n") {
        let size = str::from_utf8(take(&mut body, end)).expect("a size");
        let size = usize::from_str_radix(size, 16).expect("a size");
        assert_eq!(take(&mut body, 2), b"\r\n");
        chunks.push(take(&mut body, size));
        assert_eq!(take(&mut body, 2), b"\r\n");
        if size == 0 {
            assert!(chunks.pop().is_some_and(<[u8]>::is_empty) && body.is_empty());
            return (chunks, true);
        }
    }
    (chunks, false)
}

/// A message of an event stream, all of whose headers are strings.
#[derive(Debug)]
struct Message {
    headers: Vec<(String, String)>,
    payload: Value,
}

/// Reads a message that is a chunk of its own, by the definition of its format.
fn message(mut bytes: &[u8]) -> Message {
    let number = |bytes: &[u8]| u32::from_be_bytes(bytes.try_into().expect("four bytes"));
    let (total, before_checksum) = (bytes.len(), &bytes[..bytes.len() - 4]);
    assert_eq!(
        number(&bytes[total - 4..]),
        crc32fast::hash(before_checksum)
    );
    assert_eq!(number(&bytes[8..12]), crc32fast::hash(&bytes[..8]));
    assert_eq!(number(take(&mut bytes, 4)) as usize, total);
    let headers_length = number(take(&mut bytes, 4)) as usize;
    take(&mut bytes, 4);
    Message {
        headers: headers(take(&mut bytes, headers_length)),
        payload: serde_json::from_slice(&bytes[..bytes.len() - 4]).expect("JSON"),
    }
}

fn headers(mut bytes: &[u8]) -> Vec<(String, String)> {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).expect("text");
    let mut headers = Vec::new();
    while !bytes.is_empty() {
        let length = take(&mut bytes, 1)[0];
        let name = text(take(&mut bytes, length.into()));
        assert_eq!(take(&mut bytes, 1), [7], "the type of {name}: a string");
        let length = take(&mut bytes, 2).try_into().expect("two bytes");
        let length = u16::from_be_bytes(length);
        headers.push((name, text(take(&mut bytes, length.into()))));
    }
    headers
}

#[tokio::test]
async fn the_agent_answers_in_messages() {
    let fake = fake().await;
    let answer = tell_agent(&fake).await;
    assert_eq!(answer.status(), 200);
    for (name, value) in [
        ("content-type", Some("application/vnd.amazon.eventstream")),
        ("transfer-encoding", Some("chunked")),
        ("content-length", None),
    ] {
        assert_eq!(answer.header(name), value, "{name}");
    }
    assert!(answer.header("x-amzn-requestid").is_some());

    let (chunks, ended) = chunks(&answer.bytes);
    assert!(ended);
    // A chunk is a message, and so sent by itself.
    let messages: Vec<_> = chunks.into_iter().map(message).collect();
    let names = [
        "initial-response",
        "HeartbeatEvent",
        "ProgressEvent",
        "TextMessageEvent",
        "EndOfOutputEvent",
    ];
    let headers = names.map(|name| {
        let headers = [
            (":message-type", "event"),
            (":event-type", name),
            (":content-type", "application/json"),
        ];
        headers.map(|(name, value)| (name.to_owned(), value.to_owned()))
    });
    assert!(
        messages.iter().map(|message| &message.headers).eq(&headers),
        "{messages:#?}"
    );
    let payloads: Vec<_> = messages.iter().map(|message| &message.payload).collect();
    assert_eq!(payloads[..2], [&json!({}), &json!({})]);
    assert_eq!(payloads[2], &json!({ "Message": "Reading the draft" }));
    assert!(payloads[3]["Message"].is_string(), "{}", payloads[3]);
    assert_eq!(payloads[4]["Options"].as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn half_of_the_messages_come_before_the_connection_ends() {
    let fake = fake().await;
    let (whole, cut) = {
        let whole = tell_agent(&fake).await;
        fake.faults().add(Fault::Cut.next(1));
        (whole, tell_agent(&fake).await)
    };
    assert_eq!(cut.status(), 200);
    let ((whole, _), (cut, ended)) = (chunks(&whole.bytes), chunks(&cut.bytes));
    assert!(!ended);
    let (last, before) = cut.split_last().expect("some of it");
    assert_eq!(before, &whole[..before.len()]);
    assert!(whole[before.len()].starts_with(last));
    let length = |chunks: &[&[u8]]| chunks.iter().map(|chunk| chunk.len()).sum::<usize>();
    assert_eq!(length(&cut), length(&whole) / 2);
}
