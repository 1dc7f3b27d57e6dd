//! Helpers of the tests against the fake.
#![allow(dead_code)] // no test uses all of it

use std::time::Duration;

use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use fake_healthlake::{Builder, FakeHealthLake};
use healthlake::{
    Client, DataTransformationS3Configuration, InputDataConfig, OutputDataConfig, S3Configuration,
    StartDataTransformationJobRequest, StartFhirExportJobRequest, StartFhirImportJobRequest,
    TransformationInputDataConfig, TransformationOutputDataConfig,
};

pub const ROLE: &str = "arn:aws:iam::123456789012:role/import";
pub const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/0e4b1dcf-3a0d-4c3f-9a55-4c2e1a7d9d10";

/// A fake whose clock stands still, and a client of it that tries again at once.
pub async fn fake() -> (FakeHealthLake, Client) {
    let fake = started(FakeHealthLake::builder()).await;
    fake.clock().stop();
    let client = client_of(&fake);
    (fake, client)
}

pub async fn started(builder: Builder) -> FakeHealthLake {
    builder.start().await.expect("a port on loopback")
}

pub fn client_of(fake: &FakeHealthLake) -> Client {
    Client::builder(&fake.sdk_config())
        .retry_config(quick_retries())
        // A busy machine might run into any.
        .timeout_config(TimeoutConfig::disabled())
        .build()
}

/// AWS's standard retries without their delays.
pub fn quick_retries() -> RetryConfig {
    RetryConfig::standard()
        .with_initial_backoff(Duration::from_millis(1))
        .with_max_backoff(Duration::from_millis(5))
}

pub fn minutes(minutes: u64) -> Duration {
    Duration::from_secs(60 * minutes)
}

pub fn output() -> OutputDataConfig {
    OutputDataConfig::S3Configuration(
        S3Configuration::builder()
            .s3_uri("s3://bucket/out/")
            .kms_key_id(KEY)
            .build(),
    )
}

pub fn import(datastore_id: &str, name: &str) -> StartFhirImportJobRequest {
    StartFhirImportJobRequest::builder()
        .job_name(name)
        .input_data_config(InputDataConfig::S3Uri("s3://bucket/in/".into()))
        .job_output_data_config(output())
        .datastore_id(datastore_id)
        .data_access_role_arn(ROLE)
        .build()
}

pub fn export(datastore_id: &str, name: &str) -> StartFhirExportJobRequest {
    StartFhirExportJobRequest::builder()
        .job_name(name)
        .output_data_config(output())
        .datastore_id(datastore_id)
        .data_access_role_arn(ROLE)
        .build()
}

pub fn transformation(profile_id: &str, name: &str) -> StartDataTransformationJobRequest {
    let output = DataTransformationS3Configuration::builder()
        .s3_uri("s3://bucket/out/")
        .kms_key_id(KEY);
    StartDataTransformationJobRequest::builder()
        .job_name(name)
        .input_data_config(
            TransformationInputDataConfig::builder()
                .s3_uri("s3://bucket/in/")
                .build(),
        )
        .output_data_config(
            TransformationOutputDataConfig::builder()
                .s3_configuration(output.build())
                .build(),
        )
        .data_access_role_arn(ROLE)
        .client_token(format!("token-of-{}", name.replace(' ', "-")))
        .profile_id(profile_id)
        .build()
}
