//! Default values.

use proc_macro2::{Literal, TokenStream};
use quote::{format_ident, quote};

use super::ident;
use super::imports::Imports;
use crate::ir::{DefaultValue, RustType};

/// The expression that makes the value.
pub fn value(default: &DefaultValue, ty: &RustType, imports: &mut Imports) -> TokenStream {
    match default {
        DefaultValue::Bool(value) => quote!(#value),
        DefaultValue::Integer(value) => {
            let value = Literal::i64_unsuffixed(*value);
            quote!(#value)
        }
        DefaultValue::Float(value) => float(*value, ty),
        // It is a number, and so is the default that stands in for a text that were none.
        DefaultValue::BigInteger(text) | DefaultValue::BigDecimal(text) => {
            quote!(#text.parse().unwrap_or_default())
        }
        DefaultValue::String(value) => quote!(#value.to_owned()),
        DefaultValue::Enum {
            name,
            variant,
            value,
        } => {
            let name = imports.ty(name);
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
            let name = imports.ty(name);
            let value = Literal::i32_unsuffixed(*value);
            variant.as_ref().map(|variant| ident(variant)).map_or_else(
                || quote!(#name::from(#value)),
                |variant| quote!(#name::#variant),
            )
        }
        DefaultValue::Blob(bytes) if *ty == RustType::ByteStream => {
            let stream = imports.krate("ByteStream");
            match bytes.as_slice() {
                [] => quote!(#stream::default()),
                bytes => {
                    let bytes = Literal::byte_string(bytes);
                    quote!(#stream::from_static(#bytes))
                }
            }
        }
        DefaultValue::Blob(bytes) => {
            let bytes = Literal::byte_string(bytes);
            let blob = imports.krate("Blob");
            quote!(#blob::new(#bytes))
        }
        DefaultValue::DateTime { seconds, nanos } => {
            let seconds = Literal::i64_unsuffixed(*seconds);
            let nanos = Literal::u32_unsuffixed(*nanos);
            let date_time = imports.krate("DateTime");
            quote!(#date_time::from_secs_and_nanos(#seconds, #nanos))
        }
        DefaultValue::Document(value) => document(value, imports),
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
fn document(value: &serde_json::Value, imports: &mut Imports) -> TokenStream {
    let document = imports.krate("Document");
    match value {
        serde_json::Value::Bool(value) => quote!(#document::from(#value)),
        serde_json::Value::String(value) => quote!(#document::from(#value)),
        serde_json::Value::Number(number) => {
            let value = match (number.as_i64(), number.as_u64(), number.as_f64()) {
                (Some(value), _, _) => Literal::i64_suffixed(value),
                (None, Some(value), _) => Literal::u64_suffixed(value),
                (None, None, value) => Literal::f64_suffixed(value.unwrap_or_default()),
            };
            quote!(#document::from(#value))
        }
        serde_json::Value::Array(_) => quote!(#document::Array(Vec::new())),
        serde_json::Value::Object(_) => quote!(#document::Object(Default::default())),
        serde_json::Value::Null => quote!(#document::Null),
    }
}
