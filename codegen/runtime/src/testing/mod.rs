//! Tools for tests: a service without a network, and the checks that generated protocol tests make.

pub mod fake;
pub mod protocol_test;
