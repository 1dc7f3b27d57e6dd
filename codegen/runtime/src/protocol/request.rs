//! A request as it leaves an operation: an HTTP message, and what else the path of a call has to know about it.
//!
//! The methods that show it are for programs that call an operation's functions themselves, which few do: they are `#[inline]`, to be
//! compiled there.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

#[cfg(feature = "event-stream-input")]
use super::EVENT_STREAM;
use super::set_header;
use crate::endpoint::{ContextParams, ContextValue};
use crate::schema::{OperationSchema, Structure};
#[cfg(feature = "event-stream-input")]
use crate::stream::Outgoing;
use crate::{EncodeError, Operation, Service};

/// A request of an operation, written but not yet addressed or signed.
pub struct EncodedRequest {
    pub(crate) http: HttpRequest,
    pub(crate) host_prefix: Option<String>,
    pub(crate) context: ContextParams,
    #[cfg(feature = "compression")]
    pub(crate) compressible: bool,
    /// The events that are the body, behind what is in it now.
    #[cfg(feature = "event-stream-input")]
    pub(crate) events: Option<Outgoing>,
    #[cfg(feature = "http-checksum")]
    pub(crate) checksum: crate::checksum::Choice,
}

impl EncodedRequest {
    /// Writes a request in the protocol of the operation's service.
    ///
    /// # Errors
    /// If a value has no form in the protocol.
    pub fn new<O: Operation>(request: &O::Request) -> Result<Self, EncodeError> {
        Self::of(O::SERVICE, &O::SCHEMA, request)
    }

    /// Does the part of [`Self::new`] that is the same for all operations.
    fn of(
        service: &Service,
        operation: &OperationSchema,
        request: &dyn Structure,
    ) -> Result<Self, EncodeError> {
        let mut http = service.protocol.serialize_request(operation, request)?;
        for (name, value) in service.headers {
            if !http.headers().contains_key(*name) {
                set_header(http.headers_mut(), name, (*value).into())?;
            }
        }
        #[cfg(feature = "event-stream-input")]
        if operation.has_event_stream_input() {
            announce_events(&mut http)?;
        }
        Ok(Self {
            http,
            host_prefix: None,
            context: ContextParams::new(),
            #[cfg(feature = "compression")]
            compressible: false,
            #[cfg(feature = "event-stream-input")]
            events: None,
            #[cfg(feature = "http-checksum")]
            checksum: crate::checksum::Choice::of(operation, request)?,
        })
    }

    /// Sends the request to a host whose name starts with this: `smithy.api#endpoint`.
    #[must_use]
    pub fn host_prefix(mut self, prefix: impl Into<String>) -> Self {
        self.host_prefix = Some(prefix.into());
        self
    }

    /// Sets a parameter of the endpoint rules, if there is a value for it and none was set before.
    #[must_use]
    pub fn context<V: Into<ContextValue>>(mut self, name: &'static str, value: Option<V>) -> Self {
        self.context.set(name, value);
        self
    }

    /// Marks the request as one that the service accepts compressed: `smithy.api#requestCompression` with `gzip`.
    #[cfg(feature = "compression")]
    #[must_use]
    pub fn compressible(mut self) -> Self {
        self.compressible = true;
        self
    }

    /// Returns the HTTP method.
    #[inline]
    pub fn method(&self) -> &str {
        self.http.method()
    }

    /// Returns the path and query, without a host.
    #[inline]
    pub fn uri(&self) -> &str {
        self.http.uri()
    }

    /// Returns a header by its name, in any case.
    #[inline]
    pub fn header(&self, name: &str) -> Option<&str> {
        self.http.headers().get(name)
    }

    /// Returns the body. A stream is not in it: that stays in the request until a call takes it. Before one of events, it is what their first
    /// message holds.
    #[inline]
    pub fn body(&self) -> &[u8] {
        self.http.body().bytes().unwrap_or_default()
    }
}

/// Makes the headers those of a body that is an event stream, of any length.
#[cfg(feature = "event-stream-input")]
fn announce_events(request: &mut HttpRequest) -> Result<(), EncodeError> {
    let headers = request.headers_mut();
    headers.remove("content-length");
    set_header(headers, "content-type", EVENT_STREAM.into())
}

/// Shows everything but the headers and the body.
impl fmt::Debug for EncodedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let length = self.http.body().content_length();
        let length = length.map_or("a stream".to_owned(), |length| format!("{length} bytes"));
        f.debug_struct("EncodedRequest")
            .field("method", &self.method())
            .field("host_prefix", &self.host_prefix)
            .field("body", &format_args!("{length}"))
            .finish_non_exhaustive()
    }
}
