//! A service that a test scripts (feature `test-util`): typed requests in, typed responses out, no network, no waiting.
//!
//! A [`Fake`] answers the calls of the clients that are made from it. Everything between the call and the wire is the real
//! thing: requests are written and signed, responses are written in the service's format and read back. Nothing is tried
//! again, so that the result of a call is the one in the script; turn retries on for a client or a call to test them.
//!
//! Time does not pass by itself. A sleep, such as that of a waiter between two polls, is over at once, and the fake's clock
//! moves on by as much: see [`Fake::elapsed`].
//!
//! ```standalone_crate
//! # // The service of this crate's own tests, at the root of a crate as a generated one has it.
//! # #[path = "../../tests/client/service.rs"]
//! # mod service;
//! # use service::{Client, Error, ServiceError, StartJob, StartJobRequest, StartJobResponse};
//! # use smithy_rt::fake::Fake;
//! #
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Error> {
//! let fake = Fake::new();
//! fake.on::<StartJob>(|request| {
//!     Ok(StartJobResponse { job_id: format!("{}-1", request.input), queue_length: 3 })
//! });
//!
//! let client: Client = fake.client();
//! let job = client.start_job(StartJobRequest::of("nightly")).await?;
//!
//! assert_eq!(job.job_id, "nightly-1");
//! assert_eq!(fake.requests::<StartJob>()[0].input, "nightly");
//! # Ok(())
//! # }
//! ```

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};
use std::{fmt, mem};

use aws_credential_types::Credentials;
use aws_credential_types::Token;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_credential_types::provider::token::SharedTokenProvider;
use aws_smithy_async::rt::sleep::{AsyncSleep, Sleep};
use aws_smithy_async::time::TimeSource;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::byte_stream::ByteStream;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::region::Region;

use crate::endpoint::{self, ContextParams, Endpoint, EndpointError, EndpointSettings};
use crate::error::causes::TextError;
use crate::protocol::{self, AWS_JSON_1_0, Protocol};
use crate::schema::{AuthScheme, Value};
#[cfg(feature = "event-stream-input")]
use crate::stream::StreamMember;
#[cfg(feature = "byte-stream")]
use crate::stream::bytes;
use crate::{
    Client, ClientBuilder, DecodeError, EncodeError, Operation, OperationError, OperationSchema,
    SdkConfig, Service, Signing,
};

#[cfg(feature = "event-stream-input")]
use super::incoming::Incoming;

#[cfg(feature = "event-stream")]
pub use super::event_stream::{event_message, event_messages};
pub use aws_smithy_runtime_api::client::result::ConnectorError;

/// An operation that a fake can answer: every generated one.
pub trait Scriptable: Operation<Request: Value> {}

impl<O> Scriptable for O where O: Operation<Request: Value> {}

/// A service that answers as a test says. Clones are the same fake.
#[derive(Clone, Default)]
pub struct Fake(Arc<Shared>);

#[derive(Default)]
struct Shared {
    scripts: Mutex<HashMap<&'static str, Script>>,
    seen: Mutex<Vec<Seen>>,
    elapsed: Mutex<Duration>,
}

/// The script of an operation.
#[derive(Clone)]
struct Script {
    operation: OperationSchema,
    protocol: &'static dyn Protocol,
    /// From the request to the response.
    answer: Arc<Mutex<Answer>>,
}

type Answer = dyn FnMut(&Arrived) -> Reply + Send;

type Reply = Result<HttpResponse, ConnectorError>;

/// A call that was made.
struct Seen {
    operation: String,
    request: Arrived,
}

/// A request as it came, to be read whenever somebody asks for it.
struct Arrived {
    http: HttpRequest,
    #[cfg(feature = "event-stream-input")]
    events: Option<Incoming>,
}

impl Fake {
    /// Creates a fake without a script: every call fails, and says that there is no answer to it.
    pub fn new() -> Self {
        Self::default()
    }

    /// Creates a client of the fake.
    pub fn client<C: From<Client>>(&self) -> C {
        ClientBuilder::new(&self.config(), &SERVICE).build()
    }

    /// Returns settings for clients of the fake, to be changed at will: `Client::new(&fake.config())`.
    pub fn config(&self) -> SdkConfig {
        let credentials = Credentials::new("AKIDFAKE", "fake", None, None, "fake");
        SdkConfig::builder()
            .endpoint_url(ENDPOINT)
            .region(Region::from_static("us-east-1"))
            .credentials_provider(SharedCredentialsProvider::new(credentials))
            .token_provider(SharedTokenProvider::new(Token::new("fake", None)))
            .http_client(self.clone())
            .sleep_impl(self.clone())
            .time_source(self.clone())
            .retry_config(RetryConfig::disabled())
            .timeout_config(TimeoutConfig::disabled())
            .stalled_stream_protection(StalledStreamProtectionConfig::disabled())
            .build()
    }

    /// Answers the calls of an operation with what `answer` makes of the request.
    ///
    /// If the request has events, the response waits for the last of them, unless it has events itself. Then `answer` is called at once,
    /// with a stream of those that will come, out of which it may make the response's; they are read while the response is.
    pub fn on<O>(
        &self,
        mut answer: impl FnMut(O::Request) -> Result<O::Response, O::Error> + Send + 'static,
    ) where
        O: Scriptable,
    {
        self.script::<O>(move |request| encode::<O>(answer(request)));
    }

    /// Answers the calls of an operation with these, one after the other. Further calls fail.
    pub fn on_each<O>(
        &self,
        answers: impl IntoIterator<Item = Result<O::Response, O::Error>, IntoIter: Send + 'static>,
    ) where
        O: Scriptable,
    {
        let mut answers = answers.into_iter();
        self.script::<O>(move |_| match answers.next() {
            Some(answer) => encode::<O>(answer),
            None => Err(no_answer(format!(
                "the fake has no more answers to {}",
                name::<O>()
            ))),
        });
    }

    /// Lets the calls of an operation fail before they are answered, as with a broken connection.
    pub fn on_failure<O>(
        &self,
        mut failure: impl FnMut(O::Request) -> ConnectorError + Send + 'static,
    ) where
        O: Scriptable,
    {
        self.script::<O>(move |request| Err(failure(request)));
    }

    /// Returns the requests of an operation that the fake has seen so far. A stream in one holds the bytes that were sent, or the events
    /// that have come.
    pub fn requests<O: Scriptable>(&self) -> Vec<O::Request> {
        let seen = lock(&self.0.seen);
        let of_operation = seen.iter().filter(|seen| seen.operation == name::<O>());
        // They are read anew each time: not every request can be cloned.
        of_operation
            .filter_map(|seen| seen.request.read::<O>().ok())
            .collect()
    }

    /// Returns the names of the operations that were called so far, in order.
    pub fn calls(&self) -> Vec<String> {
        lock(&self.0.seen)
            .iter()
            .map(|seen| seen.operation.clone())
            .collect()
    }

    /// Returns how far the fake's clock has moved: the time that waiters and retries have waited, all in all.
    pub fn elapsed(&self) -> Duration {
        *lock(&self.0.elapsed)
    }

    /// Moves the fake's clock.
    pub fn advance(&self, time: Duration) {
        let mut elapsed = lock(&self.0.elapsed);
        *elapsed = elapsed.saturating_add(time);
    }

    fn script<O>(&self, mut answer: impl FnMut(O::Request) -> Reply + Send + 'static)
    where
        O: Scriptable,
    {
        let script = move |request: &Arrived| match request.read::<O>() {
            Ok(request) => answer(request),
            Err(error) => Err(no_answer(format!("the fake cannot read it: {error}"))),
        };
        let script = Script {
            operation: O::SCHEMA,
            protocol: O::SERVICE.protocol,
            answer: Arc::new(Mutex::new(script)),
        };
        lock(&self.0.scripts).insert(name::<O>(), script);
    }

    /// Returns the script of the operation that a request calls.
    fn script_for(&self, request: &HttpRequest) -> Option<Script> {
        let scripts = lock(&self.0.scripts);
        let fits = scripts
            .values()
            .filter_map(|script| Some((script.protocol.fit(&script.operation, request)?, script)));
        let (_, script) = fits.max_by_key(|(fit, _)| *fit)?;
        Some(script.clone())
    }

    fn answer(&self, script: Option<Script>, request: Arrived) -> Reply {
        let operation = match &script {
            Some(script) => script.operation.name().to_owned(),
            None => called_operation(&request.http),
        };
        let reply = match script {
            // Nothing else is locked while the script runs, so that it may use the fake.
            Some(script) => lock(&*script.answer)(&request),
            None => {
                let advice =
                    format!("the fake has no answer to {operation}: give it one with `on`");
                Err(no_answer(advice))
            }
        };
        let mut seen = lock(&self.0.seen);
        seen.push(Seen { operation, request });
        let request_id = format!("fake-{}", seen.len());
        reply.map(|mut response| {
            response
                .headers_mut()
                .insert("x-amzn-requestid", request_id);
            response
        })
    }
}

/// Requests that are event streams.
#[cfg(feature = "event-stream-input")]
impl Fake {
    async fn answer_events(self, script: Script, mut request: HttpRequest) -> Reply {
        let events = Incoming::of(&mut request);
        let has_events_too = script.operation.has_event_stream_output();
        match has_events_too {
            true if script.protocol.has_initial_messages() => events.begun().await,
            true => {}
            false => events.over().await,
        }
        let request = Arrived {
            events: Some(events.clone()),
            ..Arrived::new(request)
        };
        let mut reply = self.answer(Some(script), request);
        if let Ok(response) = &mut reply {
            events.read_beside(response);
        }
        reply
    }
}

impl Arrived {
    fn new(http: HttpRequest) -> Self {
        Self {
            http,
            #[cfg(feature = "event-stream-input")]
            events: None,
        }
    }

    /// Reads the request as a service would.
    fn read<O: Scriptable>(&self) -> Result<O::Request, DecodeError> {
        let mut input = O::Request::zero();
        let protocol = O::SERVICE.protocol;
        #[cfg(feature = "event-stream-input")]
        if let Some(incoming) = &self.events {
            if !protocol.has_initial_messages() {
                protocol.deserialize_request(&O::SCHEMA, &self.http, &mut input)?;
            }
            let receiver = incoming.read::<O>(&self.http, &mut input)?;
            if let Some(StreamMember::Events(events)) = O::input_stream(&mut input) {
                events.receive(receiver);
            }
            return Ok(input);
        }
        protocol.deserialize_request(&O::SCHEMA, &self.http, &mut input)?;
        #[cfg(feature = "byte-stream")]
        if O::SCHEMA.has_byte_stream_input() {
            let body = SdkBody::from(self.http.body().bytes().unwrap_or_default());
            bytes::put(O::input_stream(&mut input), body);
        }
        Ok(input)
    }
}

/// Returns the name of the operation that a request calls, or how it calls one, if it does not say the name.
fn called_operation(request: &HttpRequest) -> String {
    match protocol::called_operation(request) {
        Some(name) => name.to_owned(),
        None => {
            let uri = request.uri();
            let path = uri.strip_prefix(ENDPOINT).unwrap_or(uri);
            let path = path.split('?').next().unwrap_or_default();
            format!("{} {path}", request.method())
        }
    }
}

fn name<O: Operation>() -> &'static str {
    O::SCHEMA.name()
}

/// Reads the body of a request to its end.
async fn in_memory(mut request: HttpRequest) -> Result<HttpRequest, ConnectorError> {
    let body = mem::replace(request.body_mut(), SdkBody::taken());
    let bytes = ByteStream::new(body).collect().await;
    let bytes = bytes.map_err(|error| ConnectorError::io(error.into()))?;
    *request.body_mut() = SdkBody::from(bytes.into_bytes());
    Ok(request)
}

/// Writes the response of an operation as a service would: for servers of one's own.
///
/// # Errors
/// If a value has no form in the service's protocol.
pub fn http_response<O: Operation>(
    answer: Result<O::Response, O::Error>,
) -> Result<HttpResponse, EncodeError> {
    let protocol = O::SERVICE.protocol;
    #[allow(unused_mut)]
    let mut output = match answer {
        Ok(output) => output,
        Err(error) => return error.encode(protocol),
    };
    #[allow(unused_mut)]
    let mut response = protocol.serialize_response(&O::SCHEMA, &output)?;
    #[cfg(feature = "byte-stream")]
    if O::SCHEMA.has_byte_stream_output() {
        *response.body_mut() = bytes::take(O::output_stream(&mut output));
    }
    #[cfg(feature = "event-stream")]
    let response = super::event_stream::with_events::<O>(response, &mut output);
    Ok(response)
}

fn encode<O: Scriptable>(answer: Result<O::Response, O::Error>) -> Reply {
    http_response::<O>(answer).map_err(|error| {
        no_answer(format!(
            "the fake cannot write its answer to {}: {error}",
            name::<O>()
        ))
    })
}

fn no_answer(advice: String) -> ConnectorError {
    ConnectorError::user(TextError::new(advice).into())
}

/// Locks a mutex, poisoned or not: a script that panics, as a failed assertion does, must not take the fake with it.
pub(super) fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

const ENDPOINT: &str = "https://fake.invalid";

/// The service of the fake's own clients: awsJson's operations are written the same way for all services.
static SERVICE: Service = Service {
    id: "Fake",
    auth: &[AuthScheme::SigV4],
    signing_name: Some("fake"),
    signing: Signing::new(),
    token_variable: None,
    crate_version: env!("CARGO_PKG_VERSION"),
    protocol: &AWS_JSON_1_0,
    sensitive_errors: &[],
    headers: &[],
    resolve_endpoint,
    endpoint_depends_on_call: false,
};

fn resolve_endpoint(
    _settings: &EndpointSettings,
    _context: &ContextParams,
) -> Result<Endpoint, EndpointError> {
    endpoint::at(ENDPOINT)
}

impl HttpConnector for Fake {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        let script = self.script_for(&request);
        #[cfg(feature = "event-stream-input")]
        if let Some(script) = &script
            && script.operation.has_event_stream_input()
        {
            let (fake, script) = (self.clone(), script.clone());
            return HttpConnectorFuture::new(fake.answer_events(script, request));
        }
        if request.body().bytes().is_some() {
            return HttpConnectorFuture::ready(self.answer(script, Arrived::new(request)));
        }
        let fake = self.clone();
        HttpConnectorFuture::new(async move {
            let request = in_memory(request).await?;
            fake.answer(script, Arrived::new(request))
        })
    }
}

impl HttpClient for Fake {
    fn http_connector(
        &self,
        _settings: &HttpConnectorSettings,
        _components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

impl AsyncSleep for Fake {
    fn sleep(&self, time: Duration) -> Sleep {
        let fake = self.clone();
        Sleep::new(async move { fake.advance(time) })
    }
}

impl TimeSource for Fake {
    /// Returns a point in time that is the same in every run, and as much later as the clock has moved.
    fn now(&self) -> SystemTime {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        start.checked_add(self.elapsed()).unwrap_or(start)
    }
}

impl fmt::Debug for Fake {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Fake")
            .field("calls", &self.calls())
            .finish_non_exhaustive()
    }
}
