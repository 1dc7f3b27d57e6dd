//! What a generated crate says once about its service.

use crate::endpoint::{ContextParams, Endpoint, EndpointError, EndpointSettings};

/// A service, as its generated crate describes it in one static.
#[derive(Clone, Copy, Debug)]
pub struct Service {
    /// The `sdkId` of the model: names the service in the user agent and in `AWS_ENDPOINT_URL_<ID>`.
    pub id: &'static str,
    /// The name that signatures are made for. Without one nothing is signed.
    pub signing_name: Option<&'static str>,
    /// The version of the generated crate, for the user agent.
    pub crate_version: &'static str,
    /// How requests and responses are written.
    pub protocol: Protocol,
    /// Whether the service once spoke the query protocol and still names its errors as it did then.
    pub query_compatible: bool,
    /// The names and query codes of the errors whose message is sensitive.
    pub sensitive_errors: &'static [&'static str],
    /// The endpoint rules of the model.
    pub resolve_endpoint: fn(&EndpointSettings, &ContextParams) -> Result<Endpoint, EndpointError>,
    /// Whether the endpoint may differ from call to call. If not, it is resolved once per client.
    pub endpoint_depends_on_call: bool,
}

/// A protocol of the awsJson family.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Protocol {
    /// `aws.protocols#awsJson1_0`
    AwsJson1_0,
    /// `aws.protocols#awsJson1_1`
    AwsJson1_1,
}

impl Protocol {
    /// The content type of requests.
    pub const fn content_type(self) -> &'static str {
        match self {
            Self::AwsJson1_0 => "application/x-amz-json-1.0",
            Self::AwsJson1_1 => "application/x-amz-json-1.1",
        }
    }
}
