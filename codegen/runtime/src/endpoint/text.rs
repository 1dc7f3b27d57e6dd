//! Strings in endpoint rules.

use std::fmt::Write;

/// Returns `true` if a condition holds for each byte of a text.
pub(super) fn all_bytes(text: &str, is: fn(u8) -> bool) -> bool {
    for byte in text.bytes() {
        if !is(byte) {
            return false;
        }
    }
    true
}

/// Returns the part from `start` up to `stop` (`substring`), both counted from the end if `reverse`; `None` if the string is
/// shorter, or not ASCII, or the part is empty.
#[inline]
pub fn substring(value: &str, start: usize, stop: usize, reverse: bool) -> Option<&str> {
    if !value.is_ascii() || start >= stop || stop > value.len() {
        return None;
    }
    if reverse {
        value.get(value.len() - stop..value.len() - start)
    } else {
        value.get(start..stop)
    }
}

/// Returns the parts between delimiters (`split`): `limit` of them at most, the last with all that is left; any number if it is 0.
#[inline]
pub fn split<'a>(value: &'a str, delimiter: &str, limit: usize) -> Vec<&'a str> {
    match (delimiter, limit) {
        ("", _) => vec![value],
        (_, 0) => value.split(delimiter).collect(),
        _ => value.splitn(limit, delimiter).collect(),
    }
}

/// Percent-encodes all but letters, digits and `-._~` (`uriEncode`).
#[inline]
pub fn uri_encode(value: &str) -> String {
    let mut encoded = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn substrings() {
        for (value, start, stop, reverse, part) in [
            ("abcdefg", 0, 4, false, Some("abcd")),
            ("abcdefg", 0, 4, true, Some("defg")),
            ("abcdefg", 1, 3, true, Some("ef")),
            ("abcd", 0, 4, false, Some("abcd")),
            ("abcd", 0, 4, true, Some("abcd")),
            ("abc", 0, 4, false, None),
            ("abc", 0, 4, true, None),
            ("abcd", 2, 2, false, None),
            ("abcd", 3, 2, false, None),
            ("", 0, 1, false, None),
            ("ab\u{fdfd}", 0, 2, false, None),
        ] {
            assert_eq!(
                substring(value, start, stop, reverse),
                part,
                "{value} {start} {stop} {reverse}"
            );
        }
    }

    #[test]
    fn splits() {
        for (value, delimiter, limit, parts) in [
            ("a--b--c", "--", 0, vec!["a", "b", "c"]),
            ("a--b--c", "--", 1, vec!["a--b--c"]),
            ("a--b--c", "--", 2, vec!["a", "b--c"]),
            ("a--b--c", "--", 9, vec!["a", "b", "c"]),
            ("", "--", 0, vec![""]),
            ("--", "--", 0, vec!["", ""]),
            ("----", "--", 0, vec!["", "", ""]),
            ("--b--", "--", 0, vec!["", "b", ""]),
            ("abc", "x", 0, vec!["abc"]),
            ("mybucket", "b", 1, vec!["mybucket"]),
            ("abc", "", 0, vec!["abc"]),
        ] {
            assert_eq!(
                split(value, delimiter, limit),
                parts,
                "{value} {delimiter} {limit}"
            );
        }
    }

    #[test]
    fn percent_encoding() {
        for (value, encoded) in [
            ("", ""),
            ("AZaz09-._~", "AZaz09-._~"),
            (
                " \t\n:/?#[]@!$&'()*+,;=%",
                "%20%09%0A%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%25",
            ),
            ("é\u{1f409}", "%C3%A9%F0%9F%90%89"),
        ] {
            assert_eq!(uri_encode(value), encoded);
        }
    }
}
