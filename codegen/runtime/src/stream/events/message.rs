//! The kinds of messages in an event stream.

use aws_smithy_types::event_stream::{HeaderValue, Message};

/// The event that holds the other members of an output, before all others.
pub(crate) const INITIAL_RESPONSE: &str = "initial-response";

/// The event that holds the other members of an input, before all others.
#[cfg(any(feature = "event-stream-input", feature = "test-util"))]
pub(crate) const INITIAL_REQUEST: &str = "initial-request";

/// The kind of a message, with its name.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind<'a> {
    /// An event.
    Event(&'a str),
    /// An error that the model names.
    Exception(&'a str),
    /// An error that it does not name: its code and its message.
    Error(Option<&'a str>, Option<&'a str>),
    /// None of these, or one without a name.
    Unknown,
}

impl<'a> Kind<'a> {
    pub(crate) fn of(message: &'a Message) -> Self {
        match text(message, ":message-type") {
            Some("event") => text(message, ":event-type").map_or(Self::Unknown, Self::Event),
            Some("exception") => {
                text(message, ":exception-type").map_or(Self::Unknown, Self::Exception)
            }
            Some("error") => Self::Error(
                text(message, ":error-code"),
                text(message, ":error-message"),
            ),
            _ => Self::Unknown,
        }
    }
}

/// Returns the value of a header.
pub(crate) fn header<'a>(message: &'a Message, name: &str) -> Option<&'a HeaderValue> {
    let mut headers = message.headers().iter();
    let header = headers.find(|header| header.name().as_str() == name)?;
    Some(header.value())
}

fn text<'a>(message: &'a Message, name: &str) -> Option<&'a str> {
    match header(message, name)? {
        HeaderValue::String(text) => Some(text.as_str()),
        _ => None,
    }
}
