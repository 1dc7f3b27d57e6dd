//! Tools for tests: a service without a network, and the checks that generated protocol tests make.

#[cfg(feature = "event-stream")]
mod event_stream;
#[cfg(feature = "event-stream")]
mod event_test;
pub mod fake;
#[cfg(feature = "event-stream-input")]
mod incoming;
pub mod protocol_test;
