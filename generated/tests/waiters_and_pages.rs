//! Waiters and pages of the generated client, over a script.

use std::time::Duration;

use healthlake::*;
use smithy_rt::fake::Fake;

fn describe_import() -> DescribeFhirImportJobRequest {
    DescribeFhirImportJobRequest::builder()
        .datastore_id("store")
        .job_id("job")
        .build()
}

fn import(status: JobStatus, message: Option<&str>) -> DescribeFhirImportJobResponse {
    let properties = ImportJobProperties::builder()
        .job_id("job")
        .job_status(status)
        .submit_time(DateTime::from_secs(0))
        .datastore_id("store")
        .input_data_config(InputDataConfig::S3Uri("s3://in".into()))
        .maybe_message(message)
        .build();
    DescribeFhirImportJobResponse::builder()
        .import_job_properties(properties)
        .build()
}

fn scripted(states: &[JobStatus]) -> (Fake, Client) {
    let fake = Fake::new();
    let answers: Vec<_> = states
        .iter()
        .map(|state| Ok(import(state.clone(), Some("the service's reason"))))
        .collect();
    fake.on_each::<DescribeFhirImportJob>(answers);
    let client = fake.client();
    (fake, client)
}

#[tokio::test]
async fn an_import_job_is_waited_for_until_it_has_ended() {
    for last in [JobStatus::Completed, JobStatus::CompletedWithErrors] {
        let (fake, client) = scripted(&[JobStatus::Submitted, JobStatus::InProgress, last.clone()]);
        let done = client
            .wait_until_fhir_import_job_completed(describe_import())
            .min_delay(Duration::from_secs(5))
            .max_delay(Duration::from_secs(5))
            .await
            .unwrap();
        assert_eq!(done.import_job_properties.job_status, last);
        assert_eq!(fake.elapsed(), Duration::from_secs(10));
    }
}

#[tokio::test]
async fn an_import_job_that_fails_or_is_cancelled_ends_the_wait_with_the_services_reason() {
    for last in [
        JobStatus::Failed,
        JobStatus::CancelCompleted,
        JobStatus::CancelFailed,
    ] {
        let (_, client) = scripted(&[JobStatus::InProgress, last.clone()]);
        let error = client
            .wait_until_fhir_import_job_completed(describe_import())
            .await
            .unwrap_err();
        assert_eq!(
            error.to_string(),
            format!(
                "waiting for FHIRImportJobCompleted failed: JobStatus is {last}: the service's reason"
            )
        );
        assert_eq!(error.message(), Some("the service's reason"));
        // As any error of the crate, it becomes the one that stands for all of them.
        let error: healthlake::Error = error.into();
        assert_eq!(error.message(), Some("the service's reason"));
    }
}

#[tokio::test]
async fn a_state_that_the_model_does_not_know_keeps_it_waiting() {
    let (fake, client) = scripted(&[JobStatus::Unknown("DREAMING".into()), JobStatus::Completed]);
    client
        .wait_until_fhir_import_job_completed(describe_import())
        .await
        .unwrap();
    assert_eq!(fake.calls().len(), 2);
}

#[tokio::test]
async fn a_data_store_that_is_gone_while_it_is_waited_for_is_the_services_error() {
    let fake = Fake::new();
    fake.on::<DescribeFhirDatastore>(|_| {
        let gone = ResourceNotFoundException::builder()
            .message("no such data store")
            .build();
        Err(DescribeFhirDatastoreError::ResourceNotFoundException(gone))
    });
    let client: Client = fake.client();
    let request = DescribeFhirDatastoreRequest::builder()
        .datastore_id("store")
        .build();
    let error = client
        .wait_until_fhir_datastore_active(request)
        .await
        .unwrap_err();
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    assert_eq!(error.message(), Some("no such data store"));
    assert_eq!(fake.calls().len(), 1);
}

#[tokio::test]
async fn pages_are_listed_to_the_last() {
    let fake = Fake::new();
    fake.on::<ListFhirImportJobs>(|request| {
        let next = match request.next_token.as_deref() {
            None => Some("second"),
            Some("second") => Some("third"),
            Some(_) => None,
        };
        Ok(ListFhirImportJobsResponse::builder()
            .import_job_properties_list(vec![])
            .maybe_next_token(next)
            .build())
    });
    let client: Client = fake.client();
    let request = ListFhirImportJobsRequest::builder()
        .datastore_id("store")
        .build();
    let mut pages = client.list_fhir_import_jobs_pages(request);
    let mut count = 0;
    while let Some(page) = pages.next().await {
        page.unwrap();
        count += 1;
    }
    assert_eq!(count, 3);
    let tokens: Vec<_> = fake
        .requests::<ListFhirImportJobs>()
        .into_iter()
        .map(|request| request.next_token)
        .collect();
    assert_eq!(tokens, [None, Some("second".into()), Some("third".into())]);
}
