//! Paginators.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::imports::Imports;
use super::rust_type::{optional, rust_type};
use super::{attributes, ident};
use crate::format;
use crate::ir::{Operation, PageItems, Paginator, RustType, Step};

/// The paginator of an operation: a function of the client, and the items of a page.
pub fn paginator(operation: &Operation, imports: &mut Imports) -> TokenStream {
    let Some(pages) = &operation.pages else {
        return TokenStream::new();
    };
    let function = function(pages, operation, imports);
    let items = pages
        .items
        .as_ref()
        .map(|items| self::items(items, operation, imports));
    quote!(#function #items)
}

/// ```text
/// impl Client {
///     /// Returns a paginator of `ListDNSImportJobs` …
///     pub fn list_dns_import_jobs_pages(
///         &self,
///         request: ListDnsImportJobsRequest,
///     ) -> Paginator<ListDnsImportJobsResponse, ListDnsImportJobsError> {
///         fn next_page(…) -> smithy_rt::paginator::Next { … }
///         Paginator::of::<ListDnsImportJobs>(&self.0, request, next_page)
///     }
/// }
/// ```
fn function(pages: &Paginator, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let docs = format::doc(&pages.docs);
    let deprecated = attributes::deprecated(operation.deprecated.as_ref());
    let name = ident(&pages.function);
    let next_page = next_page(pages, operation, imports);
    let blank = format::blank();
    let (client, pages_type) = (imports.krate("Client"), imports.krate("Paginator"));
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let (marker, error) = (ident(&operation.marker), ident(&operation.error));
    quote! {
        impl #client {
            #docs
            #deprecated
            pub fn #name(&self, request: #request) -> #pages_type<#response, #error> {
                #next_page
                #blank
                #pages_type::of::<#marker>(&self.0, request, next_page)
            }
        }
    }
}

/// Turns the request for a page into the request for the next one. It is inside the function, where no name of the model can
/// collide with it.
///
/// ```text
/// fn next_page(
///     request: &mut ListDnsImportJobsRequest,
///     response: &ListDnsImportJobsResponse,
///     tokens: &mut smithy_rt::paginator::Tokens,
/// ) -> smithy_rt::paginator::Next {
///     let next = response.next_token.clone().filter(|token| !token.is_empty());
///     tokens.advance(&mut request.next_token, next)
/// }
/// ```
fn next_page(pages: &Paginator, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let (request, response) = (
        imports.ty(&operation.request),
        imports.ty(&operation.response),
    );
    let clone = (!pages.is_token_copy).then(|| quote!(.clone()));
    let next = token(&pages.next_token, clone.as_ref());
    let not_empty = pages
        .may_be_empty
        .then(|| quote!(.filter(|token| !token.is_empty())));
    let field = ident(&pages.token.field);
    let not_same = pages
        .ends_with_same_token
        .then(|| not_same(&field, pages.token.optional));
    let advance = if pages.token.optional {
        quote!(tokens.advance(&mut request.#field, next))
    } else {
        quote! {
            let mut token = Some(request.#field #clone);
            let next = tokens.advance(&mut token, next);
            if let Some(token) = token {
                request.#field = token;
            }
            next
        }
    };
    quote! {
        fn next_page(
            request: &mut #request,
            response: &#response,
            tokens: &mut smithy_rt::paginator::Tokens,
        ) -> smithy_rt::paginator::Next {
            let next = #next #not_empty #not_same;
            #advance
        }
    }
}

/// `.filter(|token| request.next_token.as_ref() != Some(token))`
fn not_same(field: &Ident, is_optional: bool) -> TokenStream {
    if is_optional {
        quote!(.filter(|token| request.#field.as_ref() != Some(token)))
    } else {
        quote!(.filter(|token| request.#field != *token))
    }
}

/// A copy of the token, as an `Option`; `clone` makes it.
fn token(path: &[Step], clone: Option<&TokenStream>) -> TokenStream {
    let mut value = quote!(response);
    let mut is_optional = false;
    for (index, step) in path.iter().enumerate() {
        let field = ident(&step.field);
        let is_last = index + 1 == path.len();
        let target = if is_optional {
            quote!(it.#field)
        } else {
            quote!(#value.#field)
        };
        let target = match (is_last, step.optional) {
            (true, _) => quote!(#target #clone),
            (false, true) if step.boxed => quote!(#target.as_deref()),
            (false, true) => quote!(#target.as_ref()),
            (false, false) if is_optional => quote!(&#target),
            (false, false) => target,
        };
        value = match (is_optional, step.optional) {
            (true, true) => quote!(#value.and_then(|it| #target)),
            (true, false) => quote!(#value.map(|it| #target)),
            (false, _) => target,
        };
        is_optional |= step.optional;
    }
    if is_optional {
        value
    } else {
        quote!(Some(#value))
    }
}

/// ```text
/// impl smithy_rt::paginator::Page for ListThingsResponse {
///     type Item = Thing;
///
///     fn into_items(self) -> Vec<Thing> {
///         self.things.unwrap_or_default()
///     }
/// }
/// ```
fn items(items: &PageItems, operation: &Operation, imports: &mut Imports) -> TokenStream {
    let response = imports.ty(&operation.response);
    let mut value = quote!(self);
    let mut is_optional = false;
    for step in &items.path {
        let field = ident(&step.field);
        value = match (is_optional, step.optional) {
            (false, _) => quote!(#value.#field),
            (true, false) => quote!(#value.map(|it| it.#field)),
            (true, true) => quote!(#value.and_then(|it| it.#field)),
        };
        is_optional |= step.optional;
    }
    let or_none = is_optional.then(|| quote!(.unwrap_or_default()));
    let (item, collect) = match &items.ty {
        RustType::Map { key, value, sparse } => {
            let (key, value) = (rust_type(key, imports), rust_type(value, imports));
            let value = optional(*sparse, value);
            (quote!((#key, #value)), Some(quote!(.into_iter().collect())))
        }
        RustType::List { element, sparse } => {
            (optional(*sparse, rust_type(element, imports)), None)
        }
        other => (rust_type(other, imports), None),
    };
    quote! {
        impl smithy_rt::paginator::Page for #response {
            type Item = #item;

            fn into_items(self) -> Vec<#item> {
                #value #or_none #collect
            }
        }
    }
}
