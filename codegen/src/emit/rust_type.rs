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
///
/// Where values are sensitive, the form is one whose errors do not quote them:
/// `Vec<Sensitive<EpochSeconds>>`.
pub fn wire_form(ty: &RustType, sensitive: bool, uses: &mut Uses) -> Option<TokenStream> {
    match ty {
        RustType::List { element, sparse } => {
            let element = optional(*sparse, wire_form(element, sensitive, uses)?);
            Some(quote!(Vec<#element>))
        }
        RustType::Map { value, sparse, .. } => {
            let value = optional(*sparse, wire_form(value, sensitive, uses)?);
            let (map, same) = (uses.std("std::collections", "HashMap"), uses.wire("Same"));
            Some(quote!(#map<#same, #value>))
        }
        _ if sensitive && is_scalar(ty) => {
            let form = scalar_form(ty).map(|form| uses.wire(form));
            let sensitive = uses.wire("Sensitive");
            Some(form.map_or_else(|| quote!(#sensitive), |form| quote!(#sensitive<#form>)))
        }
        _ => {
            let form = uses.wire(scalar_form(ty)?);
            Some(quote!(#form))
        }
    }
}

fn scalar_form(ty: &RustType) -> Option<&'static str> {
    match ty {
        RustType::F32 | RustType::F64 => Some("Float"),
        RustType::Blob => Some("Base64"),
        RustType::DateTime(TimestampFormat::EpochSeconds) => Some("EpochSeconds"),
        RustType::DateTime(TimestampFormat::DateTime) => Some("DateTimeFormat"),
        RustType::DateTime(TimestampFormat::HttpDate) => Some("HttpDate"),
        _ => None,
    }
}

/// Whether a value is one that errors quote. A document is none: it may be anything.
fn is_scalar(ty: &RustType) -> bool {
    match ty {
        RustType::Bool
        | RustType::I8
        | RustType::I16
        | RustType::I32
        | RustType::I64
        | RustType::F32
        | RustType::F64
        | RustType::String
        | RustType::Blob
        | RustType::DateTime(_)
        | RustType::Enum(_)
        | RustType::IntEnum(_) => true,
        RustType::Document
        | RustType::Structure(_)
        | RustType::Union(_)
        | RustType::List { .. }
        | RustType::Map { .. } => false,
    }
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
