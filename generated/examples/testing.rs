//! Tests of code that uses the crate: typed answers, no network, no waiting.
//!
//! ```text
//! cargo test -p healthlake --example testing
//! ```
//!
//! It needs the feature `test-util` of `healthlake`, in `[dev-dependencies]`.

use std::error::Error;

use fake_healthlake::FakeHealthLake;
use healthlake::{
    Client, DescribeFhirImportJobRequest, InputDataConfig, OutputDataConfig, S3Configuration,
    StartFhirImportJobRequest,
};

/// Imports last night's data, and returns the number of resources that there are. This is to be tested.
async fn nightly_import(client: &Client, datastore_id: &str) -> Result<i64, healthlake::Error> {
    let output = S3Configuration::builder()
        .s3_uri("s3://bucket/out/")
        .kms_key_id("alias/lake");
    let request = StartFhirImportJobRequest::builder()
        .job_name("nightly")
        .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
        .job_output_data_config(OutputDataConfig::S3Configuration(output.build()))
        .datastore_id(datastore_id)
        .data_access_role_arn("arn:aws:iam::123456789012:role/import")
        .build();
    let job = client.start_fhir_import_job(request).await?;

    let request = DescribeFhirImportJobRequest::builder()
        .datastore_id(datastore_id)
        .job_id(job.job_id);
    let done = client
        .wait_until_fhir_import_job_completed(request.build())
        .await?;
    let report = done.import_job_properties.job_progress_report;
    Ok(report
        .and_then(|report| report.total_number_of_resources_imported)
        .unwrap_or_default())
}

/// The program itself; it runs against a server on loopback, which is another way to test.
#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let ten_minutes = std::time::Duration::from_secs(600);
    let fake = FakeHealthLake::builder()
        .step_per_describe(ten_minutes)
        .start()
        .await?;
    let datastore_id = fake.add_datastore("patients");
    let imported = nightly_import(&Client::new(&fake.sdk_config()), &datastore_id).await?;
    println!("{imported} resources");
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use healthlake::fake::Fake;
    use healthlake::*;

    use super::nightly_import;

    fn job(status: JobStatus, imported: i64) -> DescribeFhirImportJobResponse {
        let report = JobProgressReport::builder()
            .total_number_of_resources_imported(imported)
            .build();
        let job = ImportJobProperties::builder()
            .job_id("job-1")
            .job_status(status)
            .submit_time(DateTime::from_secs(1_767_268_800))
            .datastore_id("lake")
            .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
            .job_progress_report(report)
            .message("the bucket is gone")
            .build();
        DescribeFhirImportJobResponse::builder()
            .import_job_properties(job)
            .build()
    }

    fn started(request: StartFhirImportJobRequest) -> StartFhirImportJobResponse {
        StartFhirImportJobResponse::builder()
            .job_id("job-1")
            .job_status(JobStatus::Submitted)
            .datastore_id(request.datastore_id)
            .build()
    }

    #[tokio::test]
    async fn it_waits_and_counts() {
        let fake = Fake::new();
        fake.on::<StartFhirImportJob>(|request| Ok(started(request)));
        fake.on_each::<DescribeFhirImportJob>([
            Ok(job(JobStatus::InProgress, 5)),
            Ok(job(JobStatus::Completed, 12)),
        ]);

        assert_eq!(nightly_import(&fake.client(), "lake").await.unwrap(), 12);

        let requests = fake.requests::<StartFhirImportJob>();
        assert_eq!(requests[0].job_name.as_deref(), Some("nightly"));
        assert!(fake.elapsed() >= Duration::from_secs(120)); // the fake's time, not ours
    }

    #[tokio::test]
    async fn it_follows_the_job_that_it_started() {
        let fake = Fake::new();
        fake.on::<StartFhirImportJob>(|request| Ok(started(request)));
        fake.on::<DescribeFhirImportJob>(|_| Ok(job(JobStatus::Completed, 12)));
        nightly_import(&fake.client(), "lake").await.unwrap();
        assert_eq!(fake.requests::<DescribeFhirImportJob>()[0].job_id, "job-1");
    }

    #[tokio::test]
    async fn it_says_why_the_job_failed() {
        let fake = Fake::new();
        fake.on::<StartFhirImportJob>(|request| Ok(started(request)));
        fake.on::<DescribeFhirImportJob>(|_| Ok(job(JobStatus::Failed, 0)));
        let error = nightly_import(&fake.client(), "lake").await.unwrap_err();
        assert!(error.to_string().contains("the bucket is gone"), "{error}");
    }

    #[tokio::test]
    async fn it_passes_on_what_the_service_refuses() {
        let fake = Fake::new();
        fake.on::<StartFhirImportJob>(|_| {
            let refused = AccessDeniedException::builder().message("not you").build();
            Err(StartFhirImportJobError::AccessDeniedException(refused))
        });
        let error = nightly_import(&fake.client(), "lake").await.unwrap_err();
        assert_eq!(error.code(), Some("AccessDeniedException"));
        assert_eq!(error.message(), Some("not you"));
    }
}
