//! Transformation jobs, and imports that convert.

use fake_healthlake::{Fault, Outcome};
use healthlake::*;

use super::{common, job, minutes};

async fn start(client: &Client, profile_id: &str, name: &str) -> String {
    let request = common::transformation(profile_id, name);
    let started = client.start_data_transformation_job(request).await;
    started.expect("a job").job_id
}

async fn describe(client: &Client, job_id: &str) -> TransformationJobProperties {
    let request = DescribeDataTransformationJobRequest::builder().job_id(job_id);
    let described = client.describe_data_transformation_job(request.build());
    described
        .await
        .expect("a description")
        .transformation_job_properties
}

#[tokio::test]
async fn a_transformation_goes_its_way_and_reports_progress() {
    let (fake, client) = common::fake().await;
    let profile_id = fake.add_profile("hospital");
    let id = start(&client, &profile_id, "nightly").await;
    let (mut statuses, mut converted, mut generated) = (Vec::new(), Vec::new(), Vec::new());
    for wait in [8, 8, 60, 60, 60] {
        let job = describe(&client, &id).await;
        let progress = job.job_progress_report.expect("a report");
        assert!(progress.total_files_scanned >= progress.total_files_converted);
        converted.push(progress.total_files_converted);
        generated.push(progress.total_resources_generated);
        let ended = job.job_status == TransformationJobStatus::Completed;
        assert_eq!(job.end_time.is_some(), ended);
        statuses.push(job.job_status);
        fake.clock().advance(std::time::Duration::from_secs(wait));
    }
    use TransformationJobStatus::*;
    assert_eq!(
        statuses,
        [Submitted, Queued, InProgress, InProgress, Completed]
    );
    assert_eq!(converted[..2], [0, 0]);
    assert!(
        converted.is_sorted() && converted[4] > converted[3],
        "{converted:?}"
    );
    assert!(
        generated.is_sorted() && generated[4] > generated[3],
        "{generated:?}"
    );

    let job = describe(&client, &id).await;
    let output = job.output_data_config.s3_configuration;
    assert_eq!(output.s3_uri, format!("s3://bucket/out/{id}/"));
    assert_eq!(job.profile_id, Some(profile_id));
    assert_eq!(job.profile_name.as_deref(), Some("hospital"));
    assert_eq!(job.profile_version, Some(1));
    assert_eq!(job.provenance_enabled, Some(true));
    assert_eq!(job.drift_detection_enabled, Some(false));
}

#[tokio::test]
async fn names_and_faults_choose_how_transformations_end() {
    let (fake, client) = common::fake().await;
    let profile_id = fake.add_profile("hospital");
    fake.set_outcome("told", Outcome::Failed);
    let fail = Fault::FailLater.next(1).of("StartDataTransformationJob");
    fake.faults().add(fail);
    use TransformationJobStatus::*;
    for (name, status) in [
        ("met a fault", Failed),
        ("nightly", Completed),
        ("errors-nightly", CompletedWithErrors),
        ("fail-nightly", Failed),
        ("cancel-nightly", Completed),
        ("endless-nightly", InProgress),
        ("told", Failed),
    ] {
        let id = start(&client, &profile_id, name).await;
        assert!(!fake.cancel_job(&id), "nobody can");
        fake.clock().advance(minutes(5));
        let job = describe(&client, &id).await;
        assert_eq!(job.job_status, status, "{name}");
        let explained = [CompletedWithErrors, Failed].contains(&status);
        assert_eq!(job.message.is_some(), explained, "{name}");
        let progress = job.job_progress_report.expect("a report");
        let with_errors = status == CompletedWithErrors;
        assert_eq!(progress.total_files_failed > 0, with_errors, "{name}");
    }
}

#[tokio::test]
async fn a_transformation_needs_a_published_profile() {
    let (fake, client) = common::fake().await;
    let rules = std::collections::HashMap::from([("a.yaml".to_owned(), String::new())]);
    let source = ProfileMappingSource::builder().profile_mapping(rules);
    let request = CreateDataTransformationProfileRequest::builder()
        .source_format(SourceFormat::Csv)
        .source(CreateDataTransformationProfileSource::ProfileMapping(
            source.build(),
        ))
        .profile_name("draft");
    let draft = client.create_data_transformation_profile(request.build());
    let draft = draft.await.expect("a profile").profile_id;
    let code = async |request| {
        let started = client.start_data_transformation_job(request).await;
        started.expect_err("no job").code().map(str::to_owned)
    };
    let of = |profile_id: &str| common::transformation(profile_id, "nightly");
    let not_found = Some("ResourceNotFoundException".to_owned());
    assert_eq!(code(of(&"0".repeat(32))).await, not_found);
    let invalid = Some("ValidationException".to_owned());
    assert_eq!(code(of(&draft)).await, invalid);
    let mut of_another_format = of(&fake.add_profile("hospital"));
    of_another_format.input_data_config.source_format = Some(SourceFormat::Csv);
    assert_eq!(code(of_another_format).await, invalid);
    assert!(fake.transformation_jobs().is_empty());

    let request = DescribeDataTransformationJobRequest::builder().job_id("0".repeat(32));
    let described = client.describe_data_transformation_job(request.build());
    let error = described.await.expect_err("no job");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
}

#[tokio::test]
async fn a_client_token_makes_one_transformation() {
    let (fake, client) = common::fake().await;
    let profile_id = fake.add_profile("hospital");
    let first = start(&client, &profile_id, "nightly").await;
    assert_eq!(start(&client, &profile_id, "nightly").await, first);
    let mut request = common::transformation(&profile_id, "nightly");
    request.drift_detection_enabled = Some(true);
    let another = client.start_data_transformation_job(request).await;
    let error = another.expect_err("another request");
    assert_eq!(error.code(), Some("ValidationException"));
    assert_eq!(fake.transformation_jobs().len(), 1);
}

#[tokio::test]
async fn transformations_are_listed_and_filtered() {
    let (fake, client) = common::fake().await;
    let profile_id = fake.add_profile("hospital");
    let datastore_id = fake.add_datastore("patients");
    start(&client, &profile_id, "first").await;
    let between = DateTime::from(fake.clock().advance(minutes(5)));
    fake.clock().advance(minutes(1));
    start(&client, &profile_id, "second").await;
    super::start(&client, &datastore_id, "an import").await;

    let list = ListDataTransformationJobsRequest::builder;
    let completed = TransformationJobStatus::Completed;
    for (request, names) in [
        (list().build(), vec!["first", "second"]),
        (list().job_name("second").build(), vec!["second"]),
        (list().job_status(completed).build(), vec!["first"]),
        (list().submitted_before(between).build(), vec!["first"]),
        (list().submitted_after(between).build(), vec!["second"]),
        (list().job_name("an import").build(), vec![]),
    ] {
        let jobs = client.list_data_transformation_jobs(request.clone()).await;
        let jobs = jobs.expect("a list").items;
        assert!(
            jobs.iter()
                .all(|job| job.source_format == Some(SourceFormat::Ccda))
        );
        let found: Vec<_> = jobs.into_iter().filter_map(|job| job.job_name).collect();
        assert_eq!(found, names, "{request:?}");
    }
}

#[tokio::test]
async fn imports_can_convert() {
    let (fake, client) = common::fake().await;
    let profile_id = fake.add_profile("hospital");
    let datastore_id = fake.add_datastore("patients");
    let import = |profile: Option<&str>, format: Option<&str>| {
        let mut request = common::import(&datastore_id, "nightly");
        request.profile_id = profile.map(str::to_owned);
        request.input_format = format.map(str::to_owned);
        request
    };
    let nobody = "0".repeat(32);
    for (request, code) in [
        (import(Some(&nobody), None), "ResourceNotFoundException"),
        (import(None, Some("CCDA")), "ValidationException"),
        (
            import(Some(&profile_id), Some("CSV")),
            "ValidationException",
        ),
    ] {
        let error = client.start_fhir_import_job(request.clone()).await;
        let error = error.expect_err(code);
        assert_eq!(error.code(), Some(code), "{request:?}");
    }
    let request = import(Some(&profile_id), Some("CCDA"));
    let converting = client.start_fhir_import_job(request).await.expect("a job");
    let plain = client.start_fhir_import_job(import(None, None)).await;
    let plain = plain.expect("a job");
    fake.clock().advance(minutes(5));
    let report = async |id: &str| {
        let job = job(&client, &datastore_id, id).await;
        job.job_progress_report.expect("a report")
    };
    let converted = report(&converting.job_id).await;
    assert!(converted.total_files_converted > Some(0));
    assert!(converted.total_resources_generated > Some(0));
    assert_eq!(
        converted.total_number_of_imported_non_fhir_files,
        converted.total_number_of_imported_files
    );
    let plain = report(&plain.job_id).await;
    assert_eq!(plain.total_files_converted, None);
    assert_eq!(plain.total_number_of_scanned_non_fhir_files, None);
}
