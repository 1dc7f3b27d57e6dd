//! Traits of Rust that a type has where all that it holds has them.

use crate::ir::Derives;
use crate::model::{Closure, ShapeId, ShapeKind};
use std::collections::HashSet;

/// The shapes that contain values which cannot be compared or hashed.
#[derive(Debug)]
pub struct DeriveAnalysis<'m> {
    without_eq: HashSet<&'m ShapeId>,
    without_hash: HashSet<&'m ShapeId>,
}

impl<'m> DeriveAnalysis<'m> {
    /// Follows what cannot be compared or hashed up to all that holds it.
    pub fn new(closure: &Closure<'m>) -> Self {
        use ShapeKind::{Double, Float, Map};
        Self {
            without_eq: closure.with_holders(|shape| matches!(shape.kind, Float | Double)),
            without_hash: closure
                .with_holders(|shape| matches!(shape.kind, Float | Double | Map(_))),
        }
    }

    /// Returns the traits that can be derived for a shape.
    pub fn of(&self, shape: &ShapeId) -> Derives {
        Derives {
            eq: !self.without_eq.contains(shape),
            hash: !self.without_hash.contains(shape),
        }
    }
}
