//! The documentation of a waiter: on what it succeeds, fails and polls again, and how long it waits in between.
//!
//! ```text
//! Polls [`Client::describe_export_job`](crate::Client::describe_export_job):
//!
//! - It succeeds if `JobStatus` is `COMPLETED` or `COMPLETED_WITH_ERRORS`.
//! - It fails if `JobStatus` is `FAILED`, or on any error.
//! - It polls again after any other response.
//!
//! Between polls it waits 2 minutes.
//! ```

use crate::docs::{code, wrap};
use crate::ir::State;

/// The condition of an acceptor, in words.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Condition {
    /// Any response.
    Response,
    /// Any error.
    Error,
    /// The error of this name.
    Named(String),
    /// A value in the response.
    Value {
        /// The value and the verb, such as `` `JobStatus` is ``.
        subject: String,
        /// The expected value, in Markdown.
        expected: String,
    },
}

/// The conditions on which a waiter succeeds, fails and polls again, each in the order of the acceptors.
#[derive(Debug, Default)]
pub struct Outcomes {
    success: Vec<Condition>,
    failure: Vec<Condition>,
    retry: Vec<Condition>,
}

impl Condition {
    /// A comparison of the value of a path with a string, by a comparator of Smithy.
    pub fn value(comparator: &str, path: &str, expected: &str) -> Self {
        let subject = match comparator {
            "allStringEquals" => format!("all of {} are", code(path)),
            "anyStringEquals" => format!("one of {} is", code(path)),
            _ => format!("{} is", code(name_of(path))),
        };
        Self::Value {
            subject,
            expected: code(expected),
        }
    }
}

impl Outcomes {
    /// Adds the condition of an acceptor that transitions to a state.
    pub fn add(&mut self, state: &State, condition: Condition) {
        let conditions = match state {
            State::Success => &mut self.success,
            State::Failure { .. } => &mut self.failure,
            State::Retry => &mut self.retry,
        };
        if !conditions.contains(&condition) {
            conditions.push(condition);
        }
    }

    /// The documentation of a waiter that polls this function of the client, with the shortest and the longest delay in seconds.
    pub fn docs(mut self, function: &str, delays: (u64, u64)) -> String {
        // As the runtime does where no acceptor matches.
        if !self.has(&Condition::Error) {
            self.failure.push(Condition::Error);
        }
        if !self.has(&Condition::Response) {
            self.retry.push(Condition::Response);
        }
        let mut text = format!("Polls [`Client::{function}`](crate::Client::{function}):\n\n");
        for (verb, conditions) in [
            ("succeeds", &self.success),
            ("fails", &self.failure),
            ("polls again", &self.retry),
        ] {
            if !conditions.is_empty() {
                text.push_str(&format!("- It {verb} {}.\n", self.in_words(conditions)));
            }
        }
        text.push_str(&format!("\n{}", delays_in_words(delays)));
        wrap(&text)
    }

    fn all(&self) -> impl Iterator<Item = &Condition> {
        let others = self.failure.iter().chain(&self.retry);
        self.success.iter().chain(others)
    }

    fn has(&self, condition: &Condition) -> bool {
        self.all().any(|it| it == condition)
    }

    /// The conditions in one clause: comparisons of the same value together, then errors, then what no acceptor names.
    fn in_words(&self, conditions: &[Condition]) -> String {
        let mut clauses = Vec::new();
        let values = comparisons(conditions)
            .into_iter()
            .map(|(subject, values)| format!("{subject} {}", either(&values)));
        let values: Vec<_> = values.collect();
        if !values.is_empty() {
            clauses.push(format!("if {}", values.join(", or if ")));
        }
        let errors = conditions.iter().filter_map(|condition| match condition {
            Condition::Named(name) => Some(code(name)),
            _ => None,
        });
        let errors: Vec<_> = errors.collect();
        if !errors.is_empty() {
            clauses.push(format!("on the error {}", either(&errors)));
        }
        if conditions.contains(&Condition::Error) {
            clauses.push(format!("on any {}error", self.other(is_error)));
        }
        if conditions.contains(&Condition::Response) {
            clauses.push(format!("after any {}response", self.other(is_value)));
        }
        clauses.join(", or ")
    }

    /// The word "other", if acceptors name some of this kind.
    fn other(&self, is_of_kind: fn(&Condition) -> bool) -> &'static str {
        if self.all().any(is_of_kind) {
            "other "
        } else {
            ""
        }
    }
}

fn is_error(condition: &Condition) -> bool {
    matches!(condition, Condition::Named(_))
}

fn is_value(condition: &Condition) -> bool {
    matches!(condition, Condition::Value { .. })
}

/// The values that are compared, each with all that is expected of it.
fn comparisons(conditions: &[Condition]) -> Vec<(&str, Vec<String>)> {
    let mut comparisons: Vec<(&str, Vec<String>)> = Vec::new();
    for condition in conditions {
        let Condition::Value { subject, expected } = condition else {
            continue;
        };
        match comparisons.iter_mut().find(|(it, _)| it == subject) {
            Some((_, values)) => values.push(expected.clone()),
            None => comparisons.push((subject, vec![expected.clone()])),
        }
    }
    comparisons
}

/// `A`, `A or B`, `A, B or C`.
fn either(items: &[String]) -> String {
    match items {
        [first @ .., before, last] if !first.is_empty() => {
            format!("{}, {before} or {last}", first.join(", "))
        }
        _ => items.join(" or "),
    }
}

/// Returns the name of a path's value, for people: its last name, if it is made of names alone.
pub fn name_of(path: &str) -> &str {
    let is_plain = path
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '[' | ']'));
    if !is_plain {
        return path;
    }
    path.rsplit_once('.').map_or(path, |(_, last)| last)
}

fn delays_in_words((min, max): (u64, u64)) -> String {
    if min == max {
        format!("Between polls it waits {}.", time(min))
    } else {
        format!(
            "Between polls it waits {} at first, and up to {} later on.",
            time(min),
            time(max)
        )
    }
}

/// A number of seconds in words.
fn time(seconds: u64) -> String {
    match seconds {
        1 => "1 second".to_owned(),
        60 => "1 minute".to_owned(),
        _ if seconds > 60 && seconds.is_multiple_of(60) => format!("{} minutes", seconds / 60),
        _ => format!("{seconds} seconds"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn failure() -> State {
        State::Failure {
            what: String::new(),
            is: String::new(),
            message: None,
        }
    }

    fn docs(acceptors: Vec<(State, Condition)>, delays: (u64, u64)) -> String {
        let mut outcomes = Outcomes::default();
        for (state, condition) in acceptors {
            outcomes.add(&state, condition);
        }
        outcomes.docs("describe_job", delays)
    }

    fn status(expected: &str) -> Condition {
        Condition::value("stringEquals", "Job.Status", expected)
    }

    #[test]
    fn all_acceptors_and_both_delays_are_named() {
        let acceptors = vec![
            (State::Success, status("DONE")),
            (failure(), status("FAILED")),
            (State::Success, status("DONE_WITH_ERRORS")),
            (
                failure(),
                Condition::value("anyStringEquals", "Jobs[].Status", "A"),
            ),
            (failure(), status("CANCELLED")),
            (failure(), status("GONE")),
            (State::Retry, Condition::Named("Missing".to_owned())),
            (State::Retry, status("RUNNING")),
            (
                State::Success,
                Condition::value("allStringEquals", "Jobs[].Status", "B"),
            ),
        ];
        insta::assert_snapshot!(docs(acceptors, (30, 120)), @"
        Polls [`Client::describe_job`](crate::Client::describe_job):

        - It succeeds if `Status` is `DONE` or `DONE_WITH_ERRORS`, or if all of `Jobs[].Status` are
          `B`.
        - It fails if `Status` is `FAILED`, `CANCELLED` or `GONE`, or if one of `Jobs[].Status` is
          `A`, or on any other error.
        - It polls again if `Status` is `RUNNING`, or on the error `Missing`, or after any other
          response.

        Between polls it waits 30 seconds at first, and up to 2 minutes later on.
        ");
    }

    #[test]
    fn an_acceptor_of_anything_takes_the_place_of_the_default() {
        let acceptors = vec![
            (State::Success, Condition::Named("Gone".to_owned())),
            (State::Retry, Condition::Error),
            (failure(), Condition::Response),
        ];
        insta::assert_snapshot!(docs(acceptors, (120, 120)), @"
        Polls [`Client::describe_job`](crate::Client::describe_job):

        - It succeeds on the error `Gone`.
        - It fails after any response.
        - It polls again on any other error.

        Between polls it waits 2 minutes.
        ");
    }

    #[test]
    fn a_time_is_in_seconds_or_minutes() {
        let times = [1, 59, 60, 61, 120, u64::MAX].map(time);
        assert_eq!(
            times,
            [
                "1 second",
                "59 seconds",
                "1 minute",
                "61 seconds",
                "2 minutes",
                "18446744073709551615 seconds"
            ]
        );
    }
}
