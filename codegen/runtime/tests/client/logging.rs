//! Logs: the documentation of this crate says which lines show bodies and what is signed.

use crate::service::SERVICE;
use crate::service::start_job;
use smithy_rt::OperationSchema;
use std::collections::BTreeSet;
use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_smithy_runtime_api::client::stalled_stream_protection::StalledStreamProtectionConfig;
use smithy_rt::{Call, Failure, Operation};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Level, Metadata, Subscriber};

use crate::server::{Server, Step};
use crate::service::{StartJob, StartJobError, StartJobRequest, StartJobResponse};
use crate::{client, settings};

/// A line of a log, or a span.
#[derive(Clone, Debug)]
struct Line {
    level: Level,
    target: String,
    text: String,
}

/// Keeps all lines.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<Line>>>);

impl Log {
    fn keep(&self, metadata: &Metadata<'_>, record: impl FnOnce(&mut Text)) {
        let mut text = Text(metadata.name().to_owned());
        record(&mut text);
        let line = Line {
            level: *metadata.level(),
            target: metadata.target().to_owned(),
            text: text.0,
        };
        self.0.lock().unwrap().push(line);
    }
}

impl Subscriber for Log {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.keep(span.metadata(), |text| span.record(text));
        Id::from_u64(1)
    }

    fn event(&self, event: &Event<'_>) {
        self.keep(event.metadata(), |text| event.record(text));
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        let mut text = Text(String::new());
        values.record(&mut text);
        let line = Line {
            level: Level::ERROR,
            target: "a value of some span".to_owned(),
            text: text.0,
        };
        self.0.lock().unwrap().push(line);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        write!(self.0, " {field}={value:?}").unwrap();
    }
}

/// The lines of a call that is tried twice, and what is secret about it.
async fn logged() -> (Vec<Line>, Vec<String>) {
    logged_of::<StartJob>().await
}

async fn logged_of<O>() -> (Vec<Line>, Vec<String>)
where
    O: Operation<Request = StartJobRequest, Response = StartJobResponse, Error = StartJobError>,
{
    let busy = Step::error(400, r#"{"__type":"BusyException","Message":"my secret"}"#);
    let server = Server::start([busy, Step::ok(r#"{"JobId":"job-1","QueueLength":3}"#)]).await;
    let token = Some("the-session-token".to_owned());
    let credentials = Credentials::new("AKIDEXAMPLE", "the-secret", token, None, "test");
    // With it, AWS's crates wrap bodies, and do not show those of requests.
    let unprotected = StalledStreamProtectionConfig::disabled();
    let settings = settings()
        .stalled_stream_protection(unprotected)
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(server.url());
    let log = Log::default();
    let _guard = tracing::subscriber::set_default(log.clone());
    let request = StartJobRequest::of("my secret input");
    let call: Call<_, Failure<_>> = Call::of::<O>(&client(settings).0, request);
    call.await.unwrap();

    let sent = "my secret input";
    assert!(server.seen().iter().all(|seen| seen.body.contains(sent)));
    let secrets = [
        sent,
        "my secret",
        "job-1",
        "the-secret",
        "the-session-token",
    ];
    let mut secrets = secrets.map(str::to_owned).to_vec();
    secrets.extend(server.seen().iter().map(|seen| {
        let authorization = seen.header("authorization").unwrap();
        let (_, signature) = authorization.split_once("Signature=").unwrap();
        signature.to_owned()
    }));
    let lines = log.0.lock().unwrap().clone();
    (lines, secrets)
}

#[tokio::test]
async fn secrets_and_bodies_are_in_no_line_but_those_at_trace_that_the_docs_name() {
    let (lines, secrets) = logged().await;
    let ours: Vec<_> = lines
        .iter()
        .filter(|line| line.target.starts_with("smithy_rt"))
        .map(|line| (line.level, line.text.as_str()))
        .collect();
    // Tests that run beside this one may keep `tracing` from seeing a line at all. None may be there that is not expected.
    assert!(!lines.is_empty());
    let span = r#"call rpc.service="Job Shop" rpc.method="StartJob""#;
    assert!(
        ours.iter().all(|line| *line == (Level::DEBUG, span)),
        "{ours:?}"
    );

    let shows_secrets = |line: &&Line| secrets.iter().any(|secret| line.text.contains(secret));
    let telling: BTreeSet<_> = lines
        .iter()
        .filter(shows_secrets)
        .map(|line| (line.level.to_string(), line.target.as_str()))
        .collect();
    let named = [
        "aws_smithy_runtime::client::orchestrator",
        "aws_smithy_runtime::client::orchestrator::http",
    ];
    let named = named.map(|target| ("TRACE".to_owned(), target));
    assert!(telling.is_subset(&BTreeSet::from(named)), "{telling:?}");
}

// An operation as `StartJob`, if the model called its members sensitive.
start_job!(
    StartSecretJob,
    &SERVICE,
    OperationSchema::new("JobShop", "StartSecretJob")
        .sensitive_input()
        .sensitive_output()
);

#[tokio::test]
async fn bodies_with_sensitive_members_are_in_no_line_at_all() {
    let (lines, secrets) = logged_of::<StartSecretJob>().await;
    let bodies = ["my secret input", "my secret", "job-1"];
    assert!(
        bodies
            .iter()
            .all(|body| secrets.iter().any(|secret| secret == body))
    );
    for line in lines {
        let shown = bodies.iter().find(|body| line.text.contains(*body));
        assert_eq!(shown, None, "{} {}: {}", line.level, line.target, line.text);
    }
}
