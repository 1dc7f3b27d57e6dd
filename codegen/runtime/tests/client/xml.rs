//! Calls in the protocols of XML and queries, up to the errors.

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use smithy_rt::fake::{self, Fake};
use smithy_rt::protocol::{AWS_QUERY, EC2_QUERY, Protocol, REST_XML};
use smithy_rt::protocol_test::{self, Answer};
use smithy_rt::{Call, Operation, OperationError, OperationSchema, Service, xml};

use crate::service::{
    self, BusyException, Error, StartJobError, StartJobRequest, StartJobResponse, start_job,
};
use crate::{ending, settings};

const fn service(protocol: &'static dyn Protocol) -> Service {
    Service { protocol, ..BASE }
}

const BASE: Service = Service {
    id: "Job Shop",
    auth: &[smithy_rt::AuthScheme::SigV4],
    signing_name: Some("jobshop"),
    signing: smithy_rt::Signing::new(),
    token_variable: None,
    crate_version: "1.2.3",
    protocol: &REST_XML,
    sensitive_errors: &["Denied"],
    headers: &[],
    resolve_endpoint: service::resolve_endpoint,
    endpoint_depends_on_call: false,
};

static REST: Service = service(&REST_XML);
static BARE: Service = service(&REST_XML.no_error_wrapping());
static AWS: Service = service(&AWS_QUERY.version("2020-01-08"));
static EC2: Service = service(&EC2_QUERY.version("2020-01-08"));

const SCHEMA: OperationSchema = OperationSchema::new("JobShop", "StartJob")
    .http("POST", "/jobs")
    .xml_input(xml!("Job", namespace("https://example.com/")))
    .xml_output(xml!("Started"));

start_job!(RestStartJob, &REST, SCHEMA);
start_job!(BareStartJob, &BARE, SCHEMA);
start_job!(AwsStartJob, &AWS, SCHEMA);
start_job!(Ec2StartJob, &EC2, SCHEMA);

type Outcome = Result<StartJobResponse, Error<StartJobError>>;

fn start<O>(config: &smithy_rt::SdkConfig) -> Call<StartJobResponse, Error<StartJobError>>
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    let client: smithy_rt::Client = smithy_rt::ClientBuilder::new(config, O::SERVICE).build();
    let request = StartJobRequest {
        client_token: Some("t".to_owned()),
        ..StartJobRequest::of("a b")
    };
    Call::of::<O>(&client, request)
}

/// The outcome of a call that is answered so.
fn answered<O>(status: u16, body: &str) -> Outcome
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    protocol_test::answered(Answer::new(status).body(body), start::<O>)
}

fn failed<O>(status: u16, body: &str) -> Error<StartJobError>
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    answered::<O>(status, body).unwrap_err()
}

#[test]
fn requests_have_the_form_of_their_protocol() {
    protocol_test::sent("https://example.com", start::<RestStartJob>)
        .is("POST", "/jobs")
        .header("content-type", "application/xml")
        .xml(r#"<Job xmlns="https://example.com/"><Input>a b</Input><ClientToken>t</ClientToken></Job>"#);
    for request in [
        protocol_test::sent("https://example.com", start::<AwsStartJob>),
        protocol_test::sent("https://example.com", start::<Ec2StartJob>),
    ] {
        request
            .is("POST", "/")
            .header("content-type", "application/x-www-form-urlencoded")
            .form("Action=StartJob&Version=2020-01-08&Input=a%20b&ClientToken=t");
    }
}

#[test]
fn responses_are_wrapped_as_their_protocol_says() {
    let members = "<JobId>1</JobId><QueueLength>2</QueueLength>";
    let expected = StartJobResponse {
        job_id: "1".to_owned(),
        queue_length: 2,
    };
    let rest = format!("<Started>{members}</Started>");
    let aws =
        format!("<StartJobResponse><StartJobResult>{members}</StartJobResult></StartJobResponse>");
    let ec2 = format!("<StartJobResponse>{members}</StartJobResponse>");
    assert_eq!(answered::<RestStartJob>(200, &rest).unwrap(), expected);
    assert_eq!(answered::<AwsStartJob>(200, &aws).unwrap(), expected);
    assert_eq!(answered::<Ec2StartJob>(200, &ec2).unwrap(), expected);
    for error in [
        failed::<RestStartJob>(200, &aws),
        failed::<AwsStartJob>(200, &rest),
        failed::<Ec2StartJob>(200, &rest),
    ] {
        assert!(
            error.to_string().contains("the root is another element"),
            "{error}"
        );
    }
    let error = failed::<AwsStartJob>(200, &ec2);
    assert!(
        error
            .to_string()
            .contains("missing element `StartJobResult`"),
        "{error}"
    );
}

#[test]
fn a_cut_response_may_be_sent_again() {
    let empty = |error: &Error<StartJobError>| error.to_string().contains("no body");
    for (error, is_right) in [
        (
            failed::<RestStartJob>(200, "<Started><JobId>1</JobId>"),
            None,
        ),
        (
            failed::<AwsStartJob>(200, "<StartJobResponse><StartJobResult/>"),
            None,
        ),
        (failed::<Ec2StartJob>(200, "<StartJobResponse>"), None),
        (failed::<RestStartJob>(200, " "), Some(())),
        (failed::<AwsStartJob>(200, ""), Some(())),
    ] {
        assert!(error.is_retryable(), "{error}");
        match is_right {
            None => assert!(error.to_string().contains("cut short"), "{error}"),
            Some(()) => assert!(empty(&error), "{error}"),
        }
    }
}

#[test]
fn a_page_in_place_of_a_response_is_called_one() {
    let page = "<!DOCTYPE html><html><title>No</title></html>";
    for error in [
        failed::<RestStartJob>(200, page),
        failed::<AwsStartJob>(200, page),
        failed::<AwsStartJob>(502, page),
    ] {
        assert!(error.to_string().contains("HTML page, not XML"), "{error}");
    }
}

#[test]
fn errors_are_read_in_whatever_form_they_come() {
    let members = "<Type>Sender</Type><Code>BusyException</Code><Message>later</Message>";
    let id = "<RequestId>foo-id</RequestId>";
    let forms = [
        format!(
            "<ErrorResponse xmlns='https://example.com/'><Error>{members}</Error>{id}</ErrorResponse>"
        ),
        format!("<?xml version='1.0'?>\n<Error>{members}{id}</Error>"),
        format!(
            "<Response><Errors><Error>{members}</Error></Errors><RequestID>foo-id</RequestID></Response>"
        ),
        format!("<BusyException><Message>later</Message>{id}</BusyException>"),
    ];
    for form in &forms {
        for error in [
            failed::<RestStartJob>(503, form),
            failed::<BareStartJob>(503, form),
            failed::<AwsStartJob>(503, form),
            failed::<Ec2StartJob>(503, form),
        ] {
            let busy = StartJobError::BusyException(BusyException {
                message: Some("later".to_owned()),
            });
            assert_eq!(error.as_service_error(), Some(&busy), "{form}");
            assert_eq!(error.code(), Some("BusyException"));
            assert_eq!(error.request_id(), Some("foo-id"), "{form}");
            assert!(error.is_retryable());
        }
    }
}

#[test]
fn errors_that_the_model_does_not_name_keep_what_they_say() {
    let body = "<Response><Errors><Error><Code>Client.New</Code><Message>a &amp; b</Message></Error><Error><Code>Other</Code></Error></Errors></Response>";
    let error = failed::<Ec2StartJob>(400, body);
    assert_eq!(
        (error.code(), error.message()),
        (Some("Client.New"), Some("a & b"))
    );
    let sensitive = "<ErrorResponse><Error><Code>Denied</Code><Message>secret</Message></Error></ErrorResponse>";
    let error = failed::<AwsStartJob>(400, sensitive);
    assert!(
        !format!("{error:?} {error}").contains("secret"),
        "{error:?}"
    );
    for body in ["", "<Error><Code>A", "<Other/>", "<ErrorResponse/>", "no"] {
        assert_eq!(failed::<RestStartJob>(400, body).code(), None, "{body}");
    }
}

/// The id of the request in the metadata of a call that is answered so.
async fn request_id<O>(body: &str, header: Option<&'static str>) -> Option<String>
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    let body = body.to_owned();
    let http_client = ending(move |_| {
        let body = SdkBody::from(body.as_str());
        let mut response = HttpResponse::new(200.try_into().unwrap(), body);
        if let Some(header) = header {
            response.headers_mut().insert("x-amzn-requestid", header);
        }
        Ok(response)
    });
    let config = settings().http_client(http_client).build();
    let (_, metadata) = start::<O>(&config).with_metadata().await.unwrap();
    metadata.request_id().map(str::to_owned)
}

#[tokio::test]
async fn the_request_id_is_in_the_body_where_no_header_has_it() {
    let aws = "<StartJobResponse><StartJobResult><JobId/><QueueLength>1</QueueLength></StartJobResult>\
        <ResponseMetadata><RequestId>abc</RequestId></ResponseMetadata></StartJobResponse>";
    let ec2 = "<StartJobResponse><requestId>abc</requestId><JobId/><QueueLength>1</QueueLength></StartJobResponse>";
    let other = ec2.replace("requestId", "x");
    for (id, expected) in [
        (request_id::<AwsStartJob>(aws, None).await, Some("abc")),
        (request_id::<Ec2StartJob>(ec2, None).await, Some("abc")),
        (
            request_id::<AwsStartJob>(aws, Some("def")).await,
            Some("def"),
        ),
        (request_id::<Ec2StartJob>(&other, None).await, None),
    ] {
        assert_eq!(id.as_deref(), expected);
    }
}

start_job!(
    UnwrappedStartJob,
    &REST,
    OperationSchema::new("JobShop", "StartJob")
        .http("POST", "/jobs")
        .xml_input(xml!("Job"))
        .unwrapped_xml_output()
);

#[test]
fn an_output_may_be_its_one_member() {
    let body = "<JobId xmlns='https://example.com/'>eu-west-1</JobId>";
    let started = answered::<UnwrappedStartJob>(200, body).unwrap();
    assert_eq!(started.job_id, "eu-west-1");
    let error = failed::<UnwrappedStartJob>(200, "<StartJobResponse/>");
    assert!(error.to_string().contains("expected `JobId`"), "{error}");
    let page = failed::<UnwrappedStartJob>(200, "<html>");
    assert!(page.to_string().contains("HTML page"), "{page}");
}

async fn is_faked<O>()
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    let fake = Fake::new();
    fake.on::<O>(|request| match request.input.as_str() {
        "a b" => Ok(StartJobResponse {
            job_id: "<1>".to_owned(),
            queue_length: -1,
        }),
        _ => Err(StartJobError::BusyException(BusyException {
            message: Some("later".to_owned()),
        })),
    });
    let config = fake.config();
    let started = start::<O>(&config).await.unwrap();
    assert_eq!((started.job_id.as_str(), started.queue_length), ("<1>", -1));
    let client: smithy_rt::Client = smithy_rt::ClientBuilder::new(&config, O::SERVICE).build();
    let error =
        Call::<StartJobResponse, Error<StartJobError>>::of::<O>(&client, StartJobRequest::of("c"))
            .await
            .unwrap_err();
    assert_eq!(
        OperationError::message(error.as_service_error().unwrap()),
        Some("later")
    );
    assert_eq!(fake.calls(), ["StartJob", "StartJob"]);
    assert_eq!(fake.requests::<O>().len(), 2);
    let response = fake::http_response::<O>(Ok(started)).unwrap();
    assert!(response.body().bytes().unwrap().starts_with(b"<"));
}

#[tokio::test]
async fn fakes_speak_them_as_well() {
    is_faked::<RestStartJob>().await;
    is_faked::<BareStartJob>().await;
    is_faked::<AwsStartJob>().await;
    is_faked::<Ec2StartJob>().await;
}
