//! Writing: from a [`View`] to CBOR.

use std::convert::Infallible;

use minicbor::Encoder;
use minicbor::data::{Int, Tag};
use minicbor::encode::{Error, Write};

use super::number::{self, Integer};
use super::{DECIMAL_FRACTION, NEGATIVE_BIGNUM, POSITIVE_BIGNUM, TIMESTAMP};
use crate::codec::EncodeError;
use crate::codec::timestamp::{self, Written};
use crate::schema::{Structure, TimestampFormat, View};
use crate::{BigDecimal, DateTime, Document};

/// Appends a value.
pub(super) fn write(view: View<'_>, bytes: &mut Vec<u8>) -> Result<(), EncodeError> {
    let mut writer = Writer(Encoder::new(Bytes(bytes)));
    writer.view(view)
}

/// Takes all that is written: a vector of bytes never fails.
struct Bytes<'a>(&'a mut Vec<u8>);

impl Write for Bytes<'_> {
    type Error = Infallible;

    fn write_all(&mut self, bytes: &[u8]) -> Result<(), Infallible> {
        self.0.extend_from_slice(bytes);
        Ok(())
    }
}

impl From<Error<Infallible>> for EncodeError {
    fn from(error: Error<Infallible>) -> Self {
        Self::new(error.to_string())
    }
}

struct Writer<'a>(Encoder<Bytes<'a>>);

impl Writer<'_> {
    fn view(&mut self, view: View<'_>) -> Result<(), EncodeError> {
        match view {
            View::Null => self.0.null()?,
            View::Boolean(value) => self.0.bool(value)?,
            View::Integer(value) => self.0.i64(value)?,
            View::Float(value) => self.0.f32(value)?,
            View::Double(value) => self.0.f64(value)?,
            View::BigInteger(value) => return self.big_integer(value.as_ref()),
            View::BigDecimal(value) => return self.big_decimal(value),
            View::Text(text) => self.0.str(text)?,
            View::Blob(blob) => self.0.bytes(blob.as_ref())?,
            View::Timestamp(timestamp) => return self.timestamp(timestamp),
            View::Document(document) => return self.document(document),
            View::Structure(structure) => return self.structure(structure),
            View::Union(union) => {
                let (tag, view) = union.member();
                self.0.map(1)?.str(tag)?;
                return self.view(view);
            }
            View::List(list) => {
                let count = list.count();
                self.0.array(count as u64)?;
                for index in 0..count {
                    self.view(list.element_view(index))?;
                }
                return Ok(());
            }
            View::Map(map) => {
                let views = map.views();
                self.0.map(views.len() as u64)?;
                for (key, view) in views {
                    self.0.str(key)?;
                    self.view(view)?;
                }
                return Ok(());
            }
            View::Unit => self.0.map(0)?,
        };
        Ok(())
    }

    fn structure(&mut self, structure: &dyn Structure) -> Result<(), EncodeError> {
        self.0.begin_map()?;
        for (index, member) in structure.members().iter().enumerate() {
            let view = structure.member_view(index);
            if !matches!(view, View::Null) {
                self.0.str(member.name())?;
                self.view(view)?;
            }
        }
        self.0.end()?;
        Ok(())
    }

    /// Writes seconds since 1970. `smithy.api#timestampFormat` means nothing in CBOR.
    fn timestamp(&mut self, timestamp: &DateTime) -> Result<(), EncodeError> {
        self.0.tag(Tag::new(TIMESTAMP))?;
        match timestamp::written(timestamp, TimestampFormat::EpochSeconds)
            .map_err(EncodeError::new)?
        {
            Written::Whole(seconds) => self.0.i64(seconds)?,
            Written::Fractional(seconds) => self.0.f64(seconds)?,
            Written::Text(text) => self.0.str(&text)?,
        };
        Ok(())
    }

    fn big_integer(&mut self, digits: &str) -> Result<(), EncodeError> {
        match Integer::parse(digits) {
            Some(Integer::Small(integer)) => self.0.int(integer)?,
            Some(Integer::Large { is_negative, bytes }) => {
                let tag = if is_negative {
                    NEGATIVE_BIGNUM
                } else {
                    POSITIVE_BIGNUM
                };
                self.0.tag(Tag::new(tag))?.bytes(&bytes)?
            }
            None => return Err(EncodeError::new("an integer has too many digits for CBOR")),
        };
        Ok(())
    }

    fn big_decimal(&mut self, decimal: &BigDecimal) -> Result<(), EncodeError> {
        let Some((mantissa, exponent)) = number::parts(decimal) else {
            return Err(EncodeError::new(
                "the exponent of a decimal number is too large for CBOR",
            ));
        };
        self.0
            .tag(Tag::new(DECIMAL_FRACTION))?
            .array(2)?
            .i64(exponent)?;
        self.big_integer(&mantissa)
    }

    /// Writes what an unknown member of a union holds.
    fn document(&mut self, document: &Document) -> Result<(), EncodeError> {
        match document {
            Document::Null => self.0.null()?,
            Document::Bool(value) => self.0.bool(*value)?,
            Document::Number(number) => match (number.as_i64(), number.as_u64()) {
                (Some(integer), _) => self.0.i64(integer)?,
                (None, Some(integer)) => self.0.int(Int::from(integer))?,
                (None, None) => self.0.f64(number.as_f64().unwrap_or(f64::NAN))?,
            },
            Document::String(text) => self.0.str(text)?,
            Document::Array(elements) => {
                self.0.array(elements.len() as u64)?;
                for element in elements {
                    self.document(element)?;
                }
                return Ok(());
            }
            Document::Object(entries) => {
                self.0.map(entries.len() as u64)?;
                for (key, value) in entries {
                    self.0.str(key)?;
                    self.document(value)?;
                }
                return Ok(());
            }
        };
        Ok(())
    }
}
