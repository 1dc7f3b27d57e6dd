//! AWS's settings and parts, put together once per client.
//!
//! AWS's orchestrator merges a client's plug-ins at the start of every call. Here the merging is done once, and every call
//! gets the result as a single plug-in.
//!
//! The documentation of the crate says which of the interceptors of AWS's own generated clients are left out.

use std::sync::{Arc, Weak};

use aws_runtime::auth::SigV4OperationSigningConfig;
use aws_runtime::invocation_id::InvocationIdInterceptor;
use aws_runtime::recursion_detection::RecursionDetectionInterceptor;
use aws_runtime::request_info::RequestInfoInterceptor;
use aws_runtime::retries::classifiers::AwsErrorCodeClassifier;
use aws_runtime::service_clock_skew::{ServiceClockSkewClassifier, ServiceClockSkewInterceptor};
use aws_runtime::user_agent::{ApiMetadata, UserAgentInterceptor};
use aws_smithy_async::rt::sleep::SharedAsyncSleep;
use aws_smithy_async::time::SharedTimeSource;
use aws_smithy_runtime::client::auth::no_auth::NoAuthRuntimePluginV2;
use aws_smithy_runtime::client::defaults::{DefaultPluginParams, default_plugins};
use aws_smithy_runtime::client::http::connection_poisoning::ConnectionPoisoningInterceptor;
use aws_smithy_runtime::client::retries::classifiers::{
    HttpStatusCodeClassifier, ModeledAsRetryableClassifier, TransientErrorClassifier,
};
use aws_smithy_runtime::client::stalled_stream_protection::StalledStreamProtectionInterceptor;
use aws_smithy_runtime_api::client::auth::AuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::auth::static_resolver::StaticAuthSchemeOptionResolverParams;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::retries::classifiers::SharedRetryClassifier;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{
    RuntimePlugin, RuntimePlugins, StaticRuntimePlugin,
};
use aws_smithy_runtime_api::client::ser_de::{SharedRequestSerializer, SharedResponseDeserializer};
use aws_smithy_types::config_bag::Layer;
use aws_types::SdkConfig;
use aws_types::SigningName;
use aws_types::region::SigningRegion;
use aws_types::service_config::ServiceConfigKey;

use super::{OwnSettings, Shared, auth};
use crate::call::orchestration::{
    AuthOptions, Deserializer, Endpoints, Serializer, SharedEndpoints,
};
use crate::client::config_check::Prerequisites;
use crate::endpoint::{ContextParams, EndpointSettings};
use crate::{ErrorResponse, Service};

/// The parts that all calls of a client share.
#[derive(Debug)]
pub(crate) struct Setup {
    pub(crate) plugins: RuntimePlugins,
    pub(crate) endpoints: Arc<Endpoints>,
    pub(crate) sleep_impl: Option<SharedAsyncSleep>,
    pub(crate) time_source: SharedTimeSource,
    pub(crate) prerequisites: Prerequisites,
    #[cfg(feature = "event-stream")]
    pub(crate) timeout_config: Option<aws_smithy_types::timeout::TimeoutConfig>,
}

/// Puts together what the calls of a client share.
pub(super) fn setup(
    config: &SdkConfig,
    service: &'static Service,
    own: OwnSettings,
    client: &Weak<Shared>,
) -> Setup {
    let settings = endpoint_settings(config, service, own.client_context);
    let endpoints = Arc::new(Endpoints::new(service, settings));
    let (plugins, components) = defaults(config, service);
    #[allow(unused_mut)]
    let mut ours = our_components(config, &endpoints, own.interceptors);
    #[cfg(feature = "sessions")]
    if let Some(sessions) = service.signing.sessions() {
        sessions.add(&mut ours, client.clone());
    }
    #[cfg(not(feature = "sessions"))]
    let _ = client;
    #[cfg(feature = "http-auth")]
    let known = {
        let identities = own.http_identities.with_token(config, service);
        let known = identities.known();
        auth::add_http(&mut ours, service, identities);
        known
    };
    let components = components.merge_from(&ours);

    Setup {
        endpoints,
        sleep_impl: components.sleep_impl(),
        time_source: components.time_source().unwrap_or_default(),
        prerequisites: Prerequisites::new(
            config,
            service,
            &components,
            #[cfg(feature = "http-auth")]
            known,
        ),
        #[cfg(feature = "event-stream")]
        timeout_config: config.timeout_config().cloned(),
        plugins: plugins.with_client_plugin(
            StaticRuntimePlugin::new()
                .with_config(config_layer(config, service, own.disable_host_prefix).freeze())
                .with_runtime_components(components),
        ),
    }
}

/// Returns AWS's defaults: one plug-in with all components, and as many as have settings, since layers of these cannot be merged.
fn defaults(config: &SdkConfig, service: &Service) -> (RuntimePlugins, RuntimeComponentsBuilder) {
    let mut plugins = RuntimePlugins::new();
    let mut components = RuntimeComponentsBuilder::new("smithy-rt");
    for plugin in default_plugins(default_parameters(config, service)) {
        // Every lookup goes through all layers.
        if let Some(layer) = plugin.config()
            && !layer.is_empty()
        {
            plugins = plugins.with_client_plugin(StaticRuntimePlugin::new().with_config(layer));
        }
        components = with_components_of(components, &plugin);
    }
    // How not to sign. The resolver that it brings as well gives way to ours.
    components = with_components_of(components, &NoAuthRuntimePluginV2::new());
    (plugins, components)
}

/// Adds the components of a plug-in, which may wrap those that are there.
fn with_components_of(
    components: RuntimeComponentsBuilder,
    plugin: &dyn RuntimePlugin,
) -> RuntimeComponentsBuilder {
    let added = plugin.runtime_components(&components);
    components.merge_from(&added)
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

/// Returns the service's name in the user agent and in the retry partition.
fn short_name(service: &Service) -> &'static str {
    service.signing_name.unwrap_or(service.id)
}

/// Returns the settings that AWS's parts look up by their type.
fn config_layer(config: &SdkConfig, service: &'static Service, disable_host_prefix: bool) -> Layer {
    let mut layer = Layer::new("smithy-rt");
    layer.store_put(SharedRequestSerializer::new(Serializer {
        service,
        disable_host_prefix,
        #[cfg(feature = "compression")]
        compression: crate::call::compression::Compression::new(config),
        #[cfg(feature = "http-checksum")]
        checksums: crate::checksum::RequestChecksums::new(config),
    }));
    layer.store_put(SharedResponseDeserializer::new(Deserializer));
    layer.store_put(AuthSchemeOptionResolverParams::from(
        StaticAuthSchemeOptionResolverParams::new(),
    ));
    #[cfg(feature = "sigv4a")]
    if let Some(regions) = config.sigv4a_signing_region_set() {
        layer.store_put(regions.clone());
    }
    layer.store_put(SigV4OperationSigningConfig {
        region: config.region().cloned().map(SigningRegion::from),
        region_set: None,
        name: service.signing_name.map(SigningName::from_static),
        signing_options: service.signing.options(),
    });
    #[cfg(feature = "sessions")]
    if let Some(sessions) = service.signing.sessions() {
        layer.store_put(sessions.token_name());
    }
    layer.store_put(ApiMetadata::new(short_name(service), service.crate_version));
    if let Some(region) = config.region() {
        layer.store_put(region.clone());
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
    if let Some(preference) = auth::preference(config, service) {
        layer.store_put(preference);
    }
    if let Some(app_name) = config.app_name() {
        layer.store_put(app_name.clone());
    }
    for framework in config.framework_metadata() {
        layer.store_append(framework.clone());
    }
    layer
}

/// Returns the components that every call needs besides AWS's defaults, or instead of them.
fn our_components(
    config: &SdkConfig,
    endpoints: &Arc<Endpoints>,
    interceptors: Vec<SharedInterceptor>,
) -> RuntimeComponentsBuilder {
    let in_lambda = std::env::var_os("AWS_LAMBDA_FUNCTION_NAME").is_some();
    let mut components = RuntimeComponentsBuilder::new("smithy-rt");
    components
        .set_http_client(config.http_client())
        .set_sleep_impl(config.sleep_impl())
        .set_time_source(config.time_source())
        .set_identity_cache(config.identity_cache())
        .set_endpoint_resolver(Some(SharedEndpoints(Arc::clone(endpoints))))
        .set_auth_scheme_option_resolver(Some(AuthOptions(Arc::clone(endpoints))))
        .extend_interceptors(aws_interceptors(config, in_lambda).into_iter())
        .extend_interceptors(interceptors.into_iter());
    auth::add(&mut components, config);
    add_retry_classifiers(&mut components);
    components
}

/// Adds what decides whether a call is tried again: in AWS's shared type, so that the method that takes it is compiled only once.
fn add_retry_classifiers(components: &mut RuntimeComponentsBuilder) {
    let http_status = HttpStatusCodeClassifier::default();
    let transient = TransientErrorClassifier::<ErrorResponse>::new();
    let modeled = ModeledAsRetryableClassifier::<ErrorResponse>::new();
    let error_code = AwsErrorCodeClassifier::<ErrorResponse>::new();
    let clock_skew = ServiceClockSkewClassifier::<ErrorResponse>::new();
    components
        .push_retry_classifier(SharedRetryClassifier::new(http_status))
        .push_retry_classifier(SharedRetryClassifier::new(transient))
        .push_retry_classifier(SharedRetryClassifier::new(modeled))
        .push_retry_classifier(SharedRetryClassifier::new(error_code))
        .push_retry_classifier(SharedRetryClassifier::new(clock_skew));
}

/// Returns the interceptors of AWS's that the calls of a client run through.
fn aws_interceptors(config: &SdkConfig, in_lambda: bool) -> Vec<SharedInterceptor> {
    let mut interceptors = vec![
        SharedInterceptor::permanent(StalledStreamProtectionInterceptor::default()),
        SharedInterceptor::permanent(ConnectionPoisoningInterceptor::new()),
        SharedInterceptor::permanent(RequestInfoInterceptor::new()),
        SharedInterceptor::permanent(UserAgentInterceptor::new()),
        SharedInterceptor::permanent(InvocationIdInterceptor::new()),
    ];
    if config.disable_clock_skew_correction() != Some(true) {
        let correction = ServiceClockSkewInterceptor::new();
        interceptors.push(SharedInterceptor::permanent(correction));
    }
    #[cfg(feature = "http-checksum")]
    interceptors.push(SharedInterceptor::permanent(crate::checksum::Checksums));
    if in_lambda {
        let detection = RecursionDetectionInterceptor::new();
        interceptors.push(SharedInterceptor::permanent(detection));
    }
    interceptors
}

/// Returns the parameters of the endpoint rules that depend on the client.
fn endpoint_settings(
    config: &SdkConfig,
    service: &Service,
    client_context: ContextParams,
) -> EndpointSettings {
    EndpointSettings {
        region: config.region().map(|region| region.as_ref().to_owned()),
        use_fips: config.use_fips().unwrap_or_default(),
        use_dual_stack: config.use_dual_stack().unwrap_or_default(),
        endpoint_url: endpoint_url(config, service),
        account_id: None,
        account_id_endpoint_mode: config
            .account_id_endpoint_mode()
            .map(|mode| mode.to_string()),
        client_context,
    }
}

/// Returns the endpoint URL: what the program sets comes before what the environment and the profile say for this service, and that
/// before what they say for all services.
fn endpoint_url(config: &SdkConfig, service: &Service) -> Option<String> {
    if !config.get_origin("endpoint_url").is_client_config()
        && let Some(url) = service_url(config, service)
    {
        return Some(url);
    }
    config.endpoint_url().map(str::to_owned)
}

/// Returns the endpoint URL that the environment or the profile has for this service.
fn service_url(config: &SdkConfig, service: &Service) -> Option<String> {
    let key = ServiceConfigKey::builder()
        .service_id(service.id)
        .env("AWS_ENDPOINT_URL")
        .profile("endpoint_url")
        .build();
    config.service_config()?.load_config(key.ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_smithy_runtime_api::client::interceptors::Intercept;

    fn has_interceptor(config: &SdkConfig, in_lambda: bool, wanted: &str) -> bool {
        let interceptors = aws_interceptors(config, in_lambda);
        let mut names = interceptors.iter().map(Intercept::name);
        names.any(|name| name == wanted)
    }

    #[test]
    fn recursion_is_detected_in_lambda_functions() {
        let config = SdkConfig::builder().build();
        let detects =
            |in_lambda| has_interceptor(&config, in_lambda, "RecursionDetectionInterceptor");
        assert!(detects(true));
        assert!(!detects(false));
    }

    #[test]
    fn clock_skew_is_corrected_unless_that_is_turned_off() {
        let corrects = |disabled| {
            let mut config = SdkConfig::builder();
            config.set_disable_clock_skew_correction(disabled);
            has_interceptor(&config.build(), false, "ServiceClockSkewInterceptor")
        };
        assert!(corrects(None));
        assert!(corrects(Some(false)));
        assert!(!corrects(Some(true)));
    }
}
