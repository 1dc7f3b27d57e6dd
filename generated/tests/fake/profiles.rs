//! Transformation profiles: drafts and published versions.

use std::collections::HashMap;

use CreateDataTransformationProfileSource as Source;
use healthlake::*;

use super::{common, minutes};

fn rules(text: &str) -> HashMap<String, String> {
    HashMap::from([("Patient.vm".to_owned(), text.to_owned())])
}

fn own(rules: HashMap<String, String>) -> Source {
    Source::ProfileMapping(
        ProfileMappingSource::builder()
            .profile_mapping(rules)
            .build(),
    )
}

fn starter(name: &str) -> Source {
    let source = StarterProfileSource::builder().starter_profile_name(name);
    Source::StarterProfile(source.build())
}

fn version_of(profile_id: &str, version: i32) -> Source {
    let source = ExistingVersionedProfileSource::builder()
        .profile_id(profile_id)
        .version(version);
    Source::ExistingVersionedProfileId(source.build())
}

fn samples() -> Source {
    let source = SampleDataSource::builder().s3_uri("s3://bucket/samples/");
    Source::SampleData(source.build())
}

fn profile(format: SourceFormat, source: Source) -> CreateDataTransformationProfileRequest {
    CreateDataTransformationProfileRequest::builder()
        .source_format(format)
        .source(source)
        .profile_name("hospital")
        .build()
}

async fn create(client: &Client, format: SourceFormat, source: Source) -> String {
    let request = profile(format, source);
    let created = client.create_data_transformation_profile(request).await;
    let created = created.expect("a profile");
    assert_eq!(created.version, 0);
    created.profile_id
}

async fn get(
    client: &Client,
    id: &str,
    version: Option<i32>,
) -> Result<GetDataTransformationProfileResponse, Error<GetDataTransformationProfileError>> {
    let request = GetDataTransformationProfileRequest::builder()
        .profile_id(id)
        .maybe_profile_version(version);
    client
        .get_data_transformation_profile(request.build())
        .await
}

async fn publish(
    client: &Client,
    id: &str,
    from: Option<i32>,
) -> Result<i32, Error<PublishDataTransformationProfileError>> {
    let request = PublishDataTransformationProfileRequest::builder()
        .profile_id(id)
        .source_format(SourceFormat::Ccda)
        .maybe_from_existing_version(from);
    let published = client.publish_data_transformation_profile(request.build());
    Ok(published.await?.version)
}

async fn update(client: &Client, id: &str, text: &str) {
    let request = UpdateDataTransformationProfileRequest::builder()
        .profile_id(id)
        .profile_mapping(rules(text))
        .change_description(format!("to {text}"));
    let updated = client.update_data_transformation_profile(request.build());
    updated.await.expect("a draft");
}

#[tokio::test]
async fn a_draft_is_edited_and_published_versions_stay() {
    let (fake, client) = common::fake().await;
    let id = create(&client, SourceFormat::Ccda, own(rules("one"))).await;
    let draft = get(&client, &id, Some(0)).await.expect("the draft");
    assert_eq!(draft.profile_mapping, rules("one"));
    let error = get(&client, &id, None).await.expect_err("nothing else");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));

    assert_eq!(publish(&client, &id, None).await.expect("a version"), 1);
    fake.clock().advance(minutes(1));
    update(&client, &id, "two").await;
    assert_eq!(publish(&client, &id, None).await.expect("a version"), 2);
    update(&client, &id, "three").await;
    // Back to the first one.
    assert_eq!(publish(&client, &id, Some(1)).await.expect("a version"), 3);

    for (version, text, change) in [
        (Some(0), "three", Some("to three")),
        (Some(1), "one", None),
        (Some(2), "two", Some("to two")),
        (Some(3), "one", None),
        (None, "one", None),
    ] {
        let found = get(&client, &id, version).await.expect("a version");
        assert_eq!(found.version, version.unwrap_or(3));
        assert_eq!(found.profile_mapping, rules(text), "{version:?}");
        assert_eq!(found.change_description.as_deref(), change, "{version:?}");
    }
    let first = get(&client, &id, Some(1)).await.expect("a version");
    let published_at_once = first.last_updated_at;
    assert_eq!(published_at_once, draft.last_updated_at);

    let (missing, draft) = (
        publish(&client, &id, Some(9)),
        publish(&client, &id, Some(0)),
    );
    let (missing, draft) = (missing.await.expect_err("9"), draft.await.expect_err("0"));
    assert_eq!(missing.code(), Some("ResourceNotFoundException"));
    assert_eq!(draft.code(), Some("ValidationException"));
}

#[tokio::test]
async fn rules_come_from_four_sources() {
    let (_fake, client) = common::fake().await;
    use SourceFormat::{Ccda, Csv};
    let kit = create(&client, Ccda, starter("ccda-starter-kit-v1")).await;
    publish(&client, &kit, None).await.expect("a version");
    update(&client, &kit, "changed").await;
    let of_version = create(&client, Ccda, version_of(&kit, 1)).await;
    let of_draft = create(&client, Ccda, version_of(&kit, 0)).await;
    let mapping = async |id: &str| {
        let draft = get(&client, id, Some(0)).await;
        draft.expect("the draft").profile_mapping
    };
    assert!(mapping(&of_version).await.len() > 1, "those of the kit");
    assert_eq!(mapping(&of_draft).await, rules("changed"));

    let of_samples = create(&client, Csv, samples()).await;
    let noted = mapping(&of_samples).await;
    let noted = noted.values().next().expect("a file");
    assert!(noted.contains("s3://bucket/samples/"), "{noted}");

    let too_long = HashMap::from([("long.vm".to_owned(), "x".repeat(102_401))]);
    for (format, source, code) in [
        (Csv, starter("ccda-starter-kit-v1"), "ValidationException"),
        (Ccda, starter("another"), "ResourceNotFoundException"),
        (Ccda, samples(), "ValidationException"),
        (Csv, version_of(&kit, 1), "ValidationException"),
        (Ccda, version_of(&kit, 7), "ResourceNotFoundException"),
        (Ccda, version_of("nowhere", 0), "ResourceNotFoundException"),
        (Ccda, own(HashMap::new()), "ValidationException"),
        (Ccda, own(too_long), "ValidationException"),
    ] {
        let request = profile(format, source);
        let error = client.create_data_transformation_profile(request.clone());
        let error = error.await.expect_err(code);
        assert_eq!(error.code(), Some(code), "{request:?}");
    }
}

#[tokio::test]
async fn a_deleted_profile_is_gone() {
    let (fake, client) = common::fake().await;
    let id = fake.add_profile("hospital");
    let job = client.start_data_transformation_job(common::transformation(&id, "nightly"));
    job.await.expect("a job");
    let delete = async || {
        let request = DeleteDataTransformationProfileRequest::builder().profile_id(&id);
        client
            .delete_data_transformation_profile(request.build())
            .await
    };
    let deleted = delete().await.expect("it was there");
    assert_eq!(deleted.profile_name.as_deref(), Some("hospital"));
    let now = DateTime::from(fake.clock().now());
    assert_eq!(deleted.deletion_time.secs(), now.secs());
    let error = delete().await.expect_err("twice");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let error = get(&client, &id, None).await.expect_err("no more");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
    let jobs = fake.transformation_jobs();
    assert_eq!(jobs[0].profile_name.as_deref(), Some("hospital"));
}

#[tokio::test]
async fn profiles_and_versions_are_listed() {
    let (fake, client) = common::fake().await;
    let published = fake.add_profile("published");
    let draft = create(&client, SourceFormat::Ccda, own(rules("one"))).await;
    let csv = create(&client, SourceFormat::Csv, samples()).await;
    let list = async |format| {
        let request = ListDataTransformationProfilesRequest::builder().source_format(format);
        let list = client.list_data_transformation_profiles(request.build());
        let items = list.await.expect("a list").items.into_iter();
        items
            .map(|profile| (profile.profile_id, profile.version))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        list(SourceFormat::Ccda).await,
        [(published.clone(), 1), (draft, 0)]
    );
    assert_eq!(list(SourceFormat::Csv).await, [(csv, 0)]);

    update(&client, &published, "two").await;
    publish(&client, &published, None).await.expect("a version");
    let request = ListDataTransformationProfileVersionsRequest::builder().profile_id(published);
    let versions = client.list_data_transformation_profile_versions(request.build());
    let versions: Vec<_> = versions
        .await
        .expect("a list")
        .items
        .into_iter()
        .map(|version| (version.version, version.change_description))
        .collect();
    let two = Some("to two".to_owned());
    assert_eq!(versions, [(0, two.clone()), (1, None), (2, two)]);

    let nowhere =
        ListDataTransformationProfileVersionsRequest::builder().profile_id("0".repeat(32));
    let error = client.list_data_transformation_profile_versions(nowhere.build());
    let error = error.await.expect_err("no profile");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));
}

#[tokio::test]
async fn there_are_quotas() {
    let (fake, client) = common::fake().await;
    let id = fake.add_profile("hospital");
    for version in 2..=99 {
        let published = publish(&client, &id, None).await.expect("a version");
        assert_eq!(published, version);
    }
    let error = publish(&client, &id, None).await.expect_err("no hundredth");
    assert!(matches!(
        error.as_service_error(),
        Some(PublishDataTransformationProfileError::ServiceQuotaExceededException(_))
    ));
    for number in 1..100 {
        fake.add_profile(format!("profile {number}"));
    }
    let request = profile(SourceFormat::Ccda, own(rules("one")));
    let error = client.create_data_transformation_profile(request);
    let error = error.await.expect_err("too many");
    assert!(matches!(
        error.as_service_error(),
        Some(CreateDataTransformationProfileError::ServiceQuotaExceededException(_))
    ));
}

#[tokio::test]
async fn a_client_token_makes_one_profile() {
    let (_fake, client) = common::fake().await;
    let mut request = profile(SourceFormat::Ccda, own(rules("one")));
    request.client_token = Some("token-1".to_owned());
    let once = async |request| client.create_data_transformation_profile(request).await;
    let first = once(request.clone()).await.expect("a profile");
    let second = once(request.clone()).await.expect("the same");
    assert_eq!(first.profile_id, second.profile_id);
    request.profile_name = "another".to_owned();
    let error = once(request).await.expect_err("another request");
    assert_eq!(error.code(), Some("ConflictException"));
}

#[tokio::test]
async fn profiles_have_tags() {
    let (_fake, client) = common::fake().await;
    let mut request = profile(SourceFormat::Ccda, own(rules("one")));
    request.tags = Some(HashMap::from([("team".to_owned(), "data".to_owned())]));
    let created = client.create_data_transformation_profile(request).await;
    let id = created.expect("a profile").profile_id;
    let arn = format!("arn:aws:healthlake:us-east-1:123456789012:dataTransformationProfile/{id}");
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build();
    let add = async |tags| {
        let request = TagResourceRequest::builder().resource_arn(&arn).tags(tags);
        client.tag_resource(request.build()).await
    };
    add(vec![tag("cost", "1")]).await.expect("another tag");
    let list = ListTagsForResourceRequest::builder().resource_arn(&arn);
    let tags = client.list_tags_for_resource(list.build()).await;
    let expected = vec![tag("team", "data"), tag("cost", "1")];
    assert_eq!(tags.expect("tags").tags, Some(expected));
    let many = (0..49).map(|number| tag(&format!("key {number}"), ""));
    let error = add(many.collect()).await.expect_err("51 tags");
    assert_eq!(error.code(), Some("ValidationException"));
}
