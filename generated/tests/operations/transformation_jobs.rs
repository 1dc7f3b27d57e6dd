//! The operations of transformation jobs, which have a host of their own.

use healthlake::*;
use serde_json::json;

use super::exchange::exchange;
use super::{PROFILE, ROLE, common, noon, output_json};

#[tokio::test]
async fn start_data_transformation_job() {
    let mut request = common::transformation(PROFILE, "nightly");
    request.input_data_config.source_format = Some(SourceFormat::Csv);
    request.drift_detection_enabled = Some(true);
    request.provenance_enabled = Some(false);
    let sent = json!({
        "InputDataConfig": { "S3Uri": "s3://bucket/in/", "SourceFormat": "CSV" },
        "OutputDataConfig": output_json(),
        "DataAccessRoleArn": ROLE,
        "ClientToken": "token-of-nightly",
        "JobName": "nightly",
        "ProfileId": PROFILE,
        "DriftDetectionEnabled": true,
        "ProvenanceEnabled": false
    });
    let answer = json!({ "JobId": "job", "JobStatus": "SUBMITTED" });
    let response = exchange("StartDataTransformationJob", sent, answer, |client| {
        client.start_data_transformation_job(request)
    })
    .await;
    assert_eq!(response.job_id, "job");
    assert_eq!(response.job_status, TransformationJobStatus::Submitted);
}

#[tokio::test]
async fn describe_data_transformation_job() {
    let request = DescribeDataTransformationJobRequest::builder().job_id("job");
    let sent = json!({ "JobId": "job" });
    let job = json!({
        "JobId": "job",
        "JobStatus": "COMPLETED_WITH_ERRORS",
        "InputDataConfig": { "S3Uri": "s3://bucket/in/" },
        "OutputDataConfig": output_json(),
        "DataAccessRoleArn": ROLE,
        "SubmitTime": 1_767_268_800,
        "JobName": "nightly",
        "ProfileId": PROFILE,
        "ProfileName": "hospital",
        "ProfileVersion": 4,
        "EndTime": 1_767_268_860.25,
        "DriftDetectionEnabled": true,
        "ProvenanceEnabled": false,
        "Message": "1 of 10 files",
        "JobProgressReport": {
            "TotalFilesScanned": 10,
            "TotalFilesConverted": 9,
            "TotalFilesFailed": 1,
            "TotalResourcesGenerated": 9_007_199_254_740_993_i64
        }
    });
    let answer = json!({ "TransformationJobProperties": job });
    let response = exchange("DescribeDataTransformationJob", sent, answer, |client| {
        client.describe_data_transformation_job(request.build())
    })
    .await;
    let job = response.transformation_job_properties;
    assert_eq!(job.job_id, "job");
    assert_eq!(job.job_status, TransformationJobStatus::CompletedWithErrors);
    let request = common::transformation(PROFILE, "nightly");
    assert_eq!(job.input_data_config, request.input_data_config);
    assert_eq!(job.output_data_config, request.output_data_config);
    assert_eq!(job.data_access_role_arn, ROLE);
    assert_eq!(job.submit_time, noon());
    assert_eq!(job.job_name.as_deref(), Some("nightly"));
    assert_eq!(job.profile_id.as_deref(), Some(PROFILE));
    assert_eq!(job.profile_name.as_deref(), Some("hospital"));
    assert_eq!(job.profile_version, Some(4));
    assert_eq!(
        job.end_time,
        Some(DateTime::from_secs_f64(1_767_268_860.25))
    );
    assert_eq!(job.drift_detection_enabled, Some(true));
    assert_eq!(job.provenance_enabled, Some(false));
    assert_eq!(job.message.as_deref(), Some("1 of 10 files"));
    let progress = job.job_progress_report.expect("a report");
    assert_eq!(progress.total_files_scanned, 10);
    assert_eq!(progress.total_files_converted, 9);
    assert_eq!(progress.total_files_failed, 1);
    assert_eq!(progress.total_resources_generated, 9_007_199_254_740_993);
}

#[tokio::test]
async fn list_data_transformation_jobs() {
    let request = ListDataTransformationJobsRequest::builder()
        .max_results(2)
        .next_token("page 2")
        .job_status(TransformationJobStatus::InProgress)
        .job_name("nightly")
        .submitted_after(DateTime::from_millis(1_767_000_000_250))
        .submitted_before(noon());
    let sent = json!({
        "MaxResults": 2,
        "NextToken": "page 2",
        "JobStatus": "IN_PROGRESS",
        "JobName": "nightly",
        "SubmittedAfter": 1_767_000_000.25,
        "SubmittedBefore": 1_767_268_800
    });
    let item = json!({
        "JobId": "job",
        "JobStatus": "IN_PROGRESS",
        "SubmitTime": 1_767_268_800,
        "JobName": "nightly",
        "SourceFormat": "CCDA"
    });
    let answer = json!({ "Items": [item], "NextToken": "page 3" });
    let response = exchange("ListDataTransformationJobs", sent, answer, |client| {
        client.list_data_transformation_jobs(request.build())
    })
    .await;
    assert_eq!(response.next_token.as_deref(), Some("page 3"));
    let [job] = &response.items[..] else {
        panic!("{response:?}");
    };
    assert_eq!(job.job_id, "job");
    assert_eq!(job.job_status, TransformationJobStatus::InProgress);
    assert_eq!(job.submit_time, noon());
    assert_eq!(job.job_name.as_deref(), Some("nightly"));
    assert_eq!(job.end_time, None);
    assert_eq!(job.source_format, Some(SourceFormat::Ccda));
}
