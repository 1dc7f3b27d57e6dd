//! The Rust types of members, and how serde is told about those whose wire form is not serde's own.

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::plan::{RustType, TimestampFormat};

/// The type as it stands in the code: `HashMap<String, Vec<DateTime>>`.
pub fn rust_type(ty: &RustType, uses: &mut Uses) -> TokenStream {
    match ty {
        RustType::Bool => quote!(bool),
        RustType::I8 => quote!(i8),
        RustType::I16 => quote!(i16),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::F32 => quote!(f32),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        RustType::Blob => runtime_type("Blob", uses),
        RustType::DateTime(_) => runtime_type("DateTime", uses),
        RustType::Document => runtime_type("Document", uses),
        RustType::Structure(name)
        | RustType::Union(name)
        | RustType::Enum(name)
        | RustType::IntEnum(name) => {
            let name = uses.ty(name);
            quote!(#name)
        }
        RustType::List { element, sparse } => {
            let element = optional(*sparse, rust_type(element, uses));
            quote!(Vec<#element>)
        }
        RustType::Map { key, value, sparse } => {
            let map = uses.std("std::collections", "HashMap");
            let key = rust_type(key, uses);
            let value = optional(*sparse, rust_type(value, uses));
            quote!(#map<#key, #value>)
        }
    }
}

/// `T`, or `Option<T>`.
pub fn optional(optional: bool, ty: TokenStream) -> TokenStream {
    if optional { quote!(Option<#ty>) } else { ty }
}

/// How the type's wire form differs from serde's, as the argument of `As`: `Vec<EpochSeconds>`,
/// with `Same` for what does not differ. `None` if nothing does.
pub fn wire_form(ty: &RustType, uses: &mut Uses) -> Option<TokenStream> {
    let name = match ty {
        RustType::F32 | RustType::F64 => "Float",
        RustType::Blob => "Base64",
        RustType::DateTime(TimestampFormat::EpochSeconds) => "EpochSeconds",
        RustType::DateTime(TimestampFormat::DateTime) => "DateTimeFormat",
        RustType::DateTime(TimestampFormat::HttpDate) => "HttpDate",
        RustType::List { element, sparse } => {
            let element = optional(*sparse, wire_form(element, uses)?);
            return Some(quote!(Vec<#element>));
        }
        RustType::Map { value, sparse, .. } => {
            let value = optional(*sparse, wire_form(value, uses)?);
            let (map, same) = (uses.std("std::collections", "HashMap"), uses.wire("Same"));
            return Some(quote!(#map<#same, #value>));
        }
        _ => return None,
    };
    let name = uses.wire(name);
    Some(quote!(#name))
}

/// A type as text: `HashMap<Same, EpochSeconds>`.
pub fn text(ty: &TokenStream) -> String {
    ty.to_string().replace(' ', "").replace(',', ", ")
}

/// The root of a generated crate re-exports these.
fn runtime_type(name: &str, uses: &mut Uses) -> TokenStream {
    let name = uses.krate(name);
    quote!(#name)
}
