//! Expressions of the rules language in Rust.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::ir::endpoint::{EndpointPlan, Form, FormatPart, Kind, PropertyPlan, Type, Value};
use crate::names::ident;

/// The expression as it stands.
pub(super) fn expression(value: &Value) -> TokenStream {
    match &value.kind {
        Kind::Boolean(value) => value.to_token_stream(),
        Kind::Integer(value) => Literal::i64_unsuffixed(*value).to_token_stream(),
        Kind::Text(text) => text.to_token_stream(),
        Kind::Format(parts) => format(parts),
        Kind::Parameter(field) => parameter(field, value),
        Kind::Variable(name) => ident(name).to_token_stream(),
        Kind::Field(of, field) => {
            let (of, field) = (expression(of), ident(field));
            quote!(#of.#field)
        }
        Kind::Item(of, index) => item(of, *index),
        Kind::IsSome(inner) => is_some(inner),
        Kind::Not(inner) => negated(inner),
        Kind::Equal(left, right) => equal(left, right, true),
        Kind::Coalesce(values) => coalesce(values, value),
        Kind::Ite(condition, then, otherwise) => {
            let condition = expression(condition);
            let (then, otherwise) = (as_form(then, value), as_form(otherwise, value));
            quote!(if #condition { #then } else { #otherwise })
        }
        Kind::Call(function, arguments) => {
            let function = ident(function);
            let arguments = arguments.iter().map(borrowed);
            quote!(endpoint::#function(#(#arguments),*))
        }
    }
}

/// The expression as an argument of a function, which never takes what it is given.
pub(super) fn borrowed(value: &Value) -> TokenStream {
    let expression = expression(value);
    if value.form == Form::Borrowed {
        expression
    } else {
        quote!(&#expression)
    }
}

/// The expression as an operand.
pub(super) fn operand(value: &Value) -> TokenStream {
    let expression = expression(value);
    if matches!(value.kind, Kind::Ite(..)) {
        quote!((#expression))
    } else {
        expression
    }
}

/// `a == b`, `a != b`, `a.is_empty()`, `!a.is_empty()`
fn equal(left: &Value, right: &Value, same: bool) -> TokenStream {
    let is_empty = matches!(&right.kind, Kind::Text(text) if text.is_empty());
    let (left, right) = (operand(left), operand(right));
    match (is_empty, same) {
        (true, true) => quote!(#left.is_empty()),
        (true, false) => quote!(!#left.is_empty()),
        (false, true) => quote!(#left == #right),
        (false, false) => quote!(#left != #right),
    }
}

/// The expression where whatever becomes a `String` will do.
pub(in crate::emit) fn text(value: &Value) -> TokenStream {
    let expression = expression(value);
    if value.form == Form::Place {
        quote!(#expression.as_str())
    } else {
        expression
    }
}

/// `self.use_fips`, `self.region.as_deref()`
fn parameter(field: &str, value: &Value) -> TokenStream {
    let field = ident(field);
    match (value.optional, value.ty) {
        (true, Type::String | Type::Strings) => quote!(self.#field.as_deref()),
        _ => quote!(self.#field),
    }
}

/// `self.region.is_some()`, not `self.region.as_deref().is_some()`
fn is_some(value: &Value) -> TokenStream {
    if let Kind::Parameter(field) = &value.kind {
        let field = ident(field);
        return quote!(self.#field.is_some());
    }
    let value = expression(value);
    quote!(#value.is_some())
}

fn negated(value: &Value) -> TokenStream {
    match &value.kind {
        Kind::Equal(left, right) => equal(left, right, false),
        Kind::IsSome(inner) => match &inner.kind {
            Kind::Parameter(field) => {
                let field = ident(field);
                quote!(self.#field.is_none())
            }
            _ => {
                let inner = expression(inner);
                quote!(#inner.is_none())
            }
        },
        _ => {
            let value = operand(value);
            quote!(!#value)
        }
    }
}

/// `arn.resource_id.first().copied()`
fn item(of: &Value, index: i64) -> TokenStream {
    let list = expression(of);
    let position = |index: u64| Literal::u64_unsuffixed(index);
    let item = match index {
        0 => quote!(#list.first()),
        -1 => quote!(#list.last()),
        1.. => {
            let index = position(index.unsigned_abs());
            quote!(#list.get(#index))
        }
        _ => {
            let index = position(index.unsigned_abs() - 1);
            quote!(#list.iter().nth_back(#index))
        }
    };
    if of.ty == Type::Strings {
        quote!(#item.map(String::as_str))
    } else {
        quote!(#item.copied())
    }
}

/// `a.or(b).unwrap_or(c)`
fn coalesce(values: &[Value], whole: &Value) -> TokenStream {
    let mut result = TokenStream::new();
    for (index, value) in values.iter().enumerate() {
        let next = as_form(value, whole);
        result = match (index, value.optional, whole.form) {
            (0, _, _) => next,
            (_, true, Form::Borrowed) => quote!(#result.or(#next)),
            (_, true, _) => quote!(#result.or_else(|| #next)),
            (_, false, Form::Borrowed) => quote!(#result.unwrap_or(#next)),
            (_, false, _) => quote!(#result.unwrap_or_else(|| #next)),
        };
    }
    result
}

/// A value that is one of several, in the form that all of them have to have.
fn as_form(value: &Value, whole: &Value) -> TokenStream {
    let tokens = expression(value);
    let tokens = match (whole.ty, whole.form, value.form, value.optional) {
        (Type::String, Form::Borrowed, Form::Place, false) => quote!(#tokens.as_str()),
        (Type::String, Form::Temporary, Form::Borrowed | Form::Place, false) => owned(value),
        (Type::String, Form::Temporary, Form::Borrowed | Form::Place, true) => {
            quote!(#tokens.map(str::to_owned))
        }
        _ => tokens,
    };
    // `coalesce` takes what is optional as it is; `ite` gives an `Option` if one of its two values is.
    if matches!(whole.kind, Kind::Ite(..)) && whole.optional && !value.optional {
        quote!(Some(#tokens))
    } else {
        tokens
    }
}

/// `format!("https://{}.{}", endpoint::host_labels("Region", region)?, partition.dns_suffix)`
fn format(parts: &[FormatPart]) -> TokenStream {
    let mut text = String::new();
    let mut arguments = Vec::new();
    for part in parts {
        match part {
            FormatPart::Text(literal) => {
                text.push_str(&literal.replace('{', "{{").replace('}', "}}"))
            }
            FormatPart::Value(Value {
                kind: Kind::Variable(name),
                ..
            }) => {
                text.push('{');
                text.push_str(name);
                text.push('}');
            }
            FormatPart::Value(value) => {
                text.push_str("{}");
                arguments.push(expression(value));
            }
            FormatPart::Authority {
                name,
                value,
                is_labels,
            } => {
                text.push_str("{}");
                let check = ident(if *is_labels {
                    "host_labels"
                } else {
                    "host_text"
                });
                let value = borrowed(value);
                arguments.push(quote!(endpoint::#check(#name, #value)?));
            }
        }
    }
    quote!(format!(#text #(, #arguments)*))
}

/// `endpoint::at(…)`, and what an endpoint has besides its URL.
pub(in crate::emit) fn endpoint(ir: &EndpointPlan) -> TokenStream {
    let url = text(&ir.url);
    let extras = extras(ir);
    if extras.is_empty() {
        return quote!(endpoint::at(#url));
    }
    quote!(Ok(endpoint::at(#url)?.into_builder() #extras .build()))
}

/// `.header(…).auth_scheme(…).property(…)`
pub(in crate::emit) fn extras(ir: &EndpointPlan) -> TokenStream {
    let headers = ir.headers.iter().map(|(name, value)| {
        let value = static_or_owned(value);
        quote!(.header(#name, #value))
    });
    let auth_schemes = ir.auth_schemes.iter().map(|(name, properties)| {
        let count = properties.len();
        let puts = properties.iter().map(|(name, value)| {
            let value = into_property(value);
            quote!(.put(#name, #value))
        });
        let count = Literal::usize_unsuffixed(count);
        quote!(.auth_scheme(EndpointAuthScheme::with_capacity(#name, #count) #(#puts)*))
    });
    let properties = ir.properties.iter().map(|(name, value)| {
        let value = into_property(value);
        quote!(.property(#name, #value))
    });
    quote!(#(#headers)* #(#auth_schemes)* #(#properties)*)
}

/// The value of a property where anything that becomes one will do.
fn into_property(value: &PropertyPlan) -> TokenStream {
    match value {
        PropertyPlan::Value(Value {
            kind: Kind::Integer(number),
            ..
        }) => Literal::i64_suffixed(*number).to_token_stream(),
        PropertyPlan::Value(value) => text(value),
        _ => property(value),
    }
}

/// The value of a property.
fn property(value: &PropertyPlan) -> TokenStream {
    match value {
        PropertyPlan::Value(_) => {
            let value = into_property(value);
            quote!(EndpointProperty::from(#value))
        }
        PropertyPlan::Array(items) => {
            let items = items.iter().map(property);
            quote!(endpoint::array([#(#items),*]))
        }
        PropertyPlan::Object(members) => {
            let members = members.iter().map(|(name, value)| {
                let value = property(value);
                quote!((#name, #value))
            });
            quote!(endpoint::object([#(#members),*]))
        }
    }
}

/// A string that outlives everything.
fn static_or_owned(value: &Value) -> TokenStream {
    match value.kind {
        Kind::Text(_) => expression(value),
        _ => owned(value),
    }
}

/// A string for whoever wants a `String`, or something that becomes one.
fn owned(value: &Value) -> TokenStream {
    let tokens = expression(value);
    match (value.form, &value.kind) {
        (Form::Temporary, _) => tokens,
        (Form::Place, _) => quote!(#tokens.clone()),
        (Form::Borrowed, _) => quote!(#tokens.to_owned()),
    }
}
