//! Streams of bytes: blobs that are `smithy.api#streaming`.

use super::{Closure, Member, Shape, ShapeKind};

impl Closure<'_> {
    /// Returns `true` if the values of a member come bit by bit: events, or bytes.
    pub fn is_stream(&self, member: &Member) -> bool {
        self.is_event_stream(member) || self.is_byte_stream(member)
    }

    /// Returns `true` if the values of a member are streams of bytes.
    pub fn is_byte_stream(&self, member: &Member) -> bool {
        self.get(&member.target).is_some_and(is_byte_stream)
    }

    /// The reason why no code can be written for a stream of bytes, as a clause about the blob: it has to be all of the body of inputs
    /// or outputs.
    pub(super) fn byte_stream_reason(
        &self,
        blob: &Shape,
        has_http_bindings: bool,
    ) -> Option<String> {
        if !has_http_bindings {
            return Some("is a stream of bytes in a protocol without HTTP bindings".to_owned());
        }
        let mut holders = self.holders(&blob.id).iter();
        holders.find_map(|holder| self.holder_of_bytes_reason(holder))
    }

    fn holder_of_bytes_reason(&self, holder: &Shape) -> Option<String> {
        if !self.is_just_a_message(holder) {
            return Some(format!(
                "is a stream of bytes in {}, which is not just the input or output of operations",
                holder.id
            ));
        }
        let mut members = holder.members();
        let misplaced =
            members.find(|member| self.is_byte_stream(member) && !member.traits.is_http_payload());
        if let Some(member) = misplaced {
            return Some(format!(
                "is a stream of bytes in {}, which is not all of the body (smithy.api#httpPayload)",
                member.id()
            ));
        }
        let streams = holder.members().filter(|member| self.is_stream(member));
        (streams.count() > 1).then(|| {
            format!(
                "is a stream of bytes beside another stream in {}",
                holder.id
            )
        })
    }
}

/// Returns `true` if values of the shape are streams of bytes.
pub fn is_byte_stream(shape: &Shape) -> bool {
    matches!(shape.kind, ShapeKind::Blob) && shape.traits.is_streaming()
}
