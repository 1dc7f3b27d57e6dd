//! Providers of credentials for clients of tests.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, future};

/// Credentials that come after a while. Their ids are `AKID1`, `AKID2` and so on, in the order in which they are asked for.
#[derive(Clone, Debug, Default)]
pub struct NumberedCredentials(Arc<AtomicU32>);

impl ProvideCredentials for NumberedCredentials {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let number = self.0.fetch_add(1, Ordering::Relaxed) + 1;
        future::ProvideCredentials::new(async move {
            tokio::task::yield_now().await;
            let id = format!("AKID{number}");
            Ok(Credentials::new(id, "the-secret", None, None, "test"))
        })
    }
}
