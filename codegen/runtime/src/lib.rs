//! What crates written by `smithy-codegen` stand on, the same for every service.

#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod correction;
pub mod endpoint;
#[cfg(feature = "test-util")]
pub mod fake;
pub mod pages;
#[cfg(feature = "test-util")]
pub mod protocol_test;
pub mod waiter;
pub mod wire;

mod call;
mod client;
#[cfg(feature = "compression")]
mod compression;
mod ending;
mod error;
mod explain;
mod failure;
mod macros;
mod operation;
mod orchestrate;
mod pending;
mod plugins;
mod protocol;
mod redacted;
mod request;
mod response;
mod service;
mod token;

#[doc(hidden)]
pub use serde;

pub use aws_smithy_types::retry::ErrorKind;
pub use aws_smithy_types::{Blob, DateTime};
pub use aws_types::SdkConfig;

pub use self::call::{Call, CallFuture, CallWithMetadata, CallWithMetadataFuture};
pub use self::client::{Client, ClientBuilder};
pub use self::error::{Fault, ModeledError, OperationError, UnmodeledError};
pub use self::failure::{Failure, SdkError};
pub use self::operation::{Metadata, Operation};
pub use self::pages::Pages;
pub use self::pending::ResponseMetadata;
pub use self::protocol::ErrorResponse;
pub use self::redacted::Redacted;
pub use self::request::{EncodeError, EncodedRequest};
pub use self::response::{DecodeError, EncodedResponse};
pub use self::service::{Protocol, Service};
pub use self::waiter::Waiter;

/// A value of any form, as the service sent it or takes it.
pub type Document = serde_json::Value;

/// For the macros of this crate.
#[doc(hidden)]
pub mod __private {
    pub use crate::error::{encode_modeled, encode_unmodeled, fmt_modeled};
}
