//! Where the members of an event are.

/// Where a member of an event is, if not among the others in its payload.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum EventBinding {
    /// It is a header: `smithy.api#eventHeader`.
    Header,
    /// It is all of the payload: `smithy.api#eventPayload`.
    Payload,
}
