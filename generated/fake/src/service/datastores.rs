//! Data stores: `CREATING`, `ACTIVE` (or `CREATE_FAILED`), `DELETING`, `DELETED`.

use std::time::SystemTime;

use healthlake::{
    CmkType, CreateFhirDatastoreRequest, CreateFhirDatastoreResponse, DatastoreFilter,
    DatastoreProperties, DatastoreStatus, DateTime, DeleteFhirDatastoreRequest,
    DeleteFhirDatastoreResponse, DescribeFhirDatastoreRequest, DescribeFhirDatastoreResponse,
    ErrorCategory, ErrorCause, KmsEncryptionConfig, ListFhirDatastoresRequest,
    ListFhirDatastoresResponse, ServiceError, SseConfiguration, Tag,
};

use super::page::Page;
use super::{ACCOUNT, Service};
use crate::Timing;
use crate::refusal::{conflict, invalid, not_found};

/// A data store whose name starts so cannot be created.
const FAILS: &str = "fail-";

#[derive(Debug)]
pub(super) struct Datastore {
    number: u64,
    pub(super) id: String,
    pub(super) arn: String,
    endpoint: String,
    pub(super) tags: Vec<Tag>,
    created: SystemTime,
    deleted: Option<SystemTime>,
    request: CreateFhirDatastoreRequest,
}

impl Datastore {
    fn fails(&self) -> bool {
        let name = self.request.datastore_name.as_deref();
        name.is_some_and(|name| name.starts_with(FAILS))
    }

    pub(super) fn status(&self, now: SystemTime, timing: &Timing) -> DatastoreStatus {
        match self.deleted {
            Some(deleted) if now >= deleted + timing.deleting => DatastoreStatus::Deleted,
            Some(_) => DatastoreStatus::Deleting,
            None if now < self.created + timing.creating => DatastoreStatus::Creating,
            None if self.fails() => DatastoreStatus::CreateFailed,
            None => DatastoreStatus::Active,
        }
    }

    fn properties(&self, now: SystemTime, timing: &Timing) -> DatastoreProperties {
        let status = self.status(now, timing);
        let error_cause = (status == DatastoreStatus::CreateFailed).then(|| {
            ErrorCause::builder()
                .error_message("The KMS key cannot be used for this data store")
                .error_category(ErrorCategory::NonRetryableError)
                .build()
        });
        let encryption = self.request.sse_configuration.clone();
        DatastoreProperties::builder()
            .datastore_id(&self.id)
            .datastore_arn(&self.arn)
            .maybe_datastore_name(self.request.datastore_name.clone())
            .datastore_status(status)
            .created_at(DateTime::from(self.created))
            .datastore_type_version(self.request.datastore_type_version.clone())
            .datastore_endpoint(&self.endpoint)
            .sse_configuration(encryption.unwrap_or_else(owned_by_aws))
            .maybe_preload_data_config(self.request.preload_data_config.clone())
            .maybe_identity_provider_configuration(
                self.request.identity_provider_configuration.clone(),
            )
            .maybe_error_cause(error_cause)
            .build()
    }
}

/// How a data store is encrypted if its creator does not say.
fn owned_by_aws() -> SseConfiguration {
    let encryption = KmsEncryptionConfig::builder()
        .cmk_type(CmkType::AoCmk)
        .build();
    SseConfiguration::builder()
        .kms_encryption_config(encryption)
        .build()
}

impl Service {
    pub(super) fn create_datastore(
        &mut self,
        region: &str,
        request: CreateFhirDatastoreRequest,
    ) -> Result<CreateFhirDatastoreResponse, ServiceError> {
        const OPERATION: &str = "CreateFHIRDatastore";
        let token = request.client_token.as_deref();
        let id = match self.tokens.made_by(OPERATION, token, &request)? {
            Some(id) => id.to_owned(),
            None => {
                let id = self.new_id();
                self.tokens.remember(OPERATION, token, &request, &id);
                self.add_datastore(region, &id, request, self.clock.now());
                id
            }
        };
        let datastore = self.datastore(&id)?;
        Ok(CreateFhirDatastoreResponse::builder()
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
    ) -> String {
        let id = self.new_id();
        let created = self.clock.now() - self.timing.creating;
        self.add_datastore(region, &id, request, created);
        id
    }

    fn add_datastore(
        &mut self,
        region: &str,
        id: &str,
        request: CreateFhirDatastoreRequest,
        created: SystemTime,
    ) {
        let (partition, domain) = match region.split('-').next() {
            Some("cn") => ("aws-cn", "amazonaws.com.cn"),
            _ if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
            _ => ("aws", "amazonaws.com"),
        };
        let number = self.next_number();
        self.datastores.push(Datastore {
            number,
            id: id.to_owned(),
            arn: format!("arn:{partition}:healthlake:{region}:{ACCOUNT}:datastore/fhir/{id}"),
            endpoint: format!("https://healthlake.{region}.{domain}/datastore/{id}/r4/"),
            tags: request.tags.clone().unwrap_or_default(),
            created,
            deleted: None,
            request,
        });
    }

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
            DatastoreStatus::Active | DatastoreStatus::CreateFailed => {
                datastore.deleted = Some(now);
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

    pub(super) fn datastore_of_arn(&mut self, arn: &str) -> Result<&mut Datastore, ServiceError> {
        let mut all = self.datastores.iter_mut();
        let found = all.find(|datastore| datastore.arn == arn);
        found.ok_or_else(|| not_found(format!("There is no resource {arn}")))
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
