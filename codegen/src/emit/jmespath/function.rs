//! JMESPath's functions, which may be called with null.

use proc_macro2::TokenStream;
use quote::quote;

use super::comparison::comparison;
use super::stream::{is_sparse, stream};
use super::{place, value};
use crate::jmespath::{Comparator, Given, Kind, Query, Type};

/// The result of a function, or of a default where it is called with null.
///
/// `evaluation.result_of(item.parts.as_ref().map(|it| it.len()))`
fn result(of: &Query, given: Given, call: impl FnOnce(TokenStream) -> TokenStream) -> TokenStream {
    let is_stream = matches!(of.ty, Type::Stream(_));
    let Some(source) = of
        .nullable()
        .filter(|_| given == Given::Perhaps || !is_stream)
    else {
        return call(match (is_stream, of.is_text()) {
            (true, _) => stream(of),
            (false, true) => value(of),
            (false, false) => place(of),
        });
    };
    let source = value(source);
    // A stream is not made of what the closure is given, but anew.
    let called = if is_stream {
        let call = call(stream(of));
        quote!(#source.map(|_| #call))
    } else {
        let call = call(quote!(it));
        quote!(#source.map(|it| #call))
    };
    match given {
        Given::Perhaps => quote!(evaluation.result_of(#called)),
        Given::Always | Given::Needed => quote!(#called.unwrap_or_default()),
    }
}

pub(super) fn length(of: &Query, given: Given) -> TokenStream {
    // What is made of each item does not change how many there are.
    if let Kind::Each(source, each) = &of.kind
        && !each.optional
    {
        return length(source, given);
    }
    if let Kind::Items(list) = &of.kind
        && !is_sparse(list)
    {
        return length(list, given);
    }
    result(of, given, |it| match &of.ty {
        Type::Stream(_) => quote!(#it.count()),
        _ if of.is_text() => quote!(#it.chars().count()),
        _ => quote!(#it.len()),
    })
}

pub(super) fn contains(of: &Query, what: &Query, given: Given) -> TokenStream {
    result(of, given, |it| match &of.ty {
        Type::Stream(item) => {
            // Not `item`, which what is looked for may mention: that of a filter around it.
            let each = Query {
                kind: Kind::Variable("each"),
                ty: (**item).clone(),
                optional: false,
            };
            let is_it = comparison(Comparator::Equal, &each, what);
            quote!(#it.any(|each| #is_it))
        }
        _ if what.optional => {
            let what = value(what);
            quote!(#what.is_some_and(|what| #it.contains(what)))
        }
        _ => {
            let what = value(what);
            quote!(#it.contains(#what))
        }
    })
}
