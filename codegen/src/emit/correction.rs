//! `src/correction.rs`: what Smithy's client error correction does to each shape that a response
//! can hold.

use proc_macro2::TokenStream;
use quote::quote;

use super::uses::Uses;
use crate::names::ident;
use crate::plan::{Correction, CorrectionMember, CorrectionTable, Plan, Presence, TypeName};
use crate::print;

/// All tables.
///
/// ```text
/// pub(crate) static TAG: Correction = Structure(&[required("Key", &Text), required("Value", &Text)]);
/// ```
pub fn tables(tables: &[CorrectionTable], uses: &mut Uses) -> TokenStream {
    tables.iter().map(|item| table(item, uses)).collect()
}

/// The documentation of the file.
pub fn docs() -> TokenStream {
    print::inner_doc(
        "What responses have to hold, so that they can be read even if the service leaves it out.",
    )
}

fn table(table: &CorrectionTable, uses: &mut Uses) -> TokenStream {
    let name = ident(&table.constant);
    let correction = uses.correction("Correction");
    let kind = uses.correction_of(if table.is_union { "Union" } else { "Structure" });
    let members = table.members.iter().map(|item| member(item, uses));
    quote!(pub(crate) static #name: #correction = #kind(&[#(#members),*]);)
}

/// `required("Tags", &List(&TAG))`
fn member(member: &CorrectionMember, uses: &mut Uses) -> TokenStream {
    let presence = uses.correction(match member.presence {
        Presence::Required => "required",
        Presence::Defaulted => "defaulted",
        Presence::Optional => "optional",
    });
    let name = &member.wire_name;
    let value = value(&member.value, uses);
    quote!(#presence(#name, &#value))
}

fn value(correction: &Correction, uses: &mut Uses) -> TokenStream {
    let (kind, inner) = match correction {
        Correction::Text => ("Text", None),
        Correction::Number => ("Number", None),
        Correction::Boolean => ("Boolean", None),
        Correction::Document => ("Document", None),
        Correction::EmptyStructure => ("Structure", Some(quote!([]))),
        Correction::EmptyUnion => ("Union", Some(quote!([]))),
        Correction::List {
            element,
            sparse: false,
        } => ("List", Some(value(element, uses))),
        Correction::List {
            element,
            sparse: true,
        } => ("SparseList", Some(value(element, uses))),
        Correction::Map {
            value: inner,
            sparse: false,
        } => ("Map", Some(value(inner, uses))),
        Correction::Map {
            value: inner,
            sparse: true,
        } => ("SparseMap", Some(value(inner, uses))),
        Correction::Table(constant) => {
            let constant = ident(constant);
            return quote!(#constant);
        }
    };
    let kind = uses.correction_of(kind);
    inner.map_or_else(|| quote!(#kind), |inner| quote!(#kind(&#inner)))
}

/// A reference to the table of a type, in any file; to an empty one if nothing needs correction.
///
/// `&correction::TAG`
pub fn reference(name: &TypeName, plan: &Plan, uses: &mut Uses) -> TokenStream {
    if let Some(table) = plan.correction(&name.shape) {
        let (module, constant) = (uses.krate("correction"), ident(&table.constant));
        quote!(&#module::#constant)
    } else {
        let correction = uses.correction("Correction");
        quote!(&#correction::Structure(&[]))
    }
}
