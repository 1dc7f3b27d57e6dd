//! JMESPath over typed structures.
//!
//! ```text
//! StreamDescription.StreamStatus   response.stream_description.stream_status.as_str()
//! Fleets[].State                   response.fleets.iter().flatten().map(|item| item.state.as_str())
//! RequestItems.keys(@)             request.request_items.keys().map(String::as_str)
//! ```
//!
//! A query evaluates to a value that can be copied: `&str` for strings and enums, a number, a boolean, a reference, or an `Option` of
//! these; or, for a stream, an iterator of them.
//!
//! This module emits queries of any kind; those below it emit conditions, projections, comparisons and functions.

mod choice;
mod comparison;
mod function;
mod number;
mod stream;
mod truth;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

pub use self::stream::texts;
pub use self::truth::{is_exactly, is_false, is_true};

use self::comparison::{comparison, order};
use self::function::{contains, length};
use self::stream::{copied, index_of, stream};
use self::truth::grouped;
use crate::ir::RustType;
use crate::jmespath::{Kind, Query, Type};
use crate::names::ident;

/// A condition on a query, which holds only where the query is not null.
///
/// `response.things.is_some() && response.things.iter().flatten().count() > 3`
pub fn holds(query: &Query, condition: TokenStream) -> TokenStream {
    let condition = if query.may_fail() {
        quote!(evaluation.matches(#condition))
    } else {
        condition
    };
    let needs: Vec<_> = needs(query).collect();
    if needs.is_empty() {
        return condition;
    }
    let condition = grouped(condition);
    quote!(#(#needs &&)* #condition)
}

/// The value of a query as an `Option`.
pub fn known(query: &Query) -> TokenStream {
    let value = value(query);
    let (before, needs) = (before(query), needs(query));
    let needs: Vec<_> = needs.collect();
    let flatten = query.optional.then(|| quote!(.flatten()));
    match (before, needs.as_slice()) {
        (None, []) if query.optional => value,
        (None, []) => quote!(Some(#value)),
        (None, needs) => quote!((#(#needs)&&*).then(|| #value) #flatten),
        (Some(before), []) => {
            quote!({ #before let value = #value; evaluation.value(value) #flatten })
        }
        (Some(before), needs) => quote!({
            #before
            let value = #value;
            evaluation.value(value).filter(|_| #(#needs)&&*) #flatten
        }),
    }
}

/// The condition that everything that a query needs is there.
fn needs(query: &Query) -> impl Iterator<Item = TokenStream> {
    query.needs().into_iter().map(|source| {
        let source = match &source.kind {
            // Without a reference to what is in it.
            Kind::Field { of, field, .. } if !of.optional => {
                let (of, field) = (place(of), ident(field));
                quote!(#of.#field)
            }
            _ => value(source),
        };
        quote!(#source.is_some())
    })
}

/// The statements before a query that turns out to be null only while it is evaluated.
pub fn before(query: &Query) -> Option<TokenStream> {
    query
        .may_fail()
        .then(|| quote!(let evaluation = smithy_rt::jmespath::Evaluation::default();))
}

/// The value of a query.
pub fn value(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Variable(name) => ident(name).to_token_stream(),
        Kind::Field {
            of,
            field,
            boxed,
            optional,
        } => field_of(of, field, *boxed, *optional, &query.ty),
        Kind::Variant {
            of,
            union,
            variant,
            boxed,
        } => variant_of(of, union, variant, *boxed, &query.ty),
        Kind::Entry {
            of,
            key,
            key_type,
            sparse,
        } => entry_of(of, key, key_type.as_deref(), *sparse, &query.ty),
        Kind::Index(list, index) => index_of(list, *index),
        Kind::Text(text) => text.to_token_stream(),
        Kind::Number(number) => number::literal(number),
        Kind::Boolean(value) => value.to_token_stream(),
        Kind::Null => quote!(None),
        Kind::Comparison(comparator, left, right) => {
            order(query, &quote!(map), |comparator| comparator)
                .unwrap_or_else(|| comparison(*comparator, left, right))
        }
        Kind::And(left, right) => choice::and(query, left, right),
        Kind::Or(left, right) => choice::or(query, left, right),
        Kind::Not(inner) => is_false(inner),
        Kind::Length(of, given) => length(of, *given),
        Kind::Contains(of, what, given) => contains(of, what, *given),
        Kind::Each(..)
        | Kind::Filter(..)
        | Kind::Flatten(_)
        | Kind::Items(_)
        | Kind::Keys(_)
        | Kind::Values(_)
        | Kind::List(_) => stream(query),
    }
}

/// The value of a query, to take a field of it or to call a method of it; never an `Option`.
fn place(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Field {
            of,
            field,
            optional: false,
            ..
        } if !of.optional => {
            let (of, field) = (place(of), ident(field));
            quote!(#of.#field)
        }
        _ => value(query),
    }
}

fn field_of(of: &Query, field: &str, boxed: bool, optional: bool, ty: &Type) -> TokenStream {
    let field = ident(field);
    if !of.optional {
        let of = place(of);
        return leaf(quote!(#of.#field), boxed, optional, ty);
    }
    let of = value(of);
    let leaf = leaf(quote!(it.#field), boxed, optional, ty);
    let method = if optional {
        quote!(and_then)
    } else {
        quote!(map)
    };
    quote!(#of.#method(|it| #leaf))
}

/// A field, as a value that can be copied.
fn leaf(place: TokenStream, boxed: bool, optional: bool, ty: &Type) -> TokenStream {
    let Type::Rust(ty) = ty else { return place };
    match (ty, optional) {
        (RustType::String, true) => quote!(#place.as_deref()),
        (RustType::String | RustType::Enum(_), false) => quote!(#place.as_str()),
        (RustType::Enum(_), true) => quote!(#place.as_ref().map(|it| it.as_str())),
        (RustType::IntEnum(_), false) => quote!(#place.as_i32()),
        (RustType::IntEnum(_), true) => quote!(#place.as_ref().map(|it| it.as_i32())),
        _ if ty.is_copy() => place,
        (_, true) if boxed => quote!(#place.as_deref()),
        (_, true) => quote!(#place.as_ref()),
        (_, false) if boxed => quote!(&*#place),
        (_, false) => quote!(&#place),
    }
}

/// `response.results.as_ref().and_then(|it| match it { crate::Results::Done(it) => Some(it), _ => None })`
fn variant_of(of: &Query, union: &str, variant: &str, boxed: bool, ty: &Type) -> TokenStream {
    let of = as_option(of);
    let (union, variant) = (ident(union), ident(variant));
    let arm = match ty {
        Type::Rust(ty) => {
            let value = match ty {
                RustType::String | RustType::Enum(_) => quote!(it.as_str()),
                RustType::IntEnum(_) => quote!(it.as_i32()),
                _ if ty.is_copy() => quote!(*it),
                _ if boxed => quote!(&**it),
                _ => quote!(it),
            };
            quote!(crate::#union::#variant(it) => Some(#value))
        }
        _ => quote!(crate::#union::#variant => Some(())),
    };
    quote!(#of.and_then(|it| match it { #arm, _ => None }))
}

/// `response.tags.as_ref().and_then(|it| it.get("owner")).map(String::as_str)`
fn entry_of(of: &Query, key: &str, key_type: Option<&str>, sparse: bool, ty: &Type) -> TokenStream {
    let key = match key_type.map(ident) {
        Some(key_type) => quote!(&crate::#key_type::from(#key)),
        None => quote!(#key),
    };
    let entry = if of.optional {
        let of = value(of);
        quote!(#of.and_then(|it| it.get(#key)))
    } else {
        let of = place(of);
        quote!(#of.get(#key))
    };
    let there = sparse.then(|| quote!(.and_then(Option::as_ref)));
    let copied = match ty {
        Type::Rust(ty) => copied(ty),
        _ => None,
    };
    quote!(#entry #there #copied)
}

/// The value of a query, in `Some` if it is no `Option`.
pub fn as_option(query: &Query) -> TokenStream {
    let value = value(query);
    if query.optional {
        value
    } else {
        quote!(Some(#value))
    }
}
