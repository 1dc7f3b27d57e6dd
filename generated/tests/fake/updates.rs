//! Data stores whose settings change.

use fake_healthlake::Fault;
use healthlake::*;

use super::{common, create, datastore, delete, minutes};

fn analytics(status: AnalyticsStatus) -> AnalyticsConfiguration {
    AnalyticsConfiguration::builder().status(status).build()
}

fn nlp(status: NlpStatus) -> NlpConfiguration {
    NlpConfiguration::builder().status(status).build()
}

async fn update(
    client: &Client,
    request: UpdateFhirDatastoreRequest,
) -> Result<DatastoreProperties, Error<UpdateFhirDatastoreError>> {
    let response = client.update_fhir_datastore(request).await?;
    Ok(response.datastore_properties)
}

/// The states of a data store, of its analytics and of its language processing.
fn states(
    datastore: &DatastoreProperties,
) -> (DatastoreStatus, Option<AnalyticsStatus>, Option<NlpStatus>) {
    let analytics = datastore.analytics_configuration.clone();
    let nlp = datastore.nlp_configuration.clone();
    (
        datastore.datastore_status.clone(),
        analytics.and_then(|analytics| analytics.status),
        nlp.and_then(|nlp| nlp.status),
    )
}

#[tokio::test]
async fn what_is_left_out_gets_defaults() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let datastore = datastore(&client, &id).await;
    let disabled = (
        DatastoreStatus::Active,
        Some(AnalyticsStatus::Disabled),
        Some(NlpStatus::Disabled),
    );
    assert_eq!(states(&datastore), disabled);
    let identity = datastore.identity_provider_configuration.expect("one");
    assert_eq!(
        identity.authorization_strategy,
        AuthorizationStrategy::AwsAuth
    );
    assert_eq!(datastore.profile_configuration, None);
    let backups = datastore.backup_status_info.expect("a status");
    assert_eq!(
        backups.configuration.expect("one").status,
        Some(BackupStatus::Disabled)
    );
    assert_eq!(backups.latest_restore_point, None);
}

#[tokio::test]
async fn some_settings_change_at_once_and_others_take_time() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let to = || UpdateFhirDatastoreRequest::builder().datastore_id(&id);
    let profiles = ProfileConfiguration::builder().default_profiles(vec!["us-core".to_owned()]);
    let request = to()
        .datastore_name("people")
        .profile_configuration(profiles.build());
    let renamed = update(&client, request.build()).await.expect("an update");
    assert_eq!(renamed.datastore_status, DatastoreStatus::Active);
    assert_eq!(renamed.datastore_name.as_deref(), Some("people"));

    let request = to()
        .analytics_configuration(analytics(AnalyticsStatus::Enabled))
        .nlp_configuration(nlp(NlpStatus::Enabled))
        .build();
    let updating = update(&client, request.clone()).await.expect("an update");
    let switching = (
        DatastoreStatus::Updating,
        Some(AnalyticsStatus::Enabling),
        Some(NlpStatus::Enabling),
    );
    assert_eq!(states(&updating), switching);
    assert_eq!(updating.datastore_name.as_deref(), Some("people"));
    assert!(updating.profile_configuration.is_some());

    let again = update(&client, request).await.expect_err("one at a time");
    assert_eq!(again.code(), Some("ConflictException"));
    let error = delete(&client, &id).await.expect_err("not now");
    assert_eq!(error.code(), Some("ConflictException"));
    let import = client.start_fhir_import_job(common::import(&id, "nightly"));
    let error = import.await.expect_err("it is not active");
    assert_eq!(error.code(), Some("ValidationException"));

    fake.clock().advance(minutes(1));
    let enabled = (
        DatastoreStatus::Active,
        Some(AnalyticsStatus::Enabled),
        Some(NlpStatus::Enabled),
    );
    assert_eq!(states(&datastore(&client, &id).await), enabled);
    let request = to().analytics_configuration(analytics(AnalyticsStatus::Paused));
    let pausing = update(&client, request.build()).await.expect("an update");
    let pausing_now = (
        DatastoreStatus::Updating,
        Some(AnalyticsStatus::Pausing),
        Some(NlpStatus::Enabled),
    );
    assert_eq!(states(&pausing), pausing_now);
}

#[tokio::test]
async fn an_update_can_fail_and_be_tried_again() {
    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let to = || UpdateFhirDatastoreRequest::builder().datastore_id(&id);
    let off = (Some(AnalyticsStatus::Disabled), Some(NlpStatus::Disabled));
    let fail = Fault::FailLater.next(1).of("UpdateFHIRDatastore");
    fake.faults().add(fail);
    let enabling = to()
        .datastore_name("people")
        .analytics_configuration(analytics(AnalyticsStatus::Enabled))
        .build();
    // The second one fails because of the name.
    for request in [enabling.clone(), to().datastore_name("fail-it").build()] {
        let updating = update(&client, request).await.expect("an update");
        assert_eq!(updating.datastore_status, DatastoreStatus::Updating);
        fake.clock().advance(minutes(1));
        let failed = datastore(&client, &id).await;
        let (status, analytics, nlp) = states(&failed);
        assert_eq!(status, DatastoreStatus::UpdateFailed);
        assert_eq!((analytics, nlp), off, "all is as it was");
        assert_eq!(failed.datastore_name.as_deref(), Some("patients"));
        let cause = failed.error_cause.expect("a cause");
        assert_eq!(cause.error_category, Some(ErrorCategory::RetryableError));
    }
    update(&client, enabling).await.expect("an update");
    fake.clock().advance(minutes(1));
    let good = datastore(&client, &id).await;
    assert_eq!(good.datastore_status, DatastoreStatus::Active);
    assert_eq!(good.datastore_name.as_deref(), Some("people"));
    assert_eq!(good.error_cause, None);

    fake.faults().add(Fault::FailLater.next(1));
    update(&client, to().build()).await.expect("an update");
    fake.clock().advance(minutes(1));
    delete(&client, &id)
        .await
        .expect("a failed one can be deleted");
}

#[tokio::test]
async fn updates_are_refused_where_they_make_no_sense() {
    let (_fake, client) = common::fake().await;
    let request = UpdateFhirDatastoreRequest::builder().datastore_id("nowhere");
    let error = update(&client, request.build()).await.expect_err("none");
    assert_eq!(error.code(), Some("ResourceNotFoundException"));

    let creating = create(&client, "patients").await;
    let to = || UpdateFhirDatastoreRequest::builder().datastore_id(&creating);
    let error = update(&client, to().build()).await.expect_err("too early");
    assert_eq!(error.code(), Some("ConflictException"));

    let (fake, client) = common::fake().await;
    let id = fake.add_datastore("patients");
    let to = || UpdateFhirDatastoreRequest::builder().datastore_id(&id);
    for request in [
        to().analytics_configuration(analytics(AnalyticsStatus::Enabling)),
        to().nlp_configuration(nlp(NlpStatus::Disabling)),
        to().nlp_configuration(nlp("AUTOMATIC".into())),
    ] {
        let error = update(&client, request.build()).await;
        let error = error.expect_err("no state to be wanted");
        assert_eq!(error.code(), Some("ValidationException"));
    }
}
