//! Typed tests over a script instead of a network.

use std::time::Duration;

use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::retry::RetryConfig;
use smithy_rt::fake::Fake;

use crate::service::{
    BusyException, Client, Ping, PingResponse, StartJob, StartJobError, StartJobRequest,
    StartJobResponse, ValidationException,
};

fn started(id: &str) -> StartJobResponse {
    StartJobResponse {
        job_id: id.to_owned(),
        queue_length: 0,
    }
}

fn busy() -> StartJobError {
    StartJobError::BusyException(BusyException {
        message: Some("later".to_owned()),
    })
}

#[tokio::test]
async fn a_fake_answers_with_what_the_script_makes_of_the_request() {
    let fake = Fake::new();
    fake.on::<StartJob>(|request| Ok(started(&request.input)));
    fake.on::<Ping>(|_| Ok(PingResponse {}));
    let client: Client = fake.client();

    let response = client.start_job(StartJobRequest::of("in")).await.unwrap();
    client.ping().await.unwrap();

    assert_eq!(response, started("in"));
    assert_eq!(fake.calls(), ["StartJob", "Ping"]);
    let [request] = &fake.requests::<StartJob>()[..] else {
        panic!("one request")
    };
    assert_eq!(request.input, "in");
    assert!(
        request.client_token.is_some(),
        "tokens are filled in as in a real call"
    );
}

#[tokio::test]
async fn a_fake_answers_with_an_error() {
    let fake = Fake::new();
    fake.on::<StartJob>(|_| Err(busy()));
    let client: Client = fake.client();

    let error = client
        .start_job(StartJobRequest::of("in"))
        .await
        .unwrap_err();

    assert_eq!(error.as_service_error(), Some(&busy()));
    assert_eq!(
        error.to_string(),
        "StartJob failed: BusyException: later (request id fake-1)"
    );
    assert_eq!(fake.calls().len(), 1, "nothing is tried again");
}

#[tokio::test]
async fn a_fake_answers_with_a_sequence() {
    let fake = Fake::new();
    fake.on_each::<StartJob>([Err(busy()), Ok(started("job-1"))]);
    let client: Client = fake.client();
    let start = || client.start_job(StartJobRequest::of("in"));

    assert!(start().await.unwrap_err().is_retryable());
    assert_eq!(start().await.unwrap(), started("job-1"));
    assert_eq!(
        start().await.unwrap_err().to_string(),
        "StartJob failed: the fake has no more answers to StartJob"
    );
}

#[tokio::test]
async fn retries_can_be_tried_without_waiting() {
    let fake = Fake::new();
    fake.on_each::<StartJob>([Err(busy()), Err(busy()), Ok(started("job-1"))]);
    let client: Client = fake.client();

    let retries = RetryConfig::standard().with_initial_backoff(Duration::from_secs(1000));
    let call = client
        .start_job(StartJobRequest::of("in"))
        .retry_config(retries);

    assert_eq!(call.await.unwrap(), started("job-1"));
    assert_eq!(fake.calls().len(), 3);
    assert!(fake.elapsed() > Duration::ZERO);
}

#[tokio::test]
async fn a_connection_can_break() {
    let fake = Fake::new();
    fake.on_failure::<StartJob>(|_| ConnectorError::timeout("too late".into()));
    let client: Client = fake.client();
    let error = client
        .start_job(StartJobRequest::of("in"))
        .await
        .unwrap_err();
    assert!(error.is_timeout(), "{error}");
}

#[tokio::test]
async fn a_call_without_a_script_says_what_to_do() {
    let client: Client = Fake::new().client();
    assert_eq!(
        client.ping().await.unwrap_err().to_string(),
        "Ping failed: the fake has no answer to Ping: give it one with `on`"
    );
}

#[tokio::test]
async fn a_script_can_be_replaced_and_can_use_the_fake() {
    let fake = Fake::new();
    fake.on::<StartJob>(|_| Err(busy()));
    let itself = fake.clone();
    fake.on::<StartJob>(move |_| {
        itself.advance(Duration::from_secs(60));
        Ok(started(&format!("job-{}", itself.calls().len())))
    });
    let client: Client = fake.client();
    let response = client.start_job(StartJobRequest::of("in")).await.unwrap();
    assert_eq!(response, started("job-0"));
    assert_eq!(fake.elapsed(), Duration::from_secs(60));
}

#[tokio::test]
async fn a_client_of_the_service_itself_can_be_made_from_the_settings() {
    let fake = Fake::new();
    fake.on::<StartJob>(|_| {
        Err(StartJobError::ValidationException(ValidationException {
            message: None,
        }))
    });
    let error = Client::new(&fake.config())
        .start_job(StartJobRequest::of("in"))
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("ValidationException"));
}
