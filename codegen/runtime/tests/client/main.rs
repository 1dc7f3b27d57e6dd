//! Calls of a small hand-written service, as a generated crate makes them: over real HTTP, and over a script.

mod auth;
mod bytes;
mod calls;
mod checksums;
mod credentials;
mod duplex;
mod endpoints;
mod errors;
mod fakes;
mod leaks;
mod logging;
mod paging;
mod presigning;
mod rest;
mod retries;
mod server;
mod service;
mod sessions;
mod settings;
mod streams;
mod successes;
mod trailers;
mod waiting;
mod waiting_limit;
mod wire;
mod xml;

use std::error::Error as StdError;
use std::fmt::{self, Debug};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;
use smithy_rt::SdkConfig;

// Where the macros of smithy-rt look for them in a generated crate.
use service::{Error, ServiceError};
use service::{StartJobError, StartJobRequest};

/// A region that no other test has. The clients of a region share what they may spend on retries.
fn region_of_its_own() -> Region {
    static REGIONS: AtomicU32 = AtomicU32::new(100);
    Region::new(format!(
        "eu-west-{}",
        REGIONS.fetch_add(1, Ordering::Relaxed)
    ))
}

/// The region of tests that look at it.
const REGION: Region = Region::from_static("eu-west-3");

/// Settings as a program would have them, but without TLS, without timeouts, which a busy machine might run into, and with hardly any
/// waiting between attempts.
fn settings() -> Builder {
    let http_client = aws_smithy_http_client::Builder::new().build_http();
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", None, None, "test");
    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_millis(1));
    SdkConfig::builder()
        .region(region_of_its_own())
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new())
        .retry_config(retries)
        .timeout_config(TimeoutConfig::disabled())
        .http_client(http_client)
}

fn client(settings: Builder) -> service::Client {
    service::Client::new(&settings.build())
}

type StartJobFailure = Error<StartJobError>;

/// In the body of every request of [`fail`].
const SECRET: &str = "my secret input";

/// The error of a call with these settings.
async fn fail(settings: Builder) -> StartJobFailure {
    let request = StartJobRequest::of(SECRET);
    client(settings).start_job(request).await.unwrap_err()
}

/// Checks that neither the error nor one behind it shows what was sent or received. The number is no port, which errors may show.
fn assert_clean(case: impl Debug, error: &(dyn StdError + 'static)) {
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        for text in [
            format!("{error}"),
            format!("{error:?}"),
            format!("{error:#?}"),
        ] {
            for hidden in ["my secret", "541754", "the-secret", "Signature="] {
                assert!(!text.contains(hidden), "{case:?}: {text}");
            }
        }
    }
}

/// An HTTP client whose requests end so.
fn ending(
    with: impl Fn(HttpRequest) -> Result<HttpResponse, ConnectorError> + Clone + Send + Sync + 'static,
) -> impl HttpClient + 'static {
    struct Ending<F>(F);

    impl<F> Debug for Ending<F> {
        fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("Ending")
        }
    }

    impl<F: Fn(HttpRequest) -> Result<HttpResponse, ConnectorError> + Send + Sync + 'static>
        HttpConnector for Ending<F>
    {
        fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
            HttpConnectorFuture::ready((self.0)(request))
        }
    }

    http_client_fn(move |_, _| SharedHttpConnector::new(Ending(with.clone())))
}

/// A successful response without members.
fn empty_object() -> HttpResponse {
    HttpResponse::new(200.try_into().unwrap(), SdkBody::from("{}"))
}
