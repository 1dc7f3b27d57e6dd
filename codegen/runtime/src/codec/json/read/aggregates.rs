//! Values that hold others.

use std::fmt;

use serde_core::Deserializer;
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::seed::{Read, Seed};
use super::unknown::Unknown;
use super::{Reader, number};
use crate::Document;
use crate::codec::destination::Destination;
use crate::codec::path::Step;
use crate::codec::seen::SeenMembers;
use crate::schema::{List, Map, Member, Slot, Structure, Union};

/// Reads a list.
#[inline]
pub(super) fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    // There may be some from a first pass.
    list.clear();
    // Elements are read straight into the list, each into a slot of its own: there is no buffer in between.
    for index in 0.. {
        let seed = Seed {
            destination: Destination::Element(&mut *list),
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

/// Reads a map.
#[inline]
pub(super) fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let mut is_first = true;
    while let Some(mut key) = entries.next_key::<String>()? {
        if number::is_number(&key, is_first) {
            return number::read_value(&mut entries, Slot::Map(map), reader);
        }
        is_first = false;
        let seed = Seed {
            destination: Destination::Entry(&mut *map, &mut key),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        reader.at(Step::Entry, next)?;
    }
    Ok(())
}

/// Reads a structure: each member once, and if nothing is corrected, all that are required.
#[inline]
pub(super) fn read_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let members = structure.members();
    let mut seen = SeenMembers::default();
    let mut from = 0;
    let mut is_first = true;
    while let Some(key) = entries.next_key_seed(MemberName {
        members,
        from,
        is_first,
        reader,
    })? {
        is_first = false;
        let (index, member) = match key {
            Key::Member(index, member) => (index, member),
            Key::Number => {
                return number::read_value(&mut entries, Slot::Structure(structure), reader);
            }
            Key::Unknown => {
                entries.next_value::<IgnoredAny>()?;
                continue;
            }
        };
        from = index + 1;
        if !seen.insert(index) {
            return Err(reader.refuse(A::Error::duplicate_field(member.name)));
        }
        let seed = Seed {
            destination: Destination::Slot(structure.member_slot(index)),
            allows_null: reader.corrects || !member.is_required,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
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
#[inline]
pub(super) fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let mut is_set = false;
    let mut is_first = true;
    while let Some(tag) = entries.next_key::<String>()? {
        if number::is_number(&tag, is_first) {
            return number::read_value(&mut entries, Slot::Union(union), reader);
        }
        is_first = false;
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
        let seed = Seed {
            destination: Destination::Variant(&mut *union, &tag),
            allows_null: true,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
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

/// Reads an object into a document, or the number that serde_json hands over as one.
pub(super) fn read_object<'de, A: MapAccess<'de>>(
    document: &mut Document,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let mut object = serde_json::Map::new();
    while let Some(key) = entries.next_key::<String>()? {
        if number::is_number(&key, object.is_empty()) {
            return number::read_value(&mut entries, Slot::Document(document), reader);
        }
        let mut value = Document::Null;
        let seed = Seed {
            destination: Destination::Slot(Slot::Document(&mut value)),
            allows_null: true,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        reader.at(Step::Entry, next)?;
        object.insert(key, value);
    }
    *document = Document::Object(object);
    Ok(())
}

/// Reads a structure of which nothing is kept, since it has no members.
pub(super) fn read_unit<'de, A: MapAccess<'de>>(
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    while entries
        .next_key_seed(MemberName {
            members: &[],
            from: 0,
            // A number is passed over, too.
            is_first: true,
            reader,
        })?
        .is_some()
    {
        entries.next_value::<IgnoredAny>()?;
    }
    Ok(())
}

/// A key of a structure.
pub(super) enum Key {
    Member(usize, &'static Member),
    Unknown,
    /// That of a number, which serde_json hands over as a map. There is no structure.
    Number,
}

/// The name of a member, which is looked up among `members`, from the one on that comes next.
pub(super) struct MemberName<'r> {
    pub(super) members: &'static [Member],
    pub(super) from: usize,
    /// `true` if no key came before it.
    pub(super) is_first: bool,
    pub(super) reader: &'r mut Reader,
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
        match Member::find_from(self.members, self.from, name) {
            Some((index, member)) => Ok(Key::Member(index, member)),
            None => self.unknown(name),
        }
    }
}

impl MemberName<'_> {
    #[cold]
    fn unknown<E: Error>(self, name: &str) -> Result<Key, E> {
        let members = self.members;
        match name {
            _ if number::is_number(name, self.is_first) => Ok(Key::Number),
            _ if self.reader.refuses_unknown => {
                Err(self.reader.refuse(E::custom(Unknown { name, members })))
            }
            _ => Ok(Key::Unknown),
        }
    }
}
