//! Smithy's endpoint rules: the trait `smithy.rules#endpointRuleSet` as a syntax tree.
//!
//! `parse` reads the JSON of the trait, and says where it is not a rule set; `lower::endpoint` adds names and types to the tree;
//! `emit::endpoint` prints it as Rust. The trait `smithy.rules#endpointBdd`, which some models have beside it, says the same in
//! another form and is not read; a model that has nothing else is not supported.

mod parse;
mod template;
mod tests;

use std::fmt;

pub use self::parse::{rule_set, unsupported};
pub use self::tests::{Call, Expected, TestCase, test_cases};

/// A rule set: from parameters to an endpoint or an error.
#[derive(Clone, Debug, PartialEq)]
pub struct RuleSet {
    /// The parameters, in the model's order.
    pub parameters: Vec<Parameter>,
    /// The rules, of which the first whose conditions hold decides.
    pub rules: Vec<Rule>,
}

/// A parameter of a rule set.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// The name in the rules: `UseFIPS`.
    pub name: String,
    /// The type of its values.
    pub kind: ParameterKind,
    /// `true` if it always has a value.
    pub required: bool,
    /// The value it has when none is given.
    pub default: Option<ParameterValue>,
    /// The setting of the client that it takes its value from: `AWS::UseFIPS`.
    pub built_in: Option<String>,
    /// The model's documentation.
    pub documentation: Option<String>,
    /// The reason why it is no longer to be used.
    pub deprecated: Option<String>,
}

/// The types that parameters have.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ParameterKind {
    /// `String`
    String,
    /// `Boolean`
    Boolean,
    /// `stringArray`
    StringArray,
}

/// The value of a parameter: its default, or that of a test.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum ParameterValue {
    /// A string.
    String(String),
    /// A boolean.
    Boolean(bool),
    /// A list of strings.
    StringArray(Vec<String>),
}

/// A rule: what to do if all conditions hold.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Rule {
    /// The conditions, of which each may use what the ones before it assigned.
    pub conditions: Vec<Condition>,
    /// The outcome if all hold.
    pub outcome: Outcome,
}

/// A condition: it holds if the call returns a value other than `false`.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Condition {
    /// The call that decides.
    pub call: Expression,
    /// The name under which what follows can use the value.
    pub assign: Option<String>,
}

/// The outcome of a rule whose conditions hold.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Outcome {
    /// One of these rules has to decide.
    Tree(Vec<Rule>),
    /// There is no endpoint, for this reason.
    Error(Expression),
    /// The endpoint.
    Endpoint(EndpointRule),
}

/// An endpoint.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct EndpointRule {
    /// The URL.
    pub url: Expression,
    /// Headers to send there.
    pub headers: Vec<(String, Vec<Expression>)>,
    /// The auth schemes, best first.
    pub auth_schemes: Vec<AuthScheme>,
    /// All other properties.
    pub properties: Vec<(String, Property)>,
}

/// One of the `authSchemes` of an endpoint.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct AuthScheme {
    /// The name: `sigv4`.
    pub name: String,
    /// All else: `signingName`, `signingRegion` and so on, sorted by name.
    pub properties: Vec<(String, Property)>,
}

/// The value of a property of an endpoint.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Property {
    /// A single value.
    Value(Expression),
    /// A list of values.
    Array(Vec<Property>),
    /// Values with names.
    Object(Vec<(String, Property)>),
}

/// An expression of the rules language.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Expression {
    /// `true`, `false`
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// A string, in which `{…}` stands for values.
    Template(Vec<Part>),
    /// A parameter, or what a condition assigned.
    Reference(String),
    /// A call of one of the language's functions.
    Call(Function, Vec<Expression>),
}

/// A part of a string.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum Part {
    /// Text that stands for itself.
    Text(String),
    /// `{Name}` or `{Name#path}`
    Value(Expression),
}

/// The functions of the rules language.
#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
pub enum Function {
    /// `isSet`
    IsSet,
    /// `not`
    Not,
    /// `booleanEquals`
    BooleanEquals,
    /// `stringEquals`
    StringEquals,
    /// `getAttr`
    GetAttr,
    /// `substring`
    Substring,
    /// `split`
    Split,
    /// `coalesce`
    Coalesce,
    /// `ite`
    Ite,
    /// `parseURL`
    ParseUrl,
    /// `uriEncode`
    UriEncode,
    /// `isValidHostLabel`
    IsValidHostLabel,
    /// `aws.partition`
    Partition,
    /// `aws.parseArn`
    ParseArn,
    /// `aws.isVirtualHostableS3Bucket`
    IsVirtualHostableS3Bucket,
}

impl Function {
    /// All functions with their names.
    pub const ALL: [(&str, Self); 15] = [
        ("isSet", Self::IsSet),
        ("not", Self::Not),
        ("booleanEquals", Self::BooleanEquals),
        ("stringEquals", Self::StringEquals),
        ("getAttr", Self::GetAttr),
        ("substring", Self::Substring),
        ("split", Self::Split),
        ("coalesce", Self::Coalesce),
        ("ite", Self::Ite),
        ("parseURL", Self::ParseUrl),
        ("uriEncode", Self::UriEncode),
        ("isValidHostLabel", Self::IsValidHostLabel),
        ("aws.partition", Self::Partition),
        ("aws.parseArn", Self::ParseArn),
        (
            "aws.isVirtualHostableS3Bucket",
            Self::IsVirtualHostableS3Bucket,
        ),
    ];

    /// The name in rules.
    pub fn name(self) -> &'static str {
        Self::ALL
            .iter()
            .find(|(_, function)| *function == self)
            .map_or("", |(name, _)| name)
    }
}

/// A place in a trait, for error messages.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Place(String);

impl Place {
    /// The root of a trait.
    pub fn root(name: &str) -> Self {
        Self(name.to_owned())
    }

    /// A member of what is here.
    pub fn member(&self, name: &str) -> Self {
        Self(format!("{}.{name}", self.0))
    }

    /// An item of what is here.
    pub fn item(&self, index: usize) -> Self {
        Self(format!("{}[{index}]", self.0))
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Expression {
    /// Calls a function with the name of each parameter or variable in the expression.
    pub fn for_each_reference(&self, found: &mut dyn FnMut(&str)) {
        match self {
            Self::Boolean(_) | Self::Integer(_) => {}
            Self::Reference(name) => found(name),
            Self::Call(_, arguments) => arguments
                .iter()
                .for_each(|argument| argument.for_each_reference(found)),
            Self::Template(parts) => {
                for part in parts {
                    if let Part::Value(value) = part {
                        value.for_each_reference(found);
                    }
                }
            }
        }
    }
}
