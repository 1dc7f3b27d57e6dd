//! Calls of JMESPath's functions.

use super::compare::{check_comparable, misfit};
use super::items::{item_of, items_of};
use crate::Diagnostic;
use crate::ir::RustType;
use crate::ir::query::{Given, Kind, Query, Type};

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

/// Functions of JMESPath that are not supported, with the least and the largest number of their arguments.
const UNSUPPORTED: [(&str, usize, usize); 22] = [
    ("abs", 1, 1),
    ("avg", 1, 1),
    ("ceil", 1, 1),
    ("ends_with", 2, 2),
    ("floor", 1, 1),
    ("join", 2, 2),
    ("map", 2, 2),
    ("max", 1, 1),
    ("max_by", 2, 2),
    ("merge", 0, usize::MAX),
    ("min", 1, 1),
    ("min_by", 2, 2),
    ("not_null", 1, usize::MAX),
    ("reverse", 1, 1),
    ("sort", 1, 1),
    ("sort_by", 2, 2),
    ("starts_with", 2, 2),
    ("sum", 1, 1),
    ("to_array", 1, 1),
    ("to_number", 1, 1),
    ("to_string", 1, 1),
    ("type", 1, 1),
];

/// Checks that a function exists and is supported, and takes so many arguments.
pub(super) fn check(name: &str, arguments: usize) -> Result<()> {
    let unsupported = UNSUPPORTED.iter().find(|(known, ..)| *known == name);
    let range = match (name, unsupported) {
        ("length" | "keys" | "values", _) => 1..=1,
        ("contains", _) => 2..=2,
        (_, Some((_, least, most))) => *least..=*most,
        _ => return Err(format!("calls `{name}`, which is not a function of JMESPath").into()),
    };
    if !range.contains(&arguments) {
        return Err(format!("calls `{name}` with the wrong number of arguments").into());
    }
    Ok(())
}

/// A call of a function that has been [checked](check).
pub(super) fn call(name: &str, arguments: Vec<Query>) -> Result<Query> {
    let mut arguments = arguments.into_iter();
    match (name, arguments.next(), arguments.next()) {
        ("length", Some(of), None) => length(of),
        ("contains", Some(of), Some(what)) => contains(of, what),
        ("keys", Some(of), None) => keys(of),
        ("values", Some(of), None) => values(of),
        _ => Err(Diagnostic::unsupported(format!(
            "calls `{name}`, which is not supported; supported are length, contains, keys and values"
        ))),
    }
}

fn length(of: Query) -> Result<Query> {
    let of = match of.ty {
        Type::Rust(RustType::Structure(_) | RustType::Union(_)) => keys(of)?,
        Type::Stream(_) | Type::Rust(RustType::List { .. } | RustType::Map { .. }) => of,
        _ if of.is_text() => of,
        _ => {
            return Err(misfit(
                &of,
                "calls `length` on a value that is not a string, a list, a map or a structure",
            ));
        }
    };
    let kind = Kind::Length(Box::new(of), Given::Always);
    Ok(Query::always(kind, Type::Count))
}

fn contains(of: Query, what: Query) -> Result<Query> {
    let of = if of.is_text() {
        if !what.is_text() {
            let message = "calls `contains` on a string with a value that is not a string";
            return Err(misfit(&what, message));
        }
        of
    } else {
        let items = items_of(of)?;
        check_comparable(&item_of(&items)?, &what)?;
        items
    };
    Ok(Query::always(
        Kind::Contains(Box::new(of), Box::new(what), Given::Always),
        Type::Rust(RustType::Bool),
    ))
}

/// The keys of a map, or the names of the members of a structure or union that are there.
fn keys(of: Query) -> Result<Query> {
    let key = match &of.ty {
        Type::Rust(RustType::Map { key, .. }) => (**key).clone(),
        Type::Rust(RustType::Structure(_) | RustType::Union(_)) => RustType::String,
        Type::InputOutput(..) | Type::Unit => {
            return Err(Diagnostic::unsupported(
                "calls `keys` on an object whose keys are always the same, which is not supported",
            ));
        }
        _ => {
            return Err(misfit(
                &of,
                "calls `keys` on a value that is not a map, a structure or a union",
            ));
        }
    };
    let ty = Type::Stream(Box::new(Type::Rust(key)));
    Ok(Query::always(Kind::Keys(Box::new(of)), ty))
}

/// The values of a map.
pub(super) fn values(of: Query) -> Result<Query> {
    let value = match &of.ty {
        Type::Rust(RustType::Map { value, .. }) => (**value).clone(),
        Type::Rust(RustType::Structure(_) | RustType::Union(_))
        | Type::InputOutput(..)
        | Type::Unit => {
            return Err(Diagnostic::unsupported(
                "takes the values of a structure or union, which is not supported",
            ));
        }
        _ => return Err(misfit(&of, "takes the values of a value that is not a map")),
    };
    let ty = Type::Stream(Box::new(Type::Rust(value)));
    Ok(Query::always(Kind::Values(Box::new(of)), ty))
}
