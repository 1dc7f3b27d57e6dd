//! The shapes in requests: the structures whose builders people use.

use std::collections::HashSet;

use crate::model::{Closure, ShapeId};

/// The inputs of operations, and all that they hold.
#[derive(Debug)]
pub struct RequestShapes<'m>(HashSet<&'m ShapeId>);

impl<'m> RequestShapes<'m> {
    /// Follows the members of the inputs.
    pub fn new(closure: &Closure<'m>) -> Self {
        let inputs = closure.operations().map(|(_, operation)| &operation.input);
        let mut shapes: Vec<_> = inputs.collect();
        let mut sent = HashSet::new();
        while let Some(shape) = shapes.pop() {
            if sent.insert(shape)
                && let Some(shape) = closure.get(shape)
            {
                shapes.extend(shape.members().map(|member| &member.target));
            }
        }
        Self(sent)
    }

    /// Returns `true` if a shape is part of requests.
    pub fn contains(&self, shape: &ShapeId) -> bool {
        self.0.contains(shape)
    }
}
