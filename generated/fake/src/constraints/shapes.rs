//! The constraints of the shapes that requests are made of.

use healthlake::{
    AgentInputMessageType, AnalyticsStatus, AuthorizationStrategy, BackupStatus, BackupType,
    CmkType, DatastoreStatus, FhirVersion, JobStatus, NlpStatus, PreloadDataType, SourceFormat,
    TransformationJobStatus, ValidationLevel,
};

use super::Shape::{self, Boolean, Enum, Integer, List, Map, Structure, Timestamp, Union};
use super::{any_text, optional, required, sized_text, text};

/// The pattern of names and ids.
const NAME: &str = r"^([\p{L}\p{Z}\p{N}_.:/=+\-%@]*)$";
/// The pattern of a tag's key and value.
const TAG: &str = r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$";

pub(super) static AGENT_MESSAGE_STRING: Shape = sized_text(1, 40_960);
pub(super) static AMAZON_RESOURCE_NAME: Shape = text(
    1,
    1011,
    r"^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:healthlake:[a-z0-9-]+:\d{12}:(datastore\/fhir\/.{32}|dataTransformationProfile\/[a-f0-9]{32})$",
);
pub(super) static BOUNDED_LENGTH_STRING: Shape = text(1, 5000, r"^[\P{M}\p{M}]{1,5000}$");
pub(super) static CHANGE_DESCRIPTION: Shape = sized_text(0, 1000);
pub(super) static CLIENT_TOKEN: Shape = text(1, 64, "^[a-zA-Z0-9-]+$");
pub(super) static CONVERSATION_ID_STRING: Shape = sized_text(1, 36);
pub(super) static DATASTORE_ID: Shape = text(1, 32, NAME);
pub(super) static DATASTORE_NAME: Shape = text(1, 256, NAME);
pub(super) static DATA_TRANSFORMATION_JOB_ID: Shape = text(1, 32, "^[a-zA-Z0-9-]+$");
pub(super) static DATA_TRANSFORMATION_JOB_NAME: Shape =
    text(1, 64, r"^[\p{L}\p{Z}\p{N}_.:/=+\-%@]*$");
pub(super) static DATA_TRANSFORMATION_NEXT_TOKEN: Shape = sized_text(1, 2048);
pub(super) static DATA_TRANSFORMATION_S3_URI: Shape =
    text(8, 2048, r"^s3://[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9](/.+)?$");
pub(super) static DATA_TRANSFORMATION_TAG_KEY: Shape = sized_text(1, 128);
pub(super) static DATA_TRANSFORMATION_TAG_VALUE: Shape = sized_text(0, 256);
pub(super) static ENCRYPTION_KEY_ID: Shape = text(
    1,
    400,
    r"^(arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:kms:)?([a-z]{2}-[a-z]+(-[a-z]+)?-\d:)?(\d{12}:)?(((key/)?[a-zA-Z0-9-_]+)|(alias/[a-zA-Z0-9:/_-]+))$",
);
pub(super) static HEALTH_LAKE_STRING: Shape = text(0, 10000, r"^[\P{M}\p{M}]{0,10000}$");
pub(super) static IAM_ROLE_ARN: Shape =
    text(20, 2048, r"^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$");
pub(super) static JOB_ID: Shape = text(1, 32, NAME);
pub(super) static JOB_NAME: Shape = text(1, 64, NAME);
pub(super) static KMS_KEY_ID: Shape = sized_text(1, 2048);
pub(super) static LAMBDA_ARN: Shape = text(
    49,
    256,
    r"^arn:aws:lambda:[a-z]{2}-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9\-_\.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$",
);
pub(super) static NEXT_TOKEN: Shape = text(0, 8192, r"^\p{ASCII}{0,8192}$");
pub(super) static PROFILE_DESCRIPTION: Shape = sized_text(0, 1000);
pub(super) static PROFILE_ID_STRING: Shape = text(32, 32, "^[a-f0-9]{32}$");
pub(super) static PROFILE_MAPPING_KEY: Shape = sized_text(1, 500);
pub(super) static PROFILE_MAPPING_VALUE: Shape = sized_text(0, 102_400);
pub(super) static PROFILE_NAME_STRING: Shape = sized_text(1, 256);
pub(super) static S3_URI: Shape = text(0, 1024, r"^s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?$");
pub(super) static SAMPLE_DATA_S3_URI: Shape =
    text(1, 1024, r"^s3://[a-z0-9][a-z0-9.\-]{1,61}[a-z0-9](/.*)?$");
pub(super) static STRING: Shape = any_text();
pub(super) static TAG_KEY: Shape = text(1, 128, TAG);
pub(super) static TAG_VALUE: Shape = text(0, 256, TAG);

pub(super) static AGENT_INPUT_MESSAGE_TYPE: Shape = Enum(AgentInputMessageType::values());
pub(super) static ANALYTICS_STATUS: Shape = Enum(AnalyticsStatus::values());
pub(super) static AUTHORIZATION_STRATEGY: Shape = Enum(AuthorizationStrategy::values());
pub(super) static BACKUP_STATUS: Shape = Enum(BackupStatus::values());
pub(super) static BACKUP_TYPE: Shape = Enum(BackupType::values());
pub(super) static CMK_TYPE: Shape = Enum(CmkType::values());
pub(super) static DATASTORE_STATUS: Shape = Enum(DatastoreStatus::values());
pub(super) static FHIR_VERSION: Shape = Enum(FhirVersion::values());
pub(super) static JOB_STATUS: Shape = Enum(JobStatus::values());
pub(super) static NLP_STATUS: Shape = Enum(NlpStatus::values());
pub(super) static PRELOAD_DATA_TYPE: Shape = Enum(PreloadDataType::values());
pub(super) static SOURCE_FORMAT: Shape = Enum(SourceFormat::values());
pub(super) static TRANSFORMATION_JOB_STATUS: Shape = Enum(TransformationJobStatus::values());
pub(super) static VALIDATION_LEVEL: Shape = Enum(ValidationLevel::values());

pub(super) static BACKUP_RETENTION_PERIOD_IN_DAYS: Shape = Integer(Some((1, 30)));
pub(super) static BOOLEAN: Shape = Boolean;
pub(super) static INTEGER: Shape = Integer(None);
pub(super) static MAX_RESULTS: Shape = Integer(Some((1, 100)));
pub(super) static MAX_RESULTS_INTEGER: Shape = Integer(Some((1, 500)));
pub(super) static PROFILE_VERSION: Shape = Integer(Some((0, 99)));
pub(super) static TIMESTAMP: Shape = Timestamp;

pub(super) static DEFAULT_PROFILES: Shape = List {
    of: &HEALTH_LAKE_STRING,
    length: None,
};
pub(super) static TAG_KEY_LIST: Shape = List {
    of: &TAG_KEY,
    length: Some((0, 200)),
};
pub(super) static TAG_LIST: Shape = List {
    of: &TAG_SHAPE,
    length: Some((0, 200)),
};

pub(crate) static PROFILE_MAPPING: Shape = Map {
    key: &PROFILE_MAPPING_KEY,
    value: &PROFILE_MAPPING_VALUE,
    length: Some((1, 500)),
};
pub(super) static STRING_MAP: Shape = Map {
    key: &STRING,
    value: &STRING,
    length: None,
};
pub(super) static TAG_MAP: Shape = Map {
    key: &DATA_TRANSFORMATION_TAG_KEY,
    value: &DATA_TRANSFORMATION_TAG_VALUE,
    length: Some((0, 50)),
};

pub(super) static AGENT_INPUT_MESSAGE: Shape = Structure(&[
    required("Body", &AGENT_MESSAGE_STRING),
    required("Type", &AGENT_INPUT_MESSAGE_TYPE),
]);
pub(super) static ANALYTICS_CONFIGURATION: Shape =
    Structure(&[optional("Status", &ANALYTICS_STATUS)]);
pub(super) static BACKUP_CONFIGURATION: Shape = Structure(&[
    optional("Status", &BACKUP_STATUS),
    optional("BackupType", &BACKUP_TYPE),
    optional("RetentionPeriodInDays", &BACKUP_RETENTION_PERIOD_IN_DAYS),
    optional("BackupTagsEnabled", &BOOLEAN),
]);
pub(super) static CONTINUOUS_BACKUP_RESTORE_CONFIGURATION: Shape =
    Structure(&[optional("RestorePointTime", &TIMESTAMP)]);
pub(super) static CREATE_DATA_TRANSFORMATION_PROFILE_SOURCE: Shape = Union(&[
    optional("StarterProfile", &STARTER_PROFILE_SOURCE),
    optional(
        "ExistingVersionedProfileId",
        &EXISTING_VERSIONED_PROFILE_SOURCE,
    ),
    optional("ProfileMapping", &PROFILE_MAPPING_SOURCE),
    optional("SampleData", &SAMPLE_DATA_SOURCE),
]);
pub(super) static DATASTORE_FILTER: Shape = Structure(&[
    optional("DatastoreName", &DATASTORE_NAME),
    optional("DatastoreStatus", &DATASTORE_STATUS),
    optional("CreatedBefore", &TIMESTAMP),
    optional("CreatedAfter", &TIMESTAMP),
]);
pub(super) static DATA_TRANSFORMATION_S3_CONFIGURATION: Shape = Structure(&[
    required("S3Uri", &DATA_TRANSFORMATION_S3_URI),
    required("KmsKeyId", &KMS_KEY_ID),
]);
pub(super) static EXISTING_VERSIONED_PROFILE_SOURCE: Shape = Structure(&[
    required("ProfileId", &STRING),
    required("Version", &INTEGER),
]);
pub(super) static IDENTITY_PROVIDER_CONFIGURATION: Shape = Structure(&[
    required("AuthorizationStrategy", &AUTHORIZATION_STRATEGY),
    optional("FineGrainedAuthorizationEnabled", &BOOLEAN),
    optional("Metadata", &STRING),
    optional("IdpLambdaArn", &LAMBDA_ARN),
]);
pub(super) static INPUT_DATA_CONFIG: Shape = Union(&[optional("S3Uri", &S3_URI)]);
pub(super) static KMS_ENCRYPTION_CONFIG: Shape = Structure(&[
    required("CmkType", &CMK_TYPE),
    optional("KmsKeyId", &ENCRYPTION_KEY_ID),
]);
pub(super) static NLP_CONFIGURATION: Shape = Structure(&[optional("Status", &NLP_STATUS)]);
pub(super) static OUTPUT_DATA_CONFIG: Shape =
    Union(&[optional("S3Configuration", &S3_CONFIGURATION)]);
pub(super) static PRELOAD_DATA_CONFIG: Shape =
    Structure(&[required("PreloadDataType", &PRELOAD_DATA_TYPE)]);
pub(super) static PROFILE_CONFIGURATION: Shape =
    Structure(&[optional("DefaultProfiles", &DEFAULT_PROFILES)]);
pub(super) static PROFILE_MAPPING_SOURCE: Shape =
    Structure(&[required("ProfileMapping", &STRING_MAP)]);
pub(super) static RESTORE_CONFIGURATION: Shape = Union(&[optional(
    "ContinuousBackupRestoreConfiguration",
    &CONTINUOUS_BACKUP_RESTORE_CONFIGURATION,
)]);
pub(super) static S3_CONFIGURATION: Shape = Structure(&[
    required("S3Uri", &S3_URI),
    required("KmsKeyId", &ENCRYPTION_KEY_ID),
]);
pub(super) static SAMPLE_DATA_SOURCE: Shape = Structure(&[required("S3Uri", &SAMPLE_DATA_S3_URI)]);
pub(super) static SSE_CONFIGURATION: Shape =
    Structure(&[required("KmsEncryptionConfig", &KMS_ENCRYPTION_CONFIG)]);
pub(super) static STARTER_PROFILE_SOURCE: Shape =
    Structure(&[required("StarterProfileName", &STRING)]);
pub(super) static TAG_SHAPE: Shape =
    Structure(&[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)]);
pub(super) static TRANSFORMATION_INPUT_DATA_CONFIG: Shape = Structure(&[
    required("S3Uri", &DATA_TRANSFORMATION_S3_URI),
    optional("SourceFormat", &SOURCE_FORMAT),
]);
pub(super) static TRANSFORMATION_OUTPUT_DATA_CONFIG: Shape = Structure(&[required(
    "S3Configuration",
    &DATA_TRANSFORMATION_S3_CONFIGURATION,
)]);
