//! Responses that are not what the model says: read as tolerantly as Smithy's rules for clients ask, or a typed error.

use fake_healthlake::{Answer, FakeHealthLake, Fault};
use healthlake::*;
use serde_json::{Value, json};

use super::jobs::{assert_is_import, import_json};
use super::{DATASTORE, common};

async fn fake_that_answers(answer: Answer) -> (FakeHealthLake, Client) {
    let (fake, client) = common::fake().await;
    fake.faults().add(Fault::Answer(answer).always());
    (fake, client)
}

async fn start(
    answer: Answer,
) -> Result<StartFhirImportJobResponse, Error<StartFhirImportJobError>> {
    let (_fake, client) = fake_that_answers(answer).await;
    client
        .start_fhir_import_job(common::import(DATASTORE, "nightly"))
        .await
}

async fn describe(
    answer: Value,
) -> Result<DescribeFhirImportJobResponse, Error<DescribeFhirImportJobError>> {
    let (_fake, client) = fake_that_answers(Answer::json(200, answer.to_string())).await;
    let request = DescribeFhirImportJobRequest::builder()
        .datastore_id(DATASTORE)
        .job_id("job");
    client.describe_fhir_import_job(request.build()).await
}

/// The import job of the other tests with this member changed.
fn with(member: &str, value: Value) -> Value {
    let mut job = import_json();
    job[member] = value;
    json!({ "ImportJobProperties": job })
}

#[tokio::test]
async fn what_is_not_json_is_an_error_that_names_the_operation() {
    for body in [
        "<html>secret</html>",
        "{\"JobId\":\"secr",
        "[\"secret\"]",
        "secret",
        "\u{0}secret",
        "7",
    ] {
        let error = start(Answer::json(200, body)).await.expect_err(body);
        assert!(error.as_service_error().is_none(), "{body}");
        assert_eq!(error.operation(), Some("StartFHIRImportJob"));
        for text in [error.to_string(), format!("{error:?}")] {
            assert!(text.contains("StartFHIRImportJob"), "{text}");
            assert!(!text.contains("secr"), "bodies are not shown: {text}");
        }
    }
}

#[tokio::test]
async fn an_error_names_the_member_that_is_wrong() {
    for (member, value) in [
        ("JobId", json!(7)),
        ("SubmitTime", json!("yesterday")),
        ("InputDataConfig", json!({ "S3Uri": "s3://a", "Other": 1 })),
        ("JobProgressReport", json!({ "Throughput": "fast" })),
    ] {
        let error = describe(with(member, value)).await.expect_err(member);
        assert!(error.to_string().contains(member), "{error}");
        assert!(error.as_service_error().is_none(), "{error}");
    }
}

#[tokio::test]
async fn an_answer_that_ends_too_early_is_an_error_and_not_an_empty_job() {
    for body in ["", " \n", "{", r#"{"JobId":"3","JobStatus":"SUBM"#] {
        let error = start(Answer::json(200, body)).await.expect_err(body);
        let said = "the response is not complete: ";
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.is_retryable(), "{error}");
    }
}

#[tokio::test]
async fn members_that_are_missing_or_null_are_filled_in() {
    for body in [
        "{}",
        r#"{"JobId":null,"JobStatus":null,"DatastoreId":null}"#,
    ] {
        let response = start(Answer::json(200, body)).await.expect(body);
        assert_eq!(response.job_id, "", "{body}");
        assert_eq!(response.job_status, "", "{body}");
        assert_eq!(response.datastore_id, None, "{body}");
    }
    let empty = describe(json!({}))
        .await
        .expect("a corrected response")
        .import_job_properties;
    assert_eq!(empty.submit_time, DateTime::from_secs(0));
    assert_eq!(empty.job_progress_report, None);
    let nulls = json!({ "TotalNumberOfScannedFiles": null, "Throughput": 1 });
    let job = describe(with("JobProgressReport", nulls))
        .await
        .expect("nulls are no values");
    let progress = job
        .import_job_properties
        .job_progress_report
        .expect("a report");
    assert_eq!(progress.total_number_of_scanned_files, None);
    assert_eq!(progress.throughput, Some(1.0));
}

#[tokio::test]
async fn what_is_newer_than_the_model_is_kept_or_skipped() {
    let read = async |answer| {
        describe(answer)
            .await
            .expect("a response")
            .import_job_properties
    };
    let job = read(with("NewMember", json!({ "deep": [1, 2] }))).await;
    assert_is_import(&job);
    let job = read(with("JobStatus", json!("PAUSED"))).await;
    assert_eq!(job.job_status, "PAUSED");
    assert_eq!(job.job_status.as_str(), "PAUSED");
    let job = read(with(
        "InputDataConfig",
        json!({ "AccessPoint": { "Alias": "in" } }),
    ))
    .await;
    let newer = InputDataConfig::Unknown {
        tag: "AccessPoint".to_owned(),
        value: json!({ "Alias": "in" }),
    };
    assert_eq!(job.input_data_config, newer);
    let job = read(with(
        "InputDataConfig",
        json!({ "__type": "x", "Other": null, "S3Uri": "s3://a" }),
    ))
    .await;
    assert_eq!(
        job.input_data_config,
        InputDataConfig::S3Uri("s3://a".to_owned())
    );
}

/// The forms in which services name their errors.
#[tokio::test]
async fn errors_are_known_by_any_form_of_their_name() {
    let message = r#""Message":"no such role""#;
    let answers = [
        Answer::json(
            400,
            format!(r#"{{"__type":"ValidationException",{message}}}"#),
        ),
        Answer::json(
            400,
            r#"{"__type":"ValidationException","message":"no such role"}"#,
        ),
        Answer::json(
            400,
            format!(r#"{{"__type":"com.amazonaws.healthlake#ValidationException",{message}}}"#),
        ),
        Answer::json(
            400,
            format!(r#"{{"code":"ValidationException",{message}}}"#),
        ),
        Answer::json(400, format!("{{{message}}}")).header(
            "x-amzn-errortype",
            "ValidationException:http://internal.amazon.com/",
        ),
        Answer::json(
            400,
            format!(r#"{{"__type":"ValidationException","New":[],{message}}}"#),
        ),
    ];
    for answer in answers {
        let error = start(answer.clone()).await.expect_err("an error");
        assert_eq!(error.code(), Some("ValidationException"), "{answer:?}");
        assert_eq!(error.message(), Some("no such role"), "{answer:?}");
        assert!(
            error.request_id().is_some_and(|id| id.len() == 36),
            "{answer:?}"
        );
        assert!(!error.is_retryable());
        let Some(StartFhirImportJobError::ValidationException(modeled)) = error.as_service_error()
        else {
            panic!("{error}");
        };
        assert_eq!(modeled.message.as_deref(), Some("no such role"));
    }
}

#[tokio::test]
async fn errors_that_are_none_of_the_models_are_unmodeled() {
    for (answer, code) in [
        (
            Answer::json(400, r#"{"__type":"BrandNewException","message":"new"}"#),
            Some("BrandNewException"),
        ),
        (
            Answer::html(503, "<html><title>Sorry</title>secret</html>"),
            None,
        ),
        (Answer::json(500, ""), None),
        (Answer::json(400, "Blocked.\nsecret"), None),
        (Answer::json(400, r#"{"__type":["secret"]}"#), None),
        (Answer::json(404, "null"), None),
    ] {
        let error = start(answer.clone()).await.expect_err("an error");
        let Some(StartFhirImportJobError::Unmodeled(unmodeled)) = error.as_service_error() else {
            panic!("{answer:?}: {error}");
        };
        assert_eq!(unmodeled.status, answer.status);
        assert_eq!(error.code(), code, "{answer:?}");
        assert!(!error.to_string().contains("secret"), "{error}");
        assert_eq!(error.is_retryable(), answer.status >= 500, "{answer:?}");
    }
}
