//! Writing: from a [`View`] to XML.

use super::name;
use crate::Document;
use crate::codec::{EncodeError, text};
use crate::schema::{List, Map, Member, Structure, TimestampFormat, Union, View, Xml};

/// Appends a value as the root of a document, with the name of the member `of`.
pub(super) fn write(view: View<'_>, of: &Member, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let name = of.xml_name();
    if name.is_empty() {
        return Err(EncodeError::new("the root of the XML has no name"));
    }
    let mut writer = Writer {
        xml: bytes,
        timestamps: of.timestamps,
    };
    writer.element(name, view, of.form())
}

/// Appends a document whose elements lie one in the other, as `path` names them, and the members of a structure in the last of them.
/// Before these come the elements in `before`, each a name and a text.
#[cfg(feature = "test-util")]
pub(crate) fn write_within(
    path: &[&str],
    before: &[(&str, &str)],
    view: View<'_>,
    bytes: &mut Vec<u8>,
) -> Result<(), EncodeError> {
    let mut writer = Writer {
        xml: bytes,
        timestamps: Member::ROOT.timestamps,
    };
    for name in path {
        writer.open(name, &Xml::DEFAULT);
    }
    for (name, text) in before {
        writer.element(name, View::Text(text), &Xml::DEFAULT)?;
    }
    writer.contents(view, &Xml::DEFAULT)?;
    for name in path.iter().rev() {
        writer.close(name);
    }
    Ok(())
}

struct Writer<'a> {
    xml: &'a mut Vec<u8>,
    /// The format of timestamps in the member that is being written.
    timestamps: TimestampFormat,
}

impl Writer<'_> {
    /// Writes a value as an element.
    fn element(&mut self, name: &str, view: View<'_>, xml: &Xml) -> Result<(), EncodeError> {
        self.tag(name, xml);
        if let View::Structure(structure) = view {
            self.attributes(structure)?;
        }
        self.xml.push(b'>');
        self.contents(view, xml)?;
        self.close(name);
        Ok(())
    }

    /// Writes the beginning of a tag, with the namespace that it declares.
    fn tag(&mut self, name: &str, xml: &Xml) {
        self.xml.push(b'<');
        self.push(name);
        if let Some(namespace) = xml.namespace {
            self.push(" xmlns");
            if let Some(prefix) = namespace.prefix {
                self.push(":");
                self.push(prefix);
            }
            self.push("=\"");
            // A namespace out of the model has no characters that have no form.
            let _ = self.escaped(namespace.uri, is_special_in_attribute);
            self.push("\"");
        }
    }

    fn open(&mut self, name: &str, xml: &Xml) {
        self.tag(name, xml);
        self.xml.push(b'>');
    }

    fn close(&mut self, name: &str) {
        self.push("</");
        self.push(name);
        self.xml.push(b'>');
    }

    fn push(&mut self, text: &str) {
        self.xml.extend_from_slice(text.as_bytes());
    }

    /// Writes what is in an element.
    fn contents(&mut self, view: View<'_>, xml: &Xml) -> Result<(), EncodeError> {
        match view {
            View::Structure(structure) => self.members(structure),
            View::Union(union) => self.union(union),
            View::List(list) => {
                let of_elements = xml.of_elements();
                let name = of_elements.name.unwrap_or(name::ELEMENT);
                self.list(list, name, of_elements)
            }
            View::Map(map) => {
                for (key, view) in sorted(map) {
                    self.open(name::ENTRY, &Xml::DEFAULT);
                    self.entry(key, view, xml)?;
                    self.close(name::ENTRY);
                }
                Ok(())
            }
            View::Document(document) => self.document(document),
            View::Unit => Ok(()),
            View::Null => Err(no_null()),
            scalar => match text::write(scalar, self.timestamps)? {
                Some(text) => self.escaped(&text, is_special),
                None => Ok(()),
            },
        }
    }

    fn list(&mut self, list: &dyn List, name: &str, xml: &Xml) -> Result<(), EncodeError> {
        for index in 0..list.count() {
            self.element(name, list.element_view(index), xml)?;
        }
        Ok(())
    }

    fn entry(&mut self, key: &str, value: View<'_>, xml: &Xml) -> Result<(), EncodeError> {
        let (keys, values) = (xml.of_keys(), xml.of_elements());
        self.element(keys.name.unwrap_or(name::KEY), View::Text(key), keys)?;
        self.element(values.name.unwrap_or(name::VALUE), value, values)
    }

    fn attributes(&mut self, structure: &dyn Structure) -> Result<(), EncodeError> {
        for (index, member) in structure.members().iter().enumerate() {
            let view = structure.member_view(index);
            if !member.form().is_attribute || matches!(view, View::Null) {
                continue;
            }
            let text = text::write(view, member.timestamps)
                .map_err(|error| error.within(member.name))?
                .unwrap_or_default();
            self.push(" ");
            self.push(member.xml_name());
            self.push("=\"");
            let written = self.escaped(&text, is_special_in_attribute);
            written.map_err(|error| error.within(member.name))?;
            self.push("\"");
        }
        Ok(())
    }

    fn members(&mut self, structure: &dyn Structure) -> Result<(), EncodeError> {
        for (index, member) in structure.members().iter().enumerate() {
            let view = structure.member_view(index);
            if !member.form().is_attribute && !matches!(view, View::Null) {
                self.member(member, view)?;
            }
        }
        Ok(())
    }

    fn union(&mut self, union: &dyn Union) -> Result<(), EncodeError> {
        let (tag, view) = union.member();
        match Member::named(union.members(), tag) {
            Some(member) => self.member(member, view),
            None => {
                check_name(tag)?;
                self.element(tag, view, &Xml::DEFAULT)
            }
        }
    }

    fn member(&mut self, member: &Member, view: View<'_>) -> Result<(), EncodeError> {
        let (name, xml) = (member.xml_name(), member.form());
        self.timestamps = member.timestamps;
        let written = match view {
            View::List(list) if xml.is_flattened => {
                let of_elements = Xml {
                    namespace: xml.namespace.or(xml.of_elements().namespace),
                    ..*xml.of_elements()
                };
                self.list(list, name, &of_elements)
            }
            View::Map(map) if xml.is_flattened => self.flattened_map(map, name, xml),
            view => self.element(name, view, xml),
        };
        written.map_err(|error| error.within(member.name))
    }

    fn flattened_map(&mut self, map: &dyn Map, name: &str, xml: &Xml) -> Result<(), EncodeError> {
        for (key, view) in sorted(map) {
            self.open(name, xml);
            self.entry(key, view, xml)?;
            self.close(name);
        }
        Ok(())
    }

    /// Writes what an unknown member of a union holds, as it was read.
    fn document(&mut self, document: &Document) -> Result<(), EncodeError> {
        match document {
            Document::Null => Ok(()),
            Document::Bool(value) => self.contents(View::Boolean(*value), &Xml::DEFAULT),
            Document::Number(number) => self.escaped(&number.to_string(), is_special),
            Document::String(text) => self.escaped(text, is_special),
            Document::Array(elements) => self.documents(name::ELEMENT, elements),
            Document::Object(entries) => {
                for (name, value) in entries {
                    check_name(name)?;
                    match value {
                        Document::Array(elements) => self.documents(name, elements)?,
                        value => self.element(name, View::Document(value), &Xml::DEFAULT)?,
                    }
                }
                Ok(())
            }
        }
    }

    fn documents(&mut self, name: &str, elements: &[Document]) -> Result<(), EncodeError> {
        for element in elements {
            self.element(name, View::Document(element), &Xml::DEFAULT)?;
        }
        Ok(())
    }

    /// Writes text with references in place of what has a meaning of its own, or does not come back as it was.
    fn escaped(&mut self, text: &str, is_special: fn(char) -> bool) -> Result<(), EncodeError> {
        let mut rest = text;
        while let Some(at) = rest.find(is_special) {
            let (plain, special) = rest.split_at(at);
            self.push(plain);
            let mut characters = special.chars();
            match characters.next() {
                Some('&') => self.push("&amp;"),
                Some('<') => self.push("&lt;"),
                Some('>') => self.push("&gt;"),
                Some('"') => self.push("&quot;"),
                Some(c @ ('\t' | '\n' | '\r' | '\u{85}' | '\u{2028}')) => {
                    self.push(&format!("&#x{:X};", u32::from(c)));
                }
                _ => {
                    return Err(EncodeError::new(
                        "XML has no form for control characters, other than tabs and the ends of lines",
                    ));
                }
            }
            rest = characters.as_str();
        }
        self.push(rest);
        Ok(())
    }
}

/// Returns the entries of a map in the order of their keys, so that the same map is always written the same way.
pub(in crate::codec) fn sorted(map: &dyn Map) -> Vec<(&str, View<'_>)> {
    let mut entries = map.views();
    entries.sort_unstable_by_key(|(key, _)| *key);
    entries
}

/// Returns `true` if a character cannot stand in text as it is, or readers may change it.
fn is_special(character: char) -> bool {
    match character {
        '&' | '<' | '>' | '\u{85}' | '\u{2028}' | '\u{fffe}' | '\u{ffff}' => true,
        '\t' => false,
        character => character < ' ',
    }
}

fn is_special_in_attribute(character: char) -> bool {
    matches!(character, '"' | '\t') || is_special(character)
}

/// Checks that what is not in the model can be the name of an element.
fn check_name(name: &str) -> Result<(), EncodeError> {
    let is_first = |c: char| c.is_alphabetic() || c == '_';
    let is_other = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ':');
    match name.starts_with(is_first) && name.chars().all(is_other) {
        true => Ok(()),
        false => Err(EncodeError::new(
            "an unknown member of a union has a name that XML has no form for",
        )),
    }
}

fn no_null() -> EncodeError {
    EncodeError::new("XML has no form for a null")
}
