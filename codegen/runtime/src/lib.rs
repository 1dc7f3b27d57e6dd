//! The runtime of crates written by `smithy-codegen`, the same for every service.
//!
//! A generated operation is an [`Operation`]: two pure functions, from a request to an HTTP message and from an HTTP message to a
//! response. Between them lie AWS's runtime crates, from signing to retries, set up by a [`Client`]. None of it is generic: a [`Call`]
//! writes the request, hands it to the one path that all operations share, and reads the response.
//!
//! Users of generated code meet
//!
//! - [`ClientBuilder`], which makes a client out of an [`SdkConfig`];
//! - [`Call`], [`Waiter`] and [`Paginator`], which operations return, and [`PresignedRequest`], which a call can become;
//! - [`Failure`], to which all errors dereference;
//! - `EventStream` (feature `event-stream`), in responses that come event by event, and in requests that go so, which an `EventSender`
//!   may feed (feature `event-stream-input`);
//! - `ByteStream` (feature `byte-stream`), in requests and responses whose body is not in memory as a whole;
//! - `fake` (feature `test-util`), a service that a test scripts.
//!
//! Generated code describes its service with
//!
//! - [`Service`], [`Operation`] and [`OperationSchema`];
//! - [`schema`] for its types: tables of members, written by the macros [`structure!`], [`union!`], [`string_enum!`] and [`int_enum!`];
//! - [`ModeledError`] and [`OperationError`] for its errors, with the macros [`modeled_error!`], [`operation_error!`],
//!   [`service_error!`] and [`error_type!`];
//! - [`protocol`] for the one that it speaks (feature `rpc-v2` or `cbor`, unless it is one of awsJson's), [`endpoint`] for its
//!   endpoint rules, [`jmespath`] for the expressions of its waiters.
//!
//! # Streams of bytes
//!
//! A `smithy.api#streaming` blob is AWS's `ByteStream`. In a request it is made of bytes in memory, of a file, or of any body; in a response
//! its bytes come as they are read, while those that are not stay where they are:
//!
//! ```standalone_crate
//! # // The services of this crate's own tests, at the root of a crate as a generated one has them.
//! # #[path = "../tests/client/service.rs"]
//! # mod service;
//! # #[path = "../tests/client/bytes/service.rs"]
//! # mod studio;
//! # use service::{Client, Error, ServiceError};
//! # use smithy_rt::fake::Fake;
//! # use smithy_rt::{ByteStream, ClientBuilder};
//! # use studio::{Play, PlayResponse, Record, RecordRequest, RecordResponse, play, record};
//! #
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let fake = Fake::new();
//! # fake.on::<Record>(|_| Ok(RecordResponse { length: None }));
//! # fake.on::<Play>(|_| Ok(PlayResponse::builder().sound(b"do re mi".to_vec()).build()));
//! # let client = Client(ClientBuilder::new(&fake.config(), &studio::STUDIO).build());
//! # let folder = tempfile::tempdir()?;
//! # let path = folder.path().join("scale.flac");
//! # std::fs::write(&path, "do re mi")?;
//! let request = RecordRequest::builder()
//!     .name("scale")
//!     .sound(ByteStream::from_path(&path).await?)
//!     .build();
//! record::<Record>(&client, request).await?;
//!
//! let mut response = play(&client).await?;
//! while let Some(bytes) = response.sound.next().await {
//!     println!("{} bytes more", bytes?.len());
//! }
//! # Ok(())
//! # }
//! ```
//!
//! - Bytes in memory and files can be sent again, so that a failed attempt is followed by another. Any other body is sent once, whatever
//!   becomes of it, and in chunks unless it has an exact size hint. Where the model says that the length has to be known
//!   (`smithy.api#requiresLength`), a stream without one is an error before anything is sent.
//! - Bytes in memory are part of the signature, and are compressed and get a checksum where the model says so. Other streams are
//!   signed as AWS's own clients sign them, as an unsigned payload, which not every service takes where its model does not say so
//!   (`aws.auth#unsignedPayload`); they are not compressed, and where a checksum is needed ahead of the body, they are an error.
//! - The timeouts of a call end where the body of its response begins. From there on, as during an upload, AWS's stalled stream protection
//!   ends what stands still. A response whose body has begun is never tried again.
//! - A stream that is dropped closes its connection. So does a call.
//!
//! # Presigned requests
//!
//! Any call can be signed for somebody else to send, for instance a browser that has no credentials:
//!
//! ```
//! use std::time::Duration;
//! # use smithy_rt::Call;
//!
//! # async fn share<T, F>(call: Call<T, F>) -> Result<(), F> {
//! // `call` is what any operation's function returns, such as `client.get_object(request)`.
//! let presigned = call.presigned(Duration::from_secs(15 * 60)).await?;
//! println!("{} {}", presigned.method(), presigned.url());
//! # Ok(())
//! # }
//! ```
//!
//! Nothing is sent. The signature is in the URL's query, and so is the token of temporary credentials, with which it ends even if its
//! own time is not up. Beside the URL there may be [headers](PresignedRequest::headers) to send, and a
//! [body](PresignedRequest::body): most services want the body signed, which an operation with the method POST always has in the
//! protocols that are not REST. S3 takes any body that whoever has the URL sends, so leave it out of a request that is to be presigned.
//! User agent, invocation id and attempt count are left to the sender.
//!
//! Members that hold a presigned URL of another operation, such as `PreSignedUrl` in requests of RDS, Neptune and DocumentDB that copy a
//! snapshot from another region, are not filled in: presign the call that they are for, at a client for that region, and set them.
//!
//! # Authentication
//!
//! The model says which schemes a service takes, and for each operation if it differs: AWS's signatures (`aws.auth#sigv4`, and
//! `aws.auth#sigv4a` with the feature `sigv4a`), and with the feature `http-auth` bearer tokens, API keys, and users with passwords. A call
//! takes the first of them, in the model's order, for which the client has an identity; `auth_scheme_preference` of the [`SdkConfig`]
//! puts others first. An endpoint that names schemes has the last word: where it asks for SigV4a, calls are signed so, for the regions
//! that it names, or those of `sigv4a_signing_region_set`. A client asks for nothing that its calls have no use for: where there is a
//! token, there need be neither credentials nor a region.
//!
//! # Interceptors
//!
//! Calls are signed, retried, protected from stalled streams and corrected for clock skew, and they carry user agent,
//! invocation id and attempt count, all by AWS's own interceptors. Of those that AWS's generated clients install, these are
//! not there:
//!
//! - metrics: they are for `aws-smithy-observability`, which is not at 1.x;
//! - those that only report, in the user agent, which features of a client are in use;
//! - recursion detection outside of Lambda functions, where it has nothing to do. A client that is made while
//!   `AWS_LAMBDA_FUNCTION_NAME` is set has it.
//!
//! # Logging
//!
//! This crate logs nothing; it opens a span `call` at DEBUG around every call, with the names of service and operation. AWS's
//! crates log what they do at DEBUG, without bodies and secrets. At TRACE, `aws_smithy_runtime::client::orchestrator` and
//! `aws_smithy_runtime::client::orchestrator::http` show requests and responses as they are, bodies included, but for those of
//! operations whose model calls anything in them sensitive (`smithy.api#sensitive`, at any depth):
//!
//! - responses of operations whose output or errors hold such members are marked with AWS's `SensitiveOutput`, so that AWS's
//!   crates do not show them, unless the environment variable `LOG_SENSITIVE_BODIES` is `true`. Their mark has no say in what is
//!   logged before a body is read: an HTTP client that hands over bodies in memory, as those for tests do, has them shown;
//! - AWS's crates have no such mark for requests. Here, the body of a request that holds such members is handed over as a stream,
//!   of which they show nothing;
//! - `aws_sigv4` shows the headers that it signs, and the body of every request where the environment variable
//!   `LOG_SIGNABLE_BODY` is `true`. It shows the events of a request as well, all of them, since each is signed.
//!
//! Of the body of a response that is a stream, nothing is logged; of one of a request, the bytes that are in memory.
//!
//! What of a request is outside of its body cannot be hidden: AWS's crates log the URI and all headers but those that they know to be
//! secret by their names (`Authorization`, `Cookie`, `X-Amz-Security-Token` and a few of S3's). So members in paths, queries and headers
//! are shown even if the model calls them sensitive, and so are API keys.
//!
//! Keep these below TRACE where that, or other bodies, must not be read. Text that an error response has in place of JSON is shown by errors,
//! but not those of operations that are marked so.

#![warn(clippy::self_named_module_files)] // A folder's own file is mod.rs.
#![deny(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

pub mod endpoint;
pub mod jmespath;
pub mod paginator;
pub mod waiter;

mod call;
#[cfg(feature = "http-checksum")]
mod checksum;
mod client;
mod codec;
mod error;
mod line;
pub mod protocol;
pub mod schema;
#[cfg(feature = "stream")]
mod stream;
#[cfg(feature = "test-util")]
mod testing;

#[doc(hidden)]
pub use serde_core;

pub use aws_smithy_types::big_number::{BigDecimal, BigInteger};
#[cfg(feature = "byte-stream")]
pub use aws_smithy_types::byte_stream::{self, ByteStream};
pub use aws_smithy_types::error::ErrorMetadata;
pub use aws_smithy_types::error::metadata::ProvideErrorMetadata;
pub use aws_smithy_types::retry::ErrorKind;
pub use aws_smithy_types::{Blob, DateTime};
pub use aws_types::SdkConfig;

pub use self::call::operation::Operation;
pub use self::call::presigning::PresignedRequest;
pub use self::call::response::ResponseMetadata;
#[cfg(feature = "sessions")]
pub use self::call::session::{Session, SessionFuture, Sessions};
pub use self::call::{Call, CallFuture, CallWithMetadata, CallWithMetadataFuture};
pub use self::client::service::{Service, Signing};
pub use self::client::{Client, ClientBuilder};
pub use self::codec::{DecodeError, EncodeError};
pub use self::error::facts::SdkError;
pub use self::error::failure::Failure;
pub use self::error::{ErrorVariant, Fault, ModeledError, OperationError, UnmodeledError};
pub use self::paginator::Paginator;
pub use self::protocol::{EncodedRequest, EncodedResponse, ErrorResponse};
pub use self::schema::builder;
pub use self::schema::redacted::Redacted;
pub use self::schema::unknown::{UnknownInteger, UnknownValue};
pub use self::schema::{AuthScheme, OperationSchema};
#[cfg(feature = "stream")]
pub use self::stream::StreamMember;
#[cfg(feature = "event-stream")]
pub use self::stream::{EventReceiver, EventStream, EventUnion};
#[cfg(feature = "event-stream-input")]
pub use self::stream::{EventSender, SendError};
#[cfg(feature = "test-util")]
pub use self::testing::{fake, protocol_test};
pub use self::waiter::Waiter;

/// A value of any form, as the service sent it or takes it.
pub type Document = serde_json::Value;

/// For the macros of this crate.
#[doc(hidden)]
pub mod __private {
    pub use crate::codec::json::{deserialize, serialize};
    pub use crate::error::{fmt_modeled, kind_of};
    pub use crate::schema::builder::fmt_builder;
    pub use crate::schema::hash::hash;
    pub use crate::schema::unknown::{unknown_integer, unknown_value};
    #[cfg(feature = "byte-stream")]
    pub use crate::stream::bytes::DebugStream;
}
