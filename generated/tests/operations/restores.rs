//! The operations that change a data store or make one of backups.

use healthlake::*;
use serde_json::{Value, json};

use super::datastores::*;
use super::exchange::exchange;
use super::{ARN, DATASTORE, ENDPOINT, noon, tag, tag_json};

fn identity() -> IdentityProviderConfiguration {
    IdentityProviderConfiguration::builder()
        .authorization_strategy(AuthorizationStrategy::Smartv1)
        .metadata("{}")
        .build()
}

fn identity_json() -> Value {
    json!({
        "AuthorizationStrategy": "SMART_ON_FHIR_V1",
        "FineGrainedAuthorizationEnabled": false,
        "Metadata": "{}"
    })
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
        "IdentityProviderConfiguration": identity_json(),
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
    let noon = ContinuousBackupRestoreConfiguration::builder().restore_point_time(noon());
    let request = RestoreFhirDatastoreRequest::builder()
        .source_datastore_id(DATASTORE)
        .restore_configuration(RestoreConfiguration::ContinuousBackupRestoreConfiguration(
            noon.build(),
        ))
        .datastore_name("restored")
        .sse_configuration(encryption())
        .client_token("token-1")
        .tags(vec![tag()])
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
        "SseConfiguration": encryption_json(),
        "ClientToken": "token-1",
        "Tags": [tag_json()],
        "IdentityProviderConfiguration": identity_json(),
        "AnalyticsConfiguration": { "Status": "ENABLED" },
        "NlpConfiguration": { "Status": "DISABLED" },
        "ProfileConfiguration": { "DefaultProfiles": ["us-core"] }
    });
    let answer = response_json("CREATING");
    let response = exchange("RestoreFHIRDatastore", sent, answer, |client| {
        client.restore_fhir_datastore(request)
    })
    .await;
    assert_is_response!(response, DatastoreStatus::Creating);
}
