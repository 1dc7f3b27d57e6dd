//! Streams: the member of a request or a response that comes bit by bit, and so is no value.
//!
//! Its structure has it as a field, but no table, view or slot does: codecs never see it. An [`Operation`](crate::Operation) says which
//! field it is, and the path of a call moves it out of a request into the body of the message, and from there into a response.

#[cfg(feature = "byte-stream")]
pub(crate) mod bytes;
#[cfg(feature = "event-stream")]
mod events;

#[cfg(any(
    feature = "event-stream-input",
    all(feature = "event-stream", feature = "test-util")
))]
pub(crate) use self::events::EventBody;
#[cfg(feature = "event-stream")]
pub(crate) use self::events::Origin;
#[cfg(feature = "event-stream-input")]
pub(crate) use self::events::{Ending, Outgoing};
#[cfg(feature = "event-stream")]
pub use self::events::{EventReceiver, EventStream, EventUnion, Receiver};
#[cfg(feature = "event-stream-input")]
pub use self::events::{EventSender, SendError};
#[cfg(all(feature = "event-stream", feature = "test-util"))]
pub(crate) use self::events::{frame, message, write};

/// The stream in a request or a response, of whatever type that is.
#[non_exhaustive]
pub enum StreamMember<'a> {
    /// Events (feature `event-stream`).
    #[cfg(feature = "event-stream")]
    Events(&'a mut dyn EventReceiver),
    /// Bytes (feature `byte-stream`).
    #[cfg(feature = "byte-stream")]
    Bytes(&'a mut aws_smithy_types::byte_stream::ByteStream),
}
