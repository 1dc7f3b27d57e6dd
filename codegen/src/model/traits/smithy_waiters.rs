//! `smithy.waiters`: traits of waiters.

use serde_json::{Map, Value};

use super::{Accessor, Traits, accessors};
use crate::Error;
use crate::model::node::Node;

accessors! {
    /// The waiters of an operation, by name.
    waitable("smithy.waiters#waitable") -> &Map<String, Value> = Node::object;
}
