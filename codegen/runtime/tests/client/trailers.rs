//! Checksums that follow bodies, in `aws-chunked`, and those of responses that are streams.

use std::error::Error;
use std::fmt;
use std::io::Write;
use std::iter::successors;
use std::sync::{Arc, Mutex};
use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{self, sign_chunk, sign_trailer};
use aws_smithy_async::time::StaticTimeSource;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::body::SdkBody;
use aws_types::sdk_config::Builder;
use hyper::body::Bytes;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::{
    ByteStream, Call, ClientBuilder, Failure, Operation, OperationSchema, SdkConfig, Service,
    Signing, StreamMember,
};

use crate::server::{Seen, Server, Step};
use crate::service::{self, PingError, PingRequest, PingResponse};
use crate::{REGION, empty_object, ending, settings};

static STORE: Service = Service {
    protocol: &REST_JSON_1,
    signing: Signing::new()
        .with_content_sha256()
        .with_path_as_sent()
        .with_presigned_bodies_open(),
    ..service::SERVICE
};

pub struct UploadRequest {
    pub encoding: Option<String>,
    pub sha1: Option<String>,
    pub body: ByteStream,
}

impl fmt::Debug for UploadRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("UploadRequest")
    }
}

smithy_rt::streaming!(
    upload_request_builder::UploadRequestBuilder,
    [],
    UploadRequest {
        encoding: optional::<impl Into<String>>("Encoding", maybe_encoding)
            .location(Header("Content-Encoding")),
        sha1: optional::<impl Into<String>>("SHA1", maybe_sha1)
            .location(Header("x-amz-checksum-sha1")),
    },
    Stream {
        body: defaulted::<impl Into<ByteStream>>("Body", ByteStream::default()),
    },
);

pub struct DownloadResponse {
    pub body: ByteStream,
}

impl fmt::Debug for DownloadResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DownloadResponse")
    }
}

smithy_rt::streaming!(
    download_response_builder::DownloadResponseBuilder,
    [],
    DownloadResponse {},
    Stream {
        body: defaulted::<impl Into<ByteStream>>("Body", ByteStream::default()),
    },
);

/// An operation whose requests are streams.
macro_rules! upload {
    ($name:ident, $schema:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = UploadRequest;
            type Response = PingResponse;
            type Error = PingError;

            const SERVICE: &'static Service = &STORE;
            const SCHEMA: OperationSchema = $schema
                .http("PUT", "/")
                .byte_stream_input()
                .request_checksum_required();

            fn input_stream(message: &mut UploadRequest) -> Option<StreamMember<'_>> {
                Some(StreamMember::Bytes(&mut message.body))
            }
        }
    };
}

upload!(Upload, OperationSchema::new("Store", "Upload"));
upload!(
    UploadUnsigned,
    OperationSchema::new("Store", "UploadUnsigned").auth(&[smithy_rt::AuthScheme::NoAuth])
);

pub struct Download;

impl Operation for Download {
    type Request = PingRequest;
    type Response = DownloadResponse;
    type Error = PingError;

    const SERVICE: &'static Service = &STORE;
    const SCHEMA: OperationSchema = OperationSchema::new("Store", "Download")
        .http("GET", "/")
        .byte_stream_output()
        .response_checksums("Mode", &["SHA1", "CRC32"]);

    fn output_stream(message: &mut DownloadResponse) -> Option<StreamMember<'_>> {
        Some(StreamMember::Bytes(&mut message.body))
    }
}

const NOW: Duration = Duration::from_secs(1_700_000_000);

fn client(settings: Builder) -> service::Client {
    let now = StaticTimeSource::new(UNIX_EPOCH + NOW);
    let config: SdkConfig = settings.region(REGION).time_source(now).build();
    ClientBuilder::new(&config, &STORE).build()
}

fn upload<O>(settings: Builder, request: UploadRequest) -> Call<PingResponse, Failure<PingError>>
where
    O: Operation<Request = UploadRequest, Response = PingResponse, Error = PingError>,
{
    Call::of::<O>(&client(settings).0, request)
}

/// A file of this text, which is sent as a stream.
async fn file(text: &str) -> (tempfile::NamedTempFile, UploadRequest) {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    let body = ByteStream::from_path(file.path()).await.unwrap();
    let request = UploadRequest {
        encoding: None,
        sha1: None,
        body,
    };
    (file, request)
}

const UNSIGNED_BODY: &str = "9\r\n123456789\r\n0\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\r\n";

/// The request that a call sends over TLS, and its body.
async fn sent_over_tls(request: UploadRequest) -> (HttpRequest, String) {
    let sent = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&sent);
    let http_client = ending(move |request| {
        seen.lock().unwrap().replace(request);
        Ok(empty_object())
    });
    upload::<Upload>(settings().http_client(http_client), request)
        .await
        .unwrap();
    let mut sent = sent.lock().unwrap().take().unwrap();
    let body = std::mem::replace(sent.body_mut(), SdkBody::taken());
    let body = ByteStream::new(body).collect().await.unwrap().to_vec();
    (sent, String::from_utf8(body).unwrap())
}

#[tokio::test]
async fn over_tls_the_checksum_follows_the_body_without_a_signature() {
    let (_file, request) = file("123456789").await;
    let (sent, body) = sent_over_tls(request).await;
    assert_eq!(body, UNSIGNED_BODY);
    let header = |name| sent.headers().get(name);
    assert_eq!(header("content-length"), Some(&*body.len().to_string()));
    assert_eq!(header("content-encoding"), Some("aws-chunked"));
    assert_eq!(header("x-amz-decoded-content-length"), Some("9"));
    assert_eq!(header("x-amz-trailer"), Some("x-amz-checksum-crc32"));
    assert_eq!(
        header("x-amz-content-sha256"),
        Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    );
    assert_eq!(header("x-amz-checksum-crc32"), None);
}

#[tokio::test]
async fn a_file_without_bytes_has_a_checksum_as_well() {
    let (_file, request) = file("").await;
    let (sent, body) = sent_over_tls(request).await;
    assert_eq!(body, "0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n");
    let length = sent.headers().get("x-amz-decoded-content-length");
    assert_eq!(length, Some("0"));
}

#[tokio::test]
async fn large_bodies_are_sent_in_several_chunks() {
    let text = "0123456789abcdef".repeat(5_000);
    let (_file, request) = file(&text).await;
    let (sent, body) = sent_over_tls(request).await;
    let (first, rest) = text.split_at(65_536);
    let (head, trailer) = body.split_at(body.find("\r\n0\r\n").unwrap());
    assert_eq!(head, format!("10000\r\n{first}\r\n3880\r\n{rest}"));
    assert!(
        trailer.starts_with("\r\n0\r\nx-amz-checksum-crc32:"),
        "{trailer}"
    );
    let length = sent.headers().get("content-length");
    assert_eq!(length, Some(&*body.len().to_string()));
}

#[tokio::test]
async fn an_encoding_of_the_callers_own_stays() {
    let (_file, request) = file("123456789").await;
    let request = UploadRequest {
        encoding: Some("gzip".to_owned()),
        ..request
    };
    let (sent, body) = sent_over_tls(request).await;
    assert_eq!(body, UNSIGNED_BODY);
    let encoding = sent.headers().get("content-encoding");
    assert_eq!(encoding, Some("aws-chunked,gzip"));
}

#[tokio::test]
async fn a_body_with_a_checksum_already_or_in_memory_is_sent_as_it_is() {
    let (_file, request) = file("123456789").await;
    let request = UploadRequest {
        sha1: Some("AAAA".to_owned()),
        ..request
    };
    let (sent, body) = sent_over_tls(request).await;
    assert_eq!(body, "123456789");
    assert_eq!(sent.headers().get("content-encoding"), None);
    assert_eq!(sent.headers().get("x-amz-checksum-sha1"), Some("AAAA"));

    for (text, checksum) in [("123456789", "y/Q5Jg=="), ("", "AAAAAA==")] {
        let request = UploadRequest {
            encoding: None,
            sha1: None,
            body: ByteStream::from_static(text.as_bytes()),
        };
        let (sent, body) = sent_over_tls(request).await;
        assert_eq!(body, text);
        let header = sent.headers().get("x-amz-checksum-crc32");
        assert_eq!(header, Some(checksum));
    }
}

/// Checks the signatures of a body of one chunk, as a service would.
fn assert_signed(seen: &Seen) {
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", None, None, "test");
    let identity = Identity::from(credentials);
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("eu-west-3")
        .name("jobshop")
        .time(UNIX_EPOCH + NOW)
        .settings(())
        .build()
        .unwrap();
    let authorization = seen.header("authorization").unwrap();
    let (_, seed) = authorization.rsplit_once("Signature=").unwrap();
    let chunk = sign_chunk(&Bytes::from_static(b"123456789"), seed, &params).unwrap();
    let last = sign_chunk(&Bytes::new(), chunk.signature(), &params).unwrap();
    let mut trailer = Headers::new();
    trailer.insert("x-amz-checksum-crc32", "y/Q5Jg==");
    let trailer = sign_trailer(&trailer, last.signature(), &params).unwrap();
    assert_eq!(
        seen.body,
        format!(
            "9;chunk-signature={}\r\n123456789\r\n0;chunk-signature={}\r\nx-amz-checksum-crc32:y/Q5Jg==\r\n\
             x-amz-trailer-signature:{}\r\n\r\n",
            chunk.signature(),
            last.signature(),
            trailer.signature()
        )
    );
}

#[tokio::test]
async fn without_tls_chunks_and_checksum_are_signed_anew_in_each_attempt() {
    let server = Server::start([Step::error(500, "{}"), Step::ok("{}")]).await;
    let (_file, request) = file("123456789").await;
    let settings = settings().endpoint_url(server.url());
    upload::<Upload>(settings, request).await.unwrap();
    let seen = server.seen();
    assert_eq!(seen.len(), 2);
    for seen in &seen {
        assert_eq!(
            seen.header("x-amz-content-sha256"),
            Some("STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
        );
        assert_eq!(seen.header("content-encoding"), Some("aws-chunked"));
        assert_signed(seen);
    }
}

#[tokio::test]
async fn where_the_call_is_not_signed_neither_are_its_chunks() {
    let server = Server::start([Step::ok("{}")]).await;
    let (_file, request) = file("123456789").await;
    let settings = settings().endpoint_url(server.url());
    upload::<UploadUnsigned>(settings, request).await.unwrap();
    let seen = server.seen().pop().unwrap();
    assert_eq!(seen.body, UNSIGNED_BODY);
    assert_eq!(
        seen.header("x-amz-content-sha256"),
        Some("STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    );
}

#[tokio::test]
async fn a_checksum_cannot_follow_a_body_of_unknown_length() {
    let (_file, request) = file("123456789").await;
    let unknown = SdkBody::from_body_1_x(crate::trailers::Unsized(request.body.into_inner()));
    let request = UploadRequest {
        encoding: None,
        sha1: None,
        body: ByteStream::new(unknown),
    };
    let error = upload::<Upload>(settings(), request).await.unwrap_err();
    let text = error.to_string();
    let said = "Upload was not sent: the length of the body has to be known";
    assert!(text.starts_with(said), "{text}");
    assert_eq!(error.attempts(), 0);
}

/// A body that does not say how long it is.
struct Unsized(SdkBody);

impl hyper::body::Body for Unsized {
    type Data = Bytes;
    type Error = Box<dyn Error + Send + Sync>;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<hyper::body::Frame<Bytes>, Self::Error>>> {
        std::pin::Pin::new(&mut self.0).poll_frame(context)
    }
}

#[tokio::test]
async fn an_upload_is_presigned_without_what_describes_its_body() {
    let request = UploadRequest {
        encoding: None,
        sha1: None,
        body: ByteStream::default(),
    };
    let call = upload::<Upload>(settings(), request);
    let presigned = call.presigned(Duration::from_secs(60)).await.unwrap();
    assert_eq!(presigned.headers().count(), 0, "{presigned:?}");
    assert_eq!(presigned.body(), None);
}

/// What a stream with this checksum ends in.
async fn downloaded(checksum: &str) -> Result<Vec<u8>, String> {
    let answer = Step::ok("123456789").with_header("x-amz-checksum-crc32", checksum);
    let server = Server::start([answer]).await;
    let client = client(settings().endpoint_url(server.url()));
    let call: Call<_, Failure<PingError>> = Call::of::<Download>(&client.0, PingRequest {});
    let response = call.await.unwrap();
    match response.body.collect().await {
        Ok(bytes) => Ok(bytes.to_vec()),
        Err(error) => Err(
            successors(Some(&error as &dyn Error), |&error| error.source())
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(": "),
        ),
    }
}

#[tokio::test]
async fn a_stream_that_does_not_have_its_checksum_ends_in_an_error() {
    assert_eq!(downloaded("y/Q5Jg==").await.unwrap(), b"123456789");
    assert_eq!(downloaded("AAAAAA==-2").await.unwrap(), b"123456789");
    let error = downloaded("AAAAAA==").await.unwrap_err();
    let said = "the body is not what the service has sent: its CRC32 is y/Q5Jg==, and not AAAAAA==";
    assert!(error.contains(said), "{error}");
}
