//! The operations of transformation profiles, which have a host of their own.

use std::collections::HashMap;

use healthlake::*;
use serde_json::{Value, json};

use super::exchange::exchange;
use super::{KEY, PROFILE, noon};

fn rules() -> HashMap<String, String> {
    HashMap::from([("Resources/Patient.vm".to_owned(), "{}".to_owned())])
}

/// An answer with what most tell of a profile, and more.
fn answer(more: Value) -> Value {
    let mut answer = json!({
        "ProfileId": PROFILE,
        "SourceFormat": "CCDA",
        "TargetFormat": "FHIR_R4",
        "ProfileName": "hospital",
        "LastUpdatedAt": 1_767_268_800
    });
    let members = answer.as_object_mut().expect("members");
    members.extend(more.as_object().expect("members").clone());
    answer
}

/// Checks that a response holds what `answer` tells.
macro_rules! assert_is_answer {
    ($response:expr) => {{
        let response = &$response;
        assert_eq!(response.profile_id, PROFILE);
        assert_eq!(response.source_format, SourceFormat::Ccda);
        assert_eq!(response.target_format, TargetFormat::FhirR4);
    }};
}

async fn create(source: CreateDataTransformationProfileSource, source_json: Value) {
    let request = CreateDataTransformationProfileRequest::builder()
        .source_format(SourceFormat::Ccda)
        .source(source)
        .kms_key_id(KEY)
        .profile_description("for C-CDA")
        .profile_name("hospital")
        .tags(HashMap::from([("team".to_owned(), "data".to_owned())]))
        .client_token("token-1")
        .build();
    let sent = json!({
        "SourceFormat": "CCDA",
        "Source": source_json,
        "KmsKeyId": KEY,
        "ProfileDescription": "for C-CDA",
        "ProfileName": "hospital",
        "Tags": { "team": "data" },
        "ClientToken": "token-1"
    });
    let answer = answer(json!({ "Version": 0 }));
    let response = exchange("CreateDataTransformationProfile", sent, answer, |client| {
        client.create_data_transformation_profile(request)
    })
    .await;
    assert_is_answer!(response);
    assert_eq!(response.version, 0);
    assert_eq!(response.profile_name, "hospital");
    assert_eq!(response.last_updated_at, noon());
}

#[tokio::test]
async fn create_data_transformation_profile() {
    use CreateDataTransformationProfileSource as Source;
    let starter = StarterProfileSource::builder().starter_profile_name("kit");
    create(
        Source::StarterProfile(starter.build()),
        json!({ "StarterProfile": { "StarterProfileName": "kit" } }),
    )
    .await;
    let existing = ExistingVersionedProfileSource::builder()
        .profile_id(PROFILE)
        .version(3);
    create(
        Source::ExistingVersionedProfileId(existing.build()),
        json!({ "ExistingVersionedProfileId": { "ProfileId": PROFILE, "Version": 3 } }),
    )
    .await;
    let own = ProfileMappingSource::builder().profile_mapping(rules());
    create(
        Source::ProfileMapping(own.build()),
        json!({ "ProfileMapping": { "ProfileMapping": { "Resources/Patient.vm": "{}" } } }),
    )
    .await;
    let samples = SampleDataSource::builder().s3_uri("s3://bucket/samples/");
    create(
        Source::SampleData(samples.build()),
        json!({ "SampleData": { "S3Uri": "s3://bucket/samples/" } }),
    )
    .await;
}

#[tokio::test]
async fn delete_data_transformation_profile() {
    let request = DeleteDataTransformationProfileRequest::builder().profile_id(PROFILE);
    let sent = json!({ "ProfileId": PROFILE });
    let answer = json!({ "ProfileId": PROFILE, "DeletionTime": 1_767_268_800 });
    let response = exchange("DeleteDataTransformationProfile", sent, answer, |client| {
        client.delete_data_transformation_profile(request.build())
    })
    .await;
    assert_eq!(response.profile_id, PROFILE);
    assert_eq!(response.profile_name, None);
    assert_eq!(response.deletion_time, noon());
}

#[tokio::test]
async fn get_data_transformation_profile() {
    let request = GetDataTransformationProfileRequest::builder()
        .profile_id(PROFILE)
        .profile_version(0);
    let sent = json!({ "ProfileId": PROFILE, "ProfileVersion": 0 });
    let answer = answer(json!({
        "Version": 7,
        "ProfileMapping": { "Resources/Patient.vm": "{}" },
        "ProfileDescription": "for C-CDA",
        "ChangeDescription": "patients"
    }));
    let response = exchange("GetDataTransformationProfile", sent, answer, |client| {
        client.get_data_transformation_profile(request.build())
    })
    .await;
    assert_is_answer!(response);
    assert_eq!(response.version, 7);
    assert_eq!(response.profile_mapping, rules());
    assert_eq!(response.profile_description.as_deref(), Some("for C-CDA"));
    assert_eq!(response.change_description.as_deref(), Some("patients"));
    assert_eq!(response.last_updated_at, noon());
    let shown = format!("{response:?}");
    assert!(!shown.contains("Patient.vm"), "rules are secrets: {shown}");
}

#[tokio::test]
async fn list_data_transformation_profiles() {
    let request = ListDataTransformationProfilesRequest::builder()
        .source_format(SourceFormat::Ccda)
        .max_results(2)
        .next_token("page 2");
    let sent = json!({ "SourceFormat": "CCDA", "MaxResults": 2, "NextToken": "page 2" });
    let item = answer(json!({ "Version": 1, "ProfileDescription": "for C-CDA" }));
    let answer = json!({ "Items": [item], "NextToken": "page 3" });
    let response = exchange("ListDataTransformationProfiles", sent, answer, |client| {
        client.list_data_transformation_profiles(request.build())
    })
    .await;
    assert_eq!(response.next_token.as_deref(), Some("page 3"));
    let [profile] = &response.items[..] else {
        panic!("{response:?}");
    };
    assert_is_answer!(profile);
    assert_eq!(profile.version, 1);
    assert_eq!(profile.profile_description.as_deref(), Some("for C-CDA"));
    assert_eq!(profile.last_updated_at, Some(noon()));
}

#[tokio::test]
async fn list_data_transformation_profile_versions() {
    let request = ListDataTransformationProfileVersionsRequest::builder().profile_id(PROFILE);
    let sent = json!({ "ProfileId": PROFILE });
    let item = answer(json!({ "Version": 1, "ChangeDescription": "patients" }));
    let answer = json!({ "Items": [item] });
    let operation = "ListDataTransformationProfileVersions";
    let response = exchange(operation, sent, answer, |client| {
        client.list_data_transformation_profile_versions(request.build())
    })
    .await;
    let [version] = &response.items[..] else {
        panic!("{response:?}");
    };
    assert_is_answer!(version);
    assert_eq!(version.version, 1);
    assert_eq!(version.change_description.as_deref(), Some("patients"));
    assert_eq!(version.last_updated_at, Some(noon()));
    assert_eq!(response.next_token, None);
}

#[tokio::test]
async fn publish_data_transformation_profile() {
    let request = PublishDataTransformationProfileRequest::builder()
        .profile_id(PROFILE)
        .source_format(SourceFormat::Ccda)
        .from_existing_version(3)
        .change_description("back");
    let sent = json!({
        "ProfileId": PROFILE,
        "SourceFormat": "CCDA",
        "FromExistingVersion": 3,
        "ChangeDescription": "back"
    });
    let answer = answer(json!({ "Version": 5 }));
    let response = exchange("PublishDataTransformationProfile", sent, answer, |client| {
        client.publish_data_transformation_profile(request.build())
    })
    .await;
    assert_is_answer!(response);
    assert_eq!(response.version, 5);
    assert_eq!(response.profile_name.as_deref(), Some("hospital"));
    assert_eq!(response.last_updated_at, noon());
}

#[tokio::test]
async fn update_data_transformation_profile() {
    let request = UpdateDataTransformationProfileRequest::builder()
        .profile_id(PROFILE)
        .profile_mapping(rules())
        .change_description("patients");
    let sent = json!({
        "ProfileId": PROFILE,
        "ProfileMapping": { "Resources/Patient.vm": "{}" },
        "ChangeDescription": "patients"
    });
    let answer = answer(json!({}));
    let response = exchange("UpdateDataTransformationProfile", sent, answer, |client| {
        client.update_data_transformation_profile(request.build())
    })
    .await;
    assert_is_answer!(response);
    assert_eq!(response.profile_name.as_deref(), Some("hospital"));
    assert_eq!(response.last_updated_at, noon());
}
