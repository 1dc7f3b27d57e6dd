//! The fake's clock: jobs and data stores advance by it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use aws_smithy_async::time::TimeSource;
use tokio::sync::Notify;
use tokio::time::timeout;

/// A clock that shows real time until it is told otherwise.
///
/// It can run faster or slower ([`set_speed`](Self::set_speed)), stand still ([`stop`](Self::stop)) and be moved by hand
/// ([`advance`](Self::advance)). Clones show the same time. It is a [`TimeSource`] too, so that a client can live by it.
#[derive(Clone, Debug)]
pub struct Clock(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    reading: Mutex<Reading>,
    /// Tells those who wait for a time that it may come sooner or later than they think.
    changed: Notify,
}

/// The time that the clock showed at a moment of real time, and its speed since.
#[derive(Clone, Copy, Debug)]
struct Reading {
    taken: Instant,
    shown: SystemTime,
    speed: f64,
}

impl Reading {
    /// Takes the reading again.
    fn renew(&mut self) {
        let now = Instant::now();
        self.shown = self.at(now);
        self.taken = now;
    }

    /// Returns the time that the clock shows at another moment.
    fn at(&self, moment: Instant) -> SystemTime {
        let passed = moment.saturating_duration_since(self.taken);
        self.shown + passed.mul_f64(self.speed)
    }

    /// Returns the real time that passes from the reading until the clock shows `time`: without end if it stands still.
    fn real_time_until(&self, time: SystemTime) -> Duration {
        let left = time.duration_since(self.shown).unwrap_or_default();
        if left.is_zero() {
            return left;
        }
        // Rounded up, so that whoever sleeps for so long need not sleep again.
        let left = Duration::try_from_secs_f64(left.as_secs_f64() / self.speed);
        left.map_or(Duration::MAX, |left| {
            left.saturating_add(Duration::from_nanos(1))
        })
    }
}

impl Clock {
    /// A clock that shows real time, and from now on runs at `speed` times its pace.
    pub fn with_speed(speed: f64) -> Self {
        let reading = Reading {
            taken: Instant::now(),
            shown: SystemTime::now(),
            speed: speed.max(0.0),
        };
        Self(Arc::new(Shared {
            reading: Mutex::new(reading),
            changed: Notify::new(),
        }))
    }

    /// The time that the clock shows.
    pub fn now(&self) -> SystemTime {
        self.read().shown
    }

    /// Moves the clock forward, and returns the time that it shows then.
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

    /// Waits until the clock shows this time.
    pub(crate) async fn reaches(&self, time: SystemTime) {
        loop {
            // Before the clock is read, so that no change of it is missed.
            let changed = self.0.changed.notified();
            let left = self.read().real_time_until(time);
            if left.is_zero() {
                return;
            }
            // Whichever comes first, the clock is read again.
            let _ = timeout(left, changed).await;
        }
    }

    /// Returns a reading that is taken now.
    fn read(&self) -> Reading {
        let mut reading = self.lock();
        reading.renew();
        *reading
    }

    fn change(&self, change: impl FnOnce(&mut Reading)) -> SystemTime {
        let shown = {
            let mut reading = self.lock();
            reading.renew();
            change(&mut reading);
            reading.shown
        };
        self.0.changed.notify_waiters();
        shown
    }

    fn lock(&self) -> MutexGuard<'_, Reading> {
        let reading = self.0.reading.lock();
        reading.unwrap_or_else(PoisonError::into_inner)
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
    use std::future::poll_fn;
    use std::pin::{Pin, pin};
    use std::task::Poll;

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
        let reading = Clock::with_speed(3600.0).read();
        let moment = reading.taken + Duration::from_millis(20);
        let later = reading.shown + Duration::from_secs(72);
        assert_eq!(reading.at(moment), later);
        let left = reading.real_time_until(later).as_micros();
        assert_eq!(left, Duration::from_millis(20).as_micros());
        assert_eq!(reading.real_time_until(reading.shown), Duration::ZERO);
    }

    #[tokio::test]
    async fn a_time_is_waited_for_however_it_comes() {
        let clock = Clock::default();
        clock.stop();
        let start = clock.now();
        clock.reaches(start).await;
        let mut waiting = pin!(clock.reaches(start + HOUR));
        for moved in [Duration::ZERO, HOUR / 2] {
            clock.advance(moved);
            assert!(poll_once(waiting.as_mut()).await.is_pending());
        }
        clock.advance(HOUR / 2);
        assert!(poll_once(waiting.as_mut()).await.is_ready());

        // A clock that runs gets there by itself; one that is told to run does so, too.
        let mut waiting = pin!(clock.reaches(start + 2 * HOUR));
        assert!(poll_once(waiting.as_mut()).await.is_pending());
        clock.set_speed(1e9);
        waiting.await;
    }

    async fn poll_once(mut future: Pin<&mut impl Future<Output = ()>>) -> Poll<()> {
        poll_fn(|context| Poll::Ready(future.as_mut().poll(context))).await
    }
}
