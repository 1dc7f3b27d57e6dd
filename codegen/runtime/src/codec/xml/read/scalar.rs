//! Values that are text.

use std::borrow::Cow;

use super::reason::Reason;
use crate::codec::{blob, text};
use crate::schema::Slot;

/// Sets a slot to what a text stands for. In strings, blanks count.
#[inline]
pub(super) fn put(value: &str, slot: Slot<'_>) -> Result<(), Reason> {
    match slot {
        Slot::String(string) => value.clone_into(string),
        Slot::Text(text) => text.set(value),
        slot => return other(value, slot),
    }
    Ok(())
}

/// Sets a slot to what is no string.
fn other(value: &str, slot: Slot<'_>) -> Result<(), Reason> {
    match slot {
        Slot::Blob(blob) => *blob = blob::decode(&unbroken(value)).map_err(Reason::value)?,
        slot => {
            let read = text::read(value.trim_ascii(), slot);
            read.map_err(|expected| Reason::expected("text", expected))?;
        }
    }
    Ok(())
}

/// Returns base64 without the breaks of lines that may be in it.
fn unbroken(base64: &str) -> Cow<'_, str> {
    match base64.contains(|c: char| c.is_ascii_whitespace()) {
        true => base64.split_ascii_whitespace().collect(),
        false => base64.into(),
    }
}
