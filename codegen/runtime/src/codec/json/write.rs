//! Writing: from a [`View`] to any format of serde's.

use super::{Json, number};
use crate::Document;
use crate::codec::{blob, float, timestamp};
use crate::schema::{Member, Structure, TimestampFormat, Union, Value, View};
use serde_core::ser::{Error, SerializeMap, SerializeSeq};
use serde_core::{Serialize, Serializer};

/// Writes a value in the form of serde, which is the service's JSON whatever its protocol. The macros make `Serialize` of it.
pub fn serialize<T: Value, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    Writing::new(value.view(), TimestampFormat::EpochSeconds, Json::NUMBERS).serialize(serializer)
}

/// Appends a value as the member `of` to a body.
pub(super) fn write(
    json: Json,
    view: View<'_>,
    of: &Member,
    bytes: &mut Vec<u8>,
) -> Result<(), serde_json::Error> {
    Writing::new(view, of.timestamps, json).serialize(&mut serde_json::Serializer::new(bytes))
}

#[cfg(test)]
pub(super) fn write_with<T: Value, S: Serializer>(
    value: &T,
    timestamps: TimestampFormat,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Writing::new(value.view(), timestamps, Json::NUMBERS).serialize(serializer)
}

/// A view, and what decides how it is written: the format of the timestamps in it, and the codec's settings.
struct Writing<'a> {
    view: View<'a>,
    timestamps: TimestampFormat,
    json: Json,
}

impl<'a> Writing<'a> {
    fn new(view: View<'a>, timestamps: TimestampFormat, json: Json) -> Self {
        Self {
            view,
            timestamps,
            json,
        }
    }

    /// Returns the writer of a value inside this one, whose timestamps have the same format.
    fn inner<'b>(&self, view: View<'b>) -> Writing<'b> {
        Writing::new(view, self.timestamps, self.json)
    }

    fn number<S: Serializer>(&self, text: &str, serializer: S) -> Result<S::Ok, S::Error> {
        match self.json.big_numbers_are_text {
            true => serializer.serialize_str(text),
            false => number::serialize(text, serializer),
        }
    }

    /// Writes a document as serde_json does, by what is there to write the model's values.
    fn document<S: Serializer>(
        &self,
        document: &Document,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        let view = match document {
            Document::Null => View::Null,
            Document::Bool(value) => View::Boolean(*value),
            Document::Number(number) => return number.serialize(serializer),
            Document::String(text) => View::Text(text),
            Document::Array(elements) => View::List(elements),
            Document::Object(object) => {
                let mut entries = serializer.serialize_map(Some(object.len()))?;
                for (key, value) in object {
                    entries.serialize_entry(key, &self.inner(View::Document(value)))?;
                }
                return entries.end();
            }
        };
        self.inner(view).serialize(serializer)
    }
}

impl Serialize for Writing<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.view {
            View::Null => serializer.serialize_unit(),
            View::Boolean(value) => serializer.serialize_bool(value),
            View::Integer(value) => serializer.serialize_i64(value),
            View::Float(value) => match float::non_finite(value.into()) {
                Some(text) => serializer.serialize_str(text),
                None => serializer.serialize_f32(value),
            },
            View::Double(value) => match float::non_finite(value) {
                Some(text) => serializer.serialize_str(text),
                None => serializer.serialize_f64(value),
            },
            View::BigInteger(value) => self.number(value.as_ref(), serializer),
            View::BigDecimal(value) => self.number(value.as_ref(), serializer),
            View::Text(text) => serializer.serialize_str(text),
            View::Blob(blob) => serializer.serialize_str(&blob::encode(blob)),
            View::Timestamp(timestamp) => {
                match timestamp::written(timestamp, self.timestamps).map_err(S::Error::custom)? {
                    timestamp::Written::Whole(seconds) => serializer.serialize_i64(seconds),
                    timestamp::Written::Fractional(seconds) => serializer.serialize_f64(seconds),
                    timestamp::Written::Text(text) => serializer.serialize_str(&text),
                }
            }
            View::Document(document) => self.document(document, serializer),
            View::Structure(structure) => write_structure(self.json, structure, serializer),
            View::Union(union) => write_union(self.json, union, serializer),
            View::List(list) => {
                let count = list.count();
                let mut elements = serializer.serialize_seq(Some(count))?;
                for index in 0..count {
                    elements.serialize_element(&self.inner(list.element_view(index)))?;
                }
                elements.end()
            }
            View::Map(map) => {
                let views = map.views();
                let mut entries = serializer.serialize_map(Some(views.len()))?;
                for (key, view) in views {
                    entries.serialize_entry(key, &self.inner(view))?;
                }
                entries.end()
            }
            View::Unit => serializer.serialize_map(Some(0))?.end(),
        }
    }
}

fn write_structure<S: Serializer>(
    json: Json,
    structure: &dyn Structure,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(None)?;
    for (index, member) in structure.members().iter().enumerate() {
        let view = structure.member_view(index);
        if !matches!(view, View::Null) {
            map.serialize_entry(member.name, &Writing::new(view, member.timestamps, json))?;
        }
    }
    map.end()
}

fn write_union<S: Serializer>(
    json: Json,
    union: &dyn Union,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let (tag, view) = union.member();
    let timestamps = match Member::named(union.members(), tag) {
        Some(member) => member.timestamps,
        None => TimestampFormat::EpochSeconds,
    };
    let mut map = serializer.serialize_map(Some(1))?;
    map.serialize_entry(tag, &Writing::new(view, timestamps, json))?;
    map.end()
}
