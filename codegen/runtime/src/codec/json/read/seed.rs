//! The visitor of values of every kind.

use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::aggregates::{read_list, read_map, read_object, read_structure, read_union, read_unit};
use super::number::{self, Exact, RAW};
use super::{Reader, unexpected};
use crate::Document;
use crate::codec::destination::Destination;
use crate::codec::json::scalar::Scalar;
use crate::schema::Slot;

/// A value that is to be read into a destination.
pub(super) struct Seed<'a, 'r> {
    pub(super) destination: Destination<'a>,
    /// `true` if a null is tolerated where the model has none.
    pub(super) allows_null: bool,
    pub(super) reader: &'r mut Reader,
}

/// The kind of value that was read.
#[derive(Eq, PartialEq)]
pub(super) enum Read {
    Value,
    /// A null that is put up with, for something that cannot be null.
    Null,
}

impl Seed<'_, '_> {
    pub(super) fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Read, E> {
        self.reader.put(scalar, self.destination.open())
    }

    /// Reads a number that may not be rounded as raw JSON. This is apart, since most of what is read is read without it.
    #[cold]
    fn deserialize_exactly<'de, D: Deserializer<'de>>(
        mut self,
        deserializer: D,
    ) -> Result<Read, D::Error> {
        match self.destination.is_exact() {
            true => deserializer.deserialize_newtype_struct(RAW, Exact(self)),
            false => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Read;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        match self.reader.keeps_digits {
            true => self.deserialize_exactly(deserializer),
            false => deserializer.deserialize_any(self),
        }
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the model")
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        match self.destination.take_null() {
            Ok(()) => Ok(Read::Value),
            Err(_) if self.allows_null => Ok(Read::Null),
            Err(expected) => Err(self.reader.refuse(unexpected("null", expected))),
        }
    }

    fn visit_none<E: Error>(self) -> Result<Read, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Read, E> {
        self.scalar(Scalar::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read, E> {
        self.scalar(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Read, E> {
        let unsigned = Scalar::Unsigned(value);
        self.scalar(i64::try_from(value).map_or(unsigned, Scalar::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read, E> {
        let slot = self.destination.open();
        self.reader.lacks_digits |= slot.is_exact();
        self.reader.put(Scalar::Double(value), slot)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Read, A::Error> {
        match self.destination.open() {
            Slot::List(list) => read_list(list, elements, self.reader)?,
            Slot::Document(document) => {
                let mut array = Vec::<Document>::new();
                read_list(&mut array, elements, self.reader)?;
                *document = Document::Array(array);
            }
            Slot::Unit => {
                IgnoredAny.visit_seq(elements)?;
            }
            other => {
                let error = unexpected("a list", other.expected());
                return Err(self.reader.refuse(error));
            }
        }
        Ok(Read::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Read, A::Error> {
        match self.destination.open() {
            Slot::Structure(structure) => read_structure(structure, members, self.reader)?,
            Slot::Union(union) => read_union(union, members, self.reader)?,
            Slot::Map(map) => read_map(map, members, self.reader)?,
            Slot::Document(document) => read_object(document, members, self.reader)?,
            Slot::Unit => read_unit(members, self.reader)?,
            other => {
                let seed = Seed {
                    destination: Destination::Slot(other),
                    ..self
                };
                return number::read_map(seed, members);
            }
        }
        Ok(Read::Value)
    }
}
