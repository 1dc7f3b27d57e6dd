//! The library of the protocol tests in a generated crate (feature `test-util`).
//!
//! Such a test makes a call as a user would, with a client whose other end is here: [`sent`] returns the request, to be compared
//! with what the model expects; [`answered`] has the call answered, and returns its result. Everything in between is what every
//! call goes through.

// These functions are for tests, where to panic is to fail.
#![allow(clippy::panic, clippy::unwrap_used)]

use std::fmt::{Debug, Display};
use std::future::{self, IntoFuture};
use std::pin::pin;
use std::sync::{Arc, Mutex, OnceLock};
use std::task::{Context, Poll, Waker};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::behavior_version::BehaviorVersion;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::base64;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_types::region::Region;
use aws_types::sdk_config::Builder as SdkConfigBuilder;
use serde_core::Serialize;
use serde_json::Value;

#[cfg(feature = "byte-stream")]
use crate::codec::{Codec, json::Json};
use crate::endpoint::Endpoint;
#[cfg(feature = "byte-stream")]
use crate::schema::{Member, View};
use crate::{Call, Document, SdkConfig};

#[cfg(feature = "event-stream")]
pub use super::event_test::{Event, assert_same_events, failure};

/// Returns the idempotency token that Smithy's protocol tests expect.
pub fn token() -> String {
    "00000000-0000-4000-8000-000000000000".to_owned()
}

/// Parses a document from JSON.
pub fn document(json: &str) -> Document {
    serde_json::from_str(json).unwrap()
}

/// Makes a call to `endpoint` and returns the request that was sent.
pub fn sent<T, F: Debug>(
    endpoint: &str,
    call: impl FnOnce(&SdkConfig) -> Call<T, F>,
) -> SentRequest {
    let (request, outcome) = exchange(at(endpoint), Answer::new(200), call);
    match (request, outcome) {
        (Some(request), _) => SentRequest(request),
        (None, Err(error)) => panic!("nothing was sent: {error:?}"),
        (None, Ok(_)) => panic!("nothing was sent"),
    }
}

/// Makes a call that is answered with `answer`, and returns its result.
///
/// # Errors
/// If that is an error.
pub fn answered<T, F>(answer: Answer, call: impl FnOnce(&SdkConfig) -> Call<T, F>) -> Result<T, F> {
    exchange(at("https://example.com"), answer, call).1
}

fn at(endpoint: &str) -> Settings {
    Settings::new().endpoint_url(endpoint)
}

/// Checks that both are the same. Where the expected value holds a NaN, which equals nothing, their forms on the wire are compared.
pub fn assert_same<T: Debug + PartialEq + Serialize>(received: &T, expected: &T) {
    #[allow(clippy::eq_op)]
    let is_comparable = expected == expected;
    if is_comparable {
        assert_eq!(received, expected);
    } else {
        let wire = |value| serde_json::to_value(value).unwrap();
        assert_eq!(wire(received), wire(expected));
    }
}

/// Checks that both are the same responses of an operation, the bytes of the stream in them included.
#[cfg(feature = "byte-stream")]
pub fn assert_same_stream<O: crate::Operation>(
    mut received: O::Response,
    mut expected: O::Response,
) {
    let bytes = |response| {
        let stream = O::output_stream(response);
        let stream = ByteStream::new(crate::stream::bytes::take(stream));
        now(stream.collect()).unwrap().into_bytes()
    };
    assert_eq!(bytes(&mut received), bytes(&mut expected));
    let members = |response: &O::Response| {
        let mut json = Vec::new();
        let view = View::Structure(response);
        Json::NUMBERS.write(view, &Member::ROOT, &mut json).unwrap();
        document(std::str::from_utf8(&json).unwrap())
    };
    assert_eq!(members(&received), members(&expected));
}

/// The answer of a service.
#[derive(Debug)]
pub struct Answer(http::response::Builder, Vec<u8>);

impl Answer {
    /// Creates an answer with this status, no headers and no body.
    pub fn new(status: u16) -> Self {
        Self(http::Response::builder().status(status), Vec::new())
    }

    /// Adds a header.
    #[must_use]
    pub fn header(self, name: &str, value: &str) -> Self {
        Self(self.0.header(name, value), self.1)
    }

    /// Sets the body.
    #[must_use]
    pub fn body(self, body: &str) -> Self {
        Self(self.0, body.into())
    }

    /// Sets the body to the bytes that this base64 stands for.
    #[must_use]
    pub fn base64(self, body: &str) -> Self {
        Self(self.0, base64::decode(body).unwrap())
    }

    #[cfg(feature = "event-stream")]
    pub(super) fn whole_body(self, body: Vec<u8>) -> Self {
        Self(self.0, body)
    }

    fn into_http(self) -> HttpResponse {
        let response = self.0.body(SdkBody::from(self.1)).unwrap();
        response.try_into().unwrap()
    }
}

/// A request that was sent. Every function but [`is`](Self::is) is named after a part of a request that it compares, and fails the
/// test if it is not as expected.
#[derive(Debug)]
pub struct SentRequest(HttpRequest);

impl SentRequest {
    /// Compares method and path.
    pub fn is(self, method: &str, path: &str) -> Self {
        let (_, sent, _) = self.uri();
        assert_eq!((self.0.method(), sent), (method, path));
        self
    }

    /// Compares the host.
    pub fn host(self, host: &str) -> Self {
        assert_eq!(self.uri().0, host);
        self
    }

    /// Compares a header.
    pub fn header(self, name: &str, value: &str) -> Self {
        assert_eq!(self.0.headers().get(name), Some(value), "{name}");
        self
    }

    /// Checks that there is such a header.
    pub fn has_header(self, name: &str) -> Self {
        assert!(self.0.headers().contains_key(name), "no {name}");
        self
    }

    /// Checks that there is no such header.
    pub fn lacks_header(self, name: &str) -> Self {
        assert_eq!(self.0.headers().get(name), None, "{name}");
        self
    }

    /// Checks that the query has this parameter, `name=value` or just a name, encoded as in a URL.
    pub fn query(self, parameter: &str) -> Self {
        let query = self.uri().2;
        assert!(
            query.split('&').any(|sent| sent == parameter),
            "no {parameter} in {query}"
        );
        self
    }

    /// Checks that the query has a parameter of this name.
    pub fn has_query(self, name: &str) -> Self {
        assert!(self.has_parameter(name), "no {name} in {}", self.0.uri());
        self
    }

    /// Checks that the query has no parameter of this name.
    pub fn lacks_query(self, name: &str) -> Self {
        assert!(!self.has_parameter(name), "{name} in {}", self.0.uri());
        self
    }

    /// Compares the body as text.
    pub fn body(self, body: &str) -> Self {
        assert_eq!(self.text(), body);
        self
    }

    /// Compares the body as JSON: neither the order of members nor how a number is written counts.
    pub fn json(self, body: &str) -> Self {
        assert_same_json(&self.text(), body);
        self
    }

    #[cfg(feature = "event-stream")]
    pub(super) fn whole_body(&self) -> &[u8] {
        self.0.body().bytes().unwrap()
    }

    #[cfg(feature = "event-stream")]
    pub(super) fn is_signed(&self) -> bool {
        self.0.headers().contains_key("authorization")
    }

    /// Compares the body as CBOR, which `body` is in base64: neither the order of entries nor the width of a number counts, nor
    /// whether lengths are told.
    #[cfg(feature = "cbor")]
    pub fn cbor(self, body: &str) -> Self {
        use crate::codec::cbor::testing::describe;

        let sent = describe(self.0.body().bytes().unwrap_or_default());
        let expected = describe(&base64::decode(body).unwrap());
        assert_eq!(sent, expected);
        self
    }

    /// Compares the body as XML: neither the order of attributes nor blanks between elements count, nor the order of elements of
    /// different names, or of entries of a map.
    #[cfg(feature = "xml")]
    pub fn xml(self, body: &str) -> Self {
        use crate::codec::xml::testing::describe;

        let text = self.text();
        assert_eq!(
            describe(&text),
            describe(body),
            "sent {text}\nexpected {body}"
        );
        self
    }

    /// Compares the body as parameters, in any order.
    #[cfg(feature = "query")]
    pub fn form(self, body: &str) -> Self {
        let sorted = |text: &str| {
            let mut parameters: Vec<_> = text.split('&').map(str::to_owned).collect();
            parameters.sort_unstable();
            parameters
        };
        assert_eq!(sorted(&self.text()), sorted(body));
        self
    }

    fn text(&self) -> String {
        String::from_utf8_lossy(self.0.body().bytes().unwrap_or_default()).into_owned()
    }

    fn has_parameter(&self, name: &str) -> bool {
        self.uri()
            .2
            .split('&')
            .any(|sent| sent.split('=').next() == Some(name))
    }

    /// Returns host, path and query.
    fn uri(&self) -> (&str, &str, &str) {
        let uri = self.0.uri();
        let uri = uri.split_once("://").map_or(uri, |(_scheme, rest)| rest);
        let (uri, query) = uri.split_once('?').unwrap_or((uri, ""));
        let path = uri.find('/').unwrap_or(uri.len());
        let (host, path) = uri.split_at(path);
        (host, if path.is_empty() { "/" } else { path }, query)
    }
}

/// Compares two texts as JSON.
pub(super) fn assert_same_json(sent: &str, expected: &str) {
    let (sent, expected) = (document(sent), document(expected));
    assert!(
        is_same_json(&sent, &expected),
        "sent {sent:#}\nexpected {expected:#}"
    );
}

fn is_same_json(sent: &Value, expected: &Value) -> bool {
    match (sent, expected) {
        (Value::Number(sent), Value::Number(expected)) => {
            sent == expected || sent.as_f64() == expected.as_f64()
        }
        (Value::Array(sent), Value::Array(expected)) => {
            sent.len() == expected.len()
                && sent
                    .iter()
                    .zip(expected)
                    .all(|(sent, expected)| is_same_json(sent, expected))
        }
        (Value::Object(sent), Value::Object(expected)) => {
            let is_same = |(name, sent): (&String, &Value)| {
                expected
                    .get(name)
                    .is_some_and(|expected| is_same_json(sent, expected))
            };
            sent.len() == expected.len() && sent.iter().all(is_same)
        }
        _ => sent == expected,
    }
}

/// Makes a call, and returns the request that was sent and the result.
fn exchange<T, F>(
    settings: Settings,
    answer: Answer,
    call: impl FnOnce(&SdkConfig) -> Call<T, F>,
) -> (Option<HttpRequest>, Result<T, F>) {
    let far_end = FarEnd::default();
    far_end.answer.lock().unwrap().replace(answer.into_http());
    let mut credentials = Credentials::builder()
        .access_key_id("AKIDEXAMPLE")
        .secret_access_key("secret")
        .provider_name("protocol test");
    if let Some(account_id) = settings.account_id {
        credentials = credentials.account_id(account_id);
    }
    let config = settings
        .config
        .credentials_provider(SharedCredentialsProvider::new(credentials.build()))
        .token_provider(SharedTokenProvider::new(Token::new("token", None)))
        .http_client(far_end.clone())
        .build();
    let outcome = now(call(&config).into_future());
    let request = far_end.request.lock().unwrap().take();
    (request, outcome)
}

/// The settings of a client, as far as endpoints depend on them.
#[derive(Debug)]
#[must_use]
pub struct Settings {
    config: SdkConfigBuilder,
    account_id: Option<String>,
}

impl Default for Settings {
    fn default() -> Self {
        Self::new()
    }
}

impl Settings {
    /// Creates settings with nothing about endpoints but a region, without which nothing is signed.
    pub fn new() -> Self {
        let config = SdkConfig::builder()
            .behavior_version(BehaviorVersion::latest())
            .region(Region::from_static("us-east-1"))
            .retry_config(RetryConfig::disabled())
            .sleep_impl(SharedAsyncSleep::new(Forever));
        Self {
            config,
            account_id: None,
        }
    }

    fn with(self, set: impl FnOnce(SdkConfigBuilder) -> SdkConfigBuilder) -> Self {
        let config = set(self.config);
        Self { config, ..self }
    }

    /// Sets `AWS::Region`.
    pub fn region(self, region: &'static str) -> Self {
        self.with(|config| config.region(Region::from_static(region)))
    }

    /// Sets `AWS::UseFIPS`.
    pub fn use_fips(self, use_fips: bool) -> Self {
        self.with(|config| config.use_fips(use_fips))
    }

    /// Sets `AWS::UseDualStack`.
    pub fn use_dual_stack(self, use_dual_stack: bool) -> Self {
        self.with(|config| config.use_dual_stack(use_dual_stack))
    }

    /// Sets `SDK::Endpoint`.
    pub fn endpoint_url(self, url: &str) -> Self {
        self.with(|config| config.endpoint_url(url))
    }

    /// Sets `AWS::Auth::AccountId`.
    pub fn account_id(self, account_id: &str) -> Self {
        Self {
            account_id: Some(account_id.to_owned()),
            ..self
        }
    }

    /// Sets `AWS::Auth::AccountIdEndpointMode`.
    pub fn account_id_endpoint_mode(self, mode: &str) -> Self {
        self.with(|config| config.account_id_endpoint_mode(mode.parse().unwrap()))
    }

    /// Returns the URL of the endpoint that a call goes to, without a slash at its end.
    ///
    /// # Errors
    /// If it goes nowhere: the text of its error.
    pub fn destination<T, F: Display>(
        self,
        call: impl FnOnce(&SdkConfig) -> Call<T, F>,
    ) -> Result<String, String> {
        let seen = SeenEndpoint::default();
        let call = |config: &SdkConfig| call(config).interceptor(seen.clone());
        let (request, outcome) = exchange(self, Answer::new(200), call);
        match (seen.0.get(), outcome) {
            (Some(url), _) if request.is_some() => Ok(url.trim_end_matches('/').to_owned()),
            (_, Err(error)) => Err(error.to_string()),
            (_, Ok(_)) => panic!("nothing was sent"),
        }
    }
}

/// The URL of the endpoint that a call goes to.
#[derive(Clone, Debug, Default)]
struct SeenEndpoint(Arc<OnceLock<String>>);

impl Intercept for SeenEndpoint {
    fn name(&self) -> &'static str {
        "SeenEndpoint"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        if let Some(endpoint) = cfg.load::<Endpoint>() {
            self.0.set(endpoint.url().to_owned()).unwrap();
        }
        Ok(())
    }
}

/// Returns the value of a future that waits for nothing.
pub(super) fn now<T>(future: impl Future<Output = T>) -> T {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(value) => value,
        Poll::Pending => {
            panic!("the call waits for something, which there is not in a protocol test")
        }
    }
}

/// The other end of the line: keeps the request and answers it.
#[derive(Clone, Debug, Default)]
struct FarEnd {
    request: Arc<Mutex<Option<HttpRequest>>>,
    answer: Arc<Mutex<Option<HttpResponse>>>,
}

impl HttpConnector for FarEnd {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let far_end = self.clone();
        HttpConnectorFuture::new(async move {
            let request = in_memory(request).await;
            far_end.request.lock().unwrap().replace(request);
            Ok(far_end.answer.lock().unwrap().take().unwrap())
        })
    }
}

impl HttpClient for FarEnd {
    fn http_connector(
        &self,
        _: &HttpConnectorSettings,
        _: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// Reads the body of a request, which may be a stream, to its end.
async fn in_memory(mut request: HttpRequest) -> HttpRequest {
    if request.body().bytes().is_none() {
        let body = std::mem::replace(request.body_mut(), SdkBody::taken());
        let bytes = ByteStream::new(body).collect().await.unwrap();
        *request.body_mut() = SdkBody::from(bytes.into_bytes());
    }
    request
}

/// Timeouts that never come.
#[derive(Debug)]
struct Forever;

impl AsyncSleep for Forever {
    fn sleep(&self, _: Duration) -> Sleep {
        Sleep::new(future::pending())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
    use crate::protocol::AWS_JSON_1_0;
    use crate::schema::AuthScheme;
    use crate::{
        Client, ClientBuilder, EncodeError, EncodedRequest, Failure, Operation, OperationError,
        OperationSchema, Service, Signing, UnmodeledError,
    };
    use serde_json::json;

    #[derive(Clone, Debug, PartialEq)]
    pub struct Words {
        a: Document,
        b: Document,
    }

    crate::structure!(
        words_builder::WordsBuilder,
        [a, b],
        Words {
            a: required::<Document>("a"),
            b: required::<Document>("b"),
        }
    );

    struct Ask;

    impl Operation for Ask {
        type Request = Words;
        type Response = Words;
        type Error = AskError;

        const SERVICE: &'static Service = &SERVICE;
        const SCHEMA: OperationSchema = OperationSchema::new("Example", "Ask");

        fn encode(request: &Words) -> Result<EncodedRequest, EncodeError> {
            Ok(EncodedRequest::new::<Self>(request)?.host_prefix("foo."))
        }
    }

    #[derive(Debug)]
    enum AskError {
        Unmodeled(UnmodeledError),
    }

    crate::service_error!(AskError {});

    static SERVICE: Service = Service {
        id: "Example",
        auth: &[AuthScheme::SigV4],
        signing_name: Some("example"),
        signing: Signing::new(),
        token_variable: None,
        crate_version: "1.0.0",
        protocol: &AWS_JSON_1_0,
        sensitive_errors: &[],
        headers: &[],
        resolve_endpoint,
        endpoint_depends_on_call: false,
    };

    fn resolve_endpoint(
        settings: &EndpointSettings,
        _: &ContextParams,
    ) -> Result<Endpoint, EndpointError> {
        endpoint::at(settings.endpoint_url.clone().unwrap_or_default())
    }

    fn words(a: Document) -> Words {
        Words::builder().a(a).b(Document::Null).build()
    }

    fn ask(request: Words) -> impl FnOnce(&SdkConfig) -> Call<Words, Failure<AskError>> {
        |config| {
            Call::of::<Ask>(
                &ClientBuilder::<Client>::new(config, &SERVICE).build(),
                request,
            )
        }
    }

    fn sent_value() -> SentRequest {
        sent("https://example.com/a", ask(words(json!([1, "x"]))))
    }

    #[test]
    fn what_is_sent_is_as_expected() {
        sent_value()
            .is("POST", "/a/")
            .host("foo.example.com")
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("x-amz-target", "Example.Ask")
            .has_header("Authorization")
            .lacks_header("Content-Encoding")
            .lacks_query("a")
            .body(r#"{"a":[1,"x"],"b":null}"#)
            .json(r#"{"b": null, "a": [1.0, "x"]}"#);
    }

    #[test]
    fn what_is_not_as_expected_fails() {
        let checks: [fn(SentRequest) -> SentRequest; 11] = [
            |sent| sent.is("GET", "/a/"),
            |sent| sent.is("POST", "/"),
            |sent| sent.host("example.com"),
            |sent| sent.header("x-amz-target", "Ask"),
            |sent| sent.has_header("x-stranger"),
            |sent| sent.lacks_header("X-Amz-Target"),
            |sent| sent.query("a=b"),
            |sent| sent.has_query("a"),
            |sent| sent.body("{}"),
            |sent| sent.json(r#"{"a": [1, "x"]}"#),
            |sent| sent.json(r#"{"a": [1, "x", 2], "b": null}"#),
        ];
        for (index, check) in checks.into_iter().enumerate() {
            let checked = std::panic::catch_unwind(|| check(sent_value()));
            assert!(checked.is_err(), "check {index} passed");
        }
    }

    fn sent_query() -> SentRequest {
        let mut request = HttpRequest::new(SdkBody::empty());
        request.set_uri("https://example.com?a=1&b").unwrap();
        SentRequest(request)
    }

    #[test]
    fn parameters_of_the_query_are_told_apart() {
        sent_query()
            .is("GET", "/")
            .query("a=1")
            .query("b")
            .has_query("a")
            .lacks_query("1");
        assert!(std::panic::catch_unwind(|| sent_query().lacks_query("b")).is_err());
    }

    #[test]
    fn an_answer_becomes_a_response_or_an_error() {
        let answer = Answer::new(200)
            .header("content-type", "application/json")
            .body(r#"{"a": 1}"#);
        assert_same(
            &answered(answer, ask(words(json!(0)))).unwrap(),
            &words(json!(1)),
        );
        let answer = Answer::new(400).header("x-amzn-errortype", "Gone");
        let error = answered(answer, ask(words(json!(0)))).unwrap_err();
        assert_eq!(
            error.as_service_error().and_then(OperationError::code),
            Some("Gone")
        );
    }

    #[derive(Clone, Debug, PartialEq)]
    pub struct Measured {
        value: f64,
    }

    crate::structure!(
        measured_builder::MeasuredBuilder,
        [value],
        Measured {
            value: required::<f64>("value")
        }
    );

    #[test]
    fn a_nan_is_the_same_as_a_nan() {
        let measured = |value| Measured::builder().value(value).build();
        assert_same(&measured(f64::NAN), &measured(f64::NAN));
        let other = std::panic::catch_unwind(|| assert_same(&measured(1.0), &measured(f64::NAN)));
        assert!(other.is_err());
    }
}
