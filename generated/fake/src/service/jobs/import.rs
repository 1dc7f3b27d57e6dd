//! Import jobs.

use std::time::SystemTime;

use healthlake::{
    DateTime, DescribeFhirImportJobRequest, DescribeFhirImportJobResponse, ImportJobProperties,
    InputDataConfig, JobStatus, ListFhirImportJobsRequest, ListFhirImportJobsResponse,
    ServiceError, StartFhirImportJobRequest, StartFhirImportJobResponse, ValidationLevel,
};

use super::super::lifecycle::Stage;
use super::super::page::Page;
use super::super::{Call, Service};
use super::{Filter, Job, Order, output_folder};

impl Job {
    /// The job as the service describes it, if it is an import.
    fn as_import(&self, now: SystemTime) -> Option<ImportJobProperties> {
        let Order::Import(request) = &self.order else {
            return None;
        };
        let stage = self.lifecycle.at(now);
        let output = output_folder(&request.job_output_data_config, "IMPORT", self);
        let level = request.validation_level.clone();
        let converts = self.conversion.is_some();
        let outcome = self.lifecycle.outcome;
        let progress = self.workload.report(&stage, outcome, converts);
        let properties = ImportJobProperties::builder()
            .job_id(&self.id)
            .maybe_job_name(request.job_name.clone())
            .job_status(stage.status.clone())
            .submit_time(DateTime::from(self.lifecycle.submitted))
            .maybe_end_time(stage.ended.map(DateTime::from))
            .datastore_id(&request.datastore_id)
            .input_data_config(request.input_data_config.clone())
            .job_output_data_config(output)
            .job_progress_report(progress)
            .data_access_role_arn(&request.data_access_role_arn)
            .maybe_message(self.import_message(request, &stage))
            .validation_level(level.unwrap_or(ValidationLevel::Strict))
            .build();
        Some(properties)
    }

    /// Returns what the service says about the end of the job.
    fn import_message(&self, request: &StartFhirImportJobRequest, stage: &Stage) -> Option<String> {
        let files = self.workload.files();
        match stage.status {
            JobStatus::CompletedWithErrors => {
                let bad = self.workload.bad_files(self.lifecycle.outcome);
                Some(format!(
                    "{bad} of {files} files hold resources that are not valid FHIR R4"
                ))
            }
            JobStatus::Failed => Some(match &request.input_data_config {
                InputDataConfig::S3Uri(input) => {
                    format!(
                        "Access to {input} was denied for role {}",
                        request.data_access_role_arn
                    )
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
        call: &Call<'_>,
        request: StartFhirImportJobRequest,
    ) -> Result<StartFhirImportJobResponse, ServiceError> {
        let datastore_id = request.datastore_id.clone();
        let (id, status) = self.start_job(call, Order::Import(request))?;
        Ok(StartFhirImportJobResponse::builder()
            .job_id(id)
            .job_status(status)
            .datastore_id(datastore_id)
            .build())
    }

    pub(in crate::service) fn describe_import_job(
        &mut self,
        request: DescribeFhirImportJobRequest,
    ) -> Result<DescribeFhirImportJobResponse, ServiceError> {
        let job =
            self.describe_job(&request.job_id, Some(&request.datastore_id), Job::as_import)?;
        Ok(DescribeFhirImportJobResponse::builder()
            .import_job_properties(job)
            .build())
    }

    pub(in crate::service) fn list_import_jobs(
        &mut self,
        mut request: ListFhirImportJobsRequest,
    ) -> Result<ListFhirImportJobsResponse, ServiceError> {
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let filter = Filter {
            datastore_id: Some(&request.datastore_id),
            name: request.job_name.as_deref(),
            status: request.job_status.as_ref().map(JobStatus::as_str),
            submitted_before: request.submitted_before,
            submitted_after: request.submitted_after,
        };
        let (jobs, next_token) = self.list_jobs(&page, &filter, Job::as_import)?;
        Ok(ListFhirImportJobsResponse::builder()
            .import_job_properties_list(jobs)
            .maybe_next_token(next_token)
            .build())
    }

    /// All import jobs, oldest first.
    pub(crate) fn import_jobs(&self) -> Vec<ImportJobProperties> {
        self.all_jobs(Job::as_import)
    }
}
