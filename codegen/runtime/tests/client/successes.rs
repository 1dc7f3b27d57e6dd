//! Responses in XML that are errors although their status is that of a success, and those whose root is not the output.

use smithy_rt::fake::Fake;
use smithy_rt::protocol::REST_XML;
use smithy_rt::protocol_test::{self, Answer};
use smithy_rt::{Call, ClientBuilder, Failure, Operation, OperationSchema, SdkConfig, Service};

use crate::server::{Server, Step};
use crate::service::{self, PingError, PingRequest};
use crate::settings;

static STORE: Service = Service {
    protocol: &REST_XML.no_error_wrapping().errors_in_success(),
    ..service::SERVICE
};

static OTHER: Service = Service {
    protocol: &REST_XML.no_error_wrapping(),
    ..service::SERVICE
};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    pub region: Option<String>,
}

smithy_rt::structure!(
    place_builder::PlaceBuilder,
    [],
    Place {
        region: optional::<impl Into<String>>("Region", maybe_region),
    }
);

/// An operation that takes nothing and returns a place.
macro_rules! operation {
    ($name:ident, $service:ident, $schema:expr) => {
        pub struct $name;

        impl Operation for $name {
            type Request = PingRequest;
            type Response = Place;
            type Error = PingError;

            const SERVICE: &'static Service = &$service;
            const SCHEMA: OperationSchema = $schema.http("GET", "/");
        }
    };
}

operation!(Find, STORE, OperationSchema::new("Store", "Find"));
operation!(
    FindElsewhere,
    OTHER,
    OperationSchema::new("Store", "FindElsewhere")
);
operation!(
    FindUnwrapped,
    STORE,
    OperationSchema::new("Store", "FindUnwrapped").unwrapped_xml_output()
);

fn find<O>(config: &SdkConfig) -> Call<Place, Failure<PingError>>
where
    O: Operation<Request = PingRequest, Response = Place, Error = PingError>,
{
    let client: smithy_rt::Client = ClientBuilder::new(config, O::SERVICE).build();
    Call::of::<O>(&client, PingRequest {})
}

fn found<O>(body: &str) -> Result<Option<String>, Failure<PingError>>
where
    O: Operation<Request = PingRequest, Response = Place, Error = PingError>,
{
    let place = protocol_test::answered(Answer::new(200).body(body), find::<O>)?;
    Ok(place.region)
}

#[test]
fn an_error_may_have_the_status_of_a_success() {
    for body in [
        "<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>",
        "<?xml version=\"1.0\"?>\n<!-- <Place/> -->\n  <Error xmlns=\"https://example.com\"><Code>NoSuchKey</Code><Message>gone</Message></Error>",
    ] {
        let error = found::<Find>(body).unwrap_err();
        assert_eq!(error.to_string(), "Find failed: NoSuchKey: gone");
        assert!(!error.is_retryable());
        assert_eq!(found::<FindElsewhere>(body).unwrap(), None);
    }
    let error = found::<Find>("<Error/>").unwrap_err();
    assert_eq!(error.code(), None);
    for body in [
        "<Errors><Region>r</Region></Errors>",
        "<Place><Region>r</Region><Error/></Place>",
        "<!-- <Error> --><Place><Region>r</Region></Place>",
    ] {
        let region = found::<Find>(body).unwrap();
        assert_eq!(region.as_deref(), Some("r"), "{body}");
    }
    for body in ["<!-- <Error>", "<Error", "<", ""] {
        let _ = found::<Find>(body);
    }
}

#[tokio::test]
async fn trouble_of_the_service_is_retried_whatever_the_status() {
    let trouble = |code| Step::ok(format!("<Error><Code>{code}</Code></Error>"));
    let ok = || Step::ok("<Place><Region>r</Region></Place>");
    for code in ["InternalError", "SlowDown"] {
        let server = Server::start([trouble(code), ok()]).await;
        let config = settings().endpoint_url(server.url()).build();
        assert_eq!(
            find::<Find>(&config).await.unwrap().region.as_deref(),
            Some("r")
        );
        assert_eq!(server.seen().len(), 2);

        let server = Server::start([trouble(code)]).await;
        let config = settings().endpoint_url(server.url()).build();
        let error = find::<Find>(&config).await.unwrap_err();
        assert_eq!(error.attempts(), 3);
        assert!(error.is_retryable());
    }
}

#[test]
fn the_root_may_be_the_only_member() {
    let region = |body| found::<FindUnwrapped>(body).unwrap();
    assert_eq!(region("<Region>eu</Region>").as_deref(), Some("eu"));
    let with_namespace = "<?xml version=\"1.0\"?><Region xmlns=\"https://example.com\">eu</Region>";
    assert_eq!(region(with_namespace).as_deref(), Some("eu"));
    assert_eq!(region("<Region/>"), None);
    assert!(found::<FindUnwrapped>("<Region><A/></Region>").is_err());
    assert!(
        found::<FindUnwrapped>("<Region>eu")
            .unwrap_err()
            .is_retryable()
    );
}

#[tokio::test]
async fn a_fake_sends_the_only_member_as_the_root() {
    for region in [None, Some("eu".to_owned())] {
        let fake = Fake::new();
        let place = Place { region };
        let answer = place.clone();
        fake.on::<FindUnwrapped>(move |_| Ok(answer.clone()));
        assert_eq!(find::<FindUnwrapped>(&fake.config()).await.unwrap(), place);
    }
}
