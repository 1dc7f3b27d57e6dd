//! The parameters of endpoint rules: settings of the client and values of the call.
//!
//! Values of the call are for the rules of few services: what reads and writes them is `#[inline]`, to be compiled there.

use std::borrow::Cow;

/// The settings of a client that its endpoint depends on.
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct EndpointSettings {
    /// The region to send to (`AWS::Region`).
    pub region: Option<String>,
    /// Send to FIPS endpoints only (`AWS::UseFIPS`).
    pub use_fips: bool,
    /// Send to endpoints that have IPv6 too (`AWS::UseDualStack`).
    pub use_dual_stack: bool,
    /// The URL to send to, instead of the service's own (`SDK::Endpoint`).
    pub endpoint_url: Option<String>,
    /// The account of the credentials, where they say it (`AWS::Auth::AccountId`).
    pub account_id: Option<String>,
    /// The use of the account in endpoints: `preferred`, `required` or `disabled`
    /// (`AWS::Auth::AccountIdEndpointMode`).
    pub account_id_endpoint_mode: Option<String>,
    /// Parameters of the service's own (`smithy.rules#clientContextParams`).
    pub client_context: ContextParams,
}

/// The parameters of endpoint rules that a call sets: values of members, or fixed for the operation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ContextParams(Vec<(Cow<'static, str>, ContextValue)>);

/// The value of an endpoint parameter.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum ContextValue {
    /// A string.
    String(Cow<'static, str>),
    /// A boolean.
    Boolean(bool),
    /// A list of strings.
    StringArray(Cow<'static, [Cow<'static, str>]>),
}

impl ContextParams {
    /// Creates an empty set of parameters.
    pub const fn new() -> Self {
        Self(Vec::new())
    }

    /// Sets a parameter, if there is a value for it. A value that is set already stays: what is most specific is
    /// set first.
    pub fn set<V: Into<ContextValue>>(
        &mut self,
        name: impl Into<Cow<'static, str>>,
        value: Option<V>,
    ) {
        let name = name.into();
        if let Some(value) = value
            && self.get(&name).is_none()
        {
            self.0.push((name, value.into()));
        }
    }

    /// Returns a parameter by its name in the rules.
    pub fn get(&self, name: &str) -> Option<&ContextValue> {
        for (known, value) in &self.0 {
            if known == name {
                return Some(value);
            }
        }
        None
    }

    /// Returns a string parameter.
    #[inline]
    pub fn string(&self, name: &str) -> Option<String> {
        match self.get(name)? {
            ContextValue::String(value) => Some(value.clone().into_owned()),
            _ => None,
        }
    }

    /// Returns a boolean parameter.
    #[inline]
    pub fn boolean(&self, name: &str) -> Option<bool> {
        match self.get(name)? {
            ContextValue::Boolean(value) => Some(*value),
            _ => None,
        }
    }

    /// Returns a parameter that is a list of strings.
    #[inline]
    pub fn string_array(&self, name: &str) -> Option<Vec<String>> {
        match self.get(name)? {
            ContextValue::StringArray(values) => Some(
                values
                    .iter()
                    .map(|value| value.clone().into_owned())
                    .collect(),
            ),
            _ => None,
        }
    }
}

impl ContextValue {
    /// Creates a string that is known when the crate is compiled.
    #[inline]
    pub const fn string(value: &'static str) -> Self {
        Self::String(Cow::Borrowed(value))
    }
}

impl From<&str> for ContextValue {
    #[inline]
    fn from(value: &str) -> Self {
        Self::String(Cow::Owned(value.to_owned()))
    }
}

impl From<String> for ContextValue {
    #[inline]
    fn from(value: String) -> Self {
        Self::String(Cow::Owned(value))
    }
}

impl From<bool> for ContextValue {
    #[inline]
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<Vec<String>> for ContextValue {
    #[inline]
    fn from(values: Vec<String>) -> Self {
        Self::StringArray(values.into_iter().map(Cow::Owned).collect())
    }
}

impl From<Vec<&str>> for ContextValue {
    #[inline]
    fn from(values: Vec<&str>) -> Self {
        Self::StringArray(
            values
                .into_iter()
                .map(|value| Cow::Owned(value.to_owned()))
                .collect(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_value_of_a_parameter_stays() {
        let mut params = ContextParams::new();
        params.set("Kind", Some(ContextValue::string("control")));
        params.set("Kind", Some("data"));
        params.set("Other", None::<&str>);
        assert_eq!(params.string("Kind").as_deref(), Some("control"));
        assert_eq!(params.get("Other"), None);
    }

    #[test]
    fn a_value_of_another_type_is_as_good_as_none() {
        let mut params = ContextParams::new();
        params.set("Tables", Some(vec!["a", "b"]));
        params.set("Flag", Some(true));
        assert_eq!(params.string("Tables"), None);
        assert_eq!(
            params.string_array("Tables"),
            Some(vec!["a".to_owned(), "b".to_owned()])
        );
        assert_eq!(params.boolean("Flag"), Some(true));
        assert_eq!(params.boolean("Tables"), None);
    }
}
