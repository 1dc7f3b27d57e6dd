//! Endpoints that rules end in: URL, headers, ways to sign, and other properties.

use crate::Diagnostic;
use crate::rules::{EndpointRule, Place, Property};

use super::super::authority;
use super::super::value::Scope;
use super::Compiler;
use crate::ir::endpoint::Type;
use crate::ir::endpoint::{EndpointPlan, PropertyPlan};

/// An endpoint in which all values are plain: what a test expects.
pub fn plain_endpoint(endpoint: &EndpointRule, place: &Place) -> Result<EndpointPlan, Diagnostic> {
    Compiler::default().endpoint(
        endpoint,
        &Scope {
            parameters: &[],
            bindings: Vec::new(),
        },
        place,
    )
}

impl Compiler<'_> {
    pub(super) fn endpoint(
        &mut self,
        endpoint: &EndpointRule,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<EndpointPlan, Diagnostic> {
        let headers_place = place.member("headers");
        let mut headers = Vec::new();
        for (name, values) in &endpoint.headers {
            for (index, value) in values.iter().enumerate() {
                headers.push((
                    name.clone(),
                    self.string(scope, value, &headers_place.member(name).item(index))?,
                ));
            }
        }
        let url = self.string(scope, &endpoint.url, &place.member("url"))?;
        let properties_place = place.member("properties");
        let schemes_place = properties_place.member("authSchemes");
        let auth_schemes = endpoint
            .auth_schemes
            .iter()
            .enumerate()
            .map(|(index, scheme)| {
                Ok((
                    scheme.name.clone(),
                    self.properties(&scheme.properties, scope, &schemes_place.item(index))?,
                ))
            });
        Ok(EndpointPlan {
            auth_schemes: auth_schemes.collect::<Result<_, Diagnostic>>()?,
            url: authority::checked(&endpoint.url, url, scope.parameters),
            headers,
            properties: self.properties(&endpoint.properties, scope, &properties_place)?,
        })
    }

    fn properties(
        &mut self,
        properties: &[(String, Property)],
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<Vec<(String, PropertyPlan)>, Diagnostic> {
        properties
            .iter()
            .map(|(name, property)| {
                Ok((
                    name.clone(),
                    self.property(property, scope, &place.member(name))?,
                ))
            })
            .collect()
    }

    fn property(
        &mut self,
        property: &Property,
        scope: &Scope<'_>,
        place: &Place,
    ) -> Result<PropertyPlan, Diagnostic> {
        Ok(match property {
            Property::Object(members) => {
                PropertyPlan::Object(self.properties(members, scope, place)?)
            }
            Property::Array(items) => {
                let item = |(index, item)| self.property(item, scope, &place.item(index));
                PropertyPlan::Array(
                    items
                        .iter()
                        .enumerate()
                        .map(item)
                        .collect::<Result<_, _>>()?,
                )
            }
            Property::Value(expression) => {
                let value = self.value(scope, expression, place)?;
                let plain = matches!(value.ty, Type::Boolean | Type::Integer | Type::String)
                    && !value.optional;
                if !plain {
                    return Err(Diagnostic::at(
                        place,
                        "expected a string, a boolean or a number that is always set",
                    ));
                }
                PropertyPlan::Value(value)
            }
        })
    }
}
