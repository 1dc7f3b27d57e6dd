//! Authentication: which scheme a call takes, with which identity, and what is said where there is none.

use std::process::Command;
use std::sync::{Arc, Mutex};

use aws_credential_types::Token;
use aws_credential_types::provider::error::TokenError;
use aws_credential_types::provider::future;
use aws_credential_types::provider::token::{ProvideToken, SharedTokenProvider};
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::auth::{AuthSchemeId, AuthSchemePreference};
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::interceptors::{Intercept, dyn_dispatch_hint};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::origin::Origin;
use aws_types::sdk_config::Builder;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use smithy_rt::endpoint::{
    self, ContextParams, Endpoint, EndpointAuthScheme, EndpointError, EndpointProperty,
    EndpointSettings,
};
use smithy_rt::{
    AuthScheme, Call, ClientBuilder, EncodeError, EncodedRequest, Failure, Operation,
    OperationSchema, SdkConfig, Service,
};

use crate::service::{self, Client, PingError, PingResponse, StartJobRequest};
use crate::{REGION, assert_clean, empty_object, ending, settings};

const PLAIN: OperationSchema = OperationSchema::new("JobShop", "Do");

/// An operation of a service that differs from the others.
macro_rules! operation {
    ($name:ident, $schema:expr, { $($field:ident: $value:expr),* $(,)? }) => {
        struct $name;

        impl Operation for $name {
            type Request = StartJobRequest;
            type Response = PingResponse;
            type Error = PingError;

            const SERVICE: &'static Service = &Service { $($field: $value,)* ..service::SERVICE };
            const SCHEMA: OperationSchema = $schema;

            fn encode(request: &StartJobRequest) -> Result<EncodedRequest, EncodeError> {
                Ok(EncodedRequest::new::<Self>(request)?.context("Stream", Some(request.input.as_str())))
            }
        }
    };
}

operation!(WithToken, PLAIN, { auth: &[AuthScheme::HttpBearer], signing_name: None });
operation!(SignedOrWithToken, PLAIN, {
    auth: &[AuthScheme::SigV4, AuthScheme::HttpBearer],
    token_variable: Some("AWS_BEARER_TOKEN_JOBSHOP"),
});
operation!(WithKey, PLAIN, { auth: &[AuthScheme::HttpApiKeyHeader { name: "x-key", scheme: "" }] });
operation!(WithWordAndKey, PLAIN, { auth: &[AuthScheme::HttpApiKeyHeader { name: "x-key", scheme: "Key" }] });
operation!(WithKeyInQuery, PLAIN, { auth: &[AuthScheme::HttpApiKeyQuery { name: "key" }] });
operation!(WithPassword, PLAIN, { auth: &[AuthScheme::HttpBasic] });
operation!(
    MaybeWithToken,
    PLAIN.auth(&[AuthScheme::HttpBearer, AuthScheme::NoAuth]),
    {}
);
operation!(SignedForEndpoint, PLAIN, {
    auth: &[AuthScheme::SigV4, AuthScheme::SigV4a],
    resolve_endpoint: offering,
    endpoint_depends_on_call: true,
});
operation!(SignedForSet, PLAIN, { auth: &[AuthScheme::SigV4a] });
operation!(WithHeaders, PLAIN, {
    headers: &[("x-version", "2026-01-01"), ("content-type", "text/plain")],
});
operation!(Slow, PLAIN.may_stall(), {});
operation!(Hashed, PLAIN.tree_hash(), {});

/// Offers the schemes that the request names.
fn offering(_: &EndpointSettings, context: &ContextParams) -> Result<Endpoint, EndpointError> {
    let mut endpoint = endpoint::at("https://example.com")?.into_builder();
    for scheme in context
        .string("Stream")
        .unwrap_or_default()
        .split_whitespace()
    {
        let (name, set) = scheme.split_once('=').unwrap_or((scheme, ""));
        let mut scheme = EndpointAuthScheme::with_capacity(name.to_owned(), 1);
        if !set.is_empty() {
            let regions = set
                .split(',')
                .map(|region| EndpointProperty::from(region.to_owned()));
            scheme = scheme.put(
                "signingRegionSet",
                EndpointProperty::Array(regions.collect()),
            );
        }
        endpoint = endpoint.auth_scheme(scheme);
    }
    Ok(endpoint.build())
}

/// Settings without credentials and without a region.
fn nobody() -> Builder {
    let settings = settings().build();
    let nobody = SdkConfig::builder()
        .identity_cache(IdentityCache::no_cache())
        .endpoint_url("https://example.com");
    nobody
        .retry_config(settings.retry_config().unwrap().clone())
        .sleep_impl(settings.sleep_impl().unwrap())
}

fn token(text: &str) -> SharedTokenProvider {
    SharedTokenProvider::new(Token::new(text, None))
}

/// The request of a call, or its error.
async fn sent<O>(
    settings: Builder,
    input: &str,
    change: impl FnOnce(ClientBuilder<Client>) -> ClientBuilder<Client>,
) -> Result<HttpRequest, Failure<PingError>>
where
    O: Operation<Request = StartJobRequest, Response = PingResponse, Error = PingError>,
{
    let requests = Arc::new(Mutex::new(Vec::new()));
    let http_client = {
        let requests = Arc::clone(&requests);
        ending(move |request| {
            requests.lock().unwrap().push(request);
            Ok(empty_object())
        })
    };
    let config = settings.http_client(http_client).build();
    let client = change(ClientBuilder::new(&config, O::SERVICE)).build();
    let call: Call<_, Failure<_>> = Call::of::<O>(&client.0, StartJobRequest::of(input));
    let (_, metadata) = call.with_metadata().await?;
    assert_eq!(metadata.attempts(), 1);
    Ok(requests.lock().unwrap().remove(0))
}

/// A header of the request of a call, `none` without it, or the text of the error.
async fn header<O>(name: &str, settings: Builder) -> String
where
    O: Operation<Request = StartJobRequest, Response = PingResponse, Error = PingError>,
{
    match sent::<O>(settings, "in", |client| client).await {
        Ok(request) => request.headers().get(name).unwrap_or("none").to_owned(),
        Err(error) => {
            assert_clean(name, &error);
            error.to_string()
        }
    }
}

#[tokio::test]
async fn a_token_is_all_that_a_call_needs() {
    let settings = nobody().token_provider(token("abc"));
    assert_eq!(
        header::<WithToken>("authorization", settings).await,
        "Bearer abc"
    );

    let of_client = sent::<WithToken>(nobody().token_provider(token("abc")), "in", |client| {
        client.token_provider(Token::new("def", None))
    });
    let request = of_client.await.unwrap();
    assert_eq!(request.headers().get("authorization"), Some("Bearer def"));
}

#[tokio::test]
async fn without_a_token_the_error_says_how_to_set_one() {
    assert_eq!(
        header::<WithToken>("authorization", nobody()).await,
        "Do was not sent: no bearer token: set `token_provider` in the SdkConfig"
    );
    assert_eq!(
        header::<WithToken>("authorization", settings()).await,
        "Do was not sent: no bearer token: set `token_provider` in the SdkConfig"
    );
    assert_eq!(
        header::<SignedOrWithToken>("authorization", nobody()).await,
        "Do was not sent: no credentials: load the SdkConfig with `aws_config`, or set `credentials_provider` in it; and no bearer \
         token: set `token_provider` in the SdkConfig, or the environment variable AWS_BEARER_TOKEN_JOBSHOP"
    );
}

/// A provider that has no token.
#[derive(Debug)]
struct LoggedOut;

impl ProvideToken for LoggedOut {
    fn provide_token<'a>(&'a self) -> future::ProvideToken<'a>
    where
        Self: 'a,
    {
        let reason = "the session has expired: log in";
        future::ProvideToken::ready(Err(TokenError::not_loaded(reason)))
    }
}

#[tokio::test]
async fn the_reason_that_a_provider_has_no_token_is_told() {
    let settings = nobody().token_provider(SharedTokenProvider::new(LoggedOut));
    let error = header::<WithToken>("authorization", settings).await;
    assert!(
        error.starts_with("Do was not sent: no bearer token: "),
        "{error}"
    );
    assert!(error.contains("the session has expired: log in"), "{error}");
}

#[tokio::test]
async fn a_token_that_no_header_can_hold_is_not_shown() {
    let settings = nobody().token_provider(token("my secret\n"));
    let error = sent::<WithToken>(settings, "in", |client| client)
        .await
        .unwrap_err();
    assert_clean("token", &error);
}

#[tokio::test]
async fn the_first_scheme_with_an_identity_is_taken() {
    let signed =
        header::<SignedOrWithToken>("authorization", settings().token_provider(token("abc")));
    assert!(signed.await.starts_with("AWS4-HMAC-SHA256 "));

    let settings_of_both = || settings().token_provider(token("abc"));
    let preferring = |id| AuthSchemePreference::from([AuthSchemeId::new(id)]);
    let preferred = settings_of_both().auth_scheme_preference(preferring("httpBearerAuth"));
    assert_eq!(
        header::<SignedOrWithToken>("authorization", preferred).await,
        "Bearer abc"
    );

    let only_token = nobody().token_provider(token("abc"));
    assert_eq!(
        header::<SignedOrWithToken>("authorization", only_token).await,
        "Bearer abc"
    );

    assert_eq!(
        header::<MaybeWithToken>("authorization", nobody()).await,
        "none"
    );
    let maybe = nobody().token_provider(token("abc"));
    assert_eq!(
        header::<MaybeWithToken>("authorization", maybe).await,
        "Bearer abc"
    );
}

/// An environment in which one variable is set.
#[derive(Debug)]
struct Environment(&'static str);

impl LoadServiceConfig for Environment {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        let is_token = (key.env(), key.service_id()) == ("AWS_BEARER_TOKEN", "JOBSHOP");
        is_token.then(|| self.0.to_owned())
    }
}

#[tokio::test]
async fn a_token_in_the_services_variable_is_preferred() {
    let with = |token| settings().service_config(Environment(token));
    let authorization = |settings| header::<SignedOrWithToken>("authorization", settings);
    assert_eq!(authorization(with("from-env")).await, "Bearer from-env");
    assert!(
        authorization(with(""))
            .await
            .starts_with("AWS4-HMAC-SHA256 ")
    );

    // What `aws_config` finds by default gives way, what a program sets does not.
    let found = || with("from-env").token_provider(token("abc"));
    assert_eq!(authorization(found()).await, "Bearer from-env");
    let mut set = found();
    set.insert_origin("token_provider", Origin::shared_config());
    assert_eq!(authorization(set).await, "Bearer abc");

    let signing = AuthSchemePreference::from([AuthSchemeId::new("sigv4")]);
    let preferred = with("from-env").auth_scheme_preference(signing);
    assert!(
        authorization(preferred)
            .await
            .starts_with("AWS4-HMAC-SHA256 ")
    );

    // Another service has no such variable.
    let other = nobody().service_config(Environment("from-env"));
    assert!(
        header::<WithToken>("authorization", other)
            .await
            .contains("no bearer token")
    );
}

/// Runs in a process of its own, by the next test.
#[tokio::test]
#[ignore = "needs an environment variable"]
async fn in_a_process_with_the_variable() {
    let authorization = header::<SignedOrWithToken>("authorization", nobody());
    assert_eq!(authorization.await, "Bearer of-process");
}

#[test]
fn without_a_loaded_config_the_variable_is_that_of_the_process() {
    let test = Command::new(std::env::current_exe().unwrap())
        .args([
            "--ignored",
            "--exact",
            "auth::in_a_process_with_the_variable",
        ])
        .env("AWS_BEARER_TOKEN_JOBSHOP", "of-process")
        .output()
        .unwrap();
    let output = String::from_utf8_lossy(&test.stdout);
    assert!(output.contains("1 passed"), "{output}");
}

#[tokio::test]
async fn keys_and_passwords_go_where_the_model_says() {
    let with_key = |client: ClientBuilder<Client>| client.api_key("abc");
    let request = sent::<WithKey>(nobody(), "in", with_key).await.unwrap();
    assert_eq!(request.headers().get("x-key"), Some("abc"));
    let request = sent::<WithWordAndKey>(nobody(), "in", with_key)
        .await
        .unwrap();
    assert_eq!(request.headers().get("x-key"), Some("Key abc"));
    let request = sent::<WithKeyInQuery>(nobody(), "in", with_key)
        .await
        .unwrap();
    assert_eq!(request.uri(), "https://example.com/?key=abc");
    let request = sent::<WithPassword>(nobody(), "in", |client| {
        client.basic_auth("Aladdin", "open sesame")
    });
    let request = request.await.unwrap();
    assert_eq!(
        request.headers().get("authorization"),
        Some("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
    );

    assert_eq!(
        header::<WithKey>("x-key", settings()).await,
        "Do was not sent: no API key: set `api_key` in the client's builder"
    );
    let error = sent::<WithKey>(nobody(), "in", |client| client.api_key("my secret\n")).await;
    assert_clean("key", &error.unwrap_err());
}

fn is_sigv4a(request: &HttpRequest) -> bool {
    let authorization = request.headers().get("authorization").unwrap();
    let is_sigv4a = authorization.starts_with("AWS4-ECDSA-P256-SHA256 ");
    assert!(
        is_sigv4a || authorization.starts_with("AWS4-HMAC-SHA256 "),
        "{authorization}"
    );
    assert_eq!(
        request.headers().contains_key("x-amz-region-set"),
        is_sigv4a
    );
    is_sigv4a
}

#[tokio::test]
async fn calls_are_signed_with_sigv4a_where_the_endpoint_asks_for_it() {
    for (offered, expected) in [
        ("", None),
        ("sigv4", None),
        ("sigv4 sigv4a=*", None),
        ("sigv4a=* sigv4", Some("*")),
        ("sigv4a=*", Some("*")),
        (
            "sigv4-s3express sigv4a=us-*,eu-west-1",
            Some("us-*,eu-west-1"),
        ),
    ] {
        let request = sent::<SignedForEndpoint>(settings(), offered, |client| client);
        let request = request.await.unwrap();
        assert_eq!(is_sigv4a(&request), expected.is_some(), "{offered}");
        assert_eq!(
            request.headers().get("x-amz-region-set"),
            expected,
            "{offered}"
        );
        let authorization = request.headers().get("authorization").unwrap();
        assert!(
            authorization.contains("/jobshop/aws4_request"),
            "{authorization}"
        );
    }
}

#[tokio::test]
async fn the_regions_that_sigv4a_signs_for_can_be_set() {
    let set = settings().sigv4a_signing_region_set("eu-west-1,eu-west-2");
    let request = sent::<SignedForEndpoint>(set, "sigv4a=*", |client| client)
        .await
        .unwrap();
    assert_eq!(
        request.headers().get("x-amz-region-set"),
        Some("eu-west-1,eu-west-2")
    );

    let request = sent::<SignedForSet>(settings().region(REGION), "in", |client| client);
    let request = request.await.unwrap();
    assert!(is_sigv4a(&request));
    assert_eq!(request.headers().get("x-amz-region-set"), Some("eu-west-3"));
}

#[tokio::test]
async fn regions_that_endpoints_ask_for_are_checked() {
    let error = sent::<SignedForEndpoint>(settings(), "sigv4a=eu-west-1/x", |client| client);
    let error = error.await.unwrap_err();
    assert!(error.to_string().contains("is no region"), "{error}");

    let error = sent::<SignedForEndpoint>(settings(), "sigv4-s3express", |client| client);
    assert_eq!(
        error.await.unwrap_err().to_string(),
        "Do was not sent: no endpoint: the endpoint https://example.com wants calls signed with sigv4-s3express, and this client signs \
         with sigv4 or sigv4a alone"
    );
}

#[tokio::test]
async fn headers_of_the_service_are_in_every_request() {
    assert_eq!(
        header::<WithHeaders>("x-version", settings()).await,
        "2026-01-01"
    );
    // What the operation sets counts.
    let content_type = header::<WithHeaders>("content-type", settings()).await;
    assert_eq!(content_type, "application/x-amz-json-1.0");
    let signature = header::<WithHeaders>("authorization", settings()).await;
    assert!(signature.contains(";x-version"), "{signature}");
}

#[tokio::test]
async fn uploads_carry_their_hashes() {
    let hash = header::<Hashed>("x-amz-sha256-tree-hash", settings()).await;
    assert_eq!(hash.len(), 64, "{hash}");
    assert_eq!(
        header::<Hashed>("x-amz-content-sha256", settings()).await,
        hash
    );
    assert_eq!(
        header::<WithHeaders>("x-amz-sha256-tree-hash", settings()).await,
        "none"
    );
}

/// Sees the protection from stalled streams of a call.
#[derive(Debug)]
struct Protection(Arc<Mutex<Option<bool>>>);

#[dyn_dispatch_hint]
impl Intercept for Protection {
    fn name(&self) -> &'static str {
        "Protection"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let protection = cfg.load::<StalledStreamProtectionConfig>();
        *self.0.lock().unwrap() = protection.map(StalledStreamProtectionConfig::is_enabled);
        Ok(())
    }
}

/// Returns `true` if a call is protected from stalled streams.
async fn is_protected<O>() -> bool
where
    O: Operation<Request = StartJobRequest, Response = PingResponse, Error = PingError>,
{
    let seen = Arc::new(Mutex::new(None));
    let interceptor = Protection(Arc::clone(&seen));
    let request = sent::<O>(settings(), "in", |client| client.interceptor(interceptor));
    request.await.unwrap();
    seen.lock().unwrap().unwrap()
}

#[tokio::test]
async fn calls_that_may_stall_are_not_protected_from_it() {
    assert!(is_protected::<WithHeaders>().await);
    assert!(!is_protected::<Slow>().await);
}
