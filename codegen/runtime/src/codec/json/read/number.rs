//! Numbers, with all of their digits.
//!
//! serde knows integers of 64 bits and doubles, and serde_json rounds every other number to a double before anybody sees it. The
//! exception is a number that is read as raw JSON, so where a number belongs that may not be rounded, that is what serde_json is
//! asked for: always by serde, which reads a text once, and in a second pass over the body of a response, since few of them need
//! it and all would be read more slowly. serde_json hands raw JSON over as a map with one key, and so it does with every number once
//! some crate in the build has turned its feature `arbitrary_precision` on.

use super::seed::{Read, Seed};
use super::{Reader, unexpected};
use crate::Document;
use crate::codec::destination::Destination;
use crate::codec::json::scalar::Scalar;
use crate::schema::Slot;
use serde_core::de::{DeserializeSeed, Error, MapAccess, Visitor};
use serde_core::{Deserialize, Deserializer};
use std::any::type_name;
use std::borrow::Cow;
use std::fmt;
use std::sync::LazyLock;

/// The name by which serde_json knows a request for raw JSON, and the key under which it hands it over.
pub(super) const RAW: &str = "$serde_json::private::RawValue";

/// The key under which serde_json hands a number over, with its feature `arbitrary_precision`.
pub(super) const NUMBER: &str = "$serde_json::private::Number";

/// Returns `true` if the deserializer is one of serde_json's, which are those with its errors. There is no other way to tell, and a
/// wrong guess does no harm: a deserializer that does not know [`RAW`] sees a newtype around whatever comes.
pub(super) fn is_json<E>() -> bool {
    type_name::<E>() == type_name::<serde_json::Error>()
}

/// Returns `true` if a map that begins with this key is a number: with another build of serde_json, it is a key like any other, and so it
/// is behind another.
#[inline]
pub(super) fn is_number(key: &str, is_first: bool) -> bool {
    is_first && key == NUMBER && are_maps()
}

/// Returns `true` if serde_json hands numbers over as maps, which some crate in the build decides.
#[cold]
fn are_maps() -> bool {
    // Without that, a number beyond all doubles is out of range.
    static ARE_MAPS: LazyLock<bool> =
        LazyLock::new(|| serde_json::from_str::<Document>("1e400").is_ok());
    *ARE_MAPS
}

/// Reads a map into something that is not read from an object: a number, or nothing that belongs here.
pub(super) fn read_map<'de, A: MapAccess<'de>>(
    seed: Seed<'_, '_>,
    mut entries: A,
) -> Result<Read, A::Error> {
    match entries.next_key() {
        Ok(Some(Key::Number)) if are_maps() => entries.next_value_seed(Text {
            seed,
            is_raw: false,
        }),
        _ => seed.refuse("an object"),
    }
}

/// Reads a number whose key has been read into a slot. For one where no number belongs that is an error.
#[cold]
pub(super) fn read_value<'de, A: MapAccess<'de>>(
    entries: &mut A,
    slot: Slot<'_>,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let seed = Seed {
        destination: Destination::Slot(slot),
        allows_null: false,
        reader,
    };
    let is_raw = false;
    entries.next_value_seed(Text { seed, is_raw }).map(drop)
}

impl Seed<'_, '_> {
    /// Reads the JSON of a value where a number belongs.
    fn raw<E: Error>(self, json: &str) -> Result<Read, E> {
        match json.as_bytes().first() {
            Some(b'-' | b'0'..=b'9') => self.scalar(Scalar::number(json)),
            Some(b'"') => self.visit_str(&unquoted(json)?),
            Some(b'n') => self.visit_unit(),
            Some(b't') => self.visit_bool(true),
            Some(b'f') => self.visit_bool(false),
            Some(b'[') => self.refuse("a list"),
            _ => self.refuse("an object"),
        }
    }

    fn refuse<E: Error>(self, found: &str) -> Result<Read, E> {
        let expected = self.destination.open().expected();
        Err(self.reader.refuse(unexpected(found, expected)))
    }
}

/// Returns the text of a string of JSON.
fn unquoted<E: Error>(json: &str) -> Result<Cow<'_, str>, E> {
    let inner = json
        .strip_prefix('"')
        .and_then(|json| json.strip_suffix('"'));
    match inner.filter(|text| !text.contains('\\')) {
        Some(text) => Ok(Cow::Borrowed(text)),
        None => match json.parse().map_err(E::custom)? {
            Document::String(text) => Ok(Cow::Owned(text)),
            _ => Err(E::custom("invalid string")),
        },
    }
}

/// The visitor of raw JSON, where a number belongs that may not be rounded.
pub(super) struct Exact<'a, 'r>(pub(super) Seed<'a, 'r>);

impl<'de> Visitor<'de> for Exact<'_, '_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Read, A::Error> {
        let (seed, is_raw) = match entries.next_key() {
            Ok(Some(Key::Raw)) => (self.0, true),
            Ok(Some(Key::Number)) if are_maps() => (self.0, false),
            _ => return self.0.refuse("an object"),
        };
        entries.next_value_seed(Text { seed, is_raw })
    }

    /// Called by deserializers that have no raw JSON to hand over, such as those of a part of an untagged enum.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self.0)
    }
}

/// The text of a number, or of any JSON, and what it is read into.
struct Text<'a, 'r> {
    seed: Seed<'a, 'r>,
    is_raw: bool,
}

impl<'de> DeserializeSeed<'de> for Text<'_, '_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Text<'_, '_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        match self.is_raw {
            true => self.seed.raw(text),
            false => self.seed.scalar(Scalar::number(text)),
        }
    }
}

/// The key of a map that may be no map.
enum Key {
    Raw,
    Number,
    Other,
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;

        impl Visitor<'_> for KeyVisitor {
            type Value = Key;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_str<E: Error>(self, key: &str) -> Result<Key, E> {
                Ok(match key {
                    RAW => Key::Raw,
                    NUMBER => Key::Number,
                    _ => Key::Other,
                })
            }
        }

        deserializer.deserialize_str(KeyVisitor)
    }
}
