//! The authentication schemes of operations.

use crate::Error;
use crate::ir::{AuthScheme, Endpoints, Operation, Service};
use crate::model::{self, Closure};

/// Lowers schemes, best first. Those that cannot be used are left out.
///
/// # Errors
/// If one that the service describes in a trait is not as Smithy says.
pub fn schemes(closure: &Closure<'_>, ids: &[&str]) -> Result<Vec<AuthScheme>, Error> {
    let mut schemes = Vec::new();
    for id in ids {
        let scheme = match *id {
            model::SIGV4 => Some(AuthScheme::SigV4),
            model::SIGV4A => Some(AuthScheme::SigV4a),
            model::HTTP_BEARER => Some(AuthScheme::HttpBearer),
            model::HTTP_BASIC => Some(AuthScheme::HttpBasic),
            model::HTTP_API_KEY => Some(api_key(closure)?),
            model::NO_AUTH => Some(AuthScheme::NoAuth),
            _ => None,
        };
        schemes.extend(scheme.filter(|scheme| !schemes.contains(scheme)));
    }
    Ok(schemes)
}

fn api_key(closure: &Closure<'_>) -> Result<AuthScheme, Error> {
    let service = closure.service();
    let at = |reason: String| {
        Error::at(
            &service.id,
            format!("trait {} {reason}", model::HTTP_API_KEY),
        )
    };
    let Some(key) = service.traits.http_api_key()? else {
        let reason = "is missing, which `smithy.api#auth` names: it says where keys go";
        return Err(at(reason.to_owned()));
    };
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    if key.name.is_empty() || !key.name.chars().all(is_token) {
        return Err(at(format!(
            "has the name `{}`, which cannot be that of a header or a parameter",
            key.name.escape_debug()
        )));
    }
    let scheme = key.scheme.unwrap_or_default();
    match key.is_in_query {
        true if !scheme.is_empty() => Err(at("has a scheme, which is for headers".to_owned())),
        true => Ok(AuthScheme::HttpApiKeyQuery {
            name: key.name.to_owned(),
        }),
        false if !scheme.chars().all(is_token) => Err(at(format!(
            "has the scheme `{}`, which cannot be part of a header",
            scheme.escape_debug()
        ))),
        false => Ok(AuthScheme::HttpApiKeyHeader {
            name: key.name.to_ascii_lowercase(),
            scheme: scheme.to_owned(),
        }),
    }
}

/// Lets calls be signed with SigV4a as well as with SigV4 where endpoints ask for that, which the schemes in a model need not say.
pub fn follow_endpoints(
    endpoints: &Endpoints,
    service: &mut Service,
    operations: &mut [Operation],
) {
    if !endpoints.want_sigv4a {
        return;
    }
    add_sigv4a(&mut service.auth);
    for operation in operations {
        if let Some(auth) = &mut operation.auth {
            add_sigv4a(auth);
        }
    }
}

fn add_sigv4a(schemes: &mut Vec<AuthScheme>) {
    let sigv4 = schemes.iter().position(|it| *it == AuthScheme::SigV4);
    if let Some(index) = sigv4
        && !schemes.contains(&AuthScheme::SigV4a)
    {
        schemes.insert(index + 1, AuthScheme::SigV4a);
    }
}

/// Returns the schemes of a service, best first: those of operations that say nothing of their own, then those of the others.
pub fn of_service(closure: &Closure<'_>) -> Result<Vec<AuthScheme>, Error> {
    let mut auth = schemes(closure, &closure.service_auth()?)?;
    for (shape, _) in closure.operations() {
        for scheme in schemes(closure, &closure.auth(shape)?)? {
            let is_new = !auth.contains(&scheme) && scheme != AuthScheme::NoAuth;
            auth.extend(is_new.then_some(scheme));
        }
    }
    Ok(auth)
}
