//! Authentication schemes: the ways in which services know who calls.

/// An authentication scheme of Smithy or AWS.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// A signature for one region, by AWS's credentials: `aws.auth#sigv4`.
    SigV4,
    /// A signature for a set of regions, by AWS's credentials: `aws.auth#sigv4a`.
    #[cfg(feature = "sigv4a")]
    SigV4a,
    /// A token in the header `Authorization`: `smithy.api#httpBearerAuth`.
    #[cfg(feature = "http-auth")]
    HttpBearer,
    /// A user and a password in the header `Authorization`: `smithy.api#httpBasicAuth`.
    #[cfg(feature = "http-auth")]
    HttpBasic,
    /// A key in a header: `smithy.api#httpApiKeyAuth`.
    #[cfg(feature = "http-auth")]
    HttpApiKeyHeader {
        /// The header's name.
        name: &'static str,
        /// The word in front of the key, or nothing.
        scheme: &'static str,
    },
    /// A key in the query: `smithy.api#httpApiKeyAuth`.
    #[cfg(feature = "http-auth")]
    HttpApiKeyQuery {
        /// The parameter's name.
        name: &'static str,
    },
    /// No authentication: `smithy.api#noAuth`.
    NoAuth,
}
