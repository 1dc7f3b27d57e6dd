//! The agent that edits drafts by conversation.
//!
//! It understands one thing: what it is told, it offers to write into the draft as a comment, and does so after consent.

use healthlake::{
    AgentErrorType, AgentInputMessageType, AgentOutputMessageStream as Event, EndOfOutputEvent,
    ErrorEvent, HeartbeatEvent, ProgressEvent, ServiceError, TextMessageEvent,
    UpdateProfileWithAgentRequest,
};

use super::super::{Call, Service};
use super::DRAFT;
use crate::refusal::not_found;

/// The file of the rules that the agent writes to.
const FILE: &str = "agent.vm";
/// The answers that the agent offers when it asks for consent.
const CONSENT: &str = "Apply the change";
const REFUSAL: &str = "Leave the draft as it is";

/// A conversation about the draft of a profile.
#[derive(Debug)]
pub(in crate::service) struct Conversation {
    id: String,
    profile_id: String,
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
        self.profile(&request.profile_id)?;
        let place = self.conversation(request.conversation_id, &request.profile_id)?;
        let begin = [
            Event::HeartbeatEvent(HeartbeatEvent::builder().build()),
            progress("Reading the draft"),
        ];
        let rest = if call.fails_later {
            let message = "The agent could not go on";
            vec![failure(AgentErrorType::InternalServerException, message)]
        } else if request.input_message.r#type == AgentInputMessageType::UserConfirmationResponse {
            self.take_answer(place, &request.input_message.body)?
        } else {
            self.propose(place, request.input_message.body)
        };
        Ok(begin.into_iter().chain(rest).collect())
    }

    /// The place of the conversation with this id, or of a new one.
    fn conversation(
        &mut self,
        id: Option<String>,
        profile_id: &str,
    ) -> Result<usize, ServiceError> {
        let Some(id) = id else {
            let id = self.new_request_id();
            self.conversations.push(Conversation {
                id,
                profile_id: profile_id.to_owned(),
                proposal: None,
            });
            return Ok(self.conversations.len() - 1);
        };
        let found = self
            .conversations
            .iter()
            .position(|one| one.id == id && one.profile_id == profile_id);
        found.ok_or_else(|| not_found(format!("Profile {profile_id} has no conversation {id}")))
    }

    /// Asks for consent to a change.
    fn propose(&mut self, place: usize, text: String) -> Vec<Event> {
        let conversation = &mut self.conversations[place];
        conversation.proposal = Some(text);
        let end = EndOfOutputEvent::builder()
            .final_response_message("Is this change what you want?")
            .options([CONSENT, REFUSAL].map(str::to_owned).to_vec())
            .conversation_id(&conversation.id);
        let message = format!("I would add what you said to {FILE}.");
        let message = TextMessageEvent::builder().message(message);
        vec![
            Event::TextMessageEvent(message.build()),
            Event::EndOfOutputEvent(end.build()),
        ]
    }

    /// Changes the draft, or leaves it, as the answer to a request for consent says.
    fn take_answer(&mut self, place: usize, answer: &str) -> Result<Vec<Event>, ServiceError> {
        let conversation = &mut self.conversations[place];
        let id = conversation.id.clone();
        let profile_id = conversation.profile_id.clone();
        let Some(text) = conversation.proposal.take() else {
            let message = "Nothing waits for an answer";
            return Ok(vec![failure(AgentErrorType::ValidationException, message)]);
        };
        let end = EndOfOutputEvent::builder().conversation_id(id);
        if answer != CONSENT {
            let end = end.final_response_message("The draft is as it was.");
            return Ok(vec![Event::EndOfOutputEvent(end.build())]);
        }
        self.add_to_draft(&profile_id, &text)?;
        let end = end.final_response_message(format!("{FILE} is changed."));
        Ok(vec![
            progress("Writing the draft"),
            Event::EndOfOutputEvent(end.build()),
        ])
    }

    /// Adds a comment to the rules of a draft.
    fn add_to_draft(&mut self, profile_id: &str, text: &str) -> Result<(), ServiceError> {
        let now = self.clock.now();
        let draft = self.profile_mut(profile_id)?.version_mut(DRAFT)?;
        let rules = draft.mapping.entry(FILE.to_owned()).or_default();
        for line in text.lines() {
            rules.push_str("## ");
            rules.push_str(line);
            rules.push('\n');
        }
        draft.updated = now;
        Ok(())
    }
}

fn progress(message: &str) -> Event {
    Event::ProgressEvent(ProgressEvent::builder().message(message).build())
}

fn failure(error: AgentErrorType, message: &str) -> Event {
    let event = ErrorEvent::builder().error(error).message(message);
    Event::ErrorEvent(event.build())
}
