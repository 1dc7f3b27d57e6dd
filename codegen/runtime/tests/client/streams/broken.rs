//! Streams that do not come as they were sent.

use std::pin::pin;
use std::task::{Context, Poll, Waker};

use proptest::prelude::*;
use smithy_rt::fake::event_message;

use super::all;
use super::far_end::{FarEnd, Piece, event, initial_response};
use super::service::*;
use crate::service::Error;

/// The messages of a stream, and its events.
fn messages() -> (Vec<Vec<u8>>, Vec<JobEvent>) {
    let messages = vec![
        initial_response(),
        event("progress", r#"{"Percent":1}"#),
        event("line", "one"),
        event("progress", r#"{"Percent":2}"#),
    ];
    let line = JobEvent::Line(Line { text: "one".into() });
    (messages, vec![progress(1), line, progress(2)])
}

/// The events of a stream, and the text of its error, be it that of the call.
async fn read(far_end: &FarEnd) -> (Vec<JobEvent>, Option<String>) {
    let mut response = match watch(&far_end.client()).await {
        Ok(response) => response,
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    let (events, error) = all(&mut response).await;
    (events, error.map(|error: Error| error.to_string()))
}

#[tokio::test]
async fn a_stream_that_is_cut_short_is_an_error() {
    let (messages, events) = messages();
    let stream = messages.concat();
    let mut ends = vec![0];
    for message in &messages {
        ends.push(ends.last().unwrap() + message.len());
    }
    for cut in 0..=stream.len() {
        let (read, error) = read(&FarEnd::in_pieces(&stream[..cut], 50)).await;
        let whole = ends.iter().filter(|end| **end <= cut).count();
        // Without the empty one, and the initial response.
        assert_eq!(read, events[..whole.saturating_sub(2)], "cut at {cut}");
        match ends.contains(&cut) {
            true => assert_eq!(error, None, "cut at {cut}"),
            false => assert_eq!(
                error.as_deref(),
                Some("Watch failed: the event stream was cut short (request id request-1)"),
                "cut at {cut}"
            ),
        }
    }
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error_wherever_it_does() {
    let (messages, _) = messages();
    let stream = messages.concat();
    for cut in 0..=stream.len() {
        let bytes = Piece::Bytes(stream[..cut].to_vec());
        let (_, error) = read(&FarEnd::stream([bytes, Piece::Break])).await;
        assert_eq!(
            error.as_deref(),
            Some(
                "Watch failed: the response could not be read: connection reset (request id request-1)"
            ),
            "cut at {cut}"
        );
    }
}

#[tokio::test]
async fn a_byte_that_is_spoilt_is_an_error() {
    let (messages, events) = messages();
    let stream = messages.concat();
    for at in 0..stream.len() {
        let mut spoilt = stream.clone();
        spoilt[at] ^= 1 << (at % 8);
        let (read, error) = read(&FarEnd::bytes(&spoilt)).await;
        assert!(events.starts_with(&read), "byte {at}: {read:?}");
        assert_eq!(
            error.as_deref(),
            Some(
                "Watch failed: the checksum of a message in the event stream is wrong (request id request-1)"
            ),
            "byte {at}"
        );
    }
}

#[tokio::test]
async fn a_spoilt_length_is_noticed_before_as_much_has_come() {
    let mut spoilt = event("heartbeat", "{}");
    spoilt[1] ^= 1;
    let (_, error) = read(&FarEnd::stream([Piece::Bytes(spoilt), Piece::Silence])).await;
    assert!(error.unwrap().contains("checksum"));
}

/// The beginning of a message, with a checksum that is right.
fn prelude(length: u32, headers: u32) -> Vec<u8> {
    let mut bytes = [length.to_be_bytes(), headers.to_be_bytes()].concat();
    let checksum = crc32fast::hash(&bytes);
    bytes.extend(checksum.to_be_bytes());
    bytes
}

#[tokio::test]
async fn lengths_have_limits() {
    const MIB: u32 = 1024 * 1024;
    for (length, headers, said) in [
        (24 * MIB + 1, 0, "longer than 24 MiB"),
        (u32::MAX, 0, "longer than 24 MiB"),
        (MIB, 128 * 1024 + 1, "its headers than 128 KiB"),
        (MIB, u32::MAX, "its headers than 128 KiB"),
        (0, 0, "malformed"),
        (15, 0, "malformed"),
        (16, 1, "malformed"),
    ] {
        let pieces = [Piece::Bytes(prelude(length, headers)), Piece::Silence];
        let (_, error) = read(&FarEnd::stream(pieces)).await;
        let error = error.unwrap();
        assert!(error.contains(said), "{length} {headers}: {error}");
    }
    let largest = "a".repeat(24 * MIB as usize - 16 - event("line", "").len());
    let mut response = watch(&FarEnd::bytes(&event("line", &largest)).client())
        .await
        .unwrap();
    let (events, error) = all(&mut response).await;
    assert!(error.is_none(), "{error:?}");
    assert!(matches!(&events[..], [JobEvent::Line(line)] if line.text == largest));
}

/// The value of a future that waits for nothing.
fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => panic!("it waits"),
    }
}

/// The memory that it takes at most, besides what is there before, to read a stream to its end.
async fn memory(pieces: impl IntoIterator<Item = Piece>) -> u64 {
    let mut response = watch(&FarEnd::stream(pieces).client()).await.unwrap();
    let measured = allocation_counter::measure(|| while now(response.events.next()).is_some() {});
    measured.bytes_max
}

#[tokio::test]
async fn many_events_take_no_more_memory_than_few() {
    let events = |count: usize| {
        let stream = event("progress", r#"{"Percent":1,"Note":"abc"}"#).repeat(count);
        let pieces: Vec<_> = stream.chunks(1000).map(<[u8]>::to_vec).collect();
        [Piece::Bytes(event("heartbeat", ""))]
            .into_iter()
            .chain(pieces.into_iter().map(Piece::Bytes))
    };
    let (few, many) = (memory(events(100)).await, memory(events(10_000)).await);
    assert!(many <= few, "{few} bytes for 100 events, {many} for 10,000");
    assert!(many < 16 * 1024, "{many} bytes");
}

#[tokio::test]
async fn a_length_that_is_only_claimed_takes_no_memory() {
    let start = Piece::Bytes(event("heartbeat", ""));
    let claim = Piece::Bytes(prelude(20 * 1024 * 1024, 0));
    let some = Piece::Bytes(vec![b'a'; 1000]);
    let taken = memory([start, claim, some]).await;
    assert!(taken < 16 * 1024, "{taken} bytes");
}

#[tokio::test]
async fn the_memory_of_a_large_event_is_given_back() {
    let large = event("line", &"a".repeat(1024 * 1024));
    let pieces = [
        event("heartbeat", ""),
        large,
        event("heartbeat", ""),
        event("heartbeat", ""),
    ];
    let far_end = FarEnd::stream(pieces.map(Piece::Bytes));
    let mut response = watch(&far_end.client()).await.unwrap();
    let kept = allocation_counter::measure(|| {
        for _ in 0..3 {
            drop(now(response.events.next()).unwrap().unwrap());
        }
    });
    assert!(
        kept.bytes_current < 16 * 1024,
        "{} bytes",
        kept.bytes_current
    );
}

proptest! {
    #[test]
    fn any_bytes_end_a_stream_and_nothing_else(bytes: Vec<u8>, size in 1_usize..20) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (_, error) = runtime.block_on(read(&FarEnd::in_pieces(&bytes, size)));
        prop_assert_eq!(error.is_none(), bytes.is_empty());
    }

    #[test]
    fn any_headers_are_read_or_refused(headers in proptest::collection::vec(any::<u8>(), 0..80), payload: Vec<u8>) {
        let length = u32::try_from(16 + headers.len() + payload.len()).unwrap();
        let mut bytes = prelude(length, u32::try_from(headers.len()).unwrap());
        bytes.extend(headers);
        bytes.extend(payload);
        let checksum = crc32fast::hash(&bytes);
        bytes.extend(checksum.to_be_bytes());
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        // Random bytes do not name an event.
        let (_, error) = runtime.block_on(read(&FarEnd::bytes(&bytes)));
        prop_assert!(error.is_some());
    }

    #[test]
    fn any_event_is_read_or_refused(
        name in "output|marked|detail|progress|newer",
        header in "integer|Mark|name|at",
        value: String,
        payload: String,
    ) {
        let headers = [(":message-type", "event"), (":event-type", &*name), (&*header, &*value)];
        let message = event_message(headers, payload).unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let (events, error) = runtime.block_on(read(&FarEnd::bytes(&message)));
        prop_assert_eq!(events.len() + usize::from(error.is_some()), 1);
    }
}
