//! A Smithy model as Smithy defines it.
//!
//! [`Model::parse`] reads the JSON AST: text to a value (`json`), to shapes as they are written down, `apply` statements worked in
//! (`raw`), mixins worked in (`mixins`), and to [`Shape`]s of one enum of kinds (`build`). [`Closure::select`] links it: it finds the
//! service and the operations that are meant and everything that they reach, and checks that all of it is there and has the right form.
//!
//! Nothing here knows Rust; and nothing that comes later looks at JSON, apart from values that are JSON by nature (defaults, endpoint
//! rules, tests).

mod build;
mod checks;
mod closure;
mod event_streams;
mod id;
pub(crate) mod json;
mod mixins;
mod node;
mod prelude;
mod raw;
mod recursion;
mod selection;
mod shape;
mod supported;
mod traits;

use indexmap::IndexMap;
use serde_json::Value;

pub use closure::Closure;
pub use event_streams::is_event_stream;
pub use id::ShapeId;
pub use selection::Selection;
pub use shape::{
    EnumMember, IntEnumMember, MapMembers, Member, Operation, Resource, Service, Shape, ShapeKind,
};
pub use supported::LeftOut;
pub use traits::{Fault, Paginated, Retryable, TimestampFormat, Traits};

use crate::{Diagnostics, Error};

/// All shapes of a model, those of Smithy's prelude included.
#[derive(Clone, Debug)]
pub struct Model {
    shapes: IndexMap<ShapeId, Shape>,
}

impl Model {
    /// Reads a model in Smithy 2.0's JSON AST.
    pub fn parse(text: &str) -> Result<Self, Error> {
        let Value::Object(mut top) = json::parse(text)? else {
            return Err(Error::new(
                "the model is not a Smithy model, which is a JSON object with `smithy` and `shapes`",
            ));
        };
        check_version(top.get("smithy"))?;
        let Some(Value::Object(shapes)) = top.shift_remove("shapes") else {
            return Err(Error::new(
                "the model has no `shapes`, an object of shapes by id",
            ));
        };
        let mut diagnostics = Diagnostics::new();
        let mut raw = raw::read_shapes(shapes, &mut diagnostics);
        mixins::flatten(&mut raw, &mut diagnostics);
        let mut shapes: IndexMap<_, _> = prelude::shapes()
            .map(|shape| (shape.id.clone(), shape))
            .collect();
        for (id, shape) in raw {
            let shape = diagnostics.keep(build::build(id.clone(), shape));
            shapes.extend(shape.map(|shape| (id, shape)));
        }
        diagnostics.finish(Self { shapes })
    }

    /// The shape of this id.
    pub fn get(&self, id: &ShapeId) -> Option<&Shape> {
        self.shapes.get(id)
    }

    /// The shape of this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Shape> {
        self.shapes.get_mut(id)
    }

    /// All shapes, first those of the prelude, then those of the model in its order.
    pub fn shapes(&self) -> impl Iterator<Item = &Shape> {
        self.shapes.values()
    }
}

fn check_version(version: Option<&Value>) -> Result<(), Error> {
    match version {
        Some(Value::String(version)) if version == "2" || version.starts_with("2.") => Ok(()),
        Some(other) => {
            let version = node::describe(other);
            Err(Error::new(format!(
                "the model is Smithy {version}, but only 2.0 is supported (`smithy ast` writes it)"
            )))
        }
        None => Err(Error::new(
            "the model does not say which version of Smithy it is in; `\"smithy\": \"2.0\"` is missing",
        )),
    }
}

#[cfg(test)]
mod tests;
