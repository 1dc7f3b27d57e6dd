//! The service itself: its state, and what each operation does to it. Nothing here knows HTTP.
//!
//! A call comes as the operation's name and a JSON body. It is checked against the model's [constraints](crate::constraints),
//! read into the operation's request type, and carried out by a method of [`Service`]: those of data stores, jobs and tags are in
//! modules of their own.

mod datastores;
mod jobs;
pub(crate) mod lifecycle;
mod page;
mod tags;
mod tokens;
mod workload;

use std::time::Duration;

use healthlake::ServiceError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

pub use self::lifecycle::Outcome;

use self::datastores::Datastore;
use self::jobs::{Job, Outcomes};
use self::tokens::Tokens;
use crate::constraints::{Shape, problems, requests as shapes};
use crate::refusal::{common, invalid};
use crate::{Clock, Timing};

/// The account that everything belongs to.
const ACCOUNT: &str = "123456789012";

/// What the service holds.
#[derive(Debug)]
pub(crate) struct Service {
    clock: Clock,
    timing: Timing,
    step_per_describe: Duration,
    random: fastrand::Rng,
    created: u64,
    datastores: Vec<Datastore>,
    jobs: Vec<Job>,
    outcomes: Outcomes,
    tokens: Tokens,
}

/// A call, before its body has been looked at.
pub(crate) struct Call<'a> {
    pub(crate) operation: &'a str,
    pub(crate) region: &'a str,
    pub(crate) body: &'a [u8],
}

impl Service {
    pub(crate) fn new(
        clock: Clock,
        timing: Timing,
        step_per_describe: Duration,
        seed: u64,
    ) -> Self {
        Self {
            clock,
            timing,
            step_per_describe,
            random: fastrand::Rng::with_seed(seed),
            created: 0,
            datastores: Vec::new(),
            jobs: Vec::new(),
            outcomes: Outcomes::default(),
            tokens: Tokens::default(),
        }
    }

    /// Carries out a call: the body of the response, or why there is none.
    pub(crate) fn call(&mut self, call: &Call<'_>) -> Result<Vec<u8>, ServiceError> {
        match call.operation {
            "CreateFHIRDatastore" => {
                let region = call.region.to_owned();
                let create =
                    |service: &mut Self, request| service.create_datastore(&region, request);
                self.run(call, &shapes::CREATE_FHIR_DATASTORE, create)
            }
            "DeleteFHIRDatastore" => {
                self.run(call, &shapes::DELETE_FHIR_DATASTORE, Self::delete_datastore)
            }
            "DescribeFHIRDatastore" => self.run(
                call,
                &shapes::DESCRIBE_FHIR_DATASTORE,
                Self::describe_datastore,
            ),
            "DescribeFHIRExportJob" => self.run(
                call,
                &shapes::DESCRIBE_FHIR_EXPORT_JOB,
                Self::describe_export_job,
            ),
            "DescribeFHIRImportJob" => self.run(
                call,
                &shapes::DESCRIBE_FHIR_IMPORT_JOB,
                Self::describe_import_job,
            ),
            "ListFHIRDatastores" => {
                self.run(call, &shapes::LIST_FHIR_DATASTORES, Self::list_datastores)
            }
            "ListFHIRExportJobs" => {
                self.run(call, &shapes::LIST_FHIR_EXPORT_JOBS, Self::list_export_jobs)
            }
            "ListFHIRImportJobs" => {
                self.run(call, &shapes::LIST_FHIR_IMPORT_JOBS, Self::list_import_jobs)
            }
            "ListTagsForResource" => {
                self.run(call, &shapes::LIST_TAGS_FOR_RESOURCE, Self::list_tags)
            }
            "StartFHIRExportJob" => {
                self.run(call, &shapes::START_FHIR_EXPORT_JOB, Self::start_export_job)
            }
            "StartFHIRImportJob" => {
                self.run(call, &shapes::START_FHIR_IMPORT_JOB, Self::start_import_job)
            }
            "TagResource" => self.run(call, &shapes::TAG_RESOURCE, Self::tag),
            "UntagResource" => self.run(call, &shapes::UNTAG_RESOURCE, Self::untag),
            unknown => Err(common(
                400,
                "UnknownOperationException",
                format!("HealthLake has no operation {unknown}"),
            )),
        }
    }

    fn run<Request: DeserializeOwned, Response: Serialize>(
        &mut self,
        call: &Call<'_>,
        shape: &Shape,
        operation: impl FnOnce(&mut Self, Request) -> Result<Response, ServiceError>,
    ) -> Result<Vec<u8>, ServiceError> {
        let body = parse(call.body)?;
        let problems = problems(shape, &body);
        if !problems.is_empty() {
            return Err(invalid(explain(&problems)));
        }
        let request = serde_json::from_value(body).map_err(serialization)?;
        let response = operation(self, request)?;
        serde_json::to_vec(&response).map_err(serialization)
    }

    /// A number greater than all before: what lists are ordered by.
    fn next_number(&mut self) -> u64 {
        self.created += 1;
        self.created
    }

    /// An id as the service makes them.
    fn new_id(&mut self) -> String {
        format!("{:032x}", self.random.u128(..))
    }

    /// An id for a request or a connection.
    pub(crate) fn new_request_id(&mut self) -> String {
        let id = self.new_id();
        [&id[..8], &id[8..12], &id[12..16], &id[16..20], &id[20..]].join("-")
    }
}

/// Reads the body of a request. An empty one has no members.
fn parse(body: &[u8]) -> Result<Value, ServiceError> {
    if body.is_empty() {
        return Ok(Value::Object(Map::new()));
    }
    match serde_json::from_slice(body) {
        Ok(Value::Object(members)) => Ok(Value::Object(members)),
        Ok(_) => Err(common(
            400,
            "SerializationException",
            "Start of structure expected",
        )),
        Err(error) => Err(serialization(error)),
    }
}

fn serialization(error: serde_json::Error) -> ServiceError {
    common(400, "SerializationException", error.to_string())
}

fn explain(problems: &[String]) -> String {
    let errors = if problems.len() == 1 {
        "error"
    } else {
        "errors"
    };
    format!(
        "{} validation {errors} detected: {}",
        problems.len(),
        problems.join("; ")
    )
}
