//! The errors of operations and of event streams.

use std::collections::HashMap;

use super::links::Item;
use super::shapes::{Shapes, describe};
use crate::docs::first_sentence;
use crate::ir::OperationError;
use crate::model::{Closure, Operation, Shape, ShapeId};
use crate::{Diagnostics, Error};

/// The errors that operations and event streams can end in, each lowered once.
#[derive(Debug, Default)]
pub struct Errors<'m>(HashMap<&'m ShapeId, OperationError>);

impl<'m> Errors<'m> {
    /// Lowers all of them.
    pub fn new(shapes: Shapes<'m>) -> Result<Self, Error> {
        let closure = shapes.closure;
        let mut problems = Diagnostics::new();
        let of_operations = closure
            .operations()
            .flat_map(|(_, operation)| closure.errors(operation));
        let mut errors = HashMap::new();
        for shape in of_operations.chain(closure.exceptions()) {
            if !errors.contains_key(&shape.id)
                && let Some(error) = problems.keep(error(shape, shapes))
            {
                errors.insert(&shape.id, error);
            }
        }
        problems.finish(Self(errors))
    }

    /// Returns the errors of an operation: its own in its order, then those of the service.
    pub fn of(&self, operation: &Operation, closure: &Closure<'_>) -> Vec<OperationError> {
        let errors = closure.errors(operation).into_iter();
        let errors = errors.filter_map(|shape| self.0.get(&shape.id));
        errors.cloned().collect()
    }

    /// Returns all of them, in the order of their names.
    pub fn into_sorted(self) -> Vec<OperationError> {
        let mut errors: Vec<_> = self.0.into_values().collect();
        errors.sort_by(|a, b| a.name.cmp(&b.name));
        errors
    }
}

fn error(shape: &Shape, shapes: Shapes<'_>) -> Result<OperationError, Error> {
    let item = Item::Shape(&shape.id);
    let docs = shapes
        .docs
        .of_item(item, &shape.traits, || describe(shape))?;
    Ok(OperationError {
        name: shapes.name(&shape.id),
        summary: first_sentence(&docs),
        query_code: shape.traits.aws_query_code()?.map(str::to_owned),
    })
}
