//! Streams of a generated crate, from a fake that sends them to the events that are read.

use serde_json::json;
use smithy_rt::EventStream;
use smithy_rt::fake::Fake;
use streaming::*;

fn events() -> Vec<JobEvents> {
    let output = Output::builder()
        .last(true)
        .byte(-1)
        .short(-300)
        .integer(70_000)
        .long(1 << 40)
        .digest(Blob::new([0, 255]))
        .kind(Kind::Log)
        .level(Level::Low)
        .at(DateTime::from_millis(1_606_272_542_135))
        .bytes(Blob::new("raw \0"));
    let progress = Progress::builder().percent(5).share(0.05);
    vec![
        JobEvents::Progress(Progress::builder().percent(1).build()),
        JobEvents::Output(output.build()),
        JobEvents::Output(Output::builder().integer(1).bytes(Blob::new([])).build()),
        JobEvents::Detail(Detail::builder().progress(progress.build()).build()),
        JobEvents::Marked(Marked::builder().mark("m").note("n").build()),
        JobEvents::Unknown {
            tag: "newer".to_owned(),
            value: json!({"a": 1}),
        },
    ]
}

/// A fake whose jobs have these events.
fn fake(events: Vec<Result<JobEvents, ServiceError>>) -> Fake {
    let fake = Fake::new();
    let mut events = Some(events);
    fake.on::<Watch>(move |request| {
        let events = events.take().unwrap_or_default();
        let response = WatchResponse::builder()
            .job_id(request.job_id)
            .started_at(DateTime::from_secs(7))
            .events(EventStream::from_events(events));
        Ok(response.build())
    });
    fake
}

async fn watch(fake: &Fake) -> WatchResponse {
    let client: Client = fake.client();
    let request = WatchRequest::builder().job_id("job-1").build();
    client.watch(request).await.unwrap()
}

/// As a user would write it: errors of calls and of streams go the same way.
async fn percents(client: &Client) -> Result<Vec<i32>, Error> {
    let request = WatchRequest::builder().job_id("job-1").build();
    let mut response = client.watch(request).await?;
    let mut percents = Vec::new();
    while let Some(event) = response.events.next().await {
        percents.extend(event?.as_progress().map(|progress| progress.percent));
    }
    Ok(percents)
}

#[tokio::test]
async fn events_come_as_they_were_sent() {
    let fake = fake(events().into_iter().map(Ok).collect());
    let mut response = watch(&fake).await;
    assert_eq!(response.job_id, "job-1");
    assert_eq!(response.started_at, Some(DateTime::from_secs(7)));
    for event in events() {
        assert_eq!(response.events.next().await.unwrap().unwrap(), event);
    }
    assert!(response.events.next().await.is_none());
}

#[tokio::test]
async fn errors_of_the_union_are_those_of_the_service() {
    let slow = TooSlow::builder().message("too slow").seconds(9).build();
    let missing = NoSuchJob::builder().message("gone").build();
    for (error, text) in [
        (ServiceError::TooSlow(slow), "TooSlow: too slow"),
        (ServiceError::NoSuchJob(missing), "NoSuchJob: gone"),
    ] {
        let first = Ok(JobEvents::Progress(Progress::builder().percent(1).build()));
        let fake = fake(vec![first, Err(error.clone())]);
        let ended = percents(&fake.client()).await.unwrap_err();
        assert_eq!(ended.as_service_error(), Some(&error));
        assert_eq!(
            ended.to_string(),
            format!("Watch failed: {text} (request id fake-1)")
        );
    }
}

#[tokio::test]
async fn errors_before_the_stream_are_those_of_the_operation() {
    let fake = Fake::new();
    fake.on::<Watch>(|_| Err(WatchError::NoSuchJob(NoSuchJob::builder().build())));
    let error = percents(&fake.client()).await.unwrap_err();
    assert_eq!(error.code(), Some("NoSuchJob"));
}

#[tokio::test]
async fn events_go_out_as_they_are_given() {
    let fake = Fake::new();
    fake.on::<Talk>(|request| {
        assert_eq!(request.job_id, "job-1");
        let answers = events().into_iter().map(Ok);
        let events = EventStream::from_events(answers);
        Ok(TalkResponse::builder().events(events).build())
    });
    let question = |text: &str| {
        let question = Question::builder().urgent(true).text(text).build();
        Questions::Question(question)
    };
    let client: Client = fake.client();
    let (sender, questions) = EventStream::channel();
    let request = TalkRequest::builder().job_id("job-1").questions(questions);
    sender.send(question("why?")).await.unwrap();
    let mut response = client.talk(request.build()).await.unwrap();
    sender.send(question("when?")).await.unwrap();
    let missing = NoSuchJob::builder().message("gone").build();
    sender.fail(missing.clone()).await.unwrap();
    for event in events() {
        assert_eq!(response.events.next().await.unwrap().unwrap(), event);
    }
    assert!(response.events.next().await.is_none());

    let mut came = fake.requests::<Talk>().remove(0).questions;
    for text in ["why?", "when?"] {
        assert_eq!(came.next().await.unwrap().unwrap(), question(text));
    }
    let error = came.next().await.unwrap().unwrap_err();
    assert_eq!(
        error.as_service_error(),
        Some(&ServiceError::NoSuchJob(missing))
    );
}

#[tokio::test]
async fn what_is_sensitive_is_not_shown() {
    let fake = Fake::new();
    fake.on::<Tail>(|_| {
        let secret = Secret::builder().text("hush").build();
        let events = [Ok(Secrets::Quiet), Ok(Secrets::Secret(secret))];
        Ok(TailResponse::builder()
            .secrets(EventStream::from_events(events))
            .build())
    });
    let client: Client = fake.client();
    let mut response = client.tail(TailRequest::default()).await.unwrap();
    let quiet = response.secrets.next().await.unwrap().unwrap();
    assert_eq!(quiet, Secrets::Quiet);
    let secret = response.secrets.next().await.unwrap().unwrap();
    assert_eq!(secret.as_secret().unwrap().text.as_deref(), Some("hush"));
    assert!(!format!("{response:?} {secret:?}").contains("hush"));
}
