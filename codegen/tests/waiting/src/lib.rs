//! The crate for `../fixtures/waiting.json`: waiters, pages, and endpoint parameters out of requests.

include!(concat!(env!("OUT_DIR"), "/src/lib.rs"));
