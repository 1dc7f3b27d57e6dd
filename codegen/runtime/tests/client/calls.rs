//! Calls over HTTP: requests, responses and attempts.

use std::future::{IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::Poll;
use std::time::Duration;

use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextMut;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::config_bag::ConfigBag;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use smithy_rt::Call;

use crate::credentials::NumberedCredentials;
use crate::server::{Server, Step};
use crate::service::{Error, StartJobError, StartJobRequest, StartJobResponse};
use crate::{REGION, client, settings};

const STARTED: &str = r#"{"JobId":"job-1","QueueLength":3}"#;

fn busy() -> Step {
    Step::error(400, r#"{"__type":"BusyException"}"#)
}

#[tokio::test]
async fn a_call_is_a_signed_post_with_json() {
    let server = Server::start([Step::ok(STARTED)]).await;
    let client = client(settings().region(REGION).endpoint_url(server.url()));

    let request = StartJobRequest {
        input: "in".into(),
        client_token: Some("token".into()),
    };
    let response = client.start_job(request).await.unwrap();

    assert_eq!(
        response,
        StartJobResponse {
            job_id: "job-1".into(),
            queue_length: 3
        }
    );
    let [seen] = &server.seen()[..] else {
        panic!("one request")
    };
    assert_eq!(seen.line, "POST / HTTP/1.1");
    assert_eq!(seen.body, r#"{"Input":"in","ClientToken":"token"}"#);
    assert_eq!(
        seen.header("content-type"),
        Some("application/x-amz-json-1.0")
    );
    assert_eq!(seen.header("x-amz-target"), Some("JobShop.StartJob"));
    assert_eq!(seen.header("amz-sdk-request"), Some("attempt=1; max=3"));
    assert!(seen.header("amz-sdk-invocation-id").is_some());
    let authorization = seen.header("authorization").unwrap();
    assert!(
        authorization.starts_with("AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/")
            && authorization.contains("/eu-west-3/jobshop/aws4_request"),
        "{authorization}"
    );
}

#[tokio::test]
async fn an_empty_request_is_an_empty_object_and_an_empty_response_is_one() {
    let server = Server::start([Step::ok(""), Step::ok("{}")]).await;
    let client = client(settings().endpoint_url(server.url()));
    client.ping().await.unwrap();
    client.ping().await.unwrap();
    let seen = server.seen();
    assert_eq!(seen[0].body, "{}");
    assert_eq!(seen[0].header("content-length"), Some("2"));
}

#[tokio::test]
async fn all_attempts_carry_the_same_token() {
    let server = Server::start([busy(), Step::Close, Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));

    client.start_job(StartJobRequest::of("in")).await.unwrap();
    client.start_job(StartJobRequest::of("in")).await.unwrap();

    let bodies: Vec<_> = server.seen().into_iter().map(|seen| seen.body).collect();
    let [first, second, third, other] = &bodies[..] else {
        panic!("{bodies:?}")
    };
    assert!(first.contains("ClientToken"), "{first}");
    assert_eq!((first, first), (second, third));
    assert_ne!(first, other);
}

#[tokio::test]
async fn attempts_are_counted_for_the_service() {
    let started = Step::ok(STARTED).with_header("x-amz-id-2", "id-2");
    let server = Server::start([busy(), busy(), started]).await;
    let client = client(settings().endpoint_url(server.url()));

    let call = client.start_job(StartJobRequest::of("in")).with_metadata();
    let (response, metadata) = call.await.unwrap();

    assert_eq!(response.job_id, "job-1");
    assert_eq!(metadata.attempts(), 3);
    assert_eq!(metadata.request_id(), Some("request-1"));
    assert_eq!(metadata.extended_request_id(), Some("id-2"));
    let counts: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| seen.header("amz-sdk-request").unwrap().to_owned())
        .collect();
    assert_eq!(
        counts,
        ["attempt=1; max=3", "attempt=2; max=3", "attempt=3; max=3"]
    );
}

#[tokio::test]
async fn throttling_is_retried_whatever_the_status() {
    let throttled = Step::error(413, r#"{"__type":"TooManyRequestsException"}"#);
    let server = Server::start([throttled, Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));
    client.start_job(StartJobRequest::of("in")).await.unwrap();
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test]
async fn a_wrong_clock_is_corrected() {
    let skewed = Step::error(403, r#"{"__type":"InvalidSignatureException"}"#)
        .with_header("date", "Fri, 01 Jan 2038 00:00:00 GMT");
    let server = Server::start([skewed, Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));

    client.start_job(StartJobRequest::of("in")).await.unwrap();

    let seen = server.seen();
    let date = |index: usize| seen[index].header("x-amz-date").unwrap();
    assert!(!date(0).starts_with("2038"), "{}", date(0));
    assert!(date(1).starts_with("20380101T0000"), "{}", date(1));
}

#[tokio::test]
async fn settings_of_one_call_are_for_that_call_alone() {
    let server = Server::start([busy()]).await;
    let client = client(settings().endpoint_url(server.url()));
    let attempts = |call: Call<StartJobResponse, Error<StartJobError>>| async {
        call.await.unwrap_err().attempts()
    };
    let start = || client.start_job(StartJobRequest::of("in"));
    let twice = RetryConfig::standard().with_max_attempts(2);

    assert_eq!(
        attempts(start().retry_config(RetryConfig::disabled())).await,
        1
    );
    assert_eq!(attempts(start()).await, 3);
    assert_eq!(attempts(start().retry_config(twice)).await, 2);
}

#[tokio::test]
async fn a_call_can_have_its_own_timeout() {
    let server = Server::start([Step::Silence]).await;
    let client = client(settings().endpoint_url(server.url()));
    let limit = TimeoutConfig::builder()
        .operation_timeout(Duration::from_millis(20))
        .build();

    let error = client
        .start_job(StartJobRequest::of("in"))
        .timeout_config(limit)
        .await
        .unwrap_err();

    assert!(error.is_timeout(), "{error}");
}

/// Adds a header, and counts how often it did.
#[derive(Clone, Debug)]
struct Stamp(&'static str, Arc<AtomicU32>);

impl Intercept for Stamp {
    fn name(&self) -> &'static str {
        "Stamp"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        self.1.fetch_add(1, Ordering::Relaxed);
        context.request_mut().headers_mut().append(self.0, "yes");
        Ok(())
    }
}

#[tokio::test]
async fn interceptors_of_the_client_and_of_the_call_run() {
    let server = Server::start([Step::ok(STARTED)]).await;
    let (every, one) = (
        Stamp("x-every", Arc::default()),
        Stamp("x-one", Arc::default()),
    );
    let client = crate::service::Client::builder(&settings().endpoint_url(server.url()).build())
        .interceptor(every.clone())
        .build();

    client
        .start_job(StartJobRequest::of("in"))
        .interceptor(one.clone())
        .await
        .unwrap();
    client.start_job(StartJobRequest::of("in")).await.unwrap();

    assert_eq!(every.1.load(Ordering::Relaxed), 2);
    assert_eq!(one.1.load(Ordering::Relaxed), 1);
    let seen = server.seen();
    assert!(
        seen[0]
            .header("authorization")
            .unwrap()
            .contains("x-every;x-one")
    );
    assert_eq!(seen[1].header("x-one"), None);
}

#[tokio::test]
async fn a_call_can_be_spawned() {
    let server = Server::start([Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));
    let call = client.start_job(StartJobRequest::of("in"));
    let task = tokio::spawn(call.into_future());
    assert_eq!(task.await.unwrap().unwrap().job_id, "job-1");
}

#[tokio::test]
async fn a_call_that_is_not_awaited_sends_nothing() {
    let server = Server::start([Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));
    drop(client.start_job(StartJobRequest::of("in")));
    drop(client.start_job(StartJobRequest::of("in")).into_future());
    client.ping().await.unwrap();
    assert_eq!(server.seen().len(), 1);
}

/// Polls a future once.
async fn poll_once<F: Future + Unpin>(future: &mut F) -> Poll<F::Output> {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context))).await
}

#[tokio::test]
async fn a_call_that_is_done_has_no_second_response() {
    let server = Server::start([Step::ok(STARTED)]).await;
    let client = client(settings().region(REGION).endpoint_url(server.url()));
    let mut call = client.start_job(StartJobRequest::default()).into_future();
    (&mut call).await.unwrap();
    let again = call.await.unwrap_err();
    assert_eq!(
        again.to_string(),
        "StartJob failed: an earlier poll of its future has returned the outcome"
    );
    assert_eq!(server.seen().len(), 1);
}

#[tokio::test]
async fn a_call_that_is_dropped_under_way_leaves_the_client_usable() {
    let server = Server::start([Step::Silence, Step::ok(STARTED)]).await;
    let client = client(settings().endpoint_url(server.url()));
    let mut call = client.start_job(StartJobRequest::of("in")).into_future();
    while server.seen().is_empty() {
        assert!(poll_once(&mut call).await.is_pending());
        tokio::task::yield_now().await;
    }
    drop(call);
    assert_eq!(
        client
            .start_job(StartJobRequest::of("in"))
            .await
            .unwrap()
            .job_id,
        "job-1"
    );
}

/// Answers that come after a while. Every second one is that the service is busy.
#[derive(Clone, Debug, Default)]
struct Slow(Arc<AtomicU32>);

impl HttpConnector for Slow {
    fn call(&self, _: HttpRequest) -> HttpConnectorFuture {
        let answers = Arc::clone(&self.0);
        HttpConnectorFuture::new(async move {
            tokio::task::yield_now().await;
            let (status, body) = match answers.fetch_add(1, Ordering::Relaxed) % 2 {
                0 => (400, r#"{"__type":"BusyException"}"#),
                _ => (200, STARTED),
            };
            Ok(HttpResponse::new(
                status.try_into().unwrap(),
                SdkBody::from(body),
            ))
        })
    }
}

#[tokio::test]
async fn a_call_can_be_dropped_at_any_await() {
    for polls in 0.. {
        let credentials = NumberedCredentials::default();
        let connector = SharedHttpConnector::new(Slow::default());
        let client = client(
            settings()
                .credentials_provider(SharedCredentialsProvider::new(credentials))
                .http_client(http_client_fn(move |_, _| connector.clone())),
        );
        let mut call = client.start_job(StartJobRequest::of("in")).into_future();
        let mut polled = 0;
        let ended = poll_fn(|context| match Pin::new(&mut call).poll(context) {
            _ if polled == polls => Poll::Ready(None),
            ready @ Poll::Ready(_) => ready.map(Some),
            Poll::Pending => {
                polled += 1;
                Poll::Pending
            }
        });
        let ended = ended.await;
        drop(call);

        let next = client.start_job(StartJobRequest::of("in")).await;
        assert_eq!(next.unwrap().job_id, "job-1", "dropped after {polls} polls");
        if let Some(result) = ended {
            assert_eq!(result.unwrap().job_id, "job-1");
            assert!(
                polls > 3,
                "credentials, two answers and a delay are awaited"
            );
            break;
        }
    }
}

#[tokio::test]
async fn missing_and_null_members_of_a_response_are_corrected() {
    let server = Server::start([Step::ok(r#"{"QueueLength":null,"Surprise":[1]}"#)]).await;
    let client = client(settings().endpoint_url(server.url()));
    let response = client.start_job(StartJobRequest::of("in")).await.unwrap();
    assert_eq!(
        response,
        StartJobResponse {
            job_id: String::new(),
            queue_length: 0
        }
    );
}

#[test]
fn a_call_and_its_future_are_send() {
    fn assert_send<T: Send + 'static>() {}
    assert_send::<Call<StartJobResponse, Error<StartJobError>>>();
    assert_send::<smithy_rt::CallFuture<StartJobResponse, Error<StartJobError>>>();
}

#[test]
fn debug_shows_no_request() {
    let client = client(settings());
    let call = client.start_job(StartJobRequest::of("my secret input"));
    let text = format!("{call:?} {client:?}");
    assert!(
        text.contains("StartJob") && !text.contains("my secret"),
        "{text}"
    );
}
