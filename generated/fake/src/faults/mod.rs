//! Faults on demand: what goes wrong, with which requests.

mod parse;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::Answer;

/// Something that goes wrong with a request.
///
/// Faults of the first group come before the request is carried out, so that it has no effect. Those of the second come with it or
/// after it, so that the client cannot know what effect it had.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Fault {
    /// `ThrottlingException` with status 429.
    Throttling,
    /// `ThrottlingException` with status 400, as many AWS services send it.
    ThrottlingAs400,
    /// `InternalServerException`, status 500.
    InternalError,
    /// `AccessDeniedException`, status 403.
    AccessDenied,
    /// `ExpiredTokenException`: the client's credentials are too old.
    ExpiredToken,
    /// A web page with status 503, as a proxy on the way sends it.
    ProxyPage,
    /// The connection is reset without an answer.
    Reset,
    /// The service takes the time for later than it is.
    ClockAhead(Duration),
    /// The service takes the time for earlier than it is.
    ClockBehind(Duration),
    /// This answer, whatever the request.
    Answer(Answer),

    /// The request is carried out and answered, but what it begins comes to nothing: the creation, the restore or the update of a
    /// data store, a job, or an answer of the agent.
    FailLater,
    /// The request is carried out, and the connection is reset instead of an answer.
    LostResponse,
    /// The answer comes late.
    Slow(Duration),
    /// The connection is closed in the midst of the answer.
    Cut,
    /// The answer stops in its midst, and the connection stays open.
    Stalled,
}

impl Fault {
    /// This fault for each of the next `count` requests.
    pub fn next(self, count: usize) -> FaultRule {
        self.when(When::Next(count))
    }

    /// This fault for each request with this probability, from 0 to 1.
    pub fn with_chance(self, probability: f64) -> FaultRule {
        self.when(When::Chance(probability))
    }

    /// This fault for every request.
    pub fn always(self) -> FaultRule {
        self.with_chance(1.0)
    }

    fn when(self, when: When) -> FaultRule {
        FaultRule {
            fault: self,
            when,
            operation: None,
        }
    }
}

/// A fault, and the requests that meet it.
///
/// In text: `FAULT[=DURATION][:COUNT|:PERCENT%][@OPERATION]`, for instance `throttling:3`, `slow=2s:10%` or
/// `lost-response:1@StartFHIRImportJob`. Without a count or a percentage every request meets it.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultRule {
    fault: Fault,
    when: When,
    operation: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum When {
    Next(usize),
    Chance(f64),
}

impl FaultRule {
    /// Only for requests of this operation, named as in the model: `StartFHIRImportJob`.
    pub fn of(mut self, operation: impl Into<String>) -> Self {
        self.operation = Some(operation.into());
        self
    }

    /// Returns whether a request meets the fault; if the rule counts its requests, that is one less.
    fn strikes(&mut self, operation: Option<&str>, random: &mut fastrand::Rng) -> bool {
        if self.operation.is_some() && self.operation.as_deref() != operation {
            return false;
        }
        match &mut self.when {
            When::Next(left) => {
                let strikes = *left > 0;
                *left = left.saturating_sub(1);
                strikes
            }
            When::Chance(probability) => random.f64() < *probability,
        }
    }

    fn is_spent(&self) -> bool {
        self.when == When::Next(0)
    }
}

/// The faults that a fake has in store.
///
/// A request meets the first one that applies to it, in the order in which they were added.
#[derive(Debug)]
pub struct Faults(Mutex<Store>);

#[derive(Debug)]
struct Store {
    rules: Vec<FaultRule>,
    random: fastrand::Rng,
    met: usize,
}

impl Faults {
    pub(crate) fn new(rules: Vec<FaultRule>, seed: u64) -> Self {
        Self(Mutex::new(Store {
            rules,
            random: fastrand::Rng::with_seed(seed),
            met: 0,
        }))
    }

    /// Adds a rule after those that there are.
    pub fn add(&self, rule: FaultRule) {
        self.store().rules.push(rule);
    }

    /// These rules and no others from now on.
    pub fn replace(&self, rules: Vec<FaultRule>) {
        self.store().rules = rules;
    }

    /// Forgets all rules.
    pub fn clear(&self) {
        self.replace(Vec::new());
    }

    /// Returns the number of requests that have met a fault so far.
    pub fn met(&self) -> usize {
        self.store().met
    }

    /// Returns what goes wrong with the request that has come in.
    pub(crate) fn strike(&self, operation: Option<&str>) -> Option<Fault> {
        let mut store = self.store();
        let Store { rules, random, met } = &mut *store;
        let rule = rules
            .iter_mut()
            .find_map(|rule| rule.strikes(operation, random).then(|| rule.fault.clone()));
        rules.retain(|rule| !rule.is_spent());
        *met += usize::from(rule.is_some());
        rule
    }

    fn store(&self) -> MutexGuard<'_, Store> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_used_up_in_order() {
        let faults = Faults::new(vec![Fault::Reset.next(1), Fault::Cut.next(2)], 1);
        let met: Vec<_> = (0..4).map(|_| faults.strike(None)).collect();
        assert_eq!(
            met,
            [Some(Fault::Reset), Some(Fault::Cut), Some(Fault::Cut), None]
        );
        assert_eq!(faults.met(), 3);
    }

    #[test]
    fn rules_of_an_operation_leave_others_alone() {
        let faults = Faults::new(vec![Fault::Cut.next(1).of("TagResource")], 1);
        assert_eq!(faults.strike(Some("UntagResource")), None);
        assert_eq!(faults.strike(None), None);
        assert_eq!(faults.strike(Some("TagResource")), Some(Fault::Cut));
        assert_eq!(faults.strike(Some("TagResource")), None);
    }

    #[test]
    fn chances_follow_the_seed() {
        let run = |seed| -> Vec<bool> {
            let faults = Faults::new(vec![Fault::Reset.with_chance(0.3)], seed);
            (0..1000).map(|_| faults.strike(None).is_some()).collect()
        };
        assert_eq!(run(7), run(7));
        let struck = run(7).into_iter().filter(|struck| *struck).count();
        assert!((250..350).contains(&struck), "{struck}");
    }
}
