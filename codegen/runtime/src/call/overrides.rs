//! Settings of a single call.

use aws_smithy_runtime_api::client::interceptors::SharedInterceptor;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponentsBuilder;
use aws_smithy_runtime_api::client::runtime_plugin::{RuntimePlugins, StaticRuntimePlugin};
use aws_smithy_types::config_bag::Layer;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;

/// Settings of a single call, which come before the client's.
#[derive(Default)]
pub(crate) struct Overrides {
    pub(crate) timeout_config: Option<TimeoutConfig>,
    pub(crate) retry_config: Option<RetryConfig>,
    pub(crate) interceptors: Vec<SharedInterceptor>,
}

impl Overrides {
    /// Adds the settings to the plug-ins of the client.
    pub(super) fn apply(self, plugins: &RuntimePlugins) -> RuntimePlugins {
        let mut layer = Layer::new("call");
        if let Some(timeout_config) = self.timeout_config {
            layer.store_put(timeout_config);
        }
        if let Some(retry_config) = self.retry_config {
            layer.store_put(retry_config);
        }
        let mut components = RuntimeComponentsBuilder::new("call");
        components.extend_interceptors(self.interceptors.into_iter());
        let plugin = StaticRuntimePlugin::new()
            .with_config(layer.freeze())
            .with_runtime_components(components);
        plugins.clone().with_operation_plugin(plugin)
    }
}
