//! Enums of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::{attributes, ident, redact};
use crate::format;
use crate::ir::{About, Enum, EnumValue};

/// An enum of strings.
///
/// ```text
/// /// How strictly …
/// #[derive(Clone, Debug, Eq, Hash, PartialEq)]
/// #[non_exhaustive]
/// pub enum ValidationLevel {
///     /// Checks every resource …
///     ///
///     /// The value `strict`.
///     Strict,
///     /// A value that this crate does not know …
///     Unknown(UnknownValue),
/// }
///
/// smithy_rt::string_enum!(ValidationLevel { Strict: "strict" });
/// ```
pub fn of_strings(strings: &Enum<String>, imports: &mut Imports) -> TokenStream {
    let unknown = unknown("UnknownValue", "a string", imports);
    let call = quote!(smithy_rt::string_enum);
    enumeration(strings, &unknown, &call, |value| quote!(#value), imports)
}

/// An enum of integers, which differs in its macro and in the type of `Unknown`.
///
/// ```text
/// smithy_rt::int_enum!(Priority { Low: -1, High: 1 });
/// ```
pub fn of_integers(integers: &Enum<i32>, imports: &mut Imports) -> TokenStream {
    let unknown = unknown("UnknownInteger", "an integer", imports);
    let call = quote!(smithy_rt::int_enum);
    let literal = |value: &i32| {
        let value = Literal::i32_unsuffixed(*value);
        quote!(#value)
    };
    enumeration(integers, &unknown, &call, literal, imports)
}

fn enumeration<V>(
    ir: &Enum<V>,
    unknown: &TokenStream,
    call: &TokenStream,
    literal: impl Fn(&V) -> TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let name = ident(&ir.about.name.rust);
    let definition = definition(&ir.about, &ir.values, unknown, imports);
    let entries = ir.values.iter().map(|EnumValue { name, value, .. }| {
        let (name, value) = (ident(name), literal(value));
        quote!(#name: #value)
    });
    quote! {
        #definition

        #call!(#name { #(#entries),* });
    }
}

/// `/// A value that this crate does not know … Unknown(UnknownValue),`
fn unknown(ty: &str, from: &str, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&format!(
        "A value that this crate does not know, made by conversion from {from}. It can be sent."
    ));
    let ty = imports.rt(ty);
    quote!(#docs Unknown(#ty),)
}

fn definition<V>(
    about: &About,
    values: &[EnumValue<V>],
    unknown: &TokenStream,
    imports: &mut Imports,
) -> TokenStream {
    let attributes = attributes::of_type(about);
    let name = ident(&about.name.rust);
    let debug = (!about.sensitive).then(|| quote!(Debug,));
    let variants = values.iter().map(|value| {
        let docs = format::doc(&value.docs);
        let deprecated = attributes::deprecated(value.deprecated.as_ref());
        let name = ident(&value.name);
        quote!(#docs #deprecated #name,)
    });
    let redacted = about
        .sensitive
        .then(|| redact::whole(&about.name.rust, imports));
    quote! {
        #attributes
        #[derive(Clone, #debug Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown
        }
        #redacted
    }
}
