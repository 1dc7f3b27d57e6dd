//! The client for `model.json`: a service of one's own that speaks restJson1, without a signature.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));
