//! New data stores, empty ones and ones from backups.

use std::time::SystemTime;

use healthlake::{
    CmkType, CreateFhirDatastoreRequest, CreateFhirDatastoreResponse, DateTime,
    KmsEncryptionConfig, RestoreConfiguration, RestoreFhirDatastoreRequest,
    RestoreFhirDatastoreResponse, ServiceError, SseConfiguration,
};

use super::super::{Call, Service, arn, partition};
use super::{Backups, Datastore, DatastoreStatus, FAILS, Settings};
use crate::Timing;
use crate::refusal::{conflict, invalid};

/// Returns the request that creates what another one restores from a data store.
fn restored(
    request: RestoreFhirDatastoreRequest,
    source: &Datastore,
) -> CreateFhirDatastoreRequest {
    let mut tags = request.tags.unwrap_or_default();
    if source.backups.hold_tags() {
        let of_source = source.tags.iter();
        let others = of_source.filter(|tag| tags.iter().all(|new| new.key != tag.key));
        let others: Vec<_> = others.cloned().collect();
        tags.extend(others);
    }
    CreateFhirDatastoreRequest::builder()
        .datastore_type_version(source.type_version.clone())
        .maybe_datastore_name(request.datastore_name)
        .maybe_sse_configuration(request.sse_configuration)
        .tags(tags)
        .maybe_identity_provider_configuration(request.identity_provider_configuration)
        .maybe_analytics_configuration(request.analytics_configuration)
        .maybe_nlp_configuration(request.nlp_configuration)
        .maybe_profile_configuration(request.profile_configuration)
        .build()
}

/// The encryption of a data store whose creator asks for none.
fn owned_by_aws() -> SseConfiguration {
    let encryption = KmsEncryptionConfig::builder()
        .cmk_type(CmkType::AoCmk)
        .build();
    SseConfiguration::builder()
        .kms_encryption_config(encryption)
        .build()
}

impl Service {
    pub(in crate::service) fn create_datastore(
        &mut self,
        call: &Call<'_>,
        request: CreateFhirDatastoreRequest,
    ) -> Result<CreateFhirDatastoreResponse, ServiceError> {
        let token = request.client_token.clone();
        let id = self.once(call.operation, token, request, |service, request| {
            let created = service.clock.now();
            service.add_datastore(call.region, request, created, call.fails_later)
        })?;
        let datastore = self.datastore(&id)?;
        Ok(CreateFhirDatastoreResponse::builder()
            .datastore_id(&datastore.id)
            .datastore_arn(&datastore.arn)
            .datastore_status(datastore.status(self.clock.now(), &self.timing))
            .datastore_endpoint(&datastore.endpoint)
            .build())
    }

    pub(in crate::service) fn restore_datastore(
        &mut self,
        call: &Call<'_>,
        request: RestoreFhirDatastoreRequest,
    ) -> Result<RestoreFhirDatastoreResponse, ServiceError> {
        let token = request.client_token.clone();
        let id = self.once(call.operation, token, request, |service, request| {
            let now = service.clock.now();
            let source = service.datastore(&request.source_datastore_id)?;
            source.check_restore(&request.restore_configuration, now, &service.timing)?;
            let request = restored(request, source);
            service.add_datastore(call.region, request, now, call.fails_later)
        })?;
        let datastore = self.datastore(&id)?;
        Ok(RestoreFhirDatastoreResponse::builder()
            .datastore_id(&datastore.id)
            .datastore_arn(&datastore.arn)
            .datastore_status(datastore.status(self.clock.now(), &self.timing))
            .datastore_endpoint(&datastore.endpoint)
            .build())
    }

    /// An active data store, without waiting for it: its id.
    pub(crate) fn add_active_datastore(
        &mut self,
        region: &str,
        request: CreateFhirDatastoreRequest,
    ) -> Result<String, ServiceError> {
        let created = self.clock.now() - self.timing.creating;
        self.add_datastore(region, request, created, false)
    }

    fn add_datastore(
        &mut self,
        region: &str,
        request: CreateFhirDatastoreRequest,
        created: SystemTime,
        fails: bool,
    ) -> Result<String, ServiceError> {
        let name = request.datastore_name.as_deref();
        let creation_fails = fails || name.is_some_and(|name| name.starts_with(FAILS));
        let settings = Settings::new(
            request.datastore_name,
            request.identity_provider_configuration,
            request.analytics_configuration,
            request.nlp_configuration,
            request.profile_configuration,
        )?;
        let (_, domain) = partition(region);
        let id = self.new_id();
        let number = self.next_number();
        self.datastores.push(Datastore {
            number,
            arn: arn(region, &format!("datastore/fhir/{id}")),
            endpoint: format!("https://healthlake.{region}.{domain}/datastore/{id}/r4/"),
            created,
            creation_fails,
            deleted: None,
            type_version: request.datastore_type_version,
            encryption: request.sse_configuration.unwrap_or_else(owned_by_aws),
            preload: request.preload_data_config,
            tags: request.tags.unwrap_or_default(),
            settings,
            update: None,
            backups: Backups::new(request.backup_configuration, created),
            id: id.clone(),
        });
        Ok(id)
    }
}

impl Datastore {
    /// Checks that a new data store can be made from backups of this one.
    fn check_restore(
        &self,
        from: &RestoreConfiguration,
        now: SystemTime,
        timing: &Timing,
    ) -> Result<(), ServiceError> {
        let id = &self.id;
        let status = self.status(now, timing);
        if let DatastoreStatus::Creating | DatastoreStatus::CreateFailed = status {
            return Err(conflict(format!("Datastore {id} is {status}")));
        }
        let window = self.backups.restore_window(now);
        let (earliest, latest) =
            window.ok_or_else(|| conflict(format!("Datastore {id} has no backups")))?;
        let RestoreConfiguration::ContinuousBackupRestoreConfiguration(from) = from else {
            return Err(invalid(
                "RestoreConfiguration is not ContinuousBackupRestoreConfiguration",
            ));
        };
        let point: DateTime = from.restore_point_time.unwrap_or(latest);
        if point < earliest || point > latest {
            return Err(invalid(format!(
                "RestorePointTime {point} is not between {earliest} and {latest}"
            )));
        }
        Ok(())
    }
}
