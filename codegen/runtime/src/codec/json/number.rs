//! Numbers of any size, written as JSON has them.

use std::borrow::Cow;

use serde_core::ser::Error;
use serde_core::{Serialize, Serializer};
use serde_json::value::RawValue;

/// Writes the number that `text` stands for. `text` is what AWS's types of numbers hold, which is a little more than JSON's grammar.
pub(super) fn serialize<S: Serializer>(text: &str, serializer: S) -> Result<S::Ok, S::Error> {
    if let Ok(integer) = text.parse() {
        return serializer.serialize_i64(integer);
    }
    // Other formats than serde_json's see the digits in a structure of its.
    let number = RawValue::from_string(json_number(text).into_owned());
    number.map_err(S::Error::custom)?.serialize(serializer)
}

/// Returns a number as JSON's grammar has it: no `+` in front, no zeros before other digits, digits on both sides of the point.
fn json_number(text: &str) -> Cow<'_, str> {
    let (coefficient, exponent) = match text.find(['e', 'E']) {
        Some(at) => text.split_at(at),
        None => (text, ""),
    };
    let (sign, unsigned) = match coefficient.strip_prefix('-') {
        Some(unsigned) => ("-", unsigned),
        None => ("", coefficient.strip_prefix('+').unwrap_or(coefficient)),
    };
    let (integer, fraction) = match unsigned.split_once('.') {
        Some((integer, fraction)) => (integer, Some(fraction)),
        None => (unsigned, None),
    };
    let stripped = integer.trim_start_matches('0');
    let is_as_json = (!stripped.is_empty() && stripped.len() == integer.len() || integer == "0")
        && fraction.is_none_or(|fraction| !fraction.is_empty())
        && !coefficient.starts_with('+');
    if is_as_json {
        return Cow::Borrowed(text);
    }
    let integer = if stripped.is_empty() { "0" } else { stripped };
    Cow::Owned(match fraction {
        Some(fraction) if !fraction.is_empty() => format!("{sign}{integer}.{fraction}{exponent}"),
        _ => format!("{sign}{integer}{exponent}"),
    })
}

#[cfg(test)]
mod tests {
    use super::json_number;

    #[test]
    fn only_the_form_changes() {
        for (text, json) in [
            ("0", "0"),
            ("-0", "-0"),
            ("12345678901234567890123", "12345678901234567890123"),
            ("00123", "123"),
            ("-007", "-7"),
            ("+5", "5"),
            (".5", "0.5"),
            ("-.5e3", "-0.5e3"),
            ("5.", "5"),
            ("1.50", "1.50"),
            ("1E400", "1E400"),
            ("+01.e+5", "1e+5"),
            ("0.0", "0.0"),
        ] {
            assert_eq!(json_number(text), json, "{text}");
            assert!(
                serde_json::from_str::<&serde_json::value::RawValue>(json).is_ok(),
                "{json}"
            );
        }
    }
}
