//! The fake's clock: jobs and data stores advance by it.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use aws_smithy_async::time::TimeSource;

/// A clock that shows real time until it is told otherwise.
///
/// It can run faster or slower ([`set_speed`](Self::set_speed)), stand still ([`stop`](Self::stop)) and be moved by hand
/// ([`advance`](Self::advance)). Clones show the same time. It is a [`TimeSource`] too, so that a client can live by it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Mutex<Reading>>);

/// The time that the clock showed at a moment of real time, and its speed since.
#[derive(Clone, Copy, Debug)]
struct Reading {
    taken: Instant,
    shown: SystemTime,
    speed: f64,
}

impl Reading {
    /// Returns the time that the clock shows at another moment.
    fn at(&self, moment: Instant) -> SystemTime {
        let passed = moment.saturating_duration_since(self.taken);
        self.shown + passed.mul_f64(self.speed)
    }
}

impl Clock {
    /// A clock that shows real time, and from now on runs at `speed` times its pace.
    pub fn with_speed(speed: f64) -> Self {
        Self(Arc::new(Mutex::new(Reading {
            taken: Instant::now(),
            shown: SystemTime::now(),
            speed: speed.max(0.0),
        })))
    }

    /// The time that the clock shows.
    pub fn now(&self) -> SystemTime {
        self.change(|_| ())
    }

    /// Moves the clock forward, and gives the time that it shows then.
    pub fn advance(&self, by: Duration) -> SystemTime {
        self.change(|reading| reading.shown += by)
    }

    /// From now on the clock runs at `speed` times the pace of real time. 0, or less, stops it.
    pub fn set_speed(&self, speed: f64) {
        self.change(|reading| reading.speed = speed.max(0.0));
    }

    /// Stops the clock: only [`advance`](Self::advance) moves it from now on.
    pub fn stop(&self) {
        self.set_speed(0.0);
    }

    fn change(&self, change: impl FnOnce(&mut Reading)) -> SystemTime {
        let mut reading = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = Instant::now();
        reading.shown = reading.at(now);
        reading.taken = now;
        change(&mut reading);
        reading.shown
    }
}

impl Default for Clock {
    fn default() -> Self {
        Self::with_speed(1.0)
    }
}

impl TimeSource for Clock {
    fn now(&self) -> SystemTime {
        Clock::now(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: Duration = Duration::from_secs(3600);

    #[test]
    fn stands_still_until_moved() {
        let clock = Clock::default();
        clock.stop();
        let start = clock.now();
        assert_eq!(clock.now(), start);
        assert_eq!(clock.advance(HOUR), start + HOUR);
        assert_eq!(clock.clone().now(), start + HOUR);
    }

    #[test]
    fn runs_at_its_speed() {
        let Reading {
            taken,
            shown,
            speed,
        } = *Clock::with_speed(3600.0).0.lock().unwrap();
        let reading = Reading {
            taken,
            shown,
            speed,
        };
        let moment = taken + Duration::from_millis(20);
        assert_eq!(reading.at(moment), shown + Duration::from_secs(72));
    }
}
