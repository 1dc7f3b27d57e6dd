//! Reading: from any self-describing format of serde's to [`Slot`]s.
//!
//! One visitor reads values of every kind; which kinds are right is up to the slot. It says in its errors what it found and
//! what belongs there, but shows nothing of what was read.

use super::scalar::Scalar;
use super::{List, Map, Member, Slot, Structure, Union, Value};
use crate::Document;
use serde_core::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde_core::de::{DeserializeSeed, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_core::{Deserialize, Deserializer};
use serde_json::Number;
use std::fmt;
use std::mem;

/// Reads a value in the service's own form, which has to hold all that is required. The macros make serde's `Deserialize` of it.
///
/// # Errors
/// If something is missing or of another kind than the model says. The error says where, but does not show what was found.
pub fn deserialize<'de, T: Value, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut value = T::zero();
    let mut reader = Reader::new(false);
    match reader.read(value.slot(), deserializer) {
        Ok(()) => Ok(value),
        Err(error) => Err(reader.locate(error)),
    }
}

/// Reads a value from JSON, which has to hold all that is required.
#[cfg(feature = "test-util")]
pub(crate) fn from_json<T: Value>(json: &[u8]) -> Result<T, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let value = deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a JSON body with client error correction. An empty body reads as `{}`.
pub(crate) fn read(body: &[u8], slot: Slot<'_>) -> Result<(), ReadError> {
    let body = match str::from_utf8(body) {
        Ok(text) if text.trim_ascii().is_empty() => "{}",
        Ok(text) => text,
        Err(error) => return Err(ReadError::of_body(serde_json::Error::custom(error))),
    };
    let mut reader = Reader::new(true);
    let mut json = serde_json::Deserializer::from_str(body);
    let read = reader.read(slot, &mut json).and_then(|()| json.end());
    read.map_err(|source| ReadError {
        path: show(&reader.path),
        source,
    })
}

/// Why a body could not be read, and where in it.
#[derive(Debug)]
pub(crate) struct ReadError {
    /// The member that could not be read, as in `JobPropertiesList[2].SubmitTime`; empty for the whole body. Keys of maps are
    /// not shown.
    pub(crate) path: String,
    /// What is wrong with it. It does not show what was found.
    pub(crate) source: serde_json::Error,
}

impl ReadError {
    fn of_body(source: serde_json::Error) -> Self {
        Self {
            path: String::new(),
            source,
        }
    }
}

/// A step of the way to where an error is.
enum Step {
    Member(&'static str),
    Element(usize),
    /// The value of a map, under a key that is data, not a name of the model.
    Entry,
}

/// Shows a path whose last step comes first.
fn show(path: &[Step]) -> String {
    let mut shown = String::new();
    for step in path.iter().rev() {
        match step {
            Step::Member(name) => {
                if !shown.is_empty() {
                    shown.push('.');
                }
                shown.push_str(name);
            }
            Step::Element(index) => shown.push_str(&format!("[{index}]")),
            Step::Entry => shown.push_str("[…]"),
        }
    }
    shown
}

/// What is the same all the way down.
struct Reader {
    /// Whether what is missing or null stays zero, or is an error.
    corrects: bool,
    /// Where the error is, innermost first. Filled only on the way out.
    path: Vec<Step>,
    /// Whether the error is about what was read, not about the text that it was read from.
    refused: bool,
}

/// What was read.
#[derive(Eq, PartialEq)]
enum Read {
    Value,
    /// A null that is put up with, for something that cannot be null.
    Null,
}

impl Reader {
    fn new(corrects: bool) -> Self {
        Self {
            corrects,
            path: Vec::new(),
            refused: false,
        }
    }

    fn read<'de, D: Deserializer<'de>>(
        &mut self,
        slot: Slot<'_>,
        deserializer: D,
    ) -> Result<(), D::Error> {
        let seed = Seed {
            place: Place::Slot(slot),
            allows_null: false,
            reader: self,
        };
        seed.deserialize(deserializer).map(drop)
    }

    /// An error about what was read.
    fn refuse<E>(&mut self, error: E) -> E {
        self.refused = true;
        error
    }

    /// The error, with the place that it is about. Errors of the deserializer itself stay as they are, since it may tell them apart.
    fn locate<E: Error>(&self, error: E) -> E {
        if self.refused && !self.path.is_empty() {
            E::custom(format_args!("{}: {error}", show(&self.path)))
        } else {
            error
        }
    }

    /// Notes where an error is.
    fn at<T, E>(&mut self, step: Step, result: Result<T, E>) -> Result<T, E> {
        if result.is_err() {
            self.path.push(step);
        }
        result
    }
}

fn unexpected<E: Error>(found: &str, expected: &str) -> E {
    E::custom(format_args!("found {found}, expected {expected}"))
}

/// What a value is read into: something that is there, or that comes into being with a value that is not null.
enum Place<'a> {
    Slot(Slot<'a>),
    Element(&'a mut dyn List),
    Entry(&'a mut dyn Map, &'a mut String),
    Variant(&'a mut dyn Union, &'a str),
}

impl<'a> Place<'a> {
    /// Where a value that is not null belongs.
    fn open(self) -> Slot<'a> {
        let slot = match self {
            Self::Slot(slot) => slot,
            Self::Element(list) => list.push(),
            Self::Entry(map, key) => map.insert(mem::take(key)),
            Self::Variant(union, tag) => union.set(tag),
        };
        slot.open()
    }

    /// Takes a null; or says what should be here instead.
    fn take_null(self) -> Result<(), &'static str> {
        match self {
            Self::Slot(Slot::Optional(_)) => {}
            Self::Slot(Slot::Document(document)) => *document = Document::Null,
            Self::Slot(slot) => return Err(slot.expected()),
            Self::Element(list) if list.is_sparse() => {
                list.push();
            }
            Self::Entry(map, key) if map.is_sparse() => {
                map.insert(mem::take(key));
            }
            Self::Element(_) => return Err("no null in this list"),
            Self::Entry(..) => return Err("no null in this map"),
            Self::Variant(..) => return Err("a value"),
        }
        Ok(())
    }
}

struct Seed<'a, 'r> {
    place: Place<'a>,
    /// Whether a null is put up with where there cannot be one.
    allows_null: bool,
    reader: &'r mut Reader,
}

impl Seed<'_, '_> {
    fn scalar<E: Error>(self, scalar: Scalar<'_>) -> Result<Read, E> {
        let put = scalar.put_into(self.place.open());
        put.map_err(|said| self.reader.refuse(E::custom(said)))?;
        Ok(Read::Value)
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_, '_> {
    type Value = Read;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_, '_> {
    type Value = Read;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value of the model")
    }

    fn visit_unit<E: Error>(self) -> Result<Read, E> {
        match self.place.take_null() {
            Ok(()) => Ok(Read::Value),
            Err(_) if self.allows_null => Ok(Read::Null),
            Err(expected) => Err(self.reader.refuse(unexpected("null", expected))),
        }
    }

    fn visit_none<E: Error>(self) -> Result<Read, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Read, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Read, E> {
        self.scalar(Scalar::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Read, E> {
        self.scalar(Scalar::Integer(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Read, E> {
        let unsigned = Scalar::Unsigned(value);
        self.scalar(i64::try_from(value).map_or(unsigned, Scalar::Integer))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Read, E> {
        self.scalar(Scalar::Double(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Read, E> {
        self.scalar(Scalar::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, elements: A) -> Result<Read, A::Error> {
        match self.place.open() {
            Slot::List(list) => read_list(list, elements, self.reader)?,
            Slot::Document(document) => {
                *document = Document::deserialize(SeqAccessDeserializer::new(elements))?;
            }
            Slot::Unit => {
                IgnoredAny.visit_seq(elements)?;
            }
            other => {
                let error = unexpected("a list", other.expected());
                return Err(self.reader.refuse(error));
            }
        }
        Ok(Read::Value)
    }

    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Read, A::Error> {
        match self.place.open() {
            Slot::Structure(structure) => read_structure(structure, members, self.reader)?,
            Slot::Union(union) => read_union(union, members, self.reader)?,
            Slot::Map(map) => read_map(map, members, self.reader)?,
            Slot::Document(document) => {
                *document = Document::deserialize(MapAccessDeserializer::new(members))?;
            }
            Slot::Unit => {
                IgnoredAny.visit_map(members)?;
            }
            other => return read_number(other, members, self.reader),
        }
        Ok(Read::Value)
    }
}

/// Reads a number that serde_json presents as a map, as it does when some crate in the build turns its feature
/// `arbitrary_precision` on.
fn read_number<'de, A: MapAccess<'de>>(
    slot: Slot<'_>,
    members: A,
    reader: &mut Reader,
) -> Result<Read, A::Error> {
    let Ok(number) = Number::deserialize(MapAccessDeserializer::new(members)) else {
        return Err(reader.refuse(unexpected("an object", slot.expected())));
    };
    let scalar = match (number.as_i64(), number.as_u64()) {
        (Some(integer), _) => Scalar::Integer(integer),
        (None, Some(integer)) => Scalar::Unsigned(integer),
        (None, None) => Scalar::Double(number.as_f64().unwrap_or(f64::NAN)),
    };
    let put = scalar.put_into(slot);
    put.map_err(|said| reader.refuse(A::Error::custom(said)))?;
    Ok(Read::Value)
}

fn read_list<'de, A: SeqAccess<'de>>(
    list: &mut dyn List,
    mut elements: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    for index in 0.. {
        let seed = Seed {
            place: Place::Element(&mut *list),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = elements.next_element_seed(seed);
        if reader.at(Step::Element(index), next)?.is_none() {
            break;
        }
    }
    Ok(())
}

fn read_map<'de, A: MapAccess<'de>>(
    map: &mut dyn Map,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    while let Some(mut key) = entries.next_key()? {
        let seed = Seed {
            place: Place::Entry(&mut *map, &mut key),
            allows_null: reader.corrects,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        reader.at(Step::Entry, next)?;
    }
    Ok(())
}

fn read_structure<'de, A: MapAccess<'de>>(
    structure: &mut dyn Structure,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let members = structure.members();
    let mut slots = structure.slots();
    let mut from = 0;
    while let Some(found) = entries.next_key_seed(MemberName { members, from })? {
        let Some((index, member)) = found else {
            entries.next_value::<IgnoredAny>()?;
            continue;
        };
        from = index + 1;
        let slot = match slots.get_mut(index) {
            None | Some(Slot::Filled) => {
                return Err(reader.refuse(A::Error::duplicate_field(member.name)));
            }
            Some(slot) => mem::replace(slot, Slot::Filled),
        };
        let seed = Seed {
            place: Place::Slot(slot),
            allows_null: reader.corrects || !member.is_required,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        reader.at(Step::Member(member.name), next)?;
    }
    if reader.corrects {
        return Ok(());
    }
    let is_missing =
        |(member, slot): &(&Member, &Slot<'_>)| member.is_required && !matches!(slot, Slot::Filled);
    match members.iter().zip(&slots).find(is_missing) {
        Some((member, _)) => Err(reader.refuse(A::Error::missing_field(member.name))),
        None => Ok(()),
    }
}

/// Reads a union: nulls and `__type` are no members, and exactly one member is set.
fn read_union<'de, A: MapAccess<'de>>(
    union: &mut dyn Union,
    mut entries: A,
    reader: &mut Reader,
) -> Result<(), A::Error> {
    let mut is_set = false;
    while let Some(tag) = entries.next_key::<String>()? {
        if tag == "__type" {
            entries.next_value::<IgnoredAny>()?;
            continue;
        }
        if is_set {
            if entries.next_value::<Option<IgnoredAny>>()?.is_some() {
                let said = format_args!("the union {} has more than one member set", union.name());
                return Err(reader.refuse(A::Error::custom(said)));
            }
            continue;
        }
        let seed = Seed {
            place: Place::Variant(&mut *union, &tag),
            allows_null: true,
            reader: &mut *reader,
        };
        let next = entries.next_value_seed(seed);
        let known = union.members().iter().find(|member| member.name == tag);
        let step = known.map_or(Step::Entry, |member| Step::Member(member.name));
        is_set = reader.at(step, next)? == Read::Value;
    }
    if is_set {
        return Ok(());
    }
    let said = format_args!("the union {} has no member set", union.name());
    Err(reader.refuse(A::Error::custom(said)))
}

/// The name of a member, looked up among `members`. Services send them in much the order of the model, so the search starts
/// at the one that comes next there.
struct MemberName {
    members: &'static [Member],
    from: usize,
}

impl<'de> DeserializeSeed<'de> for MemberName {
    type Value = Option<(usize, &'static Member)>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for MemberName {
    type Value = Option<(usize, &'static Member)>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Self::Value, E> {
        let (before, after) = self.members.split_at_checked(self.from).unwrap_or_default();
        for (members, start) in [(after, self.from), (before, 0)] {
            if let Some(index) = members.iter().position(|member| member.name == name) {
                return Ok(members.get(index).map(|member| (start + index, member)));
            }
        }
        Ok(None)
    }
}

#[cfg(test)]
#[allow(dead_code, reason = "the builders are not what is tested here")]
mod tests {
    use crate::wire::{self, Slot, Value as _};
    use crate::{Blob, DateTime, Document};
    use proptest::prelude::*;
    use serde_json::error::Category;
    use serde_json::{Value, json};
    use std::collections::HashMap;

    #[derive(Clone, Debug, PartialEq)]
    pub struct All {
        text: String,
        number: i32,
        boolean: bool,
        document: Document,
        blob: Blob,
        epoch: DateTime,
        date: DateTime,
        list: Vec<String>,
        sparse: Vec<Option<String>>,
        map: HashMap<String, Inner>,
        inner: Inner,
        shade: Shade,
        defaulted: i32,
        optional: Option<Box<All>>,
        documents: Option<Vec<Document>>,
        sparse_map: Option<HashMap<String, Option<Inner>>>,
    }

    crate::structure!(
        all_builder::AllBuilder,
        [
            text, number, boolean, document, blob, epoch, date, list, sparse, map, inner, shade
        ],
        All {
            text: required::<String>("text"),
            number: required::<i32>("number"),
            boolean: required::<bool>("boolean"),
            document: required::<Document>("document"),
            blob: required::<Blob>("blob"),
            epoch: required::<DateTime>("epoch"),
            date: required::<DateTime>("date").timestamps(HttpDate),
            list: required::<Vec<String>>("list"),
            sparse: required::<Vec<Option<String>>>("sparse"),
            map: required::<HashMap<String, Inner>>("map"),
            inner: required::<Inner>("inner"),
            shade: required::<Shade>("shade"),
            defaulted: defaulted::<i32>("defaulted", 7),
            optional: optional::<Box<All>>("optional", maybe_optional),
            documents: optional::<Vec<Document>>("documents", maybe_documents),
            sparse_map: optional::<HashMap<String, Option<Inner>>>("sparse_map", maybe_sparse_map),
        }
    );

    #[derive(Clone, Debug, Default, PartialEq)]
    pub struct Inner {
        name: String,
    }

    crate::structure!(
        inner_builder::InnerBuilder,
        [name],
        Inner {
            name: required::<impl Into<String>>("name"),
        }
    );

    #[derive(Clone, Debug, PartialEq)]
    pub enum Shade {
        Known(Inner),
        Unknown { tag: String, value: Document },
    }

    crate::union!(Shade {
        Known: value("known")
    });

    /// Reads with correction, as responses are read.
    fn correct<T: wire::Value>(json: &Value) -> Result<T, String> {
        decode(json.to_string().as_bytes())
    }

    fn decode<T: wire::Value>(body: &[u8]) -> Result<T, String> {
        let mut value = T::zero();
        match super::read(body, value.slot()) {
            Ok(()) => Ok(value),
            Err(error) => Err(format!("{}: {}", error.path, error.source)),
        }
    }

    /// Reads without correction, as people's files are read.
    fn strict<T: wire::Value>(json: &Value) -> Result<T, String> {
        wire::testing::read(&json.to_string())
    }

    #[test]
    fn zero_is_zero_or_the_default() {
        let zero = All::zero();
        assert_eq!(
            (zero.text.as_str(), zero.number, zero.defaulted),
            ("", 0, 7)
        );
        assert_eq!(zero.epoch, DateTime::from_secs(0));
        let unknown = Shade::Unknown {
            tag: String::new(),
            value: json!({}),
        };
        assert_eq!(zero.shade, unknown);
        assert_eq!(zero.optional, None);
    }

    #[test]
    fn what_is_missing_from_a_response_is_filled_in() {
        for body in ["{}", "", " \n"] {
            assert_eq!(decode::<All>(body.as_bytes()).unwrap(), All::zero());
        }
    }

    #[test]
    fn what_is_null_in_a_response_is_filled_in() {
        let nulls = json!({
            "text": null, "number": null, "boolean": null, "document": null, "blob": null, "epoch": null, "date": null,
            "list": null, "sparse": null, "map": null, "inner": null, "shade": null, "defaulted": null, "optional": null,
        });
        assert_eq!(correct::<All>(&nulls).unwrap(), All::zero());
    }

    #[test]
    fn members_are_filled_in_inside_of_others() {
        let json = json!({
            "list": ["a", null, "b"],
            "sparse": ["a", null],
            "map": {"a": null, "b": {}, "c": {"name": "c"}},
            "inner": {"name": null},
            "shade": {"known": {}},
            "optional": {"optional": {"text": "deep"}},
            "documents": [null, {"name": null}],
            "sparse_map": {"a": null, "b": {}},
        });
        let all: All = correct(&json).unwrap();
        assert_eq!(all.list, ["a", "b"]);
        assert_eq!(all.sparse, [Some("a".to_owned()), None]);
        assert_eq!(all.map.len(), 2);
        assert_eq!(all.map["b"], Inner::default());
        assert_eq!(all.map["c"].name, "c");
        assert_eq!(all.inner, Inner::default());
        assert_eq!(all.shade, Shade::Known(Inner::default()));
        assert_eq!(all.optional.unwrap().optional.unwrap().text, "deep");
        assert_eq!(all.documents.unwrap(), [Value::Null, json!({"name": null})]);
        let sparse_map = all.sparse_map.unwrap();
        assert_eq!(sparse_map["a"], None);
        assert_eq!(sparse_map["b"], Some(Inner::default()));
    }

    #[test]
    fn what_is_not_a_response_has_to_be_complete() {
        let complete = serde_json::to_value(All::zero()).unwrap();
        assert_eq!(strict::<All>(&complete).unwrap(), All::zero());
        for required in [
            "text", "number", "boolean", "document", "blob", "epoch", "date", "list", "sparse",
            "map", "inner", "shade",
        ] {
            let mut without = complete.clone();
            without.as_object_mut().unwrap().remove(required);
            let error = strict::<All>(&without).unwrap_err();
            assert!(
                error.starts_with(&format!("missing field `{required}`")),
                "{error}"
            );
            if required != "document" {
                let mut with_null = complete.clone();
                with_null[required] = Value::Null;
                let error = strict::<All>(&with_null).unwrap_err();
                let message = format!("{required}: found null, expected a");
                assert!(error.starts_with(&message), "{error}");
            }
        }
        for (member, value, message) in [
            (
                "list",
                json!(["a", null]),
                "list[1]: found null, expected no null in this list",
            ),
            (
                "map",
                json!({"a": null}),
                "map[…]: found null, expected no null in this map",
            ),
            (
                "inner",
                json!({}),
                "inner: missing field `name` at line 1 column ",
            ),
        ] {
            let mut wrong = complete.clone();
            wrong[member] = value;
            let error = strict::<All>(&wrong).unwrap_err();
            assert!(error.starts_with(message), "{error}");
        }
        assert!(
            strict::<All>(&Value::Null)
                .unwrap_err()
                .starts_with("found null")
        );
    }

    #[test]
    fn errors_of_the_text_itself_stay_what_they_are() {
        for (json, kind) in [
            (r#"{"name": "a"#, Category::Eof),
            (r#"{"name": @}"#, Category::Syntax),
            (r#"{"name": 1}"#, Category::Data),
        ] {
            let error = serde_json::from_str::<Inner>(json).unwrap_err();
            assert_eq!(error.classify(), kind, "{error}");
            assert_eq!(error.line(), 1, "{error}");
        }
    }

    #[test]
    fn what_may_be_left_out_may_be_null() {
        let mut json = serde_json::to_value(All::zero()).unwrap();
        for optional in ["defaulted", "optional", "documents", "sparse_map"] {
            json[optional] = Value::Null;
        }
        assert_eq!(strict::<All>(&json).unwrap(), All::zero());
    }

    #[test]
    fn members_are_read_in_any_order_and_strangers_are_skipped() {
        let json = r#"{"stranger": [{"name": 1}], "name": "a", "__type": "Inner"}"#;
        assert_eq!(wire::testing::read::<Inner>(json).unwrap().name, "a");
        let json = r#"{"inner": {"name": "a"}, "text": "b", "number": 1, "boolean": true}"#;
        let all: All = decode(json.as_bytes()).unwrap();
        assert_eq!(
            (all.inner.name.as_str(), all.text.as_str(), all.number),
            ("a", "b", 1)
        );
        assert!(all.boolean);
    }

    #[test]
    fn a_member_may_be_there_only_once() {
        let json = r#"{"name": "a", "name": "b"}"#;
        let error = decode::<Inner>(json.as_bytes()).unwrap_err();
        assert!(error.contains("duplicate field `name`"), "{error}");
    }

    #[test]
    fn errors_say_where_and_what_but_not_which_value() {
        let body = serde_json::to_value(All::zero()).unwrap();
        for (pointer, value, message) in [
            (
                "/number",
                json!("SECRET"),
                "number: found a string, expected an integer of 32 bits at line 1 column ",
            ),
            (
                "/number",
                json!(4_294_967_296_i64),
                "number: found an integer, expected an integer of 32 bits",
            ),
            (
                "/map",
                json!({"SECRET": {"name": [1]}}),
                "map[…].name: found a list, expected a string",
            ),
            (
                "/list",
                json!(["a", 1]),
                "list[1]: found an integer, expected a string",
            ),
            (
                "/epoch",
                json!("SECRET"),
                "epoch: found a string, expected a timestamp",
            ),
            (
                "/blob",
                json!("$SECRET"),
                "blob: invalid base64: byte 0 is not of the alphabet",
            ),
            (
                "/shade",
                json!({}),
                "shade: the union Shade has no member set",
            ),
            (
                "/shade",
                json!({"known": {"name": 1}}),
                "shade.known.name: found an integer",
            ),
            (
                "/shade",
                json!({"SECRET": 1, "known": {}}),
                "shade: the union Shade has more than one member set",
            ),
            (
                "/boolean",
                json!({}),
                "boolean: found an object, expected a boolean",
            ),
        ] {
            let mut body = body.clone();
            *body.pointer_mut(pointer).unwrap() = value;
            let error = correct::<All>(&body).unwrap_err();
            assert!(error.starts_with(message), "{error}");
            assert!(!error.contains("SECRET"), "{error}");
        }
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
            assert!(decode::<All>(body.as_bytes()).is_err(), "{body}");
        }
        let error = decode::<All>(b"{\"text\": \"\xff\"}").unwrap_err();
        assert_eq!(error, ": invalid utf-8 sequence of 1 bytes from index 10");
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_overflow() {
        for opening in ["{\"optional\":", "{\"documents\":[", "{\"stranger\":["] {
            assert!(decode::<All>(opening.repeat(100_000).as_bytes()).is_err());
        }
    }

    #[test]
    fn a_document_holds_anything() {
        let json = json!({"a": [1, -1, 1.5, true, null, "x", {"b": u64::MAX}]});
        let mut document = Document::Null;
        super::read(json.to_string().as_bytes(), Slot::Document(&mut document)).unwrap();
        assert_eq!(document, json);
    }

    proptest! {
        #[test]
        fn whatever_is_missing_or_null_is_corrected(fates in proptest::collection::vec(0..3, 16)) {
            let mut body = serde_json::to_value(All::zero()).unwrap();
            let members: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
            for (member, fate) in members.iter().zip(fates) {
                match fate {
                    0 => drop(body.as_object_mut().unwrap().remove(member)),
                    1 => body[member] = Value::Null,
                    _ => {}
                }
            }
            prop_assert_eq!(correct::<All>(&body).unwrap(), All::zero());
        }
    }
}
