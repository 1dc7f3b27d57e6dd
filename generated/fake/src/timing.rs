//! How long things take, on the fake's clock.

use std::time::Duration;

/// How long things take, on the fake's clock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Timing {
    /// How long a data store is `CREATING`.
    pub creating: Duration,
    /// How long a data store is `UPDATING`.
    pub updating: Duration,
    /// How long a data store is `DELETING`.
    pub deleting: Duration,
    /// How long a job is `SUBMITTED`.
    pub submitted: Duration,
    /// How long a job is `QUEUED`.
    pub queued: Duration,
    /// How long a job is `IN_PROGRESS`, if nothing stops it.
    pub in_progress: Duration,
    /// How long a job is `CANCEL_SUBMITTED`, and then `CANCEL_IN_PROGRESS`.
    pub canceling: Duration,
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            creating: Duration::from_secs(30),
            updating: Duration::from_secs(30),
            deleting: Duration::from_secs(30),
            submitted: Duration::from_secs(5),
            queued: Duration::from_secs(10),
            in_progress: Duration::from_secs(120),
            canceling: Duration::from_secs(5),
        }
    }
}
