//! Every operation over HTTP: what is sent, byte for byte where it matters, and what comes back, typed.

#[path = "../common/mod.rs"]
mod common;

mod bad_responses;
mod errors;
mod exchange;
mod profiles;
mod restores;
mod transformation_jobs;

use aws_smithy_types::DateTime;
use exchange::exchange;
use healthlake::*;
use serde_json::{Value, json};

use common::{KEY, ROLE};

const ARN: &str =
    "arn:aws:healthlake:us-east-1:123456789012:datastore/fhir/0123456789abcdef0123456789abcdef";
const DATASTORE: &str = "0123456789abcdef0123456789abcdef";
const ENDPOINT: &str =
    "https://healthlake.us-east-1.amazonaws.com/datastore/0123456789abcdef0123456789abcdef/r4/";

fn output_json() -> Value {
    json!({ "S3Configuration": { "S3Uri": "s3://bucket/out/", "KmsKeyId": KEY } })
}

fn noon() -> DateTime {
    DateTime::from_secs(1_767_268_800)
}

fn datastore_json() -> Value {
    json!({
        "DatastoreId": DATASTORE,
        "DatastoreArn": ARN,
        "DatastoreName": "patients",
        "DatastoreStatus": "ACTIVE",
        "CreatedAt": 1_767_268_800.5,
        "DatastoreTypeVersion": "R4",
        "DatastoreEndpoint": ENDPOINT,
        "SseConfiguration": { "KmsEncryptionConfig": { "CmkType": "AWS_OWNED_KMS_KEY" } },
        "PreloadDataConfig": { "PreloadDataType": "SYNTHEA" },
        "IdentityProviderConfiguration": {
            "AuthorizationStrategy": "SMART_ON_FHIR",
            "FineGrainedAuthorizationEnabled": true,
            "Metadata": "{}",
            "IdpLambdaArn": "arn:aws:lambda:us-east-1:123456789012:function:introspect"
        },
        "ErrorCause": { "ErrorMessage": "none", "ErrorCategory": "RETRYABLE_ERROR" },
        "NlpConfiguration": { "Status": "ENABLING" },
        "AnalyticsConfiguration": { "Status": "PAUSED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] },
        "BackupStatusInfo": {
            "Configuration": backup_json(),
            "BackupEnabledAt": 1_767_268_800,
            "EarliestRestorePoint": 1_767_268_801,
            "LatestRestorePoint": 1_767_268_802,
            "ScheduledPermanentDeletionTime": 1_767_268_803.5
        }
    })
}

fn assert_is_datastore(datastore: &DatastoreProperties) {
    assert_eq!(datastore.datastore_id, DATASTORE);
    assert_eq!(datastore.datastore_arn, ARN);
    assert_eq!(datastore.datastore_name.as_deref(), Some("patients"));
    assert_eq!(datastore.datastore_status, DatastoreStatus::Active);
    assert_eq!(
        datastore.created_at,
        Some(DateTime::from_secs_f64(1_767_268_800.5))
    );
    assert_eq!(datastore.datastore_type_version, FhirVersion::R4);
    assert_eq!(datastore.datastore_endpoint, ENDPOINT);
    let encryption = datastore.sse_configuration.as_ref().unwrap();
    assert_eq!(encryption.kms_encryption_config.cmk_type, CmkType::AoCmk);
    assert_eq!(encryption.kms_encryption_config.kms_key_id, None);
    let preload = datastore.preload_data_config.as_ref().unwrap();
    assert_eq!(preload.preload_data_type, PreloadDataType::Synthea);
    let identity = datastore.identity_provider_configuration.as_ref().unwrap();
    assert_eq!(
        identity.authorization_strategy,
        AuthorizationStrategy::SmartOnFhir
    );
    assert!(identity.fine_grained_authorization_enabled);
    let cause = datastore.error_cause.as_ref().unwrap();
    assert_eq!(cause.error_category, Some(ErrorCategory::RetryableError));
    let language = datastore.nlp_configuration.as_ref().unwrap();
    assert_eq!(language.status, Some(NlpStatus::Enabling));
    let analytics = datastore.analytics_configuration.as_ref().unwrap();
    assert_eq!(analytics.status, Some(AnalyticsStatus::Paused));
    let profiles = datastore.profile_configuration.as_ref().unwrap();
    assert_eq!(
        profiles.default_profiles.as_deref(),
        Some(&["us-core".to_owned()][..])
    );
    let backups = datastore.backup_status_info.as_ref().unwrap();
    assert_eq!(backups.configuration, Some(backup()));
    assert_eq!(backups.backup_enabled_at, Some(noon()));
    let after_noon = |seconds| Some(DateTime::from_secs_f64(1_767_268_800.0 + seconds));
    assert_eq!(backups.earliest_restore_point, after_noon(1.0));
    assert_eq!(backups.latest_restore_point, after_noon(2.0));
    assert_eq!(backups.scheduled_permanent_deletion_time, after_noon(3.5));
}

fn backup() -> BackupConfiguration {
    BackupConfiguration::builder()
        .status(BackupStatus::Enabled)
        .backup_type(BackupType::Continuous)
        .retention_period_in_days(7)
        .backup_tags_enabled(true)
        .build()
}

fn backup_json() -> Value {
    json!({
        "Status": "ENABLED",
        "BackupType": "CONTINUOUS",
        "RetentionPeriodInDays": 7,
        "BackupTagsEnabled": true
    })
}

fn analytics() -> AnalyticsConfiguration {
    AnalyticsConfiguration::builder()
        .status(AnalyticsStatus::Enabled)
        .build()
}

fn nlp() -> NlpConfiguration {
    NlpConfiguration::builder()
        .status(NlpStatus::Disabled)
        .build()
}

fn fhir_profiles() -> ProfileConfiguration {
    ProfileConfiguration::builder()
        .default_profiles(vec!["us-core".to_owned()])
        .build()
}

#[tokio::test]
async fn create_fhir_datastore() {
    let encryption = KmsEncryptionConfig::builder()
        .cmk_type(CmkType::CmCmk)
        .kms_key_id(KEY)
        .build();
    let identity = IdentityProviderConfiguration::builder()
        .authorization_strategy(AuthorizationStrategy::AwsAuth)
        .build();
    let request = CreateFhirDatastoreRequest::builder()
        .datastore_name("patients")
        .datastore_type_version(FhirVersion::R4)
        .sse_configuration(
            SseConfiguration::builder()
                .kms_encryption_config(encryption)
                .build(),
        )
        .preload_data_config(
            PreloadDataConfig::builder()
                .preload_data_type(PreloadDataType::Synthea)
                .build(),
        )
        .client_token("token-1")
        .tags(vec![Tag::builder().key("team").value("data").build()])
        .identity_provider_configuration(identity)
        .analytics_configuration(analytics())
        .nlp_configuration(nlp())
        .profile_configuration(fhir_profiles())
        .backup_configuration(backup())
        .build();
    let sent = json!({
        "DatastoreName": "patients",
        "DatastoreTypeVersion": "R4",
        "SseConfiguration": {
            "KmsEncryptionConfig": { "CmkType": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": KEY }
        },
        "PreloadDataConfig": { "PreloadDataType": "SYNTHEA" },
        "ClientToken": "token-1",
        "Tags": [{ "Key": "team", "Value": "data" }],
        "IdentityProviderConfiguration": {
            "AuthorizationStrategy": "AWS_AUTH",
            "FineGrainedAuthorizationEnabled": false
        },
        "AnalyticsConfiguration": { "Status": "ENABLED" },
        "NlpConfiguration": { "Status": "DISABLED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] },
        "BackupConfiguration": backup_json()
    });
    let answer = json!({
        "DatastoreId": DATASTORE,
        "DatastoreArn": ARN,
        "DatastoreStatus": "CREATING",
        "DatastoreEndpoint": ENDPOINT
    });
    let response = exchange("CreateFHIRDatastore", sent, answer, |client| {
        client.create_fhir_datastore(request)
    })
    .await;
    assert_eq!(response.datastore_id, DATASTORE);
    assert_eq!(response.datastore_arn, ARN);
    assert_eq!(response.datastore_status, DatastoreStatus::Creating);
    assert_eq!(response.datastore_endpoint, ENDPOINT);
}

#[tokio::test]
async fn delete_fhir_datastore() {
    let request = DeleteFhirDatastoreRequest::builder()
        .datastore_id(DATASTORE)
        .build();
    let answer = json!({
        "DatastoreId": DATASTORE,
        "DatastoreArn": ARN,
        "DatastoreStatus": "DELETING",
        "DatastoreEndpoint": ENDPOINT
    });
    let sent = json!({ "DatastoreId": DATASTORE });
    let response = exchange("DeleteFHIRDatastore", sent, answer, |client| {
        client.delete_fhir_datastore(request)
    })
    .await;
    assert_eq!(response.datastore_id, DATASTORE);
    assert_eq!(response.datastore_status, DatastoreStatus::Deleting);
}

#[tokio::test]
async fn describe_fhir_datastore() {
    let request = DescribeFhirDatastoreRequest::builder()
        .datastore_id(DATASTORE)
        .build();
    let sent = json!({ "DatastoreId": DATASTORE });
    let answer = json!({ "DatastoreProperties": datastore_json() });
    let response = exchange("DescribeFHIRDatastore", sent, answer, |client| {
        client.describe_fhir_datastore(request)
    })
    .await;
    assert_is_datastore(&response.datastore_properties);
}

#[tokio::test]
async fn describe_fhir_export_job() {
    let request = DescribeFhirExportJobRequest::builder()
        .datastore_id(DATASTORE)
        .job_id("job")
        .build();
    let sent = json!({ "DatastoreId": DATASTORE, "JobId": "job" });
    let answer = json!({ "ExportJobProperties": export_json() });
    let response = exchange("DescribeFHIRExportJob", sent, answer, |client| {
        client.describe_fhir_export_job(request)
    })
    .await;
    assert_is_export(&response.export_job_properties);
}

fn export_json() -> Value {
    json!({
        "JobId": "job",
        "JobName": "weekly",
        "JobStatus": "FAILED",
        "SubmitTime": 1_767_268_800,
        "EndTime": 1_767_268_860.25,
        "DatastoreId": DATASTORE,
        "OutputDataConfig": output_json(),
        "DataAccessRoleArn": ROLE,
        "Message": "no space"
    })
}

fn assert_is_export(job: &ExportJobProperties) {
    assert_eq!(job.job_id, "job");
    assert_eq!(job.job_name.as_deref(), Some("weekly"));
    assert_eq!(job.job_status, JobStatus::Failed);
    assert_eq!(job.submit_time, noon());
    assert_eq!(
        job.end_time,
        Some(DateTime::from_secs_f64(1_767_268_860.25))
    );
    assert_eq!(job.datastore_id, DATASTORE);
    assert_eq!(job.output_data_config, common::output());
    assert_eq!(job.data_access_role_arn.as_deref(), Some(ROLE));
    assert_eq!(job.message.as_deref(), Some("no space"));
}

#[tokio::test]
async fn describe_fhir_import_job() {
    let request = DescribeFhirImportJobRequest::builder()
        .datastore_id(DATASTORE)
        .job_id("job")
        .build();
    let sent = json!({ "DatastoreId": DATASTORE, "JobId": "job" });
    let answer = json!({ "ImportJobProperties": import_json() });
    let response = exchange("DescribeFHIRImportJob", sent, answer, |client| {
        client.describe_fhir_import_job(request)
    })
    .await;
    assert_is_import(&response.import_job_properties);
}

fn import_json() -> Value {
    json!({
        "JobId": "job",
        "JobName": "nightly",
        "JobStatus": "COMPLETED_WITH_ERRORS",
        "SubmitTime": 1_767_268_800,
        "EndTime": 1_767_268_860.25,
        "DatastoreId": DATASTORE,
        "InputDataConfig": { "S3Uri": "s3://bucket/in/" },
        "JobOutputDataConfig": output_json(),
        "JobProgressReport": {
            "TotalNumberOfScannedFiles": 10,
            "TotalSizeOfScannedFilesInMB": 12.5,
            "TotalNumberOfImportedFiles": 9,
            "TotalNumberOfResourcesScanned": 9_007_199_254_740_993_i64,
            "TotalNumberOfResourcesImported": 990,
            "TotalNumberOfResourcesWithCustomerError": 7,
            "TotalNumberOfFilesReadWithCustomerError": 1,
            "TotalNumberOfScannedNonFhirFiles": 8,
            "TotalSizeOfScannedNonFhirFilesInMB": 11.5,
            "Throughput": 0.75,
            "TotalFilesConverted": 6,
            "TotalResourcesGenerated": 5
        },
        "DataAccessRoleArn": ROLE,
        "Message": "1 of 10 files",
        "ValidationLevel": "structure-only"
    })
}

fn assert_is_import(job: &ImportJobProperties) {
    assert_eq!(job.job_id, "job");
    assert_eq!(job.job_name.as_deref(), Some("nightly"));
    assert_eq!(job.job_status, JobStatus::CompletedWithErrors);
    assert_eq!(job.submit_time, noon());
    assert_eq!(
        job.end_time,
        Some(DateTime::from_secs_f64(1_767_268_860.25))
    );
    assert_eq!(
        job.input_data_config,
        InputDataConfig::S3Uri("s3://bucket/in/".into())
    );
    assert_eq!(job.job_output_data_config, Some(common::output()));
    let progress = job.job_progress_report.as_ref().unwrap();
    assert_eq!(progress.total_number_of_scanned_files, Some(10));
    assert_eq!(progress.total_size_of_scanned_files_in_mb, Some(12.5));
    assert_eq!(progress.total_number_of_imported_files, Some(9));
    assert_eq!(
        progress.total_number_of_resources_scanned,
        Some(9_007_199_254_740_993)
    );
    assert_eq!(progress.total_number_of_resources_imported, Some(990));
    assert_eq!(
        progress.total_number_of_resources_with_customer_error,
        Some(7)
    );
    assert_eq!(
        progress.total_number_of_files_read_with_customer_error,
        Some(1)
    );
    assert_eq!(progress.total_number_of_scanned_non_fhir_files, Some(8));
    assert_eq!(
        progress.total_size_of_scanned_non_fhir_files_in_mb,
        Some(11.5)
    );
    assert_eq!(progress.total_number_of_imported_non_fhir_files, None);
    assert_eq!(progress.total_files_converted, Some(6));
    assert_eq!(progress.total_resources_generated, Some(5));
    assert_eq!(progress.throughput, Some(0.75));
    assert_eq!(job.validation_level, Some(ValidationLevel::StructureOnly));
    assert_eq!(job.message.as_deref(), Some("1 of 10 files"));
}

#[tokio::test]
async fn list_fhir_datastores() {
    let filter = DatastoreFilter::builder()
        .datastore_name("patients")
        .datastore_status(DatastoreStatus::Active)
        .created_before(noon())
        .created_after(DateTime::from_millis(1_767_000_000_250))
        .build();
    let request = ListFhirDatastoresRequest::builder()
        .filter(filter)
        .next_token("page 2")
        .max_results(7)
        .build();
    let sent = json!({
        "Filter": {
            "DatastoreName": "patients",
            "DatastoreStatus": "ACTIVE",
            "CreatedBefore": 1_767_268_800,
            "CreatedAfter": 1_767_000_000.25
        },
        "NextToken": "page 2",
        "MaxResults": 7
    });
    let answer = json!({
        "DatastorePropertiesList": [datastore_json(), datastore_json()],
        "NextToken": "page 3"
    });
    let response = exchange("ListFHIRDatastores", sent, answer, |client| {
        client.list_fhir_datastores(request)
    })
    .await;
    assert_eq!(response.datastore_properties_list.len(), 2);
    assert_is_datastore(&response.datastore_properties_list[1]);
    assert_eq!(response.next_token.as_deref(), Some("page 3"));
}

#[tokio::test]
async fn list_fhir_export_jobs() {
    let request = ListFhirExportJobsRequest::builder()
        .datastore_id(DATASTORE)
        .job_name("weekly")
        .job_status(JobStatus::Failed)
        .submitted_before(noon())
        .build();
    let sent = json!({
        "DatastoreId": DATASTORE,
        "JobName": "weekly",
        "JobStatus": "FAILED",
        "SubmittedBefore": 1_767_268_800
    });
    let answer = json!({ "ExportJobPropertiesList": [export_json()] });
    let response = exchange("ListFHIRExportJobs", sent, answer, |client| {
        client.list_fhir_export_jobs(request)
    })
    .await;
    assert_is_export(&response.export_job_properties_list[0]);
    assert_eq!(response.next_token, None);
}

#[tokio::test]
async fn list_fhir_import_jobs() {
    let request = ListFhirImportJobsRequest::builder()
        .datastore_id(DATASTORE)
        .next_token("page 2")
        .max_results(1)
        .submitted_after(noon())
        .build();
    let sent = json!({
        "DatastoreId": DATASTORE,
        "NextToken": "page 2",
        "MaxResults": 1,
        "SubmittedAfter": 1_767_268_800
    });
    let answer = json!({ "ImportJobPropertiesList": [import_json()], "NextToken": "page 3" });
    let response = exchange("ListFHIRImportJobs", sent, answer, |client| {
        client.list_fhir_import_jobs(request)
    })
    .await;
    assert_is_import(&response.import_job_properties_list[0]);
    assert_eq!(response.next_token.as_deref(), Some("page 3"));
}

#[tokio::test]
async fn list_tags_for_resource() {
    let request = ListTagsForResourceRequest::builder()
        .resource_arn(ARN)
        .build();
    let answer = json!({ "Tags": [{ "Key": "team", "Value": "data" }] });
    let sent = json!({ "ResourceARN": ARN });
    let response = exchange("ListTagsForResource", sent, answer, |client| {
        client.list_tags_for_resource(request)
    })
    .await;
    let tag = Tag::builder().key("team").value("data").build();
    assert_eq!(response.tags, Some(vec![tag]));
}

#[tokio::test]
async fn start_fhir_export_job() {
    let mut request = common::export(DATASTORE, "weekly");
    request.client_token = Some("token-1".to_owned());
    let sent = json!({
        "JobName": "weekly",
        "OutputDataConfig": output_json(),
        "DatastoreId": DATASTORE,
        "DataAccessRoleArn": ROLE,
        "ClientToken": "token-1"
    });
    let answer = json!({ "JobId": "job", "JobStatus": "SUBMITTED" });
    let response = exchange("StartFHIRExportJob", sent, answer, |client| {
        client.start_fhir_export_job(request)
    })
    .await;
    assert_eq!(response.job_id, "job");
    assert_eq!(response.job_status, JobStatus::Submitted);
    assert_eq!(response.datastore_id, None);
}

#[tokio::test]
async fn start_fhir_import_job() {
    let mut request = common::import(DATASTORE, "nightly");
    request.client_token = Some("token-1".to_owned());
    request.validation_level = Some(ValidationLevel::Minimal);
    request.profile_id = Some("profile".to_owned());
    request.input_format = Some("CCDA".to_owned());
    request.drift_detection_enabled = Some(true);
    request.provenance_enabled = Some(false);
    let sent = json!({
        "JobName": "nightly",
        "InputDataConfig": { "S3Uri": "s3://bucket/in/" },
        "JobOutputDataConfig": output_json(),
        "DatastoreId": DATASTORE,
        "DataAccessRoleArn": ROLE,
        "ClientToken": "token-1",
        "ValidationLevel": "minimal",
        "ProfileId": "profile",
        "InputFormat": "CCDA",
        "DriftDetectionEnabled": true,
        "ProvenanceEnabled": false
    });
    let answer = json!({ "JobId": "job", "JobStatus": "QUEUED", "DatastoreId": DATASTORE });
    let response = exchange("StartFHIRImportJob", sent, answer, |client| {
        client.start_fhir_import_job(request)
    })
    .await;
    assert_eq!(response.job_id, "job");
    assert_eq!(response.job_status, JobStatus::Queued);
    assert_eq!(response.datastore_id.as_deref(), Some(DATASTORE));
}

#[tokio::test]
async fn tag_resource() {
    let tag = Tag::builder().key("team").value("").build();
    let request = TagResourceRequest::builder()
        .resource_arn(ARN)
        .tags(vec![tag])
        .build();
    let sent = json!({ "ResourceARN": ARN, "Tags": [{ "Key": "team", "Value": "" }] });
    let response = exchange("TagResource", sent, json!({}), |client| {
        client.tag_resource(request)
    })
    .await;
    assert_eq!(response, TagResourceResponse::builder().build());
}

#[tokio::test]
async fn untag_resource() {
    let keys = vec!["team".to_owned(), "cost".to_owned()];
    let request = UntagResourceRequest::builder()
        .resource_arn(ARN)
        .tag_keys(keys)
        .build();
    let sent = json!({ "ResourceARN": ARN, "TagKeys": ["team", "cost"] });
    let response = exchange("UntagResource", sent, json!({}), |client| {
        client.untag_resource(request)
    })
    .await;
    assert_eq!(response, UntagResourceResponse::builder().build());
}

/// Values and variants that the model does not know go out as they are.
#[tokio::test]
async fn what_is_newer_than_the_model_can_be_sent() {
    let mut request = common::import(DATASTORE, "nightly");
    request.client_token = Some("token-1".to_owned());
    request.validation_level = Some("lenient".into());
    request.input_data_config = InputDataConfig::Unknown {
        tag: "AccessPoint".to_owned(),
        value: json!({ "Alias": "in" }),
    };
    let sent = json!({
        "JobName": "nightly",
        "InputDataConfig": { "AccessPoint": { "Alias": "in" } },
        "JobOutputDataConfig": output_json(),
        "DatastoreId": DATASTORE,
        "DataAccessRoleArn": ROLE,
        "ClientToken": "token-1",
        "ValidationLevel": "lenient"
    });
    let answer = json!({ "JobId": "job", "JobStatus": "SUBMITTED" });
    exchange("StartFHIRImportJob", sent, answer, |client| {
        client.start_fhir_import_job(request)
    })
    .await;
}
