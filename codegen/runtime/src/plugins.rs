//! AWS's settings and parts, put together once per client.
//!
//! AWS's orchestrator merges a client's plug-ins at the start of every call. Here the merging is done once, and every call
//! gets the result as a single plug-in.
//!
//! Of what AWS's own generated clients install, two things are left out: metrics (they are for
//! `aws-smithy-observability`, which is not at 1.x) and the interceptors that only report in the user agent which features
//! of a client are in use. Recursion detection, which has something to do only in a Lambda function, is installed only there.

use std::mem;
use std::sync::Arc;

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::auth::sigv4::{SCHEME_ID as SIGV4, SigV4AuthScheme};
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{
    DisableClockSkewCorrection, ServiceClockSkewClassifier, ServiceClockSkewInterceptor,
};
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::auth::no_auth::{NO_AUTH_SCHEME_ID as NO_AUTH, NoAuthScheme};
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::identity::no_auth::NoAuthIdentityResolver;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::identity::SharedIdentityResolver;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugin, RuntimePlugins, SharedRuntimePlugin, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_types::config_bag::{FrozenLayer, Layer};
use aws_types::SdkConfig;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use aws_types::service_config::ServiceConfigKey;

use crate::endpoint::{ContextParams, EndpointSettings};
use crate::missing::Prerequisites;
use crate::orchestrate::{AuthOptions, Deserializer, Endpoints, Serializer, SharedEndpoints};
use crate::{ErrorResponse, Service};

/// What the calls of a client share.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) plugins: RuntimePlugins,
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) sleep_impl: Option<SharedAsyncSleep>,
    pub(crate) time_source: SharedTimeSource,
    pub(crate) prerequisites: Prerequisites,
}

/// Puts together what the calls of a client share.
pub(crate) fn setup(
    config: &SdkConfig,
    service: &'static Service,
    interceptors: Vec<SharedInterceptor>,
    client_context: ContextParams,
) -> Setup {
    let settings = EndpointSettings {
        client_context,
        ..endpoint_settings(config, service)
    };
    let endpoints = Arc::new(Endpoints::new(service, settings));
    let mut merge = Merge::default();
    for plugin in default_plugins(default_parameters(config, service)) {
        merge.add(&plugin);
    }
    merge.add_layer(config_layer(config, service));
    merge.add_components(&config_components(config));
    merge.add_components(&our_components(service, &endpoints, interceptors));

    let components = &merge.components;
    Setup {
        endpoints,
        sleep_impl: components.sleep_impl(),
        time_source: components.time_source().unwrap_or_default(),
        prerequisites: Prerequisites::new(config, components),
        plugins: merge.into_plugins(),
    }
}

/// Plug-ins made one, as far as AWS's interface allows: all components, and a layer of settings each.
struct Merge {
    components: RuntimeComponentsBuilder,
    layers: Vec<FrozenLayer>,
}

impl Default for Merge {
    fn default() -> Self {
        Self {
            components: RuntimeComponentsBuilder::new("smithy-rt"),
            layers: Vec::new(),
        }
    }
}

impl Merge {
    fn add(&mut self, plugin: &SharedRuntimePlugin) {
        // Every lookup goes through all layers.
        let settings = plugin.config().filter(|layer| !layer.is_empty());
        self.layers.extend(settings);
        let components = plugin.runtime_components(&self.components).into_owned();
        self.add_components(&components);
    }

    fn add_components(&mut self, components: &RuntimeComponentsBuilder) {
        let merged = mem::replace(
            &mut self.components,
            RuntimeComponentsBuilder::new("smithy-rt"),
        );
        self.components = merged.merge_from(components);
    }

    fn add_layer(&mut self, layer: Layer) {
        self.layers.push(layer.freeze());
    }

    fn into_plugins(mut self) -> RuntimePlugins {
        let mut main = StaticRuntimePlugin::new().with_runtime_components(self.components);
        if let Some(layer) = self.layers.pop() {
            main = main.with_config(layer);
        }
        let settings = self
            .layers
            .into_iter()
            .map(|layer| SharedRuntimePlugin::new(StaticRuntimePlugin::new().with_config(layer)));
        RuntimePlugins::new()
            .with_client_plugins(settings)
            .with_client_plugin(main)
    }
}

fn default_parameters(config: &SdkConfig, service: &Service) -> DefaultPluginParams {
    let partition = match config.region() {
        Some(region) => format!("{}-{region}", short_name(service)),
        None => short_name(service).to_owned(),
    };
    DefaultPluginParams::new()
        .with_retry_partition_name(partition)
        .with_behavior_version(BehaviorVersion::latest())
        .with_is_aws_sdk(true)
}

/// The service's name in the user agent and in the retry partition.
fn short_name(service: &Service) -> &'static str {
    service.signing_name.unwrap_or(service.id)
}

/// The settings that AWS's parts look up by their type.
fn config_layer(config: &SdkConfig, service: &'static Service) -> Layer {
    let mut layer = Layer::new("smithy-rt");
    layer.store_put(SharedRequestSerializer::new(Serializer {
        service,
        #[cfg(feature = "compression")]
        compression: crate::compression::Compression::new(config),
    }));
    layer.store_put(SharedResponseDeserializer::new(Deserializer(service)));
    layer.store_put(AuthSchemeOptionResolverParams::new(()));
    layer.store_put(SigV4OperationSigningConfig::default());
    layer.store_put(ApiMetadata::new(short_name(service), service.crate_version));
    if let Some(name) = service.signing_name {
        layer.store_put(SigningName::from_static(name));
    }
    if let Some(region) = config.region() {
        layer.store_put(region.clone());
        layer.store_put(SigningRegion::from(region.clone()));
    }
    if let Some(retry_config) = config.retry_config() {
        layer.store_put(retry_config.clone());
    }
    if let Some(timeout_config) = config.timeout_config() {
        layer.store_put(timeout_config.clone());
    }
    if let Some(protection) = config.stalled_stream_protection() {
        layer.store_put(protection);
    }
    if let Some(disabled) = config.disable_clock_skew_correction() {
        layer.store_put(DisableClockSkewCorrection::from(disabled));
    }
    if let Some(preference) = config.auth_scheme_preference() {
        layer.store_put(preference.clone());
    }
    if let Some(app_name) = config.app_name() {
        layer.store_put(app_name.clone());
    }
    for framework in config.framework_metadata() {
        layer.store_append(framework.clone());
    }
    layer
}

/// The components that the `SdkConfig` brings.
fn config_components(config: &SdkConfig) -> RuntimeComponentsBuilder {
    let mut components = RuntimeComponentsBuilder::new("SdkConfig")
        .with_http_client(config.http_client())
        .with_sleep_impl(config.sleep_impl())
        .with_time_source(config.time_source())
        .with_identity_cache(config.identity_cache());
    if let Some(credentials) = config.credentials_provider() {
        components.set_identity_resolver(SIGV4, credentials);
    }
    components
}

/// The components that every call needs besides AWS's defaults.
fn our_components(
    service: &'static Service,
    endpoints: &Arc<Endpoints>,
    interceptors: Vec<SharedInterceptor>,
) -> RuntimeComponentsBuilder {
    let no_identity = SharedIdentityResolver::new(NoAuthIdentityResolver::new());
    let mut components = RuntimeComponentsBuilder::new("smithy-rt")
        .with_endpoint_resolver(Some(SharedEndpoints(Arc::clone(endpoints))))
        .with_auth_scheme_option_resolver(Some(AuthOptions {
            service,
            endpoints: Arc::clone(endpoints),
        }))
        .with_auth_scheme(SigV4AuthScheme::new())
        .with_auth_scheme(NoAuthScheme::new())
        .with_identity_resolver(NO_AUTH, no_identity)
        .with_retry_classifier(HttpStatusCodeClassifier::default())
        .with_retry_classifier(TransientErrorClassifier::<ErrorResponse>::new())
        .with_retry_classifier(ModeledAsRetryableClassifier::<ErrorResponse>::new())
        .with_retry_classifier(AwsErrorCodeClassifier::<ErrorResponse>::new())
        .with_retry_classifier(ServiceClockSkewClassifier::<ErrorResponse>::new());
    let in_lambda = std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some();
    components.extend_interceptors(aws_interceptors(in_lambda).into_iter());
    components.extend_interceptors(interceptors.into_iter());
    components
}

/// The interceptors of AWS's that every call runs through.
fn aws_interceptors(in_lambda: bool) -> Vec<SharedInterceptor> {
    let mut interceptors = vec![
        SharedInterceptor::permanent(StalledStreamProtectionInterceptor::default()),
        SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()),
        SharedInterceptor::permanent(ServiceClockSkewInterceptor::new()),
        SharedInterceptor::permanent(RequestInfoInterceptor::new()),
        SharedInterceptor::permanent(UserAgentInterceptor::new()),
        SharedInterceptor::permanent(InvocationIdInterceptor::new()),
    ];
    if in_lambda {
        let detection = RecursionDetectionInterceptor::new();
        interceptors.push(SharedInterceptor::permanent(detection));
    }
    interceptors
}

/// What the endpoint rules are told about the client.
fn endpoint_settings(config: &SdkConfig, service: &Service) -> EndpointSettings {
    EndpointSettings {
        region: config.region().map(|region| region.to_string()),
        use_fips: config.use_fips().unwrap_or_default(),
        use_dual_stack: config.use_dual_stack().unwrap_or_default(),
        endpoint_url: endpoint_url(config, service),
        account_id_endpoint_mode: config
            .account_id_endpoint_mode()
            .map(|mode| mode.to_string()),
        ..EndpointSettings::default()
    }
}

/// The endpoint URL: what the program sets comes before what the environment and the profile say for this service, and that
/// before what they say for all services.
fn endpoint_url(config: &SdkConfig, service: &Service) -> Option<String> {
    let for_all = || config.endpoint_url().map(str::to_owned);
    if config.get_origin("endpoint_url").is_client_config() {
        return for_all();
    }
    let key = ServiceConfigKey::builder()
        .service_id(service.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    let for_service = key
        .ok()
        .and_then(|key| config.service_config()?.load_config(key));
    for_service.or_else(for_all)
}

#[cfg(test)]
mod tests {
    use super::aws_interceptors;
    use aws_smithy_runtime_api::client::interceptors::Intercept;

    #[test]
    fn recursion_is_detected_in_lambda_functions() {
        let detects = |in_lambda| {
            let interceptors = aws_interceptors(in_lambda);
            let mut names = interceptors.iter().map(Intercept::name);
            names.any(|name| name == "RecursionDetectionInterceptor")
        };
        assert!(detects(true));
        assert!(!detects(false));
    }
}
