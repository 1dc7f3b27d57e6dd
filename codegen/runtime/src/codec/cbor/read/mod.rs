//! Reading: from CBOR to [`Slot`]s.
//!
//! Depth is bounded, lengths that a message claims reserve no memory, and errors show nothing of what was read.

mod document;
mod kind;
mod reason;
mod scalar;

use std::borrow::Cow;

use minicbor::Decoder;
use minicbor::data::Type;
use minicbor::decode::Error;

use self::kind::is_text;
use self::reason::{Reason, unexpected};
use crate::codec::destination::Destination;
use crate::codec::path::{Path, Step};
use crate::codec::seen::SeenMembers;
use crate::codec::{DecodeError, Mode};
use crate::schema::{List, Map, Member, Slot, Structure, Union};

/// The depth of nesting that is read, as in JSON.
const MAX_DEPTH: usize = 128;

/// An empty map, which stands for a body of no bytes.
const EMPTY: &[u8] = &[0xa0];

/// Reads a value and nothing behind it.
pub(super) fn read(bytes: &[u8], slot: Slot<'_>, mode: Mode) -> Result<(), DecodeError> {
    let mut reader = Reader {
        cbor: Decoder::new(if bytes.is_empty() { EMPTY } else { bytes }),
        mode,
        path: Path::default(),
        depth: 0,
    };
    let read = reader.place(Destination::Slot(slot), false);
    read.and_then(|()| reader.end()).map_err(|reason| {
        let text = reader.path.before(reason.describe());
        match reason {
            Reason::Syntax(error) if error.is_end_of_input() => DecodeError::incomplete(text),
            Reason::Syntax(_) => DecodeError::syntax(text),
            Reason::Value(_) => DecodeError::new(text),
        }
    })
}

struct Reader<'b> {
    cbor: Decoder<'b>,
    mode: Mode,
    /// The path of the error, if there is one.
    path: Path,
    depth: usize,
}

impl<'b> Reader<'b> {
    fn end(&self) -> Result<(), Reason> {
        match self.cbor.position() == self.cbor.input().len() {
            true => Ok(()),
            false => Err(Reason::Value("there is more behind the value".to_owned())),
        }
    }

    /// Notes where an error is.
    fn at<T>(&mut self, step: Step, result: Result<T, Reason>) -> Result<T, Reason> {
        if result.is_err() {
            self.path.push_front(step);
        }
        result
    }

    fn corrects(&self) -> bool {
        self.mode == Mode::Correcting
    }

    /// Takes a null, if one comes next.
    fn null(&mut self) -> Result<bool, Reason> {
        let is_null = matches!(self.cbor.datatype()?, Type::Null | Type::Undefined);
        if is_null {
            self.cbor.skip()?;
        }
        Ok(is_null)
    }

    /// Reads a value, or a null, which may be tolerated where the model has none.
    fn place(&mut self, to: Destination<'_>, allows_null: bool) -> Result<(), Reason> {
        if !self.null()? {
            return self.value(to.open());
        }
        match to.take_null() {
            Err(expected) if !allows_null => Err(unexpected(Type::Null, expected)),
            _ => Ok(()),
        }
    }

    /// Reads a value that is not null into a slot that is [open](Slot::open).
    fn value(&mut self, slot: Slot<'_>) -> Result<(), Reason> {
        if self.depth == MAX_DEPTH {
            return Err(format!("values are nested deeper than {MAX_DEPTH} levels").into());
        }
        self.depth += 1;
        match slot {
            Slot::List(list) => self.list(list)?,
            Slot::Map(map) => self.map(map)?,
            Slot::Structure(structure) => self.structure(structure)?,
            Slot::Union(union) => self.union(union)?,
            Slot::Document(document) => *document = self.document()?,
            Slot::Unit => self.cbor.skip()?,
            scalar => {
                let found = self.cbor.datatype()?;
                let expected = scalar.expected();
                if !self.scalar(found, scalar)? {
                    return Err(unexpected(found, expected));
                }
            }
        }
        self.depth -= 1;
        Ok(())
    }

    fn more(&mut self, left: &mut Option<u64>) -> Result<bool, Reason> {
        Ok(more(&mut self.cbor, left)?)
    }

    /// Reads the head of a map: how many entries it has, if it tells.
    fn begin_map(&mut self) -> Result<Option<u64>, Reason> {
        match self.cbor.datatype()? {
            Type::Map | Type::MapIndef => Ok(self.cbor.map()?),
            found => Err(unexpected(found, "an object")),
        }
    }

    fn list(&mut self, list: &mut dyn List) -> Result<(), Reason> {
        let found = self.cbor.datatype()?;
        if !matches!(found, Type::Array | Type::ArrayIndef) {
            return Err(unexpected(found, "a list"));
        }
        let mut left = self.cbor.array()?;
        let mut index = 0;
        while self.more(&mut left)? {
            let read = self.place(Destination::Element(list), self.corrects());
            self.at(Step::Element(index), read)?;
            index += 1;
        }
        Ok(())
    }

    fn map(&mut self, map: &mut dyn Map) -> Result<(), Reason> {
        let mut left = self.begin_map()?;
        while self.more(&mut left)? {
            let mut key = self.key()?.into_owned();
            let read = self.place(Destination::Entry(map, &mut key), self.corrects());
            self.at(Step::Entry, read)?;
        }
        Ok(())
    }

    fn key(&mut self) -> Result<Cow<'b, str>, Reason> {
        match self.cbor.datatype()? {
            found if is_text(found) => self.text(),
            found => Err(unexpected(found, "a string as a key")),
        }
    }

    fn structure(&mut self, structure: &mut dyn Structure) -> Result<(), Reason> {
        let members = structure.members();
        let mut seen = SeenMembers::default();
        let mut from = 0;
        let mut left = self.begin_map()?;
        while self.more(&mut left)? {
            let key = self.key()?;
            let Some((index, member)) = Member::find_from(members, from, &key) else {
                self.cbor.skip()?;
                continue;
            };
            from = index + 1;
            if !seen.insert(index) {
                return Err(format!("duplicate field `{}`", member.name()).into());
            }
            let destination = Destination::Slot(structure.member_slot(index));
            let read = self.place(destination, self.corrects() || !member.is_required);
            self.at(Step::Member(member.name()), read)?;
        }
        if self.corrects() {
            return Ok(());
        }
        match seen.missing(members) {
            Some(member) => Err(format!("missing field `{}`", member.name()).into()),
            None => Ok(()),
        }
    }

    /// Reads a union: nulls and `__type` are no members, and exactly one member is set.
    fn union(&mut self, union: &mut dyn Union) -> Result<(), Reason> {
        let mut is_set = false;
        let mut left = self.begin_map()?;
        while self.more(&mut left)? {
            let tag = self.key()?;
            if tag == "__type" {
                self.cbor.skip()?;
                continue;
            }
            if self.null()? {
                continue;
            }
            if is_set {
                let name = union.name();
                return Err(format!("the union {name} has more than one member set").into());
            }
            is_set = true;
            let step = match Member::named(union.members(), &tag) {
                Some(member) => Step::Member(member.name()),
                None => Step::Entry,
            };
            let read = self.value(Destination::Variant(union, &tag).open());
            self.at(step, read)?;
        }
        match is_set {
            true => Ok(()),
            false => Err(format!("the union {} has no member set", union.name()).into()),
        }
    }
}

/// Returns `true` if another element or entry follows; `left` counts those of a list or map that tells its length.
pub(super) fn more(cbor: &mut Decoder<'_>, left: &mut Option<u64>) -> Result<bool, Error> {
    match left {
        Some(0) => Ok(false),
        Some(left) => {
            *left -= 1;
            Ok(true)
        }
        None if cbor.datatype()? == Type::Break => {
            cbor.set_position(cbor.position() + 1);
            Ok(false)
        }
        None => Ok(true),
    }
}
