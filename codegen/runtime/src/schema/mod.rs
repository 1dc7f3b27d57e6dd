//! The schema of generated types: tables of their members, and the two views of a value that codecs work on.
//!
//! A generated type neither writes nor reads itself. It is a [`Value`]: writers see it as a [`View`], readers fill it in through a
//! [`Slot`], and both hold references and nothing generic. Codecs, which turn them to and from bytes, are compiled once for all
//! types: the code of a type is a table of its members, written by one of the macros [`structure!`](crate::structure),
//! [`union!`](crate::union), [`string_enum!`](crate::string_enum) and [`int_enum!`](crate::int_enum). These also implement serde's
//! traits, so that any self-describing format can be read and written.
//!
//! Reading starts from a value's [`zero`](Value::zero). Responses are read with Smithy's client error correction: what is required
//! and missing, or null, stays zero, and nulls in dense lists and maps go. Whatever else is read, such as a request in a file,
//! has to hold all that is required.

pub mod builder;
pub(crate) mod hash;
pub(crate) mod redacted;
pub(crate) mod unknown;

mod auth;
mod enums;
mod keywords;
#[cfg(any(feature = "event-stream", feature = "http-bindings"))]
mod location;
mod operation;
mod structure;
mod timestamp;
mod types;
mod union;
mod value;
#[cfg(feature = "xml")]
mod xml;

pub use self::auth::AuthScheme;
#[cfg(any(feature = "event-stream", feature = "http-bindings"))]
pub use self::location::Location;
pub use self::operation::OperationSchema;
pub use self::timestamp::TimestampFormat;
pub use self::value::{Integer, List, Map, Optional, Slot, Structure, Text, Union, Value, View};
#[cfg(feature = "xml")]
pub use self::xml::Xml;

/// The schema of a member: all that codecs know of it besides its value.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) timestamps: TimestampFormat,
    #[cfg(any(feature = "event-stream", feature = "http-bindings"))]
    pub(crate) location: Location,
    #[cfg(feature = "xml")]
    pub(crate) xml: Option<&'static Xml>,
}

impl Member {
    /// The value as a whole, which is a member of nothing.
    pub const ROOT: Self = Self::required("");

    /// Creates a member that has to be there, by its name on the wire: that in the model, unless the format has another for it
    /// (`smithy.api#jsonName`).
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            is_required: true,
            timestamps: TimestampFormat::EpochSeconds,
            #[cfg(any(feature = "event-stream", feature = "http-bindings"))]
            location: Location::Body,
            #[cfg(feature = "xml")]
            xml: None,
        }
    }

    /// Creates a member that may be left out.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            is_required: false,
            ..Self::required(name)
        }
    }

    /// Finds the member of this name, and its index. Services send members in much the order of the model, so the search begins at
    /// the index `from`, that of the one that comes next there, and goes round.
    #[inline]
    pub(crate) fn find_from<'a>(
        members: &'a [Self],
        from: usize,
        name: &str,
    ) -> Option<(usize, &'a Self)> {
        Self::find_by(members, from, |member| member.name == name)
    }

    /// Finds a member, and its index, from this one on and round.
    #[inline]
    pub(crate) fn find_by(
        members: &[Self],
        from: usize,
        is_it: impl Fn(&Self) -> bool,
    ) -> Option<(usize, &Self)> {
        let (before, after) = members.split_at_checked(from).unwrap_or_default();
        let index = match after.iter().position(&is_it) {
            Some(index) => from + index,
            None => before.iter().position(is_it)?,
        };
        Some((index, members.get(index)?))
    }

    /// Finds the member of this name.
    pub(crate) fn named<'a>(members: &'a [Self], name: &str) -> Option<&'a Self> {
        Some(Self::find_from(members, 0, name)?.1)
    }

    /// Returns the member's name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Writes the timestamps in its value in another format than epoch seconds.
    #[must_use]
    pub const fn timestamps(self, timestamps: TimestampFormat) -> Self {
        Self { timestamps, ..self }
    }

    /// Puts its value elsewhere than into the body.
    #[cfg(any(feature = "event-stream", feature = "http-bindings"))]
    #[must_use]
    pub const fn location(self, location: Location) -> Self {
        Self { location, ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::Member;

    #[test]
    fn a_member_is_found_wherever_the_search_begins() {
        const MEMBERS: &[Member] = &[
            Member::optional("a"),
            Member::required("b"),
            Member::optional("c"),
        ];
        for from in 0..=MEMBERS.len() {
            for (index, member) in MEMBERS.iter().enumerate() {
                let found = Member::find_from(MEMBERS, from, member.name());
                let found = found.map(|(index, found)| (index, found.name()));
                assert_eq!(found, Some((index, member.name())), "from {from}");
            }
            assert!(Member::find_from(MEMBERS, from, "d").is_none());
        }
    }
}
