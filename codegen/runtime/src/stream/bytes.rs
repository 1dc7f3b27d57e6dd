//! Streams of bytes (feature `byte-stream`): bodies that are neither in memory as a whole nor read by a codec.

use std::fmt;

use aws_smithy_types::byte_stream::ByteStream;

/// A stream in `Debug`: its size, if it is known, and none of its bytes.
#[doc(hidden)]
pub struct DebugStream<'a>(pub &'a ByteStream);

impl fmt::Debug for DebugStream<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.size_hint() {
            (least, Some(most)) if least == most => write!(f, "ByteStream({most} bytes)"),
            _ => f.write_str("ByteStream(..)"),
        }
    }
}
