//! Checks of all that becomes a part of a host name, before anything is signed or sent.

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider, future};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::endpoint::EndpointResolverParams;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;
use smithy_rt::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use smithy_rt::{Call, ClientBuilder, Failure, Operation, Service};
use smithy_rt::{EncodeError, EncodedRequest, OperationSchema};

use crate::service::{self, Client, StartJobRequest};
use crate::{empty_object, ending};

/// Notes what is sent, and who was asked for credentials.
#[derive(Clone, Debug, Default)]
struct Log {
    sent: Arc<Mutex<Vec<String>>>,
    asked: Arc<Mutex<u32>>,
}

impl ProvideCredentials for Log {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        *self.asked.lock().unwrap() += 1;
        let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", None, None, "test");
        future::ProvideCredentials::ready(Ok(credentials))
    }
}

impl Log {
    fn settings(&self) -> Builder {
        let sent = Arc::clone(&self.sent);
        let http_client = ending(move |request| {
            let authorization = request.headers().get("authorization").unwrap_or_default();
            let line = format!("{} {authorization}", request.uri());
            sent.lock().unwrap().push(line);
            Ok(empty_object())
        });
        crate::settings()
            .http_client(http_client)
            .credentials_provider(SharedCredentialsProvider::new(self.clone()))
    }

    /// Returns what a call with these settings sends, or the error.
    async fn start(&self, settings: Builder) -> Result<String, String> {
        let client = crate::client(settings);
        match client.start_job(StartJobRequest::of("in")).await {
            Ok(_) => Ok(self.sent.lock().unwrap().pop().unwrap()),
            Err(error) => {
                assert_eq!(error.attempts(), 0);
                Err(error.to_string())
            }
        }
    }
}

#[tokio::test]
async fn a_region_that_is_none_reaches_nobody() {
    let long = "a".repeat(64);
    for region in [
        "evil.example/",
        "evil.example#",
        "evil.example?",
        "a@evil.example",
        "us-east-1\n",
        " us-east-1",
        "us east 1",
        "",
        "é",
        &long,
    ] {
        let log = Log::default();
        let region = Region::new(region.to_owned());
        let own = log.settings().endpoint_url("http://localhost:4566");
        for settings in [log.settings(), own] {
            let error = log
                .start(settings.region(region.clone()))
                .await
                .unwrap_err();
            let start = "StartJob was not sent: no endpoint: \"";
            assert!(error.starts_with(start), "{error}");
            assert!(
                error.contains("is no region: it has to be 1 to 63 letters, digits and hyphens"),
                "{error}"
            );
            assert!(
                error.contains("set AWS_REGION") && !error.contains('\n'),
                "{error}"
            );
        }
        assert!(log.sent.lock().unwrap().is_empty());
        assert_eq!(*log.asked.lock().unwrap(), 0);
    }
}

#[tokio::test]
async fn regions_that_are_no_places_stay_regions() {
    for region in [
        "us-east-1-fips",
        "fips-us-gov-west-1",
        "aws-global",
        "local",
        "eu-isoe-west-1",
    ] {
        let log = Log::default();
        let sent = log
            .start(log.settings().region(Region::new(region)))
            .await
            .unwrap();
        assert!(
            sent.starts_with(&format!("https://jobshop.{region}.")),
            "{sent}"
        );
        assert!(
            sent.contains(&format!("/{region}/jobshop/aws4_request")),
            "{sent}"
        );
    }
}

#[tokio::test]
async fn an_endpoint_that_cannot_be_is_told_before_anybody_is_asked_for_credentials() {
    let log = Log::default();
    let settings = log.settings().endpoint_url("localhost:4566");
    let error = log.start(settings).await.unwrap_err();
    assert!(
        error.starts_with("StartJob was not sent: no endpoint: "),
        "{error}"
    );
    assert_eq!(*log.asked.lock().unwrap(), 0);
}

#[tokio::test]
async fn the_host_that_the_user_names_may_have_underscores() {
    let log = Log::default();
    let settings = log.settings().endpoint_url("http://my_service:4566");
    let sent = log.start(settings).await.unwrap();
    assert!(sent.starts_with("http://my_service:4566/"), "{sent}");
}

/// A service whose endpoint rules trust what a request says.
static TRUSTING: Service = Service {
    resolve_endpoint: at_stream,
    endpoint_depends_on_call: true,
    ..service::SERVICE
};

fn at_stream(_: &EndpointSettings, context: &ContextParams) -> Result<Endpoint, EndpointError> {
    let stream = context.string("Stream").unwrap_or_default();
    endpoint::at(format!("https://{stream}.example.com"))
}

/// An operation whose input is a parameter of the endpoint rules, and whose token is the prefix of the host, `data-` without one.
pub struct PutRecord;

impl Operation for PutRecord {
    type Request = StartJobRequest;
    type Response = service::PingResponse;
    type Error = service::PingError;

    const SERVICE: &'static Service = &TRUSTING;
    const SCHEMA: OperationSchema = OperationSchema::new("JobShop", "PutRecord");

    fn encode(request: &StartJobRequest) -> Result<EncodedRequest, EncodeError> {
        Ok(EncodedRequest::new::<Self>(request)?
            .host_prefix(request.client_token.as_deref().unwrap_or("data-"))
            .context("Stream", Some(request.input.as_str())))
    }
}

async fn put(stream: &str, prefix: &str) -> Result<String, String> {
    let log = Log::default();
    let client: Client = ClientBuilder::new(&log.settings().build(), &TRUSTING).build();
    let mut request = StartJobRequest::of(stream);
    request.client_token = Some(format!("{prefix}-data."));
    let call: Call<_, Failure<_>> = Call::of::<PutRecord>(&client.0, request);
    let result = call.await;
    let sent = log.sent.lock().unwrap().pop();
    match result {
        Ok(_) => Ok(sent.unwrap()),
        Err(error) => {
            assert_eq!(sent, None);
            Err(error.to_string())
        }
    }
}

#[tokio::test]
async fn what_rules_come_to_is_checked_whoever_wrote_them() {
    let sent = put("clicks", "a").await.unwrap();
    assert!(
        sent.starts_with("https://a-data.clicks.example.com/ AWS4"),
        "{sent}"
    );
    for stream in [
        "",
        "a_b",
        "-a",
        "a..b",
        "user@evil.example",
        "evil.example:80",
        "a b",
        "é",
        &"a".repeat(64),
    ] {
        let error = put(stream, "a").await.unwrap_err();
        assert!(
            error.starts_with("PutRecord was not sent: no endpoint: the endpoint URL "),
            "{stream}: {error}"
        );
    }
}

#[tokio::test]
async fn a_host_prefix_makes_a_host_name() {
    for prefix in [&"a".repeat(60), "-a", "."] {
        let error = put("clicks", prefix).await.unwrap_err();
        assert!(error.contains("no host name"), "{prefix}: {error}");
    }
}

/// An interceptor that replaces what the endpoint is resolved from.
#[derive(Debug)]
struct Redirecting;

impl Intercept for Redirecting {
    fn name(&self) -> &'static str {
        "Redirecting"
    }

    fn read_after_serialization(
        &self,
        _: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let params = EndpointResolverParams::new("elsewhere");
        cfg.interceptor_state().store_put(params);
        Ok(())
    }
}

#[tokio::test]
async fn an_interceptor_cannot_send_a_call_elsewhere_unnoticed() {
    let log = Log::default();
    let call = crate::client(log.settings()).start_job(StartJobRequest::of("in"));
    let error = call.interceptor(Redirecting).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "StartJob failed: an interceptor replaced the endpoint parameters"
    );
    assert!(log.sent.lock().unwrap().is_empty());
    assert_eq!(*log.asked.lock().unwrap(), 0);
}
