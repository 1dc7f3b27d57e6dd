//! The way of a job: a function of the time, so that nothing has to run for jobs to advance.

use std::time::{Duration, SystemTime};

use healthlake::JobStatus;

use crate::Timing;

/// The end that a job is to come to.
///
/// A job whose name starts with one of these prefixes ends that way, if nothing else is said about it:
///
/// | prefix         | outcome               |
/// |----------------|-----------------------|
/// | `errors-`      | `CompletedWithErrors` |
/// | `fail-`        | `Failed`              |
/// | `cancel-`      | `Canceled`            |
/// | `cancel-fail-` | `CancelFailed`        |
/// | `endless-`     | `Endless`             |
///
/// Nobody can cancel a transformation job, so that one that is to be canceled completes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// `COMPLETED`
    Completed,
    /// `COMPLETED_WITH_ERRORS`: some of the resources are not good.
    CompletedWithErrors,
    /// `FAILED`, in the midst of the work.
    Failed,
    /// `CANCEL_COMPLETED`: somebody cancels the job in the midst of the work.
    Canceled,
    /// `CANCEL_FAILED`: somebody tries to.
    CancelFailed,
    /// `IN_PROGRESS` for ever.
    Endless,
}

const PREFIXES: [(&str, Outcome); 5] = [
    ("errors-", Outcome::CompletedWithErrors),
    ("fail-", Outcome::Failed),
    ("cancel-fail-", Outcome::CancelFailed),
    ("cancel-", Outcome::Canceled),
    ("endless-", Outcome::Endless),
];

impl Outcome {
    /// Returns the end of a job of this name.
    pub fn of_name(name: Option<&str>) -> Self {
        let name = name.unwrap_or_default();
        let found = PREFIXES.iter().find(|(prefix, _)| name.starts_with(prefix));
        found.map_or(Self::Completed, |(_, outcome)| *outcome)
    }
}

/// The share of the work that is done when a job fails or is canceled.
const MIDST: f64 = 0.6;

/// A job's fate.
#[derive(Clone, Debug)]
pub(crate) struct Lifecycle {
    pub(crate) submitted: SystemTime,
    pub(crate) outcome: Outcome,
    timing: Timing,
    canceled: Option<SystemTime>,
}

/// The state of a job at a moment.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Stage {
    pub(crate) status: JobStatus,
    /// The share of the work that is done, from 0 to 1.
    pub(crate) done: f64,
    /// The time that it has worked so far.
    pub(crate) worked: Duration,
    /// The time at which it ended, if it has.
    pub(crate) ended: Option<SystemTime>,
}

impl Lifecycle {
    pub(crate) fn new(submitted: SystemTime, timing: Timing, outcome: Outcome) -> Self {
        let mut lifecycle = Self {
            submitted,
            outcome,
            timing,
            canceled: None,
        };
        if matches!(outcome, Outcome::Canceled | Outcome::CancelFailed) {
            lifecycle.canceled = Some(lifecycle.starts() + timing.in_progress.mul_f64(MIDST));
        }
        lifecycle
    }

    /// Cancels the job, unless it has ended or has been canceled before.
    pub(crate) fn cancel(&mut self, now: SystemTime) -> bool {
        let takes_effect = self.canceled.is_none_or(|at| at > now) && self.at(now).ended.is_none();
        if takes_effect {
            self.canceled = Some(now);
            if self.outcome != Outcome::CancelFailed {
                self.outcome = Outcome::Canceled;
            }
        }
        takes_effect
    }

    pub(crate) fn at(&self, now: SystemTime) -> Stage {
        match self.canceled {
            Some(canceled) if now >= canceled => self.canceled_at(canceled, now),
            _ => self.undisturbed_at(now),
        }
    }

    fn undisturbed_at(&self, now: SystemTime) -> Stage {
        if now < self.submitted + self.timing.submitted {
            return self.stage(JobStatus::Submitted, now);
        }
        if now < self.starts() {
            return self.stage(JobStatus::Queued, now);
        }
        match self.end() {
            Some((end, status)) if now >= end => Stage {
                ended: Some(end),
                ..self.stage(status, end)
            },
            _ => self.stage(JobStatus::InProgress, now),
        }
    }

    fn canceled_at(&self, canceled: SystemTime, now: SystemTime) -> Stage {
        let taken_up = canceled + self.timing.canceling;
        let end = taken_up + self.timing.canceling;
        if now < taken_up {
            return self.stage(JobStatus::CancelSubmitted, canceled);
        }
        if now < end {
            return self.stage(JobStatus::CancelInProgress, canceled);
        }
        let status = match self.outcome {
            Outcome::CancelFailed => JobStatus::CancelFailed,
            _ => JobStatus::CancelCompleted,
        };
        Stage {
            ended: Some(end),
            ..self.stage(status, canceled)
        }
    }

    /// Returns the time and the status in which the job ends, if nobody cancels it.
    fn end(&self) -> Option<(SystemTime, JobStatus)> {
        let whole = self.timing.in_progress;
        let (work, status) = match self.outcome {
            Outcome::CompletedWithErrors => (whole, JobStatus::CompletedWithErrors),
            Outcome::Failed => (whole.mul_f64(MIDST), JobStatus::Failed),
            Outcome::Endless => return None,
            _ => (whole, JobStatus::Completed),
        };
        Some((self.starts() + work, status))
    }

    /// Returns the time at which the work starts.
    fn starts(&self) -> SystemTime {
        self.submitted + self.timing.submitted + self.timing.queued
    }

    /// A stage in which the work has gone on until a moment.
    fn stage(&self, status: JobStatus, worked_until: SystemTime) -> Stage {
        let worked = worked_until
            .duration_since(self.starts())
            .unwrap_or_default();
        Stage {
            status,
            done: self.share_done(worked),
            worked,
            ended: None,
        }
    }

    /// An endless job comes ever nearer to its end; the others work evenly.
    fn share_done(&self, worked: Duration) -> f64 {
        let worked = worked.as_secs_f64();
        let whole = self.timing.in_progress.as_secs_f64();
        match self.outcome {
            Outcome::Endless => worked / (worked + whole).max(f64::MIN_POSITIVE),
            _ if worked >= whole => {
                if worked > 0.0 || whole == 0.0 {
                    1.0
                } else {
                    0.0
                }
            }
            _ => worked / whole,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statuses of a job from its start on, each with the second at which it is first seen.
    fn history(mut lifecycle: Lifecycle, cancel_at: Option<u64>) -> Vec<(u64, JobStatus)> {
        let mut history: Vec<(u64, JobStatus)> = Vec::new();
        for second in 0..300 {
            let now = lifecycle.submitted + Duration::from_secs(second);
            if cancel_at == Some(second) {
                lifecycle.cancel(now);
            }
            let status = lifecycle.at(now).status;
            if history.last().is_none_or(|(_, last)| *last != status) {
                history.push((second, status));
            }
        }
        history
    }

    fn job(outcome: Outcome) -> Lifecycle {
        Lifecycle::new(SystemTime::UNIX_EPOCH, Timing::default(), outcome)
    }

    fn start_then(rest: &[(u64, JobStatus)]) -> Vec<(u64, JobStatus)> {
        let mut all = vec![
            (0, JobStatus::Submitted),
            (5, JobStatus::Queued),
            (15, JobStatus::InProgress),
        ];
        all.extend_from_slice(rest);
        all
    }

    #[test]
    fn every_outcome_has_its_way() {
        use JobStatus::*;
        for (outcome, rest) in [
            (Outcome::Completed, vec![(135, Completed)]),
            (
                Outcome::CompletedWithErrors,
                vec![(135, CompletedWithErrors)],
            ),
            (Outcome::Failed, vec![(87, Failed)]),
            (
                Outcome::Canceled,
                vec![
                    (87, CancelSubmitted),
                    (92, CancelInProgress),
                    (97, CancelCompleted),
                ],
            ),
            (
                Outcome::CancelFailed,
                vec![
                    (87, CancelSubmitted),
                    (92, CancelInProgress),
                    (97, CancelFailed),
                ],
            ),
            (Outcome::Endless, vec![]),
        ] {
            assert_eq!(
                history(job(outcome), None),
                start_then(&rest),
                "{outcome:?}"
            );
        }
    }

    #[test]
    fn a_job_can_be_canceled_until_it_ends() {
        use JobStatus::*;
        assert_eq!(
            history(job(Outcome::Completed), Some(2)),
            [
                (0, Submitted),
                (2, CancelSubmitted),
                (7, CancelInProgress),
                (12, CancelCompleted)
            ]
        );
        assert_eq!(
            history(job(Outcome::Completed), Some(200)),
            start_then(&[(135, Completed)])
        );
    }

    #[test]
    fn work_grows_to_its_end_and_stays() {
        let lifecycle = job(Outcome::Completed);
        let done = |second| {
            lifecycle
                .at(SystemTime::UNIX_EPOCH + Duration::from_secs(second))
                .done
        };
        assert_eq!(
            (done(14), done(75), done(135), done(999)),
            (0.0, 0.5, 1.0, 1.0)
        );
        let endless = job(Outcome::Endless);
        let later = endless.at(SystemTime::UNIX_EPOCH + Duration::from_secs(100_000));
        assert!(later.done > 0.99 && later.done < 1.0);
    }

    #[test]
    fn names_choose_the_outcome() {
        for (name, outcome) in [
            (None, Outcome::Completed),
            (Some("nightly"), Outcome::Completed),
            (Some("fail-nightly"), Outcome::Failed),
            (Some("cancel-it"), Outcome::Canceled),
            (Some("cancel-fail-it"), Outcome::CancelFailed),
        ] {
            assert_eq!(Outcome::of_name(name), outcome, "{name:?}");
        }
    }
}
