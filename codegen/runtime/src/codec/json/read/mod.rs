//! Reading: from any self-describing format of serde's to [`Slot`]s.
//!
//! One visitor reads values of every kind; which kinds are right is up to the slot. It says in its errors what it found and
//! what belongs there, but shows nothing of what was read.

use super::scalar::Scalar;
use crate::Document;
use crate::codec::found::Found;
use crate::codec::path::{Path, Step};
use crate::codec::{DecodeError, Mode};
use crate::schema::{List, Map, Member, Slot, Structure, Union, Value};
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};
use serde_json::Number;
use std::fmt;
use std::mem;

/// Reads a value in the service's own form, which has to hold all that is required. The macros make serde's `Deserialize` of it.
///
/// # Errors
/// If something is missing or of another kind than the model says. The error says where, but does not show what was found.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::zero();
    let mut reader = Reader::new(false);
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
    let mut reader = Reader::new(mode == Mode::Correcting);
    let mut json = serde_json::Deserializer::from_str(body);
    let read = reader.read(slot, &mut json).and_then(|()| json.end());
    read.map_err(|source| ReadError {
        path: reader.path.to_string(),
        is_cut_short: source.is_eof(),
        source,
    })
}

/// Why a body could not be read, and where in it.
#[derive(Debug)]
pub(crate) struct ReadError {
    /// The member that could not be read, as in `JobPropertiesList[2].SubmitTime`; empty for the whole body.
    pub(crate) path: String,
    /// What is wrong with it. It does not show what was found.
    pub(crate) source: serde_json::Error,
    is_cut_short: bool,
}

impl ReadError {
    /// Says what is wrong, and where, without line and column: a body is one line, and the path says more.
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
        let said = self.source.to_string();
        let reason = said
            .rsplit_once(" at line ")
            .map_or(said.as_str(), |(said, _)| said);
        DecodeError::new(at_path(reason))
    }
}

/// What is the same all the way down.
struct Reader {
    /// Whether what is missing or null stays zero, or is an error.
    corrects: bool,
    /// Where the error is, if there is one.
    path: Path,
    /// Whether the error is about what was read, not about the text that it was read from.
    refused: bool,
}

/// What was read.
#[derive(Eq, PartialEq)]
enum Read {
    Value,
    /// A null that is put up with, for something that cannot be null.
    Null,
}

impl Reader {
    fn new(corrects: bool) -> Self {
        Self {
            corrects,
            path: Path::default(),
            refused: false,
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        slot: Slot<'_>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let seed = Seed {
            place: Place::Slot(slot),
            allows_null: false,
            reader: self,
        };
        seed.deserialize(deserializer).map(drop)
    }

    /// An error about what was read.
    fn refuse<E>(&mut self, error: E) -> E {
        self.refused = true;
        error
    }

    /// Puts a scalar where it belongs.
    fn put<E: Error>(&mut self, scalar: Scalar<'_>, slot: Slot<'_>) -> Result<Read, E> {
        match scalar.put_into(slot) {
            Ok(()) => Ok(Read::Value),
            Err(said) => Err(self.refuse(E::custom(said))),
        }
    }

    /// The error, with the place that it is about. Errors of the deserializer itself stay as they are, since it may tell them apart.
    fn locate<E: Error>(&self, error: E) -> E {
        if self.refused && !self.path.is_empty() {
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

fn unexpected<E: Error>(found: &str, expected: &str) -> E {
    E::custom(format_args!("found {found}, expected {expected}"))
}

/// What a value is read into: something that is there, or that comes into being with a value that is not null.
enum Place<'a> {
    Slot(Slot<'a>),
    Element(&'a mut dyn List),
    Entry(&'a mut dyn Map, &'a mut String),
    Variant(&'a mut dyn Union, &'a str),
}

impl<'a> Place<'a> {
    /// Where a value that is not null belongs.
    fn open(self) -> Slot<'a> {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::Element(list) => list.push(),
            Self::Entry(map, key) => map.insert(mem::take(key)),
            Self::Variant(union, tag) => union.set(tag),
        };
        slot.open()
    }

    /// Takes a null; or says what should be here instead.
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
    place: Place<'a>,
    /// Whether a null is put up with where there cannot be one.
    allows_null: bool,
    reader: &'r mut Reader,
}

impl Seed<'_, '_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Read, E> {
        self.reader.put(scalar, self.place.open())
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
        match self.place.take_null() {
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
        self.scalar(Scalar::Double(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Read, A::Error> {
        match self.place.open() {
            Slot::List(list) => read_list(list, elements, self.reader)?,
            Slot::Document(document) => {
                *document = Document::deserialize(SeqAccessDeserializer::new(elements))?;
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
        match self.place.open() {
            Slot::Structure(structure) => read_structure(structure, members, self.reader)?,
            Slot::Union(union) => read_union(union, members, self.reader)?,
            Slot::Map(map) => read_map(map, members, self.reader)?,
            Slot::Document(document) => {
                *document = Document::deserialize(MapAccessDeserializer::new(members))?;
            }
            Slot::Unit => {
                IgnoredAny.visit_map(members)?;
            }
            other => return read_number(other, members, self.reader),
        }
        Ok(Read::Value)
    }
}

/// Reads a number that serde_json presents as a map, as it does when some crate in the build turns its feature
/// `arbitrary_precision` on.
fn read_number<'de, A: MapAccess<'de>>(
    slot: Slot<'_>,
    members: A,
    reader: &mut Reader,
) -> Result<Read, A::Error> {
    let Ok(number) = Number::deserialize(MapAccessDeserializer::new(members)) else {
        return Err(reader.refuse(unexpected("an object", slot.expected())));
    };
    let scalar = match (number.as_i64(), number.as_u64()) {
        (Some(integer), _) => Scalar::Integer(integer),
        (None, Some(integer)) => Scalar::Unsigned(integer),
        (None, None) => Scalar::Double(number.as_f64().unwrap_or(f64::NAN)),
    };
    reader.put(scalar, slot)
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    for index in 0.. {
        let seed = Seed {
            place: Place::Element(&mut *list),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = elements.next_element_seed(seed);
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
    while let Some(mut key) = entries.next_key()? {
        let seed = Seed {
            place: Place::Entry(&mut *map, &mut key),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
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
    let mut found = Found::default();
    let mut from = 0;
    while let Some(known) = entries.next_key_seed(MemberName { members, from })? {
        let Some((index, member)) = known else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        from = index + 1;
        if !found.insert(index) {
            return Err(reader.refuse(A::Error::duplicate_field(member.name)));
        }
        let seed = Seed {
            place: Place::Slot(structure.member_slot(index)),
            allows_null: reader.corrects || !member.is_required,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        reader.at(Step::Member(member.name), next)?;
    }
    if reader.corrects {
        return Ok(());
    }
    match found.missing(members) {
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
        if tag == "__type" {
            entries.next_value::<IgnoredAny>()?;
            continue;
        }
        if is_set {
            if entries.next_value::<Option<IgnoredAny>>()?.is_some() {
                let said = format_args!("the union {} has more than one member set", union.name());
                return Err(reader.refuse(A::Error::custom(said)));
            }
            continue;
        }
        let seed = Seed {
            place: Place::Variant(&mut *union, &tag),
            allows_null: true,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        let step = match Member::named(union.members(), &tag) {
            Some(member) => Step::Member(member.name),
            None => Step::Entry,
        };
        is_set = reader.at(step, next)? == Read::Value;
    }
    if is_set {
        return Ok(());
    }
    let said = format_args!("the union {} has no member set", union.name());
    Err(reader.refuse(A::Error::custom(said)))
}

/// The name of a member, looked up among `members`. Services send them in much the order of the model, so the search starts
/// at the one that comes next there.
struct MemberName {
    members: &'static [Member],
    from: usize,
}

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Option<(usize, &'static Member)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName {
    type Value = Option<(usize, &'static Member)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let (before, after) = self.members.split_at_checked(self.from).unwrap_or_default();
        for (members, start) in [(after, self.from), (before, 0)] {
            if let Some(index) = members.iter().position(|member| member.name == name) {
                return Ok(members.get(index).map(|member| (start + index, member)));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests;
