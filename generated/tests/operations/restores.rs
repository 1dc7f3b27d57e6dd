//! The operations that change a data store or make one of backups.

use healthlake::*;
use serde_json::json;

use super::exchange::exchange;
use super::{
    ARN, DATASTORE, ENDPOINT, KEY, analytics, assert_is_datastore, backup, backup_json,
    datastore_json, fhir_profiles, nlp, noon,
};

fn identity() -> IdentityProviderConfiguration {
    IdentityProviderConfiguration::builder()
        .authorization_strategy(AuthorizationStrategy::Smartv1)
        .metadata("{}")
        .build()
}

#[tokio::test]
async fn update_fhir_datastore() {
    let request = UpdateFhirDatastoreRequest::builder()
        .datastore_id(DATASTORE)
        .datastore_name("patients")
        .analytics_configuration(analytics())
        .nlp_configuration(nlp())
        .profile_configuration(fhir_profiles())
        .identity_provider_configuration(identity())
        .backup_configuration(backup())
        .build();
    let sent = json!({
        "DatastoreId": DATASTORE,
        "DatastoreName": "patients",
        "AnalyticsConfiguration": { "Status": "ENABLED" },
        "NlpConfiguration": { "Status": "DISABLED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] },
        "IdentityProviderConfiguration": {
            "AuthorizationStrategy": "SMART_ON_FHIR_V1",
            "FineGrainedAuthorizationEnabled": false,
            "Metadata": "{}"
        },
        "BackupConfiguration": backup_json()
    });
    let answer = json!({ "DatastoreProperties": datastore_json() });
    let response = exchange("UpdateFHIRDatastore", sent, answer, |client| {
        client.update_fhir_datastore(request)
    })
    .await;
    assert_is_datastore(&response.datastore_properties);
}

#[tokio::test]
async fn restore_fhir_datastore() {
    let encryption = KmsEncryptionConfig::builder()
        .cmk_type(CmkType::CmCmk)
        .kms_key_id(KEY)
        .build();
    let noon = ContinuousBackupRestoreConfiguration::builder().restore_point_time(noon());
    let request = RestoreFhirDatastoreRequest::builder()
        .source_datastore_id(DATASTORE)
        .restore_configuration(RestoreConfiguration::ContinuousBackupRestoreConfiguration(
            noon.build(),
        ))
        .datastore_name("restored")
        .sse_configuration(
            SseConfiguration::builder()
                .kms_encryption_config(encryption)
                .build(),
        )
        .client_token("token-1")
        .tags(vec![Tag::builder().key("team").value("data").build()])
        .identity_provider_configuration(identity())
        .analytics_configuration(analytics())
        .nlp_configuration(nlp())
        .profile_configuration(fhir_profiles())
        .build();
    let sent = json!({
        "SourceDatastoreId": DATASTORE,
        "RestoreConfiguration": {
            "ContinuousBackupRestoreConfiguration": { "RestorePointTime": 1_767_268_800 }
        },
        "DatastoreName": "restored",
        "SseConfiguration": {
            "KmsEncryptionConfig": { "CmkType": "CUSTOMER_MANAGED_KMS_KEY", "KmsKeyId": KEY }
        },
        "ClientToken": "token-1",
        "Tags": [{ "Key": "team", "Value": "data" }],
        "IdentityProviderConfiguration": {
            "AuthorizationStrategy": "SMART_ON_FHIR_V1",
            "FineGrainedAuthorizationEnabled": false,
            "Metadata": "{}"
        },
        "AnalyticsConfiguration": { "Status": "ENABLED" },
        "NlpConfiguration": { "Status": "DISABLED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] }
    });
    let answer = json!({
        "DatastoreId": DATASTORE,
        "DatastoreArn": ARN,
        "DatastoreStatus": "CREATING",
        "DatastoreEndpoint": ENDPOINT
    });
    let response = exchange("RestoreFHIRDatastore", sent, answer, |client| {
        client.restore_fhir_datastore(request)
    })
    .await;
    assert_eq!(response.datastore_id, DATASTORE);
    assert_eq!(response.datastore_arn, ARN);
    assert_eq!(response.datastore_status, DatastoreStatus::Creating);
    assert_eq!(response.datastore_endpoint, ENDPOINT);
}
