//! Comparison of XML by what it means.

#![allow(clippy::panic, clippy::unwrap_used)] // In a test, to panic is to fail.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use serde_json::{Map, json};

use crate::Document;

/// Describes a document, so that two are equal if they mean the same: neither the order of attributes nor blanks between elements count, nor
/// the order of elements of different names. That of elements of the same name does, unless they may be the entries of a map: each
/// with two elements in it, the first of which is a text that no other has.
pub(crate) fn describe(xml: &str) -> Document {
    let mut xml = Reader::from_str(xml);
    let mut root = Element::default();
    root.read(&mut xml);
    root.describe()
}

#[derive(Default)]
struct Element {
    attributes: Map<String, Document>,
    text: String,
    elements: Vec<(String, Self)>,
}

impl Element {
    fn of(tag: &BytesStart<'_>) -> Self {
        let attributes = tag.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let value = attribute.normalized_value(quick_xml::XmlVersion::Implicit1_0);
            let value = value.unwrap().into_owned();
            (attribute.key.as_ref().to_owned(), value.into())
        });
        Self {
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    /// Reads what is in it.
    fn read(&mut self, xml: &mut Reader<&[u8]>) {
        loop {
            let mut add = |tag: &BytesStart<'_>, element| {
                let name = tag.name().as_ref().to_owned();
                self.elements.push((name, element));
            };
            match xml.read_event().unwrap() {
                Event::Start(tag) => {
                    let mut element = Self::of(&tag);
                    element.read(xml);
                    add(&tag, element);
                }
                Event::Empty(tag) => add(&tag, Self::of(&tag)),
                Event::Text(text) => self.text.push_str(&text.xml10_content()),
                Event::CData(text) => self.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let text = format!("&{};", &*reference);
                    let text = quick_xml::escape::unescape(&text);
                    self.text.push_str(&text.unwrap());
                }
                Event::End(_) | Event::Eof => return,
                _ => {}
            }
        }
    }

    fn describe(&self) -> Document {
        let mut elements: Map<String, Document> = Map::new();
        for (name, _) in &self.elements {
            let of_name = self.elements.iter().filter(|(other, _)| other == name);
            let of_name: Vec<&Self> = of_name.map(|(_, element)| element).collect();
            let mut described: Vec<Document> = of_name.iter().map(|it| it.describe()).collect();
            if are_entries(&of_name) {
                described.sort_by_key(ToString::to_string);
            }
            elements.insert(name.clone(), described.into());
        }
        let text = match elements.is_empty() {
            true => self.text.as_str(),
            false => self.text.trim(),
        };
        json!({ "attributes": sorted(&self.attributes), "text": text, "elements": sorted(&elements) })
    }
}

/// Orders the entries, since a map may be one that keeps the order in which they came.
fn sorted(map: &Map<String, Document>) -> Vec<(&String, &Document)> {
    let mut entries: Vec<_> = map.iter().collect();
    entries.sort_by_key(|(name, _)| *name);
    entries
}

fn are_entries(elements: &[&Element]) -> bool {
    let mut keys: Vec<&str> = Vec::new();
    for element in elements {
        match element.elements.as_slice() {
            [(_, key), (_, _)] if key.elements.is_empty() => keys.push(&key.text),
            _ => return false,
        }
    }
    let count = keys.len();
    keys.sort_unstable();
    keys.dedup();
    keys.len() == count
}
