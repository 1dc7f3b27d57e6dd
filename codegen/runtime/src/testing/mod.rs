//! Tools for tests: a service without a network, and the checks that generated protocol tests make.

#[cfg(feature = "event-stream")]
mod event_stream;
pub mod fake;
pub mod protocol_test;
