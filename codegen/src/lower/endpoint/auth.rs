//! The `authSchemes` that endpoints offer.
//!
//! Some want SigV4a, as EventBridge's global ones. One that offers neither that nor SigV4 may be one of many, so it is no reason to do
//! without the service: a call that the rules send there is an error when it is made. But rules that know no other endpoints are not
//! supported.

use std::collections::BTreeSet;

use crate::Diagnostic;
use crate::rules::{AuthScheme, EndpointRule, Expression, Outcome, Part, Place, Rule, RuleSet};

const SIGV4: &str = "sigv4";
const SIGV4A: &str = "sigv4a";

/// The ways to sign that endpoints offer.
pub struct Schemes {
    /// `true` if SigV4a is among them.
    pub want_sigv4a: bool,
    /// Those of endpoints that offer neither SigV4 nor SigV4a.
    pub others: BTreeSet<String>,
}

/// Looks through the endpoints of a rule set.
pub fn schemes(rule_set: &RuleSet) -> Result<Schemes, Diagnostic> {
    let mut endpoints = Vec::new();
    for rule in &rule_set.rules {
        add_endpoints(rule, &mut endpoints);
    }
    let mut names = endpoints.iter().flat_map(|endpoint| &endpoint.auth_schemes);
    let want_sigv4a = names.any(|scheme| scheme.name == SIGV4A);
    let (others, usable): (Vec<_>, Vec<_>) = endpoints
        .into_iter()
        .filter(|endpoint| !is_given_by_client(endpoint, rule_set))
        .partition(|endpoint| wants_another(endpoint));
    let schemes: BTreeSet<_> = others
        .iter()
        .flat_map(|endpoint| &endpoint.auth_schemes)
        .map(|scheme| scheme.name.clone())
        .collect();
    if usable.is_empty() && !schemes.is_empty() {
        let schemes: Vec<_> = schemes.into_iter().collect();
        return Err(Diagnostic::at(
            Place::root("endpointRuleSet").member("rules"),
            format!(
                "all endpoints require calls to be signed with {}, which is not supported: expected {SIGV4} or {SIGV4A}",
                schemes.join(" or ")
            ),
        )
        .into_unsupported());
    }
    Ok(Schemes {
        want_sigv4a,
        others: schemes,
    })
}

fn add_endpoints<'a>(rule: &'a Rule, endpoints: &mut Vec<&'a EndpointRule>) {
    match &rule.outcome {
        Outcome::Tree(rules) => rules.iter().for_each(|rule| add_endpoints(rule, endpoints)),
        Outcome::Endpoint(endpoint) => endpoints.push(endpoint),
        Outcome::Error(_) => {}
    }
}

fn wants_another(endpoint: &EndpointRule) -> bool {
    let schemes = &endpoint.auth_schemes;
    let is_usable = |scheme: &AuthScheme| [SIGV4, SIGV4A].contains(&scheme.name.as_str());
    !schemes.is_empty() && !schemes.iter().any(is_usable)
}

/// Returns `true` if it is the URL in the settings of the client.
fn is_given_by_client(endpoint: &EndpointRule, rule_set: &RuleSet) -> bool {
    let name = match &endpoint.url {
        Expression::Reference(name) => name,
        Expression::Template(parts) => match parts.as_slice() {
            [Part::Value(Expression::Reference(name))] => name,
            _ => return false,
        },
        _ => return false,
    };
    rule_set.parameters.iter().any(|parameter| {
        parameter.name == *name && parameter.built_in.as_deref() == Some("SDK::Endpoint")
    })
}
