//! The description of a service, of which a generated crate has one.

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
