//! The service as a whole.

use super::docs::Docs;
use super::links::Item;
use super::sensitive;
use crate::Error;
use crate::docs::text;
use crate::fixups;
use crate::ir::{AuthScheme, Service, Signing};
use crate::model::{Closure, Shape, Traits};
use crate::names;
use crate::protocol::{self, Protocol};

/// Lowers what is true of the whole crate.
pub fn service(
    closure: &Closure<'_>,
    docs: &Docs<'_>,
    protocol: &'static Protocol,
    name: Option<&str>,
    auth: &[AuthScheme],
) -> Result<Service, Error> {
    let shape = closure.service();
    let traits = &shape.traits;
    let sdk_id = sdk_id(closure)?;
    let title = traits.title()?.unwrap_or(sdk_id);
    let crate_name = match name {
        Some(name) => name.to_owned(),
        None => package_name(closure)?,
    };
    let signing_name = traits.sigv4_name()?.or(traits.sigv4a_name()?);
    Ok(Service {
        shape: shape.id.clone(),
        keywords: keywords(&crate_name, traits.sdk_id()?.is_some()),
        crate_name,
        title: title.to_owned(),
        sdk_id: sdk_id.to_owned(),
        signing: signing(shape),
        sessions: None,
        auth: auth.to_vec(),
        signing_name: signing_name.map(str::to_owned),
        token_variable: traits.token_variable()?.map(str::to_owned),
        headers: headers(traits)?,
        protocol,
        query_compatible: traits.is_aws_query_compatible() && protocol.has_query_mode,
        version: version(closure, protocol)?,
        no_error_wrapping: protocol.xml == protocol::Xml::Bodies
            && traits.rest_xml()?.is_some_and(|it| it.no_error_wrapping),
        errors_in_success: protocol.xml == protocol::Xml::Bodies
            && traits.has(fixups::ERRORS_IN_SUCCESS),
        sensitive_errors: sensitive::errors(closure)?,
        docs: docs.of_item(Item::Service, traits, || {
            format!("A client for {}.", text(title))
        })?,
        error_docs: String::new(),
        selected_of: closure.selected_of(),
        left_out: Vec::new(),
    })
}

/// The ways to sign that no trait of Smithy or AWS names.
fn signing(service: &Shape) -> Signing {
    let has = |id| service.traits.has(id);
    Signing {
        content_sha256: has(fixups::SIGNS_CONTENT_SHA256),
        path_as_sent: has(fixups::SIGNS_PATH_AS_SENT),
        presigned_bodies_open: has(fixups::LEAVES_PRESIGNED_BODIES_OPEN),
    }
}

/// The version that requests name, if the protocol has it.
fn version(closure: &Closure<'_>, protocol: &Protocol) -> Result<Option<String>, Error> {
    let version = &closure.service_definition().version;
    match (protocol.has_version, version.as_str()) {
        (false, _) => Ok(None),
        (true, "") => Err(Error::at(
            &closure.service().id,
            format!(
                "has no `version`, which {} names in every request",
                protocol.name()
            ),
        )),
        (true, version) => Ok(Some(version.to_owned())),
    }
}

/// The headers of every request.
fn headers(traits: &Traits) -> Result<Vec<(String, String)>, Error> {
    let headers = traits.headers()?.unwrap_or_default().into_iter();
    let headers = headers.map(|(name, value)| {
        let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let is_value = |c: char| c.is_ascii_graphic() || c == ' ';
        if name.is_empty() || !name.chars().all(is_name) || !value.chars().all(is_value) {
            let header = format!("{name}: {value}");
            return Err(Error::at(
                traits.owner(),
                format!("`{}` cannot be a header", header.escape_debug()),
            ));
        }
        Ok((name.to_owned(), value.to_owned()))
    });
    headers.collect()
}

/// The keywords of a package: registries take five of up to 20 characters each.
fn keywords(package: &str, is_aws: bool) -> Vec<String> {
    let kind = if is_aws { "aws" } else { "smithy" };
    let mut keywords = vec!["api", kind, "client", "sdk"];
    if package.len() <= 20 && !keywords.contains(&package) {
        keywords.push(package);
    }
    keywords.sort_unstable();
    keywords.into_iter().map(str::to_owned).collect()
}

/// The name of the package that nobody gave a name.
pub fn package_name(closure: &Closure<'_>) -> Result<String, Error> {
    Ok(names::package(sdk_id(closure)?))
}

fn sdk_id<'m>(closure: &Closure<'m>) -> Result<&'m str, Error> {
    let shape = closure.service();
    let sdk_id = shape.traits.sdk_id()?;
    Ok(sdk_id.unwrap_or(shape.id.name()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keywords_are_what_registries_take() {
        let table = [
            ("weather", true, "api aws client sdk weather"),
            ("weather", false, "api client sdk smithy weather"),
            ("client", false, "api client sdk smithy"),
            (
                "exactly-twenty-chars",
                true,
                "api aws client exactly-twenty-chars sdk",
            ),
            ("application-discovery-service", true, "api aws client sdk"),
        ];
        for (package, is_aws, expected) in table {
            assert_eq!(keywords(package, is_aws).join(" "), expected);
        }
    }
}
