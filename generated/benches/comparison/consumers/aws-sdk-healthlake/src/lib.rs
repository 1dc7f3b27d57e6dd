//! The code that a user of the crate compiles: one awaited call of each of the 13 operations.

use aws_sdk_healthlake::types::{
    FhirVersion, InputDataConfig, OutputDataConfig, S3Configuration, Tag, ValidationLevel,
};
use aws_sdk_healthlake::{Client, Error};
use std::pin::Pin;

const DATASTORE: &str = "53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11";
const DATASTORE_ARN: &str =
    "arn:aws:healthlake:us-east-1:012345678910:datastore/fhir/53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11";
const KEY: &str = "arn:aws:kms:us-east-1:012345678910:key/d330e7fc-b56c-4216-a250-f4c43ef46e83";
const ROLE: &str = "arn:aws:iam::012345678910:role/HealthLakeImport";

/// One call of each operation. Boxed, so that the calls are compiled here and not in what awaits them.
pub fn calls(client: Client) -> Pin<Box<dyn Future<Output = Result<(), Error>> + Send>> {
    Box::pin(async move {
        create_fhir_datastore(&client).await?;
        delete_fhir_datastore(&client).await?;
        describe_fhir_datastore(&client).await?;
        describe_fhir_export_job(&client).await?;
        describe_fhir_import_job(&client).await?;
        list_fhir_datastores(&client).await?;
        list_fhir_export_jobs(&client).await?;
        list_fhir_import_jobs(&client).await?;
        list_tags_for_resource(&client).await?;
        start_fhir_export_job(&client).await?;
        start_fhir_import_job(&client).await?;
        tag_resource(&client).await?;
        untag_resource(&client).await
    })
}

async fn create_fhir_datastore(client: &Client) -> Result<(), Error> {
    let created = client
        .create_fhir_datastore()
        .datastore_name("records")
        .datastore_type_version(FhirVersion::R4)
        .send()
        .await?;
    println!("{}", created.datastore_arn());
    Ok(())
}

async fn delete_fhir_datastore(client: &Client) -> Result<(), Error> {
    let deleted = client
        .delete_fhir_datastore()
        .datastore_id(DATASTORE)
        .send()
        .await?;
    println!("{}", deleted.datastore_status());
    Ok(())
}

async fn describe_fhir_datastore(client: &Client) -> Result<(), Error> {
    let described = client
        .describe_fhir_datastore()
        .datastore_id(DATASTORE)
        .send()
        .await?;
    if let Some(datastore) = described.datastore_properties() {
        println!("{}", datastore.datastore_endpoint());
    }
    Ok(())
}

async fn describe_fhir_export_job(client: &Client) -> Result<(), Error> {
    let described = client
        .describe_fhir_export_job()
        .datastore_id(DATASTORE)
        .job_id("job")
        .send()
        .await?;
    if let Some(job) = described.export_job_properties() {
        println!("{}", job.job_status());
    }
    Ok(())
}

async fn describe_fhir_import_job(client: &Client) -> Result<(), Error> {
    let described = client
        .describe_fhir_import_job()
        .datastore_id(DATASTORE)
        .job_id("job")
        .send()
        .await?;
    if let Some(job) = described.import_job_properties() {
        println!("{}", job.job_status());
    }
    Ok(())
}

async fn list_fhir_datastores(client: &Client) -> Result<(), Error> {
    let page = client.list_fhir_datastores().max_results(10).send().await?;
    println!("{}", page.datastore_properties_list().len());
    Ok(())
}

async fn list_fhir_export_jobs(client: &Client) -> Result<(), Error> {
    let page = client
        .list_fhir_export_jobs()
        .datastore_id(DATASTORE)
        .max_results(10)
        .send()
        .await?;
    println!("{}", page.export_job_properties_list().len());
    Ok(())
}

async fn list_fhir_import_jobs(client: &Client) -> Result<(), Error> {
    let page = client
        .list_fhir_import_jobs()
        .datastore_id(DATASTORE)
        .max_results(10)
        .send()
        .await?;
    println!("{}", page.import_job_properties_list().len());
    Ok(())
}

async fn list_tags_for_resource(client: &Client) -> Result<(), Error> {
    let listed = client
        .list_tags_for_resource()
        .resource_arn(DATASTORE_ARN)
        .send()
        .await?;
    println!("{}", listed.tags().len());
    Ok(())
}

async fn start_fhir_export_job(client: &Client) -> Result<(), Error> {
    let started = client
        .start_fhir_export_job()
        .job_name("nightly")
        .output_data_config(output()?)
        .datastore_id(DATASTORE)
        .data_access_role_arn(ROLE)
        .send()
        .await?;
    println!("{}", started.job_id());
    Ok(())
}

async fn start_fhir_import_job(client: &Client) -> Result<(), Error> {
    let started = client
        .start_fhir_import_job()
        .job_name("nightly")
        .input_data_config(InputDataConfig::S3Uri("s3://incoming/".into()))
        .job_output_data_config(output()?)
        .datastore_id(DATASTORE)
        .data_access_role_arn(ROLE)
        .validation_level(ValidationLevel::Strict)
        .send()
        .await?;
    println!("{}", started.job_id());
    Ok(())
}

async fn tag_resource(client: &Client) -> Result<(), Error> {
    client
        .tag_resource()
        .resource_arn(DATASTORE_ARN)
        .tags(Tag::builder().key("team").value("records").build()?)
        .send()
        .await?;
    Ok(())
}

async fn untag_resource(client: &Client) -> Result<(), Error> {
    client
        .untag_resource()
        .resource_arn(DATASTORE_ARN)
        .tag_keys("team")
        .send()
        .await?;
    Ok(())
}

fn output() -> Result<OutputDataConfig, Error> {
    let configuration = S3Configuration::builder()
        .s3_uri("s3://outgoing/")
        .kms_key_id(KEY)
        .build()?;
    Ok(OutputDataConfig::S3Configuration(configuration))
}
