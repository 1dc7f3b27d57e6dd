//! Comparisons, whose sides may be nothing or numbers of different types.

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};

use super::number;
use super::truth::{emptiness, is_compound, is_false, is_true};
use super::value;
use crate::ir::RustType;
use crate::jmespath::{Comparator, Given, Kind, Query, Type};

pub(super) fn comparison(comparator: Comparator, left: &Query, right: &Query) -> TokenStream {
    match (&left.kind, &right.kind) {
        (_, Kind::Null) => return compared_with_null(comparator, left),
        (Kind::Null, _) => return compared_with_null(comparator, right),
        _ => {}
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

/// `response.total.is_none()`
fn compared_with_null(comparator: Comparator, query: &Query) -> TokenStream {
    let is_equal = comparator == Comparator::Equal;
    match query.nullable().map(value) {
        None => (!is_equal).to_token_stream(),
        Some(source) if is_equal => quote!(#source.is_none()),
        Some(source) => quote!(#source.is_some()),
    }
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

/// The order of two values, of which one may be nothing: as an `Option` if the method is `map`.
///
/// `response.total.is_some_and(|it| it > 3)`
pub(super) fn order(
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

/// The comparison that holds where this one does not.
pub(super) fn opposite(comparator: Comparator) -> Comparator {
    match comparator {
        Comparator::Equal => Comparator::NotEqual,
        Comparator::NotEqual => Comparator::Equal,
        Comparator::Less => Comparator::GreaterOrEqual,
        Comparator::LessOrEqual => Comparator::Greater,
        Comparator::Greater => Comparator::LessOrEqual,
        Comparator::GreaterOrEqual => Comparator::Less,
    }
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
        Kind::Number(number) if has_floats => number::float(number),
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

/// Returns `true` if two numbers are of the same type in Rust, or one is a literal that can be of the other's.
fn is_same_number(left: &Query, right: &Query) -> bool {
    match (&left.kind, &right.kind) {
        (Kind::Number(_), Kind::Number(_)) => false,
        (Kind::Number(number), _) => fits(number, &right.ty),
        (_, Kind::Number(number)) => fits(number, &left.ty),
        _ => left.ty == right.ty || is_i32(&left.ty) && is_i32(&right.ty),
    }
}

fn is_i32(ty: &Type) -> bool {
    matches!(ty, Type::Rust(RustType::I32 | RustType::IntEnum(_)))
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
        Type::Rust(RustType::I32 | RustType::IntEnum(_)) => is_in(i32::MIN.into(), i32::MAX.into()),
        Type::Rust(RustType::I64) => number.is_i64(),
        Type::Rust(RustType::F64) => true,
        _ => false,
    }
}
