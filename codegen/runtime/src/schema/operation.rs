//! The schema of an operation: what is in the model, apart from its input and output.

/// An operation of a service, as protocols and the path of a call see it.
#[derive(Clone, Copy, Debug)]
pub struct OperationSchema {
    service: &'static str,
    name: &'static str,
    auth: Auth,
    has_input: bool,
    has_sensitive_input: bool,
    has_sensitive_output: bool,
    input_stream: Option<Stream>,
    output_stream: Option<Stream>,
    #[cfg(feature = "http-bindings")]
    http: HttpBinding,
}

/// The HTTP messages of an operation: `smithy.api#http`.
#[cfg(feature = "http-bindings")]
#[derive(Clone, Copy, Debug)]
pub(crate) struct HttpBinding {
    pub(crate) method: &'static str,
    /// The pattern of path and query, with labels in braces.
    pub(crate) uri: &'static str,
    /// The status of a response that reports no error, besides those from 200 to 299.
    pub(crate) status: u16,
}

/// The kind of a stream.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Stream {
    Events,
    Bytes,
}

/// The authentication of an operation's calls.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Auth {
    Signed,
    /// Signed if there are credentials.
    Optional,
    Unsigned,
}

impl OperationSchema {
    /// Creates the schema of an operation that has an input and whose calls are signed. The names are those in the model.
    pub const fn new(service: &'static str, name: &'static str) -> Self {
        Self {
            service,
            name,
            auth: Auth::Signed,
            has_input: true,
            has_sensitive_input: false,
            has_sensitive_output: false,
            input_stream: None,
            output_stream: None,
            #[cfg(feature = "http-bindings")]
            http: HttpBinding {
                method: "POST",
                uri: "/",
                status: 200,
            },
        }
    }

    /// Marks the operation as one without an input.
    pub const fn without_input(mut self) -> Self {
        self.has_input = false;
        self
    }

    /// Sets the method of requests, and the pattern of their path and query: `smithy.api#http`. What stands in braces is a label: the name of
    /// a member, which takes its place, and a plus sign behind it if that may hold several segments of the path.
    #[cfg(feature = "http-bindings")]
    pub const fn http(mut self, method: &'static str, uri: &'static str) -> Self {
        self.http.method = method;
        self.http.uri = uri;
        self
    }

    /// Sets the status of a response that reports no error, where it is not one from 200 to 299: the `code` of `smithy.api#http`.
    #[cfg(feature = "http-bindings")]
    pub const fn status(mut self, status: u16) -> Self {
        self.http.status = status;
        self
    }

    /// Marks requests as holding what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_input(mut self) -> Self {
        self.has_sensitive_input = true;
        self
    }

    /// Marks responses, or errors, as holding what `smithy.api#sensitive` marks, at any depth: logs do not show them.
    pub const fn sensitive_output(mut self) -> Self {
        self.has_sensitive_output = true;
        self
    }

    /// Marks responses as event streams: one of the output's members is a `smithy.api#streaming` union.
    pub const fn event_stream_output(mut self) -> Self {
        self.output_stream = Some(Stream::Events);
        self
    }

    /// Marks requests as event streams: one of the input's members is a `smithy.api#streaming` union.
    pub const fn event_stream_input(mut self) -> Self {
        self.input_stream = Some(Stream::Events);
        self
    }

    /// Marks the bodies of responses as streams of bytes: one of the output's members is a `smithy.api#streaming` blob.
    pub const fn byte_stream_output(mut self) -> Self {
        self.output_stream = Some(Stream::Bytes);
        self
    }

    /// Marks the bodies of requests as streams of bytes: one of the input's members is a `smithy.api#streaming` blob.
    pub const fn byte_stream_input(mut self) -> Self {
        self.input_stream = Some(Stream::Bytes);
        self
    }

    /// Marks calls as never signed: `smithy.api#auth` with an empty list.
    pub const fn unsigned(mut self) -> Self {
        self.auth = Auth::Unsigned;
        self
    }

    /// Marks calls as signed if there are credentials: `smithy.api#optionalAuth`.
    pub const fn optional_auth(mut self) -> Self {
        self.auth = Auth::Optional;
        self
    }

    /// Returns the service's name in the model.
    pub const fn service(&self) -> &'static str {
        self.service
    }

    /// Returns the operation's name in the model.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns `true` if the operation has an input.
    pub const fn has_input(&self) -> bool {
        self.has_input
    }

    /// Returns `true` if responses are event streams.
    #[cfg_attr(
        not(any(feature = "rpc-v2", feature = "event-stream")),
        allow(dead_code)
    )]
    pub(crate) const fn has_event_stream_output(&self) -> bool {
        matches!(self.output_stream, Some(Stream::Events))
    }

    #[cfg(feature = "http-bindings")]
    pub(crate) const fn http_binding(&self) -> &HttpBinding {
        &self.http
    }

    /// Returns `true` if a response with this status reports no error.
    pub(crate) const fn is_success(&self, status: u16) -> bool {
        #[cfg(feature = "http-bindings")]
        if status == self.http.status {
            return true;
        }
        matches!(status, 200..=299)
    }

    pub(crate) const fn auth(&self) -> Auth {
        self.auth
    }

    pub(crate) const fn has_sensitive_input(&self) -> bool {
        self.has_sensitive_input
    }

    pub(crate) const fn has_sensitive_output(&self) -> bool {
        self.has_sensitive_output
    }
}
