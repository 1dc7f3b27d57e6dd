//! The contents of an element: the values that hold others.

use quick_xml::XmlVersion;

use super::cursor::Tag;
use super::reason::Reason;
use super::{Reader, element_name, scalar};
use crate::codec::Mode;
use crate::codec::path::Step;
use crate::codec::seen::SeenMembers;
use crate::codec::xml::name::{self, local};
use crate::schema::{List, Map, Member, Slot, Structure, Union, Xml};

impl Reader<'_> {
    /// Reads an element, whose tag has been read, into a slot that is [open](Slot::open).
    #[inline]
    pub(super) fn value(&mut self, slot: Slot<'_>, xml: &Xml) -> Result<(), Reason> {
        match slot {
            Slot::Structure(structure) => {
                let mut seen = SeenMembers::default();
                if self.xml.tag().has_attributes() {
                    self.attributes(structure, &mut seen)?;
                }
                self.structure(structure, seen)
            }
            slot => self.contents(slot, xml),
        }
    }

    /// Reads the contents of an element, up to its end.
    pub(super) fn contents(&mut self, slot: Slot<'_>, xml: &Xml) -> Result<(), Reason> {
        match slot {
            Slot::List(list) => self.list(list, xml),
            Slot::Map(map) => self.map(map, xml),
            Slot::Structure(structure) => self.structure(structure, SeenMembers::default()),
            Slot::Union(union) => self.union(union),
            Slot::Document(document) => {
                *document = self.any()?;
                Ok(())
            }
            Slot::Unit => self.xml.skip(),
            slot => scalar::put(self.xml.text()?, slot),
        }
    }

    fn list(&mut self, list: &mut dyn List, xml: &Xml) -> Result<(), Reason> {
        let name = element_name(xml);
        let mut index = 0;
        while self.xml.child()? {
            if self.xml.tag().is_named(name) {
                self.element(list, xml, index)?;
                index += 1;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    fn element(&mut self, list: &mut dyn List, xml: &Xml, index: usize) -> Result<(), Reason> {
        let read = self.value(list.push().open(), xml.of_elements());
        self.at(Step::Element(index), read)
    }

    fn map(&mut self, map: &mut dyn Map, xml: &Xml) -> Result<(), Reason> {
        while self.xml.child()? {
            if self.xml.tag().is_named(name::ENTRY) {
                self.entry(map, xml)?;
            } else {
                self.xml.skip()?;
            }
        }
        Ok(())
    }

    /// Reads the key and the value of an entry, in this order.
    fn entry(&mut self, map: &mut dyn Map, xml: &Xml) -> Result<(), Reason> {
        let key_name = xml.of_keys().name.unwrap_or(name::KEY);
        let value_name = xml.of_elements().name.unwrap_or(name::VALUE);
        let mut key = None;
        let mut has_value = false;
        while self.xml.child()? {
            let tag = self.xml.tag();
            if tag.is_named(key_name) {
                if key.replace(self.xml.text()?.to_owned()).is_some() || has_value {
                    return self.at(Step::Entry, Err(Reason::duplicate(key_name)));
                }
            } else if tag.is_named(value_name) {
                let Some(key) = key.take() else {
                    let reason = match has_value {
                        true => Reason::duplicate(value_name),
                        false => Reason::lacks(key_name),
                    };
                    return self.at(Step::Entry, Err(reason));
                };
                has_value = true;
                let read = self.value(map.insert(key).open(), xml.of_elements());
                self.at(Step::Entry, read)?;
            } else {
                self.xml.skip()?;
            }
        }
        match has_value {
            true => Ok(()),
            false => self.at(Step::Entry, Err(Reason::lacks(value_name))),
        }
    }

    fn structure(
        &mut self,
        structure: &mut dyn Structure,
        mut seen: SeenMembers,
    ) -> Result<(), Reason> {
        let members = structure.members();
        let mut from = 0;
        while self.xml.child()? {
            let Some((index, member)) = find(members, from, self.xml.tag()) else {
                self.xml.skip()?;
                continue;
            };
            let is_first = seen.insert(index);
            let slot = structure.member_slot(index);
            let read = if member.form().is_flattened {
                // Another element of the same may come next.
                from = index;
                self.flattened(slot.reopen(), member.form())
            } else if is_first {
                from = index + 1;
                self.value(slot.open(), member.form())
            } else {
                return Err(Reason::duplicate(member.name));
            };
            self.at(Step::Member(member.name), read)?;
        }
        if self.mode == Mode::Strict {
            return missing(members, &mut seen);
        }
        Ok(())
    }

    /// Reads an element of a flattened list, or an entry of a flattened map.
    fn flattened(&mut self, slot: Slot<'_>, xml: &Xml) -> Result<(), Reason> {
        match slot {
            Slot::List(list) => {
                let index = list.count();
                self.element(list, xml, index)
            }
            Slot::Map(map) => self.entry(map, xml),
            slot => self.value(slot, xml),
        }
    }

    /// Reads the members that are attributes.
    fn attributes(
        &mut self,
        structure: &mut dyn Structure,
        seen: &mut SeenMembers,
    ) -> Result<(), Reason> {
        let members = structure.members();
        for attribute in self.xml.tag().attributes() {
            let attribute = attribute?;
            let is_it = |member: &Member| {
                member.form().is_attribute && member.xml_name() == attribute.key.as_ref()
            };
            if let Some((index, member)) = Member::find_by(members, 0, is_it) {
                seen.insert(index);
                let text = attribute.normalized_value(XmlVersion::Implicit1_0)?;
                let read = scalar::put(&text, structure.member_slot(index).open());
                self.at(Step::Member(member.name), read)?;
            }
        }
        Ok(())
    }

    /// Reads a union: exactly one member is set.
    fn union(&mut self, union: &mut dyn Union) -> Result<(), Reason> {
        let mut is_set = false;
        while self.xml.child()? {
            if is_set {
                let name = union.name();
                let reason = format!("the union {name} has more than one member set");
                return Err(Reason::value(reason));
            }
            is_set = true;
            let members = union.members();
            let tag = self.xml.tag();
            let found = find(members, 0, tag);
            let (step, read) = match found {
                Some((_, member)) if member.form().is_flattened => {
                    let slot = union.set(member.name).open();
                    let read = self.all_flattened(slot, member.form());
                    (Step::Member(member.name), read)
                }
                Some((_, member)) => {
                    let slot = union.set(member.name).open();
                    let read = self.value(slot, member.form());
                    (Step::Member(member.name), read)
                }
                None => {
                    let slot = union.set(tag.name()).open();
                    (Step::Entry, self.value(slot, &Xml::DEFAULT))
                }
            };
            self.at(step, read)?;
        }
        match is_set {
            true => Ok(()),
            false => {
                let reason = format!("the union {} has no member set", union.name());
                Err(Reason::value(reason))
            }
        }
    }

    /// Reads all elements of a flattened list or map that come one after the other.
    fn all_flattened(&mut self, mut slot: Slot<'_>, xml: &Xml) -> Result<(), Reason> {
        let name = self.xml.tag().name;
        loop {
            match &mut slot {
                Slot::List(list) => self.flattened(Slot::List(&mut **list), xml)?,
                Slot::Map(map) => self.flattened(Slot::Map(&mut **map), xml)?,
                _ => return Err(Reason::expected("several elements", "one")),
            }
            // What comes behind them is for who reads the union.
            if !self.xml.child()? {
                self.xml.put_back_end();
                return Ok(());
            }
            if self.xml.tag().name != name {
                self.xml.put_back();
                return Ok(());
            }
        }
    }
}

/// Finds the member of an element. A prefix does not count where the model has none.
#[inline]
pub(super) fn find<'m>(
    members: &'m [Member],
    from: usize,
    tag: Tag<'_>,
) -> Option<(usize, &'m Member)> {
    let found = Member::find_element(members, from, tag.name);
    found.or_else(|| Member::find_element(members, from, local(tag.name)?))
}

/// Checks that all is there that is required. A flattened list or map is there without an element.
fn missing(members: &'static [Member], seen: &mut SeenMembers) -> Result<(), Reason> {
    for (index, member) in members.iter().enumerate() {
        if member.form().is_flattened {
            seen.insert(index);
        }
    }
    match seen.missing(members) {
        Some(member) => Err(Reason::value(format!("missing field `{}`", member.name))),
        None => Ok(()),
    }
}
