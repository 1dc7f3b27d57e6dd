//! Many events, in both directions at once.

use smithy_rt::EventStream;

use super::http2::client;
use super::service::*;
use super::{call, echo};

/// Has so many events echoed.
async fn echoed(count: usize) {
    let client = client(echo().await);
    let (sender, channel) = EventStream::channel();
    let sending = tokio::spawn(async move {
        for index in 0..count {
            sender.send(said(&index.to_string())).await.unwrap();
        }
    });
    let mut response = call::<Talk>(&client, channel).await.unwrap();
    for index in 0..count {
        let event = response.events.next().await.unwrap().unwrap();
        assert_eq!(event, said(&index.to_string()));
    }
    assert!(response.events.next().await.is_none());
    sending.await.unwrap();
}

#[tokio::test]
async fn a_thousand_events_are_echoed() {
    echoed(1000).await;
}

#[tokio::test]
#[ignore = "it takes a while without optimization"]
async fn a_hundred_thousand_events_are_echoed() {
    echoed(100_000).await;
}
