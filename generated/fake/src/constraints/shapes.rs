//! The constraints of the shapes that requests are made of.

use healthlake::{
    AuthorizationStrategy, CmkType, DatastoreStatus as DatastoreStatusEnum,
    FhirVersion as FhirVersionEnum, JobStatus as JobStatusEnum,
    PreloadDataType as PreloadDataTypeEnum, ValidationLevel as ValidationLevelEnum,
};

use super::Shape::{self, Boolean, Enum, Integer, List, Structure, Timestamp, Union};
use super::{any_text, optional, required, text};

/// The pattern of names and ids.
const NAME: &str = r"^([\p{L}\p{Z}\p{N}_.:/=+\-%@]*)$";
/// The pattern of a tag's key and value.
const TAG: &str = r"^([\p{L}\p{Z}\p{N}_.:/=+\-@]*)$";

pub(super) static AMAZON_RESOURCE_NAME: Shape = text(
    1,
    1011,
    r"^arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:healthlake:[a-z0-9-]+:\d{12}:datastore\/fhir\/.{32}$",
);
pub(super) static CLIENT_TOKEN_STRING: Shape = text(1, 64, "^[a-zA-Z0-9-]+$");
pub(super) static CONFIGURATION_METADATA: Shape = any_text();
pub(super) static DATASTORE_ID: Shape = text(1, 32, NAME);
pub(super) static DATASTORE_NAME: Shape = text(1, 256, NAME);
pub(super) static ENCRYPTION_KEY_ID: Shape = text(
    1,
    400,
    r"^(arn:aws((-us-gov)|(-iso)|(-iso-b)|(-cn))?:kms:)?([a-z]{2}-[a-z]+(-[a-z]+)?-\d:)?(\d{12}:)?(((key/)?[a-zA-Z0-9-_]+)|(alias/[a-zA-Z0-9:/_-]+))$",
);
pub(super) static IAM_ROLE_ARN: Shape =
    text(20, 2048, r"^arn:aws(-[^:]+)?:iam::[0-9]{12}:role/.+$");
pub(super) static JOB_ID: Shape = text(1, 32, NAME);
pub(super) static JOB_NAME: Shape = text(1, 64, NAME);
pub(super) static LAMBDA_ARN: Shape = text(
    49,
    256,
    r"^arn:aws:lambda:[a-z]{2}-[a-z]+-\d{1}:\d{12}:function:[a-zA-Z0-9\-_\.]+(:(\$LATEST|[a-zA-Z0-9\-_]+))?$",
);
pub(super) static NEXT_TOKEN: Shape = text(0, 8192, r"^\p{ASCII}{0,8192}$");
pub(super) static S3_URI: Shape = text(0, 1024, r"^s3://[a-z0-9][\.\-a-z0-9]{1,61}[a-z0-9](/.*)?$");
pub(super) static TAG_KEY: Shape = text(1, 128, TAG);
pub(super) static TAG_VALUE: Shape = text(0, 256, TAG);

pub(super) static AUTHORIZATION_STRATEGY: Shape = Enum(AuthorizationStrategy::values());
pub(super) static CMK_TYPE: Shape = Enum(CmkType::values());
pub(super) static DATASTORE_STATUS: Shape = Enum(DatastoreStatusEnum::values());
pub(super) static FHIR_VERSION: Shape = Enum(FhirVersionEnum::values());
pub(super) static JOB_STATUS: Shape = Enum(JobStatusEnum::values());
pub(super) static PRELOAD_DATA_TYPE: Shape = Enum(PreloadDataTypeEnum::values());
pub(super) static VALIDATION_LEVEL: Shape = Enum(ValidationLevelEnum::values());

pub(super) static BOOLEAN: Shape = Boolean;
pub(super) static MAX_RESULTS: Shape = Integer { min: 1, max: 500 };
pub(super) static TIMESTAMP: Shape = Timestamp;

pub(super) static TAG_KEY_LIST: Shape = List {
    of: &TAG_KEY,
    min: 0,
    max: 200,
};
pub(super) static TAG_LIST: Shape = List {
    of: &TAG_SHAPE,
    min: 0,
    max: 200,
};

pub(super) static DATASTORE_FILTER: Shape = Structure(&[
    optional("DatastoreName", &DATASTORE_NAME),
    optional("DatastoreStatus", &DATASTORE_STATUS),
    optional("CreatedBefore", &TIMESTAMP),
    optional("CreatedAfter", &TIMESTAMP),
]);
pub(super) static IDENTITY_PROVIDER_CONFIGURATION: Shape = Structure(&[
    required("AuthorizationStrategy", &AUTHORIZATION_STRATEGY),
    optional("FineGrainedAuthorizationEnabled", &BOOLEAN),
    optional("Metadata", &CONFIGURATION_METADATA),
    optional("IdpLambdaArn", &LAMBDA_ARN),
]);
pub(super) static INPUT_DATA_CONFIG: Shape = Union(&[optional("S3Uri", &S3_URI)]);
pub(super) static KMS_ENCRYPTION_CONFIG: Shape = Structure(&[
    required("CmkType", &CMK_TYPE),
    optional("KmsKeyId", &ENCRYPTION_KEY_ID),
]);
pub(super) static OUTPUT_DATA_CONFIG: Shape =
    Union(&[optional("S3Configuration", &S3_CONFIGURATION)]);
pub(super) static PRELOAD_DATA_CONFIG: Shape =
    Structure(&[required("PreloadDataType", &PRELOAD_DATA_TYPE)]);
pub(super) static S3_CONFIGURATION: Shape = Structure(&[
    required("S3Uri", &S3_URI),
    required("KmsKeyId", &ENCRYPTION_KEY_ID),
]);
pub(super) static SSE_CONFIGURATION: Shape =
    Structure(&[required("KmsEncryptionConfig", &KMS_ENCRYPTION_CONFIG)]);
pub(super) static TAG_SHAPE: Shape =
    Structure(&[required("Key", &TAG_KEY), required("Value", &TAG_VALUE)]);
