//! XML, as the query protocols and `aws.protocols#restXml` use it.
//!
//! The reader takes whole documents of XML 1.0 in UTF-8 without a document type: there are no entities but the five that XML has and
//! references to characters, so that nothing in a document grows when it is read.

pub(super) mod name;
mod read;
#[cfg(feature = "test-util")]
pub(crate) mod testing;
mod write;

use super::{Codec, DecodeError, EncodeError, Mode};
use crate::schema::{Member, Slot, View};

#[cfg(any(feature = "query", test))]
pub(crate) use self::read::read;
pub(crate) use self::read::read_any;
#[cfg(any(feature = "rest-xml", test))]
pub(crate) use self::read::read_unwrapped;
#[cfg(feature = "query")]
pub(super) use self::write::sorted;
#[cfg(feature = "test-util")]
pub(crate) use self::write::write_within;

/// The codec.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Xml {
    /// The elements around what is read, from the root on. Without any, it is the root.
    path: &'static [&'static str],
}

impl Xml {
    /// XML whose root is the value.
    pub(crate) const ROOT: Self = Self::within(&[]);

    /// XML with the value inside of these elements.
    pub(crate) const fn within(path: &'static [&'static str]) -> Self {
        Self { path }
    }
}

impl Codec for Xml {
    fn name(&self) -> &'static str {
        "XML"
    }

    fn recognizes(&self, bytes: &[u8]) -> bool {
        let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let text = text.trim_ascii_start();
        let is_html = |start: &&[u8]| {
            let found = text.get(..start.len());
            found.is_some_and(|found| found.eq_ignore_ascii_case(start))
        };
        let html: [&[u8]; 2] = [b"<!doctype html", b"<html"];
        text.first() == Some(&b'<') && !html.iter().any(is_html)
    }

    fn write(&self, view: View<'_>, of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
        write::write(view, of, bytes)
    }

    fn read(
        &self,
        bytes: &[u8],
        slot: Slot<'_>,
        of: &Member,
        mode: Mode,
    ) -> Result<(), DecodeError> {
        if bytes.trim_ascii().is_empty() {
            return Ok(());
        }
        if !self.recognizes(bytes) {
            return Err(DecodeError::syntax("the body is not XML"));
        }
        read::read(bytes, self.path, slot, of, mode)
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;
