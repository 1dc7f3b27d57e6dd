//! Elements of any kind, as documents.

use serde_json::Map;
use serde_json::map::Entry;

use super::Reader;
use super::reason::Reason;
use crate::Document;

impl Reader<'_> {
    /// Reads the contents of an element: text, or an object of the elements in it, those of the same name as a list.
    pub(super) fn any(&mut self) -> Result<Document, Reason> {
        if let Some(text) = self.xml.text_or_child()? {
            return Ok(text.into());
        }
        let mut entries = Map::new();
        loop {
            self.add_to(&mut entries)?;
            if !self.xml.child()? {
                return Ok(Document::Object(entries));
            }
        }
    }

    /// Reads an element into an object.
    fn add_to(&mut self, entries: &mut Map<String, Document>) -> Result<(), Reason> {
        let name = self.xml.tag().name();
        let value = self.any()?;
        match entries.entry(name) {
            Entry::Vacant(entry) => drop(entry.insert(value)),
            Entry::Occupied(mut entry) => match entry.get_mut() {
                Document::Array(elements) => elements.push(value),
                single => *single = Document::Array(vec![single.take(), value]),
            },
        }
        Ok(())
    }
}
