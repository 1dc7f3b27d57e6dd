//! `src/correction.rs`: what Smithy's client error correction does to each shape that a response can hold.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};

use super::uses::Uses;
use crate::plan::{Correction, CorrectionMember, CorrectionTable, Plan, Presence, TypeName};

/// All tables.
///
/// ```text
/// pub(crate) static TAG: Correction = Structure(&[required("Key", &Text), required("Value", &Text)]);
/// ```
pub fn tables(tables: &[CorrectionTable], uses: &mut Uses) -> TokenStream {
    let correction = uses.correction("Correction");
    let tables = tables.iter().map(|table| {
        let name = format_ident!("{}", table.constant);
        let members = table.members.iter().map(|item| member(item, uses));
        let kind = if table.is_union {
            quote!(Union)
        } else {
            quote!(Structure)
        };
        quote!(pub(crate) static #name: #correction = #correction::#kind(&[#(#members),*]);)
    });
    tables.collect()
}

/// A reference to the table of a type; to an empty one if nothing needs correction.
pub fn reference(name: &TypeName, plan: &Plan, uses: &mut Uses) -> TokenStream {
    match plan.correction(&name.shape) {
        Some(table) => {
            let (module, constant) = (
                uses.krate("correction"),
                format_ident!("{}", table.constant),
            );
            quote!(&#module::#constant)
        }
        None => {
            let correction = uses.correction("Correction");
            quote!(&#correction::Structure(&[]))
        }
    }
}

/// `required("Tags", &Correction::List(&TAG))`
fn member(member: &CorrectionMember, uses: &mut Uses) -> TokenStream {
    let presence = uses.correction(match member.presence {
        Presence::Required => "required",
        Presence::Defaulted => "defaulted",
        Presence::Optional => "optional",
    });
    let name = &member.wire_name;
    let value = value(&member.value, uses);
    quote!(#presence(#name, #value))
}

fn value(value_: &Correction, uses: &mut Uses) -> TokenStream {
    let correction = uses.correction("Correction");
    let collection = |kind: &str, inner: &Correction, uses: &mut Uses| {
        let kind = format_ident!("{kind}");
        let inner = value(inner, uses);
        quote!(&#correction::#kind(#inner))
    };
    match value_ {
        Correction::Text => quote!(&#correction::Text),
        Correction::Number => quote!(&#correction::Number),
        Correction::Boolean => quote!(&#correction::Boolean),
        Correction::Document => quote!(&#correction::Document),
        Correction::EmptyStructure => quote!(&#correction::Structure(&[])),
        Correction::EmptyUnion => quote!(&#correction::Union(&[])),
        Correction::Table(constant) => {
            let constant = format_ident!("{constant}");
            quote!(&#constant)
        }
        Correction::List {
            element,
            sparse: false,
        } => collection("List", element, uses),
        Correction::List {
            element,
            sparse: true,
        } => collection("SparseList", element, uses),
        Correction::Map {
            value,
            sparse: false,
        } => collection("Map", value, uses),
        Correction::Map {
            value,
            sparse: true,
        } => collection("SparseMap", value, uses),
    }
}
