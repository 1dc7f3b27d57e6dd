//! Waiters.

use super::query::Query;
use super::types::Deprecated;

/// A waiter.
#[derive(Debug)]
pub struct Waiter {
    /// The name in the model, such as `DNSImportJobCompleted`.
    pub name: String,
    /// The name of the client's function, such as `wait_until_dns_import_job_completed`.
    pub function: String,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// The shortest delay, in seconds.
    pub min_delay: u64,
    /// The longest delay, in seconds.
    pub max_delay: u64,
    /// `true` if it may succeed on an error, so that there is no response.
    pub may_lack_response: bool,
    /// `true` if it looks at the request.
    pub reads_request: bool,
    /// The acceptors of responses: the first that matches decides.
    pub of_response: Vec<Acceptor<ResponseMatcher>>,
    /// The acceptors of errors: the first that matches decides.
    pub of_error: Vec<Acceptor<ErrorMatcher>>,
}

/// An acceptor of a waiter.
#[derive(Debug)]
pub struct Acceptor<M> {
    /// The matcher.
    pub matcher: M,
    /// The state that the acceptor transitions to.
    pub state: State,
}

/// The state that an acceptor transitions to.
#[derive(Debug)]
pub enum State {
    /// It is over.
    Success,
    /// Not yet.
    Retry,
    /// It will never be.
    Failure {
        /// The name of the matched value, such as `JobStatus`.
        what: String,
        /// The matched value, such as `FAILED`.
        is: String,
        /// The service's explanation of it.
        message: Option<Query>,
    },
}

/// A matcher of responses.
#[derive(Debug)]
pub enum ResponseMatcher {
    /// Any.
    Any,
    /// This is true, or is not.
    Boolean(Query, bool),
    /// This is the string.
    Text(Query, String),
    /// There are strings, and all of them are this one.
    AllTexts(Query, String),
    /// One of the strings is this one.
    AnyText(Query, String),
}

impl ResponseMatcher {
    /// Returns the query on the response, if there is one.
    pub fn query(&self) -> Option<&Query> {
        match self {
            Self::Any => None,
            Self::Boolean(query, _)
            | Self::Text(query, _)
            | Self::AllTexts(query, _)
            | Self::AnyText(query, _) => Some(query),
        }
    }
}

/// A matcher of errors.
#[derive(Debug)]
pub enum ErrorMatcher {
    /// Any.
    Any,
    /// One that goes by one of these names.
    Named(Vec<String>),
}
