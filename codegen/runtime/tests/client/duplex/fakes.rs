//! Fakes of operations whose requests have events.

use smithy_rt::EventStream;
use smithy_rt::fake::Fake;

use super::service::*;
use super::{all, call};
use crate::service::{BusyException, Client, StartJobError};

fn response(events: EventStream<TalkEvent>) -> TalkResponse {
    TalkResponse::builder().topic("fake").events(events).build()
}

async fn read(mut events: EventStream<TalkEvent>) -> Vec<TalkEvent> {
    let mut read = Vec::new();
    while let Some(event) = events.next().await {
        read.push(event.unwrap());
    }
    read
}

#[tokio::test]
async fn a_fake_makes_its_events_out_of_those_that_come() {
    let fake = Fake::new();
    fake.on::<Talk>(|request| Ok(response(request.events)));
    let client: Client = fake.client();

    let (sender, channel) = EventStream::channel();
    let mut talk = call::<Talk>(&client, channel).await.unwrap();
    assert_eq!(talk.topic, "fake");
    for text in ["a", "b", "c"] {
        sender.send(said(text)).await.unwrap();
        assert_eq!(talk.events.next().await.unwrap().unwrap(), said(text));
    }
    drop(sender);
    assert!(talk.events.next().await.is_none());

    let fake = Fake::new();
    fake.on::<TalkInCbor>(|request| {
        assert_eq!(request.topic.as_deref(), Some("jobs"));
        Ok(response(request.events))
    });
    let given = EventStream::from_events([Ok(heard(*b"a")), Ok(heard(*b"b"))]);
    let talk = call::<TalkInCbor>(&fake.client(), given).await.unwrap();
    assert_eq!(all(talk).await, [heard(*b"a"), heard(*b"b")]);
}

#[tokio::test]
async fn a_fake_shows_the_events_that_came() {
    let fake = Fake::new();
    fake.on::<Talk>(|_| Ok(response(EventStream::from_events([Ok(said("scripted"))]))));
    let client: Client = fake.client();
    let (sender, channel) = EventStream::channel();
    let talk = call::<Talk>(&client, channel).await.unwrap();
    for text in ["a", "b"] {
        sender.send(said(text)).await.unwrap();
    }
    assert_eq!(all(talk).await, [said("scripted")]);

    let mut requests = fake.requests::<Talk>();
    assert_eq!(requests[0].topic.as_deref(), Some("jobs"));
    let events = read(requests.remove(0).events).await;
    assert_eq!(events, [said("a"), said("b")]);
    assert_eq!(read(fake.requests::<Talk>().remove(0).events).await, events);
    let error = sender.send(said("c")).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "the event was not sent: the service has ended its response"
    );
}

#[tokio::test]
async fn a_response_without_events_waits_for_those_of_the_request() {
    let fake = Fake::new();
    fake.on::<Upload>(|request| {
        drop(request);
        Ok(UploadResponse { events: 7 })
    });
    let client: Client = fake.client();
    let (sender, channel) = EventStream::channel();
    let send = async {
        for _ in 0..50 {
            sender.send(said("a")).await.unwrap();
        }
        drop(sender);
    };
    let (response, ()) = tokio::join!(call::<Upload>(&client, channel).into_future(), send);
    assert_eq!(response.unwrap().events, 7);
    let request = fake.requests::<Upload>().remove(0);
    assert_eq!(read(request.events).await.len(), 50);
}

#[tokio::test]
async fn a_fake_refuses_a_request_with_events() {
    let fake = Fake::new();
    fake.on::<Talk>(|_| {
        Err(StartJobError::BusyException(BusyException {
            message: None,
        }))
    });
    let (sender, channel) = EventStream::channel();
    let error = call::<Talk>(&fake.client(), channel).await.unwrap_err();
    assert_eq!(error.code(), Some("BusyException"));
    assert_eq!(
        sender.send(said("a")).await.unwrap_err().to_string(),
        "the event was not sent: BusyException"
    );
    let error = call::<Upload>(&fake.client(), EventStream::default()).await;
    let error = error.unwrap_err().to_string();
    assert!(
        error.contains("the fake has no answer to POST /upload"),
        "{error}"
    );
}
