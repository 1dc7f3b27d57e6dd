//! The endpoints of a crate: the parameters of the rule set, the functions its rules become, and their tests.

mod statement;
mod value;

use std::collections::BTreeSet;

use crate::rules::{self, ParameterKind, ParameterValue};

pub use self::statement::{Decision, EndpointPlan, Link, PropertyPlan, RulesFunction, Statement};
pub use self::value::{Binding, Form, FormatPart, Kind, Type, Value};

/// All about the endpoints of a service.
#[derive(Debug)]
pub struct Endpoints {
    /// The fields of `Params`.
    pub parameters: Vec<Parameter>,
    /// The functions of the rule set, `resolve` first.
    pub functions: Vec<RulesFunction>,
    /// The model's tests.
    pub tests: Vec<EndpointTest>,
    /// `true` if endpoints ask for signatures of SigV4a.
    pub want_sigv4a: bool,
    /// The ways to sign of endpoints that offer neither SigV4 nor SigV4a.
    pub other_auth_schemes: BTreeSet<String>,
}

impl Endpoints {
    /// Returns `true` if calls of one client may have different endpoints. Credentials, and with them the account, are known only when a
    /// call is made.
    pub fn depend_on_call(&self) -> bool {
        self.parameters
            .iter()
            .any(|parameter| parameter.from_call || parameter.setting == Some(Setting::AccountId))
    }
}

/// One of the model's tests.
#[derive(Debug)]
pub struct EndpointTest {
    /// Its name in Rust.
    pub name: String,
    /// The model's description of it.
    pub documentation: Option<String>,
    /// The fields of `Params` that are set.
    pub parameters: Vec<(String, ParameterValue)>,
    /// The expected result.
    pub expected: Expectation,
    /// Calls of which the same has to come.
    pub calls: Vec<rules::Call>,
}

/// The expected result of a test.
#[derive(Debug)]
pub enum Expectation {
    /// An endpoint.
    Endpoint(EndpointPlan),
    /// An error with this message.
    Error(String),
}

/// A field of `Params`.
#[derive(Clone, Debug)]
pub struct Parameter {
    /// The name in the rules.
    pub name: String,
    /// The name in Rust.
    pub field: String,
    /// The type of its values.
    pub kind: ParameterKind,
    /// `true` if it may have none.
    pub optional: bool,
    /// The value it has otherwise.
    pub default: Option<ParameterValue>,
    /// The setting of the client that gives it its value.
    pub setting: Option<Setting>,
    /// The name of the setting in the rules, if it is one of AWS's: `AWS::S3::Accelerate`.
    pub built_in: Option<String>,
    /// The documentation, in Markdown.
    pub docs: String,
    /// `true` if a call can give it a value.
    pub from_call: bool,
    /// `true` if the service's own settings of the client can give it a value.
    pub from_client: bool,
}

/// The settings of a client that endpoints may depend on: the field of the runtime's `EndpointSettings`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Setting {
    /// `AWS::Region`
    Region,
    /// `AWS::UseFIPS`
    UseFips,
    /// `AWS::UseDualStack`
    UseDualStack,
    /// `SDK::Endpoint`
    EndpointUrl,
    /// `AWS::Auth::AccountId`
    AccountId,
    /// `AWS::Auth::AccountIdEndpointMode`
    AccountIdEndpointMode,
}
