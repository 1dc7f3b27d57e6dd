//! Frames: bytes, in whatever pieces they come, become messages.

use std::fmt;

use aws_smithy_eventstream::frame::read_message_from;
use aws_smithy_types::event_stream::Message;

/// The length of the whole, the length of its headers, and a checksum of both.
const PRELUDE: usize = 12;

/// The length of a message without headers and payload: the prelude, and a checksum of it all.
const FRAME: usize = PRELUDE + 4;

/// The greatest length of a message, as AWS has it.
const LONGEST: usize = 24 * 1024 * 1024;

/// The greatest length of the headers of a message, as AWS has it.
const LONGEST_HEADERS: usize = 128 * 1024;

/// The memory that is kept between messages.
const KEPT: usize = 64 * 1024;

/// The bytes of a stream that have come and have not been read yet: less than a message, once all that can be read has been.
#[derive(Default)]
pub(crate) struct Frames {
    bytes: Vec<u8>,
    /// The index of the first byte that has not been read.
    start: usize,
}

/// The reason that there is no next message.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum FrameError {
    /// The first bytes of a message are not those of one.
    Prelude,
    /// The checksum of a message is another than that of what has come.
    Checksum,
    /// A message, or its headers, are longer than they may be.
    TooLong,
    /// A message cannot be taken apart, in spite of its checksum.
    Malformed,
}

impl Frames {
    /// Adds bytes that have come. No memory is set aside for more than that, whatever a length claims.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        self.bytes.drain(..self.start);
        self.start = 0;
        if self.bytes.is_empty() && self.bytes.capacity() > KEPT {
            self.bytes = Vec::new();
        }
        self.bytes.extend_from_slice(bytes);
    }

    /// Reads the next message, if all of it has come.
    pub(crate) fn next(&mut self) -> Result<Option<Message>, FrameError> {
        let rest = self.bytes.get(self.start..).unwrap_or_default();
        let Some(prelude) = rest.first_chunk() else {
            return Ok(None);
        };
        let length = length(prelude)?;
        let Some(frame) = rest.get(..length) else {
            return Ok(None);
        };
        let message = read(frame)?;
        self.start += length;
        Ok(Some(message))
    }

    /// Returns `true` if nothing is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.start == self.bytes.len()
    }
}

/// Returns the length of the message that begins so. The prelude's own checksum is verified first: otherwise a wrong length would only
/// show once as much has come as it claims.
fn length(prelude: &[u8; PRELUDE]) -> Result<usize, FrameError> {
    let [a, b, c, d, e, f, g, h, checksum @ ..] = *prelude;
    if crc32fast::hash(&[a, b, c, d, e, f, g, h]) != u32::from_be_bytes(checksum) {
        return Err(FrameError::Prelude);
    }
    let length = usize::try_from(u32::from_be_bytes([a, b, c, d])).unwrap_or(usize::MAX);
    let headers = usize::try_from(u32::from_be_bytes([e, f, g, h])).unwrap_or(usize::MAX);
    if length > LONGEST || headers > LONGEST_HEADERS {
        return Err(FrameError::TooLong);
    }
    match length >= FRAME + headers {
        true => Ok(length),
        false => Err(FrameError::Malformed),
    }
}

/// Reads a message, which verifies its checksum last. What was spoilt may fail before that, and is not called malformed then.
fn read(frame: &[u8]) -> Result<Message, FrameError> {
    read_message_from(frame).map_err(|_| match has_checksum(frame) {
        true => FrameError::Malformed,
        false => FrameError::Checksum,
    })
}

/// Returns `true` if a message ends with the checksum of what is before it.
#[cold]
fn has_checksum(frame: &[u8]) -> bool {
    let split = frame.split_last_chunk();
    split.is_some_and(|(bytes, checksum)| crc32fast::hash(bytes) == u32::from_be_bytes(*checksum))
}

impl fmt::Display for FrameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Prelude | Self::Checksum => {
                "the checksum of a message in the event stream is wrong"
            }
            Self::TooLong => {
                "a message in the event stream is longer than 24 MiB, or its headers than 128 KiB"
            }
            Self::Malformed => "a message in the event stream is malformed",
        })
    }
}

impl std::error::Error for FrameError {}
