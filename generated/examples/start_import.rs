//! Starts an import, waits for it, and lists the jobs of the data store.
//!
//! ```text
//! cargo run -p healthlake --example start_import -- DATASTORE_ID ROLE_ARN KMS_KEY
//! ```
//!
//! To try it without AWS, start the example `fake_healthlake` and set the variables that it prints.

use std::error::Error;
use std::process::ExitCode;
use std::time::Duration;

use aws_config::BehaviorVersion;
use healthlake::{
    DescribeFhirImportJobRequest, InputDataConfig, JobStatus, ListFhirImportJobsRequest,
    OutputDataConfig, S3Configuration, StartFhirImportJobRequest, ValidationLevel,
};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args().skip(1).collect();
    let [datastore_id, role_arn, key_arn] = &arguments[..] else {
        eprintln!("usage: start_import DATASTORE_ID ROLE_ARN KMS_KEY");
        eprintln!("To try it without AWS, start the example fake_healthlake: it prints arguments.");
        return ExitCode::from(2);
    };
    match import(datastore_id, role_arn, key_arn).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn import(datastore_id: &str, role_arn: &str, key_arn: &str) -> Result<(), Box<dyn Error>> {
    let config = aws_config::load_defaults(BehaviorVersion::latest()).await; // credentials, region, retries, endpoint
    let client = healthlake::Client::new(&config);

    let request = StartFhirImportJobRequest::builder() // a missing required member does not compile
        .job_name("nightly")
        .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
        .job_output_data_config(OutputDataConfig::S3Configuration(
            S3Configuration::builder()
                .s3_uri("s3://bucket/out/")
                .kms_key_id(key_arn)
                .build(),
        ))
        .datastore_id(datastore_id)
        .data_access_role_arn(role_arn)
        .validation_level(ValidationLevel::Strict)
        .build();
    let job = client.start_fhir_import_job(request).await?; // job.job_id: String, job.job_status: JobStatus
    println!("{} is {}", job.job_id, job.job_status);

    let describe_request = DescribeFhirImportJobRequest::builder()
        .datastore_id(datastore_id)
        .job_id(job.job_id)
        .build();
    let done = client
        .wait_until_fhir_import_job_completed(describe_request)
        .max_wait(Duration::from_secs(3600)) // also min_delay and max_delay; HealthLake's are two minutes
        .await?; // or .next().await, poll by poll, to show progress
    if done.import_job_properties.job_status == JobStatus::CompletedWithErrors {
        println!("some resources were not imported: the job's logs say which");
    }
    println!(
        "{} is {}",
        done.import_job_properties.job_id, done.import_job_properties.job_status
    );

    let list_request = ListFhirImportJobsRequest::builder()
        .datastore_id(datastore_id)
        .build();
    let mut pages = client.list_fhir_import_jobs_pages(list_request); // a Stream
    while let Some(page) = pages.next().await {
        println!("a page of {} jobs", page?.import_job_properties_list.len());
    }
    Ok(())
}
