//! A small service, written as the generator would write it.

use smithy_rt::protocol::AWS_JSON_1_0;
use std::collections::HashMap;

use smithy_rt::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use smithy_rt::{
    AuthScheme, Blob, Call, ClientBuilder, DateTime, Document, ErrorKind, Fault, ModeledError,
    Operation, OperationSchema, SdkConfig, Service, Signing, UnknownValue, UnmodeledError,
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
    auth: &[AuthScheme::SigV4],
    signing_name: Some("jobshop"),
    signing: Signing::new(),
    token_variable: None,
    crate_version: "1.2.3",
    protocol: &AWS_JSON_1_0,
    sensitive_errors: &[],
    headers: &[],
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

/// An operation that starts a job, of some service.
macro_rules! start_job {
    ($name:ident, $service:expr, $schema:expr) => {
        pub struct $name;

        impl smithy_rt::Operation for $name {
            type Request = $crate::service::StartJobRequest;
            type Response = $crate::service::StartJobResponse;
            type Error = $crate::service::StartJobError;

            const SERVICE: &'static smithy_rt::Service = $service;
            const SCHEMA: smithy_rt::OperationSchema = $schema;

            fn set_idempotency_token(
                request: &mut Self::Request,
                token: &mut dyn FnMut() -> String,
            ) {
                request.client_token.get_or_insert_with(token);
            }
        }
    };
}
pub(crate) use start_job;

start_job!(
    StartJob,
    &SERVICE,
    OperationSchema::new("JobShop", "StartJob")
);

/// An operation that takes nothing.
macro_rules! operation {
    ($name:ident -> $response:ident, $schema:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = PingRequest;
            type Response = $response;
            type Error = PingError;

            const SERVICE: &'static Service = &SERVICE;
            const SCHEMA: OperationSchema = $schema;
        }
    };
}

operation!(Ping -> PingResponse, OperationSchema::new("JobShop", "Ping").auth(&[AuthScheme::NoAuth]));
operation!(Whisper -> PingResponse, OperationSchema::new("JobShop", "Whisper").auth(&[AuthScheme::SigV4, AuthScheme::NoAuth]));
operation!(DescribeJob -> JobDetails, OperationSchema::new("JobShop", "DescribeJob"));

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartJobRequest {
    pub input: String,
    pub client_token: Option<String>,
}

smithy_rt::structure!(
    start_job_request_builder::StartJobRequestBuilder,
    [input],
    StartJobRequest {
        input: required::<impl Into<String>>("Input"),
        client_token: optional::<impl Into<String>>("ClientToken", maybe_client_token),
    }
);

impl StartJobRequest {
    pub fn of(input: &str) -> Self {
        Self {
            input: input.to_owned(),
            client_token: None,
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct StartJobResponse {
    pub job_id: String,
    pub queue_length: i32,
}

smithy_rt::structure!(
    start_job_response_builder::StartJobResponseBuilder,
    [job_id, queue_length],
    StartJobResponse {
        job_id: required::<impl Into<String>>("JobId"),
        queue_length: required::<i32>("QueueLength"),
    }
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct JobDetails {
    pub started: Option<DateTime>,
    pub cost: Option<f32>,
    pub digest: Option<Blob>,
    pub small: Option<i8>,
    pub urgent: Option<bool>,
    pub state: Option<JobState>,
    pub source: Option<JobSource>,
    pub labels: Option<HashMap<String, i32>>,
    pub steps: Option<Vec<JobDetails>>,
    pub parent: Option<Box<JobDetails>>,
}

smithy_rt::structure!(
    job_details_builder::JobDetailsBuilder,
    [],
    JobDetails {
        started: optional::<impl Into<DateTime>>("Started", maybe_started),
        cost: optional::<f32>("Cost", maybe_cost),
        digest: optional::<impl Into<Blob>>("Digest", maybe_digest),
        small: optional::<i8>("Small", maybe_small),
        urgent: optional::<bool>("Urgent", maybe_urgent),
        state: optional::<impl Into<JobState>>("State", maybe_state),
        source: optional::<JobSource>("Source", maybe_source),
        labels: optional::<HashMap<String, i32>>("Labels", maybe_labels),
        steps: optional::<Vec<JobDetails>>("Steps", maybe_steps),
        parent: optional::<impl Into<Box<JobDetails>>>("Parent", maybe_parent),
    }
);

#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub enum JobState {
    Queued,
    Unknown(UnknownValue),
}

smithy_rt::string_enum!(JobState { Queued: "QUEUED" });

#[derive(Clone, Debug, PartialEq)]
pub enum JobSource {
    Uri(String),
    Inline(Blob),
    Unknown { tag: String, value: Document },
}

smithy_rt::union!(JobSource {
    Uri: value::<String>("Uri", as_uri),
    Inline: value::<Blob>("Inline", as_inline),
});

#[derive(Clone, Debug, PartialEq)]
pub struct PingRequest {}

smithy_rt::structure!(ping_request_builder::PingRequestBuilder, [], PingRequest {});

#[derive(Clone, Debug, PartialEq)]
pub struct PingResponse {}

smithy_rt::structure!(
    ping_response_builder::PingResponseBuilder,
    [],
    PingResponse {}
);

macro_rules! error_shape {
    ($module:ident::$builder:ident, $name:ident, $kind:expr, $fault:expr) => {
        #[derive(Clone, Debug, PartialEq)]
        pub struct $name {
            pub message: Option<String>,
        }

        smithy_rt::structure!(
            $module::$builder,
            [],
            $name {
                message: optional::<impl Into<String>>("Message", maybe_message),
            }
        );

        impl ModeledError for $name {
            const CODE: &'static str = stringify!($name);
            const KIND: Option<ErrorKind> = $kind;
            const FAULT: Fault = $fault;

            fn message(&self) -> Option<&str> {
                self.message.as_deref()
            }
        }

        smithy_rt::modeled_error!($name);
    };
}

error_shape!(
    validation_exception_builder::ValidationExceptionBuilder,
    ValidationException,
    None,
    Fault::Client
);
error_shape!(
    throttling_exception_builder::ThrottlingExceptionBuilder,
    ThrottlingException,
    None,
    Fault::Client
);
error_shape!(
    busy_exception_builder::BusyExceptionBuilder,
    BusyException,
    Some(ErrorKind::TransientError),
    Fault::Client
);

error_shape!(
    internal_exception_builder::InternalExceptionBuilder,
    InternalException,
    None,
    Fault::Server
);

#[derive(Clone, Debug, PartialEq)]
pub enum StartJobError {
    ValidationException(ValidationException),
    ThrottlingException(ThrottlingException),
    BusyException(BusyException),
    InternalException(InternalException),
    Unmodeled(UnmodeledError),
}

smithy_rt::operation_error!(StartJobError {
    ValidationException,
    ThrottlingException,
    BusyException,
    InternalException
});

#[derive(Clone, Debug, PartialEq)]
pub enum PingError {
    Unmodeled(UnmodeledError),
}

smithy_rt::operation_error!(PingError {});

pub struct Error<E = ServiceError>(smithy_rt::Failure<E>);

smithy_rt::error_type!(Error);

#[derive(Clone, Debug, PartialEq)]
pub enum ServiceError {
    ValidationException(ValidationException),
    ThrottlingException(ThrottlingException),
    BusyException(BusyException),
    InternalException(InternalException),
    Unmodeled(UnmodeledError),
}

smithy_rt::service_error!(ServiceError {
    ValidationException,
    ThrottlingException,
    BusyException,
    InternalException
});
