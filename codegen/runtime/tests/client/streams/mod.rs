//! Responses that are event streams.

mod broken;
mod errors;
mod events;
mod fakes;
pub mod far_end;
mod line;
mod service;

use self::service::{JobEvent, WatchResponse};
use crate::service::Error;

/// All that a stream gives until it ends: its events, and the error that it may end with.
async fn all(response: &mut WatchResponse) -> (Vec<JobEvent>, Option<Error>) {
    let mut events = Vec::new();
    while let Some(next) = response.events.next().await {
        match next {
            Ok(event) => events.push(event),
            Err(error) => {
                assert!(
                    response.events.next().await.is_none(),
                    "an error is the last"
                );
                return (events, Some(error));
            }
        }
    }
    assert!(response.events.next().await.is_none());
    (events, None)
}
