//! Data stores: `CREATING`, `ACTIVE` (or `CREATE_FAILED`), `UPDATING` now and then (or `UPDATE_FAILED`), `DELETING`, `DELETED`.

mod backups;
mod create;
mod settings;

use std::time::SystemTime;

use healthlake::{
    DatastoreFilter, DatastoreProperties, DatastoreStatus, DateTime, DeleteFhirDatastoreRequest,
    DeleteFhirDatastoreResponse, DescribeFhirDatastoreRequest, DescribeFhirDatastoreResponse,
    ErrorCategory, ErrorCause, FhirVersion, ListFhirDatastoresRequest, ListFhirDatastoresResponse,
    PreloadDataConfig, ServiceError, SseConfiguration, Tag,
};

use self::backups::Backups;
use self::settings::{Settings, Update, UpdatePhase};
use super::Service;
use super::page::Page;
use crate::Timing;
use crate::refusal::{conflict, invalid, not_found};

/// A data store whose name starts so cannot be created, and no data store can be renamed so.
const FAILS: &str = "fail-";

#[derive(Debug)]
pub(super) struct Datastore {
    number: u64,
    pub(super) id: String,
    pub(super) arn: String,
    endpoint: String,
    pub(super) tags: Vec<Tag>,
    created: SystemTime,
    creation_fails: bool,
    deleted: Option<SystemTime>,
    type_version: FhirVersion,
    encryption: SseConfiguration,
    preload: Option<PreloadDataConfig>,
    settings: Settings,
    update: Option<Update>,
    backups: Backups,
}

impl Datastore {
    pub(super) fn status(&self, now: SystemTime, timing: &Timing) -> DatastoreStatus {
        match self.deleted {
            Some(deleted) if now >= deleted + timing.deleting => DatastoreStatus::Deleted,
            Some(_) => DatastoreStatus::Deleting,
            None if now < self.created + timing.creating => DatastoreStatus::Creating,
            None if self.creation_fails => DatastoreStatus::CreateFailed,
            None => match self.update_phase(now, timing) {
                Some(UpdatePhase::UnderWay) => DatastoreStatus::Updating,
                Some(UpdatePhase::Failed) => DatastoreStatus::UpdateFailed,
                Some(UpdatePhase::Done) | None => DatastoreStatus::Active,
            },
        }
    }

    fn properties(&self, now: SystemTime, timing: &Timing) -> DatastoreProperties {
        let status = self.status(now, timing);
        let error_cause = error_cause(&status);
        let switches = self.switches(now, timing);
        DatastoreProperties::builder()
            .datastore_id(&self.id)
            .datastore_arn(&self.arn)
            .maybe_datastore_name(self.settings.name.clone())
            .datastore_status(status)
            .created_at(DateTime::from(self.created))
            .datastore_type_version(self.type_version.clone())
            .datastore_endpoint(&self.endpoint)
            .sse_configuration(self.encryption.clone())
            .maybe_preload_data_config(self.preload.clone())
            .identity_provider_configuration(self.settings.identity_provider.clone())
            .maybe_error_cause(error_cause)
            .nlp_configuration(switches.nlp())
            .analytics_configuration(switches.analytics())
            .maybe_profile_configuration(self.settings.fhir_profiles.clone())
            .backup_status_info(self.backups.status(now))
            .build()
    }
}

/// The cause of a state in which no data store should be.
fn error_cause(status: &DatastoreStatus) -> Option<ErrorCause> {
    let (message, category) = match status {
        DatastoreStatus::CreateFailed => (
            "The KMS key cannot be used for this data store",
            ErrorCategory::NonRetryableError,
        ),
        DatastoreStatus::UpdateFailed => (
            "The settings could not be changed, and are as they were",
            ErrorCategory::RetryableError,
        ),
        _ => return None,
    };
    let cause = ErrorCause::builder()
        .error_message(message)
        .error_category(category);
    Some(cause.build())
}

impl Service {
    pub(super) fn delete_datastore(
        &mut self,
        request: DeleteFhirDatastoreRequest,
    ) -> Result<DeleteFhirDatastoreResponse, ServiceError> {
        let (now, timing) = (self.clock.now(), self.timing);
        let id = &request.datastore_id;
        let busy = self.has_unfinished_jobs(id, now);
        let datastore = self.datastore_mut(id)?;
        match datastore.status(now, &timing) {
            DatastoreStatus::Active if busy => {
                return Err(conflict(format!(
                    "Datastore {id} has jobs that have not ended"
                )));
            }
            DatastoreStatus::Active
            | DatastoreStatus::CreateFailed
            | DatastoreStatus::UpdateFailed => {
                datastore.deleted = Some(now);
                datastore.backups.end(now);
            }
            status => return Err(conflict(format!("Datastore {id} is {status}"))),
        }
        Ok(DeleteFhirDatastoreResponse::builder()
            .datastore_id(&datastore.id)
            .datastore_arn(&datastore.arn)
            .datastore_status(datastore.status(now, &timing))
            .datastore_endpoint(&datastore.endpoint)
            .build())
    }

    pub(super) fn describe_datastore(
        &mut self,
        request: DescribeFhirDatastoreRequest,
    ) -> Result<DescribeFhirDatastoreResponse, ServiceError> {
        let now = self.clock.advance(self.step_per_describe);
        let datastore = self.datastore(&request.datastore_id)?;
        Ok(DescribeFhirDatastoreResponse::builder()
            .datastore_properties(datastore.properties(now, &self.timing))
            .build())
    }

    pub(super) fn list_datastores(
        &mut self,
        request: ListFhirDatastoresRequest,
    ) -> Result<ListFhirDatastoresResponse, ServiceError> {
        let now = self.clock.now();
        let filter = request.filter.as_ref();
        let token = request.next_token.as_deref();
        let page = Page::asked_for(&filter, token, request.max_results)?;
        let all = self.datastores.iter();
        let found = all
            .map(|datastore| (datastore.number, datastore.properties(now, &self.timing)))
            .filter(|(_, datastore)| filter.is_none_or(|filter| passes(datastore, filter)));
        let (datastores, next_token) = page.of(found);
        Ok(ListFhirDatastoresResponse::builder()
            .datastore_properties_list(datastores)
            .maybe_next_token(next_token)
            .build())
    }

    /// A data store in which jobs can be started.
    pub(super) fn active_datastore(&self, id: &str) -> Result<&Datastore, ServiceError> {
        let datastore = self.datastore(id)?;
        match datastore.status(self.clock.now(), &self.timing) {
            DatastoreStatus::Active => Ok(datastore),
            status => Err(invalid(format!(
                "Datastore {id} is {status} and not ACTIVE"
            ))),
        }
    }

    pub(super) fn datastore(&self, id: &str) -> Result<&Datastore, ServiceError> {
        let found = self.datastores.iter().find(|datastore| datastore.id == id);
        found.ok_or_else(|| no_datastore(id))
    }

    fn datastore_mut(&mut self, id: &str) -> Result<&mut Datastore, ServiceError> {
        let mut all = self.datastores.iter_mut();
        all.find(|datastore| datastore.id == id)
            .ok_or_else(|| no_datastore(id))
    }
}

fn no_datastore(id: &str) -> ServiceError {
    not_found(format!("There is no datastore {id}"))
}

fn passes(datastore: &DatastoreProperties, filter: &DatastoreFilter) -> bool {
    let named =
        filter.datastore_name.is_none() || filter.datastore_name == datastore.datastore_name;
    let status = filter.datastore_status.as_ref();
    let created = datastore.created_at;
    named
        && status.is_none_or(|status| *status == datastore.datastore_status)
        && filter
            .created_before
            .is_none_or(|limit| created.is_some_and(|created| created < limit))
        && filter
            .created_after
            .is_none_or(|limit| created.is_some_and(|created| created > limit))
}
