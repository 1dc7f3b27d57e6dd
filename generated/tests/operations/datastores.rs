//! The operations of data stores but those in `restores`.

use healthlake::*;
use serde_json::{Value, json};

use super::exchange::exchange;
use super::{ARN, DATASTORE, ENDPOINT, KEY, noon, tag, tag_json};

pub fn datastore_json() -> Value {
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

pub fn assert_is_datastore(datastore: &DatastoreProperties) {
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

pub fn backup() -> BackupConfiguration {
    BackupConfiguration::builder()
        .status(BackupStatus::Enabled)
        .backup_type(BackupType::Continuous)
        .retention_period_in_days(7)
        .backup_tags_enabled(true)
        .build()
}

pub fn backup_json() -> Value {
    json!({
        "Status": "ENABLED",
        "BackupType": "CONTINUOUS",
        "RetentionPeriodInDays": 7,
        "BackupTagsEnabled": true
    })
}

pub fn analytics() -> AnalyticsConfiguration {
    AnalyticsConfiguration::builder()
        .status(AnalyticsStatus::Enabled)
        .build()
}

pub fn nlp() -> NlpConfiguration {
    NlpConfiguration::builder()
        .status(NlpStatus::Disabled)
        .build()
}

pub fn fhir_profiles() -> ProfileConfiguration {
    ProfileConfiguration::builder()
        .default_profiles(vec!["us-core".to_owned()])
        .build()
}

pub fn encryption() -> SseConfiguration {
    let key = KmsEncryptionConfig::builder()
        .cmk_type(CmkType::CmCmk)
        .kms_key_id(KEY);
    SseConfiguration::builder()
        .kms_encryption_config(key.build())
        .build()
}

pub fn encryption_json() -> Value {
    json!({ "KmsEncryptionConfig": { "CmkType": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": KEY } })
}

/// The answer to a request that creates or deletes a data store.
pub fn response_json(status: &str) -> Value {
    json!({
        "DatastoreId": DATASTORE,
        "DatastoreArn": ARN,
        "DatastoreStatus": status,
        "DatastoreEndpoint": ENDPOINT
    })
}

/// Checks that a response holds what `response_json` tells.
macro_rules! assert_is_response {
    ($response:expr, $status:expr) => {{
        let response = $response;
        assert_eq!(response.datastore_id, DATASTORE);
        assert_eq!(response.datastore_arn, ARN);
        assert_eq!(response.datastore_status, $status);
        assert_eq!(response.datastore_endpoint, ENDPOINT);
    }};
}

pub(super) use assert_is_response;

#[tokio::test]
async fn create_fhir_datastore() {
    let identity = IdentityProviderConfiguration::builder()
        .authorization_strategy(AuthorizationStrategy::AwsAuth)
        .build();
    let request = CreateFhirDatastoreRequest::builder()
        .datastore_name("patients")
        .datastore_type_version(FhirVersion::R4)
        .sse_configuration(encryption())
        .preload_data_config(
            PreloadDataConfig::builder()
                .preload_data_type(PreloadDataType::Synthea)
                .build(),
        )
        .client_token("token-1")
        .tags(vec![tag()])
        .identity_provider_configuration(identity)
        .analytics_configuration(analytics())
        .nlp_configuration(nlp())
        .profile_configuration(fhir_profiles())
        .backup_configuration(backup())
        .build();
    let sent = json!({
        "DatastoreName": "patients",
        "DatastoreTypeVersion": "R4",
        "SseConfiguration": encryption_json(),
        "PreloadDataConfig": { "PreloadDataType": "SYNTHEA" },
        "ClientToken": "token-1",
        "Tags": [tag_json()],
        "IdentityProviderConfiguration": {
            "AuthorizationStrategy": "AWS_AUTH",
            "FineGrainedAuthorizationEnabled": false
        },
        "AnalyticsConfiguration": { "Status": "ENABLED" },
        "NlpConfiguration": { "Status": "DISABLED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] },
        "BackupConfiguration": backup_json()
    });
    let answer = response_json("CREATING");
    let response = exchange("CreateFHIRDatastore", sent, answer, |client| {
        client.create_fhir_datastore(request)
    })
    .await;
    assert_is_response!(response, DatastoreStatus::Creating);
}

#[tokio::test]
async fn delete_fhir_datastore() {
    let request = DeleteFhirDatastoreRequest::builder()
        .datastore_id(DATASTORE)
        .build();
    let answer = response_json("DELETING");
    let sent = json!({ "DatastoreId": DATASTORE });
    let response = exchange("DeleteFHIRDatastore", sent, answer, |client| {
        client.delete_fhir_datastore(request)
    })
    .await;
    assert_is_response!(response, DatastoreStatus::Deleting);
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
