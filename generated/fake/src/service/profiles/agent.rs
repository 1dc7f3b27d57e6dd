//! The agent that edits drafts by conversation.
//!
//! It understands one thing: what it is told, it offers to write into the draft as a comment, and does so after consent.

use std::time::SystemTime;

use healthlake::{
    AgentErrorType, AgentInputMessageType, AgentOutputMessageStream as Event, EndOfOutputEvent,
    ErrorEvent, HeartbeatEvent, ProgressEvent, ServiceError, TextMessageEvent,
    UpdateProfileWithAgentRequest,
};

use super::super::{Call, Service};
use super::{Profile, Version};
use crate::refusal::not_found;

/// The file of the rules that the agent writes to.
const FILE: &str = "agent.vm";
/// The answers that the agent offers when it asks for consent.
const CONSENT: &str = "Apply the change";
const REFUSAL: &str = "Leave the draft as it is";

/// A conversation about the draft of a profile.
#[derive(Debug)]
pub(super) struct Conversation {
    id: String,
    /// The text that the agent has asked to add.
    proposal: Option<String>,
}

impl Service {
    /// Returns the events of the agent's answer.
    pub(in crate::service) fn talk_to_agent(
        &mut self,
        call: &Call<'_>,
        request: UpdateProfileWithAgentRequest,
    ) -> Result<Vec<Event>, ServiceError> {
        let now = self.clock.now();
        let id = match request.conversation_id {
            Some(id) => id,
            None => self.begin_conversation(&request.profile_id)?,
        };
        let profile = self.profile_mut(&request.profile_id)?;
        let conversation = profile.conversation_mut(&id)?;
        let begin = [
            Event::HeartbeatEvent(HeartbeatEvent::builder().build()),
            progress("Reading the draft"),
        ];
        let rest = if call.fails_later {
            let message = "The agent could not go on";
            vec![failure(AgentErrorType::InternalServerException, message)]
        } else if request.input_message.r#type == AgentInputMessageType::UserConfirmationResponse {
            let proposal = conversation.proposal.take();
            profile.take_answer(id, proposal, &request.input_message.body, now)
        } else {
            conversation.propose(request.input_message.body)
        };
        Ok(begin.into_iter().chain(rest).collect())
    }

    /// Begins a conversation, and returns its id.
    fn begin_conversation(&mut self, profile_id: &str) -> Result<String, ServiceError> {
        let id = self.new_request_id();
        let conversations = &mut self.profile_mut(profile_id)?.conversations;
        conversations.push(Conversation {
            id: id.clone(),
            proposal: None,
        });
        Ok(id)
    }
}

impl Conversation {
    /// Asks for consent to a change.
    fn propose(&mut self, text: String) -> Vec<Event> {
        self.proposal = Some(text);
        let end = EndOfOutputEvent::builder()
            .final_response_message("Is this change what you want?")
            .options([CONSENT, REFUSAL].map(str::to_owned).to_vec())
            .conversation_id(&self.id);
        let message = format!("I would add what you said to {FILE}.");
        let message = TextMessageEvent::builder().message(message);
        vec![
            Event::TextMessageEvent(message.build()),
            Event::EndOfOutputEvent(end.build()),
        ]
    }
}

impl Profile {
    fn conversation_mut(&mut self, id: &str) -> Result<&mut Conversation, ServiceError> {
        let profile_id = &self.id;
        let found = self.conversations.iter_mut().find(|one| one.id == id);
        found.ok_or_else(|| not_found(format!("Profile {profile_id} has no conversation {id}")))
    }

    /// Changes the draft, or leaves it, as the answer to a request for consent says.
    fn take_answer(
        &mut self,
        conversation_id: String,
        proposal: Option<String>,
        answer: &str,
        now: SystemTime,
    ) -> Vec<Event> {
        let Some(text) = proposal else {
            let message = "Nothing waits for an answer";
            return vec![failure(AgentErrorType::ValidationException, message)];
        };
        let end = EndOfOutputEvent::builder().conversation_id(conversation_id);
        if answer != CONSENT {
            let end = end.final_response_message("The draft is as it was.");
            return vec![Event::EndOfOutputEvent(end.build())];
        }
        self.draft_mut().add_comment(&text, now);
        let end = end.final_response_message(format!("{FILE} is changed."));
        vec![
            progress("Writing the draft"),
            Event::EndOfOutputEvent(end.build()),
        ]
    }
}

impl Version {
    /// Adds a comment to the rules.
    fn add_comment(&mut self, text: &str, now: SystemTime) {
        let rules = self.mapping.entry(FILE.to_owned()).or_default();
        for line in text.lines() {
            rules.push_str("## ");
            rules.push_str(line);
            rules.push('\n');
        }
        self.updated = now;
    }
}

fn progress(message: &str) -> Event {
    Event::ProgressEvent(ProgressEvent::builder().message(message).build())
}

fn failure(error: AgentErrorType, message: &str) -> Event {
    let event = ErrorEvent::builder().error(error).message(message);
    Event::ErrorEvent(event.build())
}
