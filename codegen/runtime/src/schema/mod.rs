//! The wire format of awsJson, and how generated types take part in it.
//!
//! A generated type neither writes nor reads itself. It is a [`Value`]: it shows what it holds as a [`View`] and says where what is
//! read belongs as a [`Slot`], and both hold references and nothing generic. What turns them to and from JSON is here, once
//! for all types, and compiled once: the code of a type is a table of its members, written by one of the macros
//! [`structure!`](crate::structure), [`union!`](crate::union), [`string_enum!`](crate::string_enum) and
//! [`int_enum!`](crate::int_enum). They also give it serde's traits, which any self-describing format can be read and written
//! with.
//!
//! Reading starts from a value's [`zero`](Value::zero). Responses are read with Smithy's client error correction: what is required
//! and missing, or null, stays zero, and nulls in dense lists and maps go. Whatever else is read, such as a request in a file,
//! has to hold all that is required.

pub mod builder;
pub(crate) mod hash;
pub(crate) mod redacted;
pub(crate) mod unknown;

mod enums;
#[cfg(feature = "event-stream")]
mod event;
mod keywords;
mod operation;
mod structure;
mod timestamp;
mod union;
mod value;

#[cfg(feature = "event-stream")]
pub use self::event::EventBinding;
pub(crate) use self::operation::Auth;
pub use self::operation::OperationSchema;
pub use self::timestamp::TimestampFormat;
pub use self::value::{Integer, List, Map, Optional, Slot, Structure, Text, Union, Value, View};

/// What the wire format has to know of a member, besides its value.
#[derive(Clone, Copy, Debug)]
pub struct Member {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
    pub(crate) timestamps: TimestampFormat,
    #[cfg(feature = "event-stream")]
    pub(crate) event: Option<EventBinding>,
}

impl Member {
    /// The value as a whole, which is a member of nothing.
    pub const ROOT: Self = Self::required("");

    /// A member that has to be there, by its name on the wire.
    pub const fn required(name: &'static str) -> Self {
        Self {
            name,
            is_required: true,
            timestamps: TimestampFormat::EpochSeconds,
            #[cfg(feature = "event-stream")]
            event: None,
        }
    }

    /// A member that may be left out.
    pub const fn optional(name: &'static str) -> Self {
        Self {
            is_required: false,
            ..Self::required(name)
        }
    }

    /// The one of this name, and its index.
    pub(crate) fn find<'a>(members: &'a [Self], name: &str) -> Option<(usize, &'a Self)> {
        let mut members = members.iter().enumerate();
        members.find(|(_, member)| member.name == name)
    }

    /// The one of this name.
    pub(crate) fn named<'a>(members: &'a [Self], name: &str) -> Option<&'a Self> {
        Self::find(members, name).map(|(_, member)| member)
    }

    /// Its name on the wire.
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Writes the timestamps in its value in another format than epoch seconds.
    #[must_use]
    pub const fn timestamps(self, timestamps: TimestampFormat) -> Self {
        Self { timestamps, ..self }
    }

    /// Puts its value elsewhere than among the others, in an event of an event stream.
    #[cfg(feature = "event-stream")]
    #[must_use]
    pub const fn event(self, binding: EventBinding) -> Self {
        Self {
            event: Some(binding),
            ..self
        }
    }
}
