//! Checksums of bodies: those that are sent, and those that responses are compared with.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::retry::RetryConfig;
use aws_types::sdk_config::Builder;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::{Blob, Call, ClientBuilder, Failure, Operation, OperationSchema, Service, Signing};

use crate::service::{self, PingError, PingResponse};
use crate::{assert_clean, ending, settings};

static STORE: Service = Service {
    protocol: &REST_JSON_1,
    signing: Signing::new().with_content_sha256(),
    ..service::SERVICE
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PutRequest {
    pub algorithm: Option<String>,
    pub sha1: Option<String>,
    pub sha512: Option<String>,
    pub body: Option<Blob>,
}

smithy_rt::structure!(
    put_request_builder::PutRequestBuilder,
    [],
    PutRequest {
        algorithm: optional::<impl Into<String>>("Algorithm", maybe_algorithm)
            .location(Header("x-amz-sdk-checksum-algorithm")),
        sha1: optional::<impl Into<String>>("SHA1", maybe_sha1)
            .location(Header("x-amz-checksum-sha1")),
        sha512: optional::<impl Into<String>>("SHA512", maybe_sha512)
            .location(Header("X-Amz-Checksum-SHA512")),
        body: optional::<impl Into<Blob>>("Body", maybe_body).location(Payload),
    }
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetRequest {
    pub mode: Option<String>,
}

smithy_rt::structure!(
    get_request_builder::GetRequestBuilder,
    [],
    GetRequest {
        mode: optional::<impl Into<String>>("Mode", maybe_mode)
            .location(Header("x-amz-checksum-mode")),
    }
);

#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetResponse {
    pub body: Option<Blob>,
}

smithy_rt::structure!(
    get_response_builder::GetResponseBuilder,
    [],
    GetResponse {
        body: optional::<impl Into<Blob>>("Body", maybe_body).location(Payload),
    }
);

/// An operation with checksums.
macro_rules! operation {
    ($name:ident: $request:ident -> $response:ident, $schema:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = $request;
            type Response = $response;
            type Error = PingError;

            const SERVICE: &'static Service = &STORE;
            const SCHEMA: OperationSchema = $schema;
        }
    };
}

operation!(
    Put: PutRequest -> PingResponse,
    OperationSchema::new("Store", "Put").http("PUT", "/").request_algorithm_member("Algorithm")
);
operation!(
    PutForSure: PutRequest -> PingResponse,
    OperationSchema::new("Store", "PutForSure").http("PUT", "/").request_checksum_required()
);
operation!(
    PutUnsigned: PutRequest -> PingResponse,
    OperationSchema::new("Store", "PutUnsigned").http("PUT", "/").unsigned_payload()
);
operation!(
    Get: GetRequest -> GetResponse,
    OperationSchema::new("Store", "Get")
        .http("GET", "/")
        .response_checksums("Mode", &["XXHASH64", "CRC64NVME", "CRC32", "SHA1"])
);

/// Makes a call, and returns the request as it was sent, and the outcome.
async fn call<O: Operation>(
    settings: Builder,
    request: O::Request,
    answer: impl Fn() -> HttpResponse + Clone + Send + Sync + 'static,
) -> (Option<HttpRequest>, Result<O::Response, Failure<O::Error>>) {
    let sent = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&sent);
    let http_client = ending(move |request| {
        seen.lock().unwrap().replace(request);
        Ok(answer())
    });
    let config = settings
        .http_client(http_client)
        .retry_config(RetryConfig::disabled())
        .build();
    let client: service::Client = ClientBuilder::new(&config, &STORE).build();
    let call: Call<_, Failure<_>> = Call::of::<O>(&client.0, request);
    let outcome = call.await;
    (sent.lock().unwrap().take(), outcome)
}

fn ok() -> HttpResponse {
    HttpResponse::new(200.try_into().unwrap(), SdkBody::from("{}"))
}

/// The headers of a request that are about checksums, sorted.
async fn headers<O>(settings: Builder, request: PutRequest) -> Vec<String>
where
    O: Operation<Request = PutRequest>,
{
    let (sent, outcome) = call::<O>(settings, request, ok).await;
    assert!(outcome.is_ok());
    let sent = sent.unwrap();
    let headers = sent.headers().iter();
    let mut headers: Vec<_> = headers
        .filter(|(name, _)| name.contains("checksum"))
        .map(|(name, value)| format!("{name}: {value}"))
        .collect();
    headers.sort();
    headers
}

fn request(algorithm: &str) -> PutRequest {
    PutRequest {
        algorithm: (!algorithm.is_empty()).then(|| algorithm.to_owned()),
        body: Some(Blob::new("123456789")),
        ..PutRequest::default()
    }
}

#[tokio::test]
async fn the_checksum_of_a_body_in_memory_is_a_header() {
    for (algorithm, name, checksum) in [
        ("", "CRC32", "x-amz-checksum-crc32: y/Q5Jg=="),
        (
            "SHA1",
            "SHA1",
            "x-amz-checksum-sha1: 98O8HYCOBHMq32eZZczDTKeuNEE=",
        ),
        ("CRC32C", "CRC32C", "x-amz-checksum-crc32c: 4waSgw=="),
        (
            "CRC64NVME",
            "CRC64NVME",
            "x-amz-checksum-crc64nvme: rosUhgp5mIg=",
        ),
        (
            "SHA256",
            "SHA256",
            "x-amz-checksum-sha256: FeKw08M4keuw8e9gnsQZQgwg4yDOlMZfvIwzEkSOsiU=",
        ),
    ] {
        let chosen = format!("x-amz-sdk-checksum-algorithm: {name}");
        assert_eq!(
            headers::<Put>(settings(), request(algorithm)).await,
            [checksum, &*chosen]
        );
    }
    assert_eq!(
        headers::<PutForSure>(settings(), PutRequest::default()).await,
        ["x-amz-checksum-crc32: AAAAAA=="]
    );
}

#[tokio::test]
async fn a_checksum_of_the_callers_own_is_sent_as_it_is() {
    let own = PutRequest {
        sha1: Some("AAAA".to_owned()),
        ..request("SHA1")
    };
    assert_eq!(
        headers::<Put>(settings(), own).await,
        [
            "x-amz-checksum-sha1: AAAA",
            "x-amz-sdk-checksum-algorithm: SHA1"
        ]
    );
    let own = PutRequest {
        sha512: Some("AAAA".to_owned()),
        ..request("SHA512")
    };
    assert_eq!(
        headers::<Put>(settings(), own).await,
        [
            "x-amz-checksum-sha512: AAAA",
            "x-amz-sdk-checksum-algorithm: SHA512"
        ]
    );
}

#[tokio::test]
async fn an_algorithm_that_is_not_known_is_an_error() {
    let (sent, outcome) = call::<Put>(settings(), request("MD5"), ok).await;
    assert!(sent.is_none());
    assert_eq!(
        outcome.unwrap_err().to_string(),
        "Put was not sent: `Algorithm` is \"MD5\", which is no checksum algorithm that can be calculated here: expected one of CRC32, \
         CRC32C, CRC64NVME, SHA1, SHA256, or a checksum in a member of its own"
    );
}

#[tokio::test]
async fn only_checksums_that_have_to_be_are_calculated_if_the_settings_say_so() {
    let settings =
        || settings().request_checksum_calculation(RequestChecksumCalculation::WhenRequired);
    let none: [&str; 0] = [];
    assert_eq!(headers::<Put>(settings(), request("")).await, none);
    assert_eq!(headers::<Put>(settings(), request("CRC32")).await.len(), 2);
    assert_eq!(
        headers::<PutForSure>(settings(), request("")).await.len(),
        1
    );
}

#[tokio::test]
async fn a_signature_may_leave_out_the_body() {
    let (sent, _) = call::<PutUnsigned>(settings(), request(""), ok).await;
    let sent = sent.unwrap();
    let hash = sent.headers().get("x-amz-content-sha256");
    assert_eq!(hash, Some("UNSIGNED-PAYLOAD"));
    let (sent, _) = call::<Put>(settings(), request(""), ok).await;
    let sent = sent.unwrap();
    let hash = sent.headers().get("x-amz-content-sha256");
    assert_eq!(
        hash,
        Some("15e2b0d3c33891ebb0f1ef609ec419420c20e320ce94c65fbc8c3312448eb225")
    );
}

/// The outcome of a download with these headers.
async fn got(
    settings: Builder,
    mode: Option<&str>,
    headers: &'static [(&'static str, &'static str)],
) -> Result<GetResponse, Failure<PingError>> {
    let answer = move || {
        let mut response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from("123456789"));
        for (name, value) in headers {
            response.headers_mut().insert(*name, *value);
        }
        response
    };
    let mode = mode.map(str::to_owned);
    let (_, outcome) = call::<Get>(settings, GetRequest { mode }, answer).await;
    outcome
}

#[tokio::test]
async fn a_response_is_compared_with_its_checksum() {
    for headers in [
        &[("x-amz-checksum-crc32", "y/Q5Jg==")][..],
        &[("x-amz-checksum-sha1", "98O8HYCOBHMq32eZZczDTKeuNEE=")],
        // The best of those that are known counts, and not those of parts.
        &[
            ("x-amz-checksum-xxhash64", "AAAA"),
            ("x-amz-checksum-crc64nvme", "rosUhgp5mIg="),
            ("x-amz-checksum-crc32", "AAAAAA=="),
        ],
        &[("x-amz-checksum-crc32", "AAAAAA==-3")],
        &[("x-amz-checksum-sha256", "AAAA")],
        &[],
    ] {
        let response = got(settings(), None, headers).await.unwrap();
        assert_eq!(response.body, Some(Blob::new("123456789")), "{headers:?}");
    }
    let error = got(settings(), None, &[("x-amz-checksum-crc32", "AAAAAA==")]).await;
    let error = error.unwrap_err();
    assert_clean("checksum", &error);
    assert!(error.is_retryable());
    assert_eq!(
        error.to_string(),
        "Get failed: the body is not what the service has sent: its CRC32 is y/Q5Jg==, and not AAAAAA=="
    );
}

#[tokio::test]
async fn a_checksum_is_asked_for_unless_the_settings_say_otherwise() {
    let asked = async |settings, mode: Option<&str>| {
        let mode = mode.map(str::to_owned);
        let (sent, _) = call::<Get>(settings, GetRequest { mode }, ok).await;
        let mode = sent
            .unwrap()
            .headers()
            .get("x-amz-checksum-mode")
            .map(str::to_owned);
        mode.unwrap_or_default()
    };
    let not = || settings().response_checksum_validation(ResponseChecksumValidation::WhenRequired);
    assert_eq!(asked(settings(), None).await, "ENABLED");
    assert_eq!(asked(settings(), Some("enabled")).await, "enabled");
    assert_eq!(asked(not(), None).await, "");
    assert_eq!(asked(not(), Some("ENABLED")).await, "ENABLED");

    const WRONG: &[(&str, &str)] = &[("x-amz-checksum-crc32", "AAAAAA==")];
    assert!(got(not(), None, WRONG).await.is_ok());
    assert!(got(not(), Some("ENABLED"), WRONG).await.is_err());
}

#[tokio::test]
async fn a_request_that_is_presigned_has_no_checksum() {
    let config = settings().build();
    let client: service::Client = ClientBuilder::new(&config, &STORE).build();
    let call: Call<_, Failure<PingError>> = Call::of::<Put>(&client.0, request(""));
    let presigned = call.presigned(std::time::Duration::from_secs(60)).await;
    let presigned = presigned.unwrap();
    assert!(
        !presigned
            .headers()
            .any(|(name, _)| name.contains("checksum"))
    );
}
