//! Plans to tokens.
pub mod endpoint;
pub mod endpoint_tests;
