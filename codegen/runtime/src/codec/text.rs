//! Scalars as bare text, as they stand in paths, queries and headers.

use std::borrow::Cow;

use super::{blob, float, timestamp};
use crate::EncodeError;
use crate::schema::{Slot, TimestampFormat, View};

/// Returns a scalar as text; `None` if the value is no scalar.
///
/// # Errors
/// If it is a timestamp that its format cannot hold.
pub(crate) fn write<'a>(
    view: View<'a>,
    timestamps: TimestampFormat,
) -> Result<Option<Cow<'a, str>>, EncodeError> {
    let text: Cow<'a, str> = match view {
        View::Text(text) => text.into(),
        View::Boolean(value) => if value { "true" } else { "false" }.into(),
        View::Integer(value) => value.to_string().into(),
        View::Float(value) => match float::non_finite(value.into()) {
            Some(text) => text.into(),
            None => format!("{value:?}").into(),
        },
        View::Double(value) => match float::non_finite(value) {
            Some(text) => text.into(),
            None => format!("{value:?}").into(),
        },
        View::BigInteger(value) => value.as_ref().into(),
        View::BigDecimal(value) => value.as_ref().into(),
        View::Blob(blob) => blob::encode(blob).into(),
        View::Timestamp(value) => match timestamp::written(value, timestamps) {
            Ok(timestamp::Written::Whole(seconds)) => seconds.to_string().into(),
            Ok(timestamp::Written::Fractional(seconds)) => seconds.to_string().into(),
            Ok(timestamp::Written::Text(text)) => text.into(),
            Err(error) => return Err(EncodeError::new(error)),
        },
        _ => return Ok(None),
    };
    Ok(Some(text))
}

/// Sets a slot to the scalar that a text stands for. The error is the kind of value that should be here instead.
pub(crate) fn read(text: &str, slot: Slot<'_>) -> Result<(), &'static str> {
    let slot = slot.open();
    let expected = slot.expected();
    put(text, slot).ok_or(expected)
}

fn put(text: &str, slot: Slot<'_>) -> Option<()> {
    match slot {
        Slot::String(slot) => text.clone_into(slot),
        Slot::Text(slot) => slot.set(text),
        Slot::Boolean(slot) => {
            *slot = match text {
                "true" => true,
                "false" => false,
                _ => return None,
            }
        }
        Slot::Byte(slot) => *slot = text.parse().ok()?,
        Slot::Short(slot) => *slot = text.parse().ok()?,
        Slot::Integer(slot) => *slot = text.parse().ok()?,
        Slot::Long(slot) => *slot = text.parse().ok()?,
        Slot::IntEnum(slot) => slot.set(text.parse().ok()?),
        Slot::Float(slot) => *slot = float::single(double(text)?)?,
        Slot::Double(slot) => *slot = double(text)?,
        Slot::BigInteger(slot) => *slot = text.parse().ok()?,
        Slot::BigDecimal(slot) => *slot = text.parse().ok()?,
        Slot::Blob(slot) => *slot = blob::decode(text).ok()?,
        Slot::Timestamp(slot) => {
            *slot = match timestamp::from_text(text) {
                Some(timestamp) => timestamp,
                None => timestamp::from_f64(finite(text)?)?,
            }
        }
        Slot::Unit => {}
        _ => return None,
    }
    Some(())
}

fn double(text: &str) -> Option<f64> {
    float::from_text(text).or_else(|| finite(text))
}

/// Returns the number that a text stands for: no other text than digits and what may stand between them.
fn finite(text: &str) -> Option<f64> {
    let value: f64 = text.parse().ok()?;
    value.is_finite().then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Value;
    use crate::{BigInteger, Blob, DateTime};

    fn written<T: Value>(value: &T) -> String {
        let text = write(value.view(), TimestampFormat::HttpDate).unwrap();
        text.unwrap().into_owned()
    }

    fn read_back<T: Value>(text: &str) -> Result<T, &'static str> {
        let mut value = T::zero();
        read(text, value.slot()).map(|()| value)
    }

    #[test]
    fn scalars_are_written_and_read_back() {
        fn check<T: Value + PartialEq + std::fmt::Debug>(value: &T, text: &str) {
            assert_eq!(written(value), text);
            assert_eq!(read_back::<T>(text).as_ref(), Ok(value), "{text}");
        }
        check(&true, "true");
        check(&-5_i8, "-5");
        check(&i64::MAX, "9223372036854775807");
        check(&1.1_f32, "1.1");
        check(&1e300_f64, "1e300");
        check(&f64::NEG_INFINITY, "-Infinity");
        check(&"a b".to_owned(), "a b");
        check(&Blob::new("hello"), "aGVsbG8=");
        check(&DateTime::from_secs(0), "Thu, 01 Jan 1970 00:00:00 GMT");
        let big = "123456789012345678901234567890";
        check(&big.parse::<BigInteger>().unwrap(), big);
    }

    #[test]
    fn what_is_no_such_scalar_is_refused() {
        assert!(read_back::<bool>("True").is_err());
        assert!(read_back::<i8>("128").is_err());
        assert!(read_back::<i32>("1.0").is_err());
        assert!(read_back::<f32>("inf").is_err());
        assert!(read_back::<f64>("nan").is_err());
        assert!(read_back::<f64>("1e999").is_err());
        assert!(read_back::<DateTime>("NaN").is_err());
        assert!(read_back::<Vec<String>>("a").is_err());
        assert!(
            write(vec![1].view(), TimestampFormat::HttpDate)
                .unwrap()
                .is_none()
        );
    }

    #[test]
    fn timestamps_are_read_in_any_format() {
        for text in [
            "1",
            "1.0",
            "1970-01-01T00:00:01Z",
            "Thu, 01 Jan 1970 00:00:01 GMT",
        ] {
            assert_eq!(read_back(text), Ok(DateTime::from_secs(1)), "{text}");
        }
    }
}
