//! Enums of strings and of integers.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::uses::Uses;
use super::{attributes, ident, redact};
use crate::plan::{About, Enum, EnumValue};
use crate::print;

/// An enum of strings.
///
/// ```text
/// /// How strictly …
/// #[derive(Clone, Debug, Eq, Hash, PartialEq)]
/// #[non_exhaustive]
/// pub enum ValidationLevel {
///     /// Checks every resource …
///     Strict,
///     /// A value that this crate does not know. It can be sent, too.
///     Unknown(String),
/// }
///
/// impl ValidationLevel { … values, as_str … }
/// impl From<&str> for ValidationLevel { … }
///
/// smithy_rt::string_enum!(ValidationLevel);
/// ```
pub fn of_strings(strings: &Enum<String>, uses: &mut Uses) -> TokenStream {
    let name = ident(&strings.about.name.rust);
    let definition = definition(&strings.about, &strings.values, &quote!(String), uses);
    let variants: Vec<_> = strings
        .values
        .iter()
        .map(|value| ident(&value.name))
        .collect();
    let values: Vec<_> = strings.values.iter().map(|value| &value.value).collect();
    quote! {
        #definition

        impl #name {
            /// The values that this crate knows, as they are on the wire.
            pub const fn values() -> &'static [&'static str] {
                &[#(#values),*]
            }

            /// The value as it is on the wire.
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::Unknown(value.to_owned()),
                }
            }
        }

        smithy_rt::string_enum!(#name);
    }
}

/// An enum of integers: as one of strings, with `i32` and `as_i32`.
pub fn of_integers(integers: &Enum<i32>, uses: &mut Uses) -> TokenStream {
    let name = ident(&integers.about.name.rust);
    let definition = definition(&integers.about, &integers.values, &quote!(i32), uses);
    let variants: Vec<_> = integers
        .values
        .iter()
        .map(|value| ident(&value.name))
        .collect();
    let values: Vec<_> = integers
        .values
        .iter()
        .map(|value| Literal::i32_unsuffixed(value.value))
        .collect();
    quote! {
        #definition

        impl #name {
            /// The values that this crate knows.
            pub const fn values() -> &'static [i32] {
                &[#(#values),*]
            }

            /// The value as it is on the wire.
            pub const fn as_i32(&self) -> i32 {
                match self {
                    #(Self::#variants => #values,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl From<i32> for #name {
            fn from(value: i32) -> Self {
                match value {
                    #(#values => Self::#variants,)*
                    _ => Self::Unknown(value),
                }
            }
        }

        smithy_rt::int_enum!(#name);
    }
}

fn definition<V>(
    about: &About,
    values: &[EnumValue<V>],
    unknown: &TokenStream,
    uses: &mut Uses,
) -> TokenStream {
    let attributes = attributes::of_type(about);
    let name = ident(&about.name.rust);
    let debug = (!about.sensitive).then(|| quote!(Debug,));
    let variants = values.iter().map(|value| {
        let docs = print::doc(&value.docs);
        let deprecated = attributes::deprecated(value.deprecated.as_ref());
        let name = ident(&value.name);
        quote!(#docs #deprecated #name,)
    });
    let redacted = about
        .sensitive
        .then(|| redact::whole(&about.name.rust, uses));
    quote! {
        #attributes
        #[derive(Clone, #debug Eq, Hash, PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A value that this crate does not know. It can be sent, too.
            Unknown(#unknown),
        }
        #redacted
    }
}
