//! Endpoint parameters that come out of a request.

use super::query::Query;

/// A parameter of the endpoint rules.
#[derive(Debug)]
pub struct ContextPath {
    /// The name in the rules.
    pub name: String,
    /// The path: a string, a boolean, or a list or stream of strings.
    pub query: Query,
}
