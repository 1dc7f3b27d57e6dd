//! The schemes of the header `Authorization` that anybody may use, and those of API keys.

use aws_credential_types::Token;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_runtime::client::auth::http::{
    ApiKeyAuthScheme, ApiKeyLocation, BasicAuthScheme, BearerAuthScheme,
};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::http::{
    HTTP_API_KEY_AUTH_SCHEME_ID as API_KEY, HTTP_BASIC_AUTH_SCHEME_ID as BASIC,
    HTTP_BEARER_AUTH_SCHEME_ID as BEARER,
};
use aws_smithy_runtime_api::client::auth::{
    self, AuthSchemeEndpointConfig, AuthSchemeId, AuthSchemePreference, Sign,
};
use aws_smithy_runtime_api::client::identity::http::Login;
use aws_smithy_runtime_api::client::identity::{Identity, SharedIdentityResolver};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::{
    GetIdentityResolver, RuntimeComponents, RuntimeComponentsBuilder,
};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SdkConfig;
use aws_types::service_config::ServiceConfigKey;

use crate::Service;
use crate::client::config_check::HasHttpIdentities;
use crate::error::causes::TextError;
use crate::schema::AuthScheme;

/// The identities of a client besides AWS's credentials.
#[derive(Default)]
pub(crate) struct HttpIdentities {
    /// The provider of bearer tokens.
    pub(crate) token: Option<SharedTokenProvider>,
    pub(crate) api_key: Option<Token>,
    pub(crate) login: Option<Login>,
}

impl HttpIdentities {
    /// Adds the provider of bearer tokens, as the settings have it.
    pub(crate) fn with_token(self, config: &SdkConfig, service: &Service) -> Self {
        Self {
            token: token_provider(config, service),
            ..self
        }
    }

    /// Returns those that there are.
    pub(crate) fn known(&self) -> HasHttpIdentities {
        HasHttpIdentities {
            token: self.token.is_some(),
            api_key: self.api_key.is_some(),
            login: self.login.is_some(),
        }
    }
}

/// Adds the schemes, and the identities that there are.
pub(crate) fn add(
    components: &mut RuntimeComponentsBuilder,
    service: &Service,
    identities: HttpIdentities,
) {
    components.push_auth_scheme(BearerAuthScheme::new());
    components.push_auth_scheme(BasicAuthScheme::new());
    for scheme in service.auth {
        match *scheme {
            AuthScheme::HttpApiKeyHeader { name, scheme } => {
                components.push_auth_scheme(KeyInHeader { name, scheme });
            }
            AuthScheme::HttpApiKeyQuery { name } => {
                let scheme = ApiKeyAuthScheme::new("", ApiKeyLocation::Query, name);
                components.push_auth_scheme(scheme);
            }
            _ => {}
        }
    }
    if let Some(token) = identities.token {
        components.set_identity_resolver(BEARER, token);
    }
    if let Some(api_key) = identities.api_key {
        components.set_identity_resolver(API_KEY, api_key);
    }
    if let Some(login) = identities.login {
        components.set_identity_resolver(BASIC, login);
    }
}

/// Returns the provider of bearer tokens. What the program sets comes before the service's variable, and that before what
/// `aws_config` finds.
fn token_provider(config: &SdkConfig, service: &Service) -> Option<SharedTokenProvider> {
    let provider = config.token_provider();
    // Where nothing was loaded, all that there is was set.
    let is_loaded = config.service_config().is_some()
        && !config.get_origin("token_provider").is_client_config();
    match token_in_environment(config, service) {
        Some(token) if is_loaded || provider.is_none() => {
            Some(SharedTokenProvider::new(Token::new(token, None)))
        }
        _ => provider,
    }
}

/// Prefers tokens while there is one in the service's variable.
pub(super) fn preference(config: &SdkConfig, service: &Service) -> Option<AuthSchemePreference> {
    token_in_environment(config, service)?;
    Some(AuthSchemePreference::from([BEARER]))
}

/// Returns the token in the service's variable: as `aws_config` sees it, if that has loaded the settings.
fn token_in_environment(config: &SdkConfig, service: &Service) -> Option<String> {
    let variable = service.token_variable?;
    let token = match config.service_config() {
        Some(environment) => {
            let (start, service) = variable.rsplit_once('_')?;
            let key = ServiceConfigKey::builder()
                .service_id(service)
                .env(start)
                // No profile has tokens.
                .profile("")
                .build();
            environment.load_config(key.ok()?)
        }
        None => std::env::var(variable).ok(),
    };
    token.filter(|token| !token.is_empty())
}

/// The scheme of keys in a header. AWS's own puts a blank before a key that has no word in front of it, which HTTP/2 forbids.
#[derive(Clone, Copy, Debug)]
struct KeyInHeader {
    name: &'static str,
    scheme: &'static str,
}

impl auth::AuthScheme for KeyInHeader {
    fn scheme_id(&self) -> AuthSchemeId {
        API_KEY
    }

    fn identity_resolver(
        &self,
        identity_resolvers: &dyn GetIdentityResolver,
    ) -> Option<SharedIdentityResolver> {
        identity_resolvers.identity_resolver(API_KEY)
    }

    fn signer(&self) -> &dyn Sign {
        self
    }
}

impl Sign for KeyInHeader {
    fn sign_http_request(
        &self,
        request: &mut HttpRequest,
        identity: &Identity,
        _endpoint: AuthSchemeEndpointConfig<'_>,
        _components: &RuntimeComponents,
        _cfg: &ConfigBag,
    ) -> Result<(), BoxError> {
        let Some(key) = identity.data::<Token>() else {
            return Err(TextError::new("the identity is no API key").into());
        };
        let value = match self.scheme {
            "" => key.token().to_owned(),
            scheme => format!("{scheme} {}", key.token()),
        };
        // The error would show the key.
        let set = request.headers_mut().try_insert(self.name, value);
        set.map(drop).map_err(|_| {
            TextError::new("the API key has characters that no header can hold").into()
        })
    }
}
