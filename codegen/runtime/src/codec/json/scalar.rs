//! What is read that holds nothing else, and which slots it may go into.

use crate::DateTime;
use crate::codec::{blob, float, timestamp};
use crate::schema::Slot;

/// A value that holds nothing else.
pub(super) enum Scalar<'t> {
    Boolean(bool),
    Integer(i64),
    /// An integer that is too large for the other kind.
    Unsigned(u64),
    Double(f64),
    Text(&'t str),
}

impl Scalar<'_> {
    /// Puts it where it belongs, or says what is wrong without showing it.
    pub(super) fn put_into(self, slot: Slot<'_>) -> Result<(), String> {
        let expected = slot.expected();
        let found = self.kind();
        let put = match self {
            Self::Boolean(value) => put_boolean(slot, value),
            Self::Integer(value) => put_integer(slot, value),
            Self::Unsigned(value) => put_unsigned(slot, value),
            Self::Double(value) => put_double(slot, value),
            Self::Text(text) => put_text(slot, text)?,
        };
        put.ok_or_else(|| format!("found {found}, expected {expected}"))
    }

    fn kind(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Integer(_) | Self::Unsigned(_) => "an integer",
            Self::Double(_) => "a number",
            Self::Text(_) => "a string",
        }
    }
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
        other => return put_double(other, value as f64),
    }
    Some(())
}

fn put_unsigned(slot: Slot<'_>, value: u64) -> Option<()> {
    match slot {
        Slot::BigInteger(slot) => *slot = value.to_string().parse().ok()?,
        Slot::BigDecimal(slot) => *slot = value.to_string().parse().ok()?,
        Slot::Document(slot) => *slot = value.into(),
        other => return put_double(other, value as f64),
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
        _ => return None,
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

/// Text that stands for something else.
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

impl<'a> Slot<'a> {
    /// Where a value that is not null belongs.
    #[inline]
    pub(in crate::codec) fn open(self) -> Slot<'a> {
        let mut slot = self;
        while let Self::Optional(optional) = slot {
            slot = optional.set();
        }
        slot
    }

    /// Puts text here, if that is what belongs here.
    pub(crate) fn fill_in(self, text: &str) {
        // What is not text stays as it is.
        let _ = Scalar::Text(text).put_into(self.open());
    }

    /// What belongs here, for errors.
    pub(in crate::codec) fn expected(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Byte(_) => "an integer of 8 bits",
            Self::Short(_) => "an integer of 16 bits",
            Self::Integer(_) | Self::IntEnum(_) => "an integer of 32 bits",
            Self::Long(_) => "an integer of 64 bits",
            Self::BigInteger(_) => "an integer",
            Self::BigDecimal(_) => "a number",
            Self::Float(_) => r#"a number of single precision, "NaN", "Infinity" or "-Infinity""#,
            Self::Double(_) => r#"a number, "NaN", "Infinity" or "-Infinity""#,
            Self::String(_) | Self::Text(_) => "a string",
            Self::Blob(_) => "a blob in base64",
            Self::Timestamp(_) => {
                "a timestamp: seconds since 1970, or text like 2020-11-25T02:49:02Z"
            }
            Self::Structure(_) | Self::Union(_) | Self::Map(_) => "an object",
            Self::List(_) => "a list",
            Self::Document(_) | Self::Optional(_) | Self::Unit => "a value",
        }
    }
}
