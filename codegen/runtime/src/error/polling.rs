//! The error of a waiter or a paginator that no single call is to blame for.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::line;

/// The reason that a waiter or a paginator ended. `Display` is the whole line: what was going on, and what happened.
#[derive(Debug)]
pub(crate) struct PollingError {
    subject: &'static str,
    kind: PollingErrorKind,
}

#[derive(Debug)]
#[cfg_attr(test, derive(PartialEq))]
pub(crate) enum PollingErrorKind {
    /// A waiter found a state that it cannot come back from.
    Failed {
        what: &'static str,
        state: String,
        message: Option<String>,
    },
    /// A waiter has waited for as long as it may.
    TimedOut { after: Duration, polls: u32 },
    /// A waiter cannot wait.
    NoSleep,
    /// A waiter was awaited after it had ended.
    OverAlready,
    /// A page names a page as the next that has been there before.
    TokenRepeated,
}

impl PollingError {
    /// Creates an error; `subject` is the waiter, or the paginated operation.
    pub(crate) fn new(subject: &'static str, kind: PollingErrorKind) -> Self {
        Self { subject, kind }
    }

    /// Returns `true` if a waiter has waited for as long as it may.
    pub(crate) fn is_timeout(&self) -> bool {
        matches!(self.kind, PollingErrorKind::TimedOut { .. })
    }

    /// Returns the service's message about the state that was found.
    pub(crate) fn message(&self) -> Option<&str> {
        match &self.kind {
            PollingErrorKind::Failed { message, .. } => message.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for PollingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject;
        match &self.kind {
            PollingErrorKind::Failed {
                what,
                state,
                message,
            } => {
                let state = line::name(state);
                write!(f, "waiting for {subject} failed: {what} is {state}")?;
                match message {
                    Some(message) => write!(f, ": {}", line::text(message)),
                    None => Ok(()),
                }
            }
            PollingErrorKind::TimedOut { after, polls } => {
                let s = if *polls == 1 { "" } else { "s" };
                write!(
                    f,
                    "waiting for {subject} took longer than max_wait, {after:?}: still not there after {polls} poll{s}"
                )
            }
            PollingErrorKind::NoSleep => write!(
                f,
                "waiting for {subject} is not possible without a sleep_impl: set one in the SdkConfig"
            ),
            PollingErrorKind::OverAlready => write!(f, "waiting for {subject} was over already"),
            PollingErrorKind::TokenRepeated => write!(
                f,
                "the pages of {subject} go round in circles: a page names one as the next that has been there before"
            ),
        }
    }
}

impl StdError for PollingError {}
