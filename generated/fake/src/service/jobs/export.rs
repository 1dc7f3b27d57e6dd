//! Export jobs.

use std::time::SystemTime;

use healthlake::{
    DateTime, DescribeFhirExportJobRequest, DescribeFhirExportJobResponse, ExportJobProperties,
    JobStatus, ListFhirExportJobsRequest, ListFhirExportJobsResponse, OutputDataConfig,
    ServiceError, StartFhirExportJobRequest, StartFhirExportJobResponse,
};

use super::super::Service;
use super::super::lifecycle::Stage;
use super::super::page::Page;
use super::{Filter, Job, lost_job, no_job, output_folder};

#[derive(Debug)]
pub(in crate::service) struct ExportJob {
    pub(super) job: Job,
    request: StartFhirExportJobRequest,
}

impl ExportJob {
    fn properties(&self, now: SystemTime) -> ExportJobProperties {
        let Job { lifecycle, .. } = &self.job;
        let stage = lifecycle.at(now);
        let output = output_folder(&self.request.output_data_config, "EXPORT", &self.job);
        ExportJobProperties::builder()
            .job_id(&self.job.id)
            .maybe_job_name(self.job.name.clone())
            .job_status(stage.status.clone())
            .submit_time(DateTime::from(lifecycle.submitted))
            .maybe_end_time(stage.ended.map(DateTime::from))
            .datastore_id(&self.job.datastore_id)
            .output_data_config(output)
            .data_access_role_arn(&self.job.role)
            .maybe_message(self.message(&stage))
            .build()
    }

    /// What the service says about how the job has ended.
    fn message(&self, stage: &Stage) -> Option<String> {
        match stage.status {
            JobStatus::CompletedWithErrors => {
                Some("Some resources could not be exported".to_owned())
            }
            JobStatus::Failed => Some(match &self.request.output_data_config {
                OutputDataConfig::S3Configuration(output) => {
                    format!(
                        "Access to {} was denied for role {}",
                        output.s3_uri, self.job.role
                    )
                }
                _ => "The output cannot be written".to_owned(),
            }),
            JobStatus::CancelFailed => Some("The job could not be canceled".to_owned()),
            _ => None,
        }
    }
}

impl Service {
    pub(in crate::service) fn start_export_job(
        &mut self,
        request: StartFhirExportJobRequest,
    ) -> Result<StartFhirExportJobResponse, ServiceError> {
        const OPERATION: &str = "StartFHIRExportJob";
        let token = request.client_token.as_deref();
        let id = match self.tokens.made_by(OPERATION, token, &request)? {
            Some(id) => id.to_owned(),
            None => {
                let name = request.job_name.as_deref();
                let role = &request.data_access_role_arn;
                let job = self.new_job(&request.datastore_id, name, role)?;
                let id = job.id.clone();
                self.tokens.remember(OPERATION, token, &request, &id);
                self.export_jobs.push(ExportJob { job, request });
                id
            }
        };
        let job = self.export_job(&id)?;
        Ok(StartFhirExportJobResponse::builder()
            .job_id(id)
            .job_status(job.lifecycle.at(self.clock.now()).status)
            .datastore_id(&job.datastore_id)
            .build())
    }

    pub(in crate::service) fn describe_export_job(
        &mut self,
        request: DescribeFhirExportJobRequest,
    ) -> Result<DescribeFhirExportJobResponse, ServiceError> {
        let now = self.clock.advance(self.step_per_describe);
        let found = self.export_jobs.iter().find(|export| {
            export.job.id == request.job_id && export.job.datastore_id == request.datastore_id
        });
        let export = found.ok_or_else(|| no_job(&request.job_id, &request.datastore_id))?;
        Ok(DescribeFhirExportJobResponse::builder()
            .export_job_properties(export.properties(now))
            .build())
    }

    pub(in crate::service) fn list_export_jobs(
        &mut self,
        mut request: ListFhirExportJobsRequest,
    ) -> Result<ListFhirExportJobsResponse, ServiceError> {
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
            .export_jobs
            .iter()
            .filter(|export| filter.passes(&export.job, now));
        let (jobs, next_token) =
            page.of(found.map(|export| (export.job.number, export.properties(now))));
        Ok(ListFhirExportJobsResponse::builder()
            .export_job_properties_list(jobs)
            .maybe_next_token(next_token)
            .build())
    }

    /// All export jobs, oldest first.
    pub(crate) fn export_jobs(&self) -> Vec<ExportJobProperties> {
        let now = self.clock.now();
        self.export_jobs
            .iter()
            .map(|export| export.properties(now))
            .collect()
    }

    fn export_job(&self, id: &str) -> Result<&Job, ServiceError> {
        let mut jobs = self.export_jobs.iter().map(|export| &export.job);
        jobs.find(|job| job.id == id).ok_or_else(|| lost_job(id))
    }
}
