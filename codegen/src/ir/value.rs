//! Values of shapes, such as the parameters of a protocol test, as values of Rust types.

use serde_json::Value as Json;

use super::default::DefaultValue;
use super::types::{RustType, TypeName};

impl Value {
    /// Returns the error that a stream of events ends with.
    pub fn error(self) -> Option<(TypeName, Self)> {
        match self {
            Self::Events { error, .. } => error.map(|(name, error)| (name, *error)),
            _ => None,
        }
    }
}

/// A value of a Rust type.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A value of a type that is not made of others, documents aside.
    Scalar {
        /// The value.
        value: DefaultValue,
        /// Its type.
        ty: RustType,
    },
    /// A document.
    Document(Json),
    /// A structure, with the members that are set.
    Structure {
        /// The structure.
        name: TypeName,
        /// The builder's functions, each with what it is given.
        fields: Vec<(String, Value)>,
    },
    /// A tagged union.
    Union {
        /// The union.
        name: TypeName,
        /// The variant.
        variant: String,
        /// The value, and `true` if it is in a `Box`. `None` for `smithy.api#Unit`.
        value: Option<(Box<Value>, bool)>,
    },
    /// A union's variant that no model knows.
    UnknownUnion(TypeName),
    /// The events of a stream, and the error that it ends with, by its variant of the crate's errors.
    Events {
        /// The events.
        events: Vec<Value>,
        /// The error.
        error: Option<(TypeName, Box<Value>)>,
    },
    /// A list; `None` is a null in a sparse one.
    List {
        /// Its elements.
        elements: Vec<Option<Value>>,
        /// `true` if it may hold nulls.
        sparse: bool,
    },
    /// A map; `None` is a null in a sparse one.
    Map {
        /// Its entries.
        entries: Vec<(Value, Option<Value>)>,
        /// `true` if it may hold nulls.
        sparse: bool,
    },
}
