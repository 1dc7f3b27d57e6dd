//! The locations of members in a message.

/// The part of a message that holds a member.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Location {
    /// The body, or the payload of an event, among others.
    Body,
    /// A header of an event: `smithy.api#eventHeader`.
    EventHeader,
    /// All of the payload of an event: `smithy.api#eventPayload`.
    EventPayload,
}
