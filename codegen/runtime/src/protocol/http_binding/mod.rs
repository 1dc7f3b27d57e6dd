//! HTTP bindings: the members of inputs, outputs and errors that are not part of the body, as Smithy's traits say where they are.
//!
//! What is left is the body: all of it is one member, the payload, or else it is an object of the members that have no place
//! elsewhere. Its format is the codec's. Protocols that have HTTP bindings share all of this.

mod header;
mod members;
mod request;
mod response;
#[cfg(feature = "test-util")]
mod server;
mod uri;

pub(super) use self::request::serialize as serialize_request;
#[cfg(feature = "event-stream")]
pub(super) use self::response::deserialize_head;
pub(super) use self::response::{deserialize as deserialize_response, deserialize_error};
#[cfg(all(feature = "rest-xml", feature = "test-util"))]
pub(super) use self::server::serialize_error;
#[cfg(feature = "test-util")]
pub(super) use self::server::{deserialize_request, fit, serialize_response};

use crate::codec::Codec;
use crate::schema::{Location, Member};

/// The format of bodies.
#[derive(Clone, Copy, Debug)]
pub(super) struct Format {
    pub(super) codec: &'static dyn Codec,
    /// The media type of bodies in it.
    pub(super) media_type: &'static str,
    /// `true` if a structure that would be all of the body, and is not there, is sent as an empty one.
    pub(super) sends_empty_payload: bool,
}

/// The direction of a message. A trait that is for the other one means nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Direction {
    Request,
    Response,
}

impl Direction {
    /// Returns `true` if a member is part of the object in the body.
    fn is_in_body(self, member: &Member) -> bool {
        match member.location {
            Location::Label
            | Location::LastSegmentLabel
            | Location::Query(_)
            | Location::QueryParams => self == Self::Response,
            Location::StatusCode => self == Self::Request,
            Location::Header(_)
            | Location::MediaTypeHeader(_)
            | Location::PrefixHeaders(_)
            | Location::Payload
            | Location::MediaTypePayload(_)
            | Location::StructurePayload => false,
            _ => true,
        }
    }
}

/// Returns the index of the member that is all of the body.
fn payload(members: &[Member]) -> Option<usize> {
    members.iter().position(|member| {
        matches!(
            member.location,
            Location::Payload | Location::MediaTypePayload(_) | Location::StructurePayload
        )
    })
}
