//! URLs of endpoints.

use std::net::{Ipv4Addr, Ipv6Addr};

use http::Uri;

use super::EndpointError;
use super::text::all_bytes;

/// The parts of a URL that endpoint rules look at.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Url<'a> {
    /// `http` or `https`.
    pub scheme: &'a str,
    /// The host, with the port if there is one.
    pub authority: &'a str,
    /// The path as it stands: it may be empty.
    pub path: &'a str,
    /// The path with a `/` at both ends.
    pub normalized_path: String,
    /// `true` if the host is an IP address.
    pub is_ip: bool,
}

/// Parses a URL (`parseURL`). Returns `None` if it is not an `http` or `https` URL, or has a query or a fragment.
#[inline]
pub fn parse_url(value: &str) -> Option<Url<'_>> {
    if problem(value).is_some() {
        return None;
    }
    let (scheme, authority, path) = parts(value)?;
    Some(Url {
        scheme,
        authority,
        path,
        normalized_path: normalized(path),
        is_ip: is_ip(host_and_port(authority).0),
    })
}

/// The problem of a host name that is not one.
pub(super) const NO_HOST_NAME: &str = "has a host name that is not one";

/// Returns the reason that a string is not the URL of an endpoint, as the predicate of a sentence.
pub(super) fn problem(value: &str) -> Option<&'static str> {
    let Some((_, authority, _)) = parts(value) else {
        return Some("does not start with http:// or https://");
    };
    let (host, port) = host_and_port(authority);
    if !all_bytes(value, |byte| byte.is_ascii()) {
        Some("holds a character outside ASCII")
    } else if value.contains(' ') {
        Some("holds a space")
    } else if !all_bytes(value, |byte| !byte.is_ascii_control()) {
        Some("holds a control character")
    } else if value.contains('?') {
        Some("has a query")
    } else if value.contains('#') {
        Some("has a fragment")
    } else if authority.contains('@') {
        Some("holds user information")
    } else if host.is_empty() {
        Some("names no host")
    } else if let Some(port) = port
        && port.parse::<u16>().is_err()
    {
        Some("has a port that is not a number")
    } else if !is_host(host) {
        Some(NO_HOST_NAME)
    } else if value.parse::<Uri>().is_err() {
        // The last word is that of the crate that takes the request apart: it has a say in paths, for instance.
        Some("is not a URI")
    } else {
        None
    }
}

/// Returns the URL of the host whose name has this in front, unless there is no name, or that is none.
pub(super) fn with_host_prefix(value: &str, prefix: &str) -> Option<String> {
    let (scheme, authority, path) = parts(value)?;
    let (host, _port) = host_and_port(authority);
    // With something in front, the digits of an IPv4 address look like a name, which no resolver knows.
    if is_ip(host) {
        return None;
    }
    let url = format!("{scheme}://{prefix}{authority}{path}");
    match problem(&url) {
        None => Some(url),
        Some(_) => None,
    }
}

/// Returns the error about a URL that cannot be that of an endpoint.
#[cold]
pub(super) fn error(url: &str, problem: &str) -> EndpointError {
    EndpointError::new(format!(
        "the endpoint URL {:?} {problem}: it has to look like https://host or http://host:port/path",
        without_secrets(url)
    ))
}

/// Returns the URL for an error message: without what may be a password or a key in it.
pub(super) fn without_secrets(value: &str) -> String {
    let (value, _query) = split_before(value, &['?', '#']);
    match (value.split_once("://"), value.rsplit_once('@')) {
        (Some((scheme, rest)), Some((_, host))) if rest.contains('@') => {
            format!("{scheme}://…@{host}")
        }
        (None, Some((_, host))) => format!("…@{host}"),
        _ => value.to_owned(),
    }
}

/// Scheme, authority and path.
pub(crate) fn parts(value: &str) -> Option<(&str, &str, &str)> {
    let (scheme, rest) = value.split_once("://")?;
    if !scheme.eq_ignore_ascii_case("http") && !scheme.eq_ignore_ascii_case("https") {
        return None;
    }
    let (authority, path) = split_before(rest, &['/', '?', '#']);
    Some((scheme, authority, path))
}

/// Returns the host of a URL, without its port.
pub(super) fn host(value: &str) -> Option<&str> {
    let (_scheme, authority, _path) = parts(value)?;
    let (host, _port) = host_and_port(authority);
    Some(host)
}

/// Splits a text before the first of these characters, or at its end.
fn split_before<'a>(text: &'a str, ends: &[char]) -> (&'a str, &'a str) {
    match text.find(ends) {
        Some(end) => text.split_at(end),
        None => (text, ""),
    }
}

/// Returns the two sides of an authority.
pub(crate) fn host_and_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        // A colon between brackets is one of an IPv6 address.
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
    }
}

fn is_host(host: &str) -> bool {
    is_ip(host) || all_bytes(host, |byte| !br#"[]:\<>"`{}|^"#.contains(&byte))
}

/// Returns `true` if a host is an IP address, that of a zone included.
pub(super) fn is_ip(host: &str) -> bool {
    let Some(address) = host.strip_prefix('[') else {
        return host.parse::<Ipv4Addr>().is_ok();
    };
    let Some(address) = address.strip_suffix(']') else {
        return false;
    };
    match address.split_once('%') {
        Some((address, _zone)) => address.parse::<Ipv6Addr>().is_ok(),
        None => address.parse::<Ipv6Addr>().is_ok(),
    }
}

#[inline]
fn normalized(path: &str) -> String {
    match path.trim_matches('/') {
        "" => "/".to_owned(),
        inner => format!("/{inner}/"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_fall_into_their_parts() {
        for (value, scheme, authority, path, normalized_path, is_ip) in [
            (
                "https://example.com",
                "https",
                "example.com",
                "",
                "/",
                false,
            ),
            (
                "http://example.com:80/foo/bar",
                "http",
                "example.com:80",
                "/foo/bar",
                "/foo/bar/",
                false,
            ),
            (
                "https://example.com:8443/",
                "https",
                "example.com:8443",
                "/",
                "/",
                false,
            ),
            ("https://127.0.0.1", "https", "127.0.0.1", "", "/", true),
            (
                "https://127.0.0.1:8443/a/",
                "https",
                "127.0.0.1:8443",
                "/a/",
                "/a/",
                true,
            ),
            ("https://256.0.0.1", "https", "256.0.0.1", "", "/", false),
            ("https://[fe80::1]", "https", "[fe80::1]", "", "/", true),
            (
                "https://[fe80::1]:8443",
                "https",
                "[fe80::1]:8443",
                "",
                "/",
                true,
            ),
        ] {
            let normalized_path = normalized_path.to_owned();
            assert_eq!(
                parse_url(value),
                Some(Url {
                    scheme,
                    authority,
                    path,
                    normalized_path,
                    is_ip
                }),
                "{value}"
            );
        }
    }

    #[test]
    fn what_is_shown_of_a_url_holds_no_secrets() {
        for (value, shown) in [
            ("https://example.com/a", "https://example.com/a"),
            ("https://example.com/a?key#b", "https://example.com/a"),
            ("https://example.com#a?key", "https://example.com"),
            ("https://user:key@example.com/a", "https://…@example.com/a"),
            ("https://user:k@y@example.com", "https://…@example.com"),
            ("user:key@example.com", "…@example.com"),
            ("localhost:4566", "localhost:4566"),
            ("", ""),
        ] {
            assert_eq!(without_secrets(value), shown);
        }
    }

    #[test]
    fn what_has_a_query_or_is_no_url_has_no_parts() {
        for value in [
            "",
            "example.com",
            "https://",
            "wss://example.com",
            "https://example.com:8443?foo=bar",
            "https://example.com/a?foo=bar",
            "https://example.com#a",
            "https://[fe80::1",
            "https://a:b:c",
            "https://example.com:",
        ] {
            assert_eq!(parse_url(value), None, "{value}");
        }
    }
}
