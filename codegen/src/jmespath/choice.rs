//! `&&` and `||`, which give one of their sides.

use crate::ir::RustType;
use crate::ir::query::{Kind, Query, Type};

/// `left && right`: the left side if it is false, else the right one.
///
/// It is an `Option` in any case unless it is a boolean, for there is no other way to give what is false.
pub(super) fn and(left: Query, right: Query) -> Query {
    let optional = left.optional || right.optional || !left.is_boolean();
    choice(left, right, optional, Kind::And)
}

/// `left || right`: the left side if it is true, else the right one.
pub(super) fn or(left: Query, right: Query) -> Query {
    let optional = right.optional;
    choice(left, right, optional, Kind::Or)
}

fn choice(
    left: Query,
    right: Query,
    optional: bool,
    kind: fn(Box<Query>, Box<Query>) -> Kind,
) -> Query {
    let common = common(&left, &right);
    Query {
        optional: optional && common.is_some(),
        ty: common.unwrap_or(Type::Mixed),
        kind: kind(Box::new(left), Box::new(right)),
    }
}

/// The type that both sides have in Rust.
fn common(left: &Query, right: &Query) -> Option<Type> {
    match (&left.ty, &right.ty) {
        _ if left.is_text() && right.is_text() => Some(Type::Rust(RustType::String)),
        // These are iterators, of a type of their own each, or need not be of one type after all.
        (Type::Stream(_) | Type::AnyNumber | Type::Null | Type::Unit | Type::Mixed, _) => None,
        (left, right) if left == right => Some(left.clone()),
        _ => None,
    }
}
