//! The forms of types that are not generated: scalars, documents, and std's `Option`, `Box`, `Vec` and `HashMap`.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::hash::Hash;

use super::{List, Map, Optional, Slot, Value, View};
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};

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

    #[cfg(feature = "xml")]
    fn get_or_set(&mut self) -> Slot<'_> {
        self.get_or_insert_with(T::zero).slot()
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
