//! The shapes that must not be shown in logs.

use std::collections::HashSet;

use crate::Error;
use crate::model::{Closure, Shape, ShapeId, ShapeKind};

/// Returns `true` if a field with values of this shape has to redact them. Structures, unions and enums redact
/// themselves.
pub fn is_redacted(closure: &Closure<'_>, shape: &Shape) -> Result<bool, Error> {
    use ShapeKind::{Enum, IntEnum, List, Map, Structure, Union};
    let is_sensitive = shape.traits.is_sensitive();
    Ok(match &shape.kind {
        Structure(_) | Union(_) | Enum(_) | IntEnum(_) => false,
        List(element) => is_sensitive || is_redacted(closure, closure.target(element)?)?,
        Map(map) => {
            is_sensitive
                || is_redacted(closure, closure.target(&map.key)?)?
                || is_redacted(closure, closure.target(&map.value)?)?
        }
        _ => is_sensitive,
    })
}

/// The shapes whose values may hold what is sensitive, at any depth.
#[derive(Debug)]
pub struct Sensitive<'m>(HashSet<&'m ShapeId>);

impl<'m> Sensitive<'m> {
    /// Follows what is sensitive up to all that holds it.
    pub fn of(closure: &Closure<'m>) -> Self {
        Self(closure.with_holders(|shape| {
            let mut members = shape.members();
            shape.traits.is_sensitive() || members.any(|member| member.traits.is_sensitive())
        }))
    }

    /// Returns `true` if values of one of these shapes may hold what is sensitive.
    pub fn is_in<'a>(&self, shapes: impl IntoIterator<Item = &'a ShapeId>) -> bool {
        shapes.into_iter().any(|shape| self.0.contains(shape))
    }
}

/// The names of the errors whose message is sensitive, and the codes that they had in the query protocol.
pub fn errors(closure: &Closure<'_>) -> Result<Vec<String>, Error> {
    let mut names = Vec::new();
    for shape in closure.shapes() {
        if shape.traits.error()?.is_none() || !has_sensitive_message(closure, shape) {
            continue;
        }
        names.push(shape.id.name());
        names.extend(shape.traits.aws_query_code()?);
    }
    names.sort_unstable();
    names.dedup();
    Ok(names.into_iter().map(str::to_owned).collect())
}

/// Returns `true` if the error as a whole is sensitive, or a member that services put the message into.
fn has_sensitive_message(closure: &Closure<'_>, error: &Shape) -> bool {
    let is_message = |name: &str| {
        name.eq_ignore_ascii_case("message") || name.eq_ignore_ascii_case("errorMessage")
    };
    let mut messages = error.members().filter(|member| is_message(&member.name));
    error.traits.is_sensitive()
        || messages.any(|member| {
            let target = closure.get(&member.target);
            member.traits.is_sensitive()
                || target.is_some_and(|target| target.traits.is_sensitive())
        })
}
