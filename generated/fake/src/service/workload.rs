//! What an import job has to do, and how far it is.

use healthlake::JobProgressReport;

use super::lifecycle::{Outcome, Stage};

/// The data that an import job finds at its input.
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

    /// How many files there are.
    pub(crate) fn files(&self) -> i64 {
        self.files
    }

    /// How many of the files hold resources that cannot be imported.
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

    /// What the service tells about the progress. Everything is scanned in the first half of the work.
    pub(crate) fn report(&self, stage: &Stage, outcome: Outcome) -> JobProgressReport {
        let scanned = (stage.done * 2.0).min(1.0);
        let share = |whole: i64, done: f64| (whole as f64 * done) as i64;
        let bad_files = self.bad_files(outcome);
        let bad_resources = self.bad_resources(outcome);
        let seconds = stage.worked.as_secs_f64();
        let scanned_megabytes = self.megabytes * scanned;
        let throughput = if seconds > 0.0 {
            self.megabytes * stage.done / seconds
        } else {
            0.0
        };
        JobProgressReport::builder()
            .total_number_of_scanned_files(share(self.files, scanned))
            .total_size_of_scanned_files_in_mb(scanned_megabytes)
            .total_number_of_imported_files(share(self.files - bad_files, stage.done))
            .total_number_of_resources_scanned(share(self.resources, scanned))
            .total_number_of_resources_imported(share(self.resources - bad_resources, stage.done))
            .total_number_of_resources_with_customer_error(share(bad_resources, stage.done))
            .total_number_of_files_read_with_customer_error(share(bad_files, stage.done))
            .throughput(throughput)
            .build()
    }
}
