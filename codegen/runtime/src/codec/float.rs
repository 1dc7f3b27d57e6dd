//! Floats, which JSON knows only where they are finite.

/// Returns the text that stands for a float that is not finite.
pub(super) fn non_finite(value: f64) -> Option<&'static str> {
    match value {
        _ if value.is_nan() => Some("NaN"),
        f64::INFINITY => Some("Infinity"),
        f64::NEG_INFINITY => Some("-Infinity"),
        _ => None,
    }
}

/// Returns the float that such a text stands for.
pub(super) fn from_text(text: &str) -> Option<f64> {
    match text {
        "NaN" => Some(f64::NAN),
        "Infinity" => Some(f64::INFINITY),
        "-Infinity" => Some(f64::NEG_INFINITY),
        _ => None,
    }
}

/// Returns the nearest float of single precision; `None` where `value` is too large for one.
pub(super) fn single(value: f64) -> Option<f32> {
    let nearest = value as f32;
    (nearest.is_finite() || !value.is_finite()).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use crate::codec::json::testing::{read, write};
    use proptest::prelude::*;

    #[test]
    fn what_is_not_finite_is_text() {
        assert_eq!(write(&f32::NAN), r#""NaN""#);
        assert_eq!(write(&f64::NAN), r#""NaN""#);
        assert_eq!(write(&f32::INFINITY), r#""Infinity""#);
        assert_eq!(write(&f64::NEG_INFINITY), r#""-Infinity""#);
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
            (
                "1e39",
                "found a number, expected a number of single precision",
            ),
            (
                r#""nan""#,
                "found a string, expected a number of single precision, \"NaN\"",
            ),
            ("null", "found null, expected a number"),
            ("{}", "found an object, expected a number"),
        ] {
            let error = read::<f32>(json).unwrap_err();
            assert!(error.starts_with(message), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(single: f32, double: f64) {
            prop_assert_eq!(read::<f32>(&write(&single)).unwrap().to_bits(), single.to_bits());
            prop_assert_eq!(read::<f64>(&write(&double)).unwrap().to_bits(), double.to_bits());
        }
    }
}
