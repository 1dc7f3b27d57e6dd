//! Reading: from XML to [`Slot`]s.
//!
//! Elements that the model does not know are passed over, and so is text between elements. A structure has each of its members once,
//! unless it is a flattened list or map, whose elements may stand anywhere among the others.

mod content;
mod cursor;
mod document;
mod reason;
mod scalar;

use self::cursor::Cursor;
use self::reason::Reason;
use super::name;
use crate::Document;
use crate::codec::path::{Path, Step};
use crate::codec::{DecodeError, Mode};
use crate::schema::{Member, Slot, Structure, Xml};

/// Reads a document: the value is in the last of the elements in `path`, each in the one before it; without any, it is the root, which
/// has the name of the member `of`. If that is empty, it may have any.
///
/// # Errors
/// If it is not XML, cut short, has another root, or the value is not what the slot takes.
pub(crate) fn read(
    bytes: &[u8],
    path: &[&str],
    slot: Slot<'_>,
    of: &Member,
    mode: Mode,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new(bytes, mode);
    let read = reader.document(path, slot, of);
    read.map_err(|reason| reason.into_error(&reader.path))
}

/// Reads a document whose root is a member of a structure.
///
/// # Errors
/// As [`read`], and if it is none of its members.
#[cfg(any(feature = "rest-xml", test))]
pub(crate) fn read_unwrapped(
    bytes: &[u8],
    structure: &mut dyn Structure,
) -> Result<(), DecodeError> {
    let mut reader = Reader::new(bytes, Mode::Correcting);
    let read = reader.unwrapped(structure);
    read.map_err(|reason| reason.into_error(&reader.path))
}

/// Reads a document of any kind: the name of its root, and what is in it.
pub(crate) fn read_any(bytes: &[u8]) -> Result<(String, Document), DecodeError> {
    let mut reader = Reader::new(bytes, Mode::Correcting);
    let mut contents = Document::Null;
    let read = reader.whole(&mut contents);
    let root = read.map_err(|reason| reason.into_error(&reader.path))?;
    Ok((root, contents))
}

struct Reader<'b> {
    xml: Cursor<'b>,
    mode: Mode,
    /// The path of the error, if there is one.
    path: Path,
}

impl<'b> Reader<'b> {
    fn new(bytes: &'b [u8], mode: Mode) -> Self {
        Self {
            xml: Cursor::new(bytes),
            mode,
            path: Path::default(),
        }
    }

    fn document(&mut self, path: &[&str], slot: Slot<'_>, of: &Member) -> Result<(), Reason> {
        let root = self.xml.root()?;
        match path.split_first() {
            Some((name, inner)) if root.is_named(name) => {
                self.within(inner, slot, of)?;
            }
            None if of.xml_name().is_empty() || root.is_named(of.xml_name()) => {
                self.value(slot.open(), of.form())?;
            }
            Some((name, _)) => return Err(Reason::root(name)),
            None => return Err(Reason::root(of.xml_name())),
        }
        self.xml.end()
    }

    /// Reads the value in the last of these elements, which lie one in the other.
    fn within(&mut self, path: &[&str], slot: Slot<'_>, of: &Member) -> Result<(), Reason> {
        let Some((name, inner)) = path.split_first() else {
            return self.contents(slot.open(), of.form());
        };
        let mut slot = Some(slot);
        while self.xml.child()? {
            if !self.xml.tag().is_named(name) {
                self.xml.skip()?;
                continue;
            }
            match slot.take() {
                Some(slot) => self.within(inner, slot, of)?,
                None => return Err(Reason::duplicate(name)),
            }
        }
        match slot {
            Some(Slot::Structure(structure)) if !requires_any(structure) => Ok(()),
            Some(_) => Err(Reason::lacks(name)),
            None => Ok(()),
        }
    }

    #[cfg(any(feature = "rest-xml", test))]
    fn unwrapped(&mut self, structure: &mut dyn Structure) -> Result<(), Reason> {
        let root = self.xml.root()?;
        let members = structure.members();
        let Some((index, member)) = content::find(members, 0, root) else {
            let expected = members.first().map(Member::xml_name);
            return Err(Reason::root(expected.unwrap_or_default()));
        };
        let read = self.value(structure.member_slot(index).open(), member.form());
        self.at(Step::Member(member.name), read)?;
        self.xml.end()
    }

    /// Reads a document of any kind.
    fn whole(&mut self, contents: &mut Document) -> Result<String, Reason> {
        let root = self.xml.root()?;
        *contents = self.any()?;
        self.xml.end()?;
        Ok(root.name().to_owned())
    }

    /// Notes where an error is.
    fn at<T>(&mut self, step: Step, result: Result<T, Reason>) -> Result<T, Reason> {
        if result.is_err() {
            self.path.push_front(step);
        }
        result
    }
}

fn requires_any(structure: &dyn Structure) -> bool {
    let mut members = structure.members().iter();
    members.any(|member| member.is_required)
}

/// Returns the name of the elements of a list.
fn element_name(xml: &Xml) -> &'static str {
    xml.of_elements().name.unwrap_or(name::ELEMENT)
}
