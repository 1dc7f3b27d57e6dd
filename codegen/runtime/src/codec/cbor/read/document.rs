//! Values of any kind, as documents.

use minicbor::data::Type;

use super::kind::{is_bytes, is_float, is_text};
use super::reason::Reason;
use super::{MAX_DEPTH, Reader};
use crate::codec::cbor::{DECIMAL_FRACTION, NEGATIVE_BIGNUM, POSITIVE_BIGNUM};
use crate::codec::{blob, float};
use crate::{Blob, Document};

impl Reader<'_> {
    /// Reads what an unknown member of a union holds. What JSON does not know becomes what stands for it there: base64 for
    /// bytes, digits for numbers of any size.
    pub(super) fn document(&mut self) -> Result<Document, Reason> {
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
            return Ok(blob::encode(&Blob::new(self.bytes()?)).into());
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
