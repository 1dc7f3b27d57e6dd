//! The destinations of values that are read.

use std::mem;

use crate::Document;
use crate::schema::{List, Map, Slot, Union};

/// The destination of a value: a slot that is there, or one that comes into being with a value that is not null.
pub(super) enum Destination<'a> {
    Slot(Slot<'a>),
    Element(&'a mut dyn List),
    Entry(&'a mut dyn Map, &'a mut String),
    Variant(&'a mut dyn Union, &'a str),
}

impl<'a> Destination<'a> {
    /// Returns the slot for a value that is not null.
    #[inline]
    pub(super) fn open(self) -> Slot<'a> {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::Element(list) => list.push(),
            Self::Entry(map, key) => map.insert(mem::take(key)),
            Self::Variant(union, tag) => union.set(tag),
        };
        slot.open()
    }

    /// Returns `true` if a number belongs here that may not be rounded.
    pub(super) fn is_exact(&mut self) -> bool {
        match self {
            Self::Slot(slot) => slot.is_exact(),
            Self::Element(list) => list.is_exact(),
            Self::Entry(map, _) => map.is_exact(),
            Self::Variant(union, tag) => union.set(tag).is_exact(),
        }
    }

    /// Reads a null. The error is the kind of value that should be here instead.
    pub(super) fn take_null(self) -> Result<(), &'static str> {
        match self {
            Self::Slot(Slot::Optional(_)) => {}
            Self::Slot(Slot::Document(document)) => *document = Document::Null,
            Self::Slot(slot) => return Err(slot.expected()),
            Self::Element(list) if list.is_sparse() => {
                list.push();
            }
            Self::Entry(map, key) if map.is_sparse() => {
                map.insert(mem::take(key));
            }
            Self::Element(_) => return Err("no null in this list"),
            Self::Entry(..) => return Err("no null in this map"),
            Self::Variant(..) => return Err("a value"),
        }
        Ok(())
    }
}
