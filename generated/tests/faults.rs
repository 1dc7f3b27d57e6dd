//! A client under faults: nothing panics or hangs, every call ends in its response or in an error of the right kind, and no job
//! is started twice or lost.
//!
//! `SOAK=1` makes ten times as many calls. Nothing here depends on how fast the machine is: only those faults that keep a call waiting
//! for good are met with timeouts, and then any call may run into one.

mod common;

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;
use fake_healthlake::{FakeHealthLake, Fault, FaultRule};
use healthlake::*;
use tokio::task::JoinSet;

const IN_FLIGHT: usize = 64;
const ATTEMPT: Duration = Duration::from_millis(500);
const CALL: Duration = Duration::from_secs(2);
const HOUR: Duration = Duration::from_secs(3600);

/// The number of calls that a storm lasts.
fn calls() -> usize {
    match std::env::var_os("SOAK") {
        Some(_) => 2_000,
        None => 200,
    }
}

/// Everything that can go wrong, and the kinds of errors that it may end in once retries are used up.
fn all_faults() -> Vec<(Fault, &'static [Kind])> {
    use Kind::*;
    vec![
        (Fault::Throttling, &[Throttled]),
        (Fault::ThrottlingAs400, &[Throttled]),
        (Fault::InternalError, &[Internal]),
        (Fault::AccessDenied, &[Denied]),
        (Fault::ExpiredToken, &[Expired]),
        (Fault::ProxyPage, &[Proxy]),
        (Fault::Reset, &[Connection]),
        (Fault::LostResponse, &[Connection]),
        (Fault::FailLater, &[]),
        (Fault::Slow(Duration::from_millis(20)), &[]),
        (Fault::Slow(HOUR), &[Timeout]),
        (Fault::Cut, &[Connection]),
        (Fault::Stalled, &[Timeout]),
        (Fault::ClockAhead(HOUR), &[Signature]),
        (Fault::ClockBehind(HOUR), &[Signature]),
    ]
}

/// The kind of a failure.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Kind {
    Throttled,
    Internal,
    Denied,
    Expired,
    Proxy,
    Connection,
    Timeout,
    Signature,
}

impl Kind {
    /// The kind of an error; all that the error says must agree with it.
    fn of(error: &Error) -> Self {
        let kind = match (error.code(), error.as_service_error()) {
            (Some("ThrottlingException"), _) => Self::Throttled,
            (Some("InternalServerException"), _) => Self::Internal,
            (Some("AccessDeniedException"), _) => Self::Denied,
            (Some("ExpiredTokenException"), _) => Self::Expired,
            (Some("InvalidSignatureException"), _) => Self::Signature,
            (None, Some(ServiceError::Unmodeled(error))) if error.status == 503 => Self::Proxy,
            (None, None) if error.is_timeout() => Self::Timeout,
            (None, None) => Self::Connection,
            _ => panic!("an error of no kind: {error}"),
        };
        let retryable = !matches!(kind, Self::Denied | Self::Expired | Self::Signature);
        assert_eq!(error.is_throttling(), kind == Self::Throttled, "{error}");
        assert!(
            error.is_retryable() == retryable || kind == Self::Signature,
            "{kind:?}: {error}"
        );
        let answered = !matches!(kind, Self::Proxy | Self::Connection | Self::Timeout);
        assert!(
            error.request_id().is_some() || !answered,
            "{kind:?}: {error}"
        );
        let text = error.to_string();
        assert!(!text.contains('\n') && !text.contains("AKIDFAKE"), "{text}");
        kind
    }
}

/// The outcome of many calls.
#[derive(Debug, Default)]
struct Tally {
    succeeded: usize,
    failed: BTreeMap<Kind, usize>,
    /// The jobs that were started, by the token of their request.
    started: HashMap<String, String>,
}

/// The timeouts of clients whose calls may wait for good, and of those whose calls may not.
fn timeouts(is_needed: bool) -> TimeoutConfig {
    let timeouts = TimeoutConfig::builder()
        .operation_attempt_timeout(ATTEMPT)
        .operation_timeout(CALL);
    match is_needed {
        true => timeouts.build(),
        false => TimeoutConfig::disabled(),
    }
}

/// Makes calls, `IN_FLIGHT` at a time, against a fake with these faults.
async fn storm(
    calls: usize,
    seed: u64,
    timeouts: TimeoutConfig,
    faults: impl IntoIterator<Item = FaultRule>,
) -> Tally {
    let builder = faults
        .into_iter()
        .fold(FakeHealthLake::builder().seed(seed), |builder, fault| {
            builder.fault(fault)
        });
    let fake = common::started(builder).await;
    let datastore_id = fake.add_datastore("patients");
    let client = Client::builder(&fake.sdk_config())
        .region(region_of_its_own())
        .retry_config(common::quick_retries())
        .timeout_config(timeouts)
        .build();
    let next = Arc::new(AtomicUsize::new(0));
    let mut workers = JoinSet::new();
    for _ in 0..IN_FLIGHT {
        workers.spawn(work(
            client.clone(),
            datastore_id.clone(),
            next.clone(),
            calls,
        ));
    }
    let mut tally = Tally::default();
    while let Some(done) = workers.join_next().await {
        tally.add(done.expect("no worker panics"));
    }
    tally.compare_with(&fake);
    tally
}

/// The clients of a region share what they may spend on retries, and storms must not disturb each other.
fn region_of_its_own() -> Region {
    static REGIONS: AtomicUsize = AtomicUsize::new(100);
    Region::new(format!(
        "us-east-{}",
        REGIONS.fetch_add(1, Ordering::Relaxed)
    ))
}

async fn work(client: Client, datastore_id: String, next: Arc<AtomicUsize>, calls: usize) -> Tally {
    let mut tally = Tally::default();
    loop {
        let number = next.fetch_add(1, Ordering::Relaxed);
        if number >= calls {
            return tally;
        }
        let call = one_call(&client, &datastore_id, number);
        let outcome = tokio::time::timeout(HOUR, call).await;
        match outcome.expect("no call hangs") {
            Ok(started) => {
                tally.succeeded += 1;
                tally.started.extend(started);
            }
            Err(error) => *tally.failed.entry(Kind::of(&error)).or_default() += 1,
        }
    }
}

/// Every second call starts a job (and gives its token and id), the others read.
async fn one_call(
    client: &Client,
    datastore_id: &str,
    number: usize,
) -> Result<Option<(String, String)>, Error> {
    match number % 4 {
        0 | 1 => {
            let token = format!("token-{number}");
            let mut request = common::import(datastore_id, &token);
            request.client_token = Some(token.clone());
            let job = client.start_fhir_import_job(request).await?;
            Ok(Some((token, job.job_id)))
        }
        2 => {
            let request = ListFhirImportJobsRequest::builder()
                .datastore_id(datastore_id)
                .max_results(2);
            client.list_fhir_import_jobs(request.build()).await?;
            Ok(None)
        }
        _ => {
            let request = DescribeFhirDatastoreRequest::builder()
                .datastore_id(datastore_id)
                .build();
            client.describe_fhir_datastore(request).await?;
            Ok(None)
        }
    }
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.succeeded += other.succeeded;
        for (kind, count) in other.failed {
            *self.failed.entry(kind).or_default() += count;
        }
        self.started.extend(other.started);
    }

    fn calls(&self) -> usize {
        self.succeeded + self.failed.values().sum::<usize>()
    }

    /// One job per token at most, and those that we were told of are there. (Jobs are named after their tokens.)
    fn compare_with(&self, fake: &FakeHealthLake) {
        let mut jobs = HashMap::new();
        for job in fake.import_jobs() {
            let token = job.job_name.expect("a name");
            let twice = jobs.insert(token.clone(), job.job_id);
            assert_eq!(twice, None, "{token} has started two jobs");
        }
        for (token, id) in &self.started {
            assert_eq!(jobs.get(token), Some(id), "{token}");
        }
    }
}

/// Those that keep calls waiting do so beside the others, which keep the processor busy.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_alone() {
    let (waiting, busy): (Vec<_>, Vec<_>) = all_faults()
        .into_iter()
        .partition(|(_, kinds)| kinds.contains(&Kind::Timeout));
    let mut storms = JoinSet::new();
    for (fault, kinds) in waiting {
        storms.spawn(storm_of_one(fault, kinds));
    }
    for (fault, kinds) in busy {
        storm_of_one(fault, kinds).await;
    }
    while let Some(done) = storms.join_next().await {
        done.expect("the storm is weathered");
    }
}

async fn storm_of_one(fault: Fault, kinds: &'static [Kind]) {
    let waits = kinds.contains(&Kind::Timeout);
    let faults = [fault.clone().with_chance(0.3)];
    let tally = storm(calls(), 1, timeouts(waits), faults).await;
    assert_eq!(tally.calls(), calls(), "{fault:?}");
    let mut failed = tally.failed.keys();
    assert!(
        failed.all(|kind| kinds.contains(kind)),
        "{fault:?}: {tally:?}"
    );
    // On a busy machine, any call with a timeout may run into it.
    assert!(
        waits || tally.succeeded > calls() / 2,
        "{fault:?}: {tally:?}"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_fault_all_the_time() {
    for (fault, kinds) in all_faults() {
        // A clock that is always wrong in the same way is no trouble: the client follows it.
        let is_fatal = !kinds.is_empty() && !kinds.contains(&Kind::Signature);
        let timeouts = timeouts(kinds.contains(&Kind::Timeout));
        let tally = storm(IN_FLIGHT, 1, timeouts, [fault.clone().always()]).await;
        assert_eq!(tally.succeeded == 0, is_fatal, "{fault:?}: {tally:?}");
        assert_eq!(tally.calls(), IN_FLIGHT, "{fault:?}");
    }
}

/// All faults at once, in proportions that chance chooses.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn random_mixes_of_faults() {
    for seed in [1, 2] {
        let mut random = fastrand::Rng::with_seed(seed);
        let faults = all_faults().into_iter();
        let mix: Vec<_> = faults
            .map(|(fault, _)| fault.with_chance(random.f64() * 0.04))
            .collect();
        let tally = storm(calls(), seed, timeouts(true), mix).await;
        assert_eq!(tally.calls(), calls());
    }
}

/// A call that is dropped at any moment leaves a client behind that works.
#[tokio::test]
async fn dropped_calls_leave_nothing_behind() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    for delay in 0..30 {
        fake.faults().clear();
        fake.faults()
            .add(Fault::Slow(Duration::from_millis(5)).always());
        let call = one_call(&client, &datastore_id, 2);
        let _ = tokio::time::timeout(Duration::from_micros(delay * 400), call).await;
    }
    fake.faults().clear();
    one_call(&client, &datastore_id, 3)
        .await
        .expect("the client still works");
}

/// The client makes a token where there is none, and keeps it when it tries again.
#[tokio::test]
async fn the_token_is_the_same_on_every_attempt() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    fake.faults().add(Fault::LostResponse.next(1));
    fake.faults().add(Fault::Cut.next(1));
    let job = client
        .start_fhir_import_job(common::import(&datastore_id, "nightly"))
        .await;
    assert_eq!(fake.import_jobs().len(), 1);
    assert_eq!(
        fake.import_jobs()[0].job_id,
        job.expect("the third attempt").job_id
    );
    let tokens: Vec<_> = fake
        .requests()
        .iter()
        .map(|request| {
            request
                .json::<StartFhirImportJobRequest>()
                .expect("a request")
                .client_token
        })
        .collect();
    assert_eq!(tokens.len(), 3);
    assert!(
        tokens[0].as_ref().is_some_and(|token| token.len() == 36),
        "{tokens:?}"
    );
    assert!(tokens.iter().all(|token| *token == tokens[0]), "{tokens:?}");
}
