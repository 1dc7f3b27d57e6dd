//! `Debug` for what may not be shown in logs.

use proc_macro2::TokenStream;
use quote::quote;

use super::ident;
use super::uses::Uses;

/// `Debug` that shows nothing at all.
///
/// ```text
/// impl fmt::Debug for Passwords {
///     fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
///         Redacted.fmt(f)
///     }
/// }
/// ```
pub fn whole(name: &str, uses: &mut Uses) -> TokenStream {
    let redacted = uses.rt("Redacted");
    debug(name, &quote!(#redacted.fmt(f)), uses)
}

/// `Debug` with this body.
pub fn debug(name: &str, body: &TokenStream, uses: &mut Uses) -> TokenStream {
    let name = ident(name);
    let fmt = uses.std("std", "fmt");
    quote! {
        impl #fmt::Debug for #name {
            fn fmt(&self, f: &mut #fmt::Formatter<'_>) -> #fmt::Result {
                #body
            }
        }
    }
}
