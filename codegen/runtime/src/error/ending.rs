//! Why a waiter or a run of pages ended that no single call is to blame for.

use std::error::Error as StdError;
use std::fmt;
use std::time::Duration;

use crate::error::failure::{Circumstances, Facts, SdkError};
use crate::line;
use crate::{Failure, OperationSchema};

/// Why it ended. `Display` is the whole line: what was going on, and what happened.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct Ending {
    subject: &'static str,
    kind: Kind,
}

#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
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

impl Ending {
    /// `subject` is the waiter, or the operation that gives pages.
    pub(crate) fn new(subject: &'static str, kind: Kind) -> Self {
        Self { subject, kind }
    }

    /// The failure to return for it.
    pub(crate) fn into_failure<E>(self, operation: OperationSchema) -> Failure<E> {
        Failure::new(None, self.into_facts(operation))
    }

    fn into_facts(self, operation: OperationSchema) -> Facts {
        let error = match self.kind {
            Kind::TimedOut { .. } => SdkError::timeout_error(self),
            _ => SdkError::construction_failure(self),
        };
        let circumstances = Circumstances {
            operation: Some(operation.name()),
            ..Circumstances::default()
        };
        Facts::new(error, circumstances)
    }

    /// What the service says about the state that was found.
    pub(crate) fn message(&self) -> Option<&str> {
        match &self.kind {
            Kind::Failed { message, .. } => message.as_deref(),
            _ => None,
        }
    }
}

impl fmt::Display for Ending {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let subject = self.subject;
        match &self.kind {
            Kind::Failed {
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
            Kind::TimedOut { after, polls } => {
                let polls = if *polls == 1 {
                    "1 poll".to_owned()
                } else {
                    format!("{polls} polls")
                };
                write!(
                    f,
                    "waiting for {subject} took longer than max_wait, {after:?}: still not there after {polls}"
                )
            }
            Kind::NoSleep => write!(
                f,
                "waiting for {subject} is not possible without a sleep_impl: set one in the SdkConfig"
            ),
            Kind::OverAlready => write!(f, "waiting for {subject} was over already"),
            Kind::TokenRepeated => write!(
                f,
                "the pages of {subject} go round in circles: a page names one as the next that has been there before"
            ),
        }
    }
}

impl StdError for Ending {}
