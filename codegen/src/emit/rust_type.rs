//! The Rust types of members.

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::imports::Imports;
use crate::ir::{RustType, TimestampFormat};

/// The type as it stands in the code: `HashMap<String, Vec<DateTime>>`.
pub fn rust_type(ty: &RustType, imports: &mut Imports) -> TokenStream {
    match ty {
        RustType::Bool => quote!(bool),
        RustType::I8 => quote!(i8),
        RustType::I16 => quote!(i16),
        RustType::I32 => quote!(i32),
        RustType::I64 => quote!(i64),
        RustType::F32 => quote!(f32),
        RustType::F64 => quote!(f64),
        RustType::String => quote!(String),
        // Few crates have these, so that their roots do not re-export them.
        RustType::BigInteger => quote!(smithy_rt::BigInteger),
        RustType::BigDecimal => quote!(smithy_rt::BigDecimal),
        RustType::EventStream(name) => {
            let name = imports.ty(name);
            quote!(smithy_rt::EventStream<#name>)
        }
        RustType::Blob => runtime_type("Blob", imports),
        RustType::ByteStream => runtime_type("ByteStream", imports),
        RustType::DateTime(_) => runtime_type("DateTime", imports),
        RustType::Document => runtime_type("Document", imports),
        RustType::Structure(name)
        | RustType::Union(name)
        | RustType::Enum(name)
        | RustType::IntEnum(name) => {
            let name = imports.ty(name);
            quote!(#name)
        }
        RustType::List { element, sparse } => {
            let element = optional(*sparse, rust_type(element, imports));
            quote!(Vec<#element>)
        }
        RustType::Map { key, value, sparse } => {
            let map = imports.std("std::collections", "HashMap");
            let key = rust_type(key, imports);
            let value = optional(*sparse, rust_type(value, imports));
            quote!(#map<#key, #value>)
        }
    }
}

/// `T`, or `Option<T>`.
pub fn optional(optional: bool, ty: TokenStream) -> TokenStream {
    if optional { quote!(Option<#ty>) } else { ty }
}

/// The type of a setter's argument: the type itself, or anything that converts into it.
pub fn argument_type(ty: &RustType, boxed: bool, imports: &mut Imports) -> TokenStream {
    let own = rust_type(ty, imports);
    match (ty, boxed) {
        (_, true) => quote!(impl Into<Box<#own>>),
        (
            RustType::String
            | RustType::Blob
            | RustType::ByteStream
            | RustType::DateTime(_)
            | RustType::Enum(_)
            | RustType::IntEnum(_),
            false,
        ) => quote!(impl Into<#own>),
        (_, false) => own,
    }
}

/// The type, where type parameters of these names are in scope: a primitive type that one of them hides is named by its path.
///
/// `::core::primitive::bool` where a required member is called `bool`
pub fn beside_parameters(ty: TokenStream, parameters: &[&str]) -> TokenStream {
    let is_hidden = |name: &str| parameters.contains(&name) && PRIMITIVES.contains(&name);
    let tokens = ty.into_iter().map(|token| match token {
        TokenTree::Ident(name) if is_hidden(&name.to_string()) => quote!(::core::primitive::#name),
        token => token.into(),
    });
    tokens.collect()
}

/// The primitive types that members are of, which are in lower case as members are.
const PRIMITIVES: [&str; 7] = ["bool", "i8", "i16", "i32", "i64", "f32", "f64"];

/// The format of the timestamps in a value, if not as epoch seconds: `.timestamps(HttpDate)`.
pub fn timestamps(ty: &RustType) -> Option<TokenStream> {
    match ty {
        RustType::DateTime(TimestampFormat::DateTime) => Some(quote!(.timestamps(DateTime))),
        RustType::DateTime(TimestampFormat::HttpDate) => Some(quote!(.timestamps(HttpDate))),
        RustType::List { element: inner, .. } | RustType::Map { value: inner, .. } => {
            timestamps(inner)
        }
        _ => None,
    }
}

/// The root of a generated crate re-exports these.
fn runtime_type(name: &str, imports: &mut Imports) -> TokenStream {
    let name = imports.krate(name);
    quote!(#name)
}
