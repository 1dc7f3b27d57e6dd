//! Import and export jobs: what they have in common.

mod export;
mod import;

use std::collections::HashMap;
use std::time::SystemTime;

use healthlake::{DateTime, JobStatus, OutputDataConfig, S3Configuration, ServiceError};

pub(super) use self::export::ExportJob;
pub(super) use self::import::ImportJob;

use super::Service;
use super::lifecycle::{Lifecycle, Outcome};
use crate::refusal::{internal, not_found};

/// What every job has.
#[derive(Debug)]
pub(super) struct Job {
    number: u64,
    id: String,
    name: Option<String>,
    datastore_id: String,
    role: String,
    lifecycle: Lifecycle,
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
        job.datastore_id == self.datastore_id
            && self
                .name
                .is_none_or(|name| job.name.as_deref() == Some(name))
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
        let imports = self.import_jobs.iter_mut().map(|import| &mut import.job);
        let exports = self.export_jobs.iter_mut().map(|export| &mut export.job);
        let mut jobs = imports.chain(exports);
        let job = jobs.find(|job| job.id == job_id);
        job.is_some_and(|job| job.lifecycle.cancel(now))
    }

    pub(super) fn has_unfinished_jobs(&self, datastore_id: &str, now: SystemTime) -> bool {
        let imports = self.import_jobs.iter().map(|import| &import.job);
        let mut jobs = imports.chain(self.export_jobs.iter().map(|export| &export.job));
        jobs.any(|job| job.datastore_id == datastore_id && job.lifecycle.at(now).ended.is_none())
    }

    /// A new job, if its data store takes one.
    fn new_job(
        &mut self,
        datastore_id: &str,
        name: Option<&str>,
        role: &str,
    ) -> Result<Job, ServiceError> {
        self.active_datastore(datastore_id)?;
        let chosen = name.and_then(|name| self.outcomes.0.get(name).copied());
        let outcome = chosen.unwrap_or_else(|| Outcome::of_name(name));
        Ok(Job {
            number: self.next_number(),
            id: self.new_id(),
            name: name.map(str::to_owned),
            datastore_id: datastore_id.to_owned(),
            role: role.to_owned(),
            lifecycle: Lifecycle::new(self.clock.now(), self.timing, outcome),
        })
    }
}

fn no_job(id: &str, datastore_id: &str) -> ServiceError {
    not_found(format!("There is no job {id} in datastore {datastore_id}"))
}

/// Jobs are never forgotten, so one that has been made is there.
fn lost_job(id: &str) -> ServiceError {
    internal(format!("Job {id} was made and is not there"))
}

/// The folder that a job makes at the place it was told to write to.
fn output_folder(config: &OutputDataConfig, kind: &str, job: &Job) -> OutputDataConfig {
    match config {
        OutputDataConfig::S3Configuration(place) => {
            let parent = place.s3_uri.trim_end_matches('/');
            let folder = format!("{parent}/{}-FHIR_{kind}-{}/", job.datastore_id, job.id);
            let place = S3Configuration::builder()
                .s3_uri(folder)
                .kms_key_id(&place.kms_key_id);
            OutputDataConfig::S3Configuration(place.build())
        }
        unknown => unknown.clone(),
    }
}
