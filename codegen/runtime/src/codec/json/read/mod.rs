//! Reading: from any self-describing format of serde's to [`Slot`]s.
//!
//! One visitor reads values of every kind; which kinds are right is up to the slot. It says in its errors what it found and
//! what belongs there, but shows nothing of what was read.

mod number;
mod unknown;

use self::number::Exact;
use self::unknown::Unknown;
use super::scalar::{OUT_OF_RANGE, Scalar};
use crate::Document;
use crate::codec::path::{Path, Step};
use crate::codec::seen::SeenMembers;
use crate::codec::{DecodeError, Mode};
use crate::schema::{List, Map, Member, Slot, Structure, Union, Value};
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};
use std::fmt;
use std::mem;

/// Reads a value in the service's own form, which has to hold all that is required, and if it is a request, nothing that the model
/// does not know. The macros make serde's `Deserialize` of it.
///
/// # Errors
/// If something is missing or of another kind than the model says. The error says where, but does not show what was found.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserialize_as(deserializer, T::IS_REQUEST)
}

fn deserialize_as<'de, T: Value, D: Deserializer<'de>>(
    deserializer: D,
    refuses_unknown: bool,
) -> Result<T, D::Error> {
    let mut value = T::zero();
    let mut reader = Reader {
        refuses_unknown,
        ..Reader::new(Mode::Strict, number::is_json::<D::Error>())
    };
    match reader.read(value.slot(), deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// Reads a JSON body. An empty body reads as `{}`.
pub(crate) fn read_as(body: &[u8], slot: Slot<'_>, mode: Mode) -> Result<(), ReadError> {
    let body = match str::from_utf8(body) {
        Ok(text) if text.trim_ascii().is_empty() => "{}",
        Ok(text) => text,
        Err(error) => {
            return Err(ReadError {
                path: String::new(),
                is_cut_short: error.error_len().is_none(),
                source: serde_json::Error::custom(error),
            });
        }
    };
    let read = match slot {
        Slot::Structure(structure) => read_twice(body, structure, mode),
        other => read_once(body, other, Reader::new(mode, true)),
    };
    read.map_err(|(error, path)| ReadError {
        path: path.to_string(),
        is_cut_short: error.is_eof() || ends_in_number(body, &error),
        source: match is_out_of_range(&error) {
            true => serde_json::Error::custom(OUT_OF_RANGE),
            false => error,
        },
    })
}

/// Reads a body, and once more with all digits of its numbers if it has one that has been rounded and should not have been. The
/// second pass meets the same members as the first, and sets them anew.
fn read_twice(
    body: &str,
    structure: &mut dyn Structure,
    mode: Mode,
) -> Result<(), (serde_json::Error, Path)> {
    let mut reader = Reader::new(mode, false);
    match reader.read_all(body, Slot::Structure(structure)) {
        Ok(()) if !reader.lacks_digits => Ok(()),
        Err(error) if !reader.lacks_digits && !is_out_of_range(&error) => Err((error, reader.path)),
        _ => read_once(body, Slot::Structure(structure), Reader::new(mode, true)),
    }
}

fn read_once(
    body: &str,
    slot: Slot<'_>,
    mut reader: Reader,
) -> Result<(), (serde_json::Error, Path)> {
    let read = reader.read_all(body, slot);
    read.map_err(|error| (error, reader.path))
}

/// Returns `true` if a body ends amid a number. serde_json does not call that an end when it passes over a number to keep its text.
fn ends_in_number(body: &str, error: &serde_json::Error) -> bool {
    let number = body.trim_end_matches(|c: char| c.is_ascii_digit() || "+-.eE".contains(c));
    number.len() < body.len()
        && error.is_syntax()
        && error.to_string().starts_with("invalid number")
}

/// The error of a body that could not be read, with the member that it is about.
#[derive(Debug)]
pub(crate) struct ReadError {
    /// The member that could not be read, as in `JobPropertiesList[2].SubmitTime`; empty for the whole body.
    pub(crate) path: String,
    /// The error of that member. It shows nothing of the body.
    pub(crate) source: serde_json::Error,
    is_cut_short: bool,
}

impl ReadError {
    /// Converts into an error with the path and without line and column: a body is one line, and the path says more.
    pub(super) fn into_decode_error(self) -> DecodeError {
        let at_path = |reason: &str| match self.path.as_str() {
            "" => reason.to_owned(),
            path => format!("{path}: {reason}"),
        };
        if self.is_cut_short {
            return DecodeError::incomplete(at_path("the JSON is cut short"));
        }
        if !self.source.is_data() {
            return DecodeError::syntax(at_path("the body is not JSON"));
        }
        let text = self.source.to_string();
        let reason = text
            .rsplit_once(" at line ")
            .map_or(text.as_str(), |(text, _)| text);
        DecodeError::new(at_path(reason))
    }
}

/// The state of a read, shared by all levels of the value.
struct Reader {
    /// `true` if what is missing or null stays zero, `false` if it is an error.
    corrects: bool,
    /// `true` if a member that the model does not know is an error.
    refuses_unknown: bool,
    /// `true` if numbers that may not be rounded are read as raw JSON, for which the deserializer has to be serde_json's.
    keeps_digits: bool,
    /// `true` if a number that may not be rounded may have been.
    lacks_digits: bool,
    /// The path of the error, if there is one: filled in on the way back up, so that it costs nothing where all is well.
    path: Path,
    /// `true` if the error is about the value that was read, not about the text that it was read from.
    refused: bool,
}

/// The kind of value that was read.
#[derive(Eq, PartialEq)]
enum Read {
    Value,
    /// A null that is put up with, for something that cannot be null.
    Null,
}

// One reader for all types: it is not generic over what is read, only over where it comes from, so that a crate with a thousand
// structures has no more of this code than a crate with one.
impl Reader {
    fn new(mode: Mode, keeps_digits: bool) -> Self {
        Self {
            corrects: mode == Mode::Correcting,
            refuses_unknown: false,
            keeps_digits,
            lacks_digits: false,
            path: Path::default(),
            refused: false,
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        slot: Slot<'_>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let is_exact = self.keeps_digits && slot.is_exact();
        let seed = Seed {
            destination: Destination::Slot(slot),
            allows_null: false,
            reader: self,
        };
        let read = match is_exact {
            true => Exact(seed).deserialize(deserializer),
            false => seed.deserialize(deserializer),
        };
        read.map(drop)
    }

    /// Reads a text of JSON and nothing behind it.
    fn read_all(&mut self, body: &str, slot: Slot<'_>) -> Result<(), serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(body);
        self.read(slot, &mut json)?;
        json.end()
    }

    /// Returns an error about what was read.
    fn refuse<E>(&mut self, error: E) -> E {
        self.refused = true;
        error
    }

    /// Normalizes the numbers in a document, so that they are the same in every build.
    fn normalize<E: Error>(&mut self, document: &mut Document) -> Result<(), E> {
        number::normalize(document).map_err(|text| self.refuse(E::custom(text)))
    }

    /// Puts a scalar where it belongs.
    fn put<E: Error>(&mut self, scalar: Scalar<'_>, slot: Slot<'_>) -> Result<Read, E> {
        match scalar.put_into(slot) {
            Ok(()) => Ok(Read::Value),
            Err(text) => Err(self.refuse(E::custom(text))),
        }
    }

    /// Returns the error, with the path of the value that it is about. Errors of the deserializer itself stay as they are, since it may
    /// tell them apart: all but those about a number, which it is not always the one to find.
    #[cold]
    fn locate<E: Error>(&self, error: E) -> E {
        if (self.refused || is_out_of_range(&error)) && !self.path.is_empty() {
            E::custom(format_args!("{}: {error}", self.path))
        } else {
            error
        }
    }

    /// Notes where an error is.
    fn at<T, E>(&mut self, step: Step, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.path.push_front(step);
        }
        result
    }
}

/// Returns `true` if the error says that the deserializer could not hold a number.
fn is_out_of_range<E: Error>(error: &E) -> bool {
    error.to_string().starts_with(OUT_OF_RANGE)
}

fn unexpected<E: Error>(found: &str, expected: &str) -> E {
    E::custom(format_args!("found {found}, expected {expected}"))
}

/// The destination of a value: a slot that is there, or one that comes into being with a value that is not null.
enum Destination<'a> {
    Slot(Slot<'a>),
    Element(&'a mut dyn List),
    Entry(&'a mut dyn Map, &'a mut String),
    Variant(&'a mut dyn Union, &'a str),
}

impl<'a> Destination<'a> {
    /// Returns the slot for a value that is not null.
    fn open(self) -> Slot<'a> {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::Element(list) => list.push(),
            Self::Entry(map, key) => map.insert(mem::take(key)),
            Self::Variant(union, tag) => union.set(tag),
        };
        slot.open()
    }

    /// Reads a null. The error is the kind of value that should be here instead.
    fn take_null(self) -> Result<(), &'static str> {
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

struct Seed<'a, 'r> {
    destination: Destination<'a>,
    /// `true` if a null is tolerated where the model has none.
    allows_null: bool,
    reader: &'r mut Reader,
}

impl Seed<'_, '_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Read, E> {
        self.reader.put(scalar, self.destination.open())
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
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
        self.deserialize(deserializer)
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
                *document = Document::deserialize(SeqAccessDeserializer::new(elements))?;
                self.reader.normalize(document)?;
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
            Slot::Document(document) => {
                *document = Document::deserialize(MapAccessDeserializer::new(members))?;
                self.reader.normalize(document)?;
            }
            Slot::Unit => {
                IgnoredAny.visit_map(members)?;
            }
            other => {
                let (destination, allows_null) = (Destination::Slot(other), self.allows_null);
                let seed = Seed {
                    destination,
                    allows_null,
                    reader: self.reader,
                };
                return number::read_map(seed, members);
            }
        }
        Ok(Read::Value)
    }
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    // There may be some from a first pass.
    list.clear();
    let is_exact = reader.keeps_digits && list.is_exact();
    // Elements are read straight into the list, each into a slot of its own: there is no buffer in between.
    for index in 0.. {
        let seed = Seed {
            destination: Destination::Element(&mut *list),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = match is_exact {
            true => elements.next_element_seed(Exact(seed)),
            false => elements.next_element_seed(seed),
        };
        if reader.at(Step::Element(index), next)?.is_none() {
            break;
        }
    }
    Ok(())
}

fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let is_exact = reader.keeps_digits && map.is_exact();
    while let Some(mut key) = entries.next_key::<String>()? {
        if key == number::NUMBER {
            return Err(number::no_object(&mut entries, reader));
        }
        let seed = Seed {
            destination: Destination::Entry(&mut *map, &mut key),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = match is_exact {
            true => entries.next_value_seed(Exact(seed)),
            false => entries.next_value_seed(seed),
        };
        reader.at(Step::Entry, next)?;
    }
    Ok(())
}

fn read_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let members = structure.members();
    let mut seen = SeenMembers::default();
    let mut from = 0;
    while let Some(key) = entries.next_key_seed(MemberName {
        members,
        from,
        reader,
    })? {
        let (index, member) = match key {
            Key::Member(index, member) => (index, member),
            Key::Number => return Err(number::no_object(&mut entries, reader)),
            Key::Unknown => {
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
        };
        from = index + 1;
        if !seen.insert(index) {
            return Err(reader.refuse(A::Error::duplicate_field(member.name)));
        }
        let slot = structure.member_slot(index);
        let is_exact = reader.keeps_digits && slot.is_exact();
        let seed = Seed {
            destination: Destination::Slot(slot),
            allows_null: reader.corrects || !member.is_required,
            reader: &mut *reader,
        };
        let next = match is_exact {
            true => entries.next_value_seed(Exact(seed)),
            false => entries.next_value_seed(seed),
        };
        reader.at(Step::Member(member.name), next)?;
    }
    if reader.corrects {
        return Ok(());
    }
    match seen.missing(members) {
        Some(member) => Err(reader.refuse(A::Error::missing_field(member.name))),
        None => Ok(()),
    }
}

/// Reads a union: nulls and `__type` are no members, and exactly one member is set.
fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let mut is_set = false;
    while let Some(tag) = entries.next_key::<String>()? {
        if tag == number::NUMBER {
            return Err(number::no_object(&mut entries, reader));
        }
        let member = Member::named(union.members(), &tag);
        if member.is_none() && reader.refuses_unknown {
            let name = &tag;
            let members = union.members();
            return Err(reader.refuse(A::Error::custom(Unknown { name, members })));
        }
        if tag == "__type" {
            entries.next_value::<IgnoredAny>()?;
            continue;
        }
        if is_set {
            if entries.next_value::<Option<IgnoredAny>>()?.is_some() {
                let text = format_args!("the union {} has more than one member set", union.name());
                return Err(reader.refuse(A::Error::custom(text)));
            }
            continue;
        }
        let is_exact = reader.keeps_digits && union.set(&tag).is_exact();
        let seed = Seed {
            destination: Destination::Variant(&mut *union, &tag),
            allows_null: true,
            reader: &mut *reader,
        };
        let next = match is_exact {
            true => entries.next_value_seed(Exact(seed)),
            false => entries.next_value_seed(seed),
        };
        let step = match member {
            Some(member) => Step::Member(member.name),
            None => Step::Entry,
        };
        is_set = reader.at(step, next)? == Read::Value;
    }
    if is_set {
        return Ok(());
    }
    let text = format_args!("the union {} has no member set", union.name());
    Err(reader.refuse(A::Error::custom(text)))
}

/// A key of a structure.
enum Key {
    Member(usize, &'static Member),
    Unknown,
    /// It is no structure, but a number that serde_json hands over as a map.
    Number,
}

/// The name of a member, looked up among `members`. Services send them in much the order of the model, so the search starts
/// at the one that comes next there.
struct MemberName<'r> {
    members: &'static [Member],
    from: usize,
    reader: &'r mut Reader,
}

impl<'de> DeserializeSeed<'de> for MemberName<'_> {
    type Value = Key;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Key, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName<'_> {
    type Value = Key;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Key, E> {
        let members = self.members;
        let (before, after) = members.split_at_checked(self.from).unwrap_or_default();
        for (members, start) in [(after, self.from), (before, 0)] {
            let mut numbered = members.iter().enumerate();
            if let Some((index, member)) = numbered.find(|(_, member)| member.name == name) {
                return Ok(Key::Member(start + index, member));
            }
        }
        self.unknown(name)
    }
}

impl MemberName<'_> {
    #[cold]
    fn unknown<E: Error>(self, name: &str) -> Result<Key, E> {
        let members = self.members;
        match name {
            number::NUMBER => Ok(Key::Number),
            _ if self.reader.refuses_unknown => {
                Err(self.reader.refuse(E::custom(Unknown { name, members })))
            }
            _ => Ok(Key::Unknown),
        }
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;
