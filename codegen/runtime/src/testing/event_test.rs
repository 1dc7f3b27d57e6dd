//! The library of protocol tests of event streams.

// These functions are for tests, where to panic is to fail.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::fmt::Debug;
use std::pin::pin;

use aws_smithy_types::base64;
use aws_smithy_types::event_stream::{Header, HeaderValue, Message};
use serde_core::Serialize;

use super::protocol_test::{Answer, SentRequest, assert_same_json, document, now};
use crate::codec::Codec;
use crate::codec::json::Json;
use crate::schema::{Member, Structure, View};
use crate::stream::frame::Frames;
use crate::stream::message::{INITIAL_REQUEST, Kind, header};
use crate::stream::write;
use crate::{DateTime, EventStream, EventUnion};
use aws_smithy_types::date_time::Format;

/// A message of an event stream: as it is expected, or as it comes.
#[derive(Clone, Debug, Default)]
#[must_use]
pub struct Event {
    headers: Vec<Header>,
    required: Vec<String>,
    forbidden: Vec<String>,
    body: Option<Body>,
    bytes: Option<Vec<u8>>,
}

#[derive(Clone, Debug)]
enum Body {
    Text(String),
    Json(String),
    #[cfg(feature = "cbor")]
    Cbor(Vec<u8>),
}

/// The headers of a message.
impl Event {
    /// Creates a message without headers and payload.
    pub fn new() -> Self {
        Self::default()
    }

    fn header(mut self, name: &str, value: HeaderValue) -> Self {
        self.headers.push(Header::new(name.to_owned(), value));
        self
    }

    /// Adds a boolean.
    pub fn boolean(self, name: &str, value: bool) -> Self {
        self.header(name, HeaderValue::Bool(value))
    }

    /// Adds an integer of 8 bits.
    pub fn byte(self, name: &str, value: i8) -> Self {
        self.header(name, HeaderValue::Byte(value))
    }

    /// Adds an integer of 16 bits.
    pub fn short(self, name: &str, value: i16) -> Self {
        self.header(name, HeaderValue::Int16(value))
    }

    /// Adds an integer of 32 bits.
    pub fn integer(self, name: &str, value: i32) -> Self {
        self.header(name, HeaderValue::Int32(value))
    }

    /// Adds an integer of 64 bits.
    pub fn long(self, name: &str, value: i64) -> Self {
        self.header(name, HeaderValue::Int64(value))
    }

    /// Adds the bytes that this base64 stands for.
    pub fn blob(self, name: &str, value: &str) -> Self {
        let bytes = base64::decode(value).unwrap();
        self.header(name, HeaderValue::ByteArray(bytes.into()))
    }

    /// Adds text.
    pub fn string(self, name: &str, value: &str) -> Self {
        self.header(name, HeaderValue::String(value.to_owned().into()))
    }

    /// Adds a timestamp, as RFC 3339 has it.
    pub fn timestamp(self, name: &str, value: &str) -> Self {
        let at = DateTime::from_str(value, Format::DateTime).unwrap();
        self.header(name, HeaderValue::Timestamp(at))
    }

    /// Expects a header, whatever its value.
    pub fn has_header(mut self, name: &str) -> Self {
        self.required.push(name.to_owned());
        self
    }

    /// Expects that there is no such header.
    pub fn lacks_header(mut self, name: &str) -> Self {
        self.forbidden.push(name.to_owned());
        self
    }
}

/// The payload of a message, and all of it.
impl Event {
    /// Sets the payload, to be compared as text.
    pub fn body(mut self, body: &str) -> Self {
        self.body = Some(Body::Text(body.to_owned()));
        self
    }

    /// Sets the payload, to be compared as JSON.
    pub fn json(mut self, body: &str) -> Self {
        self.body = Some(Body::Json(body.to_owned()));
        self
    }

    /// Sets the payload to the CBOR that this base64 stands for, to be compared as such.
    #[cfg(feature = "cbor")]
    pub fn cbor(mut self, body: &str) -> Self {
        self.body = Some(Body::Cbor(base64::decode(body).unwrap()));
        self
    }

    /// Sets the whole message, to the bytes that this base64 stands for: what comes is that, and what is sent has its headers and no
    /// others.
    pub fn bytes(mut self, bytes: &str) -> Self {
        self.bytes = Some(base64::decode(bytes).unwrap());
        self
    }

    fn write(&self, bytes: &mut Vec<u8>) {
        if let Some(all) = &self.bytes {
            bytes.extend_from_slice(all);
            return;
        }
        let payload = match &self.body {
            None => Vec::new(),
            Some(Body::Text(text) | Body::Json(text)) => text.as_bytes().to_vec(),
            #[cfg(feature = "cbor")]
            Some(Body::Cbor(bytes)) => bytes.clone(),
        };
        let message = Message::new_from_parts(self.headers.clone(), payload);
        write::frame(&message, bytes).unwrap();
    }

    /// Compares a message that was sent.
    fn check(&self, sent: &Message) {
        for expected in &self.headers {
            let name = expected.name().as_str();
            assert_eq!(header(sent, name), Some(expected.value()), "{name}");
        }
        for name in &self.required {
            assert!(header(sent, name).is_some(), "no {name} in {sent:?}");
        }
        for name in &self.forbidden {
            assert_eq!(header(sent, name), None, "{name}");
        }
        if let Some(bytes) = &self.bytes {
            let whole = messages(bytes).remove(0);
            let names = |message: &Message| {
                let headers = message.headers().iter();
                let names = headers.map(|header| header.name().as_str().to_owned());
                let mut names: Vec<_> = names.collect();
                names.sort();
                names
            };
            assert_eq!(names(sent), names(&whole));
            if self.body.is_none() {
                assert_eq!(sent.payload(), whole.payload());
            }
        }
        let text = || std::str::from_utf8(sent.payload()).unwrap();
        match &self.body {
            None => {}
            Some(Body::Text(expected)) => assert_eq!(text(), expected),
            Some(Body::Json(expected)) => assert_same_json(text(), expected),
            #[cfg(feature = "cbor")]
            Some(Body::Cbor(expected)) => {
                use crate::codec::cbor::testing::describe;

                assert_eq!(describe(sent.payload()), describe(expected));
            }
        }
    }
}

/// Parses messages.
fn messages(bytes: &[u8]) -> Vec<Message> {
    let mut frames = Frames::default();
    frames.push(bytes);
    let mut messages = Vec::new();
    while let Some(message) = frames.next().unwrap() {
        messages.push(message);
    }
    assert!(frames.is_empty(), "there is more than whole messages");
    messages
}

impl Answer {
    /// Sets the body to these messages.
    #[must_use]
    pub fn events(self, events: impl IntoIterator<Item = Event>) -> Self {
        let mut bytes = Vec::new();
        for event in events {
            event.write(&mut bytes);
        }
        self.whole_body(bytes)
    }
}

impl SentRequest {
    /// Compares the events, which are signed, each for itself, if the request is.
    pub fn events(self, expected: impl IntoIterator<Item = Event>) -> Self {
        let mut sent = messages(self.whole_body());
        if self.is_signed() {
            let last = sent.pop().unwrap();
            assert!(
                last.payload().is_empty(),
                "the last message ends the signatures"
            );
            let is_signed = |message: &Message| header(message, ":chunk-signature").is_some();
            assert!(sent.iter().chain([&last]).all(is_signed));
            let inner = sent
                .iter()
                .map(|message| messages(message.payload()).remove(0));
            sent = inner.collect();
        }
        let is_initial = |message: &Message| Kind::of(message) == Kind::Event(INITIAL_REQUEST);
        sent.retain(|message| !is_initial(message));
        let expected: Vec<_> = expected.into_iter().collect();
        assert_eq!(sent.len(), expected.len(), "{sent:#?}");
        for (sent, expected) in sent.iter().zip(&expected) {
            expected.check(sent);
        }
        self
    }
}

/// Checks that both are the same response, the events of the stream in them included.
pub fn assert_same_events<R, T>(received: R, expected: R, events: impl Fn(R) -> EventStream<T>)
where
    R: Structure,
    T: EventUnion<Error: Debug> + Debug + PartialEq + Serialize,
{
    let members = |response: &R| {
        let (view, mut json) = (View::Structure(response), Vec::new());
        Json::NUMBERS.write(view, &Member::ROOT, &mut json).unwrap();
        document(std::str::from_utf8(&json).unwrap())
    };
    assert_eq!(members(&received), members(&expected));
    let (mut received, mut expected) = (events(received), events(expected));
    loop {
        match (now(pin!(received.next())), now(pin!(expected.next()))) {
            (None, None) => return,
            (Some(received), Some(expected)) => {
                super::protocol_test::assert_same(&received.unwrap(), &expected.unwrap());
            }
            (received, expected) => panic!("received {received:?}\nexpected {expected:?}"),
        }
    }
}

/// Returns the error of a call, or else that of the stream that it returns.
pub fn failure<T, F>(response: Result<EventStream<T>, F>) -> T::Error
where
    T: EventUnion<Error: From<F>>,
{
    let mut events = match response {
        Ok(events) => events,
        Err(error) => return error.into(),
    };
    while let Some(event) = now(pin!(events.next())) {
        if let Err(error) = event {
            return error;
        }
    }
    panic!("neither the call nor its stream has failed")
}
