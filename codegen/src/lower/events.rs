//! The events of event streams.

use std::collections::HashSet;

use crate::ir::Location;
use crate::model::{Closure, Member, Shape, ShapeId, is_event_stream};

/// The shapes that are events.
#[derive(Debug)]
pub struct Events<'m>(HashSet<&'m ShapeId>);

impl<'m> Events<'m> {
    /// Finds the events of all event streams.
    pub fn new(closure: &Closure<'m>) -> Self {
        let streams = closure.shapes().filter(|shape| is_event_stream(shape));
        let events = streams.flat_map(Shape::members);
        Self(events.map(|member| &member.target).collect())
    }

    /// Returns the location of a member of a shape. On what is no event, the traits mean nothing.
    pub fn location(&self, shape: &ShapeId, member: &Member) -> Location {
        let is_event = self.0.contains(shape);
        if is_event && member.traits.is_event_header() {
            Location::EventHeader
        } else if is_event && member.traits.is_event_payload() {
            Location::EventPayload
        } else {
            Location::Body
        }
    }
}
