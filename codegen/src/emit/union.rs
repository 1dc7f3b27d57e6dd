//! Tagged unions.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::rust_type::{rust_type, timestamps};
use super::{attributes, ident, redact, xml};
use crate::format;
use crate::ir::{Exception, Union, Variant};

/// A tagged union.
///
/// ```text
/// /// Where the job reads from.
/// #[derive(Clone, Debug, PartialEq)]
/// #[non_exhaustive]
/// pub enum InputDataConfig {
///     /// The files in S3 …
///     S3Uri(String),
///     /// A variant that this crate does not know. It can be sent.
///     Unknown { … },
/// }
///
/// smithy_rt::union!(InputDataConfig { S3Uri: value::<String>("S3Uri", as_s3_uri) }, Eq + Hash);
/// ```
///
/// If its values are the events of a stream, the errors among its members are told apart:
///
/// ```text
/// smithy_rt::event_union!(JobEvents { Started: value::<Started>("started", as_started) }, Eq + Hash, [TooSlowException("slow")]);
/// ```
pub fn union(union: &Union, imports: &mut Imports) -> TokenStream {
    let attributes = attributes::of_type(&union.about);
    let name = ident(&union.about.name.rust);
    let is_redacted =
        union.about.sensitive || union.variants.iter().any(|variant| variant.sensitive);
    let debug = (!is_redacted).then(|| quote!(Debug,));
    let derives = attributes::derives(union.derives);
    let unknown = unknown(union.exceptions.is_some(), &imports.krate("Document"));
    let variants: Vec<_> = union
        .variants
        .iter()
        .map(|item| variant(item, imports))
        .collect();
    let redacted = is_redacted.then(|| redacted_debug(union, imports));
    let entries: Vec<_> = union
        .variants
        .iter()
        .map(|variant| entry(variant, imports))
        .collect();
    let exceptions = union.exceptions.as_ref().map(|exceptions| {
        let exceptions = exceptions.iter().map(|item| exception(item, imports));
        exceptions.collect::<Vec<_>>()
    });
    let table = match exceptions {
        None => quote!(smithy_rt::union!(#name { #(#entries),* } #derives);),
        Some(exceptions) => {
            let exceptions = (!exceptions.is_empty()).then(|| quote!(, [#(#exceptions),*]));
            quote!(smithy_rt::event_union!(#name { #(#entries),* } #derives #exceptions);)
        }
    };
    quote! {
        #attributes
        #[derive(Clone, #debug PartialEq)]
        #[non_exhaustive]
        pub enum #name {
            #(#variants)*
            #unknown
        }
        #redacted
        #table
    }
}

/// The variant of what is not in the model.
fn unknown(is_event: bool, document: &Ident) -> TokenStream {
    match is_event {
        false => quote! {
            /// A variant that this crate does not know. It can be sent.
            Unknown {
                /// The name of the variant on the wire.
                tag: String,
                /// The value of the variant.
                value: #document,
            },
        },
        true => quote! {
            /// An event that this crate does not know.
            Unknown {
                /// The name of the event.
                tag: String,
                /// The payload of the event; null if it is none of the service's format.
                value: #document,
            },
        },
    }
}

/// `TooSlowException("slow")`
fn exception(exception: &Exception, imports: &mut Imports) -> TokenStream {
    let member = &exception.member;
    let error = imports.ty(&exception.error);
    quote!(#error(#member))
}

/// `/// Docs. S3Uri(String),`
fn variant(variant: &Variant, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&variant.docs);
    let deprecated = attributes::deprecated(variant.deprecated.as_ref());
    let name = ident(&variant.name);
    let payload = variant.ty.as_ref().map(|ty| {
        let ty = rust_type(ty, imports);
        if variant.boxed {
            quote!((Box<#ty>))
        } else {
            quote!((#ty))
        }
    });
    quote!(#docs #deprecated #name #payload,)
}

/// `S3Uri: value::<String>("S3Uri", as_s3_uri)`
fn entry(variant: &Variant, imports: &mut Imports) -> TokenStream {
    let (name, tag) = (ident(&variant.name), &variant.wire_tag);
    let accessor = ident(&variant.accessor);
    let kind = match &variant.ty {
        Some(ty) => {
            let ty = rust_type(ty, imports);
            quote!(value::<#ty>)
        }
        None => quote!(unit),
    };
    let xml = variant.xml.as_deref().and_then(xml::of_member);
    let timestamps = variant.ty.as_ref().and_then(timestamps);
    quote!(#name: #kind(#tag, #accessor) #timestamps #xml)
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
fn redacted_debug(union: &Union, imports: &mut Imports) -> TokenStream {
    if union.about.sensitive {
        return redact::whole(&union.about.name.rust, imports);
    }
    let redacted = imports.rt("Redacted");
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
    redact::debug(&union.about.name.rust, &body, imports)
}
