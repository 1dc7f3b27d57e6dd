//! The calls among the tests of a model's endpoint rules.

use super::endpoint::Setting;
use super::value::Value;
use crate::model::ShapeId;
use crate::rules::ParameterValue;

/// A call, and where it has to go.
#[derive(Debug)]
pub struct EndpointCall {
    /// The name of its test in Rust.
    pub name: String,
    /// What it is about, in the model's words.
    pub documentation: Option<String>,
    /// The operation.
    pub operation: ShapeId,
    /// What it is called with.
    pub request: Value,
    /// The settings of the client.
    pub settings: Vec<(Setting, ParameterValue)>,
    /// The fields of `ClientContext` that are set.
    pub client_context: Vec<(String, ParameterValue)>,
    /// Where it has to go.
    pub destination: Destination,
}

/// Where a call has to go.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// To this URL.
    Url(String),
    /// Nowhere, with this message.
    Error(String),
}
