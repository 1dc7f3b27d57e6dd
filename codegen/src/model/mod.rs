//! A Smithy model as Smithy defines it.
//!
//! A JSON AST becomes a value (`json`), and that becomes shapes as they are written down, `apply` statements worked in (`raw`); the
//! reader of IDL gives the same. Mixins are worked in (`mixins`), and [`Shape`]s of one enum of kinds are built (`build`). [`Closure::select`] links it: it finds the
//! service and the operations that are meant and everything that they reach, and checks that all of it is there and has the right form.
//!
//! Nothing here knows Rust; and nothing that comes later looks at JSON, apart from values that are JSON by nature (defaults, endpoint
//! rules, tests).

pub(crate) mod ast;
mod auth;
mod build;
mod byte_streams;
mod checks;
mod closure;
mod event_streams;
mod id;
pub(crate) mod json;
pub(crate) mod mixins;
mod node;
mod prelude;
pub(crate) mod raw;
mod recursion;
mod selection;
mod shape;
mod supported;
mod traits;

use indexmap::IndexMap;

pub use auth::{HTTP_API_KEY, HTTP_BASIC, HTTP_BEARER, NO_AUTH, SIGV4, SIGV4A};
pub use byte_streams::is_byte_stream;
pub use closure::Closure;
pub use event_streams::is_event_stream;
pub use id::ShapeId;
use raw::{Ast, RawShapes};
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
    /// Reads a JSON AST of Smithy 2.0.
    #[cfg(test)]
    pub fn parse(text: &str) -> Result<Self, Error> {
        Self::from_ast(Ast::parse(text)?)
    }

    /// Makes a model of a JSON AST of Smithy 2.0.
    pub fn from_ast(ast: Ast) -> Result<Self, Error> {
        let Some(shapes) = ast.shapes else {
            return Err(Error::new(
                "the model has no `shapes`, an object of shapes by id",
            ));
        };
        let mut diagnostics = Diagnostics::new();
        let raw = raw::read_shapes(shapes, &mut diagnostics);
        Self::build(raw, diagnostics)
    }

    /// Makes a model of raw shapes.
    pub fn from_raw(shapes: RawShapes) -> Result<Self, Error> {
        Self::build(shapes, Diagnostics::new())
    }

    fn build(mut raw: RawShapes, mut diagnostics: Diagnostics) -> Result<Self, Error> {
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

    /// Checks all shapes: those that they refer to are there and of a kind that fits, and traits have the form that they must have.
    pub fn check(&self) -> Result<(), Error> {
        checks::references(self)?;
        let mut diagnostics = Diagnostics::new();
        let shapes = self.shapes.iter().collect();
        checks::forms(std::iter::empty(), &shapes, &mut diagnostics);
        recursion::recursive_members(&shapes, &mut diagnostics);
        diagnostics.finish(())
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

#[cfg(test)]
mod tests;
