//! A client: AWS's settings, put together once.

mod auth;
pub(crate) mod config_check;
pub(crate) mod plugins;
pub(crate) mod service;

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;

#[cfg(feature = "http-auth")]
use aws_credential_types::Token;
#[cfg(feature = "http-auth")]
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep};
use aws_smithy_async::time::{SharedTimeSource, TimeSource};
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::identity::ResolveCachedIdentity;
#[cfg(feature = "http-auth")]
use aws_smithy_runtime_api::client::identity::http::Login;
use aws_smithy_runtime_api::client::interceptors::{Intercept, SharedInterceptor};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugins;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::SdkConfig;
use aws_types::app_name::AppName;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::sdk_config::Builder as SdkConfigBuilder;

use self::config_check::MissingSetting;
use self::plugins::Setup;
use crate::endpoint::{ContextParams, EndpointError};
use crate::{OperationSchema, Service};

/// The inside of a generated client: everything that its calls share. Cheap to clone.
#[derive(Clone)]
pub struct Client(pub(crate) Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) service: &'static Service,
    pub(crate) setup: Setup,
}

impl Client {
    /// Returns the service that the client calls.
    pub fn service(&self) -> &'static Service {
        self.0.service
    }

    pub(crate) fn plugins(&self) -> &RuntimePlugins {
        &self.0.setup.plugins
    }

    /// Returns the URL of the endpoint, unless it depends on the call.
    pub(crate) fn endpoint(&self) -> Option<&str> {
        self.0.setup.endpoints.fixed()
    }

    /// Checks that the client has all settings that a call of this operation needs.
    pub(crate) fn check(&self, operation: &OperationSchema) -> Result<(), MissingSetting> {
        let auth = self.0.service.auth(operation);
        self.0.setup.prerequisites.check(auth)
    }

    /// Checks that the client has all settings that a call of this operation needs to be signed, but perhaps not to be sent.
    pub(crate) fn check_signing(&self, operation: &OperationSchema) -> Result<(), MissingSetting> {
        let auth = self.0.service.auth(operation);
        self.0.setup.prerequisites.check_signing(auth)
    }

    /// Checks that the region is valid, and that there is an endpoint unless it depends on the call.
    pub(crate) fn check_endpoint(&self) -> Result<(), &EndpointError> {
        self.0.setup.endpoints.check()
    }

    /// Returns the implementation of sleeping; `None` if neither the `SdkConfig` nor the crate's features have one.
    pub(crate) fn sleep_impl(&self) -> Option<SharedAsyncSleep> {
        self.0.setup.sleep_impl.clone()
    }

    /// Returns the timeouts of the client's settings.
    #[cfg(feature = "event-stream")]
    pub(crate) fn timeout_config(&self) -> Option<&TimeoutConfig> {
        self.0.setup.timeout_config.as_ref()
    }

    /// Returns the clock of the client.
    pub(crate) fn time_source(&self) -> SharedTimeSource {
        self.0.setup.time_source.clone()
    }
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client")
            .field("service", &self.0.service.id)
            .field("endpoint", &self.endpoint())
            .finish_non_exhaustive()
    }
}

/// A builder that makes a client out of an [`SdkConfig`] and what is different for this client.
///
/// Settings made here take precedence over those of the `SdkConfig`. All of the latter are honoured but:
/// - `behavior_version`: it is for AWS's generated clients; this one always takes the newest defaults;
/// - `token_provider` (feature `http-auth`), `sigv4a_signing_region_set` (feature `sigv4a`): where the model has no use for them, calls
///   are signed with SigV4 or not at all;
/// - `request_checksum_calculation`, `response_checksum_validation`: unless the service's operations have checksums
///   (`aws.protocols#httpChecksum`), there is no use for them;
/// - `protocol`: a generated crate speaks the one that it was generated for.
///
/// Without an `http_client` the client uses AWS's default one (feature `default-https-client`). In debug builds that panics
/// on a machine without CA certificates, even for a URL that starts with `http://`. There, for instance in a container
/// against a local server, set one that does no TLS: `aws_smithy_http_client::Builder::new().build_http()`.
#[must_use = "a builder does nothing until `build` is called"]
pub struct ClientBuilder<C> {
    settings: Settings,
    client: PhantomData<fn() -> C>,
}

struct Settings {
    service: &'static Service,
    config: SdkConfigBuilder,
    own: OwnSettings,
}

/// Settings that an [`SdkConfig`] does not have.
#[derive(Default)]
struct OwnSettings {
    interceptors: Vec<SharedInterceptor>,
    client_context: ContextParams,
    disable_host_prefix: bool,
    #[cfg(feature = "http-auth")]
    http_identities: auth::HttpIdentities,
}

impl<C: From<Client>> ClientBuilder<C> {
    /// Creates a builder that starts from these settings.
    pub fn new(config: &SdkConfig, service: &'static Service) -> Self {
        let settings = Settings {
            service,
            config: config.to_builder(),
            own: OwnSettings::default(),
        };
        Self {
            settings,
            client: PhantomData,
        }
    }

    /// Builds the client.
    ///
    /// This cannot fail: if something is missing, every call says so before anything is sent.
    pub fn build(self) -> C {
        C::from(self.settings.build())
    }

    fn with(mut self, set: impl FnOnce(SdkConfigBuilder) -> SdkConfigBuilder) -> Self {
        self.settings.config = set(self.settings.config);
        self
    }

    /// Sends to this URL instead of the service's own endpoint.
    pub fn endpoint_url(self, url: impl Into<String>) -> Self {
        self.with(|mut config| {
            config.insert_origin("endpoint_url", Origin::service_config());
            config.endpoint_url(url)
        })
    }

    /// Sends to this region.
    pub fn region(self, region: Region) -> Self {
        self.with(|config| config.region(region))
    }

    /// Signs with these credentials.
    pub fn credentials_provider(self, provider: impl ProvideCredentials + 'static) -> Self {
        let provider = SharedCredentialsProvider::new(provider);
        self.with(|config| config.credentials_provider(provider))
    }

    /// Authenticates with bearer tokens of this provider, where the service takes them.
    #[cfg(feature = "http-auth")]
    pub fn token_provider(self, provider: impl ProvideToken + 'static) -> Self {
        let provider = SharedTokenProvider::new(provider);
        self.with(|mut config| {
            config.insert_origin("token_provider", Origin::service_config());
            config.token_provider(provider)
        })
    }

    /// Authenticates with this API key, where the service takes one.
    #[cfg(feature = "http-auth")]
    pub fn api_key(mut self, key: impl Into<Token>) -> Self {
        self.settings.own.http_identities.api_key = Some(key.into());
        self
    }

    /// Authenticates with this user and this password, where the service takes them.
    #[cfg(feature = "http-auth")]
    pub fn basic_auth(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        let login = Login::new(user, password, None);
        self.settings.own.http_identities.login = Some(login);
        self
    }

    /// Caches credentials in this way.
    pub fn identity_cache(self, cache: impl ResolveCachedIdentity + 'static) -> Self {
        self.with(|config| config.identity_cache(cache))
    }

    /// Sends to FIPS endpoints only.
    pub fn use_fips(self, use_fips: bool) -> Self {
        self.with(|config| config.use_fips(use_fips))
    }

    /// Sends to endpoints that have IPv6 too.
    pub fn use_dual_stack(self, use_dual_stack: bool) -> Self {
        self.with(|config| config.use_dual_stack(use_dual_stack))
    }

    /// Sets the number of attempts, and the delays between them.
    pub fn retry_config(self, retry_config: RetryConfig) -> Self {
        self.with(|config| config.retry_config(retry_config))
    }

    /// Sets the timeouts of calls.
    pub fn timeout_config(self, timeout_config: TimeoutConfig) -> Self {
        self.with(|config| config.timeout_config(timeout_config))
    }

    /// Sets the protection from connections that stand still.
    pub fn stalled_stream_protection(self, protection: StalledStreamProtectionConfig) -> Self {
        self.with(|config| config.stalled_stream_protection(protection))
    }

    /// Sends with this HTTP client.
    pub fn http_client(self, http_client: impl HttpClient + 'static) -> Self {
        self.with(|config| config.http_client(http_client))
    }

    /// Waits with this.
    pub fn sleep_impl(self, sleep_impl: impl AsyncSleep + 'static) -> Self {
        self.with(|config| config.sleep_impl(sleep_impl))
    }

    /// Sets the clock.
    pub fn time_source(self, time_source: impl TimeSource + 'static) -> Self {
        self.with(|config| config.time_source(time_source))
    }

    /// Names the application in the user agent.
    pub fn app_name(self, app_name: AppName) -> Self {
        self.with(|config| config.app_name(app_name))
    }

    /// Sends where the service's endpoint rules say for these parameters, which only this service has: the `endpoint::ClientContext`
    /// of its crate. Most services have none.
    pub fn client_context(mut self, context: impl Into<ContextParams>) -> Self {
        self.settings.own.client_context = context.into();
        self
    }

    /// Sends to the endpoint's host as it is, with nothing in front of its name, whatever the operation: for a local server, or for a
    /// proxy with one name (`smithy.api#endpoint`, `hostPrefix`). An endpoint at an IP address cannot be called otherwise by an
    /// operation that has such a prefix.
    pub fn disable_host_prefix(mut self, disable: bool) -> Self {
        self.settings.own.disable_host_prefix = disable;
        self
    }

    /// Runs this interceptor in every call, after those that were added before.
    pub fn interceptor(mut self, interceptor: impl Intercept + 'static) -> Self {
        self.settings
            .own
            .interceptors
            .push(SharedInterceptor::new(interceptor));
        self
    }
}

impl Settings {
    fn build(self) -> Client {
        let config = self.config.build();
        let Self { service, own, .. } = self;
        Client(Arc::new_cyclic(|client| Shared {
            service,
            setup: plugins::setup(&config, service, own, client),
        }))
    }
}

impl<C> fmt::Debug for ClientBuilder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientBuilder")
            .field("service", &self.settings.service.id)
            .finish_non_exhaustive()
    }
}
