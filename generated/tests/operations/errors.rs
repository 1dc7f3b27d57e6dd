//! The text of each error of the model: a line.

use fake_healthlake::{Answer, Fault};
use healthlake::*;
use serde_json::{Value, json};

use super::exchange::MODEL;
use super::{DATASTORE, common};

/// The error, the status that comes with it, and what is said of it, of an operation that has most of them.
const ERRORS: [(&str, u16, &str); 6] = [
    (
        "AccessDeniedException",
        403,
        "DeleteFHIRDatastore failed: AccessDeniedException: the reason (request id ID)",
    ),
    (
        "ConflictException",
        409,
        "DeleteFHIRDatastore failed: ConflictException: the reason (request id ID)",
    ),
    (
        "InternalServerException",
        500,
        "DeleteFHIRDatastore failed after 3 attempts: InternalServerException: the reason (request id ID)",
    ),
    (
        "ResourceNotFoundException",
        404,
        "DeleteFHIRDatastore failed: ResourceNotFoundException: the reason (request id ID)",
    ),
    (
        "ThrottlingException",
        429,
        "DeleteFHIRDatastore failed after 3 attempts: ThrottlingException: the reason (request id ID)",
    ),
    (
        "ValidationException",
        400,
        "DeleteFHIRDatastore failed: ValidationException: the reason (request id ID)",
    ),
];

/// The error of a call that is answered so, as the operation has it.
async fn answered(status: u16, body: &Value) -> healthlake::Error<DeleteFhirDatastoreError> {
    let (fake, client) = common::fake().await;
    let answer = Answer::json(status, body.to_string());
    fake.faults().add(Fault::Answer(answer).always());
    let request = DeleteFhirDatastoreRequest::builder().datastore_id(DATASTORE);
    let deleted = client.delete_fhir_datastore(request.build()).await;
    deleted.expect_err("an error")
}

/// Checks what an error says of itself, as that of its operation and as one of all operations.
macro_rules! check {
    ($error:expr, $of:ident, $name:expr, $said:expr) => {{
        let (error, name, said) = ($error, $name, $said);
        assert!(
            !matches!(error.as_service_error(), None | Some($of::Unmodeled(_))),
            "{name} is modelled: {error}"
        );
        assert_eq!(error.code(), Some(name));
        assert_eq!(error.message(), Some("the reason"));
        let id = error.request_id().expect("a request id").to_owned();
        for text in [error.to_string(), format!("{error:?}")] {
            assert_eq!(text.replace(&id, "ID"), said);
        }
        let error = Error::from(error);
        assert!(
            !matches!(
                error.as_service_error(),
                None | Some(ServiceError::Unmodeled(_))
            ),
            "{name} is one of all errors: {error}"
        );
        assert_eq!(error.to_string().replace(&id, "ID"), said);
    }};
}

fn body(name: &str) -> Value {
    json!({
        "__type": format!("com.amazonaws.healthlake#{name}"),
        "Message": "the reason",
    })
}

#[tokio::test]
async fn every_error_of_the_model_says_in_one_line_what_happened() {
    for (name, status, said) in ERRORS {
        let error = answered(status, &body(name)).await;
        check!(error, DeleteFhirDatastoreError, name, said);
    }
}

/// The errors that few operations have.
const RARE: [&str; 2] = ["FailedDependencyException", "ServiceQuotaExceededException"];

#[tokio::test]
async fn errors_that_few_operations_have_say_as_much() {
    let (fake, client) = common::fake().await;
    let answer = |status, name| Fault::Answer(Answer::json(status, body(name).to_string())).next(1);
    let [dependency, quota] = RARE;

    fake.faults().add(answer(424, dependency));
    let export = client.start_fhir_export_job(common::export(DATASTORE, "weekly"));
    let said = "StartFHIRExportJob failed: FailedDependencyException: the reason (request id ID)";
    check!(
        export.await.expect_err("an error"),
        StartFhirExportJobError,
        dependency,
        said
    );

    fake.faults().add(answer(400, quota));
    let request = PublishDataTransformationProfileRequest::builder()
        .profile_id(DATASTORE)
        .source_format(SourceFormat::Ccda);
    let publish = client.publish_data_transformation_profile(request.build());
    let said = "PublishDataTransformationProfile failed: ServiceQuotaExceededException: the reason (request id ID)";
    check!(
        publish.await.expect_err("an error"),
        PublishDataTransformationProfileError,
        quota,
        said
    );
}

/// Does with an error what code that knows AWS's clients does with any of theirs. It needs no other dependency to name them.
fn status<E>(error: healthlake::Error<E>) -> Option<u16> {
    let error = healthlake::smithy_rt::SdkError::<E>::from(error);
    error
        .raw_response()
        .map(|response| response.status().as_u16())
}

#[tokio::test]
async fn an_error_becomes_that_of_aws_with_the_raw_response() {
    let error = answered(409, &json!({ "__type": "ConflictException" })).await;
    assert_eq!(status(error), Some(409));
}

#[test]
fn there_is_a_line_for_every_error_of_the_model() {
    let shapes = MODEL["shapes"].as_object().expect("shapes");
    let mut errors: Vec<_> = shapes
        .iter()
        .filter(|(_, shape)| !shape["traits"]["smithy.api#error"].is_null())
        .filter_map(|(id, _)| Some(id.split_once('#')?.1))
        .collect();
    errors.sort_unstable();
    let mut lines = ERRORS.map(|(name, ..)| name).to_vec();
    lines.extend(RARE);
    lines.sort_unstable();
    assert_eq!(errors, lines);
}
