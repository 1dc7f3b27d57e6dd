//! `&&` and `||` as values: one of their sides, by what JMESPath takes for true.

use proc_macro2::TokenStream;
use quote::quote;

use super::{as_option, is_true, value};
use crate::ir::RustType;
use crate::jmespath::{Query, Type};

/// `left.and_then(|it| if it.is_empty() { Some(it) } else { right })`
pub(super) fn and(query: &Query, left: &Query, right: &Query) -> TokenStream {
    if is_condition(query) {
        return is_true(query);
    }
    let (left_value, right_value) = (as_option(left), as_option(right));
    match is_taken_for(false, &query.ty) {
        Some(is_false) => {
            quote!(#left_value.and_then(|it| if #is_false { Some(it) } else { #right_value }))
        }
        None if !left.optional => right_value,
        None if right.may_fail() => quote!(#left_value.and_then(|_| #right_value)),
        None => quote!(#left_value.and(#right_value)),
    }
}

/// `left.filter(|it| !it.is_empty()).or(right)`
pub(super) fn or(query: &Query, left: &Query, right: &Query) -> TokenStream {
    if is_condition(query) {
        return is_true(query);
    }
    let is_true = is_taken_for(true, &query.ty);
    let filter = is_true.map(|is_true| quote!(.filter(|&it| #is_true)));
    if filter.is_none() && !left.optional {
        return if query.optional {
            as_option(left)
        } else {
            value(left)
        };
    }
    let (left, right_value) = (as_option(left), value(right));
    // A function that is called with null fails, and must not be called where its side does not count.
    let otherwise = match (query.optional, right.may_fail()) {
        (true, false) => quote!(.or(#right_value)),
        (true, true) => quote!(.or_else(|| #right_value)),
        (false, false) => quote!(.unwrap_or(#right_value)),
        (false, true) => quote!(.unwrap_or_else(|| #right_value)),
    };
    quote!(#left #filter #otherwise)
}

/// Returns `true` for a boolean in Rust, and for a query of which only its truth is known.
fn is_condition(query: &Query) -> bool {
    query.ty == Type::Mixed || query.is_boolean() && !query.optional
}

/// The condition that JMESPath takes `it` for true, or for false, if the type has values of both kinds.
fn is_taken_for(truth: bool, ty: &Type) -> Option<TokenStream> {
    let Type::Rust(ty) = ty else { return None };
    Some(match (ty, truth) {
        (RustType::Bool, true) => quote!(it),
        (RustType::Bool, false) => quote!(!it),
        (RustType::String | RustType::List { .. } | RustType::Map { .. }, true) => {
            quote!(!it.is_empty())
        }
        (RustType::String | RustType::List { .. } | RustType::Map { .. }, false) => {
            quote!(it.is_empty())
        }
        (RustType::Structure(_), true) => {
            quote!(smithy_rt::jmespath::keys(it).next().is_some())
        }
        (RustType::Structure(_), false) => {
            quote!(smithy_rt::jmespath::keys(it).next().is_none())
        }
        _ => return None,
    })
}
