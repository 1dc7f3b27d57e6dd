//! Transformation jobs.

use std::time::SystemTime;

use healthlake::{
    DataTransformationS3Configuration, DateTime, DescribeDataTransformationJobRequest,
    DescribeDataTransformationJobResponse, JobStatus, ListDataTransformationJobsRequest,
    ListDataTransformationJobsResponse, ServiceError, StartDataTransformationJobRequest,
    StartDataTransformationJobResponse, TransformationJobProperties, TransformationJobStatus,
    TransformationJobSummary, TransformationOutputDataConfig,
};

use super::super::lifecycle::Stage;
use super::super::page::Page;
use super::super::{Call, Service};
use super::{Filter, Job, Order};

/// The status of a transformation, which goes its way as the other jobs do.
fn status(status: &JobStatus) -> TransformationJobStatus {
    TransformationJobStatus::from(status.as_str())
}

impl Job {
    /// The job as the service describes it, if it is a transformation.
    fn as_transformation(&self, now: SystemTime) -> Option<TransformationJobProperties> {
        let Order::Transformation(request) = &self.order else {
            return None;
        };
        let conversion = self.conversion.as_ref()?;
        let stage = self.lifecycle.at(now);
        let outcome = self.lifecycle.outcome;
        let progress = self.workload.transformation_report(&stage, outcome);
        let properties = TransformationJobProperties::builder()
            .job_id(&self.id)
            .job_status(status(&stage.status))
            .input_data_config(request.input_data_config.clone())
            .output_data_config(self.transformation_output(request))
            .data_access_role_arn(&request.data_access_role_arn)
            .submit_time(DateTime::from(self.lifecycle.submitted))
            .maybe_job_name(request.job_name.clone())
            .profile_id(&request.profile_id)
            .profile_name(&conversion.profile_name)
            .profile_version(conversion.version)
            .maybe_end_time(stage.ended.map(DateTime::from))
            .drift_detection_enabled(request.drift_detection_enabled.unwrap_or(false))
            .provenance_enabled(request.provenance_enabled.unwrap_or(true))
            .maybe_message(self.transformation_message(request, &stage))
            .job_progress_report(progress)
            .build();
        Some(properties)
    }

    /// The job as it is listed.
    fn as_transformation_summary(&self, now: SystemTime) -> Option<TransformationJobSummary> {
        let Order::Transformation(request) = &self.order else {
            return None;
        };
        let stage = self.lifecycle.at(now);
        let conversion = self.conversion.as_ref()?;
        let summary = TransformationJobSummary::builder()
            .job_id(&self.id)
            .job_status(status(&stage.status))
            .submit_time(DateTime::from(self.lifecycle.submitted))
            .maybe_job_name(request.job_name.clone())
            .maybe_end_time(stage.ended.map(DateTime::from))
            .source_format(conversion.source_format.clone())
            .build();
        Some(summary)
    }

    /// The folder that the job makes at the place it was told to write to.
    fn transformation_output(
        &self,
        request: &StartDataTransformationJobRequest,
    ) -> TransformationOutputDataConfig {
        let place = &request.output_data_config.s3_configuration;
        let parent = place.s3_uri.trim_end_matches('/');
        let folder = DataTransformationS3Configuration::builder()
            .s3_uri(format!("{parent}/{}/", self.id))
            .kms_key_id(&place.kms_key_id);
        TransformationOutputDataConfig::builder()
            .s3_configuration(folder.build())
            .build()
    }

    /// Returns what the service says about the end of the job.
    fn transformation_message(
        &self,
        request: &StartDataTransformationJobRequest,
        stage: &Stage,
    ) -> Option<String> {
        let files = self.workload.files();
        match stage.status {
            JobStatus::CompletedWithErrors => {
                let bad = self.workload.bad_files(self.lifecycle.outcome);
                Some(format!("{bad} of {files} files could not be converted"))
            }
            JobStatus::Failed => Some(format!(
                "Access to {} was denied for role {}",
                request.input_data_config.s3_uri, request.data_access_role_arn
            )),
            _ => None,
        }
    }
}

impl Service {
    pub(in crate::service) fn start_transformation_job(
        &mut self,
        call: &Call<'_>,
        request: StartDataTransformationJobRequest,
    ) -> Result<StartDataTransformationJobResponse, ServiceError> {
        let (id, now) = self.start_job(call, Order::Transformation(request))?;
        Ok(StartDataTransformationJobResponse::builder()
            .job_id(id)
            .job_status(status(&now))
            .build())
    }

    pub(in crate::service) fn describe_transformation_job(
        &mut self,
        request: DescribeDataTransformationJobRequest,
    ) -> Result<DescribeDataTransformationJobResponse, ServiceError> {
        let job = self.describe_job(&request.job_id, None, Job::as_transformation)?;
        Ok(DescribeDataTransformationJobResponse::builder()
            .transformation_job_properties(job)
            .build())
    }

    pub(in crate::service) fn list_transformation_jobs(
        &mut self,
        mut request: ListDataTransformationJobsRequest,
    ) -> Result<ListDataTransformationJobsResponse, ServiceError> {
        let (token, size) = (request.next_token.take(), request.max_results.take());
        let page = Page::asked_for(&request, token.as_deref(), size)?;
        let wanted = request.job_status.as_ref();
        let filter = Filter {
            datastore_id: None,
            name: request.job_name.as_deref(),
            status: wanted.map(TransformationJobStatus::as_str),
            submitted_before: request.submitted_before,
            submitted_after: request.submitted_after,
        };
        let (jobs, next_token) = self.list_jobs(&page, &filter, Job::as_transformation_summary)?;
        Ok(ListDataTransformationJobsResponse::builder()
            .items(jobs)
            .maybe_next_token(next_token)
            .build())
    }

    /// All transformation jobs, oldest first.
    pub(crate) fn transformation_jobs(&self) -> Vec<TransformationJobProperties> {
        self.all_jobs(Job::as_transformation)
    }
}
