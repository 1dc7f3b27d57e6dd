//! Bodies: JSON in bytes, and the errors about it.

use super::{Reader, is_out_of_range};
use crate::codec::json::scalar::OUT_OF_RANGE;
use crate::codec::path::Path;
use crate::codec::{DecodeError, Mode};
use crate::schema::Slot;

/// Reads a JSON body. An empty body reads as `{}`.
pub(in crate::codec::json) fn read(
    body: &[u8],
    slot: Slot<'_>,
    mode: Mode,
) -> Result<(), DecodeError> {
    let body = match str::from_utf8(body) {
        Ok(text) if text.trim_ascii().is_empty() => "{}",
        Ok(text) => text,
        Err(error) if error.error_len().is_none() => return Err(cut_short(&Path::default())),
        Err(error) => return Err(DecodeError::new(error.to_string())),
    };
    let Slot::Structure(structure) = slot else {
        return read_exactly(body, slot, mode);
    };
    let mut reader = Reader::new(mode, false);
    match reader.read_all(body, Slot::Structure(structure)) {
        Ok(()) if !reader.lacks_digits => Ok(()),
        Err(error) if !reader.lacks_digits && !is_out_of_range(&error) => {
            Err(decode_error(body, &error, &reader.path))
        }
        // It has a number that was rounded and should not have been. The second pass meets the same members, and sets them anew.
        _ => read_exactly(body, Slot::Structure(structure), mode),
    }
}

/// Reads a body with all digits of its numbers.
fn read_exactly(body: &str, slot: Slot<'_>, mode: Mode) -> Result<(), DecodeError> {
    let mut reader = Reader::new(mode, true);
    let read = reader.read_all(body, slot);
    read.map_err(|error| decode_error(body, &error, &reader.path))
}

/// Returns the error of a body, without line and column: a body is one line, and the path says more.
#[cold]
fn decode_error(body: &str, error: &serde_json::Error, path: &Path) -> DecodeError {
    if error.is_eof() || ends_in_number(body, error) {
        return cut_short(path);
    }
    if is_out_of_range(error) {
        return DecodeError::new(path.before(OUT_OF_RANGE));
    }
    if !error.is_data() {
        return DecodeError::syntax(path.before("the body is not JSON"));
    }
    let text = error.to_string();
    let reason = text.rsplit_once(" at line ");
    DecodeError::new(path.before(reason.map_or(&*text, |(reason, _)| reason)))
}

fn cut_short(path: &Path) -> DecodeError {
    DecodeError::incomplete(path.before("the JSON is cut short"))
}

/// Returns `true` if a body ends amid a number. serde_json does not call that an end when it passes over a number to keep its text.
fn ends_in_number(body: &str, error: &serde_json::Error) -> bool {
    matches!(
        body.as_bytes().last(),
        Some(b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E')
    ) && error.is_syntax()
        && error.to_string().starts_with("invalid number")
}
