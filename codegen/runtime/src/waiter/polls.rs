//! The polls of a waiter: sleep, call, and again.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use aws_smithy_async::rt::sleep::Sleep;

use super::schedule::Schedule;
use crate::call::erased::{CallOutcome, ErasedCall, OutcomeFuture};
use crate::error::polling::PollingErrorKind;

/// The number of times that a pending call is polled again at once before its deadline is looked at. tokio has a task that has done
/// much yield, and a sleep of tests is over as soon as it is polled: it must not end a call that would have gone on.
const YIELDS: u8 = 4;

/// The part of a waiter that sleeps and calls, whatever the operation.
pub(super) struct Poller {
    pub(super) schedule: Schedule,
    step: Step,
}

enum Step {
    Idle,
    Sleep(Sleep),
    Call {
        call: OutcomeFuture,
        yields: u8,
        /// The time that the call may take.
        deadline: Option<Sleep>,
    },
}

/// A source of calls, which depends on the operation.
pub(super) trait StartCall {
    fn call(&self) -> ErasedCall;
}

impl Poller {
    pub(super) fn new(schedule: Schedule) -> Self {
        Self {
            schedule,
            step: Step::Idle,
        }
    }

    /// Drops a poll that has begun, and its call: a future that was dropped must not leave its call to the next one.
    pub(super) fn restart(&mut self) {
        self.step = Step::Idle;
    }

    /// Waits until it is time, and calls.
    pub(super) fn poll(
        &mut self,
        calls: &dyn StartCall,
        context: &mut Context<'_>,
    ) -> Poll<Result<Box<CallOutcome>, PollingErrorKind>> {
        loop {
            self.step = match &mut self.step {
                Step::Idle => match self.schedule.sleep() {
                    Ok(Some(sleep)) => Step::Sleep(sleep),
                    Ok(None) => self.call(calls),
                    Err(kind) => return Poll::Ready(Err(kind)),
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
                    let polled = match (call.as_mut().poll(context), deadline) {
                        (Poll::Ready(outcome), _) => Ok(outcome),
                        (Poll::Pending, None) => return Poll::Pending,
                        // The deadline is not polled yet, so nothing but this wakes the task in case the call only yielded.
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
                    // This drops the call, which cancels one that is out of time.
                    self.step = Step::Idle;
                    return Poll::Ready(polled);
                }
            };
        }
    }

    fn call(&mut self, calls: &dyn StartCall) -> Step {
        self.schedule.count();
        Step::Call {
            call: calls.call().send(),
            yields: 0,
            deadline: self.schedule.deadline(),
        }
    }
}

impl fmt::Debug for Poller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.schedule, f)
    }
}
