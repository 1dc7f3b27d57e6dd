//! Waiters, with the clock of a fake.

use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Waker};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use smithy_rt::fake::Fake;
use smithy_rt::waiter::{AcceptorState, Definition, Waiter};
use smithy_rt::{ClientBuilder, Failure};

use crate::errors::{QUERY_COMPATIBLE, StartOldJob};
use crate::server::{Server, Step};
use crate::service::{
    BusyException, Client, Error, StartJob, StartJobError, StartJobRequest, StartJobResponse,
    ValidationException,
};

pub const QUEUE_EMPTY: Definition = Definition::new("QueueEmpty", 10, 120);

/// Done when nothing is queued, lost when less than nothing is; a busy service is asked again, an invalid request is a
/// success for those that take it as one.
pub fn judge(
    request: &StartJobRequest,
    result: Result<&StartJobResponse, &Failure<StartJobError>>,
) -> AcceptorState {
    match result {
        Ok(response) if response.job_id == request.input => AcceptorState::Success,
        Ok(response) => match response.queue_length {
            0 => AcceptorState::Success,
            ..0 => AcceptorState::failure(
                "QueueLength",
                response.queue_length.to_string(),
                Some("it broke"),
            ),
            _ => AcceptorState::NoMatch,
        },
        Err(error) if error.is_named("BusyException") => AcceptorState::Retry,
        Err(error) if error.is_named("ValidationException") || error.is_named("Shop.Unknown") => {
            AcceptorState::Success
        }
        Err(error) if error.is_named("ThrottlingException") => {
            AcceptorState::failure("error", "ThrottlingException", None)
        }
        Err(_) => AcceptorState::NoMatch,
    }
}

fn waiter(fake: &Fake) -> Waiter<StartJobResponse, Error<StartJobError>> {
    let client: Client = fake.client();
    Waiter::of::<StartJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge)
}

fn queue(length: i32) -> Result<StartJobResponse, StartJobError> {
    Ok(StartJobResponse {
        job_id: "job".into(),
        queue_length: length,
    })
}

fn busy() -> Result<StartJobResponse, StartJobError> {
    Err(StartJobError::BusyException(BusyException {
        message: None,
    }))
}

fn invalid() -> Result<StartJobResponse, StartJobError> {
    Err(StartJobError::ValidationException(ValidationException {
        message: Some("no such job".into()),
    }))
}

fn fake(answers: impl IntoIterator<Item = Result<StartJobResponse, StartJobError>>) -> Fake {
    let fake = Fake::new();
    fake.on_each::<StartJob>(answers.into_iter().collect::<Vec<_>>());
    fake
}

#[tokio::test]
async fn the_first_poll_is_at_once_and_its_response_may_be_the_one() {
    let fake = fake([queue(0)]);
    assert_eq!(waiter(&fake).await.unwrap().queue_length, 0);
    assert_eq!(fake.elapsed(), Duration::ZERO);
}

#[tokio::test]
async fn it_waits_longer_and_longer_up_to_the_longest_delay() {
    let fake = fake((0..40).rev().map(queue));
    waiter(&fake).await.unwrap();
    assert_eq!(fake.calls().len(), 40);
    // 39 delays of 10 to 120 seconds; the first four are at most 10, 20, 40 and 80.
    assert!(
        fake.elapsed() >= Duration::from_secs(390),
        "{:?}",
        fake.elapsed()
    );
    assert!(
        fake.elapsed() <= Duration::from_secs(150 + 35 * 120),
        "{:?}",
        fake.elapsed()
    );
}

#[tokio::test]
async fn delays_can_be_set() {
    let fake = fake((0..101).rev().map(queue));
    let second = Duration::from_secs(1);
    waiter(&fake)
        .min_delay(second)
        .max_delay(second)
        .await
        .unwrap();
    assert_eq!(fake.elapsed(), 100 * second);
}

#[tokio::test]
async fn of_two_delays_that_do_not_fit_the_later_counts() {
    let (short, long) = (Duration::from_secs(1), Duration::from_secs(500));
    // The model's are longer than the one, and shorter than the other.
    let often = fake((0..11).rev().map(queue));
    waiter(&often).max_delay(short).await.unwrap();
    assert_eq!(often.elapsed(), 10 * short);
    let seldom = fake((0..11).rev().map(queue));
    let waiter = waiter(&seldom).max_delay(short).min_delay(long);
    waiter.await.unwrap();
    assert_eq!(seldom.elapsed(), 10 * long);
}

#[tokio::test]
async fn after_max_wait_it_polls_once_more_and_gives_up() {
    let fake = fake((1..1000).map(queue));
    let error = waiter(&fake)
        .max_wait(Duration::from_secs(300))
        .await
        .unwrap_err();
    assert_eq!(fake.elapsed(), Duration::from_secs(300));
    let polls = fake.calls().len();
    assert_eq!(
        error.to_string(),
        format!(
            "waiting for QueueEmpty took longer than max_wait, 300s: still not there after {polls} polls"
        )
    );
    assert!(error.is_timeout());
    assert_eq!(error.operation(), Some("StartJob"));
}

#[tokio::test]
async fn a_max_wait_that_is_shorter_than_a_delay_is_kept_too() {
    let fake = fake([queue(1), queue(0)]);
    waiter(&fake)
        .max_wait(Duration::from_secs(3))
        .await
        .unwrap();
    assert_eq!(fake.elapsed(), Duration::from_secs(3));
}

/// Not even where tokio makes a task pause that has not paused for long.
#[tokio::test]
async fn max_wait_ends_no_poll_of_a_fake() {
    for _ in 0..500 {
        let fake = fake([queue(0)]);
        waiter(&fake).max_wait(Duration::ZERO).await.unwrap();
        assert_eq!(fake.elapsed(), Duration::ZERO);
    }
}

#[tokio::test]
async fn a_state_that_means_failure_is_an_error_with_the_services_reason() {
    let fake = fake([queue(3), queue(-1)]);
    let error = waiter(&fake).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "waiting for QueueEmpty failed: QueueLength is -1: it broke"
    );
    assert_eq!(error.message(), Some("it broke"));
    assert!(!error.is_timeout());
    assert!(!error.is_retryable());
}

#[tokio::test]
async fn an_error_that_the_waiter_knows_is_passed_over() {
    let fake = fake([busy(), queue(1), busy(), queue(0)]);
    waiter(&fake).await.unwrap();
    assert_eq!(fake.calls().len(), 4);
}

#[tokio::test]
async fn an_error_that_the_waiter_does_not_know_ends_it_as_it_is() {
    let other = StartJobError::Unmodeled(smithy_rt::UnmodeledError::new(400, "Other", "what"));
    let fake = fake([queue(1), Err(other.clone()), queue(0)]);
    let error = waiter(&fake).await.unwrap_err();
    assert_eq!(error.as_service_error(), Some(&other));
    assert_eq!(fake.calls().len(), 2);
}

#[tokio::test]
async fn an_error_that_is_not_the_services_ends_it() {
    let fake = fake([queue(1)]);
    let error = waiter(&fake).await.unwrap_err();
    assert!(error.as_service_error().is_none(), "{error}");
    assert_eq!(fake.calls().len(), 2);
}

#[tokio::test]
async fn an_error_may_be_the_success() {
    let client: Client = fake([queue(1), invalid()]).client();
    let gone: Waiter<_, Error<StartJobError>, _> =
        Waiter::maybe::<StartJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge);
    assert_eq!(gone.await.unwrap(), None);

    let client: Client = fake([queue(1), queue(0)]).client();
    let there: Waiter<_, Error<StartJobError>, _> =
        Waiter::maybe::<StartJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge);
    assert_eq!(
        there.await.unwrap().map(|response| response.queue_length),
        Some(0)
    );
}

#[tokio::test]
async fn an_error_goes_by_the_name_of_its_shape_and_by_its_code() {
    let error = |shape: &str, code: &str| {
        let body = format!(r#"{{"__type":"com.example#{shape}"}}"#);
        Step::error(400, &body).with_header("x-amzn-query-error", code)
    };
    for answer in [
        error("ValidationException", "Shop.Invalid;Sender"),
        error("NoSuchShape", "Shop.Unknown;Sender"),
        error("AccessDeniedException", "Shop.Unknown;Sender"),
        error("ValidationException", "BusyException;Sender"),
    ] {
        let is_retry = format!("{answer:?}").contains("BusyException");
        let done = Step::ok(r#"{"JobId":"job","QueueLength":0}"#);
        let server = Server::start([answer, done]).await;
        let config = crate::settings().endpoint_url(server.url());
        let client: Client = ClientBuilder::new(&config.build(), &QUERY_COMPATIBLE).build();
        let waiter: Waiter<_, Error<StartJobError>, _> =
            Waiter::maybe::<StartOldJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge);
        let waiter = waiter.min_delay(Duration::ZERO).max_delay(Duration::ZERO);
        let response = waiter.await.unwrap();
        assert_eq!(response.is_some(), is_retry);
    }
}

#[tokio::test]
async fn the_request_may_be_part_of_the_question() {
    let fake = fake([queue(1), queue(1)]);
    let client: Client = fake.client();
    let waiter: Waiter<_, Error<StartJobError>> =
        Waiter::of::<StartJob>(&client.0, StartJobRequest::of("job"), &QUEUE_EMPTY, judge);
    waiter.await.unwrap();
    assert_eq!(fake.calls().len(), 1);
}

#[tokio::test]
async fn every_response_can_be_seen_on_the_way() {
    let fake = fake([queue(2), busy(), queue(1), queue(0)]);
    let mut waiter = waiter(&fake);
    let mut lengths = Vec::new();
    while let Some(response) = waiter.next().await {
        lengths.push(response.unwrap().queue_length);
    }
    assert_eq!(lengths, [2, 1, 0]);
    assert!(waiter.next().await.is_none());
    let error = waiter.await.unwrap_err();
    assert_eq!(error.to_string(), "waiting for QueueEmpty was over already");
}

#[tokio::test]
async fn the_response_that_means_failure_is_seen_before_the_error() {
    let fake = fake([queue(-1)]);
    let mut waiter = waiter(&fake);
    assert_eq!(waiter.next().await.unwrap().unwrap().queue_length, -1);
    let error = waiter.next().await.unwrap().unwrap_err();
    assert_eq!(error.message(), Some("it broke"));
    assert!(waiter.next().await.is_none());
}

#[tokio::test]
async fn a_waiter_that_was_watched_can_be_awaited_for_the_rest() {
    let fake = fake([queue(2), queue(1), queue(0)]);
    let mut waiter = waiter(&fake);
    waiter.next().await.unwrap().unwrap();
    // A future that is dropped takes nothing with it.
    drop(waiter.next());
    assert_eq!(waiter.await.unwrap().queue_length, 0);
    assert_eq!(fake.calls().len(), 3);
}

/// Sleeps forever between the first two polls, and then no more. Timeouts, which sleep too, never end.
#[derive(Clone, Debug, Default)]
struct OversleepsOnce(Arc<AtomicBool>);

impl AsyncSleep for OversleepsOnce {
    fn sleep(&self, time: Duration) -> Sleep {
        let is_between_polls = time == Duration::from_secs(10);
        if is_between_polls && self.0.swap(true, Ordering::Relaxed) {
            Sleep::new(std::future::ready(()))
        } else {
            Sleep::new(std::future::pending())
        }
    }
}

#[tokio::test]
async fn a_poll_that_is_given_up_halfway_is_begun_anew() {
    let fake = fake([queue(1), queue(0)]);
    let sleep = SharedAsyncSleep::new(OversleepsOnce::default());
    let config = fake.config().into_builder().sleep_impl(sleep).build();
    let client = Client::new(&config);
    let mut waiter: Waiter<_, Error<StartJobError>> =
        Waiter::of::<StartJob>(&client.0, StartJobRequest::of("in"), &QUEUE_EMPTY, judge);
    waiter.next().await.unwrap().unwrap();
    let given_up = pin!(waiter.next()).poll(&mut Context::from_waker(Waker::noop()));
    assert!(given_up.is_pending());
    assert_eq!(waiter.next().await.unwrap().unwrap().queue_length, 0);
}

#[tokio::test]
async fn a_waiter_can_be_spawned() {
    let fake = fake([queue(1), queue(0)]);
    let waiting = tokio::spawn(waiter(&fake).into_future());
    assert_eq!(waiting.await.unwrap().unwrap().queue_length, 0);
}
