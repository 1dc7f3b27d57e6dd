//! The events of event streams.

use std::collections::HashSet;

use crate::ir::EventBinding;
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

    /// Returns the place of a member in an event, if the shape is an event and the member has a place of its own.
    pub fn binding(&self, shape: &ShapeId, member: &Member) -> Option<EventBinding> {
        let binding = if member.traits.is_event_header() {
            EventBinding::Header
        } else if member.traits.is_event_payload() {
            EventBinding::Payload
        } else {
            return None;
        };
        self.0.contains(shape).then_some(binding)
    }
}
