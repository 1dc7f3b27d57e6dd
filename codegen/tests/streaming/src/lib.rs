//! The crate for `../fixtures/streaming.json`: responses that are event streams.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));
