//! The formats of timestamps.

/// The format of a timestamp on the wire: `smithy.api#timestampFormat`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum TimestampFormat {
    /// Seconds since 1970 as a number: `1606272542.135`. A whole number of seconds is written as an integer, all others to the
    /// microsecond; from the year 2242 on, where a double no longer holds that, to the millisecond.
    EpochSeconds,
    /// A date-time of RFC 3339 in UTC: `2020-11-25T02:49:02.135Z`.
    DateTime,
    /// A date of HTTP: `Wed, 25 Nov 2020 02:49:02 GMT`, with a fraction of a second where there is one.
    HttpDate,
}
