//! The times that things take, on the fake's clock.

use std::time::Duration;

/// The times that things take, on the fake's clock.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Timing {
    /// The time for which a data store is `CREATING`.
    pub creating: Duration,
    /// The time for which a data store is `UPDATING`.
    pub updating: Duration,
    /// The time for which a data store is `DELETING`.
    pub deleting: Duration,
    /// The time for which a job is `SUBMITTED`.
    pub submitted: Duration,
    /// The time for which a job is `QUEUED`.
    pub queued: Duration,
    /// The time for which a job is `IN_PROGRESS`, if nothing stops it.
    pub in_progress: Duration,
    /// The time for which a job is `CANCEL_SUBMITTED`, and then `CANCEL_IN_PROGRESS`.
    pub canceling: Duration,
    /// The time that the agent takes for each event of an answer: none by default, since a client would wait for ever if the clock
    /// stands still.
    pub agent_event: Duration,
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
            agent_event: Duration::ZERO,
        }
    }
}
