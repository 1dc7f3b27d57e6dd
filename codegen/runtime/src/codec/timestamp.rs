//! Timestamps, in the three formats that Smithy names.
//!
//! A format decides how a timestamp is written. Reading takes every format for every member, since people write date-times in
//! request files where the service has epoch seconds.

use crate::schema::TimestampFormat;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;

/// A timestamp as it is written.
pub(super) enum Written {
    Whole(i64),
    Fractional(f64),
    Text(String),
}

/// Returns a timestamp in its format.
///
/// # Errors
/// If the format is a text that cannot hold the timestamp's year.
pub(super) fn written(value: &DateTime, format: TimestampFormat) -> Result<Written, String> {
    match format {
        TimestampFormat::EpochSeconds => Ok(epoch_seconds(value)),
        TimestampFormat::DateTime => text(value, Format::DateTime, "Z").map(Written::Text),
        TimestampFormat::HttpDate => text(value, Format::HttpDate, " GMT").map(Written::Text),
    }
}

/// Returns the parts of a second that a double tells apart at `seconds` from 1970: its 53 bits hold microseconds up to 2^33 seconds and
/// milliseconds up to 2^43.
fn parts_per_second(seconds: f64) -> i32 {
    match seconds.abs() {
        near if near < 8_589_934_592.0 => 1_000_000,
        far if far < 8_796_093_022_208.0 => 1_000,
        _ => 1,
    }
}

/// Returns `value`, rounded to what [`from_f64`] reads back. One division of whole numbers gives the double nearest to the decimal
/// number, so that no stray digits are written.
fn epoch_seconds(value: &DateTime) -> Written {
    let seconds = value.secs();
    let parts = parts_per_second(seconds as f64);
    let fraction = (f64::from(value.subsec_nanos()) / (1e9 / f64::from(parts))).round();
    match fraction as i32 {
        0 => Written::Whole(seconds),
        all if all >= parts => Written::Whole(seconds.saturating_add(1)),
        _ => Written::Fractional((seconds as f64 * f64::from(parts) + fraction) / f64::from(parts)),
    }
}

/// Returns the timestamp nearest to `seconds`; `None` beyond what a [`DateTime`] holds.
pub(super) fn from_f64(seconds: f64) -> Option<DateTime> {
    const BEYOND: f64 = 9_223_372_036_854_775_808.0;
    if !(-BEYOND..BEYOND).contains(&seconds) {
        return None;
    }
    let parts = parts_per_second(seconds);
    let whole = seconds.floor();
    let fraction = ((seconds - whole) * f64::from(parts)).round() as i32;
    let carry = i64::from(fraction / parts);
    let nanos = i64::from(fraction % parts) * i64::from(1_000_000_000 / parts);
    Some(DateTime::from_secs_and_nanos(
        whole as i64 + carry,
        nanos as u32,
    ))
}

/// Returns `value` in a textual format of AWS's, which drops what is less than a microsecond or a second: that is put before `suffix`.
fn text(value: &DateTime, format: Format, suffix: &str) -> Result<String, String> {
    let whole = DateTime::from_secs(value.secs());
    let text = whole.fmt(format).map_err(|error| error.to_string())?;
    if value.subsec_nanos() == 0 {
        return Ok(text);
    }
    let nanos = format!("{:09}", value.subsec_nanos());
    let text = text.strip_suffix(suffix).unwrap_or(&text);
    Ok(format!("{text}.{}{suffix}", nanos.trim_end_matches('0')))
}

/// Reads a date-time of RFC 3339 with any offset, or a date of HTTP.
pub(super) fn from_text(text: &str) -> Option<DateTime> {
    match text.strip_suffix(" GMT") {
        Some(date) => from_http_date(date),
        None => DateTime::from_str(text, Format::DateTimeWithOffset).ok(),
    }
}

/// Reads `Wed, 25 Nov 2020 02:49:02.135`. The fraction is read here, since AWS's parser takes three digits at most.
fn from_http_date(date: &str) -> Option<DateTime> {
    let (date, fraction) = date.split_once('.').unwrap_or((date, "0"));
    let mut timestamp = DateTime::from_str(&format!("{date} GMT"), Format::HttpDate).ok()?;
    timestamp.set_subsec_nanos(nanoseconds(fraction)?);
    Some(timestamp)
}

/// Returns the decimals of a second. Those after the ninth do not count.
fn nanoseconds(decimals: &str) -> Option<u32> {
    if decimals.is_empty() {
        return None;
    }
    let mut nanos = 0;
    let mut place = 100_000_000;
    for decimal in decimals.chars() {
        nanos += decimal.to_digit(10)? * place;
        place /= 10;
    }
    Some(nanos)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codec::json::testing::{self, try_write};
    use proptest::prelude::*;

    const EPOCH_SECONDS: TimestampFormat = TimestampFormat::EpochSeconds;
    const DATE_TIME: TimestampFormat = TimestampFormat::DateTime;
    const HTTP_DATE: TimestampFormat = TimestampFormat::HttpDate;

    fn read(json: &str) -> Result<DateTime, String> {
        testing::read(json)
    }

    fn write(timestamp: &DateTime, format: TimestampFormat) -> String {
        try_write(timestamp, format).unwrap()
    }

    fn at(seconds: i64, nanos: u32) -> DateTime {
        DateTime::from_secs_and_nanos(seconds, nanos)
    }

    #[test]
    fn epoch_seconds_are_read_and_written_exactly() {
        for (json, timestamp) in [
            ("0", at(0, 0)),
            ("1398796238", at(1_398_796_238, 0)),
            ("1606272542.135", at(1_606_272_542, 135_000_000)),
            ("1606272542.123457", at(1_606_272_542, 123_457_000)),
            ("1606272542.000001", at(1_606_272_542, 1_000)),
            ("0.001", at(0, 1_000_000)),
            ("-1", at(-1, 0)),
            ("-0.5", at(-1, 500_000_000)),
            ("-86400.135", at(-86_401, 865_000_000)),
            ("4102444800.999", at(4_102_444_800, 999_000_000)),
            ("253402300799.999", at(253_402_300_799, 999_000_000)),
            ("9223372036854775807", at(i64::MAX, 0)),
            ("-9223372036854775808", at(i64::MIN, 0)),
        ] {
            assert_eq!(read(json).unwrap(), timestamp, "{json}");
            assert_eq!(write(&timestamp, EPOCH_SECONDS), json);
        }
    }

    #[test]
    fn other_numbers_are_read_as_well() {
        for (json, timestamp) in [
            ("1.398796238E9", at(1_398_796_238, 0)),
            ("1.5e0", at(1, 500_000_000)),
            ("1576540098.0", at(1_576_540_098, 0)),
            ("-1e-20", at(0, 0)),
            ("0.9999999", at(1, 0)),
            ("1606272542.1234564", at(1_606_272_542, 123_456_000)),
        ] {
            assert_eq!(read(json).unwrap(), timestamp, "{json}");
        }
    }

    #[test]
    fn texts_are_read_whatever_the_format() {
        for (text, timestamp) in [
            ("2020-11-25T02:49:02.135Z", at(1_606_272_542, 135_000_000)),
            (
                "2020-11-25T02:49:02.123456789Z",
                at(1_606_272_542, 123_456_789),
            ),
            ("2020-11-25T03:49:02+01:00", at(1_606_272_542, 0)),
            (
                "2020-11-24T21:19:02.5-05:30",
                at(1_606_272_542, 500_000_000),
            ),
            ("2020-11-25t02:49:02z", at(1_606_272_542, 0)),
            ("1969-12-31T23:59:59.25Z", at(-1, 250_000_000)),
            ("Wed, 25 Nov 2020 02:49:02 GMT", at(1_606_272_542, 0)),
            (
                "Wed, 25 Nov 2020 02:49:02.1234567 GMT",
                at(1_606_272_542, 123_456_700),
            ),
            ("Wed, 31 Dec 1969 23:59:59.5 GMT", at(-1, 500_000_000)),
            ("Wed, 25 Nov 2020 02:49:02.0 GMT", at(1_606_272_542, 0)),
            (
                "Wed, 25 Nov 2020 02:49:02.0123456789 GMT",
                at(1_606_272_542, 12_345_678),
            ),
        ] {
            assert_eq!(read(&format!("{text:?}")).unwrap(), timestamp, "{text}");
        }
    }

    #[test]
    fn what_is_no_timestamp_is_an_error() {
        for (json, message) in [
            (
                "18446744073709551615",
                "found an integer, expected a timestamp",
            ),
            (
                "9223372036854775808",
                "found an integer, expected a timestamp",
            ),
            ("1e19", "found a number, expected a timestamp"),
            ("-1e300", "found a number, expected a timestamp"),
            (r#""""#, "found a string, expected a timestamp"),
            (r#""yesterday""#, "found a string, expected a timestamp"),
            (r#""2020-11-25 02:49:02Z""#, "found a string"),
            (r#""2020-13-25T02:49:02Z""#, "found a string"),
            (r#""Wed, 25 Nov 2020 02:49:02. GMT""#, "found a string"),
            (r#""Wed, 25 Nov 2020 02:49:02.+1 GMT""#, "found a string"),
            (r#""Wed, 25 Nov 2020 02:49:02.1a GMT""#, "found a string"),
            (r#""Wed, 25 Nov 2020 02:49:02.1２ GMT""#, "found a string"),
            (
                r#""Wed, 25 Nov 2020 02:49:02.1234567890x GMT""#,
                "found a string",
            ),
            ("true", "found a boolean, expected a timestamp"),
            ("{}", "found an object, expected a timestamp"),
            ("null", "found null, expected a timestamp"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    #[test]
    fn texts_are_written_with_all_their_digits() {
        let timestamp = at(1_606_272_542, 135_000_000);
        assert_eq!(
            write(&timestamp, DATE_TIME),
            r#""2020-11-25T02:49:02.135Z""#
        );
        assert_eq!(
            write(&timestamp, HTTP_DATE),
            r#""Wed, 25 Nov 2020 02:49:02.135 GMT""#
        );
        assert_eq!(write(&at(0, 0), DATE_TIME), r#""1970-01-01T00:00:00Z""#);
        assert_eq!(
            write(&at(0, 0), HTTP_DATE),
            r#""Thu, 01 Jan 1970 00:00:00 GMT""#
        );
        assert_eq!(
            write(&at(-1, 1), DATE_TIME),
            r#""1969-12-31T23:59:59.000000001Z""#
        );
    }

    #[test]
    fn a_year_that_a_text_cannot_hold_is_an_error() {
        let beyond = at(253_402_300_800, 0);
        assert!(try_write(&beyond, DATE_TIME).is_err());
        assert!(try_write(&beyond, HTTP_DATE).is_err());
    }

    const YEAR_1: i64 = -62_135_596_800;
    const YEAR_10000: i64 = 253_402_300_800;

    proptest! {
        #[test]
        fn microseconds_are_kept(seconds in -8_589_934_591i64..8_589_934_591, micros in 0u32..1_000_000) {
            let timestamp = at(seconds, micros * 1_000);
            prop_assert_eq!(read(&write(&timestamp, EPOCH_SECONDS)).unwrap(), timestamp);
        }

        #[test]
        fn milliseconds_are_kept_in_every_year(seconds in YEAR_1..YEAR_10000, millis in 0u32..1_000) {
            let timestamp = at(seconds, millis * 1_000_000);
            let json = write(&timestamp, EPOCH_SECONDS);
            prop_assert_eq!(read(&json).unwrap(), timestamp);
            let decimals = json.split_once('.').map_or(0, |(_, decimals)| decimals.len());
            prop_assert!(decimals <= 3, "{json}");
        }

        #[test]
        fn whole_seconds_are_integers(seconds: i64) {
            prop_assert_eq!(write(&at(seconds, 0), EPOCH_SECONDS), seconds.to_string());
            prop_assert_eq!(read(&seconds.to_string()).unwrap(), at(seconds, 0));
        }

        #[test]
        fn any_timestamp_is_written_as_it_is_read_back(seconds: i64, nanos in 0u32..1_000_000_000) {
            let once = write(&at(seconds, nanos), EPOCH_SECONDS);
            prop_assert_eq!(write(&read(&once).unwrap(), EPOCH_SECONDS), once);
        }

        #[test]
        fn nanoseconds_are_kept_in_texts(seconds in YEAR_1..YEAR_10000, nanos in 0u32..1_000_000_000) {
            let timestamp = at(seconds, nanos);
            prop_assert_eq!(read(&write(&timestamp, DATE_TIME)).unwrap(), timestamp);
            prop_assert_eq!(read(&write(&timestamp, HTTP_DATE)).unwrap(), timestamp);
        }

        #[test]
        fn no_number_makes_it_panic(seconds: f64) {
            let _ = read(&serde_json::to_string(&seconds).unwrap());
        }

        #[test]
        fn no_text_makes_it_panic(text in r"([A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} [\d:.]{8,14} GMT|\d{4}-\d\d-\d\d[Tt ][\d:.]{8}(Z|[+-]\d\d:\d\d)|\PC*)") {
            let _ = read(&serde_json::to_string(&text).unwrap());
        }
    }
}
