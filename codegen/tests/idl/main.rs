//! Models in Smithy IDL.

mod corpus;
#[path = "../smithy_data/mod.rs"]
mod smithy_data;
