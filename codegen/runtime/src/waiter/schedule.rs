//! The schedule of polls: Smithy's exponential backoff with jitter.

use std::fmt;
use std::time::{Duration, SystemTime};

use aws_smithy_async::rt::sleep::{AsyncSleep, SharedAsyncSleep, Sleep};
use aws_smithy_async::time::SharedTimeSource;

use super::Definition;
use crate::Client;
use crate::error::polling::PollingErrorKind;

/// The time that the poll has which begins when `max_wait` is over.
const LAST_POLL: Duration = Duration::from_secs(1);

/// The times of a waiter's polls.
pub(super) struct Schedule {
    pub(super) max_wait: Option<Duration>,
    pub(super) min_delay: Duration,
    pub(super) max_delay: Duration,
    sleep: Option<SharedAsyncSleep>,
    time: SharedTimeSource,
    /// The time of the first poll.
    started: Option<SystemTime>,
    polls: u32,
    /// `true` if `max_wait` is over when the next poll begins.
    is_last: bool,
}

impl Schedule {
    pub(super) fn new(client: &Client, definition: &Definition) -> Self {
        Self {
            max_wait: None,
            min_delay: definition.min_delay,
            max_delay: definition.max_delay,
            sleep: client.sleep_impl(),
            time: client.time_source(),
            started: None,
            polls: 0,
            is_last: false,
        }
    }

    /// Sleeps until it is time for the next poll. The first one is at once, the last one when `max_wait` is over.
    pub(super) fn sleep(&mut self) -> Result<Option<Sleep>, PollingErrorKind> {
        let remaining = self.remaining();
        if self.polls == 0 {
            self.is_last = remaining == Some(Duration::ZERO);
            return Ok(None);
        }
        let delay = self.delay(remaining, fastrand::f64())?;
        self.is_last = remaining == Some(delay);
        let sleep = self.sleep.as_ref().ok_or(PollingErrorKind::NoSleep)?;
        Ok(Some(sleep.sleep(delay)))
    }

    /// Returns what is left of `max_wait`. The clock starts with the first call, not when the waiter is made.
    fn remaining(&mut self) -> Option<Duration> {
        let now = self.time.now();
        // A clock that was set back has not gone on: `duration_since` is an error then.
        let started = *self.started.get_or_insert(now);
        let elapsed = now.duration_since(started).unwrap_or_default();
        self.max_wait
            .map(|max_wait| max_wait.saturating_sub(elapsed))
    }

    /// Sleeps until the poll that begins now has taken as long as it may: what is left of `max_wait`, or if that is nothing, a
    /// moment.
    pub(super) fn deadline(&mut self) -> Option<Sleep> {
        let remaining = self.remaining()?;
        let limit = if self.is_last { LAST_POLL } else { remaining };
        self.sleep.as_ref().map(|sleep| sleep.sleep(limit))
    }

    /// Returns the end of a wait that has taken as long as it may.
    pub(super) fn timed_out(&self) -> PollingErrorKind {
        PollingErrorKind::TimedOut {
            after: self.max_wait.unwrap_or_default(),
            polls: self.polls,
        }
    }

    /// Counts a poll.
    pub(super) fn count(&mut self) {
        self.polls = self.polls.saturating_add(1);
    }

    /// Returns the delay after the polls so far. `random` is at least 0 and less than 1.
    fn delay(
        &self,
        remaining: Option<Duration>,
        random: f64,
    ) -> Result<Duration, PollingErrorKind> {
        let min_delay = self.min_delay;
        // Smithy's "exponential backoff with jitter": random between the shortest delay and a ceiling that doubles with each poll. A
        // model may have a `max_delay` below `min_delay`; the latter wins. Nothing here may overflow: both may be the user's.
        let doubled = 2_u32.checked_pow(self.polls.saturating_sub(1));
        let ceiling = doubled
            .and_then(|factor| min_delay.checked_mul(factor))
            .unwrap_or(Duration::MAX)
            .min(self.max_delay)
            .max(min_delay);
        let range = ceiling.saturating_sub(min_delay);
        let jitter = Duration::try_from_secs_f64(range.as_secs_f64() * random).unwrap_or(range);
        let delay = min_delay.saturating_add(jitter);
        match remaining {
            None => Ok(delay),
            Some(Duration::ZERO) => Err(self.timed_out()),
            // What would be left is too short for another delay: poll now for the last but one time, or for the last.
            Some(remaining) if remaining.saturating_sub(delay) <= min_delay => Ok(remaining
                .checked_sub(min_delay)
                .filter(|delay| !delay.is_zero())
                .unwrap_or(remaining)),
            Some(_) => Ok(delay),
        }
    }
}

impl fmt::Debug for Schedule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Schedule")
            .field("max_wait", &self.max_wait)
            .field("min_delay", &self.min_delay)
            .field("max_delay", &self.max_delay)
            .field("polls", &self.polls)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schedule(polls: u32, min_delay: u64, max_delay: u64) -> Schedule {
        Schedule {
            max_wait: Some(Duration::from_secs(1000)),
            min_delay: Duration::from_secs(min_delay),
            max_delay: Duration::from_secs(max_delay),
            sleep: None,
            time: SharedTimeSource::default(),
            started: None,
            polls,
            is_last: false,
        }
    }

    #[test]
    fn the_ceiling_doubles_from_the_shortest_delay_to_the_longest() {
        for (polls, longest) in [
            (1, 10),
            (2, 20),
            (3, 40),
            (4, 80),
            (5, 120),
            (6, 120),
            (u32::MAX, 120),
        ] {
            let schedule = schedule(polls, 10, 120);
            let delay = |random| {
                schedule
                    .delay(None, random)
                    .map(|delay| delay.as_secs_f64().round())
            };
            assert_eq!(delay(0.0), Ok(10.0), "{polls}");
            assert_eq!(delay(0.999_999), Ok(f64::from(longest)), "{polls}");
        }
    }

    #[test]
    fn a_longest_delay_below_the_shortest_is_the_shortest() {
        assert_eq!(
            schedule(9, 10, 1).delay(None, 0.9),
            Ok(Duration::from_secs(10))
        );
    }

    #[test]
    fn the_longest_delays_that_there_are_do_no_harm() {
        let schedule = schedule(u32::MAX, u64::MAX, u64::MAX);
        assert_eq!(
            schedule.delay(None, 0.999_999),
            Ok(Duration::from_secs(u64::MAX))
        );
    }

    #[test]
    fn the_last_delays_fill_what_is_left() {
        let schedule = schedule(5, 10, 120);
        for (remaining, delay) in [
            // The delay would be 65 seconds.
            (200, Ok(65)),
            // 10 seconds or less would be left of 75: leave 10.
            (75, Ok(65)),
            (70, Ok(60)),
            (30, Ok(20)),
            // There is no time for two more delays.
            (10, Ok(10)),
            (4, Ok(4)),
            (
                0,
                Err(PollingErrorKind::TimedOut {
                    after: Duration::from_secs(1000),
                    polls: 5,
                }),
            ),
        ] {
            let found = schedule.delay(Some(Duration::from_secs(remaining)), 0.5);
            assert_eq!(found, delay.map(Duration::from_secs), "{remaining}");
        }
    }
}
