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
}
