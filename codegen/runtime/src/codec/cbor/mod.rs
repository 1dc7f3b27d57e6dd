//! CBOR (RFC 8949), as `smithy.protocols#rpcv2Cbor` uses it.
//!
//! Structures are maps of indefinite length, so that members need not be counted before they are written; lists, maps and strings
//! have their length in front. Both forms are read. Timestamps carry tag 1, big integers tags 2 and 3, big decimals tag 4.

mod number;
mod read;
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
        read::read(bytes, slot, mode)
    }
}

#[cfg(test)]
mod tests;
