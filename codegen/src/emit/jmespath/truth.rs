//! The truth of values in JMESPath: `false`, null and empty values are false, all others true.

use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};

use super::comparison::{comparison, opposite, order};
use super::stream::{is_sparse, item_in, keys, stream};
use super::{place, value};
use crate::ir::RustType;
use crate::jmespath::{Kind, Query, Type};

/// The condition that JMESPath takes the value of a query for true: it is not null, `false` or empty.
pub fn is_true(query: &Query) -> TokenStream {
    if let Some(order) = order(query, &quote!(is_some_and), |comparator| comparator) {
        return order;
    }
    match &query.kind {
        Kind::And(left, right) => {
            let (left, right) = (operand(left, query), operand(right, query));
            return quote!(#left && #right);
        }
        Kind::Or(left, right) => {
            let (left, right) = (operand(left, query), operand(right, query));
            return quote!(#left || #right);
        }
        _ => {}
    }
    if let Some(emptiness) = emptiness(query, false) {
        return emptiness;
    }
    let value = value(query);
    match (&query.ty, query.optional) {
        (Type::Rust(RustType::Bool), false) => value,
        (Type::Rust(RustType::Bool), true) => quote!(#value == Some(true)),
        (Type::Null | Type::Unit, _) => quote!(false),
        (_, true) => quote!(#value.is_some()),
        (_, false) => quote!(true),
    }
}

/// The condition that JMESPath takes the value of a query for false.
pub fn is_false(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Boolean(value) => return (!value).to_token_stream(),
        Kind::Not(inner) => return is_true(inner),
        Kind::And(..) | Kind::Or(..) => {
            let condition = is_true(query);
            return quote!(!(#condition));
        }
        Kind::Comparison(comparator, left, right) if !query.optional => {
            return comparison(opposite(*comparator), left, right);
        }
        _ => {}
    }
    if let Some(order) = order(query, &quote!(is_none_or), opposite) {
        return order;
    }
    if let Some(emptiness) = emptiness(query, true) {
        return emptiness;
    }
    let value = value(query);
    match (&query.ty, query.optional) {
        (Type::Rust(RustType::Bool), false) => quote!(!#value),
        (Type::Rust(RustType::Bool), true) => quote!(#value != Some(true)),
        (Type::Null | Type::Unit, _) => quote!(true),
        (_, true) => quote!(#value.is_none()),
        (_, false) => quote!(false),
    }
}

/// The condition that a query evaluates to exactly this boolean; `None` if it never does.
///
/// `&&` and `||` give one of their sides, which may be nothing, or no boolean at all.
pub fn is_exactly(query: &Query, expected: bool) -> Option<TokenStream> {
    match &query.kind {
        Kind::And(left, right) if !is_always_boolean(query) => {
            // The left side is given only if it is false.
            let from_left = is_exactly(left, false).filter(|_| !expected);
            let left_is_true = is_true(left);
            let from_right = is_exactly(right, expected);
            any(from_left, from_right.map(|right| all(&left_is_true, right)))
        }
        Kind::Or(left, right) if !is_always_boolean(query) => {
            let from_left = is_exactly(left, true).filter(|_| expected);
            let left_is_false = is_false(left);
            let from_right = is_exactly(right, expected);
            any(
                from_left,
                from_right.map(|right| all(&left_is_false, right)),
            )
        }
        _ if !query.is_boolean() => None,
        _ if expected => Some(is_true(query)),
        _ if query.optional => {
            let value = value(query);
            Some(quote!(#value == Some(false)))
        }
        _ => Some(is_false(query)),
    }
}

/// Returns `true` if a query always evaluates to a boolean.
fn is_always_boolean(query: &Query) -> bool {
    query.is_boolean() && !query.optional
}

/// `left && right`
fn all(left: &TokenStream, right: TokenStream) -> TokenStream {
    let (left, right) = (grouped(left.clone()), grouped(right));
    quote!(#left && #right)
}

/// A condition that can stand beside `&&`.
pub(super) fn grouped(condition: TokenStream) -> TokenStream {
    let mut previous = false;
    let has_or = condition.clone().into_iter().any(|token| {
        let is_bar = matches!(&token, TokenTree::Punct(punct) if punct.as_char() == '|');
        std::mem::replace(&mut previous, is_bar) && is_bar
    });
    if has_or {
        quote!((#condition))
    } else {
        condition
    }
}

fn any(left: Option<TokenStream>, right: Option<TokenStream>) -> Option<TokenStream> {
    match (left, right) {
        (Some(left), Some(right)) => Some(quote!(#left || #right)),
        (left, right) => left.or(right),
    }
}

/// The condition that a value is empty, or that it is not.
pub(super) fn emptiness(query: &Query, empty: bool) -> Option<TokenStream> {
    let not = (!empty).then(|| quote!(!));
    let not_any = empty.then(|| quote!(!));
    match (&query.kind, &query.ty) {
        (Kind::Each(source, each), _) if !each.optional => emptiness(source, empty),
        (Kind::Filter(source, condition), _) => {
            let (source, condition) = (stream(source), is_true(condition));
            let item = item_in(&condition);
            Some(quote!(#not_any #source.any(|#item| #condition)))
        }
        (Kind::Items(list), _) if !list.optional && !is_sparse(list) => emptiness(list, empty),
        (_, Type::Stream(_)) => {
            let items = stream(query);
            let is_one = if empty {
                quote!(is_none)
            } else {
                quote!(is_some)
            };
            Some(quote!(#items.next().#is_one()))
        }
        (_, Type::Rust(RustType::Structure(_))) => {
            let names = keys(query);
            Some(if empty {
                quote!(#names.next().is_none())
            } else {
                quote!(#names.next().is_some())
            })
        }
        // An enum of strings is one, too.
        (
            _,
            Type::Rust(
                RustType::String | RustType::Enum(_) | RustType::List { .. } | RustType::Map { .. },
            ),
        ) => Some(if query.optional {
            let value = value(query);
            let method = if empty {
                quote!(is_none_or)
            } else {
                quote!(is_some_and)
            };
            quote!(#value.#method(|it| #not it.is_empty()))
        } else {
            let place = place(query);
            quote!(#not #place.is_empty())
        }),
        _ => None,
    }
}

/// A condition as part of a larger one.
pub(super) fn operand(query: &Query, whole: &Query) -> TokenStream {
    let condition = is_true(query);
    let kind = &not_negated_twice(query).kind;
    let is_other = std::mem::discriminant(kind) != std::mem::discriminant(&whole.kind);
    match kind {
        Kind::And(..) | Kind::Or(..) if is_other => quote!((#condition)),
        _ => condition,
    }
}

/// The query without negations that cancel each other out, which leave nothing in Rust.
fn not_negated_twice(query: &Query) -> &Query {
    match &query.kind {
        Kind::Not(outer) => match &outer.kind {
            Kind::Not(inner) => not_negated_twice(inner),
            _ => query,
        },
        _ => query,
    }
}

/// Returns `true` if the query is a comparison or a chain of conditions in Rust, which cannot be a side of a comparison.
pub(super) fn is_compound(query: &Query) -> bool {
    match &not_negated_twice(query).kind {
        Kind::Comparison(..) | Kind::And(..) | Kind::Or(..) => true,
        // Negated, it becomes the opposite comparison.
        Kind::Not(inner) => matches!(inner.kind, Kind::Comparison(..)),
        _ => false,
    }
}
