//! The service itself: its state, and what each operation does to it. Nothing here knows HTTP.
//!
//! A call comes as the operation's name and a JSON body. It is checked against the model's [constraints](crate::constraints),
//! read into the operation's request type, and carried out by a method of [`Service`], as the table in [`operations`] says:
//! the methods of data stores, profiles, jobs and tags are in modules of their own.

mod datastores;
mod jobs;
pub(crate) mod lifecycle;
mod operations;
mod page;
mod profiles;
mod tags;
mod tokens;
mod workload;

use std::time::Duration;

pub use self::lifecycle::Outcome;
#[cfg(test)]
pub(crate) use self::operations::OPERATIONS;

use self::datastores::Datastore;
use self::jobs::{Job, Outcomes};
use self::profiles::Profile;
use self::tokens::Tokens;
use crate::{Clock, Timing};

/// The account that everything belongs to.
const ACCOUNT: &str = "123456789012";

/// The state of the service.
#[derive(Debug)]
pub(crate) struct Service {
    clock: Clock,
    timing: Timing,
    step_per_describe: Duration,
    random: fastrand::Rng,
    created: u64,
    datastores: Vec<Datastore>,
    profiles: Vec<Profile>,
    jobs: Vec<Job>,
    outcomes: Outcomes,
    tokens: Tokens,
}

/// A call, before its body has been looked at.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a str,
    /// The host that was called.
    pub(crate) host: &'a str,
    pub(crate) region: &'a str,
    pub(crate) body: &'a [u8],
    /// The order to let what the call begins come to nothing ([`Fault::FailLater`](crate::Fault::FailLater)).
    pub(crate) fails_later: bool,
}

impl Service {
    pub(crate) fn new(
        clock: Clock,
        timing: Timing,
        step_per_describe: Duration,
        seed: u64,
    ) -> Self {
        Self {
            clock,
            timing,
            step_per_describe,
            random: fastrand::Rng::with_seed(seed),
            created: 0,
            datastores: Vec::new(),
            profiles: Vec::new(),
            jobs: Vec::new(),
            outcomes: Outcomes::default(),
            tokens: Tokens::default(),
        }
    }

    /// A number greater than all before: what lists are ordered by.
    fn next_number(&mut self) -> u64 {
        self.created += 1;
        self.created
    }

    /// An id as the service makes them.
    fn new_id(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }

    /// An id for a request or a connection.
    pub(crate) fn new_request_id(&mut self) -> String {
        let id = self.new_id();
        [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-")
    }
}

/// The partition of a region, and the domain of its hosts.
fn partition(region: &str) -> (&'static str, &'static str) {
    match region.split('-').next() {
        Some("cn") => ("aws-cn", "amazonaws.com.cn"),
        _ if region.starts_with("us-gov-") => ("aws-us-gov", "amazonaws.com"),
        _ => ("aws", "amazonaws.com"),
    }
}

/// The ARN of something of the account: `resource` is its kind and id.
fn arn(region: &str, resource: &str) -> String {
    let (partition, _) = partition(region);
    format!("arn:{partition}:healthlake:{region}:{ACCOUNT}:{resource}")
}
