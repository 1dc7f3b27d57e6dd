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
    /// The model's description of it.
    pub documentation: Option<String>,
    /// The operation.
    pub operation: ShapeId,
    /// The request.
    pub request: Value,
    /// The settings of the client.
    pub settings: Vec<(Setting, ParameterValue)>,
    /// The fields of `ClientContext` that are set.
    pub client_context: Vec<(String, ParameterValue)>,
    /// The expected destination.
    pub destination: Destination,
}

/// The destination of a call.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Destination {
    /// To this URL.
    Url(String),
    /// Nowhere, with this message.
    Error(String),
}
