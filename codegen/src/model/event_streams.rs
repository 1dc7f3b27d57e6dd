//! Event streams: unions that are `smithy.api#streaming`.

use super::{Closure, Member, Shape, ShapeKind};

/// The types of values that a header of an event can hold.
const HEADERS: &str =
    "a boolean, an integer of 8 to 64 bits, a string, an enum, a blob or a timestamp";

impl<'m> Closure<'m> {
    /// Returns `true` if the values of a member come event by event.
    pub fn is_event_stream(&self, member: &Member) -> bool {
        self.get(&member.target).is_some_and(is_event_stream)
    }

    /// Returns `true` if a member of a union is no event of a stream, but an error that ends it.
    pub fn is_exception(&self, union: &Shape, member: &Member) -> bool {
        let target = self.get(&member.target);
        is_event_stream(union) && target.is_some_and(|it| it.traits.has("smithy.api#error"))
    }

    /// The errors that end event streams.
    pub fn exceptions(&self) -> impl Iterator<Item = &'m Shape> {
        let members = self.shapes().flat_map(move |union| {
            let members = union.members();
            members.filter(move |member| self.is_exception(union, member))
        });
        members.filter_map(move |member| self.get(&member.target))
    }

    /// The reason why no code can be written for an event stream, as a clause about the union: it has to be a member of inputs or outputs,
    /// and nothing else.
    pub(super) fn event_stream_reason(
        &self,
        union: &Shape,
        has_http_bindings: bool,
    ) -> Option<String> {
        let holders = self.holders(&union.id).iter();
        let mut reasons =
            holders.filter_map(|holder| self.holder_of_events_reason(holder, has_http_bindings));
        reasons
            .next()
            .or_else(|| union.members().find_map(|member| self.event_reason(member)))
    }

    fn holder_of_events_reason(&self, holder: &Shape, has_http_bindings: bool) -> Option<String> {
        if !self.is_just_a_message(holder) {
            let reason = format!(
                "is an event stream in {}, which is not just the input or output of operations",
                holder.id
            );
            return Some(reason);
        }
        let mut streams = holder.members().filter(|it| self.is_event_stream(it));
        let misplaced = streams.find(|it| has_http_bindings && !it.traits.is_http_payload());
        if let Some(member) = misplaced {
            return Some(format!(
                "is an event stream in {}, which is not all of the body (smithy.api#httpPayload)",
                member.id()
            ));
        }
        let streams = holder.members().filter(|member| self.is_stream(member));
        (streams.count() > 1)
            .then(|| format!("is an event stream beside another one in {}", holder.id))
    }

    /// Returns `true` if a structure is the input or output of operations, and nothing else.
    pub(super) fn is_just_a_message(&self, structure: &Shape) -> bool {
        let id = &structure.id;
        let mut operations = self.operations();
        let is_message =
            operations.any(|(_, operation)| operation.input == *id || operation.output == *id);
        let is_error = structure.traits.has("smithy.api#error");
        is_message && !is_error && self.holders(id).is_empty()
    }

    fn event_reason(&self, member: &Member) -> Option<String> {
        let event = self.get(&member.target)?;
        if !matches!(event.kind, ShapeKind::Structure(_)) {
            let reason = format!(
                "is an event stream whose event `{}` is no structure",
                member.name
            );
            return Some(reason);
        }
        let mut headers = event
            .members()
            .filter(|member| member.traits.is_event_header());
        let header = headers.find(|member| !self.is_header(member))?;
        Some(format!(
            "is an event stream whose header {} is not {HEADERS}",
            header.id()
        ))
    }

    fn is_header(&self, member: &Member) -> bool {
        use ShapeKind::{
            Blob, Boolean, Byte, Enum, IntEnum, Integer, Long, Short, String, Timestamp,
        };
        self.get(&member.target).is_none_or(|shape| {
            matches!(
                shape.kind,
                Boolean
                    | Byte
                    | Short
                    | Integer
                    | IntEnum(_)
                    | Long
                    | String
                    | Enum(_)
                    | Blob
                    | Timestamp
            )
        })
    }
}

/// Returns `true` if values of the shape come event by event.
pub fn is_event_stream(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Union(_)) && shape.traits.is_streaming()
}
