//! The responses that calls are measured with; the comparison with other clients includes this file.

use std::fmt::Write as _;

/// The service's answer to `StartFHIRImportJob`.
pub const IMPORT_JOB_STARTED: &str = r#"{"DatastoreId":"53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11","JobId":"c145fbb27b192af392f8ce6e7838e34f","JobStatus":"SUBMITTED"}"#;

/// The service's answer to `ListFHIRImportJobs`: `count` jobs of about 800 bytes, every member present.
pub fn import_jobs(count: u32) -> String {
    let mut body = String::from(r#"{"ImportJobPropertiesList":["#);
    for job in 0..count {
        if job > 0 {
            body.push(',');
        }
        write_import_job(&mut body, job);
    }
    body.push_str(r#"],"NextToken":"QUlDQUhqT2Z3bG9mV2hsV2Q2M2x0cW1zY2pZV3dxZHlqY2c="}"#);
    body
}

fn write_import_job(body: &mut String, job: u32) {
    let submitted = 1_700_000_000 + job * 61;
    let scanned = 1_000 + job * 37;
    let written = write!(
        body,
        concat!(
            r#"{{"JobId":"c145fbb27b192af392f8ce6e{job:08x}","JobName":"nightly import {job}","#,
            r#""JobStatus":"COMPLETED","SubmitTime":{submitted}.125,"EndTime":{ended}.5,"#,
            r#""DatastoreId":"53f0a6fd0f2e4c8b8a1d5f6f2c7f9e11","#,
            r#""InputDataConfig":{{"S3Uri":"s3://example-clinical-records/incoming/2024/{job}/"}},"#,
            r#""JobOutputDataConfig":{{"S3Configuration":{{"S3Uri":"s3://example-import-logs/healthlake/{job}/","#,
            r#""KmsKeyId":"arn:aws:kms:us-east-1:012345678910:key/d330e7fc-b56c-4216-a250-f4c43ef46e83"}}}},"#,
            r#""JobProgressReport":{{"TotalNumberOfScannedFiles":{scanned},"#,
            r#""TotalSizeOfScannedFilesInMB":{scanned}.75,"TotalNumberOfImportedFiles":{scanned},"#,
            r#""TotalNumberOfResourcesScanned":{scanned}00,"TotalNumberOfResourcesImported":{scanned}00,"#,
            r#""TotalNumberOfResourcesWithCustomerError":0,"TotalNumberOfFilesReadWithCustomerError":0,"#,
            r#""Throughput":12.5}},"#,
            r#""DataAccessRoleArn":"arn:aws:iam::012345678910:role/HealthLakeImport","#,
            r#""ValidationLevel":"strict"}}"#,
        ),
        job = job,
        submitted = submitted,
        ended = submitted + 45,
        scanned = scanned,
    );
    debug_assert!(written.is_ok(), "a String takes whatever is written to it");
}
