//! The crate for `../fixtures/streaming.json`: requests and responses that are event streams.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));
