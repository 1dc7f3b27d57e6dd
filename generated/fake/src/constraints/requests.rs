//! The requests of the operations.

use super::Shape::{self, Structure};
use super::shapes::*;
use super::{Member, optional, required};

pub(crate) static CREATE_FHIR_DATASTORE: Shape = Structure(&[
    optional("DatastoreName", &DATASTORE_NAME),
    required("DatastoreTypeVersion", &FHIR_VERSION),
    optional("SseConfiguration", &SSE_CONFIGURATION),
    optional("PreloadDataConfig", &PRELOAD_DATA_CONFIG),
    optional("ClientToken", &CLIENT_TOKEN_STRING),
    optional("Tags", &TAG_LIST),
    optional(
        "IdentityProviderConfiguration",
        &IDENTITY_PROVIDER_CONFIGURATION,
    ),
]);
pub(crate) static DELETE_FHIR_DATASTORE: Shape =
    Structure(&[required("DatastoreId", &DATASTORE_ID)]);
pub(crate) static DESCRIBE_FHIR_DATASTORE: Shape =
    Structure(&[required("DatastoreId", &DATASTORE_ID)]);
pub(crate) static DESCRIBE_FHIR_EXPORT_JOB: Shape = Structure(&[
    required("DatastoreId", &DATASTORE_ID),
    required("JobId", &JOB_ID),
]);
pub(crate) static DESCRIBE_FHIR_IMPORT_JOB: Shape = Structure(&[
    required("DatastoreId", &DATASTORE_ID),
    required("JobId", &JOB_ID),
]);
pub(crate) static LIST_FHIR_DATASTORES: Shape = Structure(&[
    optional("Filter", &DATASTORE_FILTER),
    optional("NextToken", &NEXT_TOKEN),
    optional("MaxResults", &MAX_RESULTS),
]);
pub(crate) static LIST_FHIR_EXPORT_JOBS: Shape = Structure(&LIST_JOBS);
pub(crate) static LIST_FHIR_IMPORT_JOBS: Shape = Structure(&LIST_JOBS);
pub(crate) static LIST_TAGS_FOR_RESOURCE: Shape =
    Structure(&[required("ResourceARN", &AMAZON_RESOURCE_NAME)]);
pub(crate) static START_FHIR_EXPORT_JOB: Shape = Structure(&[
    optional("JobName", &JOB_NAME),
    required("OutputDataConfig", &OUTPUT_DATA_CONFIG),
    required("DatastoreId", &DATASTORE_ID),
    required("DataAccessRoleArn", &IAM_ROLE_ARN),
    optional("ClientToken", &CLIENT_TOKEN_STRING),
]);
pub(crate) static START_FHIR_IMPORT_JOB: Shape = Structure(&[
    optional("JobName", &JOB_NAME),
    required("InputDataConfig", &INPUT_DATA_CONFIG),
    required("JobOutputDataConfig", &OUTPUT_DATA_CONFIG),
    required("DatastoreId", &DATASTORE_ID),
    required("DataAccessRoleArn", &IAM_ROLE_ARN),
    optional("ClientToken", &CLIENT_TOKEN_STRING),
    optional("ValidationLevel", &VALIDATION_LEVEL),
]);
pub(crate) static TAG_RESOURCE: Shape = Structure(&[
    required("ResourceARN", &AMAZON_RESOURCE_NAME),
    required("Tags", &TAG_LIST),
]);
pub(crate) static UNTAG_RESOURCE: Shape = Structure(&[
    required("ResourceARN", &AMAZON_RESOURCE_NAME),
    required("TagKeys", &TAG_KEY_LIST),
]);

/// Jobs of both kinds are listed in the same way.
static LIST_JOBS: [Member; 7] = [
    required("DatastoreId", &DATASTORE_ID),
    optional("NextToken", &NEXT_TOKEN),
    optional("MaxResults", &MAX_RESULTS),
    optional("JobName", &JOB_NAME),
    optional("JobStatus", &JOB_STATUS),
    optional("SubmittedBefore", &TIMESTAMP),
    optional("SubmittedAfter", &TIMESTAMP),
];
