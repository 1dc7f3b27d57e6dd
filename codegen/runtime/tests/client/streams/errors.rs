//! Errors that a service ends a stream with, and those before it has begun.

use smithy_rt::fake::event_message;
use smithy_rt::{Call, ClientBuilder};

use super::all;
use super::far_end::{FarEnd, Piece, event, exception, initial_response};
use super::service::*;
use crate::service::{Error, PingRequest, ServiceError, StartJobError};

/// The error that a stream ends with that has an event, and then this.
async fn ended(last: Vec<u8>) -> Error {
    let stream = [
        event("progress", r#"{"Percent":1}"#),
        last,
        event("heartbeat", "{}"),
    ]
    .concat();
    let far_end = FarEnd::bytes(&stream);
    let mut response = watch(&far_end.client()).await.unwrap();
    let (events, error) = all(&mut response).await;
    assert_eq!(events, [progress(1)]);
    assert!(far_end.is_closed(), "the connection is kept after an error");
    error.unwrap()
}

fn error_message(code: &str, message: &str) -> Vec<u8> {
    let headers = [
        (":message-type", "error"),
        (":error-code", code),
        (":error-message", message),
    ];
    event_message(headers, "").unwrap()
}

#[tokio::test]
async fn an_exception_of_the_model_is_typed() {
    // The member of the union is not named as the error is.
    let error = ended(exception("busy", r#"{"Message":"later"}"#)).await;
    let Some(ServiceError::BusyException(busy)) = error.as_service_error() else {
        panic!("{error}");
    };
    assert_eq!(busy.message.as_deref(), Some("later"));
    assert_eq!(error.code(), Some("BusyException"));
    assert_eq!(error.request_id(), Some("request-1"));
    assert_eq!(error.operation(), Some("Watch"));
    assert!(error.is_retryable());
    assert_eq!(
        error.to_string(),
        "Watch failed: BusyException: later (request id request-1)"
    );
    let error = ended(exception("ThrottlingException", "")).await;
    assert!(error.is_throttling());
    assert_eq!(
        error.to_string(),
        "Watch failed: ThrottlingException (request id request-1)"
    );
}

#[tokio::test]
async fn an_exception_is_retryable_as_it_would_be_in_a_response_of_its_own() {
    for (last, is_retryable, is_throttling) in [
        (exception("busy", "{}"), true, false),
        (exception("ThrottlingException", "{}"), true, true),
        // The service is at fault.
        (exception("internal", "{}"), true, false),
        (exception("internal", ""), true, false),
        // The request is.
        (exception("invalid", "{}"), false, false),
        // Nobody knows who is.
        (exception("Broken", "{}"), false, false),
        (error_message("InternalFailure", "no luck"), false, false),
        // The code alone tells enough.
        (exception("SlowDown", "{}"), true, true),
        (error_message("RequestTimeout", "too late"), true, false),
    ] {
        let error = ended(last).await;
        let found = (error.is_retryable(), error.is_throttling());
        assert_eq!(found, (is_retryable, is_throttling), "{error}");
    }
}

#[tokio::test]
async fn an_exception_that_the_model_does_not_name_is_an_error_too() {
    for (payload, said) in [
        (r#"{"message":"it broke"}"#, ": it broke"),
        ("{}", ""),
        ("", ""),
        ("it broke\n", ": it broke (the body is not JSON)"),
    ] {
        let error = ended(exception("Broken", payload)).await;
        let Some(ServiceError::Unmodeled(unmodeled)) = error.as_service_error() else {
            panic!("{error}");
        };
        assert_eq!(unmodeled.code.as_deref(), Some("Broken"));
        let text = format!("Watch failed: Broken{said} (request id request-1)");
        assert_eq!(error.to_string(), text);
    }
}

#[tokio::test]
async fn an_error_message_is_an_error() {
    let error = ended(error_message("InternalFailure", "out of\nluck")).await;
    assert_eq!(error.code(), Some("InternalFailure"));
    assert_eq!(error.message(), Some("out of\nluck"));
    assert_eq!(
        error.to_string(),
        "Watch failed: InternalFailure: out of luck (request id request-1)"
    );
    let nameless = event_message([(":message-type", "error")], "").unwrap();
    assert!(ended(nameless).await.as_service_error().is_some());
}

#[tokio::test]
async fn an_exception_can_come_first() {
    let far_end = FarEnd::bytes(&exception("busy", "{}"));
    let mut response = watch(&far_end.client()).await.unwrap();
    let (events, error) = all(&mut response).await;
    assert!(events.is_empty());
    assert_eq!(error.unwrap().code(), Some("BusyException"));
}

#[tokio::test]
async fn what_is_sensitive_is_not_shown() {
    for last in [
        exception("Secretive", r#"{"Message":"secret"}"#),
        exception("Secretive", "secret"),
        error_message("Secretive", "secret"),
    ] {
        let far_end = FarEnd::bytes(&last);
        let client: smithy_rt::Client =
            ClientBuilder::new(&crate::settings().http_client(far_end).build(), &DISCREET).build();
        let call: Call<WatchResponse, Error<StartJobError>> =
            Call::of::<WatchDiscreetly>(&client, PingRequest {});
        let mut response = call.await.unwrap();
        let error = all(&mut response).await.1.unwrap();
        assert_eq!(error.code(), Some("Secretive"));
        assert!(!format!("{error} {error:?}").contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn what_is_not_an_event_ends_the_stream_with_an_error_that_shows_nothing_of_it() {
    for (last, said) in [
        (
            event("progress", r#"{"Percent":"secret"}"#),
            "the event progress: Percent: found a string, expected an integer",
        ),
        (event("progress", r#"secret"#), "the event progress: "),
        (
            event_message(
                [
                    (":message-type", "event"),
                    (":event-type", "output"),
                    ("integer", "secret"),
                ],
                "",
            )
            .unwrap(),
            "the event output: integer: found a header of another type",
        ),
        (
            event_message(
                [(":message-type", "event"), (":event-type", "line")],
                b"secret \xff",
            )
            .unwrap(),
            "the event line: text: found text that is not UTF-8",
        ),
        (
            event_message([(":message-type", "secret")], "secret").unwrap(),
            "a message in the event stream is neither an event nor an error",
        ),
        (
            event_message([(":message-type", "event")], "secret").unwrap(),
            "a message in the event stream is neither an event nor an error",
        ),
        (
            event_message([], "secret").unwrap(),
            "a message in the event stream is neither an event nor an error",
        ),
    ] {
        let error = ended(last).await;
        let text = error.to_string();
        let start = format!("Watch failed: the response is not what the model says: {said}");
        assert!(text.starts_with(&start), "{text}");
        assert!(!text.contains("secret"), "{text}");
        assert!(!error.is_retryable());
    }
}

#[tokio::test]
async fn errors_before_the_stream_are_as_always() {
    let busy = br#"{"__type":"BusyException","Message":"later"}"#;
    let far_end = FarEnd::new([
        (503, "text/plain", vec![]),
        (
            400,
            "application/x-amz-json-1.0",
            vec![Piece::Bytes(busy.to_vec())],
        ),
        (
            400,
            "application/x-amz-json-1.0",
            vec![Piece::Bytes(busy.to_vec())],
        ),
    ]);
    let error = watch(&far_end.client()).await.unwrap_err();
    assert_eq!(error.attempts(), 3);
    assert!(matches!(
        error.as_service_error(),
        Some(StartJobError::BusyException(_))
    ));
    assert_eq!(
        error.to_string(),
        "Watch failed after 3 attempts: BusyException: later (request id request-1)"
    );
}

#[tokio::test]
async fn a_call_that_is_tried_again_gets_its_stream() {
    let stream = [initial_response(), exception("busy", "{}")].concat();
    let far_end = FarEnd::new([
        (503, "text/plain", vec![]),
        (200, "", vec![Piece::Bytes(stream)]),
    ]);
    let (mut response, metadata) = watch(&far_end.client()).with_metadata().await.unwrap();
    assert_eq!(
        (metadata.attempts(), metadata.request_id()),
        (2, Some("request-1"))
    );
    let error = all(&mut response).await.1.unwrap();
    assert_eq!(error.attempts(), 2);
}

#[tokio::test]
async fn a_page_is_not_a_stream() {
    let page = b"<html><body>no luck</body></html>".to_vec();
    let far_end = FarEnd::new([(200, "text/html", vec![Piece::Bytes(page)])]);
    assert_eq!(
        watch(&far_end.client()).await.unwrap_err().to_string(),
        "Watch failed: the response is not what the model says: the body is not an event stream \
         (request id request-1)"
    );
}
