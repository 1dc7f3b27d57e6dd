//! JSON text to a value. Unlike `serde_json::from_str`, an object that has a key twice is an error: of two shapes with one id, which
//! one was meant?

use std::borrow::Cow;
use std::fmt;
use std::ops::Range;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::Error;

/// Reads JSON text. Nesting deeper than serde_json's limit (128) is an error, so all code that comes after may recurse into the value.
pub(crate) fn parse(text: &str) -> Result<Value, Error> {
    let text = long_numbers_as_text(text);
    let mut deserializer = serde_json::Deserializer::from_str(&text);
    let value = Strict
        .deserialize(&mut deserializer)
        .and_then(|value| deserializer.end().map(|()| value));
    value.map_err(|error| Error::new(format!("the model is not well-formed JSON: {error}")))
}

/// The number of decimal digits that a double holds, whatever they are.
const DIGITS: usize = 17;

/// Returns `true` if text is a number with more digits than a double holds, as [`parse`] leaves it.
pub(crate) fn is_long_number(text: &str) -> bool {
    number_length(text.as_bytes()) == text.len() && is_long(text)
}

/// Returns `true` if a number has more digits than a double holds, and more than an integer of 64 bits has.
fn is_long(number: &str) -> bool {
    let is_integer = number.parse::<i64>().is_ok() || number.parse::<u64>().is_ok();
    let coefficient = number.split(['e', 'E']).next().unwrap_or_default();
    let digits = coefficient.bytes().filter(u8::is_ascii_digit);
    !is_integer
        && digits.skip_while(|digit| *digit == b'0').count() > DIGITS
        && serde_json::from_str::<Number>(number).is_ok()
}

/// The length of the number that these bytes begin with.
fn number_length(bytes: &[u8]) -> usize {
    let is_part = |byte: &&u8| matches!(byte, b'0'..=b'9' | b'-' | b'+' | b'.' | b'e' | b'E');
    bytes.iter().take_while(is_part).count()
}

/// Puts numbers into quotes that serde_json would round, so that numbers of any size keep all their digits.
fn long_numbers_as_text(text: &str) -> Cow<'_, str> {
    let mut rewritten = String::new();
    let mut copied = 0;
    for Range { start, end } in long_number_ranges(text) {
        if let (Some(before), Some(number)) = (text.get(copied..start), text.get(start..end)) {
            rewritten.push_str(before);
            rewritten.push_str(&format!("\"{number}\""));
            copied = end;
        }
    }
    match text.get(copied..) {
        Some(rest) if copied > 0 => {
            rewritten.push_str(rest);
            Cow::Owned(rewritten)
        }
        _ => Cow::Borrowed(text),
    }
}

/// Returns the numbers in JSON that [`parse`] leaves as text.
pub(crate) fn long_numbers(text: &str) -> impl Iterator<Item = &str> {
    long_number_ranges(text).filter_map(|range| text.get(range))
}

/// The places of numbers that are long.
fn long_number_ranges(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(byte) = bytes.get(at) {
            match byte {
                b'"' => at = end_of_string(bytes, at + 1),
                b'-' | b'0'..=b'9' => {
                    let start = at;
                    at += number_length(bytes.get(at..).unwrap_or_default());
                    if text.get(start..at).is_some_and(is_long) {
                        return Some(start..at);
                    }
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// The end of the string that begins before `at`.
fn end_of_string(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    at
}

struct Strict;

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = elements.next_element_seed(Self)? {
            values.push(value);
        }
        Ok(Value::Array(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut object = Map::new();
        while let Some(key) = entries.next_key::<String>()? {
            if object.contains_key(&key) {
                return Err(A::Error::custom(format_args!(
                    "the key `{key}` stands twice in one object"
                )));
            }
            let value = entries.next_value_seed(Self)?;
            object.insert(key, value);
        }
        Ok(Value::Object(object))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_what_serde_json_reads() {
        let text = r#"{"a": [1, -2, 3.5, 1e300, true, false, null, "ä\n"], "b": {"c": {}, "d": []}, "": 18446744073709551615}"#;
        assert_eq!(
            parse(text).unwrap(),
            serde_json::from_str::<Value>(text).unwrap()
        );
    }

    #[test]
    fn numbers_keep_all_their_digits() {
        let text = r#"{"1234567890123456789012": [18446744073709551616, -18446744073709551616, 0.1234567890123456789e3, 1e300, 123456789012345678]}"#;
        let expected = serde_json::json!({"1234567890123456789012": [
            "18446744073709551616",
            "-18446744073709551616",
            "0.1234567890123456789e3",
            1e300,
            123_456_789_012_345_678_u64
        ]});
        assert_eq!(parse(text).unwrap(), expected);
        assert!(is_long_number("0.1234567890123456789e3"));
        assert!(!is_long_number("123456789012345678") && !is_long_number("12345678901234567890x"));
        assert!(parse("[123456789012345678901.2.3]").is_err());
        assert!(parse(r#"["\\", 1"#).is_err());
    }

    #[test]
    fn malformed_text() {
        let message = |text: &str| parse(text).unwrap_err().to_string();
        assert_eq!(
            message("{\"a\": 1,\n \"a\": 2}"),
            "the model is not well-formed JSON: the key `a` stands twice in one object at line 2 column 4"
        );
        assert_eq!(
            message("{"),
            "the model is not well-formed JSON: EOF while parsing an object at line 1 column 1"
        );
        assert_eq!(
            message("{} {}"),
            "the model is not well-formed JSON: trailing characters at line 1 column 4"
        );
        let deep = "[".repeat(100_000);
        assert_eq!(
            message(&deep),
            "the model is not well-formed JSON: recursion limit exceeded at line 1 column 128"
        );
    }
}
