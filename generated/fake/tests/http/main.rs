//! The fake as any HTTP client sees it, byte by byte: requests that the crate's own client never sends, and broken answers.

mod events;
mod raw;

use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::{Pin, pin};
use std::task::Poll;
use std::time::Duration;

use fake_healthlake::Fault;
use serde_json::json;
use tokio::net::TcpStream;

use self::raw::{call, call_at, fake, send, signed};

#[tokio::test]
async fn a_good_call_is_answered() {
    let fake = fake().await;
    let answer = call(&fake, "ListFHIRDatastores", "{}").await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.json(), json!({ "DatastorePropertiesList": [] }));
    assert_eq!(
        answer.header("content-type"),
        Some("application/x-amz-json-1.0")
    );
    assert!(
        answer
            .header("x-amzn-requestid")
            .is_some_and(|id| id.len() == 36)
    );
    assert!(
        answer
            .header("date")
            .is_some_and(|date| date.ends_with(" GMT") && !date.contains('.'))
    );
}

#[tokio::test]
async fn bad_requests_get_errors_in_the_services_form() {
    let fake = fake().await;
    for (operation, body, status, name) in [
        ("ListFHIRDatastores", "{", 400, "SerializationException"),
        ("ListFHIRDatastores", "[]", 400, "SerializationException"),
        (
            "ListFHIRDatastores",
            r#"{"NextToken":7}"#,
            400,
            "SerializationException",
        ),
        (
            "ListFHIRDatastores",
            r#"{"MaxResults":501}"#,
            400,
            "ValidationException",
        ),
        ("DescribeFHIRDatastore", "", 400, "ValidationException"),
        (
            "DescribeFHIRDatastore",
            r#"{"DatastoreId":"none"}"#,
            404,
            "ResourceNotFoundException",
        ),
        (
            "UpdateFHIRDatastore",
            r#"{"DatastoreId":"none","BackupConfiguration":{"RetentionPeriodInDays":31}}"#,
            400,
            "ValidationException",
        ),
        (
            "RestoreFHIRDatastore",
            r#"{"SourceDatastoreId":"none","RestoreConfiguration":{"ContinuousBackupRestoreConfiguration":{}}}"#,
            404,
            "ResourceNotFoundException",
        ),
        (
            "UpdateDataTransformationProfile",
            r#"{"ProfileId":"none","ProfileMapping":{}}"#,
            400,
            "ValidationException",
        ),
        (
            "GetDataTransformationProfile",
            r#"{"ProfileId":"0123456789abcdef0123456789abcdef"}"#,
            404,
            "ResourceNotFoundException",
        ),
        (
            "StartDataTransformationJob",
            "{}",
            400,
            "ValidationException",
        ),
        ("DropFHIRDatastore", "{}", 400, "UnknownOperationException"),
    ] {
        let answer = call(&fake, operation, body).await;
        assert_eq!(answer.status(), status, "{operation} {body}");
        assert_eq!(answer.json()["__type"], name, "{operation} {body}");
        let message = |name: &str| answer.json()[name].as_str().map(str::to_owned);
        let message = message("message").or(message("Message"));
        assert!(message.is_some(), "{}", answer.body());
        assert!(answer.header("x-amzn-requestid").is_some());
    }
}

#[tokio::test]
async fn transformations_have_a_host_of_their_own() {
    let fake = fake().await;
    let port = fake.url().replace("http://localhost:", "");
    let prefixed = format!("datatransformation.localhost:{port}");
    let plain = format!("localhost:{port}");
    for (host, operation, status) in [
        (&prefixed, "ListDataTransformationJobs", 200),
        (&plain, "ListDataTransformationJobs", 200),
        (&plain, "ListFHIRDatastores", 200),
        (&prefixed, "ListFHIRDatastores", 400),
        (&prefixed, "TagResource", 400),
    ] {
        let answer = call_at(&fake, host, operation, "{}").await;
        assert_eq!(answer.status(), status, "{operation} at {host}");
        if status == 400 {
            assert_eq!(answer.json()["__type"], "UnknownOperationException");
        }
    }
}

#[tokio::test]
async fn a_call_is_a_signed_post() {
    let fake = fake().await;
    let target = ("x-amz-target", "HealthLake.ListFHIRDatastores");
    let [(_, date), (_, good)] = &signed();
    let of_another_service = good.replace("healthlake", "s3");
    let of_another_day = good.replace(&date[..8], "20200101");
    let without_target = good.replace(";x-amz-target", "");
    let cut_short = good[..good.len() - 1].to_owned();
    for (authorization, name) in [
        (None, "MissingAuthenticationTokenException"),
        (Some("Basic YTpi"), "IncompleteSignatureException"),
        (Some(cut_short.as_str()), "IncompleteSignatureException"),
        (Some(&of_another_service), "InvalidSignatureException"),
        (Some(&of_another_day), "InvalidSignatureException"),
        (Some(&without_target), "InvalidSignatureException"),
    ] {
        let mut headers = vec![target, ("x-amz-date", date)];
        headers.extend(authorization.map(|value| ("authorization", value)));
        let answer = send(&fake, "POST /", &headers, "{}").await;
        assert_eq!(answer.json()["__type"], name, "{authorization:?}");
        assert!([400, 403].contains(&answer.status()));
    }
    for start in ["GET /", "POST /elsewhere"] {
        let answer = send(&fake, start, &[target], "").await;
        assert_eq!(
            (answer.status(), answer.json()["__type"].as_str()),
            (404, Some("UnknownOperationException"))
        );
    }
}

#[tokio::test]
async fn faults_break_answers_as_they_say() {
    let fake = fake().await;
    let with = async |fault: Fault| {
        fake.faults().add(fault.next(1));
        call(&fake, "ListFHIRDatastores", "{}").await
    };
    for fault in [Fault::Reset, Fault::LostResponse] {
        let reset = with(fault).await;
        assert!(reset.head.is_empty() && reset.bytes.is_empty());
        assert_eq!(
            reset.end.expect_err("a reset").kind(),
            ErrorKind::ConnectionReset
        );
    }
    let cut = with(Fault::Cut).await;
    let promised: usize = cut
        .header("content-length")
        .and_then(|n| n.parse().ok())
        .expect("a length");
    assert!(!cut.bytes.is_empty() && cut.bytes.len() < promised);

    let page = with(Fault::ProxyPage).await;
    assert_eq!(
        (page.status(), page.header("content-type")),
        (503, Some("text/html"))
    );
    assert_eq!(page.header("x-amzn-requestid"), None);

    let slow = with(Fault::Slow(Duration::from_millis(1))).await;
    assert_eq!(slow.status(), 200);

    let throttled = with(Fault::Throttling).await;
    let throttled_400 = with(Fault::ThrottlingAs400).await;
    assert_eq!((throttled.status(), throttled_400.status()), (429, 400));
    for answer in [throttled, throttled_400] {
        assert_eq!(answer.json()["__type"], "ThrottlingException");
    }
}

/// Polls a future once, and returns `true` if it is done.
async fn is_done(future: &mut (impl Future + Unpin)) -> bool {
    poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context).is_ready())).await
}

#[tokio::test]
async fn an_answer_that_is_slow_or_stalled_keeps_no_other_waiting() {
    const HOUR: Duration = Duration::from_secs(3600);
    for fault in [Fault::Slow(HOUR), Fault::Stalled] {
        let fake = fake().await;
        fake.faults().add(fault.next(1));
        let mut waiting = pin!(call(&fake, "ListFHIRDatastores", "{}"));
        while fake.requests().is_empty() {
            assert!(!is_done(&mut waiting).await);
            tokio::task::yield_now().await;
        }
        let other = call(&fake, "ListFHIRDatastores", "{}").await;
        assert_eq!(other.status(), 200);
        assert!(!is_done(&mut waiting).await);
    }
}

#[tokio::test]
async fn it_can_be_controlled_over_http() {
    let fake = fake().await;
    fake.clock().stop();
    let before = fake.clock().now();
    assert_eq!(
        send(&fake, "POST /fake/clock", &[], "advance 10m")
            .await
            .status(),
        200
    );
    assert_eq!(fake.clock().now(), before + Duration::from_secs(600));

    assert_eq!(
        send(
            &fake,
            "PUT /fake/faults",
            &[],
            "internal-error:1\naccess-denied:1\n"
        )
        .await
        .status(),
        200
    );
    assert_eq!(call(&fake, "ListFHIRDatastores", "{}").await.status(), 500);
    assert_eq!(call(&fake, "ListFHIRDatastores", "{}").await.status(), 403);
    assert_eq!(call(&fake, "ListFHIRDatastores", "{}").await.status(), 200);

    for (start, body) in [
        ("PUT /fake/faults", "fire"),
        ("POST /fake/clock", "back 10m"),
        ("POST /fake/cancel/nothing", ""),
        ("GET /fake/faults", ""),
    ] {
        let answer = send(&fake, start, &[], body).await;
        assert_eq!(answer.status(), 400, "{start}");
        assert!(answer.body().len() > 10, "{start}");
    }
    assert_eq!(
        fake.requests().len(),
        3,
        "what is for the fake is not recorded"
    );
}

#[tokio::test]
async fn it_stops_when_it_is_dropped() {
    let fake = fake().await;
    let address = fake.url().replace("http://", "");
    drop(fake);
    while TcpStream::connect(&address).await.is_ok() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
