//! Traits of Rust that a type has where all that it holds has them.

use crate::ir::Derives;
use crate::model::{Closure, ShapeId, ShapeKind};
use std::collections::{HashMap, HashSet};

/// The shapes that contain values which cannot be compared or hashed.
#[derive(Debug)]
pub struct DeriveAnalysis<'m> {
    without_eq: HashSet<&'m ShapeId>,
    without_hash: HashSet<&'m ShapeId>,
}

impl<'m> DeriveAnalysis<'m> {
    /// Follows what cannot be compared or hashed up to all that holds it.
    pub fn new(closure: &Closure<'m>) -> Self {
        let mut holders = HashMap::<_, Vec<_>>::new();
        for shape in closure.shapes() {
            for member in shape.members() {
                holders.entry(&member.target).or_default().push(&shape.id);
            }
        }
        let all = |is_kind: fn(&ShapeKind) -> bool| {
            let shapes = closure.shapes().filter(|shape| is_kind(&shape.kind));
            with_holders(shapes.map(|shape| &shape.id).collect(), &holders)
        };
        use ShapeKind::{Double, Float, Map};
        Self {
            without_eq: all(|kind| matches!(kind, Float | Double)),
            without_hash: all(|kind| matches!(kind, Float | Double | Map(_))),
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

/// These shapes, and all that hold one of them, directly or not. A shape may hold itself.
fn with_holders<'m>(
    mut shapes: Vec<&'m ShapeId>,
    holders: &HashMap<&ShapeId, Vec<&'m ShapeId>>,
) -> HashSet<&'m ShapeId> {
    let mut all = HashSet::new();
    while let Some(shape) = shapes.pop() {
        if all.insert(shape) {
            shapes.extend(holders.get(shape).into_iter().flatten());
        }
    }
    all
}
