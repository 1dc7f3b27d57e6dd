//! Endpoints, and the library of the generated endpoint rules.
//!
//! The generator turns a service's `smithy.rules#endpointRuleSet` into plain Rust. That code is a function from
//! [`EndpointSettings`] (the client's) and [`ContextParams`] (the call's) to an [`Endpoint`] or an
//! [`EndpointError`]; the functions of the rules language that it calls are here, one file per subject:
//! `partition` (AWS's partitions), `arn`, `url`, `host` (labels and buckets), `text` (strings).
//!
//! Those that few services use are `#[inline]`: they are compiled in the crates of these, and not here for all.

mod arn;
pub(crate) mod check;
mod host;
mod params;
mod partition;
mod text;
mod url;

use std::collections::HashMap;
use std::fmt;

use crate::line;

pub use aws_smithy_types::Document as EndpointProperty;
pub use aws_smithy_types::endpoint::{Endpoint, EndpointAuthScheme};

pub use self::arn::{Arn, parse_arn};
pub use self::host::{
    host_label, host_labels, host_text, is_valid_host_label, is_virtual_hostable_s3_bucket,
};
pub use self::params::{ContextParams, ContextValue, EndpointSettings};
pub use self::partition::{Partition, partition};
pub use self::text::{split, substring, uri_encode};
pub use self::url::{Url, parse_url};

pub(crate) use self::url::{host_and_port, parts as url_parts};

/// The error of a call that has no endpoint to be sent to.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct EndpointError(Box<str>);

impl EndpointError {
    /// Creates an error with a message of the service's rules.
    pub fn new(message: impl Into<String>) -> Self {
        Self(line::boxed(message.into()))
    }

    /// Creates the error of parameters that no rule covers.
    pub fn no_rule_matches() -> Self {
        Self::new("no endpoint rule of the service covers these settings")
    }

    /// Creates the error of a parameter that the rules require and that has no value.
    pub fn missing(parameter: &str) -> Self {
        Self::new(format!("the endpoint parameter {parameter} is not set"))
    }

    /// Returns the message of the error, in one line.
    pub fn message(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for EndpointError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for EndpointError {}

/// Creates the endpoint at a URL.
///
/// # Errors
/// If it is not an absolute `http` or `https` URL of a host. It is checked here because what AWS's crates
/// say about a bad one is no help, and shows the whole request.
pub fn at(url: impl Into<String>) -> Result<Endpoint, EndpointError> {
    at_url(url.into())
}

fn at_url(url: String) -> Result<Endpoint, EndpointError> {
    match url::problem(&url) {
        None => Ok(Endpoint::builder().url(url).build()),
        Some(problem) => Err(url::error(&url, problem)),
    }
}

/// Returns the endpoint at the host whose name has this in front (`smithy.api#endpoint`).
///
/// # Errors
/// If that is not the name of a host.
pub(crate) fn with_host_prefix(
    endpoint: Endpoint,
    prefix: &str,
) -> Result<Endpoint, EndpointError> {
    let plain = endpoint.url();
    let Some(url) = url::with_host_prefix(plain, prefix) else {
        return Err(no_place_for(prefix, plain));
    };
    check::prefixed(plain, &url)?;
    Ok(endpoint.into_builder().url(url).build())
}

#[cold]
fn no_place_for(prefix: &str, url: &str) -> EndpointError {
    EndpointError::new(format!(
        "the host prefix {prefix:?} does not fit the endpoint URL {:?}: set a URL with the name of a host, or turn prefixes off \
         with `disable_host_prefix(true)` of the client's builder",
        url::without_secrets(url)
    ))
}

/// Resolves the endpoint of a service whose model has no endpoint rules: the URL in the settings.
///
/// # Errors
/// If there is none.
#[inline]
pub fn only_url(
    settings: &EndpointSettings,
    _context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    match &settings.endpoint_url {
        Some(url) => at(url),
        None => Err(EndpointError::new(
            "this service has no endpoint of its own: set an endpoint URL",
        )),
    }
}

/// Creates an object among the properties of an endpoint.
pub fn object<const N: usize>(members: [(&str, EndpointProperty); N]) -> EndpointProperty {
    let members = members.map(|(name, value)| (name.to_owned(), value));
    EndpointProperty::Object(HashMap::from(members))
}

/// Creates an array among the properties of an endpoint.
pub fn array<const N: usize>(items: [EndpointProperty; N]) -> EndpointProperty {
    EndpointProperty::Array(items.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_is_at_an_absolute_url() {
        for url in [
            "https://example.com",
            "http://localhost:8080/base/path",
            "http://[::1]:80",
            "HTTPS://example.com/",
        ] {
            assert_eq!(at(url).unwrap().url(), url);
        }
    }

    #[test]
    fn a_prefix_goes_before_the_name_of_a_host_and_before_no_address() {
        let prefixed = |url: &'static str| {
            let endpoint = Endpoint::builder().url(url).property("kept", true);
            with_host_prefix(endpoint.build(), "data.")
        };
        for (url, expected) in [
            ("https://example.com", "https://data.example.com"),
            ("http://my_host:80/a", "http://data.my_host:80/a"),
            ("http://localhost:4566", "http://data.localhost:4566"),
            (
                "https://127.0.0.1.example",
                "https://data.127.0.0.1.example",
            ),
        ] {
            let endpoint = prefixed(url).unwrap();
            assert_eq!(endpoint.url(), expected);
            assert!(endpoint.properties().contains_key("kept"));
        }
        for url in [
            "http://127.0.0.1",
            "http://127.0.0.1:4566/a",
            "http://[::1]",
            "http://[fe80::1%25eth0]:80",
        ] {
            assert_eq!(
                prefixed(url).unwrap_err().message(),
                format!(
                    "the host prefix \"data.\" does not fit the endpoint URL {url:?}: set a URL with the name of a host, or turn \
                     prefixes off with `disable_host_prefix(true)` of the client's builder"
                )
            );
        }
    }

    #[test]
    fn the_error_for_a_bad_url_quotes_it_and_says_what_is_wrong() {
        let message = |url: &str| at(url).unwrap_err().to_string();
        assert_eq!(
            message("localhost:4566"),
            "the endpoint URL \"localhost:4566\" does not start with http:// or https://: \
             it has to look like https://host or http://host:port/path"
        );
        for (url, problem) in [
            ("", "does not start with"),
            ("ftp://example.com", "does not start with"),
            ("https://", "names no host"),
            ("https:///path", "names no host"),
            ("https://exa mple.com", "holds a space"),
            ("https://example.com/\n", "holds a control character"),
            ("https://exämple.com", "holds a character outside ASCII"),
            (
                "https://example.com:port",
                "has a port that is not a number",
            ),
            ("https://example.com?key=password", "has a query"),
            ("https://example.com#a", "has a fragment"),
            (
                "https://user:password@example.com",
                "holds user information",
            ),
        ] {
            assert!(message(url).contains(problem), "{url}: {}", message(url));
            assert!(!message(url).contains("password"), "{}", message(url));
        }
    }
}
