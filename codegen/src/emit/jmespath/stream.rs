//! Lists, maps and projections, as iterators of values that can be copied.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::super::endpoint::mentions;
use super::truth::is_true;
use super::{as_option, place, value};
use crate::ir::RustType;
use crate::jmespath::{Kind, Query, Type};
use crate::names::ident;

/// The strings that a list or stream holds, as a `Vec`, or as an `Option` of one.
pub fn texts(query: &Query) -> TokenStream {
    match (&query.ty, query.nullable()) {
        (_, None) => {
            let texts = stream(query);
            quote!(Some(#texts.collect::<Vec<_>>()))
        }
        (Type::Stream(_), Some(source)) => {
            let (source, texts) = (value(source), stream(query));
            quote!(#source.map(|_| #texts.collect::<Vec<_>>()))
        }
        (ty, Some(_)) => {
            let (list, there) = (value(query), elements_there(ty));
            quote!(#list.map(|it| it.iter() #there .collect::<Vec<_>>()))
        }
    }
}

/// The values of a stream or the elements of a list, as an iterator of values that can be copied.
pub(super) fn stream(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Items(list) => items(list),
        Kind::Keys(of) => keys(of),
        Kind::Values(map) => part_of_map(map, false),
        Kind::List(values) => list(values),
        Kind::Filter(source, condition) => {
            let (source, condition) = (stream(source), is_true(condition));
            let reference = mentions(&condition, "item").then(|| quote!(&));
            let item = item_in(&condition);
            quote!(#source.filter(|#reference #item| #condition))
        }
        Kind::Each(source, each) => {
            let source = stream(source);
            let method = if each.optional {
                quote!(filter_map)
            } else {
                quote!(map)
            };
            let each = value(each);
            let item = item_in(&each);
            quote!(#source.#method(|#item| #each))
        }
        Kind::Flatten(lists) => flattened(lists),
        _ => items(query),
    }
}

/// `a[].b[]`: one closure where there is one, so that it does not return an iterator of iterators.
fn flattened(lists: &Query) -> TokenStream {
    if let Kind::Each(source, each) = &lists.kind {
        let (source, items) = (stream(source), stream(each));
        let item = item_in(&items);
        return quote!(#source.flat_map(|#item| #items));
    }
    let source = stream(lists);
    let Type::Stream(list) = &lists.ty else {
        return source;
    };
    match &**list {
        Type::Rust(RustType::List { .. }) => {
            let there = elements_there(list);
            quote!(#source.flat_map(|item| item.iter()) #there)
        }
        _ => quote!(#source.flatten()),
    }
}

/// The items of a list.
fn items(list: &Query) -> TokenStream {
    let Type::Rust(RustType::List { .. }) = &list.ty else {
        return value(list);
    };
    let (items, there) = (iterated(list), elements_there(&list.ty));
    quote!(#items #there)
}

/// The end of an iterator over a list, as [`there`].
fn elements_there(list: &Type) -> TokenStream {
    match list {
        Type::Rust(RustType::List { element, sparse }) => there(element, *sparse),
        _ => TokenStream::new(),
    }
}

/// The end of an iterator, after which its items are not null, and can be copied.
///
/// `.flatten().map(String::as_str)`
fn there(element: &RustType, sparse: bool) -> TokenStream {
    let flatten = sparse.then(|| quote!(.flatten()));
    let copied = copied(element);
    quote!(#flatten #copied)
}

/// The keys of a map, or the names of the members of a structure or union that are there.
pub(super) fn keys(of: &Query) -> TokenStream {
    match (&of.ty, of.optional) {
        (Type::Rust(RustType::Structure(_)), true) => {
            let of = value(of);
            quote!(#of.into_iter().flat_map(smithy_rt::jmespath::keys))
        }
        (Type::Rust(RustType::Structure(_)), false) => {
            let of = value(of);
            quote!(smithy_rt::jmespath::keys(#of))
        }
        (Type::Rust(RustType::Union(_)), _) => {
            let of = as_option(of);
            quote!(#of.into_iter().map(smithy_rt::jmespath::tag))
        }
        _ => part_of_map(of, true),
    }
}

/// The keys or the values of a map.
fn part_of_map(map: &Query, keys: bool) -> TokenStream {
    let Type::Rust(RustType::Map { key, value, sparse }) = &map.ty else {
        return self::value(map);
    };
    let (method, part) = if keys {
        (quote!(keys), key)
    } else {
        (quote!(values), value)
    };
    let there = there(part, *sparse && !keys);
    if map.optional {
        let map = self::value(map);
        quote!(#map.into_iter().flat_map(|it| it.#method()) #there)
    } else {
        let map = place(map);
        quote!(#map.#method() #there)
    }
}

/// The items of a list that may not be there.
fn iterated(list: &Query) -> TokenStream {
    match &list.kind {
        // An `Option` can be iterated, too.
        Kind::Field {
            of,
            field,
            optional: true,
            ..
        } if !of.optional => {
            let (of, field) = (place(of), ident(field));
            quote!(#of.#field.iter().flatten())
        }
        _ if list.optional => {
            let list = value(list);
            quote!(#list.into_iter().flatten())
        }
        _ => {
            let list = place(list);
            quote!(#list.iter())
        }
    }
}

/// Turns references to what a list holds into values that can be copied.
pub(super) fn copied(element: &RustType) -> Option<TokenStream> {
    match element {
        RustType::String => Some(quote!(.map(String::as_str))),
        RustType::Enum(_) => Some(quote!(.map(|item| item.as_str()))),
        RustType::IntEnum(_) => Some(quote!(.map(|item| item.as_i32()))),
        _ if element.is_copy() => Some(quote!(.copied())),
        _ => None,
    }
}

/// `[a, b]`; what is not there is left out.
fn list(values: &[Query]) -> TokenStream {
    let any_optional = values.iter().any(|value| value.optional);
    let value = if any_optional { as_option } else { value };
    let values = values.iter().map(value);
    let flatten = any_optional.then(|| quote!(.flatten()));
    quote!([#(#values),*].into_iter() #flatten)
}

pub(super) fn index_of(list: &Query, index: i64) -> TokenStream {
    let mut items = stream(list);
    let position = Literal::u64_unsuffixed(if index < 0 {
        index.unsigned_abs() - 1
    } else {
        index.unsigned_abs()
    });
    items.extend(match index {
        0 => quote!(.next()),
        -1 => quote!(.next_back()),
        1.. => quote!(.nth(#position)),
        _ => quote!(.nth_back(#position)),
    });
    items
}

pub(super) fn is_sparse(list: &Query) -> bool {
    matches!(list.ty, Type::Rust(RustType::List { sparse: true, .. }))
}

/// The argument of a closure that is given an item: one that does not look at it has no name for it.
pub(super) fn item_in(code: &TokenStream) -> TokenStream {
    if mentions(code, "item") {
        quote!(item)
    } else {
        quote!(_)
    }
}
