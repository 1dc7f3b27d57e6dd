//! One request and its response over HTTP, with everything checked that is the same for all operations.

use std::fmt::Debug;
use std::sync::LazyLock;
use std::time::SystemTime;

use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4;
use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use fake_healthlake::{Answer, FakeHealthLake, Fault, RecordedRequest};
use healthlake::{Call, Client};
use serde_json::Value;

use crate::common;

pub static MODEL: LazyLock<Value> = LazyLock::new(|| {
    let model = include_str!("../../../models/healthlake-2017-07-01.json");
    serde_json::from_str(model).expect("the model is JSON")
});

/// Makes a call, gives it this answer, and checks that this was sent.
pub async fn exchange<T, E: Debug>(
    operation: &str,
    sent: Value,
    answer: Value,
    call: impl FnOnce(Client) -> Call<T, E>,
) -> T
where
    Call<T, E>: IntoFuture<Output = Result<T, healthlake::Error<E>>>,
    healthlake::Error<E>: Debug,
{
    let (fake, client) = common::fake().await;
    fake.faults()
        .add(Fault::Answer(Answer::json(200, answer.to_string())).next(1));
    let response = call(client).await.expect("a good response");
    let [request] = &fake.requests()[..] else {
        panic!("one request is sent: {:#?}", fake.requests());
    };
    assert_eq!(request.json::<Value>().expect("a JSON body"), sent);
    assert_is_aws_json(&fake, request, operation);
    assert_is_signed(request);
    response
}

fn assert_is_aws_json(fake: &FakeHealthLake, request: &RecordedRequest, operation: &str) {
    assert_eq!(
        (request.method.as_str(), request.path.as_str()),
        ("POST", "/")
    );
    let target = format!("HealthLake.{operation}");
    assert_eq!(request.header("x-amz-target"), Some(target.as_str()));
    assert_eq!(
        request.header("content-type"),
        Some("application/x-amz-json-1.0")
    );
    let host = fake.url().replace("http://", &host_prefix(operation));
    assert_eq!(request.header("host"), Some(host.as_str()));
    assert_eq!(
        request.header("content-length"),
        Some(request.body.len().to_string().as_str())
    );
    let agent = request.header("x-amz-user-agent").unwrap_or_default();
    assert!(agent.contains("api/healthlake/"), "{:#?}", request.headers);
}

/// Returns what the model puts before the name of the operation's host.
fn host_prefix(operation: &str) -> String {
    let operation = &MODEL["shapes"][format!("com.amazonaws.healthlake#{operation}")];
    assert_eq!(operation["type"], "operation");
    let prefix = &operation["traits"]["smithy.api#endpoint"]["hostPrefix"];
    prefix.as_str().unwrap_or_default().to_owned()
}

/// Signs the request again, with AWS's own signer, and compares.
fn assert_is_signed(request: &RecordedRequest) {
    let authorization = request
        .header("authorization")
        .expect("an authorization header");
    let date = request.header("x-amz-date").expect("a date");
    let scope = format!(
        "Credential=AKIDFAKE/{}/us-east-1/healthlake/aws4_request,",
        &date[..8]
    );
    assert!(
        authorization.starts_with(&format!("AWS4-HMAC-SHA256 {scope}")),
        "{authorization}"
    );
    let (_, signature) = authorization
        .rsplit_once("Signature=")
        .expect("a signature");
    assert_eq!(signature, sign_again(request, authorization, date));
}

fn sign_again(request: &RecordedRequest, authorization: &str, date: &str) -> String {
    let signed = authorization
        .split("SignedHeaders=")
        .nth(1)
        .and_then(|rest| rest.split(',').next());
    // The signer adds the date itself.
    let names = signed
        .expect("signed headers")
        .split(';')
        .filter(|name| *name != "x-amz-date");
    let headers: Vec<_> = names
        .map(|name| (name, request.header(name).expect("a signed header")))
        .collect();
    let url = format!("http://{}/", request.header("host").expect("a host"));
    let body = SignableBody::Bytes(&request.body);
    let signable = SignableRequest::new("POST", url, headers.into_iter(), body).expect("signable");
    let identity =
        aws_credential_types::Credentials::new("AKIDFAKE", "secret", None, None, "test").into();
    let params = v4::SigningParams::builder()
        .identity(&identity)
        .region("us-east-1")
        .name("healthlake")
        .time(time_of(date))
        .settings(SigningSettings::default())
        .build()
        .expect("complete parameters");
    sign(signable, &params.into())
        .expect("a signature")
        .signature()
        .to_owned()
}

fn time_of(date: &str) -> SystemTime {
    let (day, time) = date.split_once('T').expect("a date and a time");
    let text = format!(
        "{}-{}-{}T{}:{}:{}",
        &day[..4],
        &day[4..6],
        &day[6..],
        &time[..2],
        &time[2..4],
        &time[4..]
    );
    let date = DateTime::from_str(&text, Format::DateTime).expect("a date");
    SystemTime::try_from(date).expect("a time")
}
