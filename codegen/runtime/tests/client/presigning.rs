//! Presigned requests, and the signatures that a service would find in them.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sigv4::http_request::{
    PercentEncodingMode, SignableBody, SignableRequest, SignatureLocation, SigningSettings,
    UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4;
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_types::sdk_config::Builder;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::{
    Blob, Call, ClientBuilder, Failure, Operation, OperationSchema, PresignedRequest, SdkConfig,
    Service, Signing,
};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Server, Step};
use crate::service::{self, PingError, PingResponse, StartJobRequest};
use crate::{REGION, assert_clean, client, settings};

/// A store of objects, which signs as S3 does.
static STORE: Service = Service {
    protocol: &REST_JSON_1,
    signing: Signing::new()
        .with_content_sha256()
        .with_path_as_sent()
        .with_presigned_bodies_open(),
    ..service::SERVICE
};

/// A library, which signs as most services do.
static LIBRARY: Service = Service {
    protocol: &REST_JSON_1,
    ..service::SERVICE
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectRequest {
    pub key: String,
    pub class: Option<String>,
    pub body: Option<Blob>,
}

smithy_rt::structure!(
    object_request_builder::ObjectRequestBuilder,
    [key],
    ObjectRequest {
        key: required::<impl Into<String>>("Key").location(Label),
        class: optional::<impl Into<String>>("Class", maybe_class).location(Header("x-class")),
        body: optional::<impl Into<Blob>>("Body", maybe_body).location(Payload),
    }
);

/// An operation on objects.
macro_rules! operation {
    ($name:ident, $service:ident, $method:literal) => {
        pub struct $name;

        impl Operation for $name {
            type Request = ObjectRequest;
            type Response = PingResponse;
            type Error = PingError;

            const SERVICE: &'static Service = &$service;
            const SCHEMA: OperationSchema =
                OperationSchema::new("Store", stringify!($name)).http($method, "/o/{Key+}?x-id=o");
        }
    };
}

operation!(GetObject, STORE, "GET");
operation!(PutObject, STORE, "PUT");
operation!(GetBook, LIBRARY, "GET");
operation!(PutBook, LIBRARY, "PUT");

const NOW: Duration = Duration::from_secs(1_700_000_000);
const HOUR: Duration = Duration::from_secs(3600);

fn at_noon(settings: Builder) -> SdkConfig {
    let now = StaticTimeSource::new(UNIX_EPOCH + NOW);
    settings.region(REGION).time_source(now).build()
}

async fn presigned<O>(
    settings: Builder,
    request: ObjectRequest,
) -> Result<PresignedRequest, Failure<PingError>>
where
    O: Operation<Request = ObjectRequest, Response = PingResponse, Error = PingError>,
{
    let client: service::Client = ClientBuilder::new(&at_noon(settings), O::SERVICE).build();
    let call: Call<_, Failure<_>> = Call::of::<O>(&client.0, request);
    call.presigned(HOUR).await
}

fn object(key: &str) -> ObjectRequest {
    ObjectRequest {
        key: key.to_owned(),
        ..ObjectRequest::default()
    }
}

/// Returns a parameter of the query.
fn parameter<'a>(url: &'a str, name: &str) -> Option<&'a str> {
    let (_, query) = url.split_once('?')?;
    let mut pairs = query.split('&').filter_map(|pair| pair.split_once('='));
    pairs.find_map(|(known, value)| (known == name).then_some(value))
}

/// Returns the signature that a service computes for a request that reaches it.
fn expected(presigned: &PresignedRequest, token: Option<&str>, body: SignableBody<'_>) -> String {
    let url = presigned.url();
    let (plain, query) = url.split_once('?').unwrap();
    let own: Vec<_> = query
        .split('&')
        .filter(|pair| !pair.starts_with("X-Amz-"))
        .collect();
    let mut settings = SigningSettings::default();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(HOUR);
    if matches!(body, SignableBody::UnsignedPayload) {
        settings.percent_encoding_mode = PercentEncodingMode::Single;
        settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    }
    let token = token.map(str::to_owned);
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", token, None, "test");
    let identity = Identity::from(credentials);
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-3")
        .name("jobshop")
        .time(UNIX_EPOCH + NOW)
        .settings(settings)
        .build()
        .unwrap();
    let url = format!("{plain}?{}", own.join("&"));
    let request =
        SignableRequest::new(presigned.method(), &url, presigned.headers(), body).unwrap();
    let (_, signature) = sign(request, &params.into()).unwrap().into_parts();
    signature
}

#[tokio::test]
async fn a_get_request_needs_nothing_but_its_url() {
    let presigned = presigned::<GetObject>(settings(), object("a b/../c"))
        .await
        .unwrap();
    let url = presigned.url();
    assert_eq!(presigned.method(), "GET");
    assert!(
        url.starts_with("https://jobshop.eu-west-3.amazonaws.com/o/a%20b/../c?x-id=o&X-Amz-Algorithm=AWS4-HMAC-SHA256&"),
        "{url}"
    );
    assert_eq!(parameter(url, "X-Amz-Expires"), Some("3600"));
    assert_eq!(parameter(url, "X-Amz-Date"), Some("20231114T221320Z"));
    assert_eq!(parameter(url, "X-Amz-SignedHeaders"), Some("host"));
    assert_eq!(
        parameter(url, "X-Amz-Credential"),
        Some("AKIDEXAMPLE%2F20231114%2Feu-west-3%2Fjobshop%2Faws4_request")
    );
    let signature = expected(&presigned, None, SignableBody::UnsignedPayload);
    assert_eq!(parameter(url, "X-Amz-Signature"), Some(&*signature));
    assert_eq!(presigned.headers().count(), 0);
    assert_eq!(presigned.body(), None);
}

#[tokio::test]
async fn a_body_is_signed_unless_the_service_leaves_it_open() {
    let book = ObjectRequest {
        class: Some("rare".to_owned()),
        body: Some(Blob::new("text")),
        ..object("a b")
    };
    let signed = presigned::<PutBook>(settings(), book.clone())
        .await
        .unwrap();
    assert_eq!(signed.body(), Some(&b"text"[..]));
    let headers: Vec<_> = signed.headers().collect();
    assert_eq!(
        headers,
        [
            ("x-class", "rare"),
            ("content-type", "application/octet-stream")
        ]
    );
    let signature = expected(&signed, None, SignableBody::Bytes(b"text"));
    assert_eq!(
        parameter(signed.url(), "X-Amz-Signature"),
        Some(&*signature)
    );

    let empty = presigned::<GetBook>(settings(), object("a")).await.unwrap();
    assert_eq!(empty.body(), Some(&b""[..]));
    let signature = expected(&empty, None, SignableBody::Bytes(b""));
    assert_eq!(parameter(empty.url(), "X-Amz-Signature"), Some(&*signature));

    let open = presigned::<PutObject>(settings(), ObjectRequest { body: None, ..book }).await;
    let open = open.unwrap();
    assert_eq!(open.body(), None);
    assert_eq!(open.headers().collect::<Vec<_>>(), [("x-class", "rare")]);
    let signature = expected(&open, None, SignableBody::UnsignedPayload);
    assert_eq!(parameter(open.url(), "X-Amz-Signature"), Some(&*signature));
}

#[tokio::test]
async fn the_token_of_a_session_is_a_part_of_the_query() {
    let token = Some("a/token".to_owned());
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", token, None, "test");
    let settings = settings().credentials_provider(SharedCredentialsProvider::new(credentials));
    let presigned = presigned::<GetObject>(settings, object("a")).await.unwrap();
    let url = presigned.url();
    assert_eq!(parameter(url, "X-Amz-Security-Token"), Some("a%2Ftoken"));
    let signature = expected(&presigned, Some("a/token"), SignableBody::UnsignedPayload);
    assert_eq!(parameter(url, "X-Amz-Signature"), Some(&*signature));
    let shown = format!("{presigned:?}");
    assert!(shown.contains("amazonaws.com/o/a?…"), "{shown}");
    assert!(
        !shown.contains("token") && !shown.contains(&signature),
        "{shown}"
    );
}

#[tokio::test]
async fn a_request_of_awsjson_is_presigned_with_its_body() {
    let config = at_noon(settings());
    let client = service::Client::new(&config);
    let call = client.start_job(StartJobRequest::of("in"));
    let presigned = call.presigned(HOUR).await.unwrap();
    assert_eq!(presigned.method(), "POST");
    let headers: Vec<_> = presigned.headers().collect();
    assert_eq!(
        headers,
        [
            ("content-type", "application/x-amz-json-1.0"),
            ("x-amz-target", "JobShop.StartJob"),
        ]
    );
    let body = presigned.body().unwrap();
    assert!(body.starts_with(br#"{"Input":"in","ClientToken":"#));
    let signature = expected(&presigned, None, SignableBody::Bytes(body));
    assert_eq!(
        parameter(presigned.url(), "X-Amz-Signature"),
        Some(&*signature)
    );
}

/// Sends what has been presigned as a program that knows nothing of signatures would.
async fn send(presigned: &PresignedRequest, body: &str) {
    let url = presigned.url().strip_prefix("http://").unwrap();
    let (host, path) = url.split_once('/').unwrap();
    let mut text = format!(
        "{} /{path} HTTP/1.1\r\nhost: {host}\r\ncontent-length: {}\r\nconnection: close\r\n",
        presigned.method(),
        body.len()
    );
    for (name, value) in presigned.headers() {
        text.push_str(&format!("{name}: {value}\r\n"));
    }
    let mut connection = TcpStream::connect(host).await.unwrap();
    let text = format!("{text}\r\n{body}");
    connection.write_all(text.as_bytes()).await.unwrap();
    assert!(connection.read(&mut [0; 512]).await.unwrap() > 0);
}

#[tokio::test]
async fn nothing_is_sent_until_somebody_sends_it() {
    let server = Server::start([Step::ok("{}")]).await;
    let request = ObjectRequest {
        class: Some("rare".to_owned()),
        ..object("a")
    };
    let settings = settings().endpoint_url(server.url());
    let presigned = presigned::<PutObject>(settings, request).await.unwrap();
    assert_eq!(server.seen().len(), 0);

    send(&presigned, "hello").await;
    let seen = server.seen().pop().unwrap();
    let (_, path) = presigned.url().split_once(&server.url()).unwrap();
    assert_eq!(seen.line, format!("PUT {path} HTTP/1.1"));
    assert_eq!(seen.header("x-class"), Some("rare"));
    assert_eq!(seen.header("authorization"), None);
    assert_eq!(seen.body, "hello");
}

#[tokio::test]
async fn a_time_that_no_service_accepts_is_an_error() {
    const WEEK: Duration = Duration::from_secs(7 * 24 * 3600);
    let after = async |time| {
        let call = client(settings()).start_job(StartJobRequest::of("my secret"));
        let presigned = call.presigned(time).await;
        presigned.map_err(|error| {
            assert_clean(time, &error);
            error.to_string()
        })
    };
    assert!(after(WEEK).await.is_ok());
    assert!(after(Duration::from_secs(1)).await.is_ok());
    for (time, shown) in [
        (Duration::ZERO, "0ns"),
        (Duration::from_millis(999), "999ms"),
        (WEEK + Duration::from_millis(1), "604800.001s"),
        (Duration::MAX, "18446744073709551615.999999999s"),
    ] {
        assert_eq!(
            after(time).await.unwrap_err(),
            format!(
                "StartJob was not sent: a presigned request can be good for 1 second to 7 days, not for {shown}"
            )
        );
    }
}

#[tokio::test]
async fn what_cannot_be_signed_is_an_error() {
    let nobody = || SdkConfig::builder().sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new());
    let error = presigned::<GetObject>(nobody(), object("a"))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "GetObject was not sent: no credentials: load the SdkConfig with `aws_config`, or set `credentials_provider` in it"
    );
    let error = presigned::<GetObject>(settings(), object(""))
        .await
        .unwrap_err();
    assert!(error.to_string().contains("`Key`"), "{error}");
    let error = client(settings()).ping().presigned(HOUR).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "Ping was not sent: its calls are not signed with SigV4, so there is nothing to presign"
    );
    assert_eq!(error.attempts(), 0);
}

#[tokio::test]
async fn no_http_client_is_needed() {
    let settings = settings();
    let config = SdkConfig::builder()
        .credentials_provider(at_noon(settings).credentials_provider().unwrap())
        .sleep_impl(aws_smithy_async::rt::sleep::TokioSleep::new());
    assert!(presigned::<GetObject>(config, object("a")).await.is_ok());
}
