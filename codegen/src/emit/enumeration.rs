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
///     /// A value that is newer than this crate …
///     Unknown(UnknownValue),
/// }
///
/// smithy_rt::string_enum!(ValidationLevel { Strict: "strict" });
/// ```
pub fn of_strings(strings: &Enum<String>, imports: &mut Imports) -> TokenStream {
    let name = ident(&strings.about.name.rust);
    let unknown = unknown("UnknownValue", "a string", imports);
    let definition = definition(&strings.about, &strings.values, &unknown, imports);
    let entries = strings.values.iter().map(|EnumValue { name, value, .. }| {
        let name = ident(name);
        quote!(#name: #value)
    });
    quote! {
        #definition

        smithy_rt::string_enum!(#name { #(#entries),* });
    }
}

/// An enum of integers.
///
/// ```text
/// smithy_rt::int_enum!(Priority { Low: -1, High: 1 });
/// ```
pub fn of_integers(integers: &Enum<i32>, imports: &mut Imports) -> TokenStream {
    let name = ident(&integers.about.name.rust);
    let unknown = unknown("UnknownInteger", "an integer", imports);
    let definition = definition(&integers.about, &integers.values, &unknown, imports);
    let entries = integers.values.iter().map(|EnumValue { name, value, .. }| {
        let (name, value) = (ident(name), Literal::i32_unsuffixed(*value));
        quote!(#name: #value)
    });
    quote! {
        #definition

        smithy_rt::int_enum!(#name { #(#entries),* });
    }
}

fn unknown(ty: &str, from: &str, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&format!(
        "A value that is newer than this crate. It can be sent, and is made from {from} alone."
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
