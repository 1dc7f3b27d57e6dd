//! The operations of import and export jobs.

use healthlake::*;
use serde_json::{Value, json};

use super::exchange::exchange;
use super::{DATASTORE, ROLE, common, noon, output_json};

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

pub fn import_json() -> Value {
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

pub fn assert_is_import(job: &ImportJobProperties) {
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
