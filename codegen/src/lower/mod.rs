//! From the model to the crate to be written: every decision about names, types, defaults and documentation.
//!
//! Files are called as those of [`ir`](crate::ir) are, which hold what comes out of them.

mod assemble;
mod auth;
mod checksum;
mod context;
mod crate_docs;
mod default;
mod deprecated;
mod derives;
mod docs;
pub(crate) mod endpoint;
mod endpoint_calls;
mod errors;
mod event_stream_tests;
mod examples;
mod host_prefix;
mod http;
mod links;
mod locations;
mod naming;
mod operations;
mod paginators;
mod placement;
mod protocol_tests;
mod request_shapes;
mod rust_type;
mod sensitive;
mod service;
mod sessions;
mod shapes;
mod value;
mod waiter_docs;
mod waiters;
mod xml;

pub use self::assemble::Input;
pub use self::service::package_name;
