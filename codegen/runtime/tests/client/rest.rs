//! REST services with ways of their own.

use std::sync::{Arc, Mutex};

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use smithy_rt::protocol::REST_JSON_1;
use smithy_rt::{Call, ClientBuilder, Failure, Operation, OperationSchema, Service};

use crate::service::{self, PingError, PingResponse};
use crate::{empty_object, ending, settings};

static ZONES: Service = Service {
    protocol: &REST_JSON_1,
    ..service::SERVICE
};

#[derive(Clone, Debug, PartialEq)]
pub struct ZoneRequest {
    pub account: String,
    pub id: String,
}

smithy_rt::structure!(
    zone_request_builder::ZoneRequestBuilder,
    [account, id],
    ZoneRequest {
        account: required::<impl Into<String>>("Account").location(Label),
        id: required::<impl Into<String>>("Id").location(LastSegmentLabel),
    }
);

/// An operation whose path has the id, and whose endpoint has the account.
macro_rules! operation {
    ($name:ident, $method:literal) => {
        pub struct $name;

        impl Operation for $name {
            type Request = ZoneRequest;
            type Response = PingResponse;
            type Error = PingError;

            const SERVICE: &'static Service = &ZONES;
            const SCHEMA: OperationSchema =
                OperationSchema::new("Zones", stringify!($name)).http($method, "/zones/{Id}");
        }
    };
}

operation!(GetZone, "GET");
operation!(HeadZone, "HEAD");

/// The URI that a call requests, and its outcome.
async fn call<O>(
    (account, id): (&str, &str),
    answer: fn() -> HttpResponse,
) -> (Option<String>, Result<PingResponse, Failure<PingError>>)
where
    O: Operation<Request = ZoneRequest, Response = PingResponse, Error = PingError>,
{
    let requested = Arc::new(Mutex::new(None));
    let seen = Arc::clone(&requested);
    let http_client = ending(move |request| {
        seen.lock().unwrap().replace(request.uri().to_owned());
        Ok(answer())
    });
    let config = settings().http_client(http_client).build();
    let client: service::Client = ClientBuilder::new(&config, &ZONES).build();
    let request = ZoneRequest {
        account: account.to_owned(),
        id: id.to_owned(),
    };
    let call: Call<_, Failure<_>> = Call::of::<O>(&client.0, request);
    let outcome = call.await;
    (requested.lock().unwrap().take(), outcome)
}

#[tokio::test]
async fn what_stands_before_a_slash_in_an_id_may_be_left_out_of_the_path() {
    for (id, path) in [
        ("Z123", "/zones/Z123"),
        ("/hostedzone/Z123", "/zones/Z123"),
        ("hostedzone/Z 3", "/zones/Z%203"),
    ] {
        let (requested, outcome) = call::<GetZone>(("a", id), empty_object).await;
        assert!(outcome.is_ok());
        assert!(requested.unwrap().ends_with(path), "{id}");
    }
    for id in ["", "/hostedzone/", "/hostedzone/.."] {
        let (requested, outcome) = call::<GetZone>(("a", id), empty_object).await;
        assert_eq!(requested, None);
        let error = outcome.unwrap_err().to_string();
        assert!(
            error.contains("`Id` becomes a part of the path: it may not be "),
            "{error}"
        );
    }
}

#[tokio::test]
async fn what_becomes_a_part_of_the_endpoint_may_not_be_empty() {
    let (requested, outcome) = call::<GetZone>(("", "Z123"), empty_object).await;
    assert_eq!(requested, None);
    assert_eq!(
        outcome.unwrap_err().to_string(),
        "GetZone was not sent: `Account` becomes a part of the endpoint: it may not be empty or missing"
    );
}

fn not_found() -> HttpResponse {
    HttpResponse::new(404.try_into().unwrap(), SdkBody::empty())
}

#[tokio::test]
async fn an_error_in_an_answer_to_head_has_no_name_but_that_of_its_status() {
    let (_, outcome) = call::<HeadZone>(("a", "Z123"), not_found).await;
    let error = outcome.unwrap_err();
    assert_eq!(error.to_string(), "HeadZone failed: NotFound");
    assert_eq!(error.code(), Some("NotFound"));
    assert_eq!(error.message(), None);

    let (_, outcome) = call::<GetZone>(("a", "Z123"), not_found).await;
    assert_eq!(outcome.unwrap_err().code(), None);
    let busy = || HttpResponse::new(429.try_into().unwrap(), SdkBody::empty());
    let (_, outcome) = call::<HeadZone>(("a", "Z123"), busy).await;
    let error = outcome.unwrap_err();
    assert!(error.is_throttling());
    assert_eq!(error.attempts(), 3);
}
