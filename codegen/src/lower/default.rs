//! Defaults: `smithy.api#default`, of a member or of the shape it targets, as values of Rust types.

use crate::ir::DefaultValue;
use crate::ir::{RustType, TypeName};
use crate::model::json;
use serde_json::Value;

impl DefaultValue {
    /// Reads the value of a `default` trait. `None` if it is not a value of the type. The variants
    /// of enums are looked up by `variant_of`.
    pub fn new(
        value: &Value,
        ty: &RustType,
        variant_of: &dyn Fn(&TypeName, &Value) -> Option<String>,
    ) -> Option<Self> {
        Some(match ty {
            RustType::Bool => Self::Bool(value.as_bool()?),
            RustType::I8 => Self::Integer(i8::try_from(integer(value)?).ok()?.into()),
            RustType::I16 => Self::Integer(i16::try_from(integer(value)?).ok()?.into()),
            RustType::I32 => Self::Integer(i32::try_from(integer(value)?).ok()?.into()),
            RustType::I64 => Self::Integer(integer(value)?),
            RustType::F32 => Self::Float(float(value).filter(|value| fits_single(*value))?),
            RustType::F64 => Self::Float(float(value)?),
            RustType::BigInteger => Self::BigInteger(big_integer(value)?),
            RustType::BigDecimal => Self::BigDecimal(big_decimal(value)?),
            RustType::String => Self::String(value.as_str()?.to_owned()),
            RustType::Blob => Self::Blob(base64(value.as_str()?)?),
            RustType::DateTime(_) => moment(value)?,
            RustType::Document => Self::Document(value.clone()),
            RustType::Enum(name) => Self::Enum {
                name: name.clone(),
                variant: variant_of(name, value),
                value: value.as_str()?.to_owned(),
            },
            RustType::IntEnum(name) => Self::IntEnum {
                name: name.clone(),
                variant: variant_of(name, value),
                value: i32::try_from(integer(value)?).ok()?,
            },
            RustType::List { .. } => value.as_array()?.is_empty().then_some(Self::EmptyList)?,
            RustType::Map { .. } => value.as_object()?.is_empty().then_some(Self::EmptyMap)?,
            // No default but this one is possible, and it is that of the type.
            RustType::ByteStream => Self::Blob(value.as_str().filter(|it| it.is_empty())?.into()),
            RustType::Structure(_) | RustType::Union(_) | RustType::EventStream(_) => return None,
        })
    }

    /// Returns `true` if it is equal to Rust's `Default` of the type.
    pub fn is_rusts(&self) -> bool {
        match self {
            Self::Bool(value) => !value,
            Self::Integer(value) => *value == 0,
            Self::Float(value) => value.to_bits() == 0,
            Self::BigInteger(text) | Self::BigDecimal(text) => text == "0",
            Self::String(value) => value.is_empty(),
            Self::Document(value) => value.is_null(),
            Self::EmptyList | Self::EmptyMap => true,
            Self::Enum { .. } | Self::IntEnum { .. } | Self::Blob(_) | Self::DateTime { .. } => {
                false
            }
        }
    }
}

/// The digits of an integer. The model's reader leaves one that no number holds as text.
fn big_integer(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) if number.is_f64() => number.as_f64()?.to_string(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let digits = text.strip_prefix('-').unwrap_or(&text);
    let is_integer = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_integer.then_some(text)
}

/// A decimal number as text. The model's reader leaves one with more digits than a double holds as text.
fn big_decimal(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => is_number(text).then(|| text.clone()),
        Value::Number(number) if number.is_f64() => Some(number.as_f64()?.to_string()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Returns `true` if text is a number in JSON's grammar.
fn is_number(text: &str) -> bool {
    serde_json::from_str::<serde_json::Number>(text).is_ok() && text.trim() == text
}

/// Describes the values of a type, for diagnostics.
pub fn describe(ty: &RustType) -> String {
    match ty {
        RustType::Bool => "true or false".to_owned(),
        RustType::I8 => "an integer of 8 bits".to_owned(),
        RustType::I16 => "an integer of 16 bits".to_owned(),
        RustType::I32 => "an integer of 32 bits".to_owned(),
        RustType::I64 => "an integer of 64 bits".to_owned(),
        RustType::F32 => {
            r#"a number of at most 3.4028235e38 either way, "NaN", "Infinity" or "-Infinity""#
                .to_owned()
        }
        RustType::F64 => r#"a number, "NaN", "Infinity" or "-Infinity""#.to_owned(),
        RustType::BigInteger => "an integer".to_owned(),
        RustType::BigDecimal => "a number".to_owned(),
        RustType::DateTime(_) => {
            "a number of seconds since 1970, in the years from 0 to 9999".to_owned()
        }
        RustType::Enum(name) => format!("a string, a value of {}", name.shape),
        RustType::IntEnum(name) => format!("an integer, a value of {}", name.shape),
        _ => "a string".to_owned(),
    }
}

/// Describes the defaults that a type may have, for diagnostics.
pub fn describe_default(ty: &RustType) -> String {
    match ty {
        RustType::Blob => "a string, the blob's bytes in base64".to_owned(),
        RustType::DateTime(_) => {
            format!("{}, or text like \"2017-07-01T00:00:00Z\"", describe(ty))
        }
        RustType::ByteStream => {
            "an empty string, as the default of a stream of bytes must be".to_owned()
        }
        RustType::List { .. } => "an empty array, as the default of a list must be".to_owned(),
        RustType::Map { .. } => "an empty object, as the default of a map must be".to_owned(),
        RustType::Structure(_) | RustType::Union(_) => {
            "right: structures and unions have no default".to_owned()
        }
        _ => describe(ty),
    }
}

/// An integer, however it is written: `-0`, `1e3` and `2.0` are integers, too.
fn integer(value: &Value) -> Option<i64> {
    /// Up to here, an `f64` holds every integer.
    const EXACT: f64 = 9_007_199_254_740_992.0;
    let is_exact = |value: &f64| value.fract() == 0.0 && value.abs() <= EXACT;
    value
        .as_i64()
        .or_else(|| value.as_f64().filter(is_exact).map(|value| value as i64))
}

/// Returns `true` if a number is not too large for an `f32`.
fn fits_single(value: f64) -> bool {
    !value.is_finite() || (value as f32).is_finite()
}

fn float(value: &Value) -> Option<f64> {
    match value.as_str() {
        Some("NaN") => Some(f64::NAN),
        Some("Infinity") => Some(f64::INFINITY),
        Some("-Infinity") => Some(f64::NEG_INFINITY),
        // The model's reader leaves a number with more digits than a double holds as text.
        Some(text) if json::is_long_number(text) => text.parse().ok(),
        Some(_) => None,
        None => value.as_f64(),
    }
}

/// A timestamp's default is a number of seconds, or text as in RFC 3339, in UTC.
fn moment(value: &Value) -> Option<DefaultValue> {
    if let Some(text) = value.as_str() {
        let (seconds, nanos) = rfc3339(text)?;
        return Some(DefaultValue::DateTime { seconds, nanos });
    }
    let (seconds, nanos) = match integer(value) {
        Some(seconds) => (seconds, 0),
        None => {
            let seconds = value.as_f64()?;
            let whole = seconds.floor();
            // Exact to the microsecond, as on the wire: an f64 holds no more of a date of our time.
            let micros = ((seconds - whole) * 1e6).round().min(999_999.0);
            (whole as i64, micros as u32 * 1000)
        }
    };
    MOMENTS
        .contains(&seconds)
        .then_some(DefaultValue::DateTime { seconds, nanos })
}

/// The seconds of the years from 0 to 9999, which all formats of timestamps can write.
const MOMENTS: std::ops::RangeInclusive<i64> = -62_167_219_200..=253_402_300_799;

/// Reads `2017-07-01T00:00:00.123Z`.
fn rfc3339(text: &str) -> Option<(i64, u32)> {
    let (date, time) = text.strip_suffix('Z')?.split_once('T')?;
    let number = |digits: &str| {
        let is_number = digits.chars().all(|digit| digit.is_ascii_digit());
        is_number.then(|| digits.parse::<i64>().ok()).flatten()
    };
    let mut date = date.splitn(3, '-').map(number);
    let (year, month, day) = (date.next()??, date.next()??, date.next()??);
    let (time, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut time = time.splitn(3, ':').map(number);
    let (hour, minute, second) = (time.next()??, time.next()??, time.next()??);
    let in_range = (0..=9999).contains(&year)
        && (1..=12).contains(&month)
        && (1..=days_in_month(year, month)).contains(&day)
        && (0..24).contains(&hour)
        && (0..60).contains(&minute)
        && (0..60).contains(&second);
    let is_fraction = fraction.chars().all(|digit| digit.is_ascii_digit());
    let nanos = format!("{fraction:0<9}").get(..9)?.parse().ok()?;
    (in_range && is_fraction).then(|| {
        (
            days_since_1970(year, month, day) * 86_400 + hour * 3_600 + minute * 60 + second,
            nanos,
        )
    })
}

fn days_in_month(year: i64, month: i64) -> i64 {
    let (next_year, next) = if month == 12 {
        (year + 1, 1)
    } else {
        (year, month + 1)
    };
    days_since_1970(next_year, next, 1) - days_since_1970(year, month, 1)
}

/// The days between 1970-01-01 and a date. Years are counted from March here, so that a leap day is
/// the last of its year.
fn days_since_1970(year: i64, month: i64, day: i64) -> i64 {
    let years = if month > 2 { year } else { year - 1 };
    let months_since_march = (month + 9) % 12;
    let days_of_year = (153 * months_since_march + 2) / 5 + day - 1;
    let leap_days = years.div_euclid(4) - years.div_euclid(100) + years.div_euclid(400);
    const FROM_MARCH_OF_YEAR_0_TO_1970: i64 = 719_468;
    years * 365 + leap_days + days_of_year - FROM_MARCH_OF_YEAR_0_TO_1970
}

/// Decodes base64 with the usual alphabet and padding.
fn base64(text: &str) -> Option<Vec<u8>> {
    let digits = text.trim_end_matches('=');
    if text.len() - digits.len() > 2 || !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = digits.as_bytes();
    let mut bytes = Vec::with_capacity(digits.len() * 3 / 4);
    let (mut buffer, mut bits) = (0_u32, 0);
    for digit in digits {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'a'..=b'z' => digit - b'a' + 26,
            b'0'..=b'9' => digit - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        buffer = (buffer << 6 | u32::from(value)) & 0xFF_FFFF;
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            bytes.push((buffer >> bits & 0xFF) as u8);
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn base64_is_decoded() {
        assert_eq!(base64(""), Some(vec![]));
        assert_eq!(base64("YmxvYg=="), Some(b"blob".to_vec()));
        assert_eq!(base64("YWJj"), Some(b"abc".to_vec()));
        assert_eq!(base64("////"), Some(vec![255; 3]));
        for wrong in ["a-b", "a-bc", "Y", "YQ", "YQ=", "YQ===", "YQ==YQ==", "===="] {
            assert_eq!(base64(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn moments_are_read_from_numbers_and_text() {
        let moment = |value| match moment(&value) {
            Some(DefaultValue::DateTime { seconds, nanos }) => Some((seconds, nanos)),
            _ => None,
        };
        assert_eq!(moment(json!(0)), Some((0, 0)));
        assert_eq!(moment(json!(-1)), Some((-1, 0)));
        assert_eq!(moment(json!(-0.5)), Some((-1, 500_000_000)));
        assert_eq!(
            moment(json!(1606272542.135)),
            Some((1_606_272_542, 135_000_000))
        );
        assert_eq!(moment(json!("1970-01-01T00:00:00Z")), Some((0, 0)));
        assert_eq!(
            moment(json!("1969-12-31T23:59:59.5Z")),
            Some((-1, 500_000_000))
        );
        assert_eq!(
            moment(json!("2000-02-29T12:00:00Z")),
            Some((951_825_600, 0))
        );
        assert_eq!(
            moment(json!("2020-11-25T02:49:02.135Z")),
            Some((1_606_272_542, 135_000_000))
        );
        for wrong in [
            json!("1970-13-01T00:00:00Z"),
            json!("2021-02-29T00:00:00Z"),
            json!("1970-+1-01T00:00:00Z"),
            json!("1970-01-01T00:00:00.+5Z"),
            json!("yesterday"),
            json!(1e300),
            json!(-1e300),
            json!(i64::MAX),
            json!(u64::MAX),
            json!("NaN"),
        ] {
            assert_eq!(moment(wrong.clone()), None, "{wrong}");
        }
    }
}
