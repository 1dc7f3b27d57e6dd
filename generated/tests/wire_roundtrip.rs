//! Every shape of HealthLake, written and read back.
//!
//! The values are made from the model, not from the Rust types: JSON as the service may send it, with unknown enum values and
//! union tags, is read into the type, written, and must be the same JSON; read again, it must be the same value. Requests, which are
//! not the service's, have no unknown union tags: they would not be read.

use std::collections::BTreeSet;
use std::fmt::Debug;
use std::sync::LazyLock;

use healthlake::*;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Number, Value};

static SHAPES: LazyLock<Map<String, Value>> = LazyLock::new(|| {
    let model = include_str!("../../models/healthlake-2017-07-01.json");
    let mut model: Value = serde_json::from_str(model).expect("the model is JSON");
    serde_json::from_value(model["shapes"].take()).expect("shapes")
});
const NAMESPACE: &str = "com.amazonaws.healthlake#";

/// Runs `$check` for every structure and union of the model, and says which those were.
macro_rules! for_each_shape {
    ($check:ident: $($wire:literal $name:ident,)*) => {{
        $($check::<$name>($wire);)*
        BTreeSet::from([$($wire),*])
    }};
}

fn check_all() -> BTreeSet<&'static str> {
    for_each_shape!(check:
        "AccessDeniedException" AccessDeniedException,
        "AgentInputMessage" AgentInputMessage,
        "AgentOutputMessageStream" AgentOutputMessageStream,
        "AnalyticsConfiguration" AnalyticsConfiguration,
        "BackupConfiguration" BackupConfiguration,
        "ConflictException" ConflictException,
        "ContinuousBackupRestoreConfiguration" ContinuousBackupRestoreConfiguration,
        "CreateDataTransformationProfileRequest" CreateDataTransformationProfileRequest,
        "CreateDataTransformationProfileResponse" CreateDataTransformationProfileResponse,
        "CreateDataTransformationProfileSource" CreateDataTransformationProfileSource,
        "CreateFHIRDatastoreRequest" CreateFhirDatastoreRequest,
        "CreateFHIRDatastoreResponse" CreateFhirDatastoreResponse,
        "DataTransformationProfileSummary" DataTransformationProfileSummary,
        "DataTransformationProfileVersionSummary" DataTransformationProfileVersionSummary,
        "DataTransformationS3Configuration" DataTransformationS3Configuration,
        "DatastoreBackupStatus" DatastoreBackupStatus,
        "DatastoreFilter" DatastoreFilter,
        "DatastoreProperties" DatastoreProperties,
        "DeleteDataTransformationProfileRequest" DeleteDataTransformationProfileRequest,
        "DeleteDataTransformationProfileResponse" DeleteDataTransformationProfileResponse,
        "DeleteFHIRDatastoreRequest" DeleteFhirDatastoreRequest,
        "DeleteFHIRDatastoreResponse" DeleteFhirDatastoreResponse,
        "DescribeDataTransformationJobRequest" DescribeDataTransformationJobRequest,
        "DescribeDataTransformationJobResponse" DescribeDataTransformationJobResponse,
        "DescribeFHIRDatastoreRequest" DescribeFhirDatastoreRequest,
        "DescribeFHIRDatastoreResponse" DescribeFhirDatastoreResponse,
        "DescribeFHIRExportJobRequest" DescribeFhirExportJobRequest,
        "DescribeFHIRExportJobResponse" DescribeFhirExportJobResponse,
        "DescribeFHIRImportJobRequest" DescribeFhirImportJobRequest,
        "DescribeFHIRImportJobResponse" DescribeFhirImportJobResponse,
        "EndOfOutputEvent" EndOfOutputEvent,
        "ErrorCause" ErrorCause,
        "ErrorEvent" ErrorEvent,
        "ExistingVersionedProfileSource" ExistingVersionedProfileSource,
        "ExportJobProperties" ExportJobProperties,
        "FailedDependencyException" FailedDependencyException,
        "GetDataTransformationProfileRequest" GetDataTransformationProfileRequest,
        "GetDataTransformationProfileResponse" GetDataTransformationProfileResponse,
        "HeartbeatEvent" HeartbeatEvent,
        "IdentityProviderConfiguration" IdentityProviderConfiguration,
        "ImportJobProperties" ImportJobProperties,
        "InputDataConfig" InputDataConfig,
        "InternalServerException" InternalServerException,
        "JobProgressReport" JobProgressReport,
        "KmsEncryptionConfig" KmsEncryptionConfig,
        "ListDataTransformationJobsRequest" ListDataTransformationJobsRequest,
        "ListDataTransformationJobsResponse" ListDataTransformationJobsResponse,
        "ListDataTransformationProfileVersionsRequest" ListDataTransformationProfileVersionsRequest,
        "ListDataTransformationProfileVersionsResponse" ListDataTransformationProfileVersionsResponse,
        "ListDataTransformationProfilesRequest" ListDataTransformationProfilesRequest,
        "ListDataTransformationProfilesResponse" ListDataTransformationProfilesResponse,
        "ListFHIRDatastoresRequest" ListFhirDatastoresRequest,
        "ListFHIRDatastoresResponse" ListFhirDatastoresResponse,
        "ListFHIRExportJobsRequest" ListFhirExportJobsRequest,
        "ListFHIRExportJobsResponse" ListFhirExportJobsResponse,
        "ListFHIRImportJobsRequest" ListFhirImportJobsRequest,
        "ListFHIRImportJobsResponse" ListFhirImportJobsResponse,
        "ListTagsForResourceRequest" ListTagsForResourceRequest,
        "ListTagsForResourceResponse" ListTagsForResourceResponse,
        "NlpConfiguration" NlpConfiguration,
        "OutputDataConfig" OutputDataConfig,
        "PreloadDataConfig" PreloadDataConfig,
        "ProfileConfiguration" ProfileConfiguration,
        "ProfileMappingSource" ProfileMappingSource,
        "ProgressEvent" ProgressEvent,
        "PublishDataTransformationProfileRequest" PublishDataTransformationProfileRequest,
        "PublishDataTransformationProfileResponse" PublishDataTransformationProfileResponse,
        "ResourceNotFoundException" ResourceNotFoundException,
        "RestoreConfiguration" RestoreConfiguration,
        "RestoreFHIRDatastoreRequest" RestoreFhirDatastoreRequest,
        "RestoreFHIRDatastoreResponse" RestoreFhirDatastoreResponse,
        "S3Configuration" S3Configuration,
        "SampleDataSource" SampleDataSource,
        "ServiceQuotaExceededException" ServiceQuotaExceededException,
        "SseConfiguration" SseConfiguration,
        "StartDataTransformationJobRequest" StartDataTransformationJobRequest,
        "StartDataTransformationJobResponse" StartDataTransformationJobResponse,
        "StartFHIRExportJobRequest" StartFhirExportJobRequest,
        "StartFHIRExportJobResponse" StartFhirExportJobResponse,
        "StartFHIRImportJobRequest" StartFhirImportJobRequest,
        "StartFHIRImportJobResponse" StartFhirImportJobResponse,
        "StarterProfileSource" StarterProfileSource,
        "Tag" Tag,
        "TagResourceRequest" TagResourceRequest,
        "TagResourceResponse" TagResourceResponse,
        "TextMessageEvent" TextMessageEvent,
        "ThrottlingException" ThrottlingException,
        "TransformationInputDataConfig" TransformationInputDataConfig,
        "TransformationJobProgressReport" TransformationJobProgressReport,
        "TransformationJobProperties" TransformationJobProperties,
        "TransformationJobSummary" TransformationJobSummary,
        "TransformationOutputDataConfig" TransformationOutputDataConfig,
        "UntagResourceRequest" UntagResourceRequest,
        "UntagResourceResponse" UntagResourceResponse,
        "UpdateDataTransformationProfileRequest" UpdateDataTransformationProfileRequest,
        "UpdateDataTransformationProfileResponse" UpdateDataTransformationProfileResponse,
        "UpdateFHIRDatastoreRequest" UpdateFhirDatastoreRequest,
        "UpdateFHIRDatastoreResponse" UpdateFhirDatastoreResponse,
        "UpdateProfileWithAgentRequest" UpdateProfileWithAgentRequest,
        "ValidationException" ValidationException,
    )
}

#[test]
fn every_shape_survives_the_wire() {
    assert_eq!(check_all(), structures_and_unions());
}

fn check<T: Serialize + DeserializeOwned + PartialEq + Debug>(shape: &str) {
    let mut runner = TestRunner::new(Config::with_cases(64));
    let model = Model {
        has_newer_tags: !shape.ends_with("Request"),
    };
    let values = model.values(&format!("{NAMESPACE}{shape}"));
    runner
        .run(&values, |json| {
            let read: T = serde_json::from_value(json.clone())
                .map_err(|error| TestCaseError::fail(format!("{shape}: {error}: {json}")))?;
            let written = serde_json::to_value(&read).expect("it can be written");
            prop_assert!(
                same(&json, &written),
                "{shape}: {json} was written as {written}"
            );
            let text = serde_json::to_string(&read).expect("it can be written");
            let again: T = serde_json::from_str(&text).expect("what was written can be read");
            prop_assert_eq!(read, again);
            Ok(())
        })
        .unwrap_or_else(|error| panic!("{error}"));
}

/// Returns whether two values are equal, whatever form their numbers have: 1 is 1.0.
fn same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Number(one), Value::Number(other)) => {
            one == other || ((one.is_f64() || other.is_f64()) && one.as_f64() == other.as_f64())
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other))
        }
        (Value::Object(one), Value::Object(other)) => {
            let equal = |(name, value)| other.get(name).is_some_and(|other| same(value, other));
            one.len() == other.len() && one.iter().all(equal)
        }
        _ => one == other,
    }
}

/// The shapes but those with a stream, which is not a value.
fn structures_and_unions() -> BTreeSet<&'static str> {
    let kinds = ["structure", "union"];
    let of_interest = |shape: &Value| {
        let kind = shape["type"].as_str().unwrap_or_default();
        kinds.contains(&kind) && !has_stream(shape)
    };
    let shapes = SHAPES.iter().filter(|(_, shape)| of_interest(shape));
    shapes
        .filter_map(|(id, _)| id.strip_prefix(NAMESPACE))
        .collect()
}

/// Returns whether a member is a stream.
fn has_stream(shape: &Value) -> bool {
    let mut members = shape["members"].as_object().into_iter().flatten();
    members.any(|(_, member)| {
        let target = member["target"].as_str().and_then(|id| SHAPES.get(id));
        target.is_some_and(|target| !target["traits"]["smithy.api#streaming"].is_null())
    })
}

/// The model, as the values of its shapes.
struct Model {
    /// `true` if unions may have tags that the model does not know.
    has_newer_tags: bool,
}

impl Model {
    /// All values that a shape may have on the wire.
    fn values(&self, id: &str) -> BoxedStrategy<Value> {
        let Some(shape) = SHAPES.get(id) else {
            return simple(&id["smithy.api#".len()..].to_lowercase());
        };
        match shape["type"].as_str().expect("a type") {
            "structure" => self.structure(shape),
            "union" => self.union(shape),
            "enum" => enum_values(shape),
            "list" => {
                let item = self.values(shape["member"]["target"].as_str().expect("a target"));
                vec(item, 0..3).prop_map(Value::Array).boxed()
            }
            "map" => {
                let key = self.values(shape["key"]["target"].as_str().expect("a target"));
                let value = self.values(shape["value"]["target"].as_str().expect("a target"));
                vec((key, value), 0..3).prop_map(map).boxed()
            }
            kind => simple(kind),
        }
    }

    fn structure(&self, shape: &Value) -> BoxedStrategy<Value> {
        let mut all = Just(Map::new()).boxed();
        for (name, member) in shape["members"].as_object().expect("members") {
            let values = self.values(member["target"].as_str().expect("a target"));
            let traits = &member["traits"];
            let always =
                !traits["smithy.api#required"].is_null() || !traits["smithy.api#default"].is_null();
            let values = if always {
                values.prop_map(Some).boxed()
            } else {
                proptest::option::of(values).boxed()
            };
            let name = name.clone();
            all = (all, values)
                .prop_map(move |(mut members, value)| {
                    members.extend(value.map(|value| (name.clone(), value)));
                    members
                })
                .boxed();
        }
        all.prop_map(Value::Object).boxed()
    }

    fn union(&self, shape: &Value) -> BoxedStrategy<Value> {
        let mut all: Vec<BoxedStrategy<(String, Value)>> = Vec::new();
        for (name, member) in shape["members"].as_object().expect("members") {
            let name = name.clone();
            let values = self.values(member["target"].as_str().expect("a target"));
            all.push(values.prop_map(move |value| (name.clone(), value)).boxed());
        }
        if self.has_newer_tags {
            all.push(("[A-Z][a-z]{1,8}Newer", document()).boxed());
        }
        proptest::strategy::Union::new(all)
            .prop_map(|(tag, value)| Value::Object(Map::from_iter([(tag, value)])))
            .boxed()
    }
}

/// A map of these keys, which are strings.
fn map(entries: Vec<(Value, Value)>) -> Value {
    let entries = entries.into_iter();
    let named = entries.filter_map(|(key, value)| Some((key.as_str()?.to_owned(), value)));
    Value::Object(named.collect())
}

/// The values of an enum, and others.
fn enum_values(shape: &Value) -> BoxedStrategy<Value> {
    let members = shape["members"].as_object().expect("members").values();
    let known: Vec<_> = members
        .map(|member| member["traits"]["smithy.api#enumValue"].clone())
        .collect();
    prop_oneof![
        proptest::sample::select(known),
        any::<String>().prop_map(Value::from)
    ]
    .boxed()
}

fn simple(kind: &str) -> BoxedStrategy<Value> {
    match kind {
        "string" => any::<String>().prop_map(Value::from).boxed(),
        "boolean" => any::<bool>().prop_map(Value::from).boxed(),
        "integer" => any::<i32>().prop_map(Value::from).boxed(),
        "long" => any::<i64>().prop_map(Value::from).boxed(),
        "double" => prop_oneof![
            any::<f64>().prop_filter_map("a finite number", |value| Number::from_f64(value)
                .map(Value::Number)),
            Just(Value::from("Infinity")),
            Just(Value::from("-Infinity")),
        ]
        .boxed(),
        "timestamp" => milliseconds().prop_map(Value::from).boxed(),
        other => panic!("no values of type {other}"),
    }
}

/// Times from the year 1 to 9999, in the precision that the service has.
fn milliseconds() -> impl Strategy<Value = f64> {
    (-62_135_596_800_000_i64..253_402_300_800_000).prop_map(|millis| millis as f64 / 1000.0)
}

/// Any JSON but `null`, which means that there is no value.
fn document() -> BoxedStrategy<Value> {
    let leaf = prop_oneof![
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::Array),
            proptest::collection::hash_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
    .boxed()
}
