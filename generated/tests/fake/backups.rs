//! Data stores with backups, and data stores made of them.

use fake_healthlake::{FakeHealthLake, Fault};
use healthlake::*;

use super::{common, datastore, delete, minutes};

fn backed_up(days: i32) -> BackupConfiguration {
    BackupConfiguration::builder()
        .status(BackupStatus::Enabled)
        .retention_period_in_days(days)
        .backup_tags_enabled(true)
        .build()
}

fn tag(key: &str, value: &str) -> Tag {
    Tag::builder().key(key).value(value).build()
}

/// A data store with backups that has been active for ten minutes.
async fn source(fake: &FakeHealthLake, client: &Client) -> String {
    let request = CreateFhirDatastoreRequest::builder()
        .datastore_name("patients")
        .datastore_type_version(FhirVersion::R4)
        .tags(vec![tag("team", "data"), tag("cost", "1")])
        .backup_configuration(backed_up(1));
    let created = client.create_fhir_datastore(request.build()).await;
    fake.clock().advance(minutes(10));
    created.expect("a data store").datastore_id
}

fn restore(id: &str, point: Option<DateTime>) -> RestoreFhirDatastoreRequest {
    let point = ContinuousBackupRestoreConfiguration::builder().maybe_restore_point_time(point);
    RestoreFhirDatastoreRequest::builder()
        .source_datastore_id(id)
        .restore_configuration(RestoreConfiguration::ContinuousBackupRestoreConfiguration(
            point.build(),
        ))
        .datastore_name("restored")
        .tags(vec![tag("cost", "2")])
        .build()
}

async fn code_of(client: &Client, request: RestoreFhirDatastoreRequest) -> Option<String> {
    let restored = client.restore_fhir_datastore(request).await;
    restored.err()?.code().map(str::to_owned)
}

async fn backups(client: &Client, id: &str) -> DatastoreBackupStatus {
    let datastore = datastore(client, id).await;
    datastore.backup_status_info.expect("a status")
}

#[tokio::test]
async fn a_data_store_is_restored_to_a_new_one() {
    let (fake, client) = common::fake().await;
    let id = source(&fake, &client).await;
    let point = backups(&client, &id).await.earliest_restore_point;
    let restored = client.restore_fhir_datastore(restore(&id, point)).await;
    let restored = restored.expect("a new data store");
    assert_ne!(restored.datastore_id, id);
    assert_eq!(restored.datastore_status, DatastoreStatus::Creating);

    fake.clock().advance(minutes(1));
    let new = datastore(&client, &restored.datastore_id).await;
    assert_eq!(new.datastore_status, DatastoreStatus::Active);
    assert_eq!(new.datastore_arn, restored.datastore_arn);
    assert_eq!(new.datastore_endpoint, restored.datastore_endpoint);
    assert_eq!(new.datastore_name.as_deref(), Some("restored"));
    let tags = ListTagsForResourceRequest::builder().resource_arn(new.datastore_arn);
    let tags = client.list_tags_for_resource(tags.build()).await;
    assert_eq!(
        tags.expect("tags").tags,
        Some(vec![tag("cost", "2"), tag("team", "data")]),
        "those of the request, and of the source where they are backed up"
    );
}

#[tokio::test]
async fn only_what_is_backed_up_can_be_restored() {
    let (fake, client) = common::fake().await;
    let id = source(&fake, &client).await;
    let status = backups(&client, &id).await;
    let (earliest, latest) = (status.earliest_restore_point, status.latest_restore_point);
    let (earliest, latest) = (earliest.expect("a point"), latest.expect("a point"));
    let second = |time: DateTime, by: i64| Some(DateTime::from_secs(time.secs() + by));
    let invalid = Some("ValidationException".to_owned());
    assert_eq!(
        code_of(&client, restore(&id, second(earliest, -1))).await,
        invalid
    );
    assert_eq!(
        code_of(&client, restore(&id, second(latest, 1))).await,
        invalid
    );
    assert_eq!(code_of(&client, restore(&id, Some(latest))).await, None);
    assert_eq!(code_of(&client, restore(&id, None)).await, None);

    let not_found = Some("ResourceNotFoundException".to_owned());
    assert_eq!(code_of(&client, restore("nowhere", None)).await, not_found);
    let conflict = Some("ConflictException".to_owned());
    let without = fake.add_datastore("others");
    assert_eq!(code_of(&client, restore(&without, None)).await, conflict);
    let mut newer = restore(&id, None);
    newer.restore_configuration = serde_json::from_str(r#"{ "Snapshot": "1" }"#).expect("a union");
    assert_eq!(code_of(&client, newer).await, invalid);
}

#[tokio::test]
async fn backups_outlast_their_data_store_for_a_while() {
    let (fake, client) = common::fake().await;
    let id = source(&fake, &client).await;
    delete(&client, &id).await.expect("it is deleted");
    fake.clock().advance(minutes(60));
    let status = backups(&client, &id).await;
    assert!(status.scheduled_permanent_deletion_time.is_some());
    assert_eq!(code_of(&client, restore(&id, None)).await, None);
    fake.clock().advance(minutes(24 * 60));
    let gone = code_of(&client, restore(&id, None)).await;
    assert_eq!(gone.as_deref(), Some("ConflictException"));
}

#[tokio::test]
async fn a_restore_has_its_token_and_can_fail() {
    let (fake, client) = common::fake().await;
    let id = source(&fake, &client).await;
    let mut request = restore(&id, None);
    request.client_token = Some("token-1".to_owned());
    let once = async |request| client.restore_fhir_datastore(request).await;
    let first = once(request.clone()).await.expect("a data store");
    let second = once(request.clone()).await.expect("the same");
    assert_eq!(first.datastore_id, second.datastore_id);
    request.datastore_name = Some("another".to_owned());
    let error = once(request).await.expect_err("another request");
    assert_eq!(error.code(), Some("ConflictException"));

    fake.faults().add(Fault::FailLater.next(1));
    let failing = once(restore(&id, None)).await.expect("a data store");
    fake.clock().advance(minutes(1));
    let failed = datastore(&client, &failing.datastore_id).await;
    assert_eq!(failed.datastore_status, DatastoreStatus::CreateFailed);
}

#[tokio::test]
async fn backups_are_switched_on_and_off() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let set = async |configuration| {
        let request = UpdateFhirDatastoreRequest::builder()
            .datastore_id(&id)
            .backup_configuration(configuration)
            .build();
        client
            .update_fhir_datastore(request)
            .await
            .expect("an update")
    };
    set(backed_up(7)).await;
    let on = backups(&client, &id).await;
    let configuration = on.configuration.expect("a configuration");
    assert_eq!(configuration.backup_type, Some(BackupType::Continuous));
    assert_eq!(configuration.retention_period_in_days, Some(7));
    assert!(on.backup_enabled_at.is_some());

    fake.clock().advance(minutes(5));
    let off = BackupConfiguration::builder().status(BackupStatus::Disabled);
    set(off.build()).await;
    let off = backups(&client, &id).await;
    assert_eq!(off.backup_enabled_at, None);
    assert!(off.scheduled_permanent_deletion_time.is_some());
    assert_eq!(code_of(&client, restore(&id, None)).await, None);
}
