//! The locations of members in a message.

/// The part of a message that holds a member.
///
/// Those of HTTP are for the members of inputs, outputs and errors; anywhere else a member is in the body, as part of what holds it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Location {
    /// The body, or the payload of an event, among others.
    Body,
    /// A part of the path, in place of the member's name there: `smithy.api#httpLabel`.
    #[cfg(feature = "http-bindings")]
    Label,
    /// The same, but for all that stands before a slash in it.
    #[cfg(feature = "http-bindings")]
    LastSegmentLabel,
    /// A parameter of the query: `smithy.api#httpQuery`.
    #[cfg(feature = "http-bindings")]
    Query(&'static str),
    /// Parameters of the query, from a map: `smithy.api#httpQueryParams`.
    #[cfg(feature = "http-bindings")]
    QueryParams,
    /// A header: `smithy.api#httpHeader`.
    #[cfg(feature = "http-bindings")]
    Header(&'static str),
    /// A header that holds text of a media type, in base64: `smithy.api#httpHeader` of a string with `smithy.api#mediaType`.
    #[cfg(feature = "http-bindings")]
    MediaTypeHeader(&'static str),
    /// The headers whose names start with this, as a map: `smithy.api#httpPrefixHeaders`.
    #[cfg(feature = "http-bindings")]
    PrefixHeaders(&'static str),
    /// All of the body: `smithy.api#httpPayload`.
    #[cfg(feature = "http-bindings")]
    Payload,
    /// All of the body, of a media type: `smithy.api#httpPayload` of a string or blob with `smithy.api#mediaType`.
    #[cfg(feature = "http-bindings")]
    MediaTypePayload(&'static str),
    /// All of the body, which is a structure: `smithy.api#httpPayload`. Protocols may send an empty one where there is none.
    #[cfg(feature = "http-bindings")]
    StructurePayload,
    /// The status of the response: `smithy.api#httpResponseCode`.
    #[cfg(feature = "http-bindings")]
    StatusCode,
    /// A header of an event: `smithy.api#eventHeader`.
    #[cfg(feature = "event-stream")]
    EventHeader,
    /// All of the payload of an event: `smithy.api#eventPayload`.
    #[cfg(feature = "event-stream")]
    EventPayload,
}

#[cfg(feature = "http-bindings")]
impl Location {
    /// Returns `true` if it is a part of the path.
    pub(crate) const fn is_label(self) -> bool {
        matches!(self, Self::Label | Self::LastSegmentLabel)
    }
}
