//! Floats, which JSON knows only where they are finite.

use super::{Read, Write};
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Number;
use std::fmt;
use std::marker::PhantomData;

/// A float or double as a number, or as one of the texts `NaN`, `Infinity` and `-Infinity`.
#[derive(Clone, Copy, Debug)]
pub enum Float {}

impl Write<f64> for Float {
    fn write<S: Serializer>(value: &f64, serializer: S) -> Result<S::Ok, S::Error> {
        match non_finite(*value) {
            Some(text) => serializer.serialize_str(text),
            None => serializer.serialize_f64(*value),
        }
    }
}

impl Write<f32> for Float {
    fn write<S: Serializer>(value: &f32, serializer: S) -> Result<S::Ok, S::Error> {
        match non_finite((*value).into()) {
            Some(text) => serializer.serialize_str(text),
            None => value.serialize(serializer),
        }
    }
}

fn non_finite(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

impl<T: Finite> Read<T> for Float {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(FloatVisitor(PhantomData))
    }
}

/// A type of float that [`Float`] reads.
pub trait Finite: From<f32> {
    /// The nearest value; `None` where `value` is too large for the type.
    fn nearest(value: f64) -> Option<Self>;
}

impl Finite for f64 {
    fn nearest(value: f64) -> Option<Self> {
        Some(value)
    }
}

impl Finite for f32 {
    fn nearest(value: f64) -> Option<Self> {
        let nearest = value as f32;
        nearest.is_finite().then_some(nearest)
    }
}

struct FloatVisitor<T>(PhantomData<T>);

impl<'de, T: Finite> Visitor<'de> for FloatVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number, \"NaN\", \"Infinity\" or \"-Infinity\"")
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        T::nearest(value).ok_or_else(|| E::custom("the number is too large for a float"))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.visit_f64(value as f64)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        match text {
            "NaN" => Ok(f32::NAN.into()),
            "Infinity" => Ok(f32::INFINITY.into()),
            "-Infinity" => Ok(f32::NEG_INFINITY.into()),
            // The text itself may be a secret.
            _ => Err(E::invalid_value(Unexpected::Other("string"), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let number = number(map).ok_or_else(|| A::Error::invalid_type(Unexpected::Map, &self))?;
        self.visit_f64(number.as_f64().unwrap_or(f64::NAN))
    }
}

/// The number that serde_json presents as a map when some crate in the build turns its feature `arbitrary_precision` on.
pub(super) fn number<'de, A: MapAccess<'de>>(map: A) -> Option<Number> {
    Number::deserialize(MapAccessDeserializer::new(map)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::As;
    use proptest::prelude::*;

    fn read<T: Finite>(json: &str) -> Result<T, String> {
        As::<Float>::deserialize(&mut serde_json::Deserializer::from_str(json))
            .map_err(|error: serde_json::Error| error.to_string())
    }

    fn write<T>(value: T) -> String
    where
        Float: Write<T>,
    {
        serde_json::to_string(&As::<Float>::of(&value)).unwrap()
    }

    #[test]
    fn what_is_not_finite_is_text() {
        assert_eq!(write(f32::NAN), r#""NaN""#);
        assert_eq!(write(f64::NAN), r#""NaN""#);
        assert_eq!(write(f32::INFINITY), r#""Infinity""#);
        assert_eq!(write(f64::NEG_INFINITY), r#""-Infinity""#);
        assert!(read::<f32>(r#""NaN""#).unwrap().is_nan());
        assert!(read::<f64>(r#""NaN""#).unwrap().is_nan());
        assert_eq!(read::<f64>(r#""Infinity""#).unwrap(), f64::INFINITY);
        assert_eq!(read::<f32>(r#""-Infinity""#).unwrap(), f32::NEG_INFINITY);
    }

    #[test]
    fn numbers_of_any_form_are_read() {
        for (json, value) in [
            ("1", 1.0),
            ("-1", -1.0),
            ("1.5e3", 1500.0),
            ("18446744073709551616", 18446744073709551616.0),
        ] {
            assert_eq!(read::<f64>(json).unwrap(), value);
            assert_eq!(read::<f32>(json).unwrap(), value as f32);
        }
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (json, message) in [
            ("1e39", "is too large for a float"),
            (
                r#""nan""#,
                "invalid value: string, expected a number, \"NaN\"",
            ),
            ("null", "invalid type: null, expected a number"),
            ("{}", "invalid type: map, expected a number"),
        ] {
            let error = read::<f32>(json).unwrap_err();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(single: f32, double: f64) {
            prop_assert_eq!(read::<f32>(&write(single)).unwrap().to_bits(), single.to_bits());
            prop_assert_eq!(read::<f64>(&write(double)).unwrap().to_bits(), double.to_bits());
        }
    }
}
