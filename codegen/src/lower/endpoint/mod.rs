//! The endpoints of a crate: the parameters of the rule set, the functions its rules become, and their tests.

mod auth;
mod authority;
mod call;
mod compile;
mod names;
mod value;
use crate::docs;
use crate::ir::endpoint::{EndpointTest, Endpoints, Expectation, Parameter, Setting};
use crate::model::Closure;
use crate::names::{Scope, fields};
use crate::rules::{self, Expected, ParameterKind, ParameterValue, Place, RuleSet, TestCase};
use crate::{Diagnostic, Diagnostics, Error};
use serde_json::Value as Json;
use std::collections::BTreeSet;

impl Setting {
    /// The setting with this name in rules, and the type of its values.
    pub fn of(built_in: &str) -> Option<(Self, ParameterKind)> {
        use ParameterKind::{Boolean, String};
        Some(match built_in {
            "AWS::Region" => (Self::Region, String),
            "AWS::UseFIPS" => (Self::UseFips, Boolean),
            "AWS::UseDualStack" => (Self::UseDualStack, Boolean),
            "SDK::Endpoint" => (Self::EndpointUrl, String),
            "AWS::Auth::AccountId" => (Self::AccountId, String),
            "AWS::Auth::AccountIdEndpointMode" => (Self::AccountIdEndpointMode, String),
            _ => return None,
        })
    }
}

/// The parameters that are set by something other than a built-in setting.
#[derive(Debug, Default)]
pub struct Bound {
    /// By a call: `staticContextParams`, `contextParam`, `operationContextParams`.
    pub by_call: BTreeSet<String>,
    /// By the client: `clientContextParams`.
    pub by_client: BTreeSet<String>,
}

impl Endpoints {
    /// Lowers for a service, unless its model has no endpoint rules.
    ///
    /// # Errors
    /// As for [`Self::new`]; all that it finds is wrong with the service.
    pub fn of(closure: &Closure<'_>) -> Result<Option<Self>, Error> {
        let service = closure.service();
        let Some(rule_set) = service.traits.endpoint_rule_set() else {
            return Ok(None);
        };
        let bound = Bound::of(closure)?;
        let mut problems = Diagnostics::new();
        match Self::new(rule_set, service.traits.endpoint_tests(), &bound) {
            Ok(endpoints) => return Ok(Some(endpoints)),
            Err(found) => found
                .into_iter()
                .for_each(|problem| problems.push(problem.in_shape(&service.id))),
        }
        problems.finish(None)
    }

    /// Lowers for the traits `endpointRuleSet` and `endpointTests` of a service.
    ///
    /// # Errors
    /// If they are not as Smithy says, or use what is not supported, in which case all of that is listed.
    pub fn new(
        rule_set: &Json,
        tests: Option<&Json>,
        bound: &Bound,
    ) -> Result<Self, Vec<Diagnostic>> {
        let unsupported = rules::unsupported(rule_set);
        if !unsupported.is_empty() {
            return Err(unsupported);
        }
        Self::of_supported(rule_set, tests, bound).map_err(|problem| vec![problem])
    }

    fn of_supported(
        rule_set: &Json,
        tests: Option<&Json>,
        bound: &Bound,
    ) -> Result<Self, Diagnostic> {
        let rule_set = rules::rule_set(rule_set)?;
        let parameters = parameters(&rule_set, bound)?;
        let functions = compile::functions(&rule_set, &parameters)?;
        let auth::Schemes {
            want_sigv4a,
            others: other_auth_schemes,
        } = auth::schemes(&rule_set)?;
        let cases = match tests {
            Some(tests) => rules::test_cases(tests, &rule_set)?,
            None => Vec::new(),
        };
        let tests = self::tests(cases, &parameters)?;
        Ok(Self {
            parameters,
            functions,
            tests,
            want_sigv4a,
            other_auth_schemes,
        })
    }
}

impl Bound {
    fn of(closure: &Closure<'_>) -> Result<Self, Error> {
        let mut bound = Self::default();
        let client = closure
            .service()
            .traits
            .client_context_params()?
            .unwrap_or_default();
        bound
            .by_client
            .extend(client.iter().map(|parameter| parameter.name.to_owned()));
        for (shape, operation) in closure.operations() {
            let fixed = shape.traits.static_context_params()?.unwrap_or_default();
            let paths = shape.traits.operation_context_params()?.unwrap_or_default();
            bound
                .by_call
                .extend(fixed.iter().map(|(name, _)| (*name).to_owned()));
            bound
                .by_call
                .extend(paths.iter().map(|(name, _)| (*name).to_owned()));
            for member in closure
                .get(&operation.input)
                .into_iter()
                .flat_map(|input| input.members())
            {
                bound
                    .by_call
                    .extend(member.traits.context_param()?.map(str::to_owned));
            }
        }
        Ok(bound)
    }
}

fn parameters(rule_set: &RuleSet, bound: &Bound) -> Result<Vec<Parameter>, Diagnostic> {
    let names = fields(
        rule_set
            .parameters
            .iter()
            .map(|parameter| parameter.name.as_str()),
    );
    let parameter = |(parameter, field): (&rules::Parameter, String)| {
        let documentation = parameter
            .documentation
            .as_deref()
            .unwrap_or("A parameter of the endpoint rules.");
        let mut docs = docs::markdown(documentation, &|_| None);
        if let Some(reason) = &parameter.deprecated {
            docs.push_str("\n\n");
            docs.push_str(&docs::titled("Deprecated.", reason, &|_| None));
        }
        Ok(Parameter {
            name: parameter.name.clone(),
            field,
            kind: parameter.kind,
            optional: !parameter.required && parameter.default.is_none(),
            default: parameter.default.clone(),
            setting: setting(parameter)?,
            docs,
            from_call: bound.by_call.contains(&parameter.name),
            from_client: bound.by_client.contains(&parameter.name) || is_of_service(parameter),
            built_in: parameter.built_in.clone(),
        })
    };
    rule_set
        .parameters
        .iter()
        .zip(names)
        .map(parameter)
        .collect()
}

/// Returns `true` for a built-in parameter that is for one service, such as `AWS::STS::UseGlobalEndpoint`.
fn is_of_service(parameter: &rules::Parameter) -> bool {
    let built_in = parameter.built_in.as_deref();
    built_in.is_some_and(|built_in| Setting::of(built_in).is_none())
}

/// The setting of all services for a built-in parameter.
fn setting(parameter: &rules::Parameter) -> Result<Option<Setting>, Diagnostic> {
    let Some(built_in) = &parameter.built_in else {
        return Ok(None);
    };
    let setting = match Setting::of(built_in) {
        Some((setting, kind)) => (parameter.kind == kind).then_some(setting),
        None => return Ok(None),
    };
    setting.map(Some).ok_or_else(|| {
        let place = format!("endpointRuleSet.parameters.{}.builtIn", parameter.name);
        let message = format!(
            "{built_in} is not supported for a parameter of type {:?}",
            parameter.kind
        );
        Diagnostic::at(place, message).into_unsupported()
    })
}

/// Gives each test a name of its own.
fn tests(cases: Vec<TestCase>, parameters: &[Parameter]) -> Result<Vec<EndpointTest>, Diagnostic> {
    let mut taken = Scope::default();
    let field = |name: &str| {
        parameters
            .iter()
            .find(|parameter| parameter.name == name)
            .map(|parameter| parameter.field.clone())
    };
    cases
        .into_iter()
        .enumerate()
        .map(|(index, case)| {
            let name = taken.claim(&names::test(&subject(&case)), "");
            let place = Place::root("endpointTests")
                .member("testCases")
                .item(index)
                .member("expect");
            let expected = match case.expected {
                Expected::Error(message) => Expectation::Error(message),
                Expected::Endpoint(endpoint) => {
                    Expectation::Endpoint(compile::plain_endpoint(&endpoint, &place)?)
                }
            };
            let parameters = case
                .parameters
                .into_iter()
                .filter_map(|(name, value)| Some((field(&name)?, value)));
            Ok(EndpointTest {
                name,
                documentation: case
                    .documentation
                    .map(|text| docs::markdown(&text, &|_| None)),
                parameters: parameters.collect(),
                expected,
                calls: case.calls,
            })
        })
        .collect()
}

/// Describes a test: in the model's words, or else by its parameters.
fn subject(test: &TestCase) -> String {
    if let Some(documentation) = &test.documentation {
        return documentation.clone();
    }
    let words = test.parameters.iter().map(|(name, value)| match value {
        ParameterValue::String(value) => format!("{name} {value}"),
        ParameterValue::Boolean(true) => format!("with {name}"),
        ParameterValue::Boolean(false) => format!("without {name}"),
        ParameterValue::StringArray(values) => format!("{name} {}", values.join(" ")),
    });
    words.collect::<Vec<_>>().join(" ")
}
