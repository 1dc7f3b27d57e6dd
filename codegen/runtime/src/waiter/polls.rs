//! The turns of a waiter: sleep, call, and again.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_smithy_async::rt::sleep::Sleep;

use super::schedule::{Schedule, Stop};
use crate::call::erased::{Outcome, Pending};

/// How often a call that is not done is asked again at once before it counts as one that waits. tokio lets a task go on later that has
/// done much, and a sleep of tests is over as soon as it is asked: it must not end a call that would have gone on.
const YIELDS: u8 = 4;

/// Sleeps and calls. What is called is up to somebody else.
pub(super) struct Turns {
    pub(super) schedule: Schedule,
    step: Step,
}

enum Step {
    Rest,
    Sleep(Sleep),
    Call {
        call: Pin<Box<dyn Future<Output = Outcome> + Send>>,
        yields: u8,
        /// When the call has taken as long as it may.
        deadline: Option<Sleep>,
    },
}

/// What makes the calls.
pub(super) trait Calls {
    fn call(&self) -> Pending;
}

impl Turns {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            step: Step::Rest,
        }
    }

    /// Forgets the turn that has been begun.
    pub(super) fn restart(&mut self) {
        self.step = Step::Rest;
    }

    /// Waits until it is time, and calls.
    pub(super) fn poll(
        &mut self,
        calls: &dyn Calls,
        context: &mut Context<'_>,
    ) -> Poll<Result<Outcome, Stop>> {
        loop {
            self.step = match &mut self.step {
                Step::Rest => match self.schedule.sleep() {
                    Ok(Some(sleep)) => Step::Sleep(sleep),
                    Ok(None) => self.call(calls),
                    Err(stop) => return Poll::Ready(Err(stop)),
                },
                Step::Sleep(sleep) => {
                    ready!(Pin::new(sleep).poll(context));
                    self.call(calls)
                }
                Step::Call {
                    call,
                    yields,
                    deadline,
                } => {
                    let turn = match (call.as_mut().poll(context), deadline) {
                        (Poll::Ready(outcome), _) => Ok(outcome),
                        (Poll::Pending, None) => return Poll::Pending,
                        (Poll::Pending, Some(_)) if *yields < YIELDS => {
                            *yields += 1;
                            context.waker().wake_by_ref();
                            return Poll::Pending;
                        }
                        (Poll::Pending, Some(deadline)) => {
                            ready!(Pin::new(deadline).poll(context));
                            Err(self.schedule.timed_out())
                        }
                    };
                    self.step = Step::Rest;
                    return Poll::Ready(turn);
                }
            };
        }
    }

    fn call(&mut self, calls: &dyn Calls) -> Step {
        self.schedule.count();
        Step::Call {
            call: calls.call().send(),
            yields: 0,
            deadline: self.schedule.deadline(),
        }
    }
}

impl fmt::Debug for Turns {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.schedule, f)
    }
}
