//! The fake's own rules, seen through the client.

#[path = "../common/mod.rs"]
mod common;

mod agent;
mod backups;
mod profiles;
mod transformations;
mod updates;

use std::time::Duration;

use aws_smithy_types::retry::RetryConfig;
use fake_healthlake::{FakeHealthLake, Fault, Outcome};
use healthlake::*;

use common::minutes;

/// A data store that is being created: its id.
async fn create(client: &Client, name: &str) -> String {
    let request = CreateFhirDatastoreRequest::builder()
        .datastore_name(name)
        .datastore_type_version(FhirVersion::R4)
        .build();
    client
        .create_fhir_datastore(request)
        .await
        .expect("a data store")
        .datastore_id
}

async fn datastore(client: &Client, id: &str) -> DatastoreProperties {
    let request = DescribeFhirDatastoreRequest::builder()
        .datastore_id(id)
        .build();
    client
        .describe_fhir_datastore(request)
        .await
        .expect("a description")
        .datastore_properties
}

async fn delete(
    client: &Client,
    id: &str,
) -> Result<DatastoreStatus, Error<DeleteFhirDatastoreError>> {
    let request = DeleteFhirDatastoreRequest::builder()
        .datastore_id(id)
        .build();
    Ok(client
        .delete_fhir_datastore(request)
        .await?
        .datastore_status)
}

async fn start(client: &Client, datastore_id: &str, name: &str) -> String {
    let request = common::import(datastore_id, name);
    client
        .start_fhir_import_job(request)
        .await
        .expect("a job")
        .job_id
}

async fn job(client: &Client, datastore_id: &str, job_id: &str) -> ImportJobProperties {
    let request = DescribeFhirImportJobRequest::builder()
        .datastore_id(datastore_id)
        .job_id(job_id);
    let response = client.describe_fhir_import_job(request.build()).await;
    response.expect("a description").import_job_properties
}

#[tokio::test]
async fn a_data_store_lives_from_creating_to_deleted() {
    let (fake, client) = common::fake().await;
    let id = create(&client, "patients").await;
    let new = datastore(&client, &id).await;
    assert_eq!(new.datastore_status, DatastoreStatus::Creating);
    assert_eq!(
        new.datastore_arn,
        format!("arn:aws:healthlake:us-east-1:123456789012:datastore/fhir/{id}")
    );
    let encryption = new.sse_configuration.expect("a default");
    assert_eq!(encryption.kms_encryption_config.cmk_type, CmkType::AoCmk);
    assert_eq!(
        delete(&client, &id).await.expect_err("too early").code(),
        Some("ConflictException")
    );

    fake.clock().advance(minutes(1));
    assert_eq!(
        datastore(&client, &id).await.datastore_status,
        DatastoreStatus::Active
    );
    assert_eq!(
        delete(&client, &id).await.expect("an active one"),
        DatastoreStatus::Deleting
    );
    assert_eq!(
        delete(&client, &id).await.expect_err("twice").code(),
        Some("ConflictException")
    );

    fake.clock().advance(minutes(1));
    assert_eq!(
        datastore(&client, &id).await.datastore_status,
        DatastoreStatus::Deleted
    );
}

#[tokio::test]
async fn a_data_store_that_cannot_be_created_says_why() {
    let (fake, client) = common::fake().await;
    let id = create(&client, "fail-patients").await;
    fake.clock().advance(minutes(1));
    let failed = datastore(&client, &id).await;
    assert_eq!(failed.datastore_status, DatastoreStatus::CreateFailed);
    let cause = failed.error_cause.expect("a cause");
    assert_eq!(cause.error_category, Some(ErrorCategory::NonRetryableError));
    assert!(
        cause
            .error_message
            .is_some_and(|message| message.contains("KMS"))
    );
}

#[tokio::test]
async fn a_data_store_with_unfinished_jobs_is_not_deleted() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    start(&client, &id, "nightly").await;
    let error = delete(&client, &id).await.expect_err("a job is on its way");
    assert!(matches!(
        error.as_service_error(),
        Some(DeleteFhirDatastoreError::ConflictException(_))
    ));
    fake.clock().advance(minutes(5));
    delete(&client, &id).await.expect("the job has ended");
}

#[tokio::test]
async fn an_import_job_goes_its_way_and_reports_progress() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    let id = start(&client, &datastore_id, "nightly").await;
    let mut imported = Vec::new();
    let mut statuses = Vec::new();
    for _ in 0..5 {
        let job = job(&client, &datastore_id, &id).await;
        let progress = job.job_progress_report.expect("a report");
        imported.push(
            progress
                .total_number_of_resources_imported
                .expect("a number"),
        );
        assert_eq!(
            job.end_time.is_some(),
            job.job_status == JobStatus::Completed
        );
        statuses.push(job.job_status);
        fake.clock()
            .advance(Duration::from_secs(if statuses.len() < 3 { 8 } else { 60 }));
    }
    use JobStatus::*;
    assert_eq!(
        statuses,
        [Submitted, Queued, InProgress, InProgress, Completed]
    );
    assert_eq!(imported[..2], [0, 0]);
    assert!(imported.is_sorted() && imported[3] > imported[2] && imported[4] > imported[3]);

    let job = job(&client, &datastore_id, &id).await;
    let Some(OutputDataConfig::S3Configuration(output)) = job.job_output_data_config else {
        panic!("an output");
    };
    assert_eq!(
        output.s3_uri,
        format!("s3://bucket/out/{datastore_id}-FHIR_IMPORT-{id}/")
    );
    assert_eq!(job.validation_level, Some(ValidationLevel::Strict));
}

#[tokio::test]
async fn names_choose_how_jobs_end() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    fake.set_outcome("told", Outcome::Failed);
    for (name, status) in [
        ("nightly", JobStatus::Completed),
        ("errors-nightly", JobStatus::CompletedWithErrors),
        ("fail-nightly", JobStatus::Failed),
        ("cancel-nightly", JobStatus::CancelCompleted),
        ("cancel-fail-nightly", JobStatus::CancelFailed),
        ("endless-nightly", JobStatus::InProgress),
        ("told", JobStatus::Failed),
    ] {
        let id = start(&client, &datastore_id, name).await;
        let export = client
            .start_fhir_export_job(common::export(&datastore_id, name))
            .await;
        let export_id = export.expect("a job").job_id;
        fake.clock().advance(minutes(5));

        let job = job(&client, &datastore_id, &id).await;
        assert_eq!(job.job_status, status, "{name}");
        let progress = job.job_progress_report.expect("a report");
        let bad = progress
            .total_number_of_resources_with_customer_error
            .expect("a number");
        assert_eq!(bad > 0, status == JobStatus::CompletedWithErrors, "{name}");
        let request = DescribeFhirExportJobRequest::builder()
            .datastore_id(&datastore_id)
            .job_id(export_id);
        let export = client
            .describe_fhir_export_job(request.build())
            .await
            .expect("a job");
        assert_eq!(export.export_job_properties.job_status, status, "{name}");
        let explained = [
            JobStatus::CompletedWithErrors,
            JobStatus::Failed,
            JobStatus::CancelFailed,
        ];
        assert_eq!(job.message.is_some(), explained.contains(&status), "{name}");
    }
}

#[tokio::test]
async fn a_job_can_be_canceled() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    let id = start(&client, &datastore_id, "nightly").await;
    assert!(fake.cancel_job(&id));
    assert!(!fake.cancel_job(&id), "once is enough");
    assert!(!fake.cancel_job("another"));
    assert_eq!(
        job(&client, &datastore_id, &id).await.job_status,
        JobStatus::CancelSubmitted
    );
    fake.clock().advance(Duration::from_secs(5));
    assert_eq!(
        job(&client, &datastore_id, &id).await.job_status,
        JobStatus::CancelInProgress
    );
    fake.clock().advance(Duration::from_secs(5));
    assert_eq!(
        job(&client, &datastore_id, &id).await.job_status,
        JobStatus::CancelCompleted
    );
}

#[tokio::test]
async fn jobs_can_advance_by_being_looked_at() {
    let fake = common::started(FakeHealthLake::builder().step_per_describe(minutes(1))).await;
    fake.clock().stop();
    let client = common::client_of(&fake);
    let datastore_id = fake.add_datastore("patients");
    let id = start(&client, &datastore_id, "nightly").await;
    let mut polls = 0;
    while job(&client, &datastore_id, &id).await.job_status != JobStatus::Completed {
        polls += 1;
    }
    assert_eq!(polls, 2);
}

#[tokio::test]
async fn jobs_need_an_active_data_store() {
    let (_fake, client) = common::fake().await;
    let creating = create(&client, "patients").await;
    let error = client
        .start_fhir_import_job(common::import(&creating, "early"))
        .await;
    let error = error.expect_err("it is being created");
    assert!(
        error
            .message()
            .is_some_and(|message| message.ends_with("is CREATING and not ACTIVE"))
    );
    let error = client
        .start_fhir_import_job(common::import("nowhere", "lost"))
        .await;
    let error = error.expect_err("there is none");
    assert!(matches!(
        error.as_service_error(),
        Some(StartFhirImportJobError::ResourceNotFoundException(_))
    ));
}

#[tokio::test]
async fn a_client_token_makes_one_job() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    let mut request = common::import(&datastore_id, "nightly");
    request.client_token = Some("token-1".to_owned());
    let first = client
        .start_fhir_import_job(request.clone())
        .await
        .expect("a job");
    let second = client
        .start_fhir_import_job(request.clone())
        .await
        .expect("the same job");
    assert_eq!(first.job_id, second.job_id);

    request.job_name = Some("another".to_owned());
    let error = client
        .start_fhir_import_job(request)
        .await
        .expect_err("another request");
    assert_eq!(error.code(), Some("ValidationException"));
    assert_eq!(fake.import_jobs().len(), 1);

    let mut export = common::export(&datastore_id, "nightly");
    export.client_token = Some("token-1".to_owned());
    client
        .start_fhir_export_job(export)
        .await
        .expect("tokens of another operation are others");
}

#[tokio::test]
async fn tags_are_added_replaced_and_removed() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let arn = datastore(&client, &id).await.datastore_arn;
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let add = async |tags| {
        let request = TagResourceRequest::builder()
            .resource_arn(&arn)
            .tags(tags)
            .build();
        client.tag_resource(request).await
    };
    add(vec![tag("team", "data"), tag("cost", "1")])
        .await
        .expect("tags");
    add(vec![tag("cost", "2")]).await.expect("tags");
    let remove = UntagResourceRequest::builder()
        .resource_arn(&arn)
        .tag_keys(vec!["team".to_owned(), "never there".to_owned()])
        .build();
    client.untag_resource(remove).await.expect("no tags");
    let list = ListTagsForResourceRequest::builder()
        .resource_arn(&arn)
        .build();
    let tags = client
        .list_tags_for_resource(list)
        .await
        .expect("tags")
        .tags;
    assert_eq!(tags, Some(vec![tag("cost", "2")]));

    let many = (0..200)
        .map(|number| tag(&format!("key {number}"), ""))
        .collect();
    assert_eq!(
        add(many).await.expect_err("201 tags").code(),
        Some("ValidationException")
    );
    let elsewhere =
        ListTagsForResourceRequest::builder().resource_arn(arn.replace(&id, &"0".repeat(32)));
    let error = client
        .list_tags_for_resource(elsewhere.build())
        .await
        .expect_err("no resource");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
}

#[tokio::test]
async fn lists_are_filtered() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    let other = fake.add_datastore("others");
    start(&client, &datastore_id, "first").await;
    let between = DateTime::from(fake.clock().advance(minutes(5)));
    fake.clock().advance(minutes(1));
    start(&client, &datastore_id, "second").await;
    start(&client, &other, "first").await;

    let list = || ListFhirImportJobsRequest::builder().datastore_id(&datastore_id);
    for (request, names) in [
        (list().build(), vec!["first", "second"]),
        (list().job_name("second").build(), vec!["second"]),
        (
            list().job_status(JobStatus::Completed).build(),
            vec!["first"],
        ),
        (list().submitted_before(between).build(), vec!["first"]),
        (list().submitted_after(between).build(), vec!["second"]),
        (
            list().submitted_after(between).job_name("first").build(),
            vec![],
        ),
    ] {
        let jobs = client
            .list_fhir_import_jobs(request.clone())
            .await
            .expect("a list");
        let found: Vec<_> = jobs
            .import_job_properties_list
            .into_iter()
            .filter_map(|job| job.job_name)
            .collect();
        assert_eq!(found, names, "{request:?}");
    }
    let named = DatastoreFilter::builder().datastore_name("others").build();
    let request = ListFhirDatastoresRequest::builder().filter(named).build();
    let found = client
        .list_fhir_datastores(request)
        .await
        .expect("a list")
        .datastore_properties_list;
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].datastore_id, other);
}

#[tokio::test]
async fn requests_are_validated() {
    let (fake, client) = common::fake().await;
    let datastore_id = fake.add_datastore("patients");
    let mut request = common::import(&datastore_id, "a,b");
    request.input_data_config = InputDataConfig::S3Uri("https://bucket/".to_owned());
    request.validation_level = Some("lenient".into());
    let error = client
        .start_fhir_import_job(request)
        .await
        .expect_err("three problems");
    let message = error.message().expect("a message");
    assert!(
        message.starts_with("3 validation errors detected: Value at 'JobName'"),
        "{message}"
    );
    assert!(message.contains("'InputDataConfig.S3Uri'") && message.contains("'ValidationLevel'"));

    let request = ListFhirDatastoresRequest::builder()
        .next_token("forged")
        .build();
    let error = client
        .list_fhir_datastores(request)
        .await
        .expect_err("no such token");
    assert_eq!(error.code(), Some("ValidationException"));
}

#[tokio::test]
async fn the_clock_of_the_service_matters_for_signatures() {
    let fake = common::started(FakeHealthLake::builder()).await;
    fake.add_datastore("patients");
    let list = || ListFhirDatastoresRequest::builder().build();
    // A client follows the clock of its service, so each of these is a new one.
    let once = async |fault: Fault| {
        fake.faults().add(fault.next(1));
        let client = Client::builder(&fake.sdk_config()).retry_config(RetryConfig::disabled());
        client.build().list_fhir_datastores(list()).await
    };
    for (fault, says) in [
        (Fault::ClockAhead(minutes(10)), "Signature expired"),
        (Fault::ClockBehind(minutes(10)), "Signature not yet current"),
    ] {
        let error = once(fault).await.expect_err("a wrong clock");
        assert_eq!(error.code(), Some("InvalidSignatureException"));
        assert!(error.to_string().contains(says), "{error}");
    }
    once(Fault::ClockAhead(minutes(4)))
        .await
        .expect("four minutes do not matter");

    fake.faults().add(Fault::ClockBehind(minutes(60)).always());
    let client = common::client_of(&fake);
    client
        .list_fhir_datastores(list())
        .await
        .expect("the client follows the service's clock");
}
