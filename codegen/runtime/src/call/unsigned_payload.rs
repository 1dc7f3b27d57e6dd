//! `aws.auth#unsignedPayload`: signatures that leave out the body (feature `unsigned-payload`).

use aws_runtime::auth::{PayloadSigningOverride, SigV4OperationSigningConfig};
use aws_smithy_types::config_bag::ConfigBag;

/// Leaves the body of a call out of its signature, and says so in a header, as AWS's own clients do.
pub(crate) fn apply(cfg: &mut ConfigBag) {
    if let Some(config) = cfg.load::<SigV4OperationSigningConfig>() {
        let mut config = config.clone();
        config.signing_options.content_sha256_header = true;
        let state = cfg.interceptor_state();
        state.store_put(config);
        state.store_put(PayloadSigningOverride::unsigned_payload());
    }
}
