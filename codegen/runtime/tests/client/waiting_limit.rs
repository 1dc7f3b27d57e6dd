//! The time that a waiter waits for a service that does not answer. The clock is tokio's, paused: it moves on when all wait.

use std::future::IntoFuture;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, SystemTime};

use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpConnector, HttpConnectorFuture, SharedHttpConnector, http_client_fn,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::timeout::TimeoutConfig;
use smithy_rt::waiter::Waiter;
use tokio::time::Instant;

use crate::service::{Client, Error, StartJob, StartJobError, StartJobRequest, StartJobResponse};
use crate::waiting::{QUEUE_EMPTY, judge};

/// Says that the job is queued this often, and then nothing.
#[derive(Clone, Debug, Default)]
struct FallsSilent {
    answers: u32,
    calls: Arc<AtomicU32>,
    /// The number of calls that have been given up.
    dropped: Arc<AtomicU32>,
}

impl HttpConnector for FallsSilent {
    fn call(&self, _request: HttpRequest) -> HttpConnectorFuture {
        if self.calls.fetch_add(1, Ordering::Relaxed) < self.answers {
            let body = SdkBody::from(r#"{"JobId":"job","QueueLength":1}"#);
            let response = HttpResponse::new(200.try_into().unwrap(), body);
            return HttpConnectorFuture::ready(Ok(response));
        }
        let dropped = CountsDrops(self.dropped.clone());
        HttpConnectorFuture::new(async move {
            let _dropped = dropped;
            std::future::pending().await
        })
    }
}

struct CountsDrops(Arc<AtomicU32>);

impl Drop for CountsDrops {
    fn drop(&mut self) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[derive(Clone, Debug)]
struct Clock(Instant);

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000) + self.0.elapsed()
    }
}

fn seconds(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

fn waiter(service: &FallsSilent) -> Waiter<StartJobResponse, Error<StartJobError>> {
    let connector = SharedHttpConnector::new(service.clone());
    let config = crate::settings()
        .http_client(http_client_fn(move |_, _| connector.clone()))
        .timeout_config(TimeoutConfig::disabled())
        .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
        .time_source(Clock(Instant::now()));
    let client = Client::new(&config.build());
    Waiter::of::<StartJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge)
}

/// Waits for a service that falls silent after so many answers: how long it took, and the error.
async fn waited(answers: u32, max_wait: Duration) -> (Duration, Error<StartJobError>) {
    let service = FallsSilent {
        answers,
        ..FallsSilent::default()
    };
    let begun = Instant::now();
    let error = waiter(&service).max_wait(max_wait).await.unwrap_err();
    assert_eq!(service.dropped.load(Ordering::Relaxed), 1);
    assert_eq!(service.calls.load(Ordering::Relaxed), answers + 1);
    (begun.elapsed(), error)
}

/// As tokio's timers take it: to the millisecond.
fn assert_took(took: Duration, expected: Duration) {
    assert!(
        took.abs_diff(expected) <= Duration::from_millis(5),
        "{took:?}"
    );
}

#[tokio::test(start_paused = true)]
async fn max_wait_ends_a_poll_that_is_not_answered() {
    for answers in 0..4 {
        let (took, error) = waited(answers, seconds(300)).await;
        assert_took(took, seconds(300));
        let polls = if answers == 0 {
            "1 poll".to_owned()
        } else {
            format!("{} polls", answers + 1)
        };
        assert_eq!(
            error.to_string(),
            format!(
                "waiting for QueueEmpty took longer than max_wait, 300s: still not there after {polls}"
            )
        );
        assert!(error.is_timeout());
    }
}

#[tokio::test(start_paused = true)]
async fn the_last_poll_has_a_moment() {
    let (took, _) = waited(1, seconds(3)).await;
    assert_took(took, seconds(4));
    let (took, _) = waited(0, Duration::ZERO).await;
    assert_took(took, seconds(1));
}

#[tokio::test(start_paused = true)]
async fn max_wait_is_for_all_polls_together() {
    let service = FallsSilent::default();
    let begun = Instant::now();
    let mut waiter = waiter(&service).max_wait(seconds(300));
    let given_up = tokio::time::timeout(seconds(100), waiter.next()).await;
    assert!(given_up.is_err());
    let error = waiter.await.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_took(begun.elapsed(), seconds(300));
    assert_eq!(service.dropped.load(Ordering::Relaxed), 2);
}

#[tokio::test(start_paused = true)]
async fn without_max_wait_a_poll_takes_as_long_as_the_client_lets_it() {
    let service = FallsSilent::default();
    let waiting = tokio::time::timeout(seconds(1_000_000), waiter(&service).into_future());
    assert!(waiting.await.is_err());
}
