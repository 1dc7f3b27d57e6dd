//! `smithy.rules`: traits of endpoint rules.

use serde_json::Value;

use super::{Accessor, Traits, accessors};
use crate::Error;

/// One parameter of `smithy.rules#clientContextParams`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct ClientContextParam<'a> {
    /// The parameter's name.
    pub name: &'a str,
    /// `string`, `boolean` or `stringArray`.
    pub kind: &'a str,
    /// The documentation in the model.
    pub documentation: Option<&'a str>,
}

accessors! {
    /// The endpoint parameter that takes its value from the member.
    context_param("smithy.rules#contextParam") -> &str = |node| {
        node.require("name")?.str()
    };

    /// The endpoint parameters that an operation sets to a string, a boolean or an array of strings.
    static_context_params("smithy.rules#staticContextParams") -> Vec<(&str, &Value)> = |node| {
        node.entries()?
            .map(|(name, param)| {
                let value = param.require("value")?;
                match value.value() {
                    Value::String(_) | Value::Bool(_) => {}
                    _ => drop(value.strs().map_err(|_| {
                        value.expected("a string, true, false or an array of strings")
                    })?),
                }
                Ok((name, value.value()))
            })
            .collect()
    };

    /// The endpoint parameters that an operation takes out of its input with a JMESPath: name and
    /// path.
    operation_context_params("smithy.rules#operationContextParams") -> Vec<(&str, &str)> = |node| {
        node.entries()?
            .map(|(name, param)| Ok((name, param.require("path")?.str()?)))
            .collect()
    };

    /// The endpoint parameters that are set once per client.
    client_context_params("smithy.rules#clientContextParams") -> Vec<ClientContextParam<'_>> = |node| {
        node.entries()?
            .map(|(name, param)| {
                Ok(ClientContextParam {
                    name,
                    kind: param.require("type")?.str()?,
                    documentation: param.opt_str("documentation")?,
                })
            })
            .collect()
    };
}

impl Traits {
    /// `smithy.rules#endpointRuleSet`, raw.
    pub fn endpoint_rule_set(&self) -> Option<&Value> {
        self.get("smithy.rules#endpointRuleSet")
    }

    /// `smithy.rules#endpointTests`, raw.
    pub fn endpoint_tests(&self) -> Option<&Value> {
        self.get("smithy.rules#endpointTests")
    }
}
