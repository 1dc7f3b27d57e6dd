//! Scalars: values that hold no others, and the slots that each may go into.

use super::decimal;
use crate::DateTime;
use crate::codec::{blob, float, timestamp};
use crate::schema::Slot;

/// serde_json's own words for a number that no double holds, which it says before anybody here sees the number.
pub(super) const OUT_OF_RANGE: &str = "number out of range";

/// A value that holds nothing else.
#[derive(Clone, Copy)]
pub(super) enum Scalar<'t> {
    Boolean(bool),
    Integer(i64),
    /// An integer that is too large for the other kind.
    Unsigned(u64),
    Double(f64),
    /// The text of a number of JSON.
    Number(&'t str),
    Text(&'t str),
}

impl<'t> Scalar<'t> {
    /// A number of JSON, by its text.
    pub(super) fn number(text: &'t str) -> Self {
        match text.parse() {
            // As an integer, it would lose its sign.
            Ok(0) if text.len() > 1 => Self::Number(text),
            Ok(integer) => Self::Integer(integer),
            Err(_) => Self::Number(text),
        }
    }

    /// Puts it where it belongs, or says what is wrong without showing it.
    pub(super) fn put_into(self, slot: Slot<'_>) -> Result<(), String> {
        let expected = slot.expected();
        let put = match self {
            Self::Boolean(value) => put_boolean(slot, value),
            Self::Integer(value) => put_integer(slot, value),
            Self::Unsigned(value) => put_number(slot, &value.to_string()),
            Self::Double(value) => put_double(slot, value),
            Self::Number(text) => put_number(slot, text),
            Self::Text(text) => put_text(slot, text)?,
        };
        put.ok_or_else(|| self.is_not(expected))
    }

    /// Returns the text of an error that something else was expected.
    #[cold]
    pub(super) fn is_not(self, expected: &str) -> String {
        match self {
            Self::Number(text) if double(text).is_none() => OUT_OF_RANGE.to_owned(),
            _ => format!("found {}, expected {expected}", self.kind()),
        }
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Unsigned(_) => "an integer",
            // As serde_json tells them apart.
            Self::Number(text) if text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok() => {
                "an integer"
            }
            Self::Double(_) | Self::Number(_) => "a number",
            Self::Text(_) => "a string",
        }
    }
}

/// Returns the double nearest to the number, if there is one.
fn double(text: &str) -> Option<f64> {
    text.parse().ok().filter(|value: &f64| value.is_finite())
}

fn put_boolean(slot: Slot<'_>, value: bool) -> Option<()> {
    match slot {
        Slot::Boolean(slot) => *slot = value,
        Slot::Document(slot) => *slot = value.into(),
        Slot::Unit => {}
        _ => return None,
    }
    Some(())
}

fn put_integer(slot: Slot<'_>, value: i64) -> Option<()> {
    match slot {
        Slot::Byte(slot) => *slot = value.try_into().ok()?,
        Slot::Short(slot) => *slot = value.try_into().ok()?,
        Slot::Integer(slot) => *slot = value.try_into().ok()?,
        Slot::Long(slot) => *slot = value,
        Slot::IntEnum(slot) => slot.set(value.try_into().ok()?),
        Slot::Timestamp(slot) => *slot = DateTime::from_secs(value),
        Slot::BigInteger(slot) => *slot = value.to_string().parse().ok()?,
        Slot::BigDecimal(slot) => *slot = value.to_string().parse().ok()?,
        Slot::Document(slot) => *slot = value.into(),
        Slot::Float(slot) => *slot = value as f32,
        Slot::Double(slot) => *slot = value as f64,
        Slot::Unit => {}
        _ => return None,
    }
    Some(())
}

fn put_double(slot: Slot<'_>, value: f64) -> Option<()> {
    match slot {
        Slot::Float(slot) => *slot = float::single(value)?,
        Slot::Double(slot) => *slot = value,
        Slot::Timestamp(slot) => *slot = timestamp::from_f64(value)?,
        Slot::Document(slot) => *slot = value.into(),
        Slot::Unit => {}
        other => return put_integer(other, whole(value)?),
    }
    Some(())
}

/// Returns the integer that a double stands for. Beyond 2^53 it may have been another one before it became a double.
fn whole(value: f64) -> Option<i64> {
    const BEYOND: f64 = 9_007_199_254_740_992.0;
    (value.fract() == 0.0 && value.abs() < BEYOND).then_some(value as i64)
}

/// Puts a number where it belongs, without losing digits of an integer.
fn put_number(slot: Slot<'_>, text: &str) -> Option<()> {
    match slot {
        Slot::Float(slot) => *slot = float::single(double(text)?)?,
        Slot::Double(slot) => *slot = double(text)?,
        Slot::BigInteger(slot) => *slot = decimal::digits(text)?.parse().ok()?,
        Slot::BigDecimal(slot) => *slot = text.parse().ok()?,
        Slot::Timestamp(slot) => *slot = timestamp::from_f64(double(text)?)?,
        Slot::Document(slot) => {
            *slot = match text.parse::<u64>() {
                Ok(integer) => integer.into(),
                Err(_) => double(text)?.into(),
            }
        }
        Slot::Unit => {}
        other => return put_integer(other, decimal::integer(text)?.try_into().ok()?),
    }
    Some(())
}

fn put_text(slot: Slot<'_>, text: &str) -> Result<Option<()>, String> {
    match slot {
        Slot::String(slot) => text.clone_into(slot),
        Slot::Text(slot) => slot.set(text),
        Slot::Blob(slot) => *slot = blob::decode(text)?,
        Slot::Document(slot) => *slot = text.into(),
        Slot::Unit => {}
        other => return Ok(put_special_text(other, text)),
    }
    Ok(Some(()))
}

/// Puts text that stands for something else.
fn put_special_text(slot: Slot<'_>, text: &str) -> Option<()> {
    match slot {
        Slot::BigInteger(slot) => *slot = text.parse().ok()?,
        Slot::BigDecimal(slot) => *slot = text.parse().ok()?,
        Slot::Timestamp(slot) => *slot = timestamp::from_text(text)?,
        Slot::Float(slot) => *slot = float::from_text(text)? as f32,
        Slot::Double(slot) => *slot = float::from_text(text)?,
        _ => return None,
    }
    Some(())
}

impl Slot<'_> {
    /// Puts text here, if that is what belongs here.
    pub(crate) fn set_text(self, text: &str) {
        // What is not text stays as it is.
        let _ = Scalar::Text(text).put_into(self.open());
    }
}
