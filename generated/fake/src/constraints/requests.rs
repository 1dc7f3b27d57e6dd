//! The requests of the operations.

use super::Shape::{self, Structure};
use super::shapes::*;
use super::{Member, optional, required};

pub(crate) static CREATE_DATA_TRANSFORMATION_PROFILE: Shape = Structure(&[
    required("SourceFormat", &SOURCE_FORMAT),
    required("Source", &CREATE_DATA_TRANSFORMATION_PROFILE_SOURCE),
    optional("KmsKeyId", &KMS_KEY_ID),
    optional("ProfileDescription", &PROFILE_DESCRIPTION),
    required("ProfileName", &PROFILE_NAME_STRING),
    optional("Tags", &TAG_MAP),
    optional("ClientToken", &CLIENT_TOKEN),
]);
pub(crate) static CREATE_FHIR_DATASTORE: Shape = Structure(&[
    optional("DatastoreName", &DATASTORE_NAME),
    required("DatastoreTypeVersion", &FHIR_VERSION),
    optional("SseConfiguration", &SSE_CONFIGURATION),
    optional("PreloadDataConfig", &PRELOAD_DATA_CONFIG),
    optional("ClientToken", &CLIENT_TOKEN),
    optional("Tags", &TAG_LIST),
    optional(
        "IdentityProviderConfiguration",
        &IDENTITY_PROVIDER_CONFIGURATION,
    ),
    optional("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION),
    optional("NlpConfiguration", &NLP_CONFIGURATION),
    optional("ProfileConfiguration", &PROFILE_CONFIGURATION),
    optional("BackupConfiguration", &BACKUP_CONFIGURATION),
]);
pub(crate) static DELETE_DATA_TRANSFORMATION_PROFILE: Shape =
    Structure(&[required("ProfileId", &PROFILE_ID_STRING)]);
pub(crate) static DELETE_FHIR_DATASTORE: Shape =
    Structure(&[required("DatastoreId", &DATASTORE_ID)]);
pub(crate) static DESCRIBE_DATA_TRANSFORMATION_JOB: Shape =
    Structure(&[required("JobId", &DATA_TRANSFORMATION_JOB_ID)]);
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
pub(crate) static GET_DATA_TRANSFORMATION_PROFILE: Shape = Structure(&[
    required("ProfileId", &PROFILE_ID_STRING),
    optional("ProfileVersion", &PROFILE_VERSION),
]);
pub(crate) static LIST_DATA_TRANSFORMATION_JOBS: Shape = Structure(&[
    optional("MaxResults", &MAX_RESULTS),
    optional("NextToken", &DATA_TRANSFORMATION_NEXT_TOKEN),
    optional("JobStatus", &TRANSFORMATION_JOB_STATUS),
    optional("JobName", &DATA_TRANSFORMATION_JOB_NAME),
    optional("SubmittedAfter", &TIMESTAMP),
    optional("SubmittedBefore", &TIMESTAMP),
]);
pub(crate) static LIST_DATA_TRANSFORMATION_PROFILES: Shape = Structure(&[
    required("SourceFormat", &SOURCE_FORMAT),
    optional("MaxResults", &MAX_RESULTS),
    optional("NextToken", &DATA_TRANSFORMATION_NEXT_TOKEN),
]);
pub(crate) static LIST_DATA_TRANSFORMATION_PROFILE_VERSIONS: Shape = Structure(&[
    required("ProfileId", &PROFILE_ID_STRING),
    optional("MaxResults", &MAX_RESULTS),
    optional("NextToken", &DATA_TRANSFORMATION_NEXT_TOKEN),
]);
pub(crate) static LIST_FHIR_DATASTORES: Shape = Structure(&[
    optional("Filter", &DATASTORE_FILTER),
    optional("NextToken", &NEXT_TOKEN),
    optional("MaxResults", &MAX_RESULTS_INTEGER),
]);
pub(crate) static LIST_FHIR_EXPORT_JOBS: Shape = Structure(&LIST_JOBS);
pub(crate) static LIST_FHIR_IMPORT_JOBS: Shape = Structure(&LIST_JOBS);
pub(crate) static LIST_TAGS_FOR_RESOURCE: Shape =
    Structure(&[required("ResourceARN", &AMAZON_RESOURCE_NAME)]);
pub(crate) static PUBLISH_DATA_TRANSFORMATION_PROFILE: Shape = Structure(&[
    required("ProfileId", &PROFILE_ID_STRING),
    required("SourceFormat", &SOURCE_FORMAT),
    optional("FromExistingVersion", &PROFILE_VERSION),
    optional("ChangeDescription", &CHANGE_DESCRIPTION),
]);
pub(crate) static RESTORE_FHIR_DATASTORE: Shape = Structure(&[
    required("SourceDatastoreId", &DATASTORE_ID),
    required("RestoreConfiguration", &RESTORE_CONFIGURATION),
    optional("DatastoreName", &DATASTORE_NAME),
    optional("SseConfiguration", &SSE_CONFIGURATION),
    optional("ClientToken", &CLIENT_TOKEN),
    optional("Tags", &TAG_LIST),
    optional(
        "IdentityProviderConfiguration",
        &IDENTITY_PROVIDER_CONFIGURATION,
    ),
    optional("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION),
    optional("NlpConfiguration", &NLP_CONFIGURATION),
    optional("ProfileConfiguration", &PROFILE_CONFIGURATION),
]);
pub(crate) static START_DATA_TRANSFORMATION_JOB: Shape = Structure(&[
    required("InputDataConfig", &TRANSFORMATION_INPUT_DATA_CONFIG),
    required("OutputDataConfig", &TRANSFORMATION_OUTPUT_DATA_CONFIG),
    required("DataAccessRoleArn", &IAM_ROLE_ARN),
    required("ClientToken", &CLIENT_TOKEN),
    optional("JobName", &DATA_TRANSFORMATION_JOB_NAME),
    required("ProfileId", &PROFILE_ID_STRING),
    optional("DriftDetectionEnabled", &BOOLEAN),
    optional("ProvenanceEnabled", &BOOLEAN),
]);
pub(crate) static START_FHIR_EXPORT_JOB: Shape = Structure(&[
    optional("JobName", &JOB_NAME),
    required("OutputDataConfig", &OUTPUT_DATA_CONFIG),
    required("DatastoreId", &DATASTORE_ID),
    required("DataAccessRoleArn", &IAM_ROLE_ARN),
    optional("ClientToken", &CLIENT_TOKEN),
]);
pub(crate) static START_FHIR_IMPORT_JOB: Shape = Structure(&[
    optional("JobName", &JOB_NAME),
    required("InputDataConfig", &INPUT_DATA_CONFIG),
    required("JobOutputDataConfig", &OUTPUT_DATA_CONFIG),
    required("DatastoreId", &DATASTORE_ID),
    required("DataAccessRoleArn", &IAM_ROLE_ARN),
    optional("ClientToken", &CLIENT_TOKEN),
    optional("ValidationLevel", &VALIDATION_LEVEL),
    optional("ProfileId", &BOUNDED_LENGTH_STRING),
    optional("InputFormat", &BOUNDED_LENGTH_STRING),
    optional("DriftDetectionEnabled", &BOOLEAN),
    optional("ProvenanceEnabled", &BOOLEAN),
]);
pub(crate) static TAG_RESOURCE: Shape = Structure(&[
    required("ResourceARN", &AMAZON_RESOURCE_NAME),
    required("Tags", &TAG_LIST),
]);
pub(crate) static UNTAG_RESOURCE: Shape = Structure(&[
    required("ResourceARN", &AMAZON_RESOURCE_NAME),
    required("TagKeys", &TAG_KEY_LIST),
]);
pub(crate) static UPDATE_DATA_TRANSFORMATION_PROFILE: Shape = Structure(&[
    required("ProfileId", &PROFILE_ID_STRING),
    required("ProfileMapping", &PROFILE_MAPPING),
    optional("ChangeDescription", &CHANGE_DESCRIPTION),
]);
pub(crate) static UPDATE_FHIR_DATASTORE: Shape = Structure(&[
    required("DatastoreId", &DATASTORE_ID),
    optional("DatastoreName", &DATASTORE_NAME),
    optional("AnalyticsConfiguration", &ANALYTICS_CONFIGURATION),
    optional("NlpConfiguration", &NLP_CONFIGURATION),
    optional("ProfileConfiguration", &PROFILE_CONFIGURATION),
    optional(
        "IdentityProviderConfiguration",
        &IDENTITY_PROVIDER_CONFIGURATION,
    ),
    optional("BackupConfiguration", &BACKUP_CONFIGURATION),
]);
pub(crate) static UPDATE_PROFILE_WITH_AGENT: Shape = Structure(&[
    required("ProfileId", &PROFILE_ID_STRING),
    required("InputMessage", &AGENT_INPUT_MESSAGE),
    optional("ConversationId", &CONVERSATION_ID_STRING),
]);

/// Import and export jobs are listed in the same way.
static LIST_JOBS: [Member; 7] = [
    required("DatastoreId", &DATASTORE_ID),
    optional("NextToken", &NEXT_TOKEN),
    optional("MaxResults", &MAX_RESULTS_INTEGER),
    optional("JobName", &JOB_NAME),
    optional("JobStatus", &JOB_STATUS),
    optional("SubmittedBefore", &TIMESTAMP),
    optional("SubmittedAfter", &TIMESTAMP),
];
