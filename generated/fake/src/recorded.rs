//! The requests that the fake has seen.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};

use hyper::HeaderMap;
use hyper::http::request::Parts;
use serde::de::DeserializeOwned;

use crate::Fault;

/// Older requests are forgotten, so that a fake that serves for days does not grow.
const KEPT: usize = 10_000;

/// A request that the fake has seen.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct RecordedRequest {
    /// The HTTP method.
    pub method: String,
    /// The path and the query.
    pub path: String,
    /// The headers.
    pub headers: HeaderMap,
    /// The body.
    pub body: Vec<u8>,
    /// The fault that it met, if the fake was told so.
    pub fault: Option<Fault>,
}

impl RecordedRequest {
    pub(crate) fn new(parts: Parts, body: Vec<u8>) -> Self {
        Self {
            method: parts.method.to_string(),
            // Through a proxy, the URI is a whole one.
            path: parts
                .uri
                .path_and_query()
                .map_or_else(String::new, ToString::to_string),
            headers: parts.headers,
            body,
            fault: None,
        }
    }

    /// A header, if there is one of this name and it is text.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    /// The operation that the request asks for: what `x-amz-target` says after the service's name.
    pub fn operation(&self) -> Option<&str> {
        self.header("x-amz-target")?.strip_prefix("HealthLake.")
    }

    /// The body, read as JSON into what the caller wants: the operation's request type, or a `serde_json::Value`.
    ///
    /// # Errors
    /// If the body is not JSON of that form.
    pub fn json<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_slice(&self.body)
    }
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct Record(Mutex<VecDeque<RecordedRequest>>);

impl Record {
    pub(crate) fn add(&self, request: RecordedRequest) {
        let mut requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if requests.len() == KEPT {
            requests.pop_front();
        }
        requests.push_back(request);
    }

    pub(crate) fn all(&self) -> Vec<RecordedRequest> {
        let requests = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        requests.iter().cloned().collect()
    }
}
