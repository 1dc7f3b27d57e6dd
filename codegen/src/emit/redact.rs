//! `Debug` for what may not be shown in logs.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::imports::Imports;

/// `Debug` that shows nothing at all.
///
/// ```text
/// impl fmt::Debug for Passwords {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         Redacted.fmt(f)
///     }
/// }
/// ```
pub fn whole(name: &str, imports: &mut Imports) -> TokenStream {
    let redacted = imports.rt("Redacted");
    debug(name, &quote!(#redacted.fmt(f)), imports)
}

/// `Debug` with this body.
pub fn debug(name: &str, body: &TokenStream, imports: &mut Imports) -> TokenStream {
    let name = ident(name);
    let fmt = imports.std("std", "fmt");
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #body
            }
        }
    }
}
