//! Settings, all of which are honoured.

use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime::client::identity::IdentityCache;
use aws_smithy_runtime_api::client::http::HttpClient;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::app_name::AppName;
use aws_types::endpoint_config::AccountIdEndpointMode;
use aws_types::origin::Origin;
use aws_types::region::Region;
use aws_types::sdk_config::Builder;
use aws_types::sdk_ua_metadata::FrameworkMetadata;
use aws_types::service_config::{LoadServiceConfig, ServiceConfigKey};
use smithy_rt::endpoint::{
    self, ContextParams, Endpoint, EndpointAuthScheme, EndpointError, EndpointSettings,
};
use smithy_rt::{
    AuthScheme, Call, ClientBuilder, EncodeError, EncodedRequest, Failure, Operation,
    OperationSchema, SdkConfig, Service,
};

use crate::credentials::NumberedCredentials;
use crate::endpoints::PutRecord;
use crate::server::{Server, Step};
use crate::service::{self, Client, StartJobRequest};
use crate::{REGION, client, empty_object, ending, settings};

/// Keeps the requests, and answers each with an empty object.
#[derive(Default)]
struct Recorder(Arc<Mutex<Vec<HttpRequest>>>);

impl Recorder {
    fn http_client(&self) -> impl HttpClient + 'static {
        let requests = Arc::clone(&self.0);
        ending(move |request| {
            requests.lock().unwrap().push(request);
            Ok(empty_object())
        })
    }

    /// The one request that a call with these settings makes.
    async fn of(settings: Builder) -> HttpRequest {
        let recorder = Self::default();
        let client = client(settings.http_client(recorder.http_client()));
        client.start_job(StartJobRequest::of("in")).await.unwrap();
        recorder.0.lock().unwrap().pop().unwrap()
    }
}

async fn uri(settings: Builder) -> String {
    Recorder::of(settings).await.uri().to_owned()
}

#[tokio::test]
async fn the_endpoint_follows_the_settings() {
    assert_eq!(
        uri(settings().region(REGION)).await,
        "https://jobshop.eu-west-3.amazonaws.com/"
    );
    assert_eq!(
        uri(settings().region(Region::new("us-east-2")).use_fips(true)).await,
        "https://jobshop-fips.us-east-2.amazonaws.com/"
    );
    assert_eq!(
        uri(settings().region(REGION).use_dual_stack(true)).await,
        "https://jobshop.eu-west-3.api.aws/"
    );
    assert_eq!(
        uri(settings().endpoint_url("http://localhost:4566/base")).await,
        "http://localhost:4566/base/"
    );
}

/// The settings for one service in the environment or in a profile.
#[derive(Debug)]
struct ForService;

impl LoadServiceConfig for ForService {
    fn load_config(&self, key: ServiceConfigKey<'_>) -> Option<String> {
        assert_eq!(key.service_id(), "Job Shop");
        assert_eq!(
            (key.env(), key.profile()),
            ("AWS_ENDPOINT_URL", "endpoint_url")
        );
        Some("https://for-service.example".to_owned())
    }
}

#[tokio::test]
async fn an_endpoint_for_the_service_comes_before_one_for_all() {
    let mut from_environment = settings().endpoint_url("https://for-all.example");
    from_environment.insert_origin("endpoint_url", Origin::shared_environment_variable());
    assert_eq!(uri(from_environment).await, "https://for-all.example/");

    let mut from_environment = settings()
        .endpoint_url("https://for-all.example")
        .service_config(ForService);
    from_environment.insert_origin("endpoint_url", Origin::shared_environment_variable());
    assert_eq!(uri(from_environment).await, "https://for-service.example/");
}

#[tokio::test]
async fn an_endpoint_that_the_program_sets_comes_first() {
    let mut set = settings()
        .endpoint_url("https://set.example")
        .service_config(ForService);
    set.insert_origin("endpoint_url", Origin::shared_config());
    assert_eq!(uri(set).await, "https://set.example/");

    let recorder = Recorder::default();
    let config = settings()
        .service_config(ForService)
        .http_client(recorder.http_client())
        .build();
    let client = Client::builder(&config)
        .endpoint_url("https://set.example")
        .build();
    client.ping().await.unwrap();
    assert_eq!(recorder.0.lock().unwrap()[0].uri(), "https://set.example/");
}

#[tokio::test]
async fn the_user_agent_names_service_version_app_and_frameworks() {
    let request = Recorder::of(
        settings()
            .app_name(AppName::new("night-shift").unwrap())
            .framework_metadata(FrameworkMetadata::new("rig", Some("2.0")).unwrap()),
    )
    .await;
    let agent = request.headers().get("x-amz-user-agent").unwrap();
    for part in [
        "aws-sdk-rust/",
        "api/jobshop/1.2.3",
        "app/night-shift",
        "lib/rig/2.0",
    ] {
        assert!(agent.contains(part), "{part} is not in {agent}");
    }
}

#[tokio::test]
async fn what_the_builder_sets_comes_before_the_sdk_config() {
    let recorder = Recorder::default();
    let config = settings().http_client(recorder.http_client()).build();
    let client = Client::builder(&config)
        .region(Region::new("sa-east-1"))
        .use_fips(true)
        .build();
    client.ping().await.unwrap();
    let uri = recorder.0.lock().unwrap()[0].uri().to_owned();
    assert_eq!(uri, "https://jobshop-fips.sa-east-1.amazonaws.com/");
}

/// Waits for nothing, and counts how often it was asked to. What it was asked for moves its clock on.
#[derive(Clone, Debug, Default)]
struct Time(Arc<Mutex<Vec<Duration>>>);

impl AsyncSleep for Time {
    fn sleep(&self, duration: Duration) -> Sleep {
        self.0.lock().unwrap().push(duration);
        Sleep::new(std::future::ready(()))
    }
}

impl TimeSource for Time {
    fn now(&self) -> SystemTime {
        let passed: Duration = self.0.lock().unwrap().iter().sum();
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + passed
    }
}

/// Settings under which nothing but retries waits.
fn settings_of(time: &Time) -> Builder {
    settings()
        .sleep_impl(time.clone())
        .time_source(time.clone())
        .identity_cache(IdentityCache::no_cache())
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
}

#[tokio::test]
async fn retries_wait_and_requests_are_dated_as_the_settings_say() {
    let busy = Step::error(400, r#"{"__type":"BusyException"}"#);
    let server = Server::start([busy]).await;
    let time = Time::default();
    let retries = RetryConfig::standard()
        .with_max_attempts(5)
        .with_initial_backoff(Duration::from_secs(1000))
        .with_max_backoff(Duration::from_secs(1000));
    let settings = settings_of(&time).retry_config(retries);
    let error = client(settings.endpoint_url(server.url()))
        .start_job(StartJobRequest::of("in"))
        .await
        .unwrap_err();

    assert_eq!(error.attempts(), 5);
    assert_eq!(time.0.lock().unwrap().len(), 4);
    let seen = server.seen();
    let dates: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("x-amz-date").unwrap())
        .collect();
    assert_eq!(dates.len(), 5);
    assert_eq!(dates[0], "20231114T221320Z");
    assert!(dates.is_sorted(), "{dates:?}");
}

#[tokio::test]
async fn the_retry_mode_may_be_adaptive() {
    let waited = async |mode: RetryConfig| {
        let throttled = Step::error(400, r#"{"__type":"ThrottlingException"}"#);
        let server = Server::start([throttled]).await;
        let time = Time::default();
        let retries = mode
            .with_max_attempts(2)
            .with_initial_backoff(Duration::from_millis(1));
        let settings = settings_of(&time).retry_config(retries);
        let client = client(settings.endpoint_url(server.url()));
        for _ in 0..10 {
            client
                .start_job(StartJobRequest::of("in"))
                .await
                .unwrap_err();
        }
        time.0.lock().unwrap().iter().sum::<Duration>()
    };
    // Adaptive clients keep to the rate that the service lets through, less than one call a second here.
    let second = Duration::from_secs(1);
    let standard = waited(RetryConfig::standard()).await;
    assert!(standard < second, "{standard:?}");
    let adaptive = waited(RetryConfig::adaptive()).await;
    assert!(adaptive > second, "{adaptive:?}");
}

/// The ids that three calls with these settings are signed with.
async fn signers(settings: Builder) -> Vec<String> {
    let recorder = Recorder::default();
    let client = client(settings.http_client(recorder.http_client()));
    for _ in 0..3 {
        client.whisper().await.unwrap();
    }
    let requests = recorder.0.lock().unwrap();
    requests
        .iter()
        .map(|request| {
            let authorization = request.headers().get("authorization").unwrap();
            let (_, credential) = authorization.split_once("Credential=").unwrap();
            credential.split('/').next().unwrap().to_owned()
        })
        .collect()
}

#[tokio::test]
async fn credentials_are_cached_as_the_settings_say() {
    let counted = || {
        let credentials = NumberedCredentials::default();
        settings().credentials_provider(SharedCredentialsProvider::new(credentials))
    };
    assert_eq!(signers(counted()).await, ["AKID1"; 3]);
    let uncached = counted().identity_cache(IdentityCache::no_cache());
    assert_eq!(signers(uncached).await, ["AKID1", "AKID2", "AKID3"]);
}

#[tokio::test]
async fn the_builder_of_a_client_takes_what_the_sdk_config_takes() {
    let busy = Step::error(400, r#"{"__type":"BusyException"}"#);
    let server = Server::start([busy]).await;
    let time = Time::default();
    let bare = SdkConfig::builder().build();
    let client = Client::builder(&bare)
        .endpoint_url(server.url())
        .region(Region::new("sa-east-1"))
        .credentials_provider(NumberedCredentials::default())
        .identity_cache(IdentityCache::no_cache())
        .retry_config(RetryConfig::standard().with_max_attempts(4))
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .http_client(aws_smithy_http_client::Builder::new().build_http())
        .sleep_impl(time.clone())
        .time_source(time.clone())
        .app_name(AppName::new("night-shift").unwrap())
        .build();
    let call = client.start_job(StartJobRequest::of("in"));
    assert_eq!(call.await.unwrap_err().attempts(), 4);
    assert_eq!(time.0.lock().unwrap().len(), 3);
    let seen = server.seen().pop().unwrap();
    let authorization = seen.header("authorization").unwrap();
    assert!(
        authorization.contains("Credential=AKID4/20231114/sa-east-1/jobshop/"),
        "{authorization}"
    );
    let agent = seen.header("x-amz-user-agent").unwrap();
    assert!(agent.contains("app/night-shift"), "{agent}");

    let recorder = Recorder::default();
    let client = Client::builder(&settings().region(REGION).build())
        .use_dual_stack(true)
        .use_fips(true)
        .http_client(recorder.http_client())
        .build();
    client.ping().await.unwrap();
    let uri = recorder.0.lock().unwrap()[0].uri().to_owned();
    assert_eq!(uri, "https://jobshop-fips.eu-west-3.api.aws/");
}

#[tokio::test]
async fn an_unsigned_operation_needs_no_credentials() {
    let server = Server::start([Step::ok("{}")]).await;
    let mut settings = settings().region(None).endpoint_url(server.url());
    settings.set_credentials_provider(None);
    client(settings).ping().await.unwrap();
    assert_eq!(server.seen()[0].header("authorization"), None);
}

#[tokio::test]
async fn optional_auth_signs_if_there_are_credentials() {
    let server = Server::start([Step::ok("{}")]).await;
    client(settings().endpoint_url(server.url()))
        .whisper()
        .await
        .unwrap();
    let mut without = settings().endpoint_url(server.url());
    without.set_credentials_provider(None);
    client(without).whisper().await.unwrap();

    let seen = server.seen();
    assert!(seen[0].header("authorization").is_some());
    assert_eq!(seen[1].header("authorization"), None);
}

#[tokio::test]
async fn a_client_without_any_settings_says_what_is_missing() {
    let client = Client::new(&SdkConfig::builder().build());
    let error = client
        .start_job(StartJobRequest::of("in"))
        .await
        .unwrap_err();
    assert!(
        error.to_string().starts_with("StartJob was not sent: no "),
        "{error}"
    );
    assert_eq!(error.attempts(), 0);
}

/// A service whose endpoint depends on the account and on the request.
static ROUTED: Service = Service {
    resolve_endpoint: route,
    endpoint_depends_on_call: true,
    ..service::SERVICE
};

fn route(settings: &EndpointSettings, context: &ContextParams) -> Result<Endpoint, EndpointError> {
    let account = settings.account_id.as_deref().unwrap_or("nobody");
    let stream = context.string("Stream").unwrap_or_default();
    endpoint::at(format!("https://{account}.{stream}.example"))
}

async fn routed(settings: Builder) -> String {
    let recorder = Recorder::default();
    let config = settings.http_client(recorder.http_client()).build();
    let client: Client = ClientBuilder::new(&config, &ROUTED).build();
    let call: Call<_, Failure<_>> =
        Call::of::<PutRecord>(&client.0, service::StartJobRequest::of("clicks"));
    call.await.unwrap();
    recorder.0.lock().unwrap()[0].uri().to_owned()
}

#[tokio::test]
async fn an_endpoint_can_depend_on_the_call_and_on_the_account() {
    assert_eq!(
        routed(settings()).await,
        "https://data-nobody.clicks.example/"
    );

    let credentials = Credentials::builder()
        .access_key_id("AKIDEXAMPLE")
        .secret_access_key("the-secret")
        .provider_name("test")
        .account_id("123456789012")
        .build();
    let credentials = SharedCredentialsProvider::new(credentials);
    let of_account = || settings().credentials_provider(credentials.clone());
    assert_eq!(
        routed(of_account()).await,
        "https://data-123456789012.clicks.example/"
    );

    let disabled = of_account().account_id_endpoint_mode(AccountIdEndpointMode::Disabled);
    assert_eq!(
        routed(disabled).await,
        "https://data-nobody.clicks.example/"
    );
}

/// The way out of a prefix before the host of a URL of one's own.
const WAY_OUT: &str = "; the operation puts a prefix before the host of the endpoint URL, which `disable_host_prefix(true)` of the \
                       client's builder turns off";

#[tokio::test]
async fn only_who_sets_a_url_is_told_to_turn_its_prefix_off() {
    static NOWHERE: Service = Service {
        resolve_endpoint: |_, _| endpoint::at("http://nowhere.invalid"),
        ..ROUTED
    };
    let own = settings().endpoint_url("http://nowhere.invalid");
    for (settings, is_own) in [(settings(), false), (own, true)] {
        let config = settings.retry_config(RetryConfig::disabled()).build();
        let client: Client = ClientBuilder::new(&config, &NOWHERE).build();
        let call: Call<_, Failure<_>> =
            Call::of::<PutRecord>(&client.0, StartJobRequest::of("clicks"));
        let error = call.await.unwrap_err().to_string();
        let start = "PutRecord failed: host data-nowhere.invalid was not found: ";
        assert!(error.starts_with(start), "{error}");
        assert_eq!(error.ends_with(WAY_OUT), is_own, "{error}");
    }
}

/// The error of a call to an endpoint at this URL, with or without the host prefix of its operation.
async fn prefixed(url: &str, disable: bool) -> String {
    let config = settings().retry_config(RetryConfig::disabled()).build();
    let client: Client = ClientBuilder::new(&config, &service::SERVICE)
        .endpoint_url(url)
        .disable_host_prefix(disable)
        .build();
    let call: Call<_, Failure<_>> = Call::of::<PutRecord>(&client.0, StartJobRequest::of("clicks"));
    call.await.unwrap_err().to_string()
}

#[tokio::test]
async fn errors_name_the_host_with_its_prefix_unless_that_is_turned_off() {
    let nowhere = format!("{}.invalid", "nowhere-".repeat(8));
    for (disable, host) in [(false, format!("data-{nowhere}")), (true, nowhere.clone())] {
        let error = prefixed(&format!("http://{nowhere}"), disable).await;
        let start = format!("PutRecord failed: host {host} was not found: ");
        assert!(error.starts_with(&start), "{error}");
        assert_eq!(error.ends_with(WAY_OUT), !disable, "{error}");
    }
    for address in ["http://[::1]:1", "http://127.0.0.1:1"] {
        assert_eq!(
            prefixed(address, false).await,
            format!(
                "PutRecord was not sent: no endpoint: the host prefix \"data-\" does not fit the endpoint URL {address:?}: \
                 set a URL with the name of a host, or turn prefixes off with `disable_host_prefix(true)` of the client's builder"
            )
        );
    }
    assert_eq!(
        prefixed("http://127.0.0.1:1", true).await,
        "PutRecord failed: connection refused by 127.0.0.1:1"
    );
}

/// A service whose endpoints want the signatures that the request names, the last one with a region of its own.
static SIGNED: Service = Service {
    resolve_endpoint: signed_with,
    endpoint_depends_on_call: true,
    ..service::SERVICE
};

fn signed_with(_: &EndpointSettings, context: &ContextParams) -> Result<Endpoint, EndpointError> {
    let schemes = context.string("Stream").unwrap_or_default();
    let endpoint = endpoint::at("https://example.com")?.into_builder();
    let scheme = |name: &str| {
        EndpointAuthScheme::with_capacity(name.to_owned(), 1).put("signingRegion", "eu-south-1")
    };
    let builder = schemes.split(' ').fold(endpoint, |endpoint, name| {
        endpoint.auth_scheme(scheme(name))
    });
    Ok(builder.build())
}

/// The outcome of a call signed in one of these ways: the request, or the error.
async fn signed<O>(schemes: &str) -> Result<HttpRequest, Failure<service::PingError>>
where
    O: Operation<
            Request = StartJobRequest,
            Response = service::PingResponse,
            Error = service::PingError,
        >,
{
    let recorder = Recorder::default();
    let config = settings().http_client(recorder.http_client()).build();
    let client: Client = ClientBuilder::new(&config, &SIGNED).build();
    let call: Call<_, Failure<_>> = Call::of::<O>(&client.0, StartJobRequest::of(schemes));
    call.await?;
    Ok(recorder.0.lock().unwrap().remove(0))
}

/// [`PutRecord`], but never signed.
struct PeekRecord;

impl Operation for PeekRecord {
    type Request = StartJobRequest;
    type Response = service::PingResponse;
    type Error = service::PingError;

    const SERVICE: &'static Service = &ROUTED;
    const SCHEMA: OperationSchema =
        OperationSchema::new("JobShop", "PeekRecord").auth(&[AuthScheme::NoAuth]);

    fn encode(request: &StartJobRequest) -> Result<EncodedRequest, EncodeError> {
        PutRecord::encode(request)
    }
}

#[tokio::test]
async fn a_call_is_signed_as_the_endpoint_wants_it_or_not_sent() {
    let request = signed::<PutRecord>("sigv4a sigv4").await.unwrap();
    let authorization = request.headers().get("authorization").unwrap();
    assert!(
        authorization.contains("/eu-south-1/jobshop/aws4_request"),
        "{authorization}"
    );

    let error = signed::<PutRecord>("sigv4a sigv4-s3express").await;
    let error = error.unwrap_err();
    assert_eq!(
        error.to_string(),
        "PutRecord was not sent: no endpoint: the endpoint https://example.com wants calls signed with sigv4a or \
         sigv4-s3express, and this client signs with sigv4 alone"
    );
    assert_eq!(error.attempts(), 0);

    let request = signed::<PeekRecord>("sigv4a").await.unwrap();
    assert_eq!(request.headers().get("authorization"), None);
}
