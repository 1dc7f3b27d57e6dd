//! Attempts after the first, and errors that say whether there is a point in them.

use crate::StartJobFailure;
use crate::errors::answered;
use crate::server::{Server, Step};
use crate::service::{JobDetails, StartJobRequest};
use crate::{client, settings};

#[tokio::test]
async fn an_error_is_retryable_if_the_model_or_the_protocol_says_so() {
    let retryable = |error: StartJobFailure| (error.is_retryable(), error.attempts());
    let named = |code: &str| Step::error(400, format!(r#"{{"__type":"{code}"}}"#));
    assert_eq!(
        retryable(answered([named("BusyException")]).await),
        (true, 3)
    );
    assert_eq!(
        retryable(answered([named("RequestTimeout")]).await),
        (true, 3)
    );
    assert_eq!(
        retryable(answered([named("ValidationException")]).await),
        (false, 1)
    );
    // The status counts, not what the model says of the side at fault.
    assert_eq!(
        retryable(answered([named("InternalException")]).await),
        (false, 1)
    );
    assert_eq!(
        retryable(answered([named("SurpriseException")]).await),
        (false, 1)
    );
    assert_eq!(retryable(answered([Step::error(503, "")]).await), (true, 3));
    assert_eq!(
        retryable(answered([Step::error(501, "")]).await),
        (false, 1)
    );
    assert_eq!(retryable(answered([Step::ok("[]")]).await), (false, 1));
    assert_eq!(retryable(answered([Step::ok("null")]).await), (false, 1));
    assert_eq!(retryable(answered([Step::ok("")]).await), (true, 3));
    assert_eq!(retryable(answered([Step::ok("{")]).await), (true, 3));
    assert_eq!(
        retryable(answered([Step::error(400, "{")]).await),
        (true, 3)
    );
    assert_eq!(
        retryable(answered([Step::error(400, "no")]).await),
        (false, 1)
    );
    for nameless in ["", "{}", "Slow down", r#"{"message":"Too many"}"#] {
        let error = answered([Step::error(429, nameless)]).await;
        assert!(error.is_throttling(), "{error}");
        assert_eq!(retryable(error), (true, 3));
    }
    let too_many = Step::error(429, r#"{"__type":"ValidationException"}"#);
    assert_eq!(retryable(answered([too_many]).await), (false, 1));
    assert_eq!(retryable(answered([Step::Close]).await), (true, 3));
    assert_eq!(
        retryable(answered([Step::CutShort("{     }".into())]).await),
        (true, 3)
    );
}

#[tokio::test]
async fn a_response_that_is_cut_short_is_asked_for_again() {
    let whole = r#"{"JobId":"jöb \u00e9","QueueLength":-12,"Other":[{"a":null},true]}"#;
    let last = whole.len() - 1;
    for end in 1..=last {
        let cut = &whole.as_bytes()[..end];
        let half = Step::ok(cut);
        let server = Server::start([half, Step::ok(whole)]).await;
        let client = client(settings().endpoint_url(server.url()));
        let job = client.start_job(StartJobRequest::of("in")).await.unwrap();
        assert_eq!(job.queue_length, -12);
        let seen = server.seen();
        assert_eq!(seen.len(), 2, "{:?}", String::from_utf8_lossy(cut));
        // With the same idempotency token.
        assert_eq!(seen[0].body, seen[1].body);
    }
}

#[tokio::test]
async fn a_response_without_a_body_is_asked_for_again_if_something_is_required() {
    for (status, nothing) in [(200, ""), (200, " \r\n\t"), (204, "")] {
        let empty = Step::error(status, nothing);
        let server = Server::start([empty, Step::ok(r#"{"JobId":"a","QueueLength":1}"#)]).await;
        let client = client(settings().endpoint_url(server.url()));
        let job = client.start_job(StartJobRequest::of("in")).await.unwrap();
        assert_eq!(job.job_id, "a");
        assert_eq!(server.seen().len(), 2, "{status} {nothing:?}");

        let server = Server::start([Step::error(status, nothing)]).await;
        let client = crate::client(settings().endpoint_url(server.url()));
        client.ping().await.unwrap();
        assert_eq!(server.seen().len(), 1);
        assert_eq!(client.describe_job().await.unwrap(), JobDetails::default());
    }
    // What is missing in an object is corrected, as Smithy says.
    let server = Server::start([Step::ok("{}")]).await;
    let client = client(settings().endpoint_url(server.url()));
    let job = client.start_job(StartJobRequest::of("in")).await.unwrap();
    assert_eq!((job.job_id.as_str(), job.queue_length), ("", 0));
}
