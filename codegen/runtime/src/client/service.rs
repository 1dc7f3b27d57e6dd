//! The description of a service, of which a generated crate has one.

use crate::endpoint::{ContextParams, Endpoint, EndpointError, EndpointSettings};
use crate::protocol::Protocol;
use crate::schema::{Auth, OperationSchema};

/// A service, as its generated crate describes it in one static.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The `sdkId` of the model, which names the service in the user agent and in `AWS_ENDPOINT_URL_<ID>`.
    pub id: &'static str,
    /// The name that signatures are made for. Without one nothing is signed.
    pub signing_name: Option<&'static str>,
    /// The version of the generated crate, for the user agent.
    pub crate_version: &'static str,
    /// The protocol of requests and responses.
    pub protocol: &'static dyn Protocol,
    /// The names and query codes of the errors whose message is sensitive.
    pub sensitive_errors: &'static [&'static str],
    /// The endpoint rules of the model.
    pub resolve_endpoint: fn(&EndpointSettings, &ContextParams) -> Result<Endpoint, EndpointError>,
    /// `true` if the endpoint may differ from call to call. If not, it is resolved once per client.
    pub endpoint_depends_on_call: bool,
}

impl Service {
    /// Returns the authentication of an operation's calls: none where there is no name to sign for.
    pub(crate) fn auth(&self, operation: &OperationSchema) -> Auth {
        match self.signing_name {
            Some(_) => operation.auth(),
            None => Auth::Unsigned,
        }
    }
}
