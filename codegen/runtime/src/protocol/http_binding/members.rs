//! The object in the body: a structure without the members that are elsewhere.

use super::Direction;
use crate::schema::{Member, Slot, Structure, View};

/// A structure, of which codecs see the members in the body alone.
pub(super) struct BodyMembers<S> {
    structure: S,
    direction: Direction,
}

impl<S> BodyMembers<S> {
    pub(super) fn new(structure: S, direction: Direction) -> Self {
        Self {
            structure,
            direction,
        }
    }
}

/// For writing.
impl Structure for BodyMembers<&dyn Structure> {
    fn members(&self) -> &'static [Member] {
        self.structure.members()
    }

    fn member_view(&self, index: usize) -> View<'_> {
        match is_in_body(self.members(), index, self.direction) {
            true => self.structure.member_view(index),
            false => View::Null,
        }
    }

    fn member_slot(&mut self, _index: usize) -> Slot<'_> {
        Slot::Unit
    }
}

/// For reading.
impl Structure for BodyMembers<&mut dyn Structure> {
    fn members(&self) -> &'static [Member] {
        self.structure.members()
    }

    fn member_view(&self, index: usize) -> View<'_> {
        self.structure.member_view(index)
    }

    fn member_slot(&mut self, index: usize) -> Slot<'_> {
        match is_in_body(self.members(), index, self.direction) {
            true => self.structure.member_slot(index),
            false => Slot::Unit,
        }
    }
}

fn is_in_body(members: &[Member], index: usize, direction: Direction) -> bool {
    let member = members.get(index);
    member.is_some_and(|member| direction.is_in_body(member))
}
