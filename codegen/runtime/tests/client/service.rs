//! A small service, written as the generator would write it.

use std::collections::HashMap;

use serde::de::MapAccess;
use serde::ser::SerializeMap;
use serde::{Deserialize, Serialize};
use smithy_rt::correction::Correction::{List, Map, Number, Structure, Text};
use smithy_rt::correction::{Correction, optional, required};
use smithy_rt::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use smithy_rt::wire::{As, Base64, EpochSeconds, Float, Union, next, next_as};
use smithy_rt::{
    Blob, Call, ClientBuilder, DateTime, DecodeError, Document, EncodeError, EncodedRequest,
    EncodedResponse, ErrorKind, Fault, Metadata, ModeledError, Operation, Protocol, SdkConfig,
    Service, UnmodeledError,
};

#[derive(Clone, Debug)]
pub struct Client(pub smithy_rt::Client);

impl Client {
    pub fn new(config: &SdkConfig) -> Self {
        Self::builder(config).build()
    }

    pub fn builder(config: &SdkConfig) -> ClientBuilder<Self> {
        ClientBuilder::new(config, &SERVICE)
    }

    pub fn start_job(
        &self,
        request: StartJobRequest,
    ) -> Call<StartJobResponse, Error<StartJobError>> {
        Call::of::<StartJob>(&self.0, request)
    }

    pub fn describe_job(&self) -> Call<JobDetails, Error<PingError>> {
        Call::of::<DescribeJob>(&self.0, PingRequest {})
    }

    pub fn ping(&self) -> Call<PingResponse, Error<PingError>> {
        Call::of::<Ping>(&self.0, PingRequest {})
    }

    pub fn whisper(&self) -> Call<PingResponse, Error<PingError>> {
        Call::of::<Whisper>(&self.0, PingRequest {})
    }
}

impl From<smithy_rt::Client> for Client {
    fn from(client: smithy_rt::Client) -> Self {
        Self(client)
    }
}

pub static SERVICE: Service = Service {
    id: "Job Shop",
    signing_name: Some("jobshop"),
    crate_version: "1.2.3",
    protocol: Protocol::AwsJson1_0,
    query_compatible: false,
    resolve_endpoint,
    endpoint_depends_on_call: false,
};

pub fn resolve_endpoint(
    settings: &EndpointSettings,
    _context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    if let Some(url) = &settings.endpoint_url {
        return endpoint::at(url.clone());
    }
    let region = settings
        .region
        .as_deref()
        .ok_or(EndpointError::missing("Region"))?;
    let fips = if settings.use_fips { "-fips" } else { "" };
    let domain = if settings.use_dual_stack {
        "api.aws"
    } else {
        "amazonaws.com"
    };
    endpoint::at(format!("https://jobshop{fips}.{region}.{domain}"))
}

pub struct StartJob;

impl Operation for StartJob {
    type Request = StartJobRequest;
    type Response = StartJobResponse;
    type Error = StartJobError;

    const METADATA: Metadata = Metadata::new("StartJob");

    fn fill_in(request: &mut StartJobRequest, token: &mut dyn FnMut() -> String) {
        request.client_token.get_or_insert_with(token);
    }

    fn encode(request: &StartJobRequest) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::aws_json("JobShop.StartJob", request)
    }

    fn decode(response: &EncodedResponse) -> Result<StartJobResponse, DecodeError> {
        response.json(&START_JOB_RESPONSE)
    }
}

/// An operation that is never signed.
pub struct Ping;

impl Operation for Ping {
    type Request = PingRequest;
    type Response = PingResponse;
    type Error = PingError;

    const METADATA: Metadata = Metadata::new("Ping").unsigned();

    fn encode(request: &PingRequest) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::aws_json("JobShop.Ping", request)
    }

    fn decode(response: &EncodedResponse) -> Result<PingResponse, DecodeError> {
        response.json(&Structure(&[]))
    }
}

/// An operation that is signed if there are credentials.
pub struct Whisper;

impl Operation for Whisper {
    type Request = PingRequest;
    type Response = PingResponse;
    type Error = PingError;

    const METADATA: Metadata = Metadata::new("Whisper").optional_auth();

    fn encode(request: &PingRequest) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::aws_json("JobShop.Whisper", request)
    }

    fn decode(response: &EncodedResponse) -> Result<PingResponse, DecodeError> {
        response.json(&Structure(&[]))
    }
}

/// An operation with a response of many kinds of members.
pub struct DescribeJob;

impl Operation for DescribeJob {
    type Request = PingRequest;
    type Response = JobDetails;
    type Error = PingError;

    const METADATA: Metadata = Metadata::new("DescribeJob");

    fn encode(request: &PingRequest) -> Result<EncodedRequest, EncodeError> {
        EncodedRequest::aws_json("JobShop.DescribeJob", request)
    }

    fn decode(response: &EncodedResponse) -> Result<JobDetails, DecodeError> {
        response.json(&JOB_DETAILS)
    }
}

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartJobRequest {
    pub input: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_token: Option<String>,
}

impl StartJobRequest {
    pub fn of(input: &str) -> Self {
        Self {
            input: input.to_owned(),
            client_token: None,
        }
    }
}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct StartJobResponse {
    pub job_id: String,
    pub queue_length: i32,
}

pub static START_JOB_RESPONSE: Correction =
    Structure(&[required("JobId", &Text), required("QueueLength", &Number)]);

#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(default, rename_all = "PascalCase")]
pub struct JobDetails {
    #[serde(with = "As::<Option<EpochSeconds>>")]
    pub started: Option<DateTime>,
    #[serde(with = "As::<Option<Float>>")]
    pub cost: Option<f32>,
    #[serde(with = "As::<Option<Base64>>")]
    pub digest: Option<Blob>,
    pub small: Option<i8>,
    pub urgent: Option<bool>,
    pub state: Option<JobState>,
    pub source: Option<JobSource>,
    pub labels: Option<HashMap<String, i32>>,
    pub steps: Option<Vec<JobDetails>>,
    /// A member that a table need not name.
    pub parent: Option<Box<JobDetails>>,
}

pub static JOB_DETAILS: Correction = Structure(&[
    optional("Labels", &Map(&Number)),
    optional("Steps", &List(&JOB_DETAILS)),
]);

#[derive(Clone, Debug, PartialEq)]
pub enum JobState {
    Queued,
    Unknown(String),
}

impl JobState {
    fn as_str(&self) -> &str {
        match self {
            Self::Queued => "QUEUED",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for JobState {
    fn from(value: &str) -> Self {
        match value {
            "QUEUED" => Self::Queued,
            _ => Self::Unknown(value.to_owned()),
        }
    }
}

smithy_rt::string_enum!(JobState);

#[derive(Clone, Debug, PartialEq)]
pub enum JobSource {
    Uri(String),
    Inline(Blob),
    Unknown { tag: String, value: Document },
}

impl Union for JobSource {
    const NAME: &'static str = "JobSource";

    fn read<'de, A: MapAccess<'de>>(tag: &str, members: &mut A) -> Result<Option<Self>, A::Error> {
        Ok(match tag {
            "Uri" => next(members)?.map(Self::Uri),
            "Inline" => next_as::<Base64, _, _>(members)?.map(Self::Inline),
            _ => next(members)?.map(|value| Self::Unknown {
                tag: tag.to_owned(),
                value,
            }),
        })
    }

    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        match self {
            Self::Uri(value) => map.serialize_entry("Uri", value),
            Self::Inline(value) => map.serialize_entry("Inline", &As::<Base64>::of(value)),
            Self::Unknown { tag, value } => map.serialize_entry(tag, value),
        }
    }
}

smithy_rt::union!(JobSource);

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PingRequest {}

#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct PingResponse {}

macro_rules! error_shape {
    ($name:ident, $kind:expr, $fault:expr) => {
        #[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
        pub struct $name {
            #[serde(rename = "Message", skip_serializing_if = "Option::is_none")]
            pub message: Option<String>,
        }

        impl ModeledError for $name {
            const CODE: &'static str = stringify!($name);
            const KIND: Option<ErrorKind> = $kind;
            const FAULT: Fault = $fault;
            const CORRECTION: &'static Correction = &Structure(&[]);

            fn message(&self) -> Option<&str> {
                self.message.as_deref()
            }
        }

        smithy_rt::modeled_error!($name);
    };
}

error_shape!(ValidationException, None, Fault::Client);
error_shape!(ThrottlingException, None, Fault::Client);
error_shape!(
    BusyException,
    Some(ErrorKind::TransientError),
    Fault::Client
);

#[derive(Clone, Debug, PartialEq)]
pub enum StartJobError {
    ValidationException(ValidationException),
    ThrottlingException(ThrottlingException),
    BusyException(BusyException),
    Unmodeled(UnmodeledError),
}

smithy_rt::operation_error!(StartJobError {
    ValidationException,
    ThrottlingException,
    BusyException
});

#[derive(Clone, Debug, PartialEq)]
pub enum PingError {
    Unmodeled(UnmodeledError),
}

smithy_rt::operation_error!(PingError {});

pub struct Error<E = ServiceError>(Box<smithy_rt::Failure<E>>);

smithy_rt::error_type!(Error);

#[derive(Clone, Debug, PartialEq)]
pub enum ServiceError {
    ValidationException(ValidationException),
    ThrottlingException(ThrottlingException),
    BusyException(BusyException),
    Unmodeled(UnmodeledError),
}

smithy_rt::service_error!(ServiceError {
    ValidationException,
    ThrottlingException,
    BusyException
});
