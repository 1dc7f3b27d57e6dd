//! Reading, whole and with correction.

use super::read_as;
use crate::codec::Mode;
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
    match read_as(body, value.slot(), Mode::Correcting) {
        Ok(()) => Ok(value),
        Err(error) => Err(format!("{}: {}", error.path, error.source)),
    }
}

/// Reads without correction, as people's files are read.
fn strict<T: wire::Value>(json: &Value) -> Result<T, String> {
    crate::codec::json::testing::read(&json.to_string())
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
        "text", "number", "boolean", "document", "blob", "epoch", "date", "list", "sparse", "map",
        "inner", "shade",
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
    assert_eq!(
        crate::codec::json::testing::read::<Inner>(json)
            .unwrap()
            .name,
        "a"
    );
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
    read_as(
        json.to_string().as_bytes(),
        Slot::Document(&mut document),
        Mode::Correcting,
    )
    .unwrap();
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
