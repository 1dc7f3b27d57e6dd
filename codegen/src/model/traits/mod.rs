//! Traits, behind typed accessors.
//!
//! Each namespace has a file that declares its traits once, with [`annotations!`] and [`accessors!`]: both write the methods and the
//! table of them. An accessor of an annotation, which is only present or absent, returns a `bool`. One of a trait with a value
//! returns `Ok(None)` if the trait is absent, and an error that names shape and trait if the value has the wrong form.
//! [`Closure`](super::Closure) tries all of them for every shape in it, so that errors come all at once and early.

mod aws_api;
mod aws_auth;
mod aws_protocols;
mod fixups;
pub(super) mod smithy_api;
mod smithy_rules;
mod smithy_test;
mod smithy_waiters;

use serde_json::{Map, Value};

use super::ShapeId;
use super::node::Node;
use crate::{Diagnostics, Error};

pub use self::smithy_api::{Fault, Paginated, Retryable, TimestampFormat};

/// The traits of a shape or of a member.
#[derive(Clone, Debug)]
pub struct Traits {
    owner: ShapeId,
    values: Map<String, Value>,
}

/// Tries to read one trait.
type Accessor = fn(&Traits) -> Result<(), Error>;

/// Every accessor that can fail, by namespace.
const ACCESSORS: [&[Accessor]; 8] = [
    smithy_api::ACCESSORS,
    smithy_rules::ACCESSORS,
    smithy_test::ACCESSORS,
    smithy_waiters::ACCESSORS,
    aws_api::ACCESSORS,
    aws_auth::ACCESSORS,
    aws_protocols::ACCESSORS,
    fixups::ACCESSORS,
];

/// Every annotation, by namespace.
const ANNOTATIONS: [&[&str]; 4] = [
    smithy_api::ANNOTATIONS,
    aws_auth::ANNOTATIONS,
    aws_protocols::ANNOTATIONS,
    fixups::ANNOTATIONS,
];

/// Declares traits that are present or absent: a method for each, and the table of their ids.
macro_rules! annotations {
    ($($(#[$doc:meta])* $name:ident($id:literal);)*) => {
        impl Traits {
            $($(#[$doc])* #[doc = concat!("(`", $id, "`)")]
            pub fn $name(&self) -> bool {
                self.has($id)
            })*
        }

        pub(super) const ANNOTATIONS: &[&str] = &[$($id),*];
    };
}

/// Declares traits with a value: a method for each, and the table of them.
macro_rules! accessors {
    ($($(#[$doc:meta])* $name:ident($id:literal) -> $type:ty = $read:expr;)*) => {
        impl Traits {
            $($(#[$doc])* #[doc = concat!("(`", $id, "`)")]
            pub fn $name(&self) -> Result<Option<$type>, Error> {
                self.read($id, $read)
            })*
        }

        pub(super) const ACCESSORS: &[Accessor] = &[$(|traits| traits.$name().map(drop)),*];
    };
}

use {accessors, annotations};

impl Traits {
    pub(in crate::model) fn new(owner: ShapeId, values: Map<String, Value>) -> Self {
        Self { owner, values }
    }

    /// The shape or member that has these traits.
    pub fn owner(&self) -> &ShapeId {
        &self.owner
    }

    /// Returns `true` if there is a trait of this id.
    pub fn has(&self, id: &str) -> bool {
        self.values.contains_key(id)
    }

    /// The value of the trait of this id, as it stands in the model. For traits without an accessor of their own.
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.values.get(id)
    }

    /// The value of the trait of this id, to be changed.
    pub fn get_mut(&mut self, id: &str) -> Option<&mut Value> {
        self.values.get_mut(id)
    }

    /// Adds a trait, or replaces it.
    pub fn insert(&mut self, id: &str, value: Value) {
        self.values.insert(id.to_owned(), value);
    }

    /// Removes a trait.
    pub fn remove(&mut self, id: &str) {
        self.values.shift_remove(id);
    }

    /// The ids of all traits, in the order of the model.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    fn read<'a, T>(
        &'a self,
        id: &'static str,
        read: impl FnOnce(Node<'a>) -> Result<T, Error>,
    ) -> Result<Option<T>, Error> {
        self.get(id)
            .map(|value| read(Node::of_trait(&self.owner, id, value)))
            .transpose()
    }

    /// Tries every accessor.
    pub(in crate::model) fn check(&self, diagnostics: &mut Diagnostics) {
        if self.values.is_empty() {
            return;
        }
        for id in ANNOTATIONS.into_iter().flatten() {
            if let Some(value) = self.get(id)
                && !matches!(value, Value::Object(_) | Value::Null | Value::Bool(true))
            {
                diagnostics.push(
                    Node::of_trait(&self.owner, id, value).expected("an object (mostly `{}`)"),
                );
            }
        }
        for accessor in ACCESSORS.into_iter().flatten() {
            if let Err(error) = accessor(self) {
                diagnostics.push(error);
            }
        }
    }
}
