//! Codecs: between bytes and the [`View`]s and [`Slot`]s of values.
//!
//! A codec knows nothing of HTTP; a [protocol](crate::protocol) says where in a message its bytes stand. What codecs share is
//! here: how blobs, floats and timestamps are written as text, and how an error names the member that it is about.

#[cfg(feature = "cbor")]
pub(crate) mod cbor;
pub(crate) mod json;
#[cfg(feature = "query")]
pub(crate) mod query;
#[cfg(feature = "xml")]
pub(crate) mod xml;

mod blob;
mod destination;
mod error;
mod float;
mod path;
mod seen;
#[cfg(any(feature = "http-bindings", feature = "xml"))]
pub(crate) mod text;
mod timestamp;

use std::fmt;

use crate::schema::{Member, Slot, View};

pub use self::error::{DecodeError, EncodeError};

/// A serialization format.
pub trait Codec: fmt::Debug + Send + Sync {
    /// Returns the name of the format, for errors.
    fn name(&self) -> &'static str;

    /// Returns `true` if bytes begin as an object of the format does, and not as text or a page.
    fn recognizes(&self, bytes: &[u8]) -> bool;

    /// Appends `view` to `bytes`, as the value of the member `of`.
    ///
    /// # Errors
    /// If the value has no form in the format.
    fn write(&self, view: View<'_>, of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError>;

    /// Reads all of `bytes` into `slot`, as the value of the member `of`.
    ///
    /// # Errors
    /// If the bytes are not of the format, or the value is not what the slot takes. The error names members, and shows nothing of
    /// what was read.
    fn read(
        &self,
        bytes: &[u8],
        slot: Slot<'_>,
        of: &Member,
        mode: Mode,
    ) -> Result<(), DecodeError>;
}

/// The strictness of reading.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// With Smithy's client error correction, for responses: what is required and missing stays zero, and nulls in dense lists and
    /// maps are dropped.
    Correcting,
    /// All that is required has to be there.
    Strict,
}
