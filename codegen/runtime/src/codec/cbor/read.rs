//! Reading: from CBOR to [`Slot`]s.
//!
//! Depth is bounded, lengths that a message claims reserve no memory, and errors show nothing of what was read.

use std::borrow::Cow;

use minicbor::Decoder;
use minicbor::data::{Int, Type};
use minicbor::decode::Error;

use super::number::{self, Integer};
use super::{DECIMAL_FRACTION, NEGATIVE_BIGNUM, POSITIVE_BIGNUM, TIMESTAMP};
use crate::codec::path::{Path, Step};
use crate::codec::seen::SeenMembers;
use crate::codec::{DecodeError, Mode, float, timestamp};
use crate::schema::{List, Map, Member, Slot, Structure, Union};
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document};

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
    let read = reader.value(slot).and_then(|()| reader.end());
    read.map_err(|reason| {
        let text = match reader.path.is_empty() {
            true => reason.describe(),
            false => format!("{}: {}", reader.path, reason.describe()),
        };
        match reason {
            Reason::Syntax(error) if error.is_end_of_input() => DecodeError::incomplete(text),
            Reason::Syntax(_) => DecodeError::syntax(text),
            Reason::Value(_) => DecodeError::new(text),
        }
    })
}

/// The reason that a value cannot be read.
enum Reason {
    /// The bytes are not CBOR, or there are too few of them.
    Syntax(Error),
    /// The value is not what belongs here.
    Value(String),
}

impl Reason {
    fn describe(&self) -> String {
        match self {
            Self::Syntax(error) if error.is_end_of_input() => "the CBOR is cut short".to_owned(),
            Self::Syntax(_) => "the body is not CBOR".to_owned(),
            Self::Value(reason) => reason.clone(),
        }
    }
}

impl From<Error> for Reason {
    fn from(error: Error) -> Self {
        Self::Syntax(error)
    }
}

impl From<String> for Reason {
    fn from(reason: String) -> Self {
        Self::Value(reason)
    }
}

fn unexpected(found: Type, expected: &str) -> Reason {
    Reason::Value(format!("found {}, expected {expected}", name(found)))
}

/// Returns the type of a value in words, as errors about JSON have them.
fn name(found: Type) -> &'static str {
    match found {
        Type::Bool => "a boolean",
        Type::Null | Type::Undefined => "null",
        found if is_integer(found) => "an integer",
        found if is_float(found) => "a number",
        found if is_text(found) => "a string",
        found if is_bytes(found) => "a byte string",
        Type::Array | Type::ArrayIndef => "a list",
        Type::Map | Type::MapIndef => "an object",
        Type::Tag => "a value with a tag",
        _ => "a value of another kind",
    }
}

fn is_text(found: Type) -> bool {
    matches!(found, Type::String | Type::StringIndef)
}

fn is_bytes(found: Type) -> bool {
    matches!(found, Type::Bytes | Type::BytesIndef)
}

fn is_float(found: Type) -> bool {
    matches!(found, Type::F16 | Type::F32 | Type::F64)
}

fn is_integer(found: Type) -> bool {
    use Type::{I8, I16, I32, I64, U8, U16, U32, U64};
    matches!(
        found,
        U8 | U16 | U32 | U64 | I8 | I16 | I32 | I64 | Type::Int
    )
}

/// Puts what was read into its place, if it was read.
fn put<T>(slot: &mut T, read: Option<T>) -> bool {
    let Some(read) = read else { return false };
    *slot = read;
    true
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

    /// Reads a value that is not null.
    fn value(&mut self, slot: Slot<'_>) -> Result<(), Reason> {
        if self.depth == MAX_DEPTH {
            return Err(format!("values are nested deeper than {MAX_DEPTH} levels").into());
        }
        self.depth += 1;
        match slot.open() {
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

    /// Reads a value that holds no others; whether it is one that belongs here.
    fn scalar(&mut self, found: Type, slot: Slot<'_>) -> Result<bool, Reason> {
        Ok(match slot {
            Slot::Boolean(slot) if found == Type::Bool => put(slot, Some(self.cbor.bool()?)),
            Slot::Byte(slot) => put(slot, self.integer(found)?),
            Slot::Short(slot) => put(slot, self.integer(found)?),
            Slot::Integer(slot) => put(slot, self.integer(found)?),
            Slot::Long(slot) => put(slot, self.integer(found)?),
            Slot::IntEnum(slot) => match self.integer(found)? {
                Some(integer) => {
                    slot.set(integer);
                    true
                }
                None => false,
            },
            Slot::Float(slot) => put(slot, self.float(found)?.and_then(float::single)),
            Slot::Double(slot) => put(slot, self.float(found)?),
            Slot::BigInteger(slot) => put(slot, self.big_integer(found)?),
            Slot::BigDecimal(slot) => put(slot, self.big_decimal(found)?),
            Slot::Timestamp(slot) => put(slot, self.timestamp(found)?),
            Slot::String(slot) if is_text(found) => put(slot, Some(self.text()?.into_owned())),
            Slot::Text(slot) if is_text(found) => {
                slot.set(&self.text()?);
                true
            }
            Slot::Blob(slot) if is_bytes(found) => put(slot, Some(Blob::new(self.bytes()?))),
            _ => false,
        })
    }

    fn integer<T: TryFrom<Int>>(&mut self, found: Type) -> Result<Option<T>, Reason> {
        match is_integer(found) {
            true => Ok(self.cbor.int()?.try_into().ok()),
            false => Ok(None),
        }
    }

    /// Reads a number of any width.
    fn float(&mut self, found: Type) -> Result<Option<f64>, Reason> {
        Ok(match found {
            Type::F16 => Some(self.cbor.f16()?.into()),
            Type::F32 => Some(self.cbor.f32()?.into()),
            Type::F64 => Some(self.cbor.f64()?),
            _ => self.integer::<i128>(found)?.map(|integer| integer as f64),
        })
    }

    /// Reads seconds since 1970, with their tag or without.
    fn timestamp(&mut self, found: Type) -> Result<Option<DateTime>, Reason> {
        let found = match found {
            Type::Tag if self.cbor.tag()?.as_u64() == TIMESTAMP => self.cbor.datatype()?,
            found => found,
        };
        match is_float(found) {
            true => Ok(self.float(found)?.and_then(timestamp::from_f64)),
            false => Ok(self.integer(found)?.map(DateTime::from_secs)),
        }
    }

    fn big_integer(&mut self, found: Type) -> Result<Option<BigInteger>, Reason> {
        Ok(self.digits(found)?.and_then(|digits| digits.parse().ok()))
    }

    /// Reads the digits of an integer of any size, with `-` in front if it is negative.
    fn digits(&mut self, found: Type) -> Result<Option<String>, Reason> {
        if found != Type::Tag {
            let integer = self.integer::<i128>(found)?;
            return Ok(integer.map(|integer| integer.to_string()));
        }
        let is_negative = match self.cbor.tag()?.as_u64() {
            POSITIVE_BIGNUM => false,
            NEGATIVE_BIGNUM => true,
            _ => return Ok(None),
        };
        match is_bytes(self.cbor.datatype()?) {
            true => Ok(Integer::text_of_large(is_negative, &self.bytes()?)),
            false => Ok(None),
        }
    }

    fn big_decimal(&mut self, found: Type) -> Result<Option<BigDecimal>, Reason> {
        if is_float(found) {
            let number = self.float(found)?;
            return Ok(number.and_then(|number| number.to_string().parse().ok()));
        }
        let is_fraction =
            found == Type::Tag && self.cbor.probe().tag()?.as_u64() == DECIMAL_FRACTION;
        if !is_fraction {
            let digits = self.digits(found)?;
            return Ok(digits.and_then(|digits| digits.parse().ok()));
        }
        self.cbor.tag()?;
        let mut left = self.cbor.array()?;
        let mut exponent = None;
        if self.more(&mut left)? {
            let found = self.cbor.datatype()?;
            exponent = self.integer(found)?;
        }
        let mut mantissa = None;
        if self.more(&mut left)? {
            let found = self.cbor.datatype()?;
            mantissa = self.digits(found)?;
        }
        match (exponent, mantissa, self.more(&mut left)?) {
            (Some(exponent), Some(mantissa), false) => Ok(number::decimal(&mantissa, exponent)),
            _ => Ok(None),
        }
    }

    /// Reads a string, in one piece or in several.
    fn text(&mut self) -> Result<Cow<'b, str>, Reason> {
        if self.cbor.datatype()? == Type::String {
            return Ok(Cow::Borrowed(self.cbor.str()?));
        }
        let pieces: Result<String, Error> = self.cbor.str_iter()?.collect();
        Ok(Cow::Owned(pieces?))
    }

    /// Reads a byte string, in one piece or in several.
    fn bytes(&mut self) -> Result<Vec<u8>, Reason> {
        let pieces: Result<Vec<&[u8]>, Error> = self.cbor.bytes_iter()?.collect();
        Ok(pieces?.concat())
    }

    /// Returns `true` if another element or entry follows; `left` counts those of a list or map that tells its length.
    fn more(&mut self, left: &mut Option<u64>) -> Result<bool, Reason> {
        match left {
            Some(0) => Ok(false),
            Some(left) => {
                *left -= 1;
                Ok(true)
            }
            None if self.cbor.datatype()? == Type::Break => {
                self.cbor.set_position(self.cbor.position() + 1);
                Ok(false)
            }
            None => Ok(true),
        }
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
            let read = self.element(list);
            self.at(Step::Element(index), read)?;
            index += 1;
        }
        Ok(())
    }

    fn element(&mut self, list: &mut dyn List) -> Result<(), Reason> {
        if !self.null()? {
            return self.value(list.push());
        }
        if list.is_sparse() {
            list.push();
        } else if !self.corrects() {
            return Err(unexpected(Type::Null, "no null in this list"));
        }
        Ok(())
    }

    fn map(&mut self, map: &mut dyn Map) -> Result<(), Reason> {
        let mut left = self.begin_map()?;
        while self.more(&mut left)? {
            let key = self.key()?.into_owned();
            let read = self.entry(map, key);
            self.at(Step::Entry, read)?;
        }
        Ok(())
    }

    fn entry(&mut self, map: &mut dyn Map, key: String) -> Result<(), Reason> {
        if !self.null()? {
            return self.value(map.insert(key));
        }
        if map.is_sparse() {
            map.insert(key);
        } else if !self.corrects() {
            return Err(unexpected(Type::Null, "no null in this map"));
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
        let mut left = self.begin_map()?;
        while self.more(&mut left)? {
            let key = self.key()?;
            let Some((index, member)) = Member::find(members, &key) else {
                self.cbor.skip()?;
                continue;
            };
            if !seen.insert(index) {
                return Err(format!("duplicate field `{}`", member.name()).into());
            }
            let read = self.member(structure, index, member);
            self.at(Step::Member(member.name()), read)?;
        }
        match seen.missing(members) {
            Some(member) if !self.corrects() => {
                Err(format!("missing field `{}`", member.name()).into())
            }
            _ => Ok(()),
        }
    }

    fn member(
        &mut self,
        structure: &mut dyn Structure,
        index: usize,
        member: &Member,
    ) -> Result<(), Reason> {
        if !self.null()? {
            return self.value(structure.member_slot(index));
        }
        match structure.member_slot(index) {
            Slot::Document(document) => *document = Document::Null,
            slot if member.is_required && !self.corrects() => {
                return Err(unexpected(Type::Null, slot.expected()));
            }
            _ => {}
        }
        Ok(())
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
            let step = match Member::find(union.members(), &tag) {
                Some((_, member)) => Step::Member(member.name()),
                None => Step::Entry,
            };
            let read = self.value(union.set(&tag));
            self.at(step, read)?;
        }
        match is_set {
            true => Ok(()),
            false => Err(format!("the union {} has no member set", union.name()).into()),
        }
    }

    /// Reads what an unknown member of a union holds. What JSON does not know becomes what stands for it there: base64 for
    /// bytes, digits for numbers of any size.
    fn document(&mut self) -> Result<Document, Reason> {
        if self.depth == MAX_DEPTH {
            return Err(format!("values are nested deeper than {MAX_DEPTH} levels").into());
        }
        self.depth += 1;
        let document = match self.cbor.datatype()? {
            Type::Bool => self.cbor.bool()?.into(),
            Type::Array | Type::ArrayIndef => {
                let mut left = self.cbor.array()?;
                let mut elements = Vec::new();
                while self.more(&mut left)? {
                    elements.push(self.document()?);
                }
                Document::Array(elements)
            }
            Type::Map | Type::MapIndef => {
                let mut left = self.cbor.map()?;
                let mut entries = serde_json::Map::new();
                while self.more(&mut left)? {
                    entries.insert(self.key()?.into_owned(), self.document()?);
                }
                Document::Object(entries)
            }
            found => self.scalar_document(found)?,
        };
        self.depth -= 1;
        Ok(document)
    }

    fn scalar_document(&mut self, found: Type) -> Result<Document, Reason> {
        if is_text(found) {
            return Ok(self.text()?.into());
        }
        if is_bytes(found) {
            return Ok(crate::codec::blob::encode(&Blob::new(self.bytes()?)).into());
        }
        if is_float(found) {
            let number = self.float(found)?.unwrap_or_default();
            return Ok(float::non_finite(number).map_or_else(|| number.into(), Document::from));
        }
        if let Some(integer) = self.integer::<i128>(found)? {
            let signed = i64::try_from(integer).map(Document::from);
            let unsigned = || u64::try_from(integer).map(Document::from);
            return Ok(signed
                .or_else(|_| unsigned())
                .unwrap_or_else(|_| integer.to_string().into()));
        }
        if found != Type::Tag {
            self.cbor.skip()?;
            return Ok(Document::Null);
        }
        match self.cbor.probe().tag()?.as_u64() {
            POSITIVE_BIGNUM | NEGATIVE_BIGNUM => Ok(self.digits(found)?.into()),
            DECIMAL_FRACTION => {
                let decimal = self.big_decimal(found)?;
                Ok(decimal.map(|decimal| decimal.as_ref().to_owned()).into())
            }
            _ => {
                self.cbor.tag()?;
                self.document()
            }
        }
    }
}
