//! The shapes in requests: the structures whose builders people use.

use std::collections::HashSet;

use crate::model::{Closure, ShapeId};

/// The inputs of operations, and all that they hold.
#[derive(Debug)]
pub struct RequestShapes<'m> {
    /// The inputs that are not outputs as well.
    requests: HashSet<&'m ShapeId>,
    /// The inputs, and all that they hold.
    sent: HashSet<&'m ShapeId>,
}

impl<'m> RequestShapes<'m> {
    /// Follows the members of the inputs.
    pub fn new(closure: &Closure<'m>) -> Self {
        let inputs = closure.operations().map(|(_, operation)| &operation.input);
        let mut requests: HashSet<_> = inputs.collect();
        let sent = closure.reached_from(requests.iter().copied());
        for (_, operation) in closure.operations() {
            requests.remove(&operation.output);
        }
        Self { requests, sent }
    }

    /// Returns `true` if a shape is part of requests.
    pub fn contains(&self, shape: &ShapeId) -> bool {
        self.sent.contains(shape)
    }

    /// Returns `true` if a shape is the input of an operation, and no output.
    pub fn is_request(&self, shape: &ShapeId) -> bool {
        self.requests.contains(shape)
    }
}
