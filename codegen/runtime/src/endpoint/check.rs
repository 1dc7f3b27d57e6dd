//! Checks of settings and endpoints before anything is signed or sent.
//!
//! The functions that the generator makes of endpoint rules check what they put into a host name
//! ([`host_labels`](super::host_labels)). Here the region is checked, which also becomes a part of every signature, and once more what
//! the rules come to, whoever wrote them.

use super::{Endpoint, EndpointAuthScheme, EndpointError, is_valid_host_label, url};
use crate::schema::AuthScheme;

/// The longest name that DNS knows.
const MAX_HOST: usize = 253;

/// The longest part of a wrong setting that is shown.
const MAX_SHOWN: usize = 64;

/// Checks that a region can be part of a host name and of a signature.
pub(crate) fn region(region: &str) -> Result<(), EndpointError> {
    if is_valid_host_label(region, false) {
        return Ok(());
    }
    Err(EndpointError::new(format!(
        "{} is no region: it has to be 1 to 63 letters, digits and hyphens, with no hyphen first or last, such as us-east-1; set \
         AWS_REGION, or `region` in the profile or in the SdkConfig",
        shown(region)
    )))
}

/// Returns a setting in quotes, with all that is no plain character escaped.
fn shown(value: &str) -> String {
    match value.char_indices().nth(MAX_SHOWN) {
        Some((end, _)) => format!("{:?}…", value.split_at(end).0),
        None => format!("{value:?}"),
    }
}

/// Checks the host of an endpoint. Of the URL that the user has set, the host may be any: names with underscores are common among
/// containers.
pub(crate) fn host(endpoint: &Endpoint, own_url: Option<&str>) -> Result<(), EndpointError> {
    let url = endpoint.url();
    if let Some(problem) = url::problem(url) {
        return Err(url::error(url, problem));
    }
    match is_host(host_of(url), own_url.and_then(url::host)) {
        true => Ok(()),
        false => Err(url::error(url, url::NO_HOST_NAME)),
    }
}

/// Returns the host of a URL that has been checked to have one.
fn host_of(url: &str) -> &str {
    url::host(url).unwrap_or_default()
}

fn is_host(host: &str, own: Option<&str>) -> bool {
    // A URL of one's own without a host is an error elsewhere, and allows nothing here.
    let own = own.filter(|own| !own.is_empty());
    let others = match own.and_then(|own| host.strip_suffix(own)) {
        Some("") => return true,
        Some(others) => others.strip_suffix('.').unwrap_or(host),
        None => host,
    };
    // A zone, which is for a machine's own network, comes from its user alone.
    let is_address = || url::is_ip(host) && !host.contains('%');
    host.len() <= MAX_HOST && (is_valid_host_label(others, true) || is_address())
}

/// Checks the host of a URL that a prefix has been put in front of, if it was a name before: its labels may have become too long, or
/// no labels.
pub(super) fn prefixed(before: &str, after: &str) -> Result<(), EndpointError> {
    let host = host_of(after);
    if is_name(host) || !is_name(host_of(before)) {
        return Ok(());
    }
    Err(EndpointError::new(format!(
        "the host prefix of the operation and the host make {}, which is no host name: a label has 1 to 63 letters, digits and \
         hyphens",
        shown(host)
    )))
}

/// Returns `true` if the host is a name that DNS can know.
fn is_name(host: &str) -> bool {
    host.len() <= MAX_HOST && is_valid_host_label(&host.replace('_', "x"), true)
}

/// Checks that calls with one of these authentication schemes can be made to the endpoint: that it names one of them, or none at all.
pub(crate) fn signing(endpoint: &Endpoint, auth: &[AuthScheme]) -> Result<(), EndpointError> {
    let schemes = endpoint.auth_schemes();
    let mut is_usable = schemes.is_empty();
    for scheme in schemes {
        for known in auth {
            if known.id().inner() == scheme.name() {
                is_usable = true;
                signing_regions(scheme)?;
            }
        }
    }
    match is_usable {
        true => Ok(()),
        false => Err(not_signed_so(endpoint, auth)),
    }
}

/// Checks the regions that a scheme signs for, if it names any.
fn signing_regions(scheme: &EndpointAuthScheme) -> Result<(), EndpointError> {
    if let Some(signing_region) = scheme.get("signingRegion")
        && let Some(signing_region) = signing_region.as_string()
    {
        region(signing_region)?;
    }
    #[cfg(feature = "sigv4a")]
    if let Some(super::EndpointProperty::Array(set)) = scheme.get("signingRegionSet") {
        for pattern in set {
            // A star stands for any characters.
            region(&pattern.as_string().unwrap_or_default().replace('*', "x"))?;
        }
    }
    Ok(())
}

#[cold]
fn not_signed_so(endpoint: &Endpoint, auth: &[AuthScheme]) -> EndpointError {
    let mut names = String::new();
    for scheme in endpoint.auth_schemes() {
        if !names.is_empty() {
            names.push_str(" or ");
        }
        names.push_str(scheme.name());
    }
    let mut known = String::new();
    for scheme in auth {
        if !known.is_empty() {
            known.push_str(" or ");
        }
        known.push_str(scheme.id().inner());
    }
    EndpointError::new(format!(
        "the endpoint {} wants calls signed with {names}, and this client signs with {known} alone",
        endpoint.url(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIGV4: &[AuthScheme] = &[AuthScheme::SigV4];

    fn at(url: impl Into<String>) -> Endpoint {
        Endpoint::builder().url(url.into()).build()
    }

    #[test]
    fn regions_of_every_kind_are_known() {
        for name in [
            "us-east-1",
            "us-east-1-fips",
            "fips-us-gov-west-1",
            "aws-global",
            "local",
            "eu-isoe-west-1",
            "A1",
            &"a".repeat(63),
        ] {
            assert_eq!(region(name), Ok(()), "{name}");
        }
        let long = "a".repeat(64);
        for name in [
            "",
            " ",
            "us-east-1 ",
            "us-east-1\n",
            "evil.example/",
            "evil.example",
            "a/b",
            "a@b",
            "a#b",
            "a?b",
            "a:1",
            "-a",
            "a-",
            "a_b",
            "ü",
            "\u{202e}",
            &long,
        ] {
            let error = region(name).unwrap_err().to_string();
            assert!(
                error.contains(" is no region: it has to be 1 to 63 letters"),
                "{error}"
            );
            assert!(!error.contains(['\n', '\u{202e}']), "{error}");
        }
        let error = region(&"x".repeat(1000)).unwrap_err().to_string();
        assert!(error.len() < 400, "{error}");
    }

    #[test]
    fn the_host_of_an_endpoint_is_a_name_or_an_address() {
        for url in [
            "https://a.b-1.c",
            "http://a:80/x",
            "https://127.0.0.1",
            "http://[::1]:80/",
        ] {
            assert_eq!(host(&at(url), None), Ok(()), "{url}");
        }
        for url in [
            "https://a_b.c",
            "https://a..b",
            "https://-a.b",
            "https://u@a.b",
            "https://",
            "ftp://a.b",
            "a.b",
            "https://a b",
            "https://[::g]",
            "https://a.b.",
            "https://a%2fb",
            "https://[fe80::1%25eth0]",
            "https://a.b?c",
            "https://a.b#c",
        ] {
            assert!(host(&at(url), None).is_err(), "{url}");
        }
        let long = format!("https://{}com", "a23456789.".repeat(26));
        assert!(host(&at(&long), None).is_err());
    }

    #[test]
    fn the_host_that_the_user_names_may_be_any() {
        let own = Some("http://my_service:4566/x");
        for url in [
            "http://my_service:4566/x",
            "http://my_service:4566",
            "http://a.b.my_service:4566",
        ] {
            assert_eq!(host(&at(url), own), Ok(()), "{url}");
        }
        let zone = "http://[fe80::1%25eth0]:4566";
        assert_eq!(host(&at(zone), Some(zone)), Ok(()));
        for url in [
            "http://a_b.my_service:4566",
            "http://amy_service:4566",
            "http://.my_service",
            "http://other_service",
        ] {
            assert!(host(&at(url), own).is_err(), "{url}");
        }
        assert!(host(&at("https://localhost."), Some("http://:80")).is_err());
    }

    #[test]
    fn a_prefix_and_a_host_make_labels_that_are_not_too_long() {
        let plain = "https://example.com";
        for url in [
            "https://a.b-data.example.com:443/x",
            "https://my_data.example.com",
        ] {
            assert_eq!(prefixed(plain, url), Ok(()), "{url}");
        }
        let long = "a".repeat(64);
        let (own, url) = (format!("https://{long}"), format!("https://x-{long}"));
        assert_eq!(prefixed(&own, &url), Ok(()));
        for url in [
            format!("https://{}-data.example.com", "a".repeat(63)),
            "https://a..data.com".to_owned(),
            "https://-a.data.com".to_owned(),
            format!("https://{}com", "a.".repeat(130)),
        ] {
            assert!(prefixed(plain, &url).is_err(), "{url}");
        }
    }

    #[test]
    fn an_endpoint_that_does_not_offer_sigv4_is_an_error() {
        let endpoint = |schemes: &[&'static str]| {
            schemes
                .iter()
                .fold(Endpoint::builder().url("https://a.b"), |endpoint, name| {
                    endpoint.auth_scheme(EndpointAuthScheme::with_capacity(*name, 0))
                })
                .build()
        };
        for schemes in [&[][..], &["sigv4"], &["sigv4a", "sigv4"]] {
            assert_eq!(signing(&endpoint(schemes), SIGV4), Ok(()));
        }
        assert_eq!(
            signing(&endpoint(&["sigv4a", "bearer"]), SIGV4)
                .unwrap_err()
                .message(),
            "the endpoint https://a.b wants calls signed with sigv4a or bearer, and this client signs with sigv4 alone"
        );
    }

    #[test]
    fn the_region_that_an_endpoint_is_signed_for_is_checked() {
        let signed_for = |name: &str| {
            let scheme = EndpointAuthScheme::with_capacity("sigv4", 1).put("signingRegion", name);
            signing(
                &Endpoint::builder()
                    .url("https://a.b")
                    .auth_scheme(scheme)
                    .build(),
                SIGV4,
            )
        };
        assert_eq!(signed_for("eu-south-1"), Ok(()));
        assert!(signed_for("eu-south-1/x").is_err());
    }
}
