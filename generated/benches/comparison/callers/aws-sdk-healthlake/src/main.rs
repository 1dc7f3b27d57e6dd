//! The workloads, done with `aws-sdk-healthlake`.

use aws_sdk_healthlake::operation::list_fhir_import_jobs::ListFhirImportJobsOutput;
use aws_sdk_healthlake::operation::start_fhir_import_job::StartFhirImportJobOutput;
use aws_sdk_healthlake::types::{
    InputDataConfig, OutputDataConfig, S3Configuration, ValidationLevel,
};
use aws_sdk_healthlake::{Client, Error};
use harness::{Harness, Workload};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let harness = Harness::from_args()?;
    let client = Client::new(&harness.config);
    match harness.workload {
        Workload::Call => harness.measure(async || start_import_job(&client).await.expect("a job")),
        Workload::List => harness.measure(async || list_import_jobs(&client).await.expect("jobs")),
        Workload::Client => harness.measure(async || Client::new(&harness.config)),
    }
    Ok(())
}

async fn start_import_job(client: &Client) -> Result<StartFhirImportJobOutput, Error> {
    let output = S3Configuration::builder()
        .s3_uri("s3://example-import-logs/healthlake/")
        .kms_key_id("arn:aws:kms:us-east-1:012345678910:key/d330e7fc-b56c-4216-a250-f4c43ef46e83")
        .build()?;
    let job = client
        .start_fhir_import_job()
        .job_name("nightly")
        .input_data_config(InputDataConfig::S3Uri(
            "s3://example-clinical-records/incoming/".into(),
        ))
        .job_output_data_config(OutputDataConfig::S3Configuration(output))
        .datastore_id("53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11")
        .data_access_role_arn("arn:aws:iam::012345678910:role/HealthLakeImport")
        .validation_level(ValidationLevel::Strict)
        .send()
        .await?;
    Ok(job)
}

async fn list_import_jobs(client: &Client) -> Result<ListFhirImportJobsOutput, Error> {
    let jobs = client
        .list_fhir_import_jobs()
        .datastore_id("53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11")
        .max_results(500)
        .send()
        .await?;
    Ok(jobs)
}
