//! The calls among the model's endpoint tests, `operationInputs`: where a whole call goes, from the settings of the client and the input
//! of the operation.
//!
//! Left out are calls that this crate cannot make or whose way says nothing about the rules: of operations that are not in it, to
//! endpoints that cannot be signed for, with settings that the rules do not have, without a region where there has to be one (which is an error before
//! the rules are evaluated), and with a host prefix made of labels.

use super::shapes::Shapes;
use super::value::Values;
use crate::ir::endpoint::{Endpoints, Expectation, Kind, Parameter, Setting};
use crate::ir::{Crate, Operation};
use crate::ir::{Destination, EndpointCall, HostPrefixPart, Structure, Value};
use crate::names::{self, Scope};
use crate::rules::{Call, ParameterValue};
use crate::{Diagnostics, Error};

/// The calls among the endpoint tests of a crate to be written.
pub fn endpoint_calls(shapes: Shapes<'_>, ir: &Crate) -> Result<Vec<EndpointCall>, Error> {
    let values = Values::new(ir, shapes).corrected();
    let mut problems = Diagnostics::new();
    let mut names = Scope::default();
    let mut lowered = Vec::new();
    let Some(endpoints) = &ir.endpoints else {
        return Ok(lowered);
    };
    for test in &endpoints.tests {
        for call in &test.calls {
            let Some(operation) = operation(ir, call) else {
                continue;
            };
            let (Some(destination), Some(settings)) = (
                destination(&test.expected, operation),
                settings(call, endpoints),
            ) else {
                continue;
            };
            let request = problems.keep(request(values, ir.request(operation), operation, call));
            let function = operation.link_name();
            lowered.extend(request.map(|request| EndpointCall {
                name: names.claim(&names::method(&format!("{function}_{}", test.name)), ""),
                documentation: test.documentation.clone(),
                operation: operation.shape.clone(),
                request,
                settings,
                client_context: client_context(call, endpoints),
                destination,
            }));
        }
    }
    problems.finish(lowered)
}

fn operation<'a>(ir: &'a Crate, call: &Call) -> Option<&'a Operation> {
    let mut operations = ir.operations.iter();
    operations.find(|operation| operation.shape.name() == call.operation)
}

fn request(
    values: Values<'_>,
    structure: Option<&Structure>,
    operation: &Operation,
    call: &Call,
) -> Result<Value, Error> {
    let structure = structure
        .ok_or_else(|| Error::at(&operation.shape, "its request is not part of the crate"))?;
    values.structure(structure, &call.input).map_err(|mistake| {
        let message = format!("an endpoint test calls it with what it does not take: {mistake}");
        Error::at(&operation.shape, message)
    })
}

/// The settings of the client, if all of them can be made and say enough.
fn settings(call: &Call, endpoints: &Endpoints) -> Option<Vec<(Setting, ParameterValue)>> {
    let mut settings = Vec::new();
    for (name, value) in &call.built_ins {
        match Setting::of(name) {
            Some((setting, _)) => settings.push((setting, value.clone())),
            None if built_in(endpoints, name).is_some() => {}
            None => return None,
        }
    }
    let has = |wanted| settings.iter().any(|(setting, _)| *setting == wanted);
    let mut parameters = endpoints.parameters.iter();
    let needs_region = parameters.any(|parameter| parameter.setting == Some(Setting::Region));
    (!needs_region || has(Setting::Region)).then_some(settings)
}

/// The settings of the client that only this service has, each once.
fn client_context(call: &Call, endpoints: &Endpoints) -> Vec<(String, ParameterValue)> {
    let by_name = call.client.iter().filter_map(|(name, value)| {
        let mut parameters = endpoints.parameters.iter();
        let parameter = parameters.find(|it| it.from_client && it.name == *name)?;
        Some((parameter, value))
    });
    let built_ins = call.built_ins.iter();
    let built_ins = built_ins.filter_map(|(name, value)| Some((built_in(endpoints, name)?, value)));
    let mut given: Vec<(String, ParameterValue)> = Vec::new();
    for (parameter, value) in by_name.chain(built_ins) {
        if given.iter().all(|(field, _)| *field != parameter.field) {
            given.push((parameter.field.clone(), value.clone()));
        }
    }
    given
}

/// The parameter that is a setting of this service alone, by its name among AWS's.
fn built_in<'e>(endpoints: &'e Endpoints, name: &str) -> Option<&'e Parameter> {
    let mut parameters = endpoints.parameters.iter();
    parameters.find(|it| it.from_client && it.built_in.as_deref() == Some(name))
}

/// The endpoint of the rules, with what the operation puts before the host; nothing if a call cannot go there.
fn destination(expected: &Expectation, operation: &Operation) -> Option<Destination> {
    let endpoint = match expected {
        Expectation::Error(message) => return Some(Destination::Error(message.clone())),
        Expectation::Endpoint(endpoint) => endpoint,
    };
    let mut schemes = endpoint.auth_schemes.iter();
    let can_be_signed = endpoint.auth_schemes.is_empty()
        || schemes.any(|(name, _)| ["sigv4", "sigv4a"].contains(&name.as_str()));
    let Kind::Text(url) = &endpoint.url.kind else {
        return None;
    };
    let prefix = operation
        .host_prefix
        .iter()
        .flat_map(|prefix| &prefix.parts);
    let prefix: Option<String> = prefix
        .map(|part| match part {
            HostPrefixPart::Literal(text) => Some(text.as_str()),
            HostPrefixPart::Label { .. } => None,
        })
        .collect();
    let (scheme, rest) = url.trim_end_matches('/').split_once("://")?;
    can_be_signed.then_some(Destination::Url(format!("{scheme}://{}{rest}", prefix?)))
}
