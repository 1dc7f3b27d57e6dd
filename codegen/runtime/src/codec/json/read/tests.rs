//! Reading, whole and with correction.

use super::read;
use crate::codec::Mode;
use crate::schema::{self, Slot, Value as _};
use crate::{BigDecimal, BigInteger, Blob, DateTime, Document, UnknownInteger};
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
    Known: value::<Inner>("known", as_known)
});

/// Reads with correction, as responses are read.
fn correct<T: schema::Value>(json: &Value) -> Result<T, String> {
    decode(json.to_string().as_bytes())
}

fn decode<T: schema::Value>(body: &[u8]) -> Result<T, String> {
    let mut value = T::zero();
    match read(body, value.slot(), Mode::Correcting) {
        Ok(()) => Ok(value),
        Err(error) => Err(error.to_string()),
    }
}

/// Reads without correction, as people's files are read.
fn strict<T: schema::Value>(json: &Value) -> Result<T, String> {
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
            "number: found a string, expected an integer of 32 bits",
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
    assert_eq!(error, "invalid utf-8 sequence of 1 bytes from index 10");
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
    read(
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

#[derive(Clone, Debug, PartialEq)]
pub struct Numbers {
    byte: Option<i8>,
    short: Option<i16>,
    integer: Option<i32>,
    long: Option<i64>,
    size: Option<Size>,
    float: Option<f32>,
    double: Option<f64>,
    big_integer: Option<BigInteger>,
    big_decimal: Option<BigDecimal>,
    at: Option<DateTime>,
    longs: Option<Vec<i64>>,
    sparse: Option<Vec<Option<i64>>>,
    map: Option<HashMap<String, i64>>,
    choice: Option<Choice>,
    document: Option<Document>,
    inner: Option<Inner>,
}

crate::structure!(
    numbers_builder::NumbersBuilder,
    [],
    Numbers {
        byte: optional::<i8>("byte", maybe_byte),
        short: optional::<i16>("short", maybe_short),
        integer: optional::<i32>("integer", maybe_integer),
        long: optional::<i64>("long", maybe_long),
        size: optional::<Size>("size", maybe_size),
        float: optional::<f32>("float", maybe_float),
        double: optional::<f64>("double", maybe_double),
        big_integer: optional::<BigInteger>("big_integer", maybe_big_integer),
        big_decimal: optional::<BigDecimal>("big_decimal", maybe_big_decimal),
        at: optional::<DateTime>("at", maybe_at),
        longs: optional::<Vec<i64>>("longs", maybe_longs),
        sparse: optional::<Vec<Option<i64>>>("sparse", maybe_sparse),
        map: optional::<HashMap<String, i64>>("map", maybe_map),
        choice: optional::<Choice>("choice", maybe_choice),
        document: optional::<Document>("document", maybe_document),
        inner: optional::<Inner>("inner", maybe_inner),
    }
);

#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Size {
    Small,
    Unknown(UnknownInteger),
}

crate::int_enum!(Size { Small: 1 });

#[derive(Clone, Debug, PartialEq)]
pub enum Choice {
    Long(i64),
    Inner(Inner),
    Nothing,
    Unknown { tag: String, value: Document },
}

crate::union!(Choice {
    Long: value::<i64>("long", as_long),
    Inner: value::<Inner>("inner", as_inner),
    Nothing: unit("nothing", as_nothing),
});

/// Reads a text in all ways that there are: as a response, and with serde from a text, from a reader and from within
/// something else. All of them have to come to the same.
fn numbers(json: &str) -> Result<Numbers, String> {
    #[derive(serde::Deserialize)]
    struct Outer {
        numbers: Numbers,
    }

    let read = decode::<Numbers>(json.as_bytes());
    let told = |error: serde_json::Error| {
        let said = error.to_string();
        said.rsplit_once(" at line ")
            .map_or(said.clone(), |(said, _)| said.to_owned())
    };
    let from_str = serde_json::from_str(json).map_err(told);
    assert_eq!(
        serde_json::from_reader(json.as_bytes()).map_err(told),
        from_str
    );
    let outer = format!(r#"{{"numbers":{json}}}"#);
    let outer = serde_json::from_str(&outer).map(|outer: Outer| outer.numbers);
    assert_eq!(outer.map_err(told), from_str);
    assert_eq!(read, from_str);
    read
}

#[test]
fn a_whole_number_is_an_integer_however_it_is_written() {
    for member in ["byte", "short", "integer", "long", "size", "big_integer"] {
        for number in [
            "5",
            "5.0",
            "5E0",
            "0.5e1",
            "50e-1",
            "5.00000000000000000000",
        ] {
            let read = numbers(&format!(r#"{{"{member}": {number}}}"#)).unwrap();
            let written = serde_json::to_string(&read).unwrap();
            assert_eq!(written, format!(r#"{{"{member}":5}}"#), "{number}");
        }
        for number in ["5.5", "5e-1", "5.00000000000000000001", "1e-400"] {
            let error = numbers(&format!(r#"{{"{member}": {number}}}"#)).unwrap_err();
            let message = format!("{member}: found a number, expected an integer");
            assert!(error.starts_with(&message), "{number}: {error}");
        }
    }
    let long = |json: &str| numbers(json).unwrap().long;
    assert_eq!(long(r#"{"long": 1.784316439E9}"#), Some(1_784_316_439));
    assert_eq!(
        long(r#"{"long": 9007199254740993.0}"#),
        Some(9_007_199_254_740_993)
    );
    assert_eq!(long(r#"{"long": 9.223372036854775807e18}"#), Some(i64::MAX));
    assert_eq!(
        long(r#"{"long": -9.223372036854775808e18}"#),
        Some(i64::MIN)
    );
}

#[test]
fn an_integer_stays_in_its_range() {
    for (member, largest, beyond) in [
        ("byte", "1.27e2", "1.28e2"),
        ("short", "3.2767E4", "3.2768E4"),
        ("integer", "2147483647.0", "2147483648.0"),
        ("size", "2147483647.0", "2147483648.0"),
        ("long", "9223372036854775807.0", "9223372036854775808.0"),
    ] {
        assert!(numbers(&format!(r#"{{"{member}": {largest}}}"#)).is_ok());
        let error = numbers(&format!(r#"{{"{member}": {beyond}}}"#)).unwrap_err();
        assert!(error.contains("expected an integer of "), "{error}");
    }
}

#[test]
fn a_number_that_no_double_holds_is_out_of_range() {
    let huge = format!("1{}", "0".repeat(400));
    for member in [
        "integer", "long", "float", "double", "at", "document", "inner",
    ] {
        for number in ["1e400", "-1E+400", &huge] {
            let error = numbers(&format!(r#"{{"{member}": {number}}}"#)).unwrap_err();
            assert_eq!(error, format!("{member}: number out of range"), "{number}");
        }
    }
    let error = numbers(r#"{"document": {"a": [1, 1e400]}}"#).unwrap_err();
    assert_eq!(error, "document[…][1]: number out of range");
    // Nobody looks at it.
    assert!(numbers(r#"{"stranger": 1e400}"#).is_ok());
}

#[test]
fn numbers_of_any_size_keep_their_digits() {
    let long = "123456789012345678901234567890";
    let read = numbers(&format!(
        r#"{{"big_integer": {long}, "big_decimal": {long}.10e-400}}"#
    ));
    let read = read.unwrap();
    assert_eq!(read.big_integer.unwrap().as_ref(), long);
    assert_eq!(
        read.big_decimal.unwrap().as_ref(),
        format!("{long}.10e-400")
    );
}

#[test]
fn numbers_are_read_wherever_they_stand() {
    let read = numbers(
        r#"{"longs": [1, 2.0], "sparse": [3e0, null], "map": {"a": 4.0}, "choice": {"inner": null, "long": 5.0},
            "at": 1.784316439E9, "double": -0, "float": 16777217, "long": null}"#,
    );
    let read = read.unwrap();
    assert_eq!(read.longs, Some(vec![1, 2]));
    assert_eq!(read.sparse, Some(vec![Some(3), None]));
    assert_eq!(read.map, Some(HashMap::from([("a".to_owned(), 4)])));
    assert_eq!(read.choice, Some(Choice::Long(5)));
    assert_eq!(read.at, Some(DateTime::from_secs(1_784_316_439)));
    let at = numbers(r#"{"at": 1606272542.135, "long": 5.0}"#)
        .unwrap()
        .at;
    assert_eq!(at, Some(DateTime::from_millis(1_606_272_542_135)));
    assert!(read.double.is_some_and(|zero| zero.is_sign_negative()));
    assert_eq!(read.float, Some(16_777_216.0));
    assert_eq!(read.long, None);
}

#[test]
fn a_number_where_something_else_belongs_is_an_error() {
    for (json, message) in [
        (
            r#"{"inner": 5}"#,
            "inner: found an integer, expected an object",
        ),
        (
            r#"{"inner": 5.5}"#,
            "inner: found a number, expected an object",
        ),
        (r#"{"map": 5}"#, "map: found an integer, expected an object"),
        (
            r#"{"choice": 5}"#,
            "choice: found an integer, expected an object",
        ),
        (
            r#"{"choice": {"inner": -5}}"#,
            "choice.inner: found an integer, expected an object",
        ),
        (
            r#"{"longs": 5}"#,
            "longs: found an integer, expected a list",
        ),
        ("5", "found an integer, expected an object"),
    ] {
        let error = decode::<Numbers>(json.as_bytes()).unwrap_err();
        assert_eq!(error, message, "{json}");
        let error = serde_json::from_str::<Numbers>(json)
            .unwrap_err()
            .to_string();
        assert!(error.starts_with(message), "{json}: {error}");
    }
}

#[test]
fn something_else_where_a_number_belongs_is_an_error() {
    for (value, found) in [
        (r#""5""#, "a string"),
        (r#""\u0035""#, "a string"),
        ("true", "a boolean"),
        ("false", "a boolean"),
        ("[5]", "a list"),
        ("{}", "an object"),
        (r#"{"$serde_json::private::RawValue": "5"}"#, "an object"),
    ] {
        let error = numbers(&format!(r#"{{"long": {value}}}"#)).unwrap_err();
        let message = format!("long: found {found}, expected an integer of 64 bits");
        assert_eq!(error, message, "{value}");
    }
    for cut in [
        "{\"long\": 5",
        "{\"long\": ",
        "{\"long\": -",
        "{\"long\": @}",
        "{\"long\": 05}",
    ] {
        assert!(decode::<Numbers>(cut.as_bytes()).is_err(), "{cut}");
    }
}

#[test]
fn numbers_in_documents_are_integers_or_doubles() {
    for (json, written) in [
        ("5", "5"),
        ("5.0", "5.0"),
        ("5.10", "5.1"),
        ("5E0", "5.0"),
        ("-0", "-0.0"),
        ("18446744073709551615", "18446744073709551615"),
        ("[1.10, {\"a\": 1e2}]", "[1.1,{\"a\":100.0}]"),
    ] {
        let read = numbers(&format!(r#"{{"document": {json}}}"#)).unwrap();
        let document = read.document.unwrap();
        assert_eq!(document.to_string(), written, "{json}");
    }
    let large = numbers(r#"{"document": 18446744073709551616}"#).unwrap();
    assert_eq!(large.document, Some(json!(18446744073709551616.0)));
}

#[test]
fn numbers_that_come_as_maps_are_numbers() {
    // So serde_json hands them over with its feature `arbitrary_precision`, and only then.
    if serde_json::from_str::<Value>("1e400").is_err() {
        return;
    }
    for (text, written) in [
        ("5", "5"),
        ("5.10", "5.1"),
        ("-0", "-0.0"),
        ("18446744073709551615", "18446744073709551615"),
    ] {
        let number = json!({"$serde_json::private::Number": text});
        let json = json!({"document": {"a": [number]}});
        let read: Numbers = correct(&json).unwrap();
        let document = read.document.unwrap().to_string();
        assert_eq!(document, format!(r#"{{"a":[{written}]}}"#));
        for (member, kind) in [
            ("inner", "an object"),
            ("map", "an object"),
            ("longs", "a list"),
        ] {
            let error = correct::<Numbers>(&json!({ member: number })).unwrap_err();
            assert!(error.starts_with(&format!("{member}: found a")), "{error}");
            assert!(error.ends_with(&format!("expected {kind}")), "{error}");
        }
    }
}

#[test]
fn a_key_of_serde_jsons_is_a_key_like_any_other() {
    let number = "$serde_json::private::Number";
    let mut bodies = vec![format!(r#"{{"a": 1, "{number}": "12", "b": [2]}}"#)];
    if serde_json::from_str::<Value>("1e400").is_err() {
        bodies.push(format!(r#"{{"{number}": "12", "a": 1}}"#));
        bodies.push(format!(r#"{{"{number}": "no number"}}"#));
    }
    for body in bodies {
        let json = format!(r#"{{"document": {body}, "map": {{}}}}"#);
        let document = numbers(&json).unwrap().document.unwrap();
        let keys: Vec<_> = document.as_object().unwrap().keys().collect();
        assert!(keys.iter().any(|key| *key == number), "{keys:?} of {body}");
        assert_eq!(keys.len(), body.matches(": ").count(), "{body}");
    }
    // Behind another key it is none of a number, whatever the build.
    let json = format!(r#"{{"inner": {{"name": "a", "{number}": "5"}}, "long": 5}}"#);
    assert_eq!(numbers(&json).unwrap().long, Some(5));
}

#[test]
fn a_second_member_of_a_union_is_told_by_what_is_wrong_with_it() {
    let error = |json: &str| decode::<Choice>(json.as_bytes()).unwrap_err();
    let twice = "the union Choice has more than one member set";
    assert_eq!(error(r#"{"long": 5, "newer": [1, 1e400]}"#), twice);
    let cut = error(r#"{"long": 5, "newer": [1,"#);
    assert!(cut.contains("cut short"), "{cut}");
    assert!(!cut.contains("[1]"), "{cut}");
}

#[test]
fn a_value_of_serde_jsons_reads_as_its_text() {
    let json = json!({"long": 5.0, "at": 1.5, "double": 2, "document": 1.5, "longs": [1, 2]});
    let read: Numbers = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(read, numbers(&json.to_string()).unwrap());
    let error = serde_json::from_value::<Numbers>(json!({"inner": 5})).unwrap_err();
    assert_eq!(
        error.to_string(),
        "inner: found an integer, expected an object"
    );
}

#[test]
fn numbers_are_read_through_what_keeps_them_for_later() {
    #[derive(serde::Deserialize)]
    struct Flat {
        #[serde(flatten)]
        numbers: Numbers,
    }

    #[derive(serde::Deserialize)]
    #[serde(untagged)]
    enum Untagged {
        Numbers(Numbers),
    }

    let json = r#"{"long": 5, "at": 1.5, "double": 2.5, "integer": 5.0}"#;
    let flat: Flat = serde_json::from_str(json).unwrap();
    let Untagged::Numbers(untagged) = serde_json::from_str(json).unwrap();
    assert_eq!(flat.numbers, numbers(json).unwrap());
    assert_eq!(untagged, flat.numbers);
}

proptest! {
    #[test]
    fn doubles_and_integers_are_read_as_they_are_written(double: f64, single: f32, long: i64) {
        let json = format!(r#"{{"double": {double:e}, "float": {single:e}, "long": {long}.0}}"#);
        let read = numbers(&json).unwrap();
        prop_assert_eq!(read.double.map(f64::to_bits), Some(double.to_bits()));
        prop_assert_eq!(read.float.map(f32::to_bits), Some(single.to_bits()));
        prop_assert_eq!(read.long, Some(long));
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct Request {
    kind: String,
    inner: Option<Inner>,
    inners: Option<Vec<Inner>>,
    map: Option<HashMap<String, Inner>>,
    choice: Option<Choice>,
    document: Option<Document>,
}

crate::request!(
    request_builder::RequestBuilder,
    [kind],
    Request {
        kind: required::<impl Into<String>>("kind"),
        inner: optional::<Inner>("inner", maybe_inner),
        inners: optional::<Vec<Inner>>("inners", maybe_inners),
        map: optional::<HashMap<String, Inner>>("map", maybe_map),
        choice: optional::<Choice>("choice", maybe_choice),
        document: optional::<Document>("document", maybe_document),
    }
);

#[test]
fn a_request_has_no_members_that_the_model_does_not_know() {
    let inner = "unknown field `Name`, expected `name`";
    let choice = "choice: unknown field `newer`, expected one of `long`, `inner`, `nothing`";
    let long = "x".repeat(100);
    for (json, message) in [
        (
            json!({"kind": "", "Kind": "SECRET"}),
            "unknown field `Kind`, expected one of `kind`, `inner`, `inners`, `map`, `choice`, `document`".to_owned(),
        ),
        (json!({"kind": "", "inner": {"Name": "SECRET"}}), format!("inner: {inner}")),
        (
            json!({"kind": "", "inners": [{"name": ""}, {"name": "", "Name": null}]}),
            format!("inners[1]: {inner}"),
        ),
        (json!({"kind": "", "map": {"SECRET": {"Name": 1}}}), format!("map[…]: {inner}")),
        (json!({"kind": "", "choice": {"inner": {"Name": 1}}}), format!("choice.inner: {inner}")),
        (json!({"kind": "", "choice": {"newer": "SECRET"}}), choice.to_owned()),
        (
            json!({"kind": "", "choice": {"nothing": {"name": "SECRET"}}}),
            "choice.nothing: unknown field `name`, there are no fields".to_owned(),
        ),
        (json!({"kind": "", "choice": {"long": 1, "newer": null}}), choice.to_owned()),
        (json!({"kind": "", "a\n\u{202e}b": 1}), r"unknown field `a\n\u{202e}b`, expected one of `kind`".to_owned()),
        (json!({"kind": "", long: 1}), format!("unknown field `{}…`, expected one of", "x".repeat(64))),
    ] {
        let json = json.to_string();
        let error = serde_json::from_str::<Request>(&json).unwrap_err().to_string();
        assert!(error.starts_with(&message), "{json}: {error}");
        assert!(!error.contains("SECRET"), "{error}");
        let error = serde_json::from_value::<Request>(json.parse().unwrap()).unwrap_err();
        assert!(error.to_string().starts_with(&message), "{json}: {error}");
    }
}

#[test]
fn a_request_may_hold_what_is_not_named_by_the_model() {
    let json = json!({
        "kind": "newer", "inner": null, "map": {"any": {"name": ""}}, "document": {"any": [{"thing": 1.5}]},
        "choice": {"long": 1},
    });
    let request: Request = serde_json::from_value(json).unwrap();
    assert_eq!(request.kind, "newer");
}

#[test]
fn a_unit_holds_nothing() {
    for json in [
        r#"{"nothing": {}}"#,
        r#"{"nothing": {"newer": [{}], "$serde_json::private::Number": "5"}}"#,
        r#"{"nothing": [1e400]}"#,
        r#"{"nothing": "", "inner": null, "newer": null}"#,
    ] {
        assert_eq!(decode::<Choice>(json.as_bytes()).unwrap(), Choice::Nothing);
    }
    for json in [
        r#"{"nothing": {}, "long": 5}"#,
        r#"{"nothing": {}, "newer": {}}"#,
    ] {
        let error = decode::<Choice>(json.as_bytes()).unwrap_err();
        assert_eq!(error, "the union Choice has more than one member set");
    }
}

#[test]
fn only_a_request_is_strict() {
    // What a request holds is as tolerant as ever, read by itself.
    assert!(serde_json::from_str::<Inner>(r#"{"name": "", "newer": 1}"#).is_ok());
    let choice: Choice = serde_json::from_str(r#"{"newer": 1}"#).unwrap();
    // A request on the wire is somebody else's business.
    let request = Request::builder().kind("a").choice(choice).build();
    let json = serde_json::to_vec(&request).unwrap();
    assert_eq!(decode::<Request>(&json).unwrap(), request);
    assert!(serde_json::from_slice::<Request>(&json).is_err());
    assert!(decode::<Request>(br#"{"kind": "", "newer": 1}"#).is_ok());
    let mut strict = Request::zero();
    read(&json, strict.slot(), Mode::Strict).unwrap();
    assert_eq!(strict, request);
}
