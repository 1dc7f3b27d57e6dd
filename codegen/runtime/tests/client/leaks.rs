//! Errors without what they must not show: what was sent, what is sensitive, and what is no short line.

use crate::service::start_job;
use smithy_rt::Call;
use smithy_rt::OperationSchema;
use std::error::Error as _;
use std::fmt::Debug;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    AfterDeserializationInterceptorContextRef, BeforeDeserializationInterceptorContextMut,
    BeforeDeserializationInterceptorContextRef, BeforeSerializationInterceptorContextMut,
    BeforeSerializationInterceptorContextRef, BeforeTransmitInterceptorContextMut,
    BeforeTransmitInterceptorContextRef, Error as Erased, FinalizerInterceptorContextMut,
    FinalizerInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::{ErrorKind, RetryConfig};
use aws_types::sdk_config::Builder;
use hyper::body::{Body, Bytes, Frame};
use smithy_rt::fake::Fake;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::waiter::{AcceptorState, Definition, Waiter};
use smithy_rt::{ClientBuilder, EncodedRequest, Operation, Service, UnmodeledError};

use crate::server::{Server, Step};
use crate::service::{
    BusyException, Client, ServiceError, StartJob, StartJobError, StartJobRequest, StartJobResponse,
};
use crate::{SECRET, StartJobFailure, assert_clean, client, ending, fail, settings};

fn once() -> Builder {
    settings().retry_config(RetryConfig::disabled())
}

/// Errors that quote the request, as those of any HTTP client may.
fn quoting() -> Vec<fn() -> BoxError> {
    fn io(kind: io::ErrorKind) -> BoxError {
        Box::new(io::Error::new(kind, SECRET))
    }
    vec![
        || SECRET.into(),
        || format!("dns error: {SECRET}").into(),
        || format!("connection closed before message completed: {SECRET}").into(),
        || format!("HTTP connect timeout occurred after {SECRET}").into(),
        || format!("unexpected EOF in {SECRET}").into(),
        || io(io::ErrorKind::ConnectionRefused),
        || io(io::ErrorKind::ConnectionReset),
        || io(io::ErrorKind::InvalidData),
        || io(io::ErrorKind::TimedOut),
        || io(io::ErrorKind::UnexpectedEof),
        || io(io::ErrorKind::Other),
        || {
            Box::new(io::Error::other(io::Error::new(
                io::ErrorKind::InvalidData,
                SECRET,
            )))
        },
    ]
}

#[tokio::test]
async fn errors_of_http_clients_are_not_quoted() {
    let kinds: [fn(BoxError) -> ConnectorError; 5] = [
        ConnectorError::timeout,
        ConnectorError::user,
        ConnectorError::io,
        |error| ConnectorError::other(error, None),
        |error| ConnectorError::other(error, Some(ErrorKind::ServerError)),
    ];
    for kind in kinds {
        for source in quoting() {
            let error = fail(once().http_client(ending(move |_| Err(kind(source()))))).await;
            assert_clean(format!("{:?}", kind(source())), &error);
            assert!(
                error.to_string().starts_with("StartJob failed: "),
                "{error}"
            );
        }
    }
}

/// A body that breaks.
struct Broken(fn() -> BoxError);

impl Body for Broken {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        Poll::Ready(Some(Err((self.0)())))
    }
}

#[tokio::test]
async fn errors_of_bodies_are_not_quoted() {
    for source in quoting() {
        for status in [200, 400] {
            let client = ending(move |_| {
                let body = SdkBody::from_body_1_x(Broken(source));
                Ok(HttpResponse::new(status.try_into().unwrap(), body))
            });
            let error = fail(once().http_client(client)).await;
            assert_clean(source(), &error);
            assert!(error.is_retryable(), "{error}");
        }
    }
}

/// An interceptor that fails in one of its hooks.
#[derive(Debug)]
struct Failing(&'static str);

impl Failing {
    fn fail_in(&self, hook: &str) -> Result<(), BoxError> {
        match self.0 == hook {
            true => Err(SECRET.into()),
            false => Ok(()),
        }
    }
}

macro_rules! failing {
    ($($hook:ident($context:ty)),* $(,)?) => {
        const HOOKS: &[&str] = &["read_before_execution", $(stringify!($hook)),*];

        impl Intercept for Failing {
            fn name(&self) -> &'static str {
                "Failing"
            }

            fn read_before_execution(
                &self,
                _: &BeforeSerializationInterceptorContextRef<'_>,
                _: &mut ConfigBag,
            ) -> Result<(), BoxError> {
                self.fail_in("read_before_execution")
            }

            $(fn $hook(&self, _: $context, _: &RuntimeComponents, _: &mut ConfigBag) -> Result<(), BoxError> {
                self.fail_in(stringify!($hook))
            })*
        }
    };
}

failing! {
    modify_before_serialization(&mut BeforeSerializationInterceptorContextMut<'_>),
    read_before_serialization(&BeforeSerializationInterceptorContextRef<'_>),
    read_after_serialization(&BeforeTransmitInterceptorContextRef<'_>),
    modify_before_retry_loop(&mut BeforeTransmitInterceptorContextMut<'_>),
    read_before_attempt(&BeforeTransmitInterceptorContextRef<'_>),
    modify_before_signing(&mut BeforeTransmitInterceptorContextMut<'_>),
    read_before_signing(&BeforeTransmitInterceptorContextRef<'_>),
    read_after_signing(&BeforeTransmitInterceptorContextRef<'_>),
    modify_before_transmit(&mut BeforeTransmitInterceptorContextMut<'_>),
    read_before_transmit(&BeforeTransmitInterceptorContextRef<'_>),
    read_after_transmit(&BeforeDeserializationInterceptorContextRef<'_>),
    modify_before_deserialization(&mut BeforeDeserializationInterceptorContextMut<'_>),
    read_before_deserialization(&BeforeDeserializationInterceptorContextRef<'_>),
    read_after_deserialization(&AfterDeserializationInterceptorContextRef<'_>),
    modify_before_attempt_completion(&mut FinalizerInterceptorContextMut<'_>),
    read_after_attempt(&FinalizerInterceptorContextRef<'_>),
    modify_before_completion(&mut FinalizerInterceptorContextMut<'_>),
    read_after_execution(&FinalizerInterceptorContextRef<'_>),
}

#[tokio::test]
async fn errors_of_interceptors_are_named_and_not_quoted() {
    let server = Server::start([Step::ok(r#"{"JobId":"a","QueueLength":1}"#)]).await;
    let client = client(once().endpoint_url(server.url()));
    for hook in HOOKS {
        let call = client.start_job(StartJobRequest::of(SECRET));
        let error = call.interceptor(Failing(hook)).await.unwrap_err();
        assert_clean(hook, &error);
        let line = error.to_string().to_lowercase();
        assert!(
            line.contains(&format!("failing {hook} interceptor")),
            "{line}"
        );
        assert!(!error.is_retryable(), "{error}");
        // It is not lost.
        let aws = smithy_rt::SdkError::from(error);
        assert!(format!("{aws:?}").contains(SECRET), "{hook}");
    }
}

/// An interceptor that puts an error of its own in the place of the response.
#[derive(Debug)]
struct Replacing;

impl Intercept for Replacing {
    fn name(&self) -> &'static str {
        "Replacing"
    }

    fn modify_before_completion(
        &self,
        context: &mut FinalizerInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let error = Erased::erase(io::Error::other(SECRET));
        *context.output_or_error_mut().unwrap() = Err(OrchestratorError::operation(error));
        Ok(())
    }
}

#[tokio::test]
async fn an_error_that_an_interceptor_puts_in_place_is_not_quoted() {
    let server = Server::start([Step::ok(r#"{"JobId":"a","QueueLength":1}"#)]).await;
    let client = client(once().endpoint_url(server.url()));
    let call = client.start_job(StartJobRequest::of(SECRET));
    assert_clean("replaced", &call.interceptor(Replacing).await.unwrap_err());
}

#[tokio::test]
async fn no_endpoint_url_makes_an_error_that_quotes_the_request() {
    for url in [
        "http://h/<x>",
        "http://h/`",
        "http://h/a%",
        "http://%41/",
        "http://h/\\",
        "http://h/^",
        "http://h\"",
        "http://h/\u{7f}",
        "http://h:99999",
        "http://h:/",
        "http://[::1",
        "http://[::1]x",
        "http://h@",
        "http://",
        "http:///",
        "http://a,b;c=d",
        "http://h/{x}|",
        "http://*",
        "http://_",
        "http://..",
        "http://-",
        "HTTP://H",
        "http://h//",
        "http://h/..",
        &format!("http://h/{}", "a".repeat(70_000)),
    ] {
        for credentials in [true, false] {
            let mut settings = once()
                .endpoint_url(url)
                .http_client(ending(|_| Err(ConnectorError::io("no".into()))));
            if !credentials {
                settings.set_credentials_provider(None::<SharedCredentialsProvider>);
            }
            let error = fail(settings).await;
            assert_clean(url, &error);
            assert!(!error.to_string().contains("not shown"), "{error}");
            assert!(error.to_string().chars().count() <= 2_001);
        }
    }
}

/// Characters that no error may pass on to a terminal or to a log.
const HOSTILE: &str =
    "a\u{1b}[31m\r\nb\u{85}\u{2028}\u{2029}\u{202e}\u{2066}\u{200b}\u{feff}\u{7f}\u{9b}\u{ad}\tc";

fn hostile() -> String {
    HOSTILE.repeat(50_000)
}

fn assert_short_line(case: impl Debug, error: &(dyn std::error::Error + 'static)) {
    for error in std::iter::successors(Some(error), |&error| error.source()) {
        let line = error.to_string();
        assert!(
            line.chars().count() <= 2_001,
            "{case:?}: {}",
            line.chars().count()
        );
        let is_hidden = |c: char| c.is_control() || (HOSTILE.contains(c) && !c.is_ascii());
        assert!(!line.contains(is_hidden), "{case:?}: {line:?}");
    }
}

#[tokio::test]
async fn whatever_the_service_says_is_one_short_line() {
    let said = serde_json::Value::from(hostile());
    for body in [
        format!(r#"{{"__type":"ValidationException","Message":{said}}}"#),
        format!(r#"{{"__type":"SurpriseException","message":{said}}}"#),
        format!(r#"{{"__type":{said},"message":{said}}}"#),
        format!(r#"{{"code":{said}}}"#),
        hostile(),
        format!("<html><title>{}", hostile()),
    ] {
        let server = Server::start([Step::error(400, &body)]).await;
        let error = fail(once().endpoint_url(server.url())).await;
        let start = body.chars().take(60).collect::<String>();
        let start = start.as_str();
        assert_short_line(start, &error);
        assert!(
            error.to_string().ends_with("(request id request-1)"),
            "{error}"
        );
        // The whole of it is there for programs.
        let is_json = body.starts_with('{') && body.contains("essage");
        assert_eq!(
            error.message().is_some_and(|message| message == hostile()),
            is_json,
            "{start}"
        );
        let error = error.into_service_error().unwrap();
        assert_short_line(start, &error);
        assert_short_line(start, &ServiceError::from(error));
    }
    let server =
        Server::start([Step::error(400, "").with_header("x-amzn-requestid", &"r".repeat(30_000))])
            .await;
    assert_short_line("request id", &fail(once().endpoint_url(server.url())).await);
}

#[test]
fn errors_made_by_programs_are_one_short_line_too() {
    let error = StartJobError::BusyException(BusyException {
        message: Some(hostile()),
    });
    assert_short_line("a modelled error", &error);
    let error = UnmodeledError::new(400, hostile(), hostile());
    assert_short_line("another", &error);
    assert!(format!("{error:?}").chars().count() < 2_000);
    assert_short_line("reading", &smithy_rt::DecodeError::new(hostile()));
    assert_short_line("writing", &smithy_rt::EncodeError::new(hostile()));
    assert_short_line(
        "an endpoint",
        &smithy_rt::endpoint::EndpointError::new(hostile()),
    );
}

#[tokio::test]
async fn the_reason_of_a_waiter_is_one_short_line() {
    let fake = Fake::new();
    fake.on::<StartJob>(|_| {
        Ok(StartJobResponse {
            job_id: hostile(),
            queue_length: 1,
        })
    });
    let client: Client = fake.client();
    let definition = Definition::new("Lost", 1, 1);
    let waiter: Waiter<_, StartJobFailure> = Waiter::of::<StartJob>(
        &client.0,
        StartJobRequest::of(SECRET),
        &definition,
        |_, result| {
            let job = &result.unwrap().job_id;
            AcceptorState::failure("JobId", job, Some(job))
        },
    );
    let error = waiter.await.unwrap_err();
    assert_short_line("a waiter", &error);
    assert_eq!(error.message(), Some(hostile().as_str()));
    assert!(error.source().is_none());
}

/// A service that says in its errors what nobody may read.
static DISCREET: Service = Service {
    sensitive_errors: &["ValidationException", "SurpriseException"],
    ..crate::service::SERVICE
};

start_job!(
    StartDiscreetJob,
    &DISCREET,
    OperationSchema::new("JobShop", "StartJob")
);

#[tokio::test]
async fn a_sensitive_message_stays_hidden_where_the_error_cannot_be_read() {
    for body in [
        format!(r#"{{"__type":"ValidationException","message":"{SECRET}","Message":5}}"#),
        format!(
            r#"{{"__type":"a#ValidationException:b","Message":"{SECRET}","Message":"{SECRET}"}}"#
        ),
        format!(r#"{{"code":"SurpriseException","errorMessage":"{SECRET}"}}"#),
        format!(r#"{{"__type":"ValidationException","message":"{SECRET}"#),
    ] {
        let server = Server::start([Step::error(400, &body)]).await;
        let config = once().endpoint_url(server.url()).build();
        let client: Client = ClientBuilder::new(&config, &DISCREET).build();
        let request = StartJobRequest::of("in");
        let call: Call<_, StartJobFailure> = Call::of::<StartDiscreetJob>(&client.0, request);
        let error = call.await.unwrap_err();
        assert_clean(&body, &error);
        assert!(
            !error.message().unwrap_or_default().contains(SECRET),
            "{body}"
        );
        assert_clean(&body, &error.into_service_error().unwrap());
    }
}

/// A request with nothing but what is sensitive, in all parts of a message besides the body.
#[derive(Clone, Debug, PartialEq)]
pub struct ReadRequest {
    pub id: String,
    pub key: Option<String>,
    pub pin: Option<String>,
}

smithy_rt::structure!(
    read_request_builder::ReadRequestBuilder,
    [id],
    ReadRequest {
        id: required::<impl Into<String>>("Id").location(Label),
        key: optional::<impl Into<String>>("Key", maybe_key).location(Header("x-read-key")),
        pin: optional::<impl Into<String>>("Pin", maybe_pin).location(Query("pin")),
    }
);

struct Read;

impl Operation for Read {
    type Request = ReadRequest;
    type Response = StartJobResponse;
    type Error = StartJobError;

    const SERVICE: &'static Service = &Service {
        protocol: &REST_JSON_1,
        ..crate::service::SERVICE
    };
    const SCHEMA: OperationSchema = OperationSchema::new("JobShop", "Read")
        .http("GET", "/read/{Id}")
        .sensitive_input();
}

#[tokio::test]
async fn what_is_sensitive_in_paths_queries_and_headers_stays_hidden() {
    let request = |id: &str, key: &str| ReadRequest {
        id: id.to_owned(),
        key: Some(key.to_owned()),
        pin: Some("541754".to_owned()),
    };
    let encoded = EncodedRequest::new::<Read>(&request("my secret", "my secret")).unwrap();
    assert_eq!(encoded.uri(), "/read/my%20secret?pin=541754");
    let shown = format!("{encoded:?} {encoded:#?}");
    assert!(
        !shown.contains("secret") && !shown.contains("541754"),
        "{shown}"
    );

    let server = Server::start([
        Step::Close,
        Step::NotHttp("my secret"),
        Step::error(500, "{}"),
        Step::ok("{"),
    ])
    .await;
    for (id, key) in [
        ("my secret", "my secret"),
        ("my secret", "my secret"),
        ("my secret", "my secret"),
        ("my secret", "my secret"),
        ("my secret", "my secret\n"),
        ("", "my secret"),
        ("..", "my secret"),
    ] {
        let config = once().endpoint_url(server.url()).build();
        let client: Client = ClientBuilder::new(&config, Read::SERVICE).build();
        let call: Call<_, StartJobFailure> = Call::of::<Read>(&client.0, request(id, key));
        let shown = format!("{call:?}");
        assert!(
            !shown.contains("secret") && !shown.contains("541754"),
            "{shown}"
        );
        let error = call.await.unwrap_err();
        assert_clean((id, key), &error);
        for text in [format!("{error}"), format!("{error:?}")] {
            assert!(!text.contains("my%20secret"), "{text}");
        }
    }
}
