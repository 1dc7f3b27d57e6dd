//! Values that hold no others.

use std::borrow::Cow;

use minicbor::data::{Int, Type};
use minicbor::decode::Error;

use super::Reader;
use super::kind::{is_bytes, is_float, is_integer, is_text};
use super::reason::Reason;
use crate::codec::cbor::number::{self, Integer};
use crate::codec::cbor::{DECIMAL_FRACTION, NEGATIVE_BIGNUM, POSITIVE_BIGNUM, TIMESTAMP};
use crate::codec::{float, timestamp};
use crate::schema::Slot;
use crate::{BigDecimal, BigInteger, Blob, DateTime};

/// Puts what was read into its place, if it was read.
fn put<T>(slot: &mut T, read: Option<T>) -> bool {
    let Some(read) = read else { return false };
    *slot = read;
    true
}

impl<'b> Reader<'b> {
    /// Reads a value that holds no others. Returns `true` if it is one that belongs here.
    pub(super) fn scalar(&mut self, found: Type, slot: Slot<'_>) -> Result<bool, Reason> {
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

    pub(super) fn integer<T: TryFrom<Int>>(&mut self, found: Type) -> Result<Option<T>, Reason> {
        match is_integer(found) {
            true => Ok(self.cbor.int()?.try_into().ok()),
            false => Ok(None),
        }
    }

    /// Reads a number of any width.
    pub(super) fn float(&mut self, found: Type) -> Result<Option<f64>, Reason> {
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
    pub(super) fn digits(&mut self, found: Type) -> Result<Option<String>, Reason> {
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

    pub(super) fn big_decimal(&mut self, found: Type) -> Result<Option<BigDecimal>, Reason> {
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
    pub(super) fn text(&mut self) -> Result<Cow<'b, str>, Reason> {
        if self.cbor.datatype()? == Type::String {
            return Ok(Cow::Borrowed(self.cbor.str()?));
        }
        let pieces: Result<String, Error> = self.cbor.str_iter()?.collect();
        Ok(Cow::Owned(pieces?))
    }

    /// Reads a byte string, in one piece or in several.
    pub(super) fn bytes(&mut self) -> Result<Vec<u8>, Reason> {
        let pieces: Result<Vec<&[u8]>, Error> = self.cbor.bytes_iter()?.collect();
        Ok(pieces?.concat())
    }
}
