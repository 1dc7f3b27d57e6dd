//! The wire format of a structure as the generator writes it, with members of every kind: what serde reads and writes for it.

use std::collections::HashMap;

use proptest::prelude::*;
use serde_json::{Value, from_value, json, to_value};
use smithy_rt::{Blob, DateTime, Document};

use crate::service::{JobSource, JobState};

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kinds {
    pub boolean: Option<bool>,
    pub byte: Option<i8>,
    pub short: Option<i16>,
    pub integer: Option<i32>,
    pub long: Option<i64>,
    pub float: Option<f32>,
    pub double: Option<f64>,
    pub text: Option<String>,
    pub blob: Option<Blob>,
    pub at: Option<DateTime>,
    pub on: Option<DateTime>,
    pub dated: Option<DateTime>,
    pub document: Option<Document>,
    pub state: Option<JobState>,
    pub source: Option<JobSource>,
    pub tries: i32,
    pub dense: Option<Vec<String>>,
    pub sparse: Option<Vec<Option<i64>>>,
    pub map: Option<HashMap<String, f64>>,
    pub sparse_map: Option<HashMap<String, Option<Blob>>>,
    pub deep: Option<Vec<HashMap<String, Vec<Option<DateTime>>>>>,
    pub inner: Option<Box<Kinds>>,
}

smithy_rt::structure!(
    kinds_builder::KindsBuilder,
    [],
    Kinds {
        boolean: optional::<bool>("boolean", maybe_boolean),
        byte: optional::<i8>("byte", maybe_byte),
        short: optional::<i16>("short", maybe_short),
        integer: optional::<i32>("integer", maybe_integer),
        long: optional::<i64>("long", maybe_long),
        float: optional::<f32>("float", maybe_float),
        double: optional::<f64>("double", maybe_double),
        text: optional::<impl Into<String>>("text", maybe_text),
        blob: optional::<Blob>("blob", maybe_blob),
        at: optional::<DateTime>("at", maybe_at),
        on: optional::<DateTime>("on", maybe_on).timestamps(DateTime),
        dated: optional::<DateTime>("dated", maybe_dated).timestamps(HttpDate),
        document: optional::<Document>("document", maybe_document),
        state: optional::<impl Into<JobState>>("state", maybe_state),
        source: optional::<JobSource>("source", maybe_source),
        tries: defaulted::<i32>("tries", 3),
        dense: optional::<Vec<String>>("dense", maybe_dense),
        sparse: optional::<Vec<Option<i64>>>("sparse", maybe_sparse),
        map: optional::<HashMap<String, f64>>("map", maybe_map),
        sparse_map: optional::<HashMap<String, Option<Blob>>>("sparseMap", maybe_sparse_map),
        deep: optional::<Vec<HashMap<String, Vec<Option<DateTime>>>>>("deep", maybe_deep)
            .timestamps(DateTime),
        inner: optional::<impl Into<Box<Kinds>>>("inner", maybe_inner),
    }
);

/// Both ways; nothing but what is here is written.
fn assert_is(kinds: &Kinds, mut json: Value) {
    let written = to_value(kinds).unwrap();
    if json.get("tries").is_none() {
        json["tries"] = json!(3);
    }
    assert_eq!(written, json);
    assert_eq!(from_value::<Kinds>(json).unwrap(), *kinds);
}

#[test]
fn integers_are_exact_up_to_their_limits() {
    let lowest = Kinds::builder().byte(i8::MIN).short(i16::MIN);
    let lowest = lowest.integer(i32::MIN).long(i64::MIN).build();
    let json = json!({"byte": i8::MIN, "short": i16::MIN, "integer": i32::MIN, "long": i64::MIN});
    assert_is(&lowest, json);
    let highest = Kinds::builder().byte(i8::MAX).short(i16::MAX);
    let highest = highest.integer(i32::MAX).long(i64::MAX).build();
    let json = json!({"byte": i8::MAX, "short": i16::MAX, "integer": i32::MAX, "long": i64::MAX});
    assert_is(&highest, json);

    for beyond in [
        r#"{"byte":128}"#,
        r#"{"byte":-129}"#,
        r#"{"short":32768}"#,
        r#"{"short":-32769}"#,
        r#"{"integer":2147483648}"#,
        r#"{"integer":-2147483649}"#,
        r#"{"long":9223372036854775808}"#,
        r#"{"long":-9223372036854775809}"#,
        r#"{"integer":1.5}"#,
        r#"{"integer":"1"}"#,
    ] {
        let error = serde_json::from_str::<Kinds>(beyond).unwrap_err();
        assert!(error.to_string().contains("expected an integer"), "{error}");
    }
}

#[test]
fn floats_are_numbers_or_say_why_not() {
    let kinds = Kinds::builder().float(f32::INFINITY).double(-0.5).build();
    assert_is(&kinds, json!({"float": "Infinity", "double": -0.5}));
    let kinds = Kinds::builder().float(1.5).double(f64::NEG_INFINITY);
    assert_is(&kinds.build(), json!({"float": 1.5, "double": "-Infinity"}));
    let read: Kinds = from_value(json!({"float": "NaN", "double": "NaN"})).unwrap();
    assert!(read.float.unwrap().is_nan() && read.double.unwrap().is_nan());
    assert_eq!(to_value(&read).unwrap()["double"], "NaN");
}

#[test]
fn blobs_are_base64_and_documents_anything() {
    let kinds = Kinds::builder()
        .blob(Blob::new([0, 0xff, 0x10]))
        .document(json!({"any": [1, null, {"thing": true}]}));
    let json = json!({"blob": "AP8Q", "document": {"any": [1, null, {"thing": true}]}});
    assert_is(&kinds.build(), json);
}

#[test]
fn timestamps_are_in_the_format_of_their_member_and_read_in_any() {
    let at = DateTime::from_millis(1_606_272_542_135);
    let kinds = Kinds::builder().at(at).on(at).dated(at).build();
    let json = json!({
        "at": 1606272542.135,
        "on": "2020-11-25T02:49:02.135Z",
        "dated": "Wed, 25 Nov 2020 02:49:02.135 GMT",
    });
    assert_is(&kinds, json);
    let other: Kinds = from_value(json!({
        "at": "2020-11-25T03:49:02.135+01:00",
        "on": "Wed, 25 Nov 2020 02:49:02.135 GMT",
        "dated": 1606272542.135,
    }))
    .unwrap();
    assert_eq!(other, kinds);

    let days = HashMap::from([("a".to_owned(), vec![Some(at), None])]);
    let json = json!({"deep": [{"a": ["2020-11-25T02:49:02.135Z", null]}, {}]});
    let deep = vec![days, HashMap::new()];
    assert_is(&Kinds::builder().deep(deep).build(), json);

    let (before, after) = (
        DateTime::from_secs(-86_400),
        DateTime::from_secs(4_102_444_800),
    );
    let kinds = Kinds::builder().at(before).on(after).build();
    assert_is(&kinds, json!({"at": -86400, "on": "2100-01-01T00:00:00Z"}));
}

#[test]
fn nulls_stay_in_what_is_sparse_and_are_refused_in_what_is_dense() {
    let kinds = Kinds::builder()
        .sparse(vec![None, Some(1), None])
        .sparse_map(HashMap::from([("a".to_owned(), None)]));
    let json = json!({"sparse": [null, 1, null], "sparseMap": {"a": null}});
    assert_is(&kinds.build(), json);
    for dense in [json!({"dense": ["a", null]}), json!({"map": {"a": null}})] {
        let error = from_value::<Kinds>(dense).unwrap_err();
        assert!(error.to_string().contains("found null"), "{error}");
    }
    let empty = Kinds::builder().dense(vec![]).map(HashMap::new()).build();
    assert_is(&empty, json!({"dense": [], "map": {}}));
}

#[test]
fn what_is_absent_or_null_is_none_or_the_default() {
    assert_is(&Kinds::builder().build(), json!({}));
    let nulls =
        json!({"text": null, "tries": null, "sparse": null, "document": null, "inner": null});
    assert_eq!(
        from_value::<Kinds>(nulls).unwrap(),
        Kinds::builder().build()
    );
    assert_is(&Kinds::builder().tries(0).build(), json!({"tries": 0}));
}

#[test]
fn shapes_may_hold_themselves() {
    let kinds = Kinds::builder().text("outer").inner(
        Kinds::builder()
            .inner(Kinds::builder().text("inner").build())
            .build(),
    );
    let json =
        json!({"text": "outer", "inner": {"tries": 3, "inner": {"tries": 3, "text": "inner"}}});
    assert_is(&kinds.build(), json);
}

#[test]
fn enums_and_unions_keep_what_they_do_not_know() {
    let kinds = Kinds::builder()
        .state(JobState::Queued)
        .source(JobSource::Uri("s3://a".to_owned()));
    let json = json!({"state": "QUEUED", "source": {"Uri": "s3://a"}});
    assert_is(&kinds.build(), json);
    let newer = JobSource::Unknown {
        tag: "Newer".to_owned(),
        value: json!({"a": 1}),
    };
    let kinds = Kinds::builder()
        .state(JobState::from("NEWER"))
        .source(newer);
    assert_is(
        &kinds.build(),
        json!({"state": "NEWER", "source": {"Newer": {"a": 1}}}),
    );
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        integers: (i8, i16, i32, i64),
        double in proptest::num::f64::NORMAL | proptest::num::f64::ZERO,
        text: String,
        bytes: Vec<u8>,
        sparse: Vec<Option<i64>>,
        map in proptest::collection::hash_map(any::<String>(), -1e300..1e300, 0..4),
        millis in -8_000_000_000_000i64..8_000_000_000_000,
    ) {
        let at = DateTime::from_millis(millis);
        let kinds = Kinds::builder()
            .byte(integers.0)
            .short(integers.1)
            .integer(integers.2)
            .long(integers.3)
            .double(double)
            .text(text)
            .blob(Blob::new(bytes))
            .at(at)
            .on(at)
            .dated(at)
            .sparse(sparse)
            .map(map)
            .build();
        let json = serde_json::to_string(&kinds).unwrap();
        prop_assert_eq!(serde_json::from_str::<Kinds>(&json).unwrap(), kinds);
    }
}
