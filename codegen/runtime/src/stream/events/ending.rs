//! The end of a request's events: who ends them, and what senders hear of it.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Waker};

use tokio::sync::SetOnce;

/// The reason where a response is there, and the connection does not take more events.
const NOT_READ: &str = "the service reads no more of them, and its response says why";

/// The end of a request's events. Senders, the body that takes the events, the call and its response share it.
///
/// The connection drops the body before the call knows why. So senders wait for what the call says, while there is one.
#[derive(Debug, Default)]
pub(crate) struct Ending {
    reason: SetOnce<Arc<str>>,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    phase: Phase,
    is_stopped: bool,
    /// Whoever writes the body.
    writer: Option<Waker>,
    /// The reason that an event could not be written.
    failure: Option<String>,
}

/// The progress of a request with events.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum Phase {
    /// There is no call yet.
    #[default]
    New,
    /// The call has not been answered yet.
    Called,
    /// There is a response, and events may still be read.
    Answered,
    /// Nothing takes events any more.
    Dropped,
}

/// For senders.
impl Ending {
    /// Waits for the reason.
    pub(super) async fn reason(&self) -> Arc<str> {
        Arc::clone(self.reason.wait().await)
    }
}

/// For the call and its response.
impl Ending {
    /// Begins the call.
    pub(crate) fn call(&self) {
        self.state().phase = Phase::Called;
    }

    /// Notes that there is a response.
    pub(crate) fn answer(&self) {
        if self.enter(Phase::Answered) == Phase::Dropped {
            self.set(NOT_READ);
        }
    }

    /// Ends the call for this reason, unless it has ended already. The body breaks off, so that the service does not take the events for
    /// complete.
    pub(crate) fn stop(&self, reason: &str) {
        self.set(reason);
        let mut state = self.state();
        state.is_stopped = true;
        if let Some(writer) = state.writer.take() {
            drop(state);
            writer.wake();
        }
    }

    /// Ends the call unless there is a response: it was given up.
    pub(crate) fn give_up(&self) {
        if self.state().phase != Phase::Answered {
            self.stop("the call was given up before it was answered");
        }
    }

    /// Returns the reason that an event could not be written.
    pub(crate) fn failure(&self) -> Option<String> {
        self.state().failure.clone()
    }
}

/// For the body.
impl Ending {
    /// Returns `true` if the body has to break off, and has it written again once it has to.
    pub(super) fn poll_stopped(&self, context: &mut Context<'_>) -> Poll<()> {
        let mut state = self.state();
        if state.is_stopped {
            return Poll::Ready(());
        }
        match &mut state.writer {
            Some(writer) => writer.clone_from(context.waker()),
            writer => *writer = Some(context.waker().clone()),
        }
        Poll::Pending
    }

    /// Notes that an event could not be written, which ends the request.
    pub(super) fn fail(&self, reason: String) {
        self.set(&reason);
        self.state().failure.get_or_insert(reason);
    }

    /// Notes that nothing takes events any more.
    pub(super) fn close(&self) {
        match self.enter(Phase::Dropped) {
            Phase::New => self.set("its stream was dropped without being sent"),
            Phase::Answered => self.set(NOT_READ),
            Phase::Called | Phase::Dropped => {}
        }
    }
}

impl Ending {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Enters a phase, and returns the one before.
    fn enter(&self, phase: Phase) -> Phase {
        std::mem::replace(&mut self.state().phase, phase)
    }

    /// Sets the reason, unless there is one.
    fn set(&self, reason: &str) {
        let _ = self.reason.set(reason.into());
    }
}
