//! Import jobs.

use std::time::SystemTime;

use healthlake::{
    DateTime, DescribeFhirImportJobRequest, DescribeFhirImportJobResponse, ImportJobProperties,
    InputDataConfig, JobStatus, ListFhirImportJobsRequest, ListFhirImportJobsResponse,
    ServiceError, StartFhirImportJobRequest, StartFhirImportJobResponse, ValidationLevel,
};

use super::super::Service;
use super::super::lifecycle::Stage;
use super::super::page::Page;
use super::super::workload::Workload;
use super::{Filter, Job, lost_job, no_job, output_folder};

#[derive(Debug)]
pub(in crate::service) struct ImportJob {
    pub(super) job: Job,
    request: StartFhirImportJobRequest,
    workload: Workload,
}

impl ImportJob {
    fn properties(&self, now: SystemTime) -> ImportJobProperties {
        let Job { lifecycle, .. } = &self.job;
        let stage = lifecycle.at(now);
        let output = output_folder(&self.request.job_output_data_config, "IMPORT", &self.job);
        let level = self.request.validation_level.clone();
        ImportJobProperties::builder()
            .job_id(&self.job.id)
            .maybe_job_name(self.job.name.clone())
            .job_status(stage.status.clone())
            .submit_time(DateTime::from(lifecycle.submitted))
            .maybe_end_time(stage.ended.map(DateTime::from))
            .datastore_id(&self.job.datastore_id)
            .input_data_config(self.request.input_data_config.clone())
            .job_output_data_config(output)
            .job_progress_report(self.workload.report(&stage, lifecycle.outcome))
            .data_access_role_arn(&self.job.role)
            .maybe_message(self.message(&stage))
            .validation_level(level.unwrap_or(ValidationLevel::Strict))
            .build()
    }

    /// What the service says about how the job has ended.
    fn message(&self, stage: &Stage) -> Option<String> {
        let files = self.workload.files();
        match stage.status {
            JobStatus::CompletedWithErrors => {
                let bad = self.workload.bad_files(self.job.lifecycle.outcome);
                Some(format!(
                    "{bad} of {files} files hold resources that are not valid FHIR R4"
                ))
            }
            JobStatus::Failed => Some(match &self.request.input_data_config {
                InputDataConfig::S3Uri(input) => {
                    format!("Access to {input} was denied for role {}", self.job.role)
                }
                _ => "The input cannot be read".to_owned(),
            }),
            JobStatus::CancelFailed => Some("The job could not be canceled".to_owned()),
            _ => None,
        }
    }
}

impl Service {
    pub(in crate::service) fn start_import_job(
        &mut self,
        request: StartFhirImportJobRequest,
    ) -> Result<StartFhirImportJobResponse, ServiceError> {
        const OPERATION: &str = "StartFHIRImportJob";
        let token = request.client_token.as_deref();
        let id = match self.tokens.made_by(OPERATION, token, &request)? {
            Some(id) => id.to_owned(),
            None => {
                let name = request.job_name.as_deref();
                let role = &request.data_access_role_arn;
                let job = self.new_job(&request.datastore_id, name, role)?;
                let id = job.id.clone();
                self.tokens.remember(OPERATION, token, &request, &id);
                let workload = Workload::random(&mut self.random);
                self.import_jobs.push(ImportJob {
                    job,
                    request,
                    workload,
                });
                id
            }
        };
        let job = self.import_job(&id)?;
        Ok(StartFhirImportJobResponse::builder()
            .job_id(id)
            .job_status(job.lifecycle.at(self.clock.now()).status)
            .datastore_id(&job.datastore_id)
            .build())
    }

    pub(in crate::service) fn describe_import_job(
        &mut self,
        request: DescribeFhirImportJobRequest,
    ) -> Result<DescribeFhirImportJobResponse, ServiceError> {
        let now = self.clock.advance(self.step_per_describe);
        let found = self.import_jobs.iter().find(|import| {
            import.job.id == request.job_id && import.job.datastore_id == request.datastore_id
        });
        let import = found.ok_or_else(|| no_job(&request.job_id, &request.datastore_id))?;
        Ok(DescribeFhirImportJobResponse::builder()
            .import_job_properties(import.properties(now))
            .build())
    }

    pub(in crate::service) fn list_import_jobs(
        &mut self,
        mut request: ListFhirImportJobsRequest,
    ) -> Result<ListFhirImportJobsResponse, ServiceError> {
        self.datastore(&request.datastore_id)?;
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let filter = Filter {
            datastore_id: &request.datastore_id,
            name: request.job_name.as_deref(),
            status: request.job_status.as_ref(),
            submitted_before: request.submitted_before,
            submitted_after: request.submitted_after,
        };
        let now = self.clock.now();
        let found = self
            .import_jobs
            .iter()
            .filter(|import| filter.passes(&import.job, now));
        let (jobs, next_token) =
            page.of(found.map(|import| (import.job.number, import.properties(now))));
        Ok(ListFhirImportJobsResponse::builder()
            .import_job_properties_list(jobs)
            .maybe_next_token(next_token)
            .build())
    }

    /// All import jobs, oldest first.
    pub(crate) fn import_jobs(&self) -> Vec<ImportJobProperties> {
        let now = self.clock.now();
        self.import_jobs
            .iter()
            .map(|import| import.properties(now))
            .collect()
    }

    fn import_job(&self, id: &str) -> Result<&Job, ServiceError> {
        let mut jobs = self.import_jobs.iter().map(|import| &import.job);
        jobs.find(|job| job.id == id).ok_or_else(|| lost_job(id))
    }
}
