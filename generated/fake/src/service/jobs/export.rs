//! Export jobs.

use std::time::SystemTime;

use healthlake::{
    DateTime, DescribeFhirExportJobRequest, DescribeFhirExportJobResponse, ExportJobProperties,
    JobStatus, ListFhirExportJobsRequest, ListFhirExportJobsResponse, OutputDataConfig,
    ServiceError, StartFhirExportJobRequest, StartFhirExportJobResponse,
};

use super::super::lifecycle::Stage;
use super::super::page::Page;
use super::super::{Call, Service};
use super::{Filter, Job, Order, output_folder};

impl Job {
    /// The job as the service describes it, if it is an export.
    fn as_export(&self, now: SystemTime) -> Option<ExportJobProperties> {
        let Order::Export(request) = &self.order else {
            return None;
        };
        let stage = self.lifecycle.at(now);
        let output = output_folder(&request.output_data_config, "EXPORT", self);
        let properties = ExportJobProperties::builder()
            .job_id(&self.id)
            .maybe_job_name(request.job_name.clone())
            .job_status(stage.status.clone())
            .submit_time(DateTime::from(self.lifecycle.submitted))
            .maybe_end_time(stage.ended.map(DateTime::from))
            .datastore_id(&request.datastore_id)
            .output_data_config(output)
            .data_access_role_arn(&request.data_access_role_arn)
            .maybe_message(self.export_message(request, &stage))
            .build();
        Some(properties)
    }

    /// Returns what the service says about the end of the job.
    fn export_message(&self, request: &StartFhirExportJobRequest, stage: &Stage) -> Option<String> {
        match stage.status {
            JobStatus::CompletedWithErrors => {
                Some("Some resources could not be exported".to_owned())
            }
            JobStatus::Failed => Some(match &request.output_data_config {
                OutputDataConfig::S3Configuration(output) => {
                    format!(
                        "Access to {} was denied for role {}",
                        output.s3_uri, request.data_access_role_arn
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
        call: &Call<'_>,
        request: StartFhirExportJobRequest,
    ) -> Result<StartFhirExportJobResponse, ServiceError> {
        let datastore_id = request.datastore_id.clone();
        let (id, status) = self.start_job(call, Order::Export(request))?;
        Ok(StartFhirExportJobResponse::builder()
            .job_id(id)
            .job_status(status)
            .datastore_id(datastore_id)
            .build())
    }

    pub(in crate::service) fn describe_export_job(
        &mut self,
        request: DescribeFhirExportJobRequest,
    ) -> Result<DescribeFhirExportJobResponse, ServiceError> {
        let job =
            self.describe_job(&request.job_id, Some(&request.datastore_id), Job::as_export)?;
        Ok(DescribeFhirExportJobResponse::builder()
            .export_job_properties(job)
            .build())
    }

    pub(in crate::service) fn list_export_jobs(
        &mut self,
        mut request: ListFhirExportJobsRequest,
    ) -> Result<ListFhirExportJobsResponse, ServiceError> {
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let filter = Filter {
            datastore_id: Some(&request.datastore_id),
            name: request.job_name.as_deref(),
            status: request.job_status.as_ref().map(JobStatus::as_str),
            submitted_before: request.submitted_before,
            submitted_after: request.submitted_after,
        };
        let (jobs, next_token) = self.list_jobs(&page, &filter, Job::as_export)?;
        Ok(ListFhirExportJobsResponse::builder()
            .export_job_properties_list(jobs)
            .maybe_next_token(next_token)
            .build())
    }

    /// All export jobs, oldest first.
    pub(crate) fn export_jobs(&self) -> Vec<ExportJobProperties> {
        self.all_jobs(Job::as_export)
    }
}
