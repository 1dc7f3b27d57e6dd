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
    /// Why not to use it any more.
    pub deprecated: Option<Deprecated>,
    /// The shortest delay, in seconds.
    pub min_delay: u64,
    /// The longest delay, in seconds.
    pub max_delay: u64,
    /// Whether it may end well with an error, so that there is no response.
    pub may_lack_response: bool,
    /// Whether it looks at the request.
    pub asks_request: bool,
    /// What it makes of a response: the first that matches decides.
    pub of_response: Vec<Acceptor<ResponseMatcher>>,
    /// What it makes of an error: the first that matches decides.
    pub of_error: Vec<Acceptor<ErrorMatcher>>,
}

/// What something means to a waiter.
#[derive(Debug)]
pub struct Acceptor<M> {
    /// What it looks like.
    pub matcher: M,
    /// What it means.
    pub state: State,
}

/// What a waiter makes of a response or an error.
#[derive(Debug)]
pub enum State {
    /// It is over.
    Success,
    /// Not yet.
    Retry,
    /// It will never be.
    Failure {
        /// What shows it, such as `JobStatus`.
        what: String,
        /// What that is, such as `FAILED`.
        is: String,
        /// What the service says about it.
        message: Option<Query>,
    },
}

/// What a response looks like.
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
    /// What it asks of the response, if it asks anything.
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

/// What an error looks like.
#[derive(Debug)]
pub enum ErrorMatcher {
    /// Any.
    Any,
    /// One that goes by one of these names.
    Named(Vec<String>),
}
