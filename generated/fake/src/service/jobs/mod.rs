//! Import and export jobs: what they have in common.

mod export;
mod import;

use std::collections::HashMap;
use std::time::SystemTime;

use healthlake::{
    DateTime, JobStatus, OutputDataConfig, S3Configuration, ServiceError,
    StartFhirExportJobRequest, StartFhirImportJobRequest,
};

use serde_json::Value;

use super::Service;
use super::lifecycle::{Lifecycle, Outcome};
use super::page::Page;
use super::workload::Workload;
use crate::refusal::{internal, not_found};

/// A job of either kind.
#[derive(Debug)]
pub(super) struct Job {
    number: u64,
    id: String,
    lifecycle: Lifecycle,
    workload: Workload,
    order: Order,
}

/// The request that a job was started with.
#[derive(Debug)]
enum Order {
    Import(StartFhirImportJobRequest),
    Export(StartFhirExportJobRequest),
}

impl Order {
    fn operation(&self) -> &'static str {
        match self {
            Self::Import(_) => "StartFHIRImportJob",
            Self::Export(_) => "StartFHIRExportJob",
        }
    }

    /// The request as it came.
    fn to_json(&self) -> Value {
        let request = match self {
            Self::Import(request) => serde_json::to_value(request),
            Self::Export(request) => serde_json::to_value(request),
        };
        request.unwrap_or_default()
    }

    fn token(&self) -> Option<&str> {
        match self {
            Self::Import(request) => request.client_token.as_deref(),
            Self::Export(request) => request.client_token.as_deref(),
        }
    }

    fn job_name(&self) -> Option<&str> {
        match self {
            Self::Import(request) => request.job_name.as_deref(),
            Self::Export(request) => request.job_name.as_deref(),
        }
    }

    fn datastore_id(&self) -> &str {
        match self {
            Self::Import(request) => &request.datastore_id,
            Self::Export(request) => &request.datastore_id,
        }
    }
}

/// What the jobs to come are to end as, where their names do not say.
#[derive(Debug, Default)]
pub(super) struct Outcomes(HashMap<String, Outcome>);

/// What a list of jobs is to hold.
struct Filter<'a> {
    datastore_id: &'a str,
    name: Option<&'a str>,
    status: Option<&'a JobStatus>,
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
                .is_none_or(|status| job.lifecycle.at(now).status == *status)
            && self.submitted_before.is_none_or(|limit| submitted < limit)
            && self.submitted_after.is_none_or(|limit| submitted > limit)
    }
}

impl Service {
    /// From now on, jobs of this name end like this.
    pub(crate) fn set_outcome(&mut self, job_name: String, outcome: Outcome) {
        self.outcomes.0.insert(job_name, outcome);
    }

    /// Cancels a job, as somebody does in the console. Whether there is such a job and it had not ended.
    pub(crate) fn cancel_job(&mut self, job_id: &str) -> bool {
        let now = self.clock.now();
        let job = self.jobs.iter_mut().find(|job| job.id == job_id);
        job.is_some_and(|job| job.lifecycle.cancel(now))
    }

    pub(super) fn has_unfinished_jobs(&self, datastore_id: &str, now: SystemTime) -> bool {
        self.jobs.iter().any(|job| {
            job.order.datastore_id() == datastore_id && job.lifecycle.at(now).ended.is_none()
        })
    }

    /// Starts a job, or finds the one that a request with the same token has started before: its id and status.
    fn start_job(&mut self, order: Order) -> Result<(String, JobStatus), ServiceError> {
        let (operation, token, request) = (order.operation(), order.token(), order.to_json());
        let id = match self.tokens.made_by(operation, token, &request)? {
            Some(id) => id.to_owned(),
            None => {
                self.active_datastore(order.datastore_id())?;
                let id = self.new_id();
                self.tokens.remember(operation, token, &request, &id);
                self.add_job(id.clone(), order);
                id
            }
        };
        let job = self.jobs.iter().find(|job| job.id == id);
        // Jobs are never forgotten.
        let job = job.ok_or_else(|| internal(format!("Job {id} was made and is not there")))?;
        Ok((id, job.lifecycle.at(self.clock.now()).status))
    }

    fn add_job(&mut self, id: String, order: Order) {
        let name = order.job_name();
        let chosen = name.and_then(|name| self.outcomes.0.get(name).copied());
        let outcome = chosen.unwrap_or_else(|| Outcome::of_name(name));
        let job = Job {
            number: self.next_number(),
            id,
            lifecycle: Lifecycle::new(self.clock.now(), self.timing, outcome),
            workload: Workload::random(&mut self.random),
            order,
        };
        self.jobs.push(job);
    }

    /// A job of the kind that `show` shows.
    fn describe_job<T>(
        &mut self,
        id: &str,
        datastore_id: &str,
        show: impl Fn(&Job, SystemTime) -> Option<T>,
    ) -> Result<T, ServiceError> {
        let now = self.clock.advance(self.step_per_describe);
        let found = self
            .jobs
            .iter()
            .find(|job| job.id == id && job.order.datastore_id() == datastore_id);
        found
            .and_then(|job| show(job, now))
            .ok_or_else(|| not_found(format!("There is no job {id} in datastore {datastore_id}")))
    }

    /// A page of the jobs of the kind that `show` shows, and the token of the next page.
    fn list_jobs<T>(
        &self,
        page: &Page,
        filter: &Filter<'_>,
        show: impl Fn(&Job, SystemTime) -> Option<T>,
    ) -> Result<(Vec<T>, Option<String>), ServiceError> {
        self.datastore(filter.datastore_id)?;
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

/// The folder that a job makes at the place it was told to write to.
fn output_folder(config: &OutputDataConfig, kind: &str, job: &Job) -> OutputDataConfig {
    match config {
        OutputDataConfig::S3Configuration(place) => {
            let parent = place.s3_uri.trim_end_matches('/');
            let folder = format!(
                "{parent}/{}-FHIR_{kind}-{}/",
                job.order.datastore_id(),
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
