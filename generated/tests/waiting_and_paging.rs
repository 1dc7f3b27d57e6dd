//! Waiters and pages against the fake. Time is the fake's clock, which stands still: waiting moves it by hand.

mod common;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep, TokioSleep};
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use fake_healthlake::{Answer, Clock, FakeHealthLake, Fault, Timing};
use healthlake::*;
use serde_json::json;

use common::minutes;

/// Waits by moving the clock, and notes how long it was asked to; retries, which wait for milliseconds, really wait.
#[derive(Clone, Debug)]
struct MovingSleep {
    clock: Clock,
    waits: Arc<Mutex<Vec<Duration>>>,
}

const LONG: Duration = Duration::from_secs(1);

impl AsyncSleep for MovingSleep {
    fn sleep(&self, duration: Duration) -> Sleep {
        if duration < LONG {
            return TokioSleep::new().sleep(duration);
        }
        let MovingSleep { clock, waits } = self.clone();
        Sleep::new(async move {
            clock.advance(duration);
            waits.lock().unwrap().push(duration);
        })
    }
}

struct Setting {
    fake: FakeHealthLake,
    client: Client,
    datastore_id: String,
    profile_id: String,
    waits: Arc<Mutex<Vec<Duration>>>,
}

impl Setting {
    async fn new() -> Self {
        let mut timing = Timing::default();
        timing.in_progress = minutes(20);
        let fake = common::started(FakeHealthLake::builder().timing(timing)).await;
        fake.clock().stop();
        let sleep = MovingSleep {
            clock: fake.clock().clone(),
            waits: Arc::default(),
        };
        let waits = sleep.waits.clone();
        let client = Client::builder(&fake.sdk_config())
            .retry_config(common::quick_retries())
            .sleep_impl(sleep)
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .time_source(fake.clock().clone())
            .timeout_config(TimeoutConfig::disabled())
            .build();
        let datastore_id = fake.add_datastore("patients");
        let profile_id = fake.add_profile("hospital");
        Self {
            fake,
            client,
            datastore_id,
            profile_id,
            waits,
        }
    }

    /// Starts an import job of this name, and gives the request that describes it.
    async fn import(&self, name: &str) -> DescribeFhirImportJobRequest {
        let request = common::import(&self.datastore_id, name);
        let job = self
            .client
            .start_fhir_import_job(request)
            .await
            .expect("a job");
        let request = DescribeFhirImportJobRequest::builder().datastore_id(&self.datastore_id);
        request.job_id(job.job_id).build()
    }

    async fn export(&self, name: &str) -> DescribeFhirExportJobRequest {
        let request = common::export(&self.datastore_id, name);
        let job = self
            .client
            .start_fhir_export_job(request)
            .await
            .expect("a job");
        let request = DescribeFhirExportJobRequest::builder().datastore_id(&self.datastore_id);
        request.job_id(job.job_id).build()
    }

    async fn transformation(&self, name: &str) -> DescribeDataTransformationJobRequest {
        let request = common::transformation(&self.profile_id, name);
        let job = self.client.start_data_transformation_job(request).await;
        let request = DescribeDataTransformationJobRequest::builder();
        request.job_id(job.expect("a job").job_id).build()
    }

    /// Restores a data store from backups, and gives the request that describes it.
    async fn restored(&self) -> DescribeFhirDatastoreRequest {
        let backup = BackupConfiguration::builder().status(BackupStatus::Enabled);
        let update = UpdateFhirDatastoreRequest::builder()
            .datastore_id(&self.datastore_id)
            .backup_configuration(backup.build());
        let updated = self.client.update_fhir_datastore(update.build()).await;
        updated.expect("an update");
        let latest = ContinuousBackupRestoreConfiguration::builder().build();
        let restore = RestoreFhirDatastoreRequest::builder()
            .source_datastore_id(&self.datastore_id)
            .restore_configuration(RestoreConfiguration::ContinuousBackupRestoreConfiguration(
                latest,
            ));
        let restored = self.client.restore_fhir_datastore(restore.build()).await;
        DescribeFhirDatastoreRequest::builder()
            .datastore_id(restored.expect("a data store").datastore_id)
            .build()
    }

    fn waits(&self) -> Vec<Duration> {
        self.waits.lock().unwrap().clone()
    }

    fn calls_of(&self, operation: &str) -> usize {
        let requests = self.fake.requests();
        requests
            .iter()
            .filter(|request| request.operation() == Some(operation))
            .count()
    }
}

#[tokio::test]
async fn an_import_job_is_waited_for() {
    let setting = Setting::new().await;
    let request = setting.import("nightly").await;
    let waiter = setting.client.wait_until_fhir_import_job_completed(request);
    let job = waiter.await.expect("it completes").import_job_properties;
    assert_eq!(job.job_status, JobStatus::Completed);
    let waits = setting.waits();
    assert!(waits.len() > 1, "{waits:?}");
    assert!(
        waits
            .iter()
            .all(|wait| (minutes(2)..=minutes(120)).contains(wait)),
        "{waits:?}"
    );
    assert_eq!(setting.calls_of("DescribeFHIRImportJob"), waits.len() + 1);
}

#[tokio::test]
async fn every_poll_can_be_seen() {
    let setting = Setting::new().await;
    let request = setting.import("nightly").await;
    let waiter = setting.client.wait_until_fhir_import_job_completed(request);
    let mut waiter = waiter.min_delay(minutes(3)).max_delay(minutes(3));
    let mut imported = Vec::new();
    let mut last = None;
    while let Some(poll) = waiter.next().await {
        let job = poll.expect("a poll").import_job_properties;
        let report = job.job_progress_report.expect("a report");
        imported.push(report.total_number_of_resources_imported.expect("a number"));
        last = Some(job.job_status);
    }
    assert_eq!(last, Some(JobStatus::Completed));
    assert!(imported.len() > 5 && imported.is_sorted(), "{imported:?}");
    assert!(setting.waits().iter().all(|wait| *wait == minutes(3)));
    assert!(waiter.next().await.is_none(), "it has ended");
}

#[tokio::test]
async fn every_terminal_state_ends_the_wait() {
    let setting = Setting::new().await;
    for (name, end) in [
        ("errors-nightly", Ok(JobStatus::CompletedWithErrors)),
        ("fail-nightly", Err("FAILED")),
        ("cancel-nightly", Err("CANCEL_COMPLETED")),
        ("cancel-fail-nightly", Err("CANCEL_FAILED")),
    ] {
        let import = setting.import(name).await;
        let import = setting
            .client
            .wait_until_fhir_import_job_completed(import)
            .await;
        let export = setting.export(name).await;
        let export = setting
            .client
            .wait_until_fhir_export_job_completed(export)
            .await;
        match end {
            Ok(status) => {
                assert_eq!(import.expect(name).import_job_properties.job_status, status);
                assert_eq!(export.expect(name).export_job_properties.job_status, status);
            }
            Err(status) => {
                let texts = [
                    import.expect_err(name).to_string(),
                    export.expect_err(name).to_string(),
                ];
                assert!(texts.iter().all(|text| text.contains(status)), "{texts:?}");
            }
        }
    }
}

#[tokio::test]
async fn a_transformation_job_is_waited_for() {
    let setting = Setting::new().await;
    let wait = async |request| {
        let client = &setting.client;
        let waiter = client.wait_until_data_transformation_job_completed(request);
        let done = waiter.await?.transformation_job_properties;
        Ok::<_, Error>(done.job_status)
    };
    let nightly = setting.transformation("nightly").await;
    let status = wait(nightly).await.expect("it completes");
    assert_eq!(status, TransformationJobStatus::Completed);
    let waits = setting.waits();
    let half_a_minute = Duration::from_secs(30);
    assert!(waits.len() > 1 && waits[0] >= half_a_minute, "{waits:?}");

    let with_errors = setting.transformation("errors-nightly").await;
    let status = wait(with_errors).await.expect("that is an end, too");
    assert_eq!(status, TransformationJobStatus::CompletedWithErrors);

    let failing = setting.transformation("fail-nightly").await;
    let error = wait(failing).await.expect_err("it fails");
    let reason = format!(
        "waiting for DataTransformationJobCompleted failed: JobStatus is FAILED: \
         Access to s3://bucket/in/ was denied for role {}",
        common::ROLE
    );
    assert_eq!(error.to_string(), reason);

    let nowhere = DescribeDataTransformationJobRequest::builder().job_id("nowhere");
    let waits = setting.waits().len();
    wait(nowhere.build()).await.expect_err("the model says so");
    assert_eq!(setting.waits().len(), waits, "at once");
}

#[tokio::test]
async fn the_services_own_reason_is_in_the_error() {
    let setting = Setting::new().await;
    let request = setting.import("fail-nightly").await;
    let error = setting
        .client
        .wait_until_fhir_import_job_completed(request)
        .await;
    let error = Error::<ServiceError>::from(error.expect_err("it fails"));
    let reason = format!(
        "Access to s3://bucket/in/ was denied for role {}",
        common::ROLE
    );
    assert_eq!(error.message(), Some(reason.as_str()));
    assert_eq!(
        error.to_string(),
        format!("waiting for FHIRImportJobCompleted failed: JobStatus is FAILED: {reason}")
    );
}

#[tokio::test]
async fn a_state_that_the_model_does_not_know_keeps_it_waiting() {
    let setting = Setting::new().await;
    let request = setting.import("nightly").await;
    let dreaming = json!({ "ImportJobProperties": { "JobStatus": "DREAMING" } });
    let dreaming = Fault::Answer(Answer::json(200, dreaming.to_string()));
    setting.fake.faults().add(dreaming.next(1));
    let mut waiter = setting.client.wait_until_fhir_import_job_completed(request);
    let first = waiter.next().await.expect("a poll").expect("a response");
    let status = first.import_job_properties.job_status;
    assert_eq!(status, "DREAMING");
    let done = waiter.await.expect("it completes").import_job_properties;
    assert_eq!(done.job_status, JobStatus::Completed);
}

#[tokio::test]
async fn a_data_store_that_is_not_there_ends_the_wait_with_the_services_error() {
    let setting = Setting::new().await;
    let request = DescribeFhirDatastoreRequest::builder()
        .datastore_id("0".repeat(32))
        .build();
    let waiter = setting.client.wait_until_fhir_datastore_active(request);
    let error = waiter.await.expect_err("there is none");
    assert!(matches!(
        error.as_service_error(),
        Some(DescribeFhirDatastoreError::ResourceNotFoundException(_))
    ));
    assert_eq!(setting.calls_of("DescribeFHIRDatastore"), 1);
}

#[tokio::test]
async fn a_wait_has_an_end_if_one_is_set() {
    let setting = Setting::new().await;
    let request = setting.import("endless-nightly").await;
    let before = setting.fake.clock().now();
    let waiter = setting.client.wait_until_fhir_import_job_completed(request);
    let error = waiter
        .max_wait(minutes(60))
        .await
        .expect_err("the job never ends");
    assert!(error.is_timeout(), "{error}");
    let waited = setting
        .fake
        .clock()
        .now()
        .duration_since(before)
        .expect("time passes");
    assert!(waited <= minutes(60) && waited > minutes(45), "{waited:?}");
}

#[tokio::test]
async fn errors_that_retries_mend_do_not_end_a_wait_and_others_do() {
    let setting = Setting::new().await;
    let request = setting.import("nightly").await;
    for fault in [
        Fault::Throttling,
        Fault::Reset,
        Fault::Cut,
        Fault::ProxyPage,
    ] {
        setting.fake.faults().add(fault.next(2));
        let waiter = setting
            .client
            .wait_until_fhir_import_job_completed(request.clone());
        waiter.await.expect("the third attempt");
    }

    setting
        .fake
        .faults()
        .replace(vec![Fault::AccessDenied.always()]);
    let waiter = setting.client.wait_until_fhir_import_job_completed(request);
    let error = waiter.await.expect_err("nothing mends that");
    assert_eq!(error.code(), Some("AccessDeniedException"));
}

#[tokio::test]
async fn data_stores_are_waited_for() {
    let setting = Setting::new().await;
    let create = async |name: &str| {
        let request = CreateFhirDatastoreRequest::builder().datastore_name(name);
        let request = request.datastore_type_version(FhirVersion::R4).build();
        let created = setting
            .client
            .create_fhir_datastore(request)
            .await
            .expect("a data store");
        DescribeFhirDatastoreRequest::builder()
            .datastore_id(created.datastore_id)
            .build()
    };
    let good = create("good").await;
    let active = setting
        .client
        .wait_until_fhir_datastore_active(good.clone())
        .await;
    let active = active.expect("it becomes active").datastore_properties;
    assert_eq!(active.datastore_status, DatastoreStatus::Active);

    let request = DeleteFhirDatastoreRequest::builder()
        .datastore_id(&good.datastore_id)
        .build();
    setting
        .client
        .delete_fhir_datastore(request)
        .await
        .expect("it can be deleted");
    let deleted = setting
        .client
        .wait_until_fhir_datastore_deleted(good.clone())
        .await;
    let deleted = deleted.expect("it is deleted").datastore_properties;
    assert_eq!(deleted.datastore_status, DatastoreStatus::Deleted);
    let error = setting.client.wait_until_fhir_datastore_active(good).await;
    assert!(
        error
            .expect_err("it will not be")
            .to_string()
            .contains("DELETED")
    );

    let restored = setting.restored().await;
    let waiter = setting.client.wait_until_fhir_datastore_active(restored);
    let active = waiter.await.expect("it becomes active");
    let status = active.datastore_properties.datastore_status;
    assert_eq!(status, DatastoreStatus::Active);

    let bad = create("fail-bad").await;
    let error = setting.client.wait_until_fhir_datastore_active(bad).await;
    assert!(
        error
            .expect_err("it cannot be created")
            .to_string()
            .contains("CREATE_FAILED")
    );
}

#[tokio::test]
async fn pages_hold_every_item_once() {
    let setting = Setting::new().await;
    let mut names = Vec::new();
    for number in 0..10 {
        names.push(format!("job {number}"));
        setting.import(&names[number]).await;
        setting.export(&names[number]).await;
    }
    for size in [1, 3, 5, 10, 500] {
        let request = ListFhirImportJobsRequest::builder().datastore_id(&setting.datastore_id);
        let mut pages = setting
            .client
            .list_fhir_import_jobs_pages(request.max_results(size).build());
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let jobs = page.expect("a page").import_job_properties_list;
            assert!(jobs.len() <= size as usize);
            found.extend(jobs.into_iter().filter_map(|job| job.job_name));
        }
        assert_eq!(found, names, "{size}");

        let request = ListFhirExportJobsRequest::builder().datastore_id(&setting.datastore_id);
        let mut pages = setting
            .client
            .list_fhir_export_jobs_pages(request.max_results(size).build());
        let mut found = Vec::new();
        while let Some(page) = pages.next().await {
            let jobs = page.expect("a page").export_job_properties_list;
            found.extend(jobs.into_iter().filter_map(|job| job.job_name));
        }
        assert_eq!(found, names, "{size}");
    }
}

#[tokio::test]
async fn items_come_one_by_one() {
    let setting = Setting::new().await;
    let mut jobs = Vec::new();
    for number in 0..5 {
        jobs.push(format!("job {number}"));
        setting.transformation(&jobs[number]).await;
    }
    let mut profiles = vec!["hospital".to_owned()];
    for number in 0..4 {
        profiles.push(format!("profile {number}"));
        setting.fake.add_profile(&profiles[number + 1]);
    }
    let publish = PublishDataTransformationProfileRequest::builder()
        .profile_id(&setting.profile_id)
        .source_format(SourceFormat::Ccda)
        .build();
    for _ in 2..5 {
        let published = setting
            .client
            .publish_data_transformation_profile(publish.clone());
        published.await.expect("a version");
    }
    for size in [1, 2, 5, 100] {
        let request = ListDataTransformationJobsRequest::builder().max_results(size);
        let pages = setting
            .client
            .list_data_transformation_jobs_pages(request.build());
        let mut items = pages.items();
        let mut found = Vec::new();
        while let Some(job) = items.next().await {
            found.extend(job.expect("a job").job_name);
        }
        assert_eq!(found, jobs, "{size}");

        let request = ListDataTransformationProfilesRequest::builder()
            .source_format(SourceFormat::Ccda)
            .max_results(size);
        let pages = setting
            .client
            .list_data_transformation_profiles_pages(request.build());
        let mut items = pages.items();
        let mut found = Vec::new();
        while let Some(profile) = items.next().await {
            found.extend(profile.expect("a profile").profile_name);
        }
        assert_eq!(found, profiles, "{size}");

        let request = ListDataTransformationProfileVersionsRequest::builder()
            .profile_id(&setting.profile_id)
            .max_results(size);
        let pages = setting
            .client
            .list_data_transformation_profile_versions_pages(request.build());
        let mut items = pages.items();
        let mut found = Vec::new();
        while let Some(version) = items.next().await {
            found.push(version.expect("a version").version);
        }
        assert_eq!(found, [0, 1, 2, 3, 4], "{size}");
    }
    let calls = setting.calls_of("ListDataTransformationJobs");
    assert_eq!(calls, 5 + 3 + 1 + 1);
}

#[tokio::test]
async fn pages_are_asked_for_one_by_one() {
    let setting = Setting::new().await;
    for number in 0..5 {
        setting.fake.add_datastore(format!("another {number}"));
    }
    let request = ListFhirDatastoresRequest::builder().max_results(2).build();
    let mut pages = setting.client.list_fhir_datastores_pages(request);
    assert_eq!(
        setting.calls_of("ListFHIRDatastores"),
        0,
        "nobody has asked"
    );
    for seen in 1..=3 {
        assert_eq!(
            pages
                .next()
                .await
                .expect("a page")
                .expect("a good one")
                .datastore_properties_list
                .len(),
            2
        );
        assert_eq!(setting.calls_of("ListFHIRDatastores"), seen);
    }
    assert!(pages.next().await.is_none());
    assert_eq!(setting.calls_of("ListFHIRDatastores"), 3);
}

#[tokio::test]
async fn a_token_that_repeats_is_an_error_and_no_loop() {
    let setting = Setting::new().await;
    let page = json!({ "DatastorePropertiesList": [], "NextToken": "again" }).to_string();
    setting
        .fake
        .faults()
        .add(Fault::Answer(Answer::json(200, page)).always());
    let mut pages = setting
        .client
        .list_fhir_datastores_pages(ListFhirDatastoresRequest::builder().build());
    let mut good = 0;
    let error = loop {
        match pages.next().await.expect("an error in the end") {
            Ok(_) => good += 1,
            Err(error) => break error,
        }
        assert!(good < 5, "a loop");
    };
    assert!(error.to_string().contains("go round in circles"), "{error}");
    assert!(pages.next().await.is_none(), "an error ends the pages");
}

#[tokio::test]
async fn an_error_ends_the_pages() {
    let setting = Setting::new().await;
    setting.fake.add_datastore("another");
    let request = ListFhirDatastoresRequest::builder().max_results(1).build();
    let mut pages = setting.client.list_fhir_datastores_pages(request);
    pages.next().await.expect("a page").expect("a good one");
    setting.fake.faults().add(Fault::AccessDenied.always());
    let error = pages
        .next()
        .await
        .expect("an error")
        .expect_err("nothing mends that");
    assert_eq!(error.code(), Some("AccessDeniedException"));
    assert!(pages.next().await.is_none());
}
