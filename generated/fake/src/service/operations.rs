//! The operations: the host that serves each, what its request must be like, and what carries it out.

use healthlake::ServiceError;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Call, Service};
use crate::Answer;
use crate::constraints::requests::*;
use crate::constraints::{Shape, problems};
use crate::refusal::{common, internal, invalid};

/// The beginning of the names of hosts that serve profiles and transformation jobs.
const DATA_TRANSFORMATION: &str = "datatransformation.";

/// An operation of the service.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// The text that the model puts before the name of the service's host.
    pub(crate) host_prefix: Option<&'static str>,
    pub(crate) request: &'static Shape,
    /// Reads a request that is as it must be, and makes the answer.
    carry_out: fn(&mut Service, &Call<'_>, Value) -> Result<Answer, ServiceError>,
}

/// `"Name" at HOST_PREFIX, REQUEST => method;` for each; a method that says `(call)` is told of the call beside its request.
/// `in events` are those whose response is a stream.
macro_rules! operations {
    ($($name:literal $(at $prefix:ident)?, $request:ident => $method:ident $(($call:ident))? $(in $events:ident)?;)*) => {
        [$(Operation {
            name: $name,
            host_prefix: operations!(@prefix $($prefix)?),
            request: &$request,
            carry_out: operations!(@carry_out $method $(($call))? $(in $events)?),
        },)*]
    };
    (@prefix) => { None };
    (@prefix $prefix:ident) => { Some($prefix) };
    (@carry_out $method:ident) => {
        |service, _, body| respond(body, |request| service.$method(request))
    };
    (@carry_out $method:ident (call)) => {
        |service, call, body| respond(body, |request| service.$method(call, request))
    };
    (@carry_out $method:ident (call) in events) => {
        |service, call, body| {
            let request = serde_json::from_value(body).map_err(serialization)?;
            let events = service.$method(call, request)?;
            let answer = Answer::events(events, service.timing.agent_event);
            answer.map_err(|error| internal(error.to_string()))
        }
    };
}

pub(crate) static OPERATIONS: [Operation; 26] = operations! {
    "CreateDataTransformationProfile" at DATA_TRANSFORMATION, CREATE_DATA_TRANSFORMATION_PROFILE => create_profile(call);
    "CreateFHIRDatastore", CREATE_FHIR_DATASTORE => create_datastore(call);
    "DeleteDataTransformationProfile" at DATA_TRANSFORMATION, DELETE_DATA_TRANSFORMATION_PROFILE => delete_profile;
    "DeleteFHIRDatastore", DELETE_FHIR_DATASTORE => delete_datastore;
    "DescribeDataTransformationJob" at DATA_TRANSFORMATION, DESCRIBE_DATA_TRANSFORMATION_JOB => describe_transformation_job;
    "DescribeFHIRDatastore", DESCRIBE_FHIR_DATASTORE => describe_datastore;
    "DescribeFHIRExportJob", DESCRIBE_FHIR_EXPORT_JOB => describe_export_job;
    "DescribeFHIRImportJob", DESCRIBE_FHIR_IMPORT_JOB => describe_import_job;
    "GetDataTransformationProfile" at DATA_TRANSFORMATION, GET_DATA_TRANSFORMATION_PROFILE => get_profile;
    "ListDataTransformationJobs" at DATA_TRANSFORMATION, LIST_DATA_TRANSFORMATION_JOBS => list_transformation_jobs;
    "ListDataTransformationProfileVersions" at DATA_TRANSFORMATION, LIST_DATA_TRANSFORMATION_PROFILE_VERSIONS => list_profile_versions;
    "ListDataTransformationProfiles" at DATA_TRANSFORMATION, LIST_DATA_TRANSFORMATION_PROFILES => list_profiles;
    "ListFHIRDatastores", LIST_FHIR_DATASTORES => list_datastores;
    "ListFHIRExportJobs", LIST_FHIR_EXPORT_JOBS => list_export_jobs;
    "ListFHIRImportJobs", LIST_FHIR_IMPORT_JOBS => list_import_jobs;
    "ListTagsForResource", LIST_TAGS_FOR_RESOURCE => list_tags;
    "PublishDataTransformationProfile" at DATA_TRANSFORMATION, PUBLISH_DATA_TRANSFORMATION_PROFILE => publish_profile;
    "RestoreFHIRDatastore", RESTORE_FHIR_DATASTORE => restore_datastore(call);
    "StartDataTransformationJob" at DATA_TRANSFORMATION, START_DATA_TRANSFORMATION_JOB => start_transformation_job(call);
    "StartFHIRExportJob", START_FHIR_EXPORT_JOB => start_export_job(call);
    "StartFHIRImportJob", START_FHIR_IMPORT_JOB => start_import_job(call);
    "TagResource", TAG_RESOURCE => tag;
    "UntagResource", UNTAG_RESOURCE => untag;
    "UpdateDataTransformationProfile" at DATA_TRANSFORMATION, UPDATE_DATA_TRANSFORMATION_PROFILE => update_profile;
    "UpdateFHIRDatastore", UPDATE_FHIR_DATASTORE => update_datastore(call);
    "UpdateProfileWithAgent" at DATA_TRANSFORMATION, UPDATE_PROFILE_WITH_AGENT => talk_to_agent(call) in events;
};

/// The operation of this name, as the host of this name serves it.
///
/// The host of the transformations serves no other operations. The service's own host serves theirs too: clients that are
/// told to put nothing before a host's name send them there.
fn find(name: &str, host: &str) -> Result<&'static Operation, ServiceError> {
    let unknown = |message| common(400, "UnknownOperationException", message);
    let operation = OPERATIONS.iter().find(|operation| operation.name == name);
    let operation =
        operation.ok_or_else(|| unknown(format!("HealthLake has no operation {name}")))?;
    if operation.host_prefix.is_none() && host.starts_with(DATA_TRANSFORMATION) {
        return Err(unknown(format!("{host} does not serve {name}")));
    }
    Ok(operation)
}

impl Service {
    /// Carries out a call: the answer, or why there is none.
    pub(crate) fn call(&mut self, call: &Call<'_>) -> Result<Answer, ServiceError> {
        let operation = find(call.operation, call.host)?;
        let body = parse(call.body)?;
        check(operation.request, &body)?;
        (operation.carry_out)(self, call, body)
    }
}

fn respond<Request: DeserializeOwned, Response: Serialize>(
    body: Value,
    method: impl FnOnce(Request) -> Result<Response, ServiceError>,
) -> Result<Answer, ServiceError> {
    let request = serde_json::from_value(body).map_err(serialization)?;
    let response = method(request)?;
    let body = serde_json::to_vec(&response).map_err(serialization)?;
    Ok(Answer::json(200, body))
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

/// Checks a value against the model's constraints.
pub(super) fn check(shape: &Shape, value: &Value) -> Result<(), ServiceError> {
    let problems = problems(shape, value);
    if problems.is_empty() {
        return Ok(());
    }
    Err(invalid(explain(&problems)))
}

/// Says of problems what the service says, all at once.
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

#[cfg(test)]
mod tests {
    use super::*;

    const MODEL: &str = include_str!("../../../../models/healthlake-2017-07-01.json");

    #[test]
    fn every_operation_of_the_model_is_served_at_its_host() {
        let model: Value = serde_json::from_str(MODEL).unwrap();
        let shapes = model["shapes"].as_object().unwrap();
        let mut expected: Vec<_> = shapes
            .iter()
            .filter(|(_, shape)| shape["type"] == "operation")
            .map(|(id, shape)| {
                let prefix = &shape["traits"]["smithy.api#endpoint"]["hostPrefix"];
                (id.split_once('#').unwrap().1, prefix.as_str())
            })
            .collect();
        expected.sort_unstable();
        let table: Vec<_> = OPERATIONS
            .iter()
            .map(|operation| (operation.name, operation.host_prefix))
            .collect();
        assert_eq!(table, expected);
    }

    #[test]
    fn a_host_serves_its_operations() {
        for (name, host, good) in [
            ("ListFHIRDatastores", "localhost:1", true),
            (
                "ListFHIRDatastores",
                "datatransformation.localhost:1",
                false,
            ),
            (
                "ListDataTransformationJobs",
                "datatransformation.localhost:1",
                true,
            ),
            ("ListDataTransformationJobs", "localhost:1", true),
            ("ListEverything", "localhost:1", false),
        ] {
            assert_eq!(find(name, host).is_ok(), good, "{name} at {host}");
        }
    }
}
