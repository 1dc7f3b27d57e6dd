//! The placement of types: beside the operation that alone uses them, or in `src/types/`.

use std::collections::{HashMap, HashSet};

use crate::model::{Closure, ShapeId};

/// The uses of shapes, which decide where their types are written.
#[derive(Debug)]
pub struct Placement<'m> {
    /// The number of inputs and outputs of operations that a shape is.
    operations: HashMap<&'m ShapeId, usize>,
    /// The shapes that are errors or targets of members.
    others: HashSet<&'m ShapeId>,
}

impl<'m> Placement<'m> {
    /// Counts the uses of all shapes.
    pub fn new(closure: &Closure<'m>) -> Self {
        let mut operations = HashMap::new();
        let mut others = HashSet::new();
        for (_, operation) in closure.operations() {
            *operations.entry(&operation.input).or_default() += 1;
            *operations.entry(&operation.output).or_default() += 1;
            others.extend(closure.errors(operation).into_iter().map(|error| &error.id));
        }
        for shape in closure.shapes() {
            others.extend(shape.members().map(|member| &member.target));
        }
        Self { operations, others }
    }

    /// Returns `true` if a shape is written beside an operation: the input or output of one, and nothing
    /// else. So is the synthetic structure for `smithy.api#Unit`.
    pub fn is_own(&self, shape: &ShapeId) -> bool {
        shape.is_unit() || self.operations.get(shape) == Some(&1) && !self.others.contains(shape)
    }
}
