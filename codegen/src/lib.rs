//! Reads a Smithy JSON model and writes a Rust client crate for it.

pub mod docs;
pub mod emit;
mod error;
pub mod fixups;
pub mod manifest;
pub mod names;
mod output;
pub mod plan;
pub mod print;
pub mod rules;
pub mod smithy;

pub use error::{Error, Problem, Problems};
pub use output::{File, GeneratedCrate, Options, Phase, Summary};
