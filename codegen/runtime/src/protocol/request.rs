//! A request as it leaves an operation: bytes, and what else the shared path has to know about it.

use std::fmt;

use crate::EncodeError;
use crate::codec::Codec;
use crate::codec::json::Json;
use crate::endpoint::{ContextParams, ContextValue};
use crate::schema::{Member, Structure, View};

/// A request of an operation, written but not yet addressed or signed.
#[derive(Clone)]
pub struct EncodedRequest {
    pub(crate) target: &'static str,
    pub(crate) body: Vec<u8>,
    pub(crate) host_prefix: Option<String>,
    pub(crate) context: ContextParams,
    #[cfg(feature = "compression")]
    pub(crate) compressible: bool,
}

impl EncodedRequest {
    /// A request in a protocol of the awsJson family; `target` is the value of `x-amz-target`.
    ///
    /// # Errors
    /// If a value has no form in JSON.
    pub fn aws_json(target: &'static str, request: &dyn Structure) -> Result<Self, EncodeError> {
        // Most requests fit, so that nothing has to grow.
        let mut body = Vec::with_capacity(1024);
        Json::NUMBERS.write(View::Structure(request), &Member::ROOT, &mut body)?;
        Ok(Self::new(target, body))
    }

    fn new(target: &'static str, body: Vec<u8>) -> Self {
        Self {
            target,
            body,
            host_prefix: None,
            context: ContextParams::new(),
            #[cfg(feature = "compression")]
            compressible: false,
        }
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

    /// The service accepts this request compressed: `smithy.api#requestCompression` with `gzip`.
    #[cfg(feature = "compression")]
    #[must_use]
    pub fn compressible(mut self) -> Self {
        self.compressible = true;
        self
    }

    /// The value of the `x-amz-target` header.
    pub fn target(&self) -> &'static str {
        self.target
    }

    /// The body, in JSON.
    pub fn body(&self) -> &[u8] {
        &self.body
    }
}

/// Shows everything but the body.
impl fmt::Debug for EncodedRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodedRequest")
            .field("target", &self.target)
            .field("host_prefix", &self.host_prefix)
            .field("body", &format_args!("{} bytes", self.body.len()))
            .finish_non_exhaustive()
    }
}
