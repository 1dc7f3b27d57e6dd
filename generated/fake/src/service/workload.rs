//! The work of an import or a transformation job, and its progress.

use healthlake::{JobProgressReport, TransformationJobProgressReport};

use super::lifecycle::{Outcome, Stage};

/// The data that a job finds at its input.
#[derive(Clone, Debug)]
pub(crate) struct Workload {
    files: i64,
    megabytes: f64,
    resources: i64,
}

impl Workload {
    /// As much as chance wants.
    pub(crate) fn random(random: &mut fastrand::Rng) -> Self {
        let files = random.i64(20..400);
        let resources_per_file = random.i64(500..5_000);
        let resources = files * resources_per_file;
        Self {
            files,
            megabytes: resources as f64 * 0.002,
            resources,
        }
    }

    /// Returns the number of files.
    pub(crate) fn files(&self) -> i64 {
        self.files
    }

    /// Returns the number of files with something that cannot be imported or converted.
    pub(crate) fn bad_files(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::CompletedWithErrors => self.files / 10 + 1,
            _ => 0,
        }
    }

    fn bad_resources(&self, outcome: Outcome) -> i64 {
        match outcome {
            Outcome::CompletedWithErrors => self.resources / 50 + 1,
            _ => 0,
        }
    }

    /// Returns the progress of an import, which converts its input first if that is not FHIR. Everything is
    /// scanned in the first half of the work.
    pub(crate) fn report(
        &self,
        stage: &Stage,
        outcome: Outcome,
        converts: bool,
    ) -> JobProgressReport {
        let bad_files = self.bad_files(outcome);
        let bad_resources = self.bad_resources(outcome);
        let mut report = JobProgressReport::builder()
            .total_number_of_scanned_files(share(self.files, scanned(stage)))
            .total_size_of_scanned_files_in_mb(self.megabytes * scanned(stage))
            .total_number_of_imported_files(share(self.files - bad_files, stage.done))
            .total_number_of_resources_scanned(share(self.resources, scanned(stage)))
            .total_number_of_resources_imported(share(self.resources - bad_resources, stage.done))
            .total_number_of_resources_with_customer_error(share(bad_resources, stage.done))
            .total_number_of_files_read_with_customer_error(share(bad_files, stage.done))
            .throughput(self.throughput(stage))
            .build();
        if converts {
            count_as_non_fhir(&mut report);
            report.total_files_converted = report.total_number_of_scanned_files;
            report.total_resources_generated = report.total_number_of_resources_scanned;
        }
        report
    }

    /// Returns the progress of a transformation.
    pub(crate) fn transformation_report(
        &self,
        stage: &Stage,
        outcome: Outcome,
    ) -> TransformationJobProgressReport {
        let bad_files = self.bad_files(outcome);
        let resources = self.resources - self.bad_resources(outcome);
        TransformationJobProgressReport::builder()
            .total_files_scanned(share(self.files, scanned(stage)))
            .total_files_converted(share(self.files - bad_files, stage.done))
            .total_files_failed(share(bad_files, stage.done))
            .total_resources_generated(share(resources, stage.done))
            .build()
    }

    fn throughput(&self, stage: &Stage) -> f64 {
        let seconds = stage.worked.as_secs_f64();
        if seconds > 0.0 {
            self.megabytes * stage.done / seconds
        } else {
            0.0
        }
    }
}

/// Returns the share of the input that has been scanned.
fn scanned(stage: &Stage) -> f64 {
    (stage.done * 2.0).min(1.0)
}

fn share(whole: i64, done: f64) -> i64 {
    (whole as f64 * done) as i64
}

/// All files of an import that converts are of another format than FHIR.
fn count_as_non_fhir(report: &mut JobProgressReport) {
    report.total_number_of_scanned_non_fhir_files = report.total_number_of_scanned_files;
    report.total_size_of_scanned_non_fhir_files_in_mb = report.total_size_of_scanned_files_in_mb;
    report.total_number_of_imported_non_fhir_files = report.total_number_of_imported_files;
    report.total_number_of_non_fhir_resources_scanned = report.total_number_of_resources_scanned;
    report.total_number_of_non_fhir_resources_imported = report.total_number_of_resources_imported;
    report.total_number_of_non_fhir_resources_with_customer_error =
        report.total_number_of_resources_with_customer_error;
    report.total_number_of_non_fhir_files_read_with_customer_error =
        report.total_number_of_files_read_with_customer_error;
}
