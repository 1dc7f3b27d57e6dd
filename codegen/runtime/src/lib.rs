//! What crates written by `smithy-codegen` stand on, the same for every service.

pub mod endpoint;
