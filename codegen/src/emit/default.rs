//! Default values, for the builder and for serde.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::ident;
use super::rust_type::rust_type;
use super::uses::Uses;
use crate::plan::{DefaultValue, Member, RustType, Structure};

/// The functions that give those defaults of a structure that are not Rust's own.
///
/// ```text
/// impl PortalOptions {
///     fn default_visibility() -> ApplicationVisibility {
///         ApplicationVisibility::Enabled
///     }
/// }
/// ```
pub fn functions(structure: &Structure, uses: &mut Uses) -> Option<TokenStream> {
    let mut functions = Vec::new();
    for member in &structure.members {
        let Some(default) = member
            .default
            .as_ref()
            .filter(|default| !default.is_rusts())
        else {
            continue;
        };
        let function = format_ident!("{}", function_name(member));
        let ty = rust_type(&member.ty, uses);
        let value = value(default, &member.ty, uses);
        functions.push(quote!(fn #function() -> #ty { #value }));
    }
    let name = ident(&structure.about.name.rust);
    (!functions.is_empty()).then(|| quote!(impl #name { #(#functions)* }))
}

/// `default`, or `default = PortalOptions::default_visibility()`
pub fn builder_argument(
    structure: &Structure,
    member: &Member,
    default: &DefaultValue,
) -> TokenStream {
    if default.is_rusts() {
        return quote!(default);
    }
    let (name, function) = (
        ident(&structure.about.name.rust),
        format_ident!("{}", function_name(member)),
    );
    quote!(default = #name::#function())
}

/// `default`, or `default = "PortalOptions::default_visibility"`
pub fn serde_argument(
    structure: &Structure,
    member: &Member,
    default: &DefaultValue,
) -> TokenStream {
    if default.is_rusts() {
        return quote!(default);
    }
    let path = format!("{}::{}", structure.about.name.rust, function_name(member));
    quote!(default = #path)
}

fn function_name(member: &Member) -> String {
    format!("default_{}", member.field.trim_start_matches("r#"))
}

/// The expression that makes the value.
pub fn value(default: &DefaultValue, ty: &RustType, uses: &mut Uses) -> TokenStream {
    match default {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        DefaultValue::Float(value) => float(*value, ty),
        DefaultValue::String(value) => quote!(#value.to_owned()),
        DefaultValue::Enum {
            name,
            variant,
            value,
        } => {
            let name = uses.ty(name);
            variant.as_ref().map(|variant| ident(variant)).map_or_else(
                || quote!(#name::from(#value)),
                |variant| quote!(#name::#variant),
            )
        }
        DefaultValue::IntEnum {
            name,
            variant,
            value,
        } => {
            let name = uses.ty(name);
            let value = Literal::i32_unsuffixed(*value);
            variant.as_ref().map(|variant| ident(variant)).map_or_else(
                || quote!(#name::from(#value)),
                |variant| quote!(#name::#variant),
            )
        }
        DefaultValue::Blob(bytes) => {
            let bytes = Literal::byte_string(bytes);
            let blob = uses.krate("Blob");
            quote!(#blob::new(#bytes))
        }
        DefaultValue::DateTime { seconds, nanos } => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanos = Literal::u32_unsuffixed(*nanos);
            let date_time = uses.krate("DateTime");
            quote!(#date_time::from_secs_and_nanos(#seconds, #nanos))
        }
        DefaultValue::Document(value) => document(value, uses),
        DefaultValue::EmptyList => quote!(Vec::new()),
        DefaultValue::EmptyMap => quote!(Default::default()),
    }
}

fn float(value: f64, ty: &RustType) -> TokenStream {
    let single = *ty == RustType::F32;
    let constants = if single { quote!(f32) } else { quote!(f64) };
    if value.is_nan() {
        quote!(#constants::NAN)
    } else if value.is_infinite() {
        let name = format_ident!(
            "{}",
            if value > 0.0 {
                "INFINITY"
            } else {
                "NEG_INFINITY"
            }
        );
        quote!(#constants::#name)
    } else if single {
        let value = Literal::f32_unsuffixed(value as f32);
        quote!(#value)
    } else {
        let value = Literal::f64_unsuffixed(value);
        quote!(#value)
    }
}

/// Smithy allows only scalars and empty lists and maps as the default of a document.
fn document(value: &serde_json::Value, uses: &mut Uses) -> TokenStream {
    let document = uses.krate("Document");
    match value {
        serde_json::Value::Bool(value) => quote!(#document::from(#value)),
        serde_json::Value::String(value) => quote!(#document::from(#value)),
        serde_json::Value::Number(number) => match number.as_i64() {
            Some(value) => {
                let value = Literal::i64_suffixed(value);
                quote!(#document::from(#value))
            }
            None => {
                let value = Literal::f64_suffixed(number.as_f64().unwrap_or_default());
                quote!(#document::from(#value))
            }
        },
        serde_json::Value::Array(_) => quote!(#document::Array(Vec::new())),
        serde_json::Value::Object(_) => quote!(#document::Object(Default::default())),
        serde_json::Value::Null => quote!(#document::Null),
    }
}
