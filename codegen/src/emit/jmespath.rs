//! JMESPath over typed structures.
//!
//! ```text
//! StreamDescription.StreamStatus   response.stream_description.stream_status.as_str()
//! Fleets[].State                   response.fleets.iter().flatten().map(|item| item.state.as_str())
//! RequestItems.keys(@)             request.request_items.keys().map(String::as_str)
//! ```
//!
//! A query gives a value that can be copied: `&str` for strings and enums, a number, a boolean, a reference, or an `Option` of
//! these; or, for a stream, an iterator of them.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use super::endpoint::mentions;
use crate::jmespath::{Comparator, Given, Kind, Query, Type};
use crate::names::ident;
use crate::plan::RustType;

/// A condition that is made of a query, where the query gives anything.
///
/// `response.things.is_some() && response.things.iter().flatten().count() > 3`
pub fn holds(query: &Query, condition: TokenStream) -> TokenStream {
    let condition = if query.may_fail() {
        quote!(asked.matches(#condition))
    } else {
        condition
    };
    let needs: Vec<_> = needs(query).collect();
    match &query.kind {
        _ if needs.is_empty() => condition,
        Kind::Or(..) => quote!(#(#needs &&)* (#condition)),
        _ => quote!(#(#needs &&)* #condition),
    }
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
        (Some(before), []) => quote!({ #before let value = #value; asked.known(value) #flatten }),
        (Some(before), needs) => quote!({
            #before
            let value = #value;
            asked.known(value).filter(|_| #(#needs)&&*) #flatten
        }),
    }
}

/// Whether all is there that a query needs.
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

/// What has to stand before a query of which it shows only on the way that it gives nothing.
pub fn before(query: &Query) -> Option<TokenStream> {
    query
        .may_fail()
        .then(|| quote!(let asked = smithy_rt::jmespath::Asked::default();))
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
        Kind::Index(list, index) => index_of(list, *index),
        Kind::Text(text) => text.to_token_stream(),
        Kind::Number(number) => number_literal(number),
        Kind::Boolean(value) => value.to_token_stream(),
        Kind::Null => quote!(None),
        Kind::Comparison(comparator, left, right) => {
            order(query, &quote!(map), |comparator| comparator)
                .unwrap_or_else(|| comparison(*comparator, left, right))
        }
        Kind::And(left, right) => {
            let (left, right) = (operand(left, query), operand(right, query));
            quote!(#left && #right)
        }
        Kind::Or(left, right) => {
            let (left, right) = (operand(left, query), operand(right, query));
            quote!(#left || #right)
        }
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

/// Whether a query gives something that JMESPath takes for true: neither nothing nor `false` nor anything empty.
pub fn is_true(query: &Query) -> TokenStream {
    if let Some(order) = order(query, &quote!(is_some_and), |comparator| comparator) {
        return order;
    }
    if let Some(emptiness) = emptiness(query, false) {
        return emptiness;
    }
    let value = value(query);
    match (&query.ty, query.optional) {
        (Type::Rust(RustType::Bool), false) => value,
        (Type::Rust(RustType::Bool), true) => quote!(#value == Some(true)),
        (Type::Null, _) => quote!(false),
        (_, true) => quote!(#value.is_some()),
        (_, false) => quote!(true),
    }
}

/// Whether a query gives something that JMESPath takes for false.
pub fn is_false(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Boolean(value) => return (!value).to_token_stream(),
        Kind::Not(inner) => return is_true(inner),
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
        (Type::Rust(RustType::Bool), false) => match &query.kind {
            Kind::And(..) | Kind::Or(..) => quote!(!(#value)),
            _ => quote!(!#value),
        },
        (Type::Rust(RustType::Bool), true) => quote!(#value != Some(true)),
        (Type::Null, _) => quote!(true),
        (_, true) => quote!(#value.is_none()),
        (_, false) => quote!(false),
    }
}

/// Whether a query gives `false`, and not nothing.
pub fn is_exactly_false(query: &Query) -> TokenStream {
    match &query.kind {
        // Both give one of their sides, which may be nothing.
        Kind::And(left, right) if left.may_be_null() || right.may_be_null() => {
            let (left_is_false, left_is_true) = (is_exactly_false(left), operand(left, query));
            let right = is_exactly_false(right);
            quote!(#left_is_false || #left_is_true && (#right))
        }
        Kind::Or(left, right) if right.may_be_null() => {
            let (left, right) = (is_false(left), is_exactly_false(right));
            quote!((#left) && (#right))
        }
        _ if query.optional => {
            let value = value(query);
            quote!(#value == Some(false))
        }
        _ => is_false(query),
    }
}

/// Whether there is nothing in what can be empty, or something.
fn emptiness(query: &Query, empty: bool) -> Option<TokenStream> {
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
        (_, Type::Rust(RustType::String | RustType::List { .. } | RustType::Map { .. })) => {
            Some(if query.optional {
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
            })
        }
        _ => None,
    }
}

fn is_sparse(list: &Query) -> bool {
    matches!(list.ty, Type::Rust(RustType::List { sparse: true, .. }))
}

/// The comparison that holds where this one does not.
fn opposite(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Equal => Comparator::NotEqual,
        Comparator::NotEqual => Comparator::Equal,
        Comparator::Less => Comparator::GreaterOrEqual,
        Comparator::LessOrEqual => Comparator::Greater,
        Comparator::Greater => Comparator::LessOrEqual,
        Comparator::GreaterOrEqual => Comparator::Less,
    }
}

/// A condition as part of a larger one.
fn operand(query: &Query, whole: &Query) -> TokenStream {
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

/// Whether the query is a comparison or a chain of conditions in Rust, which cannot be a side of a comparison.
fn is_compound(query: &Query) -> bool {
    match &not_negated_twice(query).kind {
        Kind::Comparison(..) | Kind::And(..) | Kind::Or(..) => true,
        // Negated, it becomes the opposite comparison.
        Kind::Not(inner) => matches!(inner.kind, Kind::Comparison(..)),
        _ => false,
    }
}

/// What a query stands for, to take a field of it or to call a method of it; never an `Option`.
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

/// The strings that a list or stream holds, as a `Vec`, or as an `Option` of one.
pub fn texts(query: &Query) -> TokenStream {
    match (&query.ty, query.nullable()) {
        (Type::Stream(_), None) => {
            let texts = stream(query);
            quote!(Some(#texts.collect::<Vec<_>>()))
        }
        (Type::Stream(_), Some(source)) => {
            let (source, texts) = (value(source), stream(query));
            quote!(#source.map(|_| #texts.collect::<Vec<_>>()))
        }
        (_, None) => {
            let texts = items(query);
            quote!(Some(#texts.collect::<Vec<_>>()))
        }
        (ty, Some(_)) => {
            let (list, texts) = (value(query), items_in(&quote!(it), ty));
            quote!(#list.map(|it| #texts.collect::<Vec<_>>()))
        }
    }
}

/// A field, as a value that can be copied.
fn leaf(place: TokenStream, boxed: bool, optional: bool, ty: &Type) -> TokenStream {
    let Type::Rust(ty) = ty else { return place };
    match (ty, optional) {
        (RustType::String, true) => quote!(#place.as_deref()),
        (RustType::String | RustType::Enum(_), false) => quote!(#place.as_str()),
        (RustType::Enum(_), true) => quote!(#place.as_ref().map(|it| it.as_str())),
        _ if ty.is_copy() => place,
        (_, true) if boxed => quote!(#place.as_deref()),
        (_, true) => quote!(#place.as_ref()),
        (_, false) => quote!(&#place),
    }
}

/// The argument of a closure that is given an item: one that does not look at it has no name for it.
fn item_in(code: &TokenStream) -> TokenStream {
    if mentions(code, "item") {
        quote!(item)
    } else {
        quote!(_)
    }
}

/// An iterator of values that can be copied.
fn stream(query: &Query) -> TokenStream {
    match &query.kind {
        Kind::Items(list) => items(list),
        Kind::Keys(map) => part_of_map(map, true),
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
        _ => value(query),
    }
}

/// `a[].b[]`: one closure where there is one, so that it does not return an iterator of iterators.
fn flattened(lists: &Query) -> TokenStream {
    if let Kind::Each(source, each) = &lists.kind {
        let source = stream(source);
        let items = match each.ty {
            Type::Stream(_) => stream(each),
            _ => items(each),
        };
        let item = item_in(&items);
        return quote!(#source.flat_map(|#item| #items));
    }
    let source = stream(lists);
    let Type::Stream(list) = &lists.ty else {
        return source;
    };
    match &**list {
        Type::Rust(RustType::List { element, sparse }) => {
            let flatten = sparse.then(|| quote!(.flatten()));
            let copied = copied(element);
            quote!(#source.flat_map(|item| item.iter()) #flatten #copied)
        }
        _ => quote!(#source.flatten()),
    }
}

/// The items of a list.
fn items(list: &Query) -> TokenStream {
    let Type::Rust(RustType::List { element, sparse }) = &list.ty else {
        return value(list);
    };
    let items = iterated(list, &quote!(iter));
    let flatten = sparse.then(|| quote!(.flatten()));
    let copied = copied(element);
    quote!(#items #flatten #copied)
}

/// The items of a list that is there.
fn items_in(list: &TokenStream, ty: &Type) -> TokenStream {
    let Type::Rust(RustType::List { element, sparse }) = ty else {
        return quote!(#list.iter());
    };
    let flatten = sparse.then(|| quote!(.flatten()));
    let copied = copied(element);
    quote!(#list.iter() #flatten #copied)
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
    let flatten = (*sparse && !keys).then(|| quote!(.flatten()));
    let items = if map.optional {
        let map = self::value(map);
        quote!(#map.into_iter().flat_map(|it| it.#method()))
    } else {
        iterated(map, &method)
    };
    let copied = copied(part);
    quote!(#items #flatten #copied)
}

/// The items of a list that may not be there.
fn iterated(list: &Query, method: &TokenStream) -> TokenStream {
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
            quote!(#list.#method())
        }
    }
}

/// Turns references to what a list holds into values that can be copied.
fn copied(element: &RustType) -> Option<TokenStream> {
    match element {
        RustType::String => Some(quote!(.map(String::as_str))),
        RustType::Enum(_) => Some(quote!(.map(|item| item.as_str()))),
        _ if element.is_copy() => Some(quote!(.copied())),
        _ => None,
    }
}

/// `[a, b]`; what is not there is left out.
fn list(values: &[Query]) -> TokenStream {
    let any_optional = values.iter().any(|value| value.optional);
    let values = values.iter().map(|query| {
        let value = value(query);
        if any_optional && !query.optional {
            quote!(Some(#value))
        } else {
            value
        }
    });
    let flatten = any_optional.then(|| quote!(.flatten()));
    quote!([#(#values),*].into_iter() #flatten)
}

fn index_of(list: &Query, index: i64) -> TokenStream {
    let mut items = match list.ty {
        Type::Stream(_) => stream(list),
        _ => items(list),
    };
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

/// The answer of a function, where it is asked of something; any other where it is not.
///
/// `asked.given(item.parts.as_ref().map(|it| it.len()))`
fn answer(
    of: &Query,
    given: Given,
    answer: impl FnOnce(TokenStream) -> TokenStream,
) -> TokenStream {
    let is_stream = matches!(of.ty, Type::Stream(_));
    let Some(source) = of
        .nullable()
        .filter(|_| given == Given::Perhaps || !is_stream)
    else {
        return answer(match (is_stream, of.is_text()) {
            (true, _) => stream(of),
            (false, true) => value(of),
            (false, false) => place(of),
        });
    };
    let source = value(source);
    // A stream is not made of what the closure is given, but anew.
    let answer = if is_stream {
        let answer = answer(stream(of));
        quote!(#source.map(|_| #answer))
    } else {
        let answer = answer(quote!(it));
        quote!(#source.map(|it| #answer))
    };
    match given {
        Given::Perhaps => quote!(asked.given(#answer)),
        Given::Always | Given::Needed => quote!(#answer.unwrap_or_default()),
    }
}

fn length(of: &Query, given: Given) -> TokenStream {
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
    answer(of, given, |it| match &of.ty {
        Type::Stream(_) => quote!(#it.count()),
        _ if of.is_text() => quote!(#it.chars().count()),
        _ => quote!(#it.len()),
    })
}

fn contains(of: &Query, what: &Query, given: Given) -> TokenStream {
    answer(of, given, |it| match &of.ty {
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

fn comparison(comparator: Comparator, left: &Query, right: &Query) -> TokenStream {
    if let (Comparator::Equal | Comparator::NotEqual, Kind::Null) = (comparator, &right.kind) {
        let left_value = value(left);
        return match (left.optional, comparator) {
            (false, Comparator::Equal) => quote!(false),
            (false, _) => quote!(true),
            (true, Comparator::Equal) => quote!(#left_value.is_none()),
            (true, _) => quote!(#left_value.is_some()),
        };
    }
    if let Kind::Boolean(expected) = right.kind
        && !left.optional
        && left.is_boolean()
    {
        return if expected == (comparator == Comparator::Equal) {
            is_true(left)
        } else {
            is_false(left)
        };
    }
    if let Some(emptiness) = compared_with_zero(comparator, left, right) {
        return emptiness;
    }
    let some = left.optional || right.optional;
    let sign = sign(match comparator {
        // A count is never less.
        Comparator::LessOrEqual if is_count_and_zero(left, right) => Comparator::Equal,
        Comparator::Greater if is_count_and_zero(left, right) => Comparator::NotEqual,
        _ => comparator,
    });
    let (left, right) = (number(left, right, some), number(right, left, some));
    quote!(#left #sign #right)
}

fn is_count_and_zero(left: &Query, right: &Query) -> bool {
    let is_zero = matches!(&right.kind, Kind::Number(number) if number.as_u64() == Some(0));
    is_zero && matches!(left.kind, Kind::Length(..))
}

/// `length(a) == 0` as `a.is_empty()`, and likewise.
fn compared_with_zero(comparator: Comparator, left: &Query, right: &Query) -> Option<TokenStream> {
    let Kind::Length(of, Given::Always | Given::Needed) = &left.kind else {
        return None;
    };
    if !is_count_and_zero(left, right) {
        return None;
    }
    match comparator {
        Comparator::Equal | Comparator::LessOrEqual => emptiness(of, true),
        Comparator::NotEqual | Comparator::Greater => emptiness(of, false),
        Comparator::Less => Some(quote!(false)),
        Comparator::GreaterOrEqual => Some(quote!(true)),
    }
}

/// Which of two values is more, where one may be nothing: as an `Option` if the method is `map`.
///
/// `response.total.is_some_and(|it| it > 3)`
fn order(
    query: &Query,
    method: &TokenStream,
    of: fn(Comparator) -> Comparator,
) -> Option<TokenStream> {
    let Kind::Comparison(comparator, left, right) = &query.kind else {
        return None;
    };
    if !query.optional {
        return None;
    }
    let sign = sign(of(*comparator));
    let (left_value, right_value) = (number(left, right, false), number(right, left, false));
    Some(match (left.optional, right.optional) {
        (true, false) => quote!(#left_value.#method(|it| it #sign #right_value)),
        (false, _) => quote!(#right_value.#method(|it| #left_value #sign it)),
        (true, true) => {
            quote!(#left_value.zip(#right_value).#method(|(left, right)| left #sign right))
        }
    })
}

fn sign(comparator: Comparator) -> TokenStream {
    match comparator {
        Comparator::Equal => quote!(==),
        Comparator::NotEqual => quote!(!=),
        Comparator::Less => quote!(<),
        Comparator::LessOrEqual => quote!(<=),
        Comparator::Greater => quote!(>),
        Comparator::GreaterOrEqual => quote!(>=),
    }
}

/// One side of a comparison, as an `Option` if `some`. Numbers of different types are compared as `f64`, which is what JSON has.
fn number(query: &Query, other: &Query, some: bool) -> TokenStream {
    let is_mixed = query.is_number() && other.is_number() && !is_same_number(query, other);
    let is_double = |query: &Query| query.ty == Type::Rust(RustType::F64);
    let has_floats = is_mixed || is_float(other);
    let number = match &query.kind {
        Kind::Number(number) if has_floats => float_literal(number),
        _ if is_compound(query) && !some => {
            let value = value(query);
            quote!((#value))
        }
        _ => value(query),
    };
    let is_cast = is_mixed && !is_double(query) && !matches!(query.kind, Kind::Number(_));
    match (query.optional, some, is_cast) {
        (true, _, true) => quote!(#number.map(|it| it as f64)),
        (false, true, true) => quote!(Some(#number as f64)),
        (false, false, true) => quote!((#number as f64)),
        (false, true, false) => quote!(Some(#number)),
        _ => number,
    }
}

fn is_float(query: &Query) -> bool {
    matches!(query.ty, Type::Rust(RustType::F32 | RustType::F64))
}

/// Whether two numbers are of the same type in Rust, or one is a literal that can be of the other's.
fn is_same_number(left: &Query, right: &Query) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Number(_), Kind::Number(_)) => false,
        (Kind::Number(number), _) => fits(number, &right.ty),
        (_, Kind::Number(number)) => fits(number, &left.ty),
        _ => left.ty == right.ty,
    }
}

fn fits(number: &serde_json::Number, ty: &Type) -> bool {
    let is_in = |least: i64, most: i64| {
        let number = number.as_i64();
        number.is_some_and(|number| (least..=most).contains(&number))
    };
    match ty {
        Type::Count => is_in(0, i64::from(u16::MAX)),
        Type::Rust(RustType::I8) => is_in(i8::MIN.into(), i8::MAX.into()),
        Type::Rust(RustType::I16) => is_in(i16::MIN.into(), i16::MAX.into()),
        Type::Rust(RustType::I32) => is_in(i32::MIN.into(), i32::MAX.into()),
        Type::Rust(RustType::I64) => number.is_i64(),
        Type::Rust(RustType::F64) => true,
        _ => false,
    }
}

fn number_literal(number: &serde_json::Number) -> TokenStream {
    match number.as_i64() {
        Some(number) => signed(number < 0, &Literal::u64_unsuffixed(number.unsigned_abs())),
        None => float_literal(number),
    }
}

fn float_literal(number: &serde_json::Number) -> TokenStream {
    let number = number
        .as_f64()
        .filter(|number| number.is_finite())
        .unwrap_or_default();
    signed(number < 0.0, &Literal::f64_unsuffixed(number.abs()))
}

fn signed(is_negative: bool, number: &Literal) -> TokenStream {
    if is_negative {
        quote!(-#number)
    } else {
        quote!(#number)
    }
}
