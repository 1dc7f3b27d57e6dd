//! The bindings of the members of an event.

/// The part of an event that holds a member which is not among the others in its payload.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventBinding {
    /// A header: `smithy.api#eventHeader`.
    Header,
    /// All of the payload: `smithy.api#eventPayload`.
    Payload,
}
