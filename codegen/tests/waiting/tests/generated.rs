//! The tests that the generator makes of the model's own.

mod endpoints {
    include!(concat!(env!("OUT_DIR"), "/tests/endpoints.rs"));
}

#[allow(deprecated)]
mod operation_endpoints {
    include!(concat!(env!("OUT_DIR"), "/tests/operation_endpoints.rs"));
}
