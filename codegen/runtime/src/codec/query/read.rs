//! Reading, as a service does: from parameters to a structure. For fakes.

use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::Dialect;
use crate::DecodeError;
use crate::codec::text;
use crate::codec::xml::name;
use crate::schema::{List, Map, Member, Slot, Structure, Union, Xml};

/// The parameters of a query, as a tree: those whose names begin alike are in the same branch.
#[derive(Debug, Default)]
pub(crate) struct Query {
    value: Option<String>,
    inner: BTreeMap<String, Self>,
}

/// The depth of the tree. What is deeper is left out.
const MAX_DEPTH: usize = 256;

impl Query {
    /// Parses the body of a request.
    pub(crate) fn parse(body: &[u8]) -> Self {
        let body = String::from_utf8_lossy(body);
        let mut query = Self::default();
        for pair in body.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let mut place = &mut query;
            for step in decoded(name).split('.').take(MAX_DEPTH) {
                place = place.inner.entry(step.to_owned()).or_default();
            }
            place.value = Some(decoded(value));
        }
        query
    }

    /// Returns the branches that are numbered, in the order of their numbers.
    fn numbered(&self) -> Vec<&Self> {
        let inner = self.inner.iter();
        let numbered = inner.filter_map(|(name, query)| Some((name.parse().ok()?, query)));
        let mut numbered: Vec<(u64, &Self)> = numbered.collect();
        numbered.sort_unstable_by_key(|(number, _)| *number);
        numbered.into_iter().map(|(_, query)| query).collect()
    }

    /// Reads the members of a structure.
    ///
    /// # Errors
    /// If a value is not what the model says.
    pub(crate) fn read(
        &self,
        dialect: Dialect,
        structure: &mut dyn Structure,
    ) -> Result<(), DecodeError> {
        for (index, member) in structure.members().iter().enumerate() {
            if let Some(query) = self.member(dialect, member) {
                let slot = structure.member_slot(index).open();
                let read = query.value(dialect, slot, member.form());
                read.map_err(|reason| DecodeError::new(format!("{}: {reason}", member.name)))?;
            }
        }
        Ok(())
    }

    fn member(&self, dialect: Dialect, member: &Member) -> Option<&Self> {
        let mut name = String::new();
        dialect.push_name(member, &mut name);
        self.inner.get(&name)
    }

    fn value(&self, dialect: Dialect, slot: Slot<'_>, xml: &Xml) -> Result<(), String> {
        match slot {
            Slot::Structure(structure) => self
                .read(dialect, structure)
                .map_err(|error| error.to_string()),
            Slot::Union(union) => self.union(dialect, union),
            Slot::List(list) => self.list(dialect, list, xml),
            Slot::Map(map) => self.map(dialect, map, xml),
            Slot::Unit => Ok(()),
            slot => {
                let text = self.value.as_deref().unwrap_or_default();
                text::read(text, slot).map_err(|expected| format!("expected {expected}"))
            }
        }
    }

    fn union(&self, dialect: Dialect, union: &mut dyn Union) -> Result<(), String> {
        for member in union.members() {
            if let Some(query) = self.member(dialect, member) {
                let slot = union.set(member.name).open();
                return query.value(dialect, slot, member.form());
            }
        }
        Err(format!("the union {} has no member set", union.name()))
    }

    fn list(&self, dialect: Dialect, list: &mut dyn List, xml: &Xml) -> Result<(), String> {
        let of_elements = xml.of_elements();
        let name = of_elements.name.unwrap_or(name::ELEMENT);
        let elements = match xml.is_flattened || dialect == Dialect::Ec2 {
            true => Some(self),
            false => self.inner.get(name),
        };
        for element in elements.into_iter().flat_map(Self::numbered) {
            element.value(dialect, list.push().open(), of_elements)?;
        }
        Ok(())
    }

    fn map(&self, dialect: Dialect, map: &mut dyn Map, xml: &Xml) -> Result<(), String> {
        let (keys, values) = (xml.of_keys(), xml.of_elements());
        let entries = match xml.is_flattened {
            true => Some(self),
            false => self.inner.get(name::ENTRY),
        };
        for entry in entries.into_iter().flat_map(Self::numbered) {
            let key = entry.inner.get(keys.name.unwrap_or(name::KEY));
            let key = key.and_then(|key| key.value.clone());
            let key = key.ok_or("an entry has no key")?;
            let value = entry.inner.get(values.name.unwrap_or(name::VALUE));
            let value = value.ok_or("an entry has no value")?;
            value.value(dialect, map.insert(key).open(), values)?;
        }
        Ok(())
    }
}

fn decoded(text: &str) -> String {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8_lossy().into_owned()
}
