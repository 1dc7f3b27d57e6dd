//! The description of a service, of which a generated crate has one.

use aws_runtime::auth::SigningOptions;

#[cfg(feature = "sessions")]
use crate::call::session::Sessions;
use crate::endpoint::{ContextParams, Endpoint, EndpointError, EndpointSettings};
use crate::protocol::Protocol;
use crate::schema::{AuthScheme, OperationSchema};

/// A service, as its generated crate describes it in one static.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The `sdkId` of the model, which names the service in the user agent and in `AWS_ENDPOINT_URL_<ID>`.
    pub id: &'static str,
    /// The authentication schemes of calls, best first, but for operations that have their own.
    pub auth: &'static [AuthScheme],
    /// The name that signatures are made for.
    pub signing_name: Option<&'static str>,
    /// The service's own ways to sign.
    pub signing: Signing,
    /// The environment variable that may hold a bearer token for this service alone. While it does, tokens are preferred.
    pub token_variable: Option<&'static str>,
    /// The version of the generated crate, for the user agent.
    pub crate_version: &'static str,
    /// The protocol of requests and responses.
    pub protocol: &'static dyn Protocol,
    /// The names and query codes of the errors whose message is sensitive.
    pub sensitive_errors: &'static [&'static str],
    /// Headers that every request carries, unless the operation sets them.
    pub headers: &'static [(&'static str, &'static str)],
    /// The endpoint rules of the model.
    pub resolve_endpoint: fn(&EndpointSettings, &ContextParams) -> Result<Endpoint, EndpointError>,
    /// `true` if the endpoint may differ from call to call. If not, it is resolved once per client.
    pub endpoint_depends_on_call: bool,
}

impl Service {
    /// Returns the authentication schemes of an operation's calls, best first.
    pub(crate) fn auth(&self, operation: &OperationSchema) -> &'static [AuthScheme] {
        operation.own_auth().unwrap_or(self.auth)
    }
}

/// The ways in which a service wants its calls signed otherwise than most services do.
#[derive(Clone, Copy, Debug, Default)]
pub struct Signing {
    has_content_sha256: bool,
    is_path_as_sent: bool,
    leaves_presigned_bodies_open: bool,
    #[cfg(feature = "sessions")]
    sessions: Option<&'static Sessions>,
}

impl Signing {
    /// Creates the ways of most services.
    pub const fn new() -> Self {
        Self {
            has_content_sha256: false,
            is_path_as_sent: false,
            leaves_presigned_bodies_open: false,
            #[cfg(feature = "sessions")]
            sessions: None,
        }
    }

    /// Sends the hash of the body in the header `x-amz-content-sha256`.
    pub const fn with_content_sha256(mut self) -> Self {
        self.has_content_sha256 = true;
        self
    }

    /// Signs paths as they are sent: neither encoded once more, nor without their empty segments and those that are dots.
    pub const fn with_path_as_sent(mut self) -> Self {
        self.is_path_as_sent = true;
        self
    }

    /// Leaves bodies out of the signatures of presigned requests.
    pub const fn with_presigned_bodies_open(mut self) -> Self {
        self.leaves_presigned_bodies_open = true;
        self
    }

    /// Signs the calls that the endpoint rules want signed so with the credentials of sessions.
    #[cfg(feature = "sessions")]
    pub const fn with_sessions(mut self, sessions: &'static Sessions) -> Self {
        self.sessions = Some(sessions);
        self
    }

    #[cfg(feature = "sessions")]
    pub(crate) const fn sessions(self) -> Option<&'static Sessions> {
        self.sessions
    }

    /// Returns `true` if the signature of a presigned request says nothing of its body.
    pub(crate) const fn leaves_presigned_bodies_open(self) -> bool {
        self.leaves_presigned_bodies_open
    }

    /// Returns the settings of AWS's signer.
    pub(crate) fn options(self) -> SigningOptions {
        let mut options = SigningOptions::default();
        options.content_sha256_header = self.has_content_sha256;
        options.double_uri_encode = !self.is_path_as_sent;
        options.normalize_uri_path = !self.is_path_as_sent;
        options
    }
}
