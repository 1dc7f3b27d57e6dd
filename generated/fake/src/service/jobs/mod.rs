//! Import, export and transformation jobs: what they have in common.

mod export;
mod import;
mod transformation;

use std::collections::HashMap;
use std::time::SystemTime;

use healthlake::{
    DateTime, JobStatus, OutputDataConfig, S3Configuration, ServiceError, SourceFormat,
    StartDataTransformationJobRequest, StartFhirExportJobRequest, StartFhirImportJobRequest,
};
use serde::Serialize;

use super::lifecycle::{Lifecycle, Outcome};
use super::page::Page;
use super::profiles::Conversion;
use super::workload::Workload;
use super::{Call, Service};
use crate::refusal::{internal, invalid, not_found};

/// A job of any kind.
#[derive(Debug)]
pub(super) struct Job {
    number: u64,
    id: String,
    lifecycle: Lifecycle,
    workload: Workload,
    order: Order,
    /// The rules that it converts by, if its input is not FHIR.
    conversion: Option<Conversion>,
}

/// The request that a job was started with.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Order {
    Import(StartFhirImportJobRequest),
    Export(StartFhirExportJobRequest),
    Transformation(StartDataTransformationJobRequest),
}

impl Order {
    fn token(&self) -> Option<&str> {
        match self {
            Self::Import(request) => request.client_token.as_deref(),
            Self::Export(request) => request.client_token.as_deref(),
            Self::Transformation(request) => Some(&request.client_token),
        }
    }

    fn job_name(&self) -> Option<&str> {
        match self {
            Self::Import(request) => request.job_name.as_deref(),
            Self::Export(request) => request.job_name.as_deref(),
            Self::Transformation(request) => request.job_name.as_deref(),
        }
    }

    /// The data store that the job loads or reads. A transformation has none.
    fn datastore_id(&self) -> Option<&str> {
        match self {
            Self::Import(request) => Some(&request.datastore_id),
            Self::Export(request) => Some(&request.datastore_id),
            Self::Transformation(_) => None,
        }
    }

    /// The profile to convert by, and the format that the input is said to have.
    fn profile(&self) -> Result<Option<(&str, Option<SourceFormat>)>, ServiceError> {
        match self {
            Self::Import(request) => match (&request.profile_id, &request.input_format) {
                (Some(profile), format) => {
                    Ok(Some((profile, format.as_deref().map(SourceFormat::from))))
                }
                (None, Some(_)) => Err(invalid("InputFormat goes with ProfileId")),
                (None, None) => Ok(None),
            },
            Self::Export(_) => Ok(None),
            Self::Transformation(request) => Ok(Some((
                &request.profile_id,
                request.input_data_config.source_format.clone(),
            ))),
        }
    }

    /// Returns whether anybody can cancel the job.
    fn can_be_canceled(&self) -> bool {
        !matches!(self, Self::Transformation(_))
    }
}

/// The ends of the jobs to come, where their names do not say.
#[derive(Debug, Default)]
pub(super) struct Outcomes(HashMap<String, Outcome>);

/// Conditions on the jobs in a list.
struct Filter<'a> {
    datastore_id: Option<&'a str>,
    name: Option<&'a str>,
    status: Option<&'a str>,
    submitted_before: Option<DateTime>,
    submitted_after: Option<DateTime>,
}

impl Filter<'_> {
    fn passes(&self, job: &Job, now: SystemTime) -> bool {
        let submitted = DateTime::from(job.lifecycle.submitted);
        job.order.datastore_id() == self.datastore_id
            && self
                .name
                .is_none_or(|name| job.order.job_name() == Some(name))
            && self
                .status
                .is_none_or(|status| job.lifecycle.at(now).status.as_str() == status)
            && self.submitted_before.is_none_or(|limit| submitted < limit)
            && self.submitted_after.is_none_or(|limit| submitted > limit)
    }
}

impl Service {
    /// From now on, jobs of this name end like this.
    pub(crate) fn set_outcome(&mut self, job_name: String, outcome: Outcome) {
        self.outcomes.0.insert(job_name, outcome);
    }

    /// Cancels a job, as somebody does in the console. Whether there is such a job, it can be canceled and had not ended.
    pub(crate) fn cancel_job(&mut self, job_id: &str) -> bool {
        let now = self.clock.now();
        let job = self.jobs.iter_mut().find(|job| job.id == job_id);
        job.is_some_and(|job| job.order.can_be_canceled() && job.lifecycle.cancel(now))
    }

    pub(super) fn has_unfinished_jobs(&self, datastore_id: &str, now: SystemTime) -> bool {
        self.jobs.iter().any(|job| {
            job.order.datastore_id() == Some(datastore_id) && job.lifecycle.at(now).ended.is_none()
        })
    }

    /// Starts a job, or finds the one that a request with the same token has started before: its id and status.
    fn start_job(
        &mut self,
        call: &Call<'_>,
        order: Order,
    ) -> Result<(String, JobStatus), ServiceError> {
        let token = order.token().map(str::to_owned);
        let id = self.once(call.operation, token, order, |service, order| {
            if let Some(datastore_id) = order.datastore_id() {
                service.active_datastore(datastore_id)?;
            }
            let conversion = match order.profile()? {
                Some((id, format)) => Some(service.conversion(id, format.as_ref())?),
                None => None,
            };
            Ok(service.add_job(order, conversion, call.fails_later))
        })?;
        let job = self.jobs.iter().find(|job| job.id == id);
        // Jobs are never forgotten.
        let job = job.ok_or_else(|| internal(format!("Job {id} was made and is not there")))?;
        Ok((id, job.lifecycle.at(self.clock.now()).status))
    }

    fn add_job(&mut self, order: Order, conversion: Option<Conversion>, fails: bool) -> String {
        let outcome = if fails {
            Outcome::Failed
        } else {
            self.outcome_of(&order)
        };
        let id = self.new_id();
        let job = Job {
            number: self.next_number(),
            id: id.clone(),
            lifecycle: Lifecycle::new(self.clock.now(), self.timing, outcome),
            workload: Workload::random(&mut self.random),
            order,
            conversion,
        };
        self.jobs.push(job);
        id
    }

    /// Returns how a job is to end, as somebody has said of its name, or as its name says.
    fn outcome_of(&self, order: &Order) -> Outcome {
        let name = order.job_name();
        let chosen = name.and_then(|name| self.outcomes.0.get(name).copied());
        match chosen.unwrap_or_else(|| Outcome::of_name(name)) {
            Outcome::Canceled | Outcome::CancelFailed if !order.can_be_canceled() => {
                Outcome::Completed
            }
            outcome => outcome,
        }
    }

    /// A job of the kind that `show` shows.
    fn describe_job<T>(
        &mut self,
        id: &str,
        datastore_id: Option<&str>,
        show: impl Fn(&Job, SystemTime) -> Option<T>,
    ) -> Result<T, ServiceError> {
        let now = self.clock.advance(self.step_per_describe);
        let found = self
            .jobs
            .iter()
            .find(|job| job.id == id && job.order.datastore_id() == datastore_id);
        found
            .and_then(|job| show(job, now))
            .ok_or_else(|| not_found(no_job(id, datastore_id)))
    }

    /// A page of the jobs of the kind that `show` shows, and the token of the next page.
    fn list_jobs<T>(
        &self,
        page: &Page,
        filter: &Filter<'_>,
        show: impl Fn(&Job, SystemTime) -> Option<T>,
    ) -> Result<(Vec<T>, Option<String>), ServiceError> {
        if let Some(datastore_id) = filter.datastore_id {
            self.datastore(datastore_id)?;
        }
        let now = self.clock.now();
        let passing = self.jobs.iter().filter(|job| filter.passes(job, now));
        Ok(page.of(passing.filter_map(|job| Some((job.number, show(job, now)?)))))
    }

    /// All jobs of the kind that `show` shows, oldest first.
    fn all_jobs<T>(&self, show: impl Fn(&Job, SystemTime) -> Option<T>) -> Vec<T> {
        let now = self.clock.now();
        self.jobs.iter().filter_map(|job| show(job, now)).collect()
    }
}

fn no_job(id: &str, datastore_id: Option<&str>) -> String {
    match datastore_id {
        Some(datastore_id) => format!("There is no job {id} in datastore {datastore_id}"),
        None => format!("There is no job {id}"),
    }
}

/// The folder that an import or export job makes at the place it was told to write to.
fn output_folder(config: &OutputDataConfig, kind: &str, job: &Job) -> OutputDataConfig {
    match config {
        OutputDataConfig::S3Configuration(place) => {
            let parent = place.s3_uri.trim_end_matches('/');
            let folder = format!(
                "{parent}/{}-FHIR_{kind}-{}/",
                job.order.datastore_id().unwrap_or_default(),
                job.id
            );
            let place = S3Configuration::builder()
                .s3_uri(folder)
                .kms_key_id(&place.kms_key_id);
            OutputDataConfig::S3Configuration(place.build())
        }
        unknown => unknown.clone(),
    }
}
