//! Lists the import jobs of a data store, page by page.
//!
//! ```text
//! cargo run -p healthlake --example list_jobs
//! ```
//!
//! It runs against a fake. For AWS, make the client of `aws_config::load_defaults(BehaviorVersion::latest()).await`.

use std::error::Error;

use fake_healthlake::FakeHealthLake;
use healthlake::{
    Client, InputDataConfig, ListFhirImportJobsRequest, OutputDataConfig, S3Configuration,
    StartFhirImportJobRequest,
};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let fake = FakeHealthLake::start().await?;
    let client = Client::new(&fake.sdk_config());
    let datastore_id = fake.add_datastore("patients");
    for number in 1..=7 {
        start(&client, &datastore_id, format!("job {number}")).await?;
    }

    let request = ListFhirImportJobsRequest::builder()
        .datastore_id(datastore_id)
        .max_results(3)
        .build();
    let mut pages = client.list_fhir_import_jobs_pages(request);
    while let Some(page) = pages.next().await {
        println!("a page:");
        for job in page?.import_job_properties_list {
            println!(
                "  {} {} {}",
                job.job_id,
                job.job_status,
                job.job_name.unwrap_or_default()
            );
        }
    }
    Ok(())
}

async fn start(client: &Client, datastore_id: &str, name: String) -> Result<(), healthlake::Error> {
    let output = S3Configuration::builder()
        .s3_uri("s3://bucket/out/")
        .kms_key_id("alias/demo");
    let request = StartFhirImportJobRequest::builder()
        .job_name(name)
        .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
        .job_output_data_config(OutputDataConfig::S3Configuration(output.build()))
        .datastore_id(datastore_id)
        .data_access_role_arn("arn:aws:iam::123456789012:role/import")
        .build();
    client.start_fhir_import_job(request).await?;
    Ok(())
}
