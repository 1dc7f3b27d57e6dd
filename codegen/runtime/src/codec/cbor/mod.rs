//! CBOR (RFC 8949), as `smithy.protocols#rpcv2Cbor` uses it.
//!
//! Structures are maps of indefinite length, so that members need not be counted before they are written; lists, maps and strings
//! have their length in front. Both forms are read. Timestamps carry tag 1, big integers tags 2 and 3, big decimals tag 4.

mod number;
mod read;
#[cfg(feature = "test-util")]
pub(crate) mod testing;
mod write;

use super::{Codec, DecodeError, EncodeError, Mode};
use crate::schema::{Member, Slot, View};

// The tags that give numbers another meaning.
const TIMESTAMP: u64 = 1;
const POSITIVE_BIGNUM: u64 = 2;
const NEGATIVE_BIGNUM: u64 = 3;
const DECIMAL_FRACTION: u64 = 4;

/// The codec.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Cbor;

impl Codec for Cbor {
    fn name(&self) -> &'static str {
        "CBOR"
    }

    fn recognizes(&self, bytes: &[u8]) -> bool {
        // Maps have the numbers that no text begins with.
        matches!(bytes.first(), Some(0xa0..=0xbf))
    }

    fn write(&self, view: View<'_>, _of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::write(view, bytes)
    }

    fn read(
        &self,
        bytes: &[u8],
        slot: Slot<'_>,
        _of: &Member,
        mode: Mode,
    ) -> Result<(), DecodeError> {
        // Text is CBOR, too, though not of an object.
        if matches!(slot, Slot::Structure(_)) && !bytes.is_empty() && !self.recognizes(bytes) {
            return Err(DecodeError::syntax("the body is not CBOR"));
        }
        read::read(bytes, slot, mode)
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;
