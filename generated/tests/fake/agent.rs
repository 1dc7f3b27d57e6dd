//! The agent that edits drafts.

use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;

use fake_healthlake::{FakeHealthLake, Fault, Timing};
use healthlake::AgentOutputMessageStream as Event;
use healthlake::*;

use super::{common, minutes};

/// The text of the file that the agent writes, if there is one.
async fn written(client: &Client, profile_id: &str) -> Option<String> {
    let request = GetDataTransformationProfileRequest::builder()
        .profile_id(profile_id)
        .profile_version(0);
    let draft = client.get_data_transformation_profile(request.build());
    let mut draft = draft.await.expect("the draft");
    draft.profile_mapping.remove("agent.vm")
}

fn message(
    profile_id: &str,
    (kind, text): (AgentInputMessageType, &str),
    conversation: Option<&str>,
) -> UpdateProfileWithAgentRequest {
    let message = AgentInputMessage::builder().body(text).r#type(kind).build();
    UpdateProfileWithAgentRequest::builder()
        .profile_id(profile_id)
        .input_message(message)
        .maybe_conversation_id(conversation.map(str::to_owned))
        .build()
}

async fn tell(
    client: &Client,
    profile_id: &str,
    text: (AgentInputMessageType, &str),
    conversation: Option<&str>,
) -> Result<Vec<Event>, Error> {
    let request = message(profile_id, text, conversation);
    let answer = client.update_profile_with_agent(request).await?;
    let (mut stream, mut events) = (answer.agent_response, Vec::new());
    while let Some(event) = stream.next().await {
        events.push(event?);
    }
    Ok(events)
}

fn end(events: &[Event]) -> &EndOfOutputEvent {
    let end = events.last().and_then(Event::as_end_of_output_event);
    end.expect("the end of the answer")
}

fn failure(events: &[Event]) -> &AgentErrorType {
    let last = events.last().and_then(Event::as_error_event);
    &last.expect("an error").error
}

use AgentInputMessageType::{Normal, UserConfirmationResponse};

#[tokio::test]
async fn a_change_is_made_after_consent() {
    let (fake, client) = common::fake().await;
    let id = fake.add_profile("hospital");
    let asked = tell(&client, &id, (Normal, "map RACE_CD\nto race"), None).await;
    let asked = asked.expect("an answer");
    assert!(asked[0].as_heartbeat_event().is_some());
    assert!(asked[1].as_progress_event().is_some());
    assert!(asked[2].as_text_message_event().is_some());
    let options = end(&asked).options.clone().expect("options");
    let conversation = end(&asked).conversation_id.as_deref();
    assert!(conversation.is_some());
    assert_eq!(written(&client, &id).await, None);

    let yes = || (UserConfirmationResponse, &options[0][..]);
    let done = tell(&client, &id, yes(), conversation).await.expect("done");
    assert_eq!(end(&done).conversation_id.as_deref(), conversation);
    let text = "## map RACE_CD\n## to race\n";
    assert_eq!(written(&client, &id).await.as_deref(), Some(text));

    // There is nothing more to consent to.
    let again = tell(&client, &id, yes(), conversation)
        .await
        .expect("events");
    assert_eq!(*failure(&again), AgentErrorType::ValidationException);
}

#[tokio::test]
async fn a_change_is_not_made_without_consent() {
    let (fake, client) = common::fake().await;
    let id = fake.add_profile("hospital");
    // The refusal that is offered, and what is none of the offers.
    for chosen in [Some(1), None] {
        let asked = tell(&client, &id, (Normal, "drop all"), None).await;
        let asked = asked.expect("an answer");
        let options = end(&asked).options.clone().expect("options");
        let conversation = end(&asked).conversation_id.as_deref();
        let other = options[0].to_lowercase();
        let no = chosen.map_or(&other, |option| &options[option]);
        let no = (UserConfirmationResponse, &no[..]);
        let left = tell(&client, &id, no, conversation).await.expect("left");
        assert_eq!(end(&left).final_response_message, "The draft is as it was.");
        assert!(end(&left).options.is_none());
        assert_eq!(end(&left).conversation_id.as_deref(), conversation);

        // Consent comes too late.
        let yes = (UserConfirmationResponse, &options[0][..]);
        let late = tell(&client, &id, yes, conversation).await.expect("late");
        assert_eq!(*failure(&late), AgentErrorType::ValidationException);
        assert_eq!(written(&client, &id).await, None);
    }
}

#[tokio::test]
async fn an_event_comes_when_it_is_its_time() {
    let mut timing = Timing::default();
    timing.agent_event = minutes(1);
    let fake = common::started(FakeHealthLake::builder().timing(timing)).await;
    fake.clock().stop();
    let client = common::client_of(&fake);
    let id = fake.add_profile("hospital");
    let answer = client.update_profile_with_agent(message(&id, (Normal, "hello"), None));
    let mut stream = answer.await.expect("the beginning").agent_response;
    let kinds: [fn(&Event) -> bool; 4] = [
        |event| event.as_heartbeat_event().is_some(),
        |event| event.as_progress_event().is_some(),
        |event| event.as_text_message_event().is_some(),
        |event| event.as_end_of_output_event().is_some(),
    ];
    for is_kind in kinds {
        // Another call is answered meanwhile, so that the server has had the time to send what it would.
        assert_eq!(written(&client, &id).await, None);
        let early = poll_fn(|context| Poll::Ready(pin!(stream.next()).poll(context).is_ready()));
        assert!(!early.await, "it was not to come yet");
        fake.clock().advance(minutes(1));
        let event = stream.next().await.expect("an event").expect("it is whole");
        assert!(is_kind(&event), "{event:?}");
    }
    assert!(stream.next().await.is_none());
}

#[tokio::test]
async fn conversations_are_those_of_a_profile() {
    let (fake, client) = common::fake().await;
    let (one, other) = (fake.add_profile("one"), fake.add_profile("other"));
    let asked = tell(&client, &one, (Normal, "hello"), None).await;
    let asked = asked.expect("an answer");
    let conversation = end(&asked).conversation_id.as_deref();
    for (profile, conversation) in [
        (&other[..], conversation),
        (&one[..], Some("unknown")),
        (&"0".repeat(32)[..], None),
    ] {
        let error = tell(&client, profile, (Normal, "go on"), conversation).await;
        let error = error.expect_err("there is none");
        assert_eq!(error.code(), Some("ResourceNotFoundException"));
    }
    let empty = tell(&client, &one, (Normal, ""), None).await;
    let empty = empty.expect_err("an empty message");
    assert_eq!(empty.code(), Some("ValidationException"));
}

#[tokio::test]
async fn the_agent_may_fail() {
    let (fake, client) = common::fake().await;
    let id = fake.add_profile("hospital");
    fake.faults()
        .add(Fault::FailLater.next(1).of("UpdateProfileWithAgent"));
    let events = tell(&client, &id, (Normal, "hello"), None).await;
    let events = events.expect("events");
    assert_eq!(*failure(&events), AgentErrorType::InternalServerException);

    // Half of the answer has come when the connection ends.
    fake.faults().add(Fault::Cut.next(1));
    let answer = client.update_profile_with_agent(message(&id, (Normal, "hello"), None));
    let mut stream = answer.await.expect("the beginning").agent_response;
    let first = stream.next().await.expect("an event").expect("it is whole");
    assert!(first.as_heartbeat_event().is_some());
    let error = loop {
        match stream.next().await.expect("an end that is no good end") {
            Ok(event) => assert!(event.as_end_of_output_event().is_none()),
            Err(error) => break error,
        }
    };
    assert!(error.as_service_error().is_none(), "{error}");
    assert!(stream.next().await.is_none());
}
