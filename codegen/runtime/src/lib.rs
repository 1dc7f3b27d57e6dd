//! What crates written by `smithy-codegen` stand on, the same for every service.

pub mod correction;
pub mod endpoint;
pub mod wire;

#[doc(hidden)]
pub use serde;

pub use aws_smithy_types::{Blob, DateTime};

/// A value of any form, as the service sent it or takes it.
pub type Document = serde_json::Value;
