//! Streams of items: of lists, and of what projections leave of them.

use super::compare::misfit;
use crate::Diagnostic;
use crate::ir::query::{Kind, Query, Type};

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

impl Query {
    /// This, as a stream of strings, if it is one or can be made one.
    pub fn into_texts(self) -> Option<Self> {
        let stream = items_of(self).ok()?;
        item_of(&stream).ok().filter(Self::is_text)?;
        Some(stream)
    }
}

/// The items of a list, or of what is a stream already.
pub(super) fn items_of(list: Query) -> Result<Query> {
    match (&list.ty, list.ty.element()) {
        (Type::Stream(_), _) => Ok(list),
        (_, Some(element)) => Ok(Query::always(
            Kind::Items(Box::new(list)),
            Type::Stream(Box::new(element)),
        )),
        _ => Err(misfit(&list, "projects over a value that is not a list")),
    }
}

/// The variable that stands for an item of a stream.
pub(super) fn item_of(stream: &Query) -> Result<Query> {
    match &stream.ty {
        Type::Stream(item) => Ok(Query::always(Kind::Variable("item"), (**item).clone())),
        _ => Err(misfit(stream, "projects over a value that is not a list")),
    }
}

/// Returns `true` if items come out of a map, where they have no order.
pub(super) fn is_unordered(stream: &Query) -> bool {
    match &stream.kind {
        Kind::Keys(_) | Kind::Values(_) => true,
        Kind::Each(source, _) | Kind::Filter(source, _) | Kind::Flatten(source) => {
            is_unordered(source)
        }
        _ => false,
    }
}
