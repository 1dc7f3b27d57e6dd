//! The authentication of a client's calls: AWS's schemes, and the identities that they sign with.

#[cfg(feature = "http-auth")]
mod http;

use aws_runtime::auth::sigv4::{SCHEME_ID as SIGV4, SigV4AuthScheme};
#[cfg(feature = "sigv4a")]
use aws_runtime::auth::sigv4a::{SCHEME_ID as SIGV4A, SigV4aAuthScheme};
use aws_smithy_runtime::client::auth::no_auth::NO_AUTH_SCHEME_ID as NO_AUTH;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_types::SdkConfig;

#[cfg(feature = "http-auth")]
pub(super) use self::http::{HttpIdentities, add as add_http};
use crate::Service;
use crate::schema::AuthScheme;

impl AuthScheme {
    /// Returns the name of the scheme in AWS's crates, in preferences, and in the properties of endpoints.
    pub(crate) const fn id(self) -> AuthSchemeId {
        #[cfg(feature = "http-auth")]
        use aws_smithy_runtime_api::client::auth::http as id;

        match self {
            Self::SigV4 => SIGV4,
            #[cfg(feature = "sigv4a")]
            Self::SigV4a => SIGV4A,
            #[cfg(feature = "http-auth")]
            Self::HttpBearer => id::HTTP_BEARER_AUTH_SCHEME_ID,
            #[cfg(feature = "http-auth")]
            Self::HttpBasic => id::HTTP_BASIC_AUTH_SCHEME_ID,
            #[cfg(feature = "http-auth")]
            Self::HttpApiKeyHeader { .. } | Self::HttpApiKeyQuery { .. } => {
                id::HTTP_API_KEY_AUTH_SCHEME_ID
            }
            Self::NoAuth => NO_AUTH,
        }
    }

    /// Returns `true` if it signs with AWS's credentials.
    pub(crate) const fn takes_credentials(self) -> bool {
        match self {
            Self::SigV4 => true,
            #[cfg(feature = "sigv4a")]
            Self::SigV4a => true,
            _ => false,
        }
    }

    /// Returns `true` if one of several signs with AWS's credentials.
    pub(crate) fn any_takes_credentials(schemes: &[Self]) -> bool {
        for scheme in schemes {
            if scheme.takes_credentials() {
                return true;
            }
        }
        false
    }
}

/// Adds the schemes, and the identities that there are.
pub(super) fn add(components: &mut RuntimeComponentsBuilder, config: &SdkConfig) {
    components.push_auth_scheme(SigV4AuthScheme::new());
    #[cfg(feature = "sigv4a")]
    components.push_auth_scheme(SigV4aAuthScheme::new());
    if let Some(credentials) = config.credentials_provider() {
        #[cfg(feature = "sigv4a")]
        components.set_identity_resolver(SIGV4A, credentials.clone());
        components.set_identity_resolver(SIGV4, credentials);
    }
}

/// Returns the schemes that are preferred, whatever the model's order.
pub(super) fn preference(config: &SdkConfig, service: &Service) -> Option<AuthSchemePreference> {
    let preference = config.auth_scheme_preference().cloned();
    #[cfg(feature = "http-auth")]
    let preference = preference.or_else(|| http::preference(config, service));
    #[cfg(not(feature = "http-auth"))]
    let _ = service;
    preference
}
