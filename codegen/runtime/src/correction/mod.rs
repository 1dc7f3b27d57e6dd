//! Smithy's client error correction: a response that leaves out what its model requires is read all the same.
//!
//! A generated crate has one static [`Correction`] per shape that a response can hold, and [`decode`] reads with it. The first
//! pass is strict and knows nothing of the table. Only where it fails is the body corrected and read again:
//!
//! - a required member that is missing or null gets its type's zero value: `""`, `0`, `false`, an empty list, map or blob, the
//!   start of 1970, an enum or union value that is unknown, a structure of zero values;
//! - a null for a member with a default goes, so that the default takes its place;
//! - nulls in dense lists and maps go.
//!
//! The [`Error`] for a body that cannot be read even so names members, but quotes nothing: the table tells names of the model from
//! keys of maps, which are the service's data.
//!
//! ```
//! use smithy_rt::correction::{Correction, Correction::*, decode, optional, required};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Job { id: String, steps: Option<Vec<Job>> }
//!
//! static JOB: Correction = Structure(&[required("id", &Text), optional("steps", &JOBS)]);
//! static JOBS: Correction = List(&JOB);
//!
//! let job: Job = decode(br#"{"id": null, "steps": [null, {}]}"#, &JOB).unwrap();
//! assert_eq!(job.id, "");
//! assert_eq!(job.steps.unwrap()[0].id, "");
//! ```

mod error;
mod path;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};

pub use self::error::Error;
pub(crate) use self::error::Problem;

/// What is right for the values of one shape.
#[derive(Debug)]
pub enum Correction {
    /// A string, string enum or blob.
    Text,
    /// A number, int enum or timestamp.
    Number,
    /// A boolean.
    Boolean,
    /// A document, which may be null.
    Document,
    /// A structure, with its members that need something or hold maps; others are left out.
    Structure(&'static [Member]),
    /// A union, with its members that need something or hold maps, all [`optional`]; others are left out.
    Union(&'static [Member]),
    /// A list, with its members' shape.
    List(&'static Correction),
    /// A list that may hold nulls.
    SparseList(&'static Correction),
    /// A map, with its values' shape.
    Map(&'static Correction),
    /// A map that may hold nulls.
    SparseMap(&'static Correction),
}

/// A member of a structure or union.
#[derive(Debug)]
pub struct Member {
    name: &'static str,
    presence: Presence,
    shape: &'static Correction,
}

#[derive(Debug)]
enum Presence {
    Required,
    Defaulted,
    Optional,
}

/// A member that is always there.
pub const fn required(name: &'static str, shape: &'static Correction) -> Member {
    Member {
        name,
        presence: Presence::Required,
        shape,
    }
}

/// A member that has a default.
pub const fn defaulted(name: &'static str, shape: &'static Correction) -> Member {
    Member {
        name,
        presence: Presence::Defaulted,
        shape,
    }
}

/// A member that may be missing or null; in a table only for what lies inside it.
pub const fn optional(name: &'static str, shape: &'static Correction) -> Member {
    Member {
        name,
        presence: Presence::Optional,
        shape,
    }
}

/// Deepest nesting of structures that is filled with zero values, so that a model that requires a structure inside itself, which
/// Smithy forbids, cannot overflow the stack.
const DEPTH: usize = 32;

impl Correction {
    /// Corrects `value`, as far as it is of this shape.
    fn correct(&self, value: &mut Value) {
        match (self, value) {
            (Self::Structure(members), Value::Object(object)) => {
                members.iter().for_each(|member| member.correct(object));
            }
            (Self::Union(members), Value::Object(object)) => {
                members
                    .iter()
                    .for_each(|member| member.correct_inside(object));
            }
            (Self::List(shape), Value::Array(values)) => {
                values.retain(|value| !shape.is_stray_null(value));
                values.iter_mut().for_each(|value| shape.correct(value));
            }
            (Self::Map(shape), Value::Object(object)) => {
                object.retain(|_, value| !shape.is_stray_null(value));
                object.values_mut().for_each(|value| shape.correct(value));
            }
            (Self::SparseList(shape), Value::Array(values)) => {
                values.iter_mut().for_each(|value| shape.correct(value));
            }
            (Self::SparseMap(shape), Value::Object(object)) => {
                object.values_mut().for_each(|value| shape.correct(value));
            }
            _ => {}
        }
    }

    fn is_stray_null(&self, value: &Value) -> bool {
        value.is_null() && !matches!(self, Self::Document)
    }

    /// What stands in for a required value of this shape.
    fn zero(&self, depth: usize) -> Value {
        match self {
            Self::Text => json!(""),
            Self::Number => json!(0),
            Self::Boolean => json!(false),
            Self::Document => Value::Null,
            Self::Structure(members) => match depth.checked_sub(1) {
                Some(depth) => members
                    .iter()
                    .filter_map(|member| member.zero(depth))
                    .collect(),
                None => Value::Null,
            },
            // A union's reader takes this for a member that it does not know.
            Self::Union(_) => json!({"": {}}),
            Self::List(_) | Self::SparseList(_) => json!([]),
            Self::Map(_) | Self::SparseMap(_) => json!({}),
        }
    }
}

impl Member {
    fn correct(&self, object: &mut Map<String, Value>) {
        let absent = object
            .get(self.name)
            .is_none_or(|value| self.shape.is_stray_null(value));
        match self.presence {
            Presence::Required if absent => {
                object.insert(self.name.to_owned(), self.shape.zero(DEPTH));
            }
            Presence::Defaulted if absent => {
                object.remove(self.name);
            }
            _ => self.correct_inside(object),
        }
    }

    fn correct_inside(&self, object: &mut Map<String, Value>) {
        if let Some(value) = object.get_mut(self.name) {
            self.shape.correct(value);
        }
    }

    fn zero(&self, depth: usize) -> Option<(String, Value)> {
        matches!(self.presence, Presence::Required)
            .then(|| (self.name.to_owned(), self.shape.zero(depth)))
    }
}

/// Reads the body of a response, which is corrected with `table` where that is needed. An empty body reads as `{}`.
///
/// # Errors
/// If the body cannot be read even so: what no correction mends.
pub fn decode<T: DeserializeOwned>(body: &[u8], table: &Correction) -> Result<T, Error> {
    // Checked once here, UTF-8 need not be checked string by string.
    let body = text(body)?;
    let error = match serde_json::from_str(body) {
        Ok(value) => return Ok(value),
        Err(error) => error,
    };
    // The corrected value goes through text once more, so that `T` is compiled for one deserializer, not for two.
    let Some(body) = corrected(body, table) else {
        return Err(Error::new(body, table, &error));
    };
    serde_json::from_str(&body).map_err(|error| Error::new(&body, table, &error))
}

fn text(body: &[u8]) -> Result<&str, Error> {
    match str::from_utf8(body) {
        Ok(text) if text.trim_ascii().is_empty() => Ok("{}"),
        Ok(text) => Ok(text),
        Err(_) => Err(Error::not_text()),
    }
}

fn corrected(body: &str, table: &Correction) -> Option<String> {
    let mut value = serde_json::from_str(body).ok()?;
    table.correct(&mut value);
    serde_json::to_string(&value).ok()
}

#[cfg(test)]
mod tests {
    use super::Correction::{
        Boolean, Document, List, Map, Number, SparseList, SparseMap, Structure, Text, Union,
    };
    use super::*;
    use crate::wire::{As, Base64, EpochSeconds, HttpDate};
    use crate::{Blob, DateTime};
    use proptest::prelude::*;
    use serde::{Deserialize, Serialize};
    use std::collections::HashMap;

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct All {
        text: String,
        number: i32,
        boolean: bool,
        document: Value,
        #[serde(with = "As::<Base64>")]
        blob: Blob,
        #[serde(with = "As::<EpochSeconds>")]
        epoch: DateTime,
        #[serde(with = "As::<HttpDate>")]
        date: DateTime,
        list: Vec<String>,
        sparse: Vec<Option<String>>,
        map: HashMap<String, Inner>,
        inner: Inner,
        #[serde(default = "seven")]
        defaulted: i32,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        optional: Option<Box<All>>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        documents: Vec<Value>,
        #[serde(default, skip_serializing_if = "HashMap::is_empty")]
        sparse_map: HashMap<String, Option<Inner>>,
    }

    fn seven() -> i32 {
        7
    }

    #[derive(Debug, Deserialize, PartialEq, Serialize)]
    struct Inner {
        name: String,
    }

    static ALL: Correction = Structure(&[
        required("text", &Text),
        required("number", &Number),
        required("boolean", &Boolean),
        required("document", &Document),
        required("blob", &Text),
        required("epoch", &Number),
        required("date", &Number),
        required("list", &List(&Text)),
        required("sparse", &SparseList(&Text)),
        required("map", &Map(&INNER)),
        required("inner", &INNER),
        defaulted("defaulted", &Number),
        optional("optional", &ALL),
        optional("documents", &List(&Document)),
        optional("sparse_map", &SparseMap(&INNER)),
    ]);

    static INNER: Correction = Structure(&[required("name", &Text)]);

    fn zero() -> All {
        All {
            text: String::new(),
            number: 0,
            boolean: false,
            document: Value::Null,
            blob: Blob::new(""),
            epoch: DateTime::from_secs(0),
            date: DateTime::from_secs(0),
            list: Vec::new(),
            sparse: Vec::new(),
            map: HashMap::new(),
            inner: Inner {
                name: String::new(),
            },
            defaulted: 7,
            optional: None,
            documents: Vec::new(),
            sparse_map: HashMap::new(),
        }
    }

    fn read<T: DeserializeOwned>(json: &Value, table: &Correction) -> Result<T, String> {
        decode(json.to_string().as_bytes(), table).map_err(|error| error.to_string())
    }

    #[test]
    fn missing_members_are_filled() {
        assert_eq!(decode::<All>(b"{}", &ALL).unwrap(), zero());
        assert_eq!(decode::<All>(b"", &ALL).unwrap(), zero());
        assert_eq!(decode::<All>(b" \n", &ALL).unwrap(), zero());
    }

    #[test]
    fn null_members_are_filled() {
        let nulls = json!({
            "text": null, "number": null, "boolean": null, "document": null, "blob": null, "epoch": null, "date": null,
            "list": null, "sparse": null, "map": null, "inner": null, "defaulted": null, "optional": null,
        });
        assert_eq!(read::<All>(&nulls, &ALL).unwrap(), zero());
    }

    #[test]
    fn members_are_filled_inside_of_others() {
        let json = json!({
            "list": ["a", null, "b"],
            "sparse": ["a", null],
            "map": {"a": null, "b": {}, "c": {"name": "c"}},
            "inner": {"name": null},
            "optional": {"optional": {"text": "deep"}},
            "documents": [null, {"name": null}],
            "sparse_map": {"a": null, "b": {}},
        });
        let all: All = read(&json, &ALL).unwrap();
        assert_eq!(all.list, ["a", "b"]);
        assert_eq!(all.sparse, [Some("a".to_owned()), None]);
        assert_eq!(all.map.len(), 2);
        assert_eq!(
            (all.map["b"].name.as_str(), all.map["c"].name.as_str()),
            ("", "c")
        );
        assert_eq!(all.inner.name, "");
        assert_eq!(all.optional.unwrap().optional.unwrap().text, "deep");
        assert_eq!(all.documents, [Value::Null, json!({"name": null})]);
        assert_eq!(all.sparse_map["a"], None);
        assert_eq!(
            all.sparse_map["b"],
            Some(Inner {
                name: String::new()
            })
        );
    }

    #[test]
    fn without_the_table_nothing_is_filled() {
        assert!(serde_json::from_str::<All>("{}").is_err());
        assert!(decode::<All>(b"{}", &Structure(&[])).is_err());
    }

    #[derive(Debug, PartialEq)]
    enum Shade {
        Known(Inner),
        Unknown { tag: String, value: Value },
    }

    impl crate::wire::Union for Shade {
        const NAME: &'static str = "Shade";

        fn read<'de, A: serde::de::MapAccess<'de>>(
            tag: &str,
            members: &mut A,
        ) -> Result<Option<Self>, A::Error> {
            Ok(match tag {
                "known" => crate::wire::next(members)?.map(Self::Known),
                _ => crate::wire::next(members)?.map(|value| Self::Unknown {
                    tag: tag.to_owned(),
                    value,
                }),
            })
        }

        fn write<M: serde::ser::SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
            match self {
                Self::Known(value) => map.serialize_entry("known", value),
                Self::Unknown { tag, value } => map.serialize_entry(tag, value),
            }
        }
    }

    crate::union!(Shade);

    #[test]
    fn a_missing_union_is_unknown_and_a_present_one_is_corrected_inside() {
        #[derive(Debug, Deserialize, PartialEq)]
        struct Lamp {
            shade: Shade,
        }
        static LAMP: Correction = Structure(&[required("shade", &SHADE)]);
        static SHADE: Correction = Union(&[optional("known", &INNER)]);

        let unknown = Shade::Unknown {
            tag: String::new(),
            value: json!({}),
        };
        assert_eq!(read::<Lamp>(&json!({}), &LAMP).unwrap().shade, unknown);
        assert_eq!(
            read::<Lamp>(&json!({"shade": null}), &LAMP).unwrap().shade,
            unknown
        );
        let known = Shade::Known(Inner {
            name: String::new(),
        });
        assert_eq!(
            read::<Lamp>(&json!({"shade": {"known": {}}}), &LAMP)
                .unwrap()
                .shade,
            known
        );
        assert!(
            read::<Lamp>(&json!({"shade": {}}), &LAMP)
                .unwrap_err()
                .starts_with("shade: the union Shade has no")
        );
    }

    #[test]
    fn the_error_says_where() {
        let body = serde_json::to_value(zero()).unwrap();
        for (pointer, value, message) in [
            ("/number", json!("x"), "number: found string, expected i32"),
            (
                "/map",
                json!({"k": {"name": [1]}}),
                "map[…].name: found sequence, expected a string",
            ),
            (
                "/list",
                json!(["a", 1]),
                "list[1]: found integer, expected a string",
            ),
            (
                "/epoch",
                json!("soon"),
                "epoch: found string, expected a timestamp",
            ),
            (
                "/blob",
                json!("?"),
                "blob: invalid base64: byte 0 is not of the alphabet",
            ),
        ] {
            let mut body = body.clone();
            *body.pointer_mut(pointer).unwrap() = value;
            let error = read::<All>(&body, &ALL).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
    }

    #[test]
    fn the_error_is_what_no_correction_mends() {
        let error =
            decode::<All>(b"{\"inner\": {}, \"text\": null, \"number\": true}", &ALL).unwrap_err();
        assert_eq!(error.path(), "number");
        assert_eq!(error.to_string(), "number: found boolean, expected i32");
    }

    #[test]
    fn what_is_not_json_is_an_error() {
        for body in [
            "<html>",
            "{",
            "{\"text\": \"a",
            "null",
            "[]",
            "\u{0}",
            "{} {}",
        ] {
            assert!(decode::<All>(body.as_bytes(), &ALL).is_err(), "{body}");
        }
        let error = decode::<All>(b"{\"text\": \"\xff\"}", &ALL).unwrap_err();
        assert_eq!(error.to_string(), "the body is not JSON");
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        let deep = "{\"optional\":".repeat(100_000);
        let error = decode::<All>(deep.as_bytes(), &ALL).unwrap_err();
        assert!(error.path().starts_with("optional.optional."), "{error}");
    }

    #[test]
    fn a_structure_that_requires_itself_ends_in_an_error() {
        #[derive(Debug, Deserialize)]
        struct Endless {
            #[allow(dead_code)]
            next: Box<Endless>,
        }
        static ENDLESS: Correction = Structure(&[required("next", &ENDLESS)]);
        let error = decode::<Endless>(b"{}", &ENDLESS).unwrap_err();
        assert!(error.to_string().starts_with("next.next."), "{error}");
    }

    proptest! {
        #[test]
        fn whatever_is_missing_or_null_is_corrected(
            fates in proptest::collection::vec(0..3, 15),
            members in Just(["text", "number", "boolean", "document", "blob", "epoch", "date", "list", "sparse", "map", "inner", "defaulted"]),
        ) {
            let mut body = serde_json::to_value(zero()).unwrap();
            for (member, fate) in members.iter().zip(fates) {
                match fate {
                    0 => drop(body.as_object_mut().unwrap().remove(*member)),
                    1 => body[*member] = Value::Null,
                    _ => {}
                }
            }
            prop_assert_eq!(read::<All>(&body, &ALL).unwrap(), zero());
        }
    }
}
