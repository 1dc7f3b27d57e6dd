//! Values of every kind, as references that the one reader and the one writer can follow.

use super::Member;
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};

/// A value that has a form on the wire.
pub trait Value {
    /// `true` if null is a value of this type.
    const NULLABLE: bool = false;

    /// `true` if it is a number that may not be rounded, so that a reader has to keep all of its digits.
    const EXACT: bool = false;

    /// `true` for the input of an operation: serde reads one only if the model knows all members in it.
    const IS_REQUEST: bool = false;

    /// Returns the value that is there before anything is read, and stays there if nothing is: empty, `0`, `false`, the start of 1970,
    /// an enum or union value that is unknown, a structure of zero values and defaults.
    fn zero() -> Self
    where
        Self: Sized;

    /// Returns the value as a writer sees it.
    fn view(&self) -> View<'_>;

    /// Returns the destination for what is read.
    fn slot(&mut self) -> Slot<'_>;
}

/// A value as a writer sees it.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum View<'a> {
    /// Nothing. As a member it is left out.
    Null,
    /// A boolean.
    Boolean(bool),
    /// An integer of any width.
    Integer(i64),
    /// A single-precision float.
    Float(f32),
    /// A double-precision float.
    Double(f64),
    /// An integer of any size.
    BigInteger(&'a BigInteger),
    /// A decimal number of any size and precision.
    BigDecimal(&'a BigDecimal),
    /// A string or a string enum.
    Text(&'a str),
    /// Bytes, in base64.
    Blob(&'a Blob),
    /// A timestamp, in the format of the member that holds it.
    Timestamp(&'a DateTime),
    /// Whatever JSON can hold.
    Document(&'a Document),
    /// A structure.
    Structure(&'a dyn Structure),
    /// A tagged union.
    Union(&'a dyn Union),
    /// A list.
    List(&'a dyn List),
    /// A map.
    Map(&'a dyn Map),
    /// An empty object, for a variant that holds nothing.
    Unit,
}

/// The destination of a value that is read.
#[non_exhaustive]
pub enum Slot<'a> {
    /// A boolean.
    Boolean(&'a mut bool),
    /// A `byte`.
    Byte(&'a mut i8),
    /// A `short`.
    Short(&'a mut i16),
    /// An `integer`.
    Integer(&'a mut i32),
    /// A `long`.
    Long(&'a mut i64),
    /// A single-precision float.
    Float(&'a mut f32),
    /// A double-precision float.
    Double(&'a mut f64),
    /// An integer of any size.
    BigInteger(&'a mut BigInteger),
    /// A decimal number of any size and precision.
    BigDecimal(&'a mut BigDecimal),
    /// A string.
    String(&'a mut String),
    /// A value that is made from text, such as a string enum.
    Text(&'a mut dyn Text),
    /// A value that is made from an integer: an int enum.
    IntEnum(&'a mut dyn Integer),
    /// Bytes, from base64.
    Blob(&'a mut Blob),
    /// A timestamp, from any format.
    Timestamp(&'a mut DateTime),
    /// Whatever JSON can hold.
    Document(&'a mut Document),
    /// A value that may be null.
    Optional(&'a mut dyn Optional),
    /// A structure.
    Structure(&'a mut dyn Structure),
    /// A tagged union.
    Union(&'a mut dyn Union),
    /// A list.
    List(&'a mut dyn List),
    /// A map.
    Map(&'a mut dyn Map),
    /// Anything, which is not kept.
    Unit,
}

impl<'a> Slot<'a> {
    /// Returns the slot for a value that is not null: through every `Optional`, which becomes a value.
    #[inline]
    pub(crate) fn open(self) -> Slot<'a> {
        let mut slot = self;
        while let Self::Optional(optional) = slot {
            slot = optional.set();
        }
        slot
    }

    /// Returns the slot for the next part of a value that comes in several: as [`open`](Self::open), but what is there stays.
    #[cfg(feature = "xml")]
    pub(crate) fn reopen(self) -> Slot<'a> {
        let mut slot = self;
        while let Self::Optional(optional) = slot {
            slot = optional.get_or_set();
        }
        slot
    }

    /// Returns `true` if a number belongs here that may not be rounded.
    pub(crate) fn is_exact(&self) -> bool {
        match self {
            Self::Byte(_)
            | Self::Short(_)
            | Self::Integer(_)
            | Self::Long(_)
            | Self::IntEnum(_)
            | Self::BigInteger(_)
            | Self::BigDecimal(_) => true,
            Self::Optional(optional) => optional.is_exact(),
            _ => false,
        }
    }

    /// Returns the kind of value that this slot takes, for errors.
    pub(crate) fn expected(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "a boolean",
            Self::Byte(_) => "an integer of 8 bits",
            Self::Short(_) => "an integer of 16 bits",
            Self::Integer(_) | Self::IntEnum(_) => "an integer of 32 bits",
            Self::Long(_) => "an integer of 64 bits",
            Self::BigInteger(_) => "an integer",
            Self::BigDecimal(_) => "a number",
            Self::Float(_) => r#"a number of single precision, "NaN", "Infinity" or "-Infinity""#,
            Self::Double(_) => r#"a number, "NaN", "Infinity" or "-Infinity""#,
            Self::String(_) | Self::Text(_) => "a string",
            Self::Blob(_) => "a blob in base64",
            Self::Timestamp(_) => {
                "a timestamp: seconds since 1970, or text like 2020-11-25T02:49:02Z"
            }
            Self::Structure(_) | Self::Union(_) | Self::Map(_) => "an object",
            Self::List(_) => "a list",
            Self::Document(_) | Self::Optional(_) | Self::Unit => "a value",
        }
    }
}

/// A structure: a value with members that are always the same.
pub trait Structure {
    /// Returns the table of the members.
    fn members(&self) -> &'static [Member];

    /// Returns the value of the member at this index.
    fn member_view(&self, index: usize) -> View<'_>;

    /// Returns the destination for the member at this index.
    fn member_slot(&mut self, index: usize) -> Slot<'_>;
}

/// A tagged union: a value with one of several members.
pub trait Union {
    /// Returns the name of the union, for errors.
    fn name(&self) -> &'static str;

    /// Returns the table of the members that the model names.
    fn members(&self) -> &'static [Member];

    /// Returns the name of the member that is set, and its value.
    fn member(&self) -> (&str, View<'_>);

    /// Sets the member of this name, and returns the destination for its value.
    fn set(&mut self, tag: &str) -> Slot<'_>;
}

/// A value that is made from text.
pub trait Text {
    /// Sets the value from text.
    fn set(&mut self, text: &str);
}

impl<T: for<'a> From<&'a str>> Text for T {
    fn set(&mut self, text: &str) {
        *self = Self::from(text);
    }
}

/// A value that is made from an integer.
pub trait Integer {
    /// Sets the value from an integer.
    fn set(&mut self, integer: i32);
}

impl<T: From<i32>> Integer for T {
    fn set(&mut self, integer: i32) {
        *self = Self::from(integer);
    }
}

/// A value that may be null.
pub trait Optional {
    /// Returns `true` if the value is a number that may not be rounded: [`Value::EXACT`].
    fn is_exact(&self) -> bool;

    /// Becomes a value that is not null, and returns the destination for it.
    fn set(&mut self) -> Slot<'_>;

    /// Returns the destination for the value that it is, or becomes one as [`set`](Self::set) does.
    #[cfg(feature = "xml")]
    fn get_or_set(&mut self) -> Slot<'_>;
}

/// A list.
pub trait List {
    /// Returns `true` if it may hold nulls.
    fn is_sparse(&self) -> bool;

    /// Returns `true` if it holds numbers that may not be rounded: [`Value::EXACT`].
    fn is_exact(&self) -> bool;

    /// Returns the number of elements.
    fn count(&self) -> usize;

    /// Returns the element at this index.
    fn element_view(&self, index: usize) -> View<'_>;

    /// Removes all elements.
    fn clear(&mut self);

    /// Adds an element, and returns the destination for it.
    fn push(&mut self) -> Slot<'_>;
}

/// A map.
pub trait Map {
    /// Returns `true` if it may hold nulls.
    fn is_sparse(&self) -> bool;

    /// Returns `true` if it holds numbers that may not be rounded: [`Value::EXACT`].
    fn is_exact(&self) -> bool;

    /// Returns the keys and the values.
    fn views(&self) -> Vec<(&str, View<'_>)>;

    /// Adds a key, and returns the destination for its value.
    fn insert(&mut self, key: String) -> Slot<'_>;
}
