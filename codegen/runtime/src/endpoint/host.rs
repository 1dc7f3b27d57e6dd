//! Host names and their labels.

use std::net::Ipv4Addr;

use super::EndpointError;
use super::text::all_bytes;
use crate::EncodeError;

/// Returns `true` if the value can be a label of a host name (`isValidHostLabel`), or several with dots between if
/// `allow_sub_domains`: letters, digits and hyphens, 63 at most, no hyphen first or last.
#[inline]
pub fn is_valid_host_label(value: &str, allow_sub_domains: bool) -> bool {
    if !allow_sub_domains {
        return is_label(value);
    }
    for label in value.split('.') {
        if !is_label(label) {
            return false;
        }
    }
    true
}

#[inline]
fn is_label(label: &str) -> bool {
    matches!(label.len(), 1..=63)
        && !label.starts_with('-')
        && !label.ends_with('-')
        && all_bytes(label, |byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// Checks the value of a member that becomes part of a host name (`smithy.api#hostLabel`): one label.
///
/// # Errors
/// If it cannot be that.
#[inline]
pub fn host_label<'a>(member: &str, value: &'a str) -> Result<&'a str, EncodeError> {
    if is_label(value) {
        Ok(value)
    } else {
        Err(EncodeError::new(format!(
            "`{member}` becomes a part of the host's name: \
             it has to be 1 to 63 letters, digits and hyphens, with no hyphen first or last"
        )))
    }
}

/// Checks the value of an endpoint parameter, or of a part of one, that becomes a part of a host name: one label, or several.
///
/// # Errors
/// If it cannot be that. The error names the parameter, and shows nothing of the value.
pub fn host_labels<'a>(parameter: &str, value: &'a str) -> Result<&'a str, EndpointError> {
    if is_valid_host_label(value, true) {
        Ok(value)
    } else {
        Err(no_host_labels(parameter))
    }
}

/// Checks a value of the endpoint rules that becomes a part of a host name together with the text beside it, and may be empty.
///
/// # Errors
/// If it cannot be that, or ends the host name. The error names the value, and shows nothing of it.
#[inline]
pub fn host_text<'a>(name: &str, value: &'a str) -> Result<&'a str, EndpointError> {
    let can_stand_there = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.');
    if all_bytes(value, can_stand_there) {
        Ok(value)
    } else {
        Err(no_host_labels(name))
    }
}

#[cold]
fn no_host_labels(parameter: &str) -> EndpointError {
    EndpointError::new(format!(
        "the endpoint parameter {parameter} becomes a part of the host's name: it has to be letters, digits and hyphens, \
         1 to 63 between two dots, with no hyphen first or last"
    ))
}

/// Returns `true` if an S3 bucket of this name can be part of a host name (`aws.isVirtualHostableS3Bucket`).
#[inline]
pub fn is_virtual_hostable_s3_bucket(value: &str, allow_sub_domains: bool) -> bool {
    (3..=63).contains(&value.len())
        && is_valid_host_label(value, allow_sub_domains)
        && !value.bytes().any(|byte| byte.is_ascii_uppercase())
        && value.parse::<Ipv4Addr>().is_err()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_member_that_is_no_host_label_is_named() {
        assert_eq!(host_label("account", "a-1"), Ok("a-1"));
        for value in ["", "-a", "a-", "a.b", "a/b", "é"] {
            let error = host_label("account", value).unwrap_err().to_string();
            assert!(
                error.starts_with("`account` becomes a part of the host's name: it has"),
                "{error}"
            );
        }
    }

    #[test]
    fn a_parameter_that_is_no_part_of_a_host_is_named() {
        assert_eq!(host_labels("Id", "a-1"), Ok("a-1"));
        assert_eq!(host_labels("Id", "a.b"), Ok("a.b"));
        for value in [
            "", ".", "a.", "-a", "a/", "a@b", "a#", "a?", "a b", "a\nb", "[::1]", "a:1", "a%2f",
            "é",
        ] {
            let error = host_labels("Id", value).unwrap_err().to_string();
            let message = "the endpoint parameter Id becomes a part of the host's name: it has";
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn text_within_a_label_does_not_end_it() {
        for value in ["", "-fips", "a.", "b"] {
            assert_eq!(host_text("suffix", value), Ok(value));
        }
        for value in ["/", "a@", "#", "?", ":80", " ", "\n", "é", "_", "%2f", "\\"] {
            assert!(host_text("suffix", value).is_err(), "{value}");
        }
    }

    #[test]
    fn labels_of_host_names() {
        let long = "a".repeat(63);
        let too_long = "a".repeat(64);
        for (value, alone, with_sub_domains) in [
            ("a", true, true),
            ("Some-Label-9", true, true),
            (&long, true, true),
            (&too_long, false, false),
            ("", false, false),
            (".", false, false),
            ("a.b", false, true),
            ("a..b", false, false),
            ("a.b.", false, false),
            (".a", false, false),
            ("-a", false, false),
            ("a-", false, false),
            ("a.-b", false, false),
            ("a_b", false, false),
            ("a b", false, false),
            ("ä", false, false),
            ("a:b", false, false),
        ] {
            assert_eq!(is_valid_host_label(value, false), alone, "{value}");
            assert_eq!(
                is_valid_host_label(value, true),
                with_sub_domains,
                "{value} with sub-domains"
            );
        }
    }

    #[test]
    fn buckets_in_host_names() {
        let too_long = format!("{}.b", "a".repeat(62));
        for (value, alone, with_sub_domains) in [
            ("bucket-1", true, true),
            ("abc", true, true),
            ("ab", false, false),
            ("Bucket", false, false),
            ("a.bucket", false, true),
            ("a.-bucket", false, false),
            ("a-.bucket", false, false),
            ("192.168.5.4", false, false),
            ("192.168.5.4.a", false, true),
            (&too_long, false, false),
        ] {
            assert_eq!(
                is_virtual_hostable_s3_bucket(value, false),
                alone,
                "{value}"
            );
            assert_eq!(
                is_virtual_hostable_s3_bucket(value, true),
                with_sub_domains,
                "{value} with sub-domains"
            );
        }
    }
}
