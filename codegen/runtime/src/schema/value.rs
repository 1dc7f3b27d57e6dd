//! Values of every kind, as references that the one reader and the one writer can follow.

use super::Member;
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

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

/// A value that is made from an integer.
pub trait Integer {
    /// Sets the value from an integer.
    fn set(&mut self, integer: i32);
}

/// A value that may be null.
pub trait Optional {
    /// Returns `true` if the value is a number that may not be rounded: [`Value::EXACT`].
    fn is_exact(&self) -> bool;

    /// Becomes a value that is not null, and returns the destination for it.
    fn set(&mut self) -> Slot<'_>;
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

/// A type that has a [`View`] and a [`Slot`] of its own.
macro_rules! scalar {
    ($type:ty, $zero:expr, |$value:ident| $view:expr, $slot:ident $(, EXACT = $numeric:literal)?) => {
        impl Value for $type {
            $(const EXACT: bool = $numeric;)?

            fn zero() -> Self {
                $zero
            }

            fn view(&self) -> View<'_> {
                let $value = self;
                $view
            }

            fn slot(&mut self) -> Slot<'_> {
                Slot::$slot(self)
            }
        }
    };
}

scalar!(bool, false, |value| View::Boolean(*value), Boolean);
scalar!(
    i8,
    0,
    |value| View::Integer((*value).into()),
    Byte,
    EXACT = true
);
scalar!(
    i16,
    0,
    |value| View::Integer((*value).into()),
    Short,
    EXACT = true
);
scalar!(
    i32,
    0,
    |value| View::Integer((*value).into()),
    Integer,
    EXACT = true
);
scalar!(i64, 0, |value| View::Integer(*value), Long, EXACT = true);
scalar!(f32, 0.0, |value| View::Float(*value), Float);
scalar!(f64, 0.0, |value| View::Double(*value), Double);
scalar!(
    BigInteger,
    BigInteger::default(),
    |value| View::BigInteger(value),
    BigInteger,
    EXACT = true
);
scalar!(
    BigDecimal,
    BigDecimal::default(),
    |value| View::BigDecimal(value),
    BigDecimal,
    EXACT = true
);
scalar!(String, String::new(), |value| View::Text(value), String);
scalar!(Blob, Blob::new(Vec::new()), |value| View::Blob(value), Blob);
scalar!(
    DateTime,
    DateTime::from_secs(0),
    |value| View::Timestamp(value),
    Timestamp
);

impl Value for Document {
    const NULLABLE: bool = true;

    fn zero() -> Self {
        Self::Null
    }

    fn view(&self) -> View<'_> {
        View::Document(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Document(self)
    }
}

impl<T: Value> Value for Option<T> {
    const NULLABLE: bool = true;
    const EXACT: bool = T::EXACT;

    fn zero() -> Self {
        None
    }

    fn view(&self) -> View<'_> {
        match self {
            Some(value) => value.view(),
            None => View::Null,
        }
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Optional(self)
    }
}

impl<T: Value> Optional for Option<T> {
    fn is_exact(&self) -> bool {
        T::EXACT
    }

    fn set(&mut self) -> Slot<'_> {
        self.insert(T::zero()).slot()
    }
}

impl<T: Value> Value for Box<T> {
    const NULLABLE: bool = T::NULLABLE;
    const EXACT: bool = T::EXACT;

    fn zero() -> Self {
        Self::new(T::zero())
    }

    fn view(&self) -> View<'_> {
        T::view(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        T::slot(self)
    }
}

impl<T: Value> Value for Vec<T> {
    fn zero() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::List(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::List(self)
    }
}

impl<T: Value> List for Vec<T> {
    fn is_sparse(&self) -> bool {
        T::NULLABLE
    }

    fn is_exact(&self) -> bool {
        T::EXACT
    }

    fn count(&self) -> usize {
        self.len()
    }

    fn element_view(&self, index: usize) -> View<'_> {
        match self.get(index) {
            Some(value) => value.view(),
            None => View::Null,
        }
    }

    fn clear(&mut self) {
        self.clear();
    }

    fn push(&mut self) -> Slot<'_> {
        self.push(T::zero());
        match self.last_mut() {
            Some(last) => last.slot(),
            None => Slot::Unit,
        }
    }
}

impl<K, V> Value for HashMap<K, V>
where
    K: AsRef<str> + From<String> + Eq + Hash,
    V: Value,
{
    fn zero() -> Self {
        Self::new()
    }

    fn view(&self) -> View<'_> {
        View::Map(self)
    }

    fn slot(&mut self) -> Slot<'_> {
        Slot::Map(self)
    }
}

impl<K, V> Map for HashMap<K, V>
where
    K: AsRef<str> + From<String> + Eq + Hash,
    V: Value,
{
    fn is_sparse(&self) -> bool {
        V::NULLABLE
    }

    fn is_exact(&self) -> bool {
        V::EXACT
    }

    fn views(&self) -> Vec<(&str, View<'_>)> {
        self.iter()
            .map(|(key, value)| (key.as_ref(), value.view()))
            .collect()
    }

    fn insert(&mut self, key: String) -> Slot<'_> {
        let value = match self.entry(key.into()) {
            Entry::Occupied(occupied) => {
                let value = occupied.into_mut();
                *value = V::zero();
                value
            }
            Entry::Vacant(vacant) => vacant.insert(V::zero()),
        };
        value.slot()
    }
}
