//! Durations as one writes them on a command line: `500ms`, `2s`, `10m`, `1h`.

use std::time::Duration;

const UNITS: [(&str, f64); 5] = [
    ("ms", 0.001),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
    ("d", 86400.0),
];

/// Reads a number with a unit: `ms`, `s`, `m`, `h` or `d`.
///
/// # Errors
/// If it is anything else; the text says what is right.
pub fn parse_duration(text: &str) -> Result<Duration, String> {
    let number_ends = text
        .find(|character: char| character.is_ascii_alphabetic())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(number_ends);
    let seconds = UNITS
        .iter()
        .find(|(name, _)| *name == unit)
        .and_then(|(_, seconds)| Some(number.parse::<f64>().ok()? * seconds));
    seconds
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| format!("`{text}` is not a duration such as 500ms, 2s, 10m or 1h"))
}

/// Parses the speed of a [`Clock`](crate::Clock) that has to get somewhere, as for [`Clock::with_speed`](crate::Clock::with_speed).
///
/// # Errors
/// If it is no number above 0, or too large to count with.
pub fn parse_speed(text: &str) -> Result<f64, String> {
    let speed = text.parse().ok();
    let in_range = speed.filter(|speed| *speed > 0.0 && *speed <= 1e6);
    in_range.ok_or_else(|| "a speed is a number above 0, and a million at most".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations() {
        assert_eq!(parse_duration("500ms"), Ok(Duration::from_millis(500)));
        assert_eq!(parse_duration("1.5h"), Ok(Duration::from_secs(5400)));
        for wrong in ["", "10", "s", "-1s", "1e400d", "ten s", "1 fortnight"] {
            assert!(parse_duration(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn speeds() {
        assert_eq!(parse_speed("0.5"), Ok(0.5));
        for wrong in ["", "0", "-1", "nan", "inf", "1e400", "1e7", "fast"] {
            assert!(parse_speed(wrong).is_err(), "{wrong}");
        }
    }
}
