//! The text of errors, and what programs can ask of them. The table is what people on call will read.

use crate::service::start_job;
use smithy_rt::Call;
use smithy_rt::OperationSchema;
use smithy_rt::protocol::AWS_JSON_1_0;
use std::error::Error as _;
use std::fmt::Write as _;
use std::io::ErrorKind::{self, ConnectionReset, InvalidData};
use std::time::Duration;

use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider};
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use aws_smithy_types::retry::RetryConfig;
use aws_smithy_types::timeout::TimeoutConfig;
use aws_types::request_id::RequestId;
use aws_types::sdk_config::Builder;
use smithy_rt::{ClientBuilder, ProvideErrorMetadata, Service, UnmodeledError};

use crate::server::{Server, Step};
use crate::service::{
    BusyException, Client, Error, ServiceError, StartJobError, StartJobRequest,
    ThrottlingException, ValidationException,
};
use crate::{REGION, StartJobFailure, assert_clean, client, ending, fail, settings};

/// The error of a call to a server that answers so.
pub async fn answered(steps: impl IntoIterator<Item = Step>) -> StartJobFailure {
    let server = Server::start(steps).await;
    fail(settings().endpoint_url(server.url())).await
}

fn throttled() -> Step {
    Step::error(
        400,
        r#"{"__type":"com.example#ThrottlingException","message":"Rate exceeded"}"#,
    )
}

fn within(limit: TimeoutConfig) -> Builder {
    settings()
        .timeout_config(limit)
        .retry_config(RetryConfig::disabled())
}

const SHORT: Duration = Duration::from_millis(50);

#[tokio::test]
async fn every_error_says_in_one_line_what_happened() {
    let mut table = Vec::new();
    table.extend(service_errors().await);
    table.extend(settings_that_are_missing().await);
    table.extend(connections_that_fail().await);
    table.extend(timeouts().await);
    table.extend(responses_that_cannot_be_read().await);

    let mut text = String::new();
    for (case, error) in table {
        assert_eq!(
            format!("{error}"),
            format!("{error:?}"),
            "Debug is as good as Display"
        );
        assert!(!error.to_string().contains(['\n', '\r']), "{error}");
        writeln!(text, "{case}\n    {error}").unwrap();
        assert_said_once(error);
    }
    insta::assert_snapshot!(without_what_differs(&text));
}

/// Checks that what prints an error with all those behind it says nothing twice.
fn assert_said_once(error: StartJobFailure) {
    let line = error.to_string();
    let error = anyhow::Error::from(error);
    assert_eq!(format!("{error:#}"), line);
    let shown_by_main = format!("{error:?}");
    assert!(shown_by_main.starts_with(&line), "{shown_by_main}");
    assert!(!shown_by_main.contains("Caused by"), "{shown_by_main}");
}

/// Ports on loopback differ from run to run, what a system says about a name from system to system, and profiles from user to user.
fn without_what_differs(text: &str) -> String {
    let text = &match std::env::var("AWS_PROFILE") {
        Ok(_) => without_profile(text),
        Err(_) => text.to_owned(),
    };
    let mut pieces = text.split("127.0.0.1:");
    let mut without = pieces.next().unwrap().to_owned();
    for piece in pieces {
        without += "127.0.0.1:PORT";
        without += piece.trim_start_matches(|digit: char| digit.is_ascii_digit());
    }
    match without.split_once(" was not found: ") {
        Some((before, after)) => {
            let (_, after) = after.split_once('\n').unwrap();
            format!("{before} was not found: WHAT THE SYSTEM SAYS\n{after}")
        }
        None => without,
    }
}

/// Puts the advice of those who have set no profile in the place of the others'.
fn without_profile(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let advice = line.split_once("; give the profile `");
        let rest =
            advice.and_then(|(before, rest)| Some((before, rest.split_once(" file, or set ")?.1)));
        match rest {
            Some((before, rest)) => format!("{before}; set AWS_PROFILE, or {rest}\n"),
            None => format!("{line}\n"),
        }
    });
    lines.collect()
}

type Table = Vec<(&'static str, StartJobFailure)>;

async fn service_errors() -> Table {
    let invalid =
        r#"{"__type":"com.example#ValidationException","Message":"Input must start with s3://"}"#;
    let expired = r#"{"__type":"ExpiredTokenException","message":"The security token included in the request is expired"}"#;
    vec![
        (
            "a modelled error",
            answered([Step::error(400, invalid)]).await,
        ),
        ("throttled, every time", answered([throttled()]).await),
        (
            "an error that the model does not name",
            answered([Step::error(
                400,
                r#"{"__type":"SurpriseException","message":"Boo"}"#,
            )])
            .await,
        ),
        (
            "a message of several lines",
            answered([Step::error(
                400,
                r#"{"__type":"ValidationException","Message":"Two errors:\r\n  - no input\n\n  - no output\n"}"#,
            )])
            .await,
        ),
        (
            "expired credentials",
            answered([Step::error(400, expired)]).await,
        ),
        (
            "a server error without a body",
            answered([Step::error(500, "")]).await,
        ),
        (
            "an error that only a header names",
            answered([Step::error(400, "{}").with_header(
                "x-amzn-errortype",
                "ValidationException:http://example.com/",
            )])
            .await,
        ),
        (
            "a proxy's page",
            answered(
                [Step::error(502, "<html><title>502 Bad Gateway</title><body>my secret page</body></html>")
                    .with_header("content-type", "text/html")],
            )
            .await,
        ),
        (
            "an answer that is not JSON",
            answered([Step::error(403, "Blocked by policy 7\nmy secret")]).await,
        ),
        (
            "an error that is cut short",
            answered([Step::error(400, r#"{"__type":"ValidationException","Message":"my secret"#)]).await,
        ),
        ("too many requests", answered([Step::error(429, "{}")]).await),
    ]
}

async fn settings_that_are_missing() -> Table {
    let bare = || settings().retry_config(RetryConfig::disabled());
    let without =
        |said| bare().credentials_provider(SharedCredentialsProvider::new(NoCredentials(said)));
    vec![
        ("no region", fail(bare().region(None)).await),
        (
            "no credentials at all",
            fail({
                let mut settings = bare();
                settings.set_credentials_provider(None);
                settings
            })
            .await,
        ),
        (
            "credentials that cannot be had",
            fail(without("no providers in chain provided credentials")).await,
        ),
        (
            "credentials that no provider of aws-config has",
            fail(without(
                "no credentials found in chain. Attempted:\n  \
                 Environment: the credential provider was not enabled: environment variable not set\n  \
                 Profile: the credential provider was not enabled",
            ))
            .await,
        ),
        (
            "an endpoint URL that is none",
            fail(bare().endpoint_url("localhost:8080")).await,
        ),
        (
            "an endpoint URL with a path that is none",
            fail(bare().endpoint_url("http://localhost/<path>")).await,
        ),
    ]
}

/// With the feature there is an HTTP client, and this would go out to the network.
#[cfg(not(feature = "default-https-client"))]
#[tokio::test]
async fn no_http_client_is_an_error_of_every_call() {
    let mut settings = settings().retry_config(RetryConfig::disabled());
    settings.set_http_client(None);
    assert_eq!(
        fail(settings).await.to_string(),
        "StartJob was not sent: no HTTP client: turn on the feature `default-https-client`, or set `http_client` in the \
         SdkConfig"
    );
}

/// A provider that has nothing to give, and says so.
#[derive(Debug)]
struct NoCredentials(&'static str);

impl ProvideCredentials for NoCredentials {
    fn provide_credentials<'a>(&'a self) -> provider::future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        let error = CredentialsError::not_loaded(self.0);
        provider::future::ProvideCredentials::ready(Err(error))
    }
}

async fn connections_that_fail() -> Table {
    let nobody = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    // As rustls has it: an I/O error inside an I/O error.
    let tls = |said| {
        let refused = io_error(InvalidData, said);
        ConnectorError::io(Box::new(std::io::Error::other(*refused)))
    };
    let tls_fails = |said| {
        let http_client = ending(move |_| Err(tls(said)));
        fail(settings().region(REGION).http_client(http_client))
    };
    let reset = || ConnectorError::io(io_error(ConnectionReset, "Connection reset by peer"));
    // A label is too long: no resolver sends that anywhere.
    let nowhere = format!("http://{}.invalid", "nowhere-".repeat(8));
    vec![
        (
            "a host that does not exist",
            fail(settings().endpoint_url(nowhere)).await,
        ),
        (
            "connection refused",
            fail(settings().endpoint_url(nobody)).await,
        ),
        (
            "a TLS connection that fails",
            tls_fails("invalid peer certificate: UnknownIssuer").await,
        ),
        (
            "a TLS connection to a port without TLS",
            tls_fails("received corrupt message of type InvalidContentType").await,
        ),
        (
            "the same, as OpenSSL says it, with what may have been sent",
            tls_fails("error:0A00010B:SSL routines::wrong version number: my secret").await,
        ),
        (
            "a TLS message that is none",
            tls_fails("received corrupt message of type MessageTooLarge").await,
        ),
        (
            "a connection that is reset",
            fail(
                settings()
                    .region(REGION)
                    .http_client(ending(move |_| Err(reset()))),
            )
            .await,
        ),
        ("no answer", answered([Step::Close]).await),
        (
            "no HTTP",
            answered([Step::NotHttp("SSH-2.0-OpenSSH_9\r\n")]).await,
        ),
    ]
}

fn io_error(kind: ErrorKind, message: &'static str) -> Box<std::io::Error> {
    Box::new(std::io::Error::new(kind, message))
}

async fn timeouts() -> Table {
    let server = Server::start([Step::Silence]).await;
    let limits = [
        (
            "nobody answers in time",
            TimeoutConfig::builder().read_timeout(SHORT).build(),
        ),
        (
            "an attempt takes too long",
            TimeoutConfig::builder()
                .operation_attempt_timeout(SHORT)
                .build(),
        ),
        (
            "a call takes too long",
            TimeoutConfig::builder().operation_timeout(SHORT).build(),
        ),
    ];
    let mut table = vec![("nobody accepts the connection", connect_timeout().await)];
    for (case, limit) in limits {
        table.push((case, fail(within(limit).endpoint_url(server.url())).await));
    }
    for (case, error) in &table {
        assert!(error.is_timeout() && error.is_retryable(), "{case}");
    }
    table
}

async fn responses_that_cannot_be_read() -> Table {
    let stalling = Server::start([Step::Stall(r#"{"JobId":"job-1"}"#.into())]).await;
    let protection = StalledStreamProtectionConfig::enabled().grace_period(SHORT);
    vec![
        (
            "a response that stands still",
            fail(
                within(TimeoutConfig::disabled())
                    .stalled_stream_protection(protection.build())
                    .endpoint_url(stalling.url()),
            )
            .await,
        ),
        (
            "a response that is cut short",
            answered([Step::CutShort(r#"{"JobId":"job-1"}"#.into())]).await,
        ),
        (
            "a member of the wrong type",
            answered([Step::ok(
                r#"{"JobId":"my secret","QueueLength":"my secret"}"#,
            )])
            .await,
        ),
        (
            "JSON that is cut short",
            answered([Step::ok(r#"{"JobId":"#)]).await,
        ),
        (
            "a page where a response should be",
            answered([Step::ok("<!doctype html>my secret")]).await,
        ),
        ("no JSON at all", answered([Step::ok("my secret")]).await),
        (
            "nothing where something is required",
            answered([Step::ok(" ")]).await,
        ),
    ]
}

/// The error of reading this as the details of a job.
async fn described(details: &str) -> Error {
    let server = Server::start([Step::ok(details)]).await;
    let client = client(settings().endpoint_url(server.url()));
    client.describe_job().await.unwrap_err().into()
}

/// Bodies that no model allows, and what is said of them.
const NOT_AS_MODELED: [(&str, &str); 17] = [
    (
        r#"{"Started":"my secret"}"#,
        "Started: found a string, expected a timestamp: seconds since 1970, or text like 2020-11-25T02:49:02Z",
    ),
    (
        r#"{"Started":541754e300}"#,
        "Started: found a number, expected a timestamp: seconds since 1970, or text like 2020-11-25T02:49:02Z",
    ),
    (
        r#"{"Cost":"my secret"}"#,
        r#"Cost: found a string, expected a number of single precision, "NaN", "Infinity" or "-Infinity""#,
    ),
    (
        r#"{"Cost":541754e300}"#,
        r#"Cost: found a number, expected a number of single precision, "NaN", "Infinity" or "-Infinity""#,
    ),
    (
        r#"{"Digest":"my secret"}"#,
        "Digest: invalid base64: byte 2 is not of the alphabet",
    ),
    (
        r#"{"Digest":541754}"#,
        "Digest: found an integer, expected a blob in base64",
    ),
    (
        r#"{"Small":541754}"#,
        "Small: found an integer, expected an integer of 8 bits",
    ),
    (
        r#"{"Small":541754.5}"#,
        "Small: found a number, expected an integer of 8 bits",
    ),
    (
        r#"{"Urgent":"my secret"}"#,
        "Urgent: found a string, expected a boolean",
    ),
    (
        r#"{"State":541754}"#,
        "State: found an integer, expected a string",
    ),
    (
        r#"{"Source":"my secret"}"#,
        "Source: found a string, expected an object",
    ),
    (
        r#"{"Source":{"my secret":541754,"other my secret":541754,"more":541754}}"#,
        "Source: the union JobSource has more than one member set",
    ),
    (
        r#"{"Source":{"Uri":541754}}"#,
        "Source.Uri: found an integer, expected a string",
    ),
    (
        r#"{"Labels":{"my secret":"my secret"}}"#,
        "Labels[…]: found a string, expected an integer of 32 bits",
    ),
    (
        r#"{"Steps":[{},{"Labels":{"my secret":541754.5}}]}"#,
        "Steps[1].Labels[…]: found a number, expected an integer of 32 bits",
    ),
    (
        r#"{"Parent":{"Small":541754}}"#,
        "Parent.Small: found an integer, expected an integer of 8 bits",
    ),
    (
        r#"{"my secret":{"my secret":my secret}}"#,
        "the body is not JSON",
    ),
];

#[tokio::test]
async fn a_response_that_is_not_as_modelled_is_an_error_that_says_where() {
    for (body, said) in NOT_AS_MODELED {
        assert_eq!(
            described(body).await.to_string(),
            format!(
                "DescribeJob failed: the response is not what the model says: {said} (request id request-1)"
            )
        );
    }
}

/// The error of a connection that is not accepted in time.
// Elsewhere, a full queue does not keep connections waiting.
#[cfg(target_os = "linux")]
async fn connect_timeout() -> StartJobFailure {
    let socket = tokio::net::TcpSocket::new_v4().unwrap();
    socket.bind("127.0.0.1:0".parse().unwrap()).unwrap();
    let listener = socket.listen(1).unwrap();
    let address = listener.local_addr().unwrap();
    // The queue takes one more than it is told.
    let fill = || tokio::net::TcpStream::connect(address);
    let _in_queue = [fill().await, fill().await];

    let limit = TimeoutConfig::builder().connect_timeout(SHORT).build();
    fail(within(limit).endpoint_url(format!("http://{address}"))).await
}

/// The error of a connection that is not accepted in time, as AWS's HTTP client has it.
#[cfg(not(target_os = "linux"))]
async fn connect_timeout() -> StartJobFailure {
    let too_late = || {
        let error = io_error(
            ErrorKind::TimedOut,
            "HTTP connect timeout occurred after 50ms",
        );
        ConnectorError::timeout(error)
    };
    let settings = within(TimeoutConfig::disabled()).endpoint_url("http://127.0.0.1:1");
    fail(settings.http_client(ending(move |_| Err(too_late())))).await
}

#[tokio::test]
async fn no_error_shows_what_was_sent_or_received() {
    let mut table = service_errors().await;
    table.extend(settings_that_are_missing().await);
    table.extend(connections_that_fail().await);
    table.extend(responses_that_cannot_be_read().await);
    for (case, error) in &table {
        assert_clean(case, error);
    }
    for (body, _) in NOT_AS_MODELED {
        assert_clean(body, &described(body).await);
    }
}

#[tokio::test]
async fn an_error_can_be_asked() {
    let error = answered([throttled()]).await;
    assert_eq!(error.operation(), Some("StartJob"));
    assert_eq!(error.code(), Some("ThrottlingException"));
    assert_eq!(error.message(), Some("Rate exceeded"));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.attempts(), 3);
    assert!(error.is_throttling() && error.is_retryable() && !error.is_timeout());
    let inner = ThrottlingException {
        message: Some("Rate exceeded".into()),
    };
    assert_eq!(
        error.as_service_error(),
        Some(&StartJobError::ThrottlingException(inner.clone()))
    );
    assert!(error.source().is_none());
    assert_eq!(
        error.into_service_error().unwrap(),
        StartJobError::ThrottlingException(inner)
    );
}

/// A service that once spoke the query protocol, and whose errors still have their codes from then.
pub static QUERY_COMPATIBLE: Service = Service {
    protocol: &AWS_JSON_1_0.query_compatible(),
    ..crate::service::SERVICE
};

start_job!(
    StartOldJob,
    &QUERY_COMPATIBLE,
    OperationSchema::new("JobShop", "StartJob")
);

#[tokio::test]
async fn an_error_may_have_the_code_that_it_had_in_the_query_protocol() {
    let body = r#"{"__type":"com.example#ValidationException","Message":"no such queue"}"#;
    let answer = |code: &str| Step::error(400, body).with_header("x-amzn-query-error", code);
    let server = Server::start([
        answer("Shop.NoSuchQueue;Sender"),
        answer("Throttling;Sender"),
        Step::error(400, body),
    ])
    .await;
    let config = settings()
        .retry_config(RetryConfig::disabled())
        .endpoint_url(server.url());
    let client: Client = ClientBuilder::new(&config.build(), &QUERY_COMPATIBLE).build();
    let start = async || {
        let request = StartJobRequest::of("in");
        let call: Call<_, StartJobFailure> = Call::of::<StartOldJob>(&client.0, request);
        call.await.unwrap_err()
    };

    let error = start().await;
    assert_eq!(
        error.to_string(),
        "StartJob failed: Shop.NoSuchQueue: no such queue (request id request-1)"
    );
    assert_eq!(error.code(), Some("Shop.NoSuchQueue"));
    assert!(matches!(
        error.as_service_error(),
        Some(StartJobError::ValidationException(_))
    ));
    assert!(start().await.is_throttling());
    assert_eq!(start().await.code(), Some("ValidationException"));
    let seen = server.seen();
    assert_eq!(seen[0].header("x-amzn-query-mode"), Some("true"));
}

#[tokio::test]
async fn an_error_of_an_operation_becomes_one_of_the_service() {
    async fn start(url: String) -> Result<(), Error> {
        client(settings().endpoint_url(url))
            .start_job(StartJobRequest::of("in"))
            .await?;
        Ok(())
    }
    let server = Server::start([throttled()]).await;
    let error = start(server.url()).await.unwrap_err();
    let inner = ThrottlingException {
        message: Some("Rate exceeded".into()),
    };
    assert_eq!(
        error.as_service_error(),
        Some(&ServiceError::ThrottlingException(inner))
    );
    assert_eq!(
        error.to_string(),
        "StartJob failed after 3 attempts: ThrottlingException: Rate exceeded (request id request-1)"
    );
}

#[tokio::test]
async fn a_second_id_of_the_request_is_shown_as_well() {
    const EXTENDED: &str =
        "Uuag1LuByRx9e6j5Onimru9pO4ZVKnJ2Qz7/C1NPcfTWAtRPfTaOFg1cCiGuhAQeJzMCvdYXv8o=";
    let answer = throttled().with_header("x-amz-id-2", EXTENDED);
    let error = answered([answer]).await;
    assert_eq!(error.extended_request_id(), Some(EXTENDED));
    assert!(
        error.to_string().ends_with(&format!(
            "Rate exceeded (request id request-1, extended {EXTENDED})"
        )),
        "{error}"
    );
    assert_eq!(answered([throttled()]).await.extended_request_id(), None);

    let alone = Step::Answer(400, vec![("x-amz-id-2", "a\u{7}b".into())], b"{}".to_vec());
    let server = Server::start([alone]).await;
    let error = fail(settings().endpoint_url(server.url())).await;
    assert!(!error.to_string().contains('\u{7}'), "{error:?}");
}

#[tokio::test]
async fn an_error_converts_into_that_of_aws_and_back() {
    let error = answered([throttled()]).await;
    let aws: smithy_rt::SdkError<StartJobError> = error.into();
    let body = aws.raw_response().unwrap().body().bytes().unwrap();
    assert!(body.starts_with(b"{\"__type\""));
    let back = StartJobFailure::from(aws);
    assert_eq!(back.code(), Some("ThrottlingException"));
    assert_eq!(
        back.to_string(),
        "the call failed: ThrottlingException: Rate exceeded (request id request-1)"
    );
}

#[test]
fn errors_of_the_service_display_their_name_and_message() {
    let error = StartJobError::BusyException(BusyException {
        message: Some("later".into()),
    });
    assert_eq!(error.to_string(), "BusyException: later");
    let error = StartJobError::ValidationException(ValidationException { message: None });
    assert_eq!(error.to_string(), "ValidationException");
    let error = StartJobError::Unmodeled(UnmodeledError::new(400, "SurpriseException", "boo"));
    assert_eq!(error.to_string(), "SurpriseException: boo");
}

#[test]
fn an_error_is_two_pointers_wide() {
    assert_eq!(size_of::<Error>(), 2 * size_of::<usize>());
    assert_eq!(size_of::<StartJobFailure>(), 2 * size_of::<usize>());
}

#[tokio::test]
async fn awss_trait_shows_what_the_error_says() {
    fn metadata(error: &impl ProvideErrorMetadata) -> [Option<&str>; 3] {
        [error.code(), error.message(), error.meta().request_id()]
    }

    let throttled = throttled().with_header("x-amzn-requestid", "request-1");
    let error = answered([throttled]).await;
    let said = [
        Some("ThrottlingException"),
        Some("Rate exceeded"),
        Some("request-1"),
    ];
    assert_eq!(metadata(&error), said);
    assert_eq!(metadata(&Error::<ServiceError>::from(error)), said);

    let refused = fail(settings().endpoint_url("http://127.0.0.1:1")).await;
    assert_eq!(metadata(&refused), [None; 3]);
}

#[test]
fn every_modelled_error_converts_into_those_that_hold_it() {
    let busy = BusyException::builder().message("later").build();
    let error = StartJobError::from(busy.clone());
    assert_eq!(error, StartJobError::BusyException(busy.clone()));
    assert_eq!(ServiceError::from(error), ServiceError::from(busy));
}
