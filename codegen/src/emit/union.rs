//! Tagged unions.

use proc_macro2::TokenStream;
use quote::quote;

use super::rust_type::{rust_type, wire_form};
use super::uses::Uses;
use super::{attributes, ident, redact};
use crate::plan::{RustType, Union, Variant};
use crate::print;

/// A tagged union.
///
/// ```text
/// /// Where the job reads from.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum InputDataConfig {
///     /// The files in S3 …
///     S3Uri(String),
///     /// A variant that this crate does not know. It can be sent, too.
///     Unknown { … },
/// }
///
/// impl Union for InputDataConfig { … read, write … }
///
/// smithy_rt::union!(InputDataConfig);
/// ```
pub fn union(union: &Union, uses: &mut Uses) -> TokenStream {
    let attributes = attributes::of_type(&union.about);
    let name = ident(&union.about.name.rust);
    let hides = union.about.sensitive || union.variants.iter().any(|variant| variant.sensitive);
    let debug = (!hides).then(|| quote!(Debug,));
    let document = uses.krate("Document");
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|item| variant(item, uses))
        .collect();
    let redacted = hides.then(|| redacted_debug(union, uses));
    let wire = wire(union, uses);
    quote! {
        #attributes
        #[derive(Clone, #debug PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            /// A variant that this crate does not know. It can be sent, too.
            Unknown {
                /// The name of the variant, as it is on the wire.
                tag: String,
                /// What the variant holds.
                value: #document,
            },
        }
        #redacted
        #wire
        smithy_rt::union!(#name);
    }
}

/// `/// Docs. S3Uri(String),`
fn variant(variant: &Variant, uses: &mut Uses) -> TokenStream {
    let docs = print::doc(&variant.docs);
    let deprecated = attributes::deprecated(variant.deprecated.as_ref());
    let name = ident(&variant.name);
    let payload = variant.ty.as_ref().map(|ty| {
        let ty = rust_type(ty, uses);
        if variant.boxed {
            quote!((Box<#ty>))
        } else {
            quote!((#ty))
        }
    });
    quote!(#docs #deprecated #name #payload,)
}

/// ```text
/// impl Union for InputDataConfig {
///     const NAME: &'static str = "InputDataConfig";
///
///     fn read<'de, A: MapAccess<'de>>(tag: &str, members: &mut A) -> Result<Option<Self>, A::Error> {
///         Ok(match tag {
///             "S3Uri" => next(members)?.map(Self::S3Uri),
///             _ => next(members)?.map(|value| Self::Unknown { tag: tag.to_owned(), value }),
///         })
///     }
///
///     fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
///         match self {
///             Self::S3Uri(value) => map.serialize_entry("S3Uri", value),
///             Self::Unknown { tag, value } => map.serialize_entry(tag, value),
///         }
///     }
/// }
/// ```
fn wire(union: &Union, uses: &mut Uses) -> TokenStream {
    let name = ident(&union.about.name.rust);
    let shape_name = union.about.name.shape.name();
    let reads: Vec<_> = union
        .variants
        .iter()
        .map(|variant| read(union, variant, uses))
        .collect();
    let writes: Vec<_> = union
        .variants
        .iter()
        .map(|variant| write(union, variant, uses))
        .collect();
    let next = uses.wire("next");
    let (map_access, serialize_map) = (uses.serde_de("MapAccess"), uses.serde_ser("SerializeMap"));
    quote! {
        impl smithy_rt::wire::Union for #name {
            const NAME: &'static str = #shape_name;

            fn read<'de, A: #map_access<'de>>(tag: &str, members: &mut A) -> Result<Option<Self>, A::Error> {
                Ok(match tag {
                    #(#reads)*
                    _ => #next(members)?.map(|value| Self::Unknown { tag: tag.to_owned(), value }),
                })
            }

            fn write<M: #serialize_map>(&self, map: &mut M) -> Result<(), M::Error> {
                match self {
                    #(#writes)*
                    Self::Unknown { tag, value } => map.serialize_entry(tag, value),
                }
            }
        }
    }
}

fn read(union: &Union, variant: &Variant, uses: &mut Uses) -> TokenStream {
    let (tag, name) = (&variant.tag, ident(&variant.name));
    let Some(ty) = &variant.ty else {
        let next = uses.wire("next");
        return quote!(#tag => #next(members)?.map(|smithy_rt::wire::Unit| Self::#name),);
    };
    let next = match variant_form(union, variant, ty, uses) {
        Some(form) => {
            let next_as = uses.wire("next_as");
            quote!(#next_as::<#form, _, _>)
        }
        None => {
            let next = uses.wire("next");
            quote!(#next)
        }
    };
    quote!(#tag => #next(members)?.map(Self::#name),)
}

fn write(union: &Union, variant: &Variant, uses: &mut Uses) -> TokenStream {
    let (tag, name) = (&variant.tag, ident(&variant.name));
    let Some(ty) = &variant.ty else {
        return quote!(Self::#name => map.serialize_entry(#tag, &smithy_rt::wire::Unit),);
    };
    match variant_form(union, variant, ty, uses) {
        Some(form) => {
            let as_ = uses.wire("As");
            quote!(Self::#name(value) => map.serialize_entry(#tag, &#as_::<#form>::of(value)),)
        }
        None => quote!(Self::#name(value) => map.serialize_entry(#tag, value),),
    }
}

fn variant_form(
    union: &Union,
    variant: &Variant,
    ty: &RustType,
    uses: &mut Uses,
) -> Option<TokenStream> {
    wire_form(ty, union.about.sensitive || variant.sensitive, uses)
}

/// ```text
/// impl fmt::Debug for Secret {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         match self {
///             Self::Public(value) => f.debug_tuple("Public").field(value).finish(),
///             Self::Private(_) => f.debug_tuple("Private").field(&Redacted).finish(),
///             Self::Unknown { tag, .. } => f.debug_struct("Unknown").field("tag", tag).field("value", &Redacted).finish(),
///         }
///     }
/// }
/// ```
fn redacted_debug(union: &Union, uses: &mut Uses) -> TokenStream {
    if union.about.sensitive {
        return redact::whole(&union.about.name.rust, uses);
    }
    let redacted = uses.rt("Redacted");
    let arms = union.variants.iter().map(|variant| {
        let name = ident(&variant.name);
        let label = &variant.name;
        match (&variant.ty, variant.sensitive) {
            (None, _) => quote!(Self::#name => f.write_str(#label),),
            (Some(_), true) => {
                quote!(Self::#name(_) => f.debug_tuple(#label).field(&#redacted).finish(),)
            }
            (Some(_), false) => {
                quote!(Self::#name(value) => f.debug_tuple(#label).field(value).finish(),)
            }
        }
    });
    let body = quote! {
        match self {
            #(#arms)*
            Self::Unknown { tag, .. } => {
                f.debug_struct("Unknown").field("tag", tag).field("value", &#redacted).finish()
            }
        }
    };
    redact::debug(&union.about.name.rust, &body, uses)
}
