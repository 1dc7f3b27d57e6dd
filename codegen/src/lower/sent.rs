//! What requests hold: the structures whose builders people use.

use std::collections::HashSet;

use crate::model::{Closure, ShapeId};

/// The inputs of operations, and all that they hold.
#[derive(Debug)]
pub struct Sent<'m>(HashSet<&'m ShapeId>);

impl<'m> Sent<'m> {
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

    /// Whether requests hold it.
    pub fn contains(&self, shape: &ShapeId) -> bool {
        self.0.contains(shape)
    }
}
