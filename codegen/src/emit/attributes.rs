//! Documentation and deprecation, as attributes.

use proc_macro2::TokenStream;
use quote::quote;

use crate::format;
use crate::ir::{About, Deprecated, Derives};

/// The documentation and deprecation of a type.
pub fn of_type(about: &About) -> TokenStream {
    let docs = format::doc(&about.docs);
    let deprecated = deprecated(about.deprecated.as_ref());
    quote!(#docs #deprecated)
}

/// `#[deprecated(since = "2017-07-01", note = "Use …")]`
pub fn deprecated(deprecated: Option<&Deprecated>) -> Option<TokenStream> {
    let Deprecated { note, since } = deprecated?;
    let since = since.as_ref().map(|since| quote!(since = #since));
    let note = note.as_ref().map(|note| quote!(note = #note));
    let arguments: Vec<_> = since.into_iter().chain(note).collect();
    Some(if arguments.is_empty() {
        quote!(#[deprecated])
    } else {
        quote!(#[deprecated(#(#arguments),*)])
    })
}

/// `Eq + Hash`, after a comma, for the macros that write them.
pub fn derives(derives: Derives) -> Option<TokenStream> {
    match derives {
        Derives {
            eq: true,
            hash: true,
        } => Some(quote!(, Eq + Hash)),
        Derives {
            eq: true,
            hash: false,
        } => Some(quote!(, Eq)),
        Derives { eq: false, .. } => None,
    }
}
