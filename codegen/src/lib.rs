//! Reads a Smithy JSON model and writes a Rust client crate for it.

pub mod print;
