//! HTTP bindings that cannot be: each message names the operation or the member, and says what would be right.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// A service of restJson1 with one operation.
fn model(http: Value, input: Value, output: Value) -> Value {
    let traits = match http {
        Value::Null => json!({}),
        http => json!({ "smithy.api#http": http }),
    };
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#restJson1": {}}
        },
        "a.b#Do": {
            "type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#Out"},
            "traits": traits
        },
        "a.b#In": {"type": "structure", "members": input},
        "a.b#Out": {"type": "structure", "members": output},
        "a.b#List": {"type": "list", "member": {"target": "smithy.api#String"}},
        "a.b#Lists": {"type": "list", "member": {"target": "a.b#List"}},
        "a.b#Map": {
            "type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "smithy.api#Integer"}
        },
        "a.b#Inner": {"type": "structure", "members": {}}
    }})
}

fn error(model: &Value) -> String {
    let error = generate(&model.to_string(), &Options::default());
    error.expect_err("the model must be refused").to_string()
}

fn get(uri: &str) -> Value {
    json!({ "method": "GET", "uri": uri })
}

fn member(target: &str, traits: Value) -> Value {
    let mut traits = traits;
    if traits.get("smithy.api#httpLabel").is_some() {
        traits["smithy.api#required"] = json!({});
    }
    json!({ "target": target, "traits": traits })
}

fn label() -> Value {
    member("smithy.api#String", json!({"smithy.api#httpLabel": {}}))
}

fn uri_error(uri: &str, input: Value) -> String {
    let error = error(&model(get(uri), input, json!({})));
    let start = format!("a.b#Do: its URI `{}` ", uri.escape_debug());
    error.strip_prefix(&start).unwrap_or(&error).to_owned()
}

#[test]
fn an_operation_needs_a_request() {
    assert_eq!(
        error(&model(Value::Null, json!({}), json!({}))),
        "a.b#Do: lacks the trait smithy.api#http, which restJson1 needs: it says where requests go"
    );
    for method in ["", "GET /", "G\n"] {
        let http = json!({ "method": method, "uri": "/" });
        let error = error(&model(http, json!({}), json!({})));
        let expected = format!(
            "a.b#Do: its method `{}` has to be a word such as `GET`",
            method.escape_debug()
        );
        assert_eq!(error, expected);
    }
}

#[test]
fn uris_that_cannot_be() {
    let none = || json!({});
    let table = [
        ("", "has to begin with a slash"),
        ("a", "has to begin with a slash"),
        ("/a b", "has ' ', which cannot be part of one"),
        ("/ä", "has 'ä', which cannot be part of one"),
        ("/a#b", "has '#', which cannot be part of one"),
        ("/a\r\nx: y", "has '\\r', which cannot be part of one"),
        ("/{a", "has a `{` without a `}`"),
        ("/a}", "has a `}` without a `{`"),
        (
            "/a?b={c}",
            "has a label in its query: only its path can have labels",
        ),
        (
            "/{b}",
            "has the label `b`, which is no member of the input with the trait smithy.api#httpLabel",
        ),
    ];
    for (uri, expected) in table {
        assert_eq!(uri_error(uri, none()), expected, "{uri}");
    }
    let labels = || json!({ "a": label(), "b": label() });
    assert_eq!(
        uri_error("/{a}{b}", labels()),
        "has two labels side by side: text has to stand between them"
    );
    assert_eq!(uri_error("/{a}/{a}", labels()), "has the label `a` twice");
    assert_eq!(
        uri_error("/{a}", labels()),
        "has no label for `b`, which has the trait smithy.api#httpLabel"
    );
    assert_eq!(
        uri_error(
            "/{a}",
            json!({ "a": member("smithy.api#String", json!({})) })
        ),
        "has the label `a`, which is no member of the input with the trait smithy.api#httpLabel"
    );
}

#[test]
fn members_that_have_no_form_where_they_are() {
    let bound = |target: &str, id: &str, value: Value| member(target, json!({ id: value }));
    let header = |target| bound(target, "smithy.api#httpHeader", json!("x-a"));
    let input = json!({
        "a": header("a.b#Inner"),
        "b": header("a.b#Lists"),
        "c": bound("a.b#Map", "smithy.api#httpQueryParams", json!({})),
        "d": bound("a.b#Map", "smithy.api#httpPrefixHeaders", json!("x-")),
        "e": bound("smithy.api#Blob", "smithy.api#httpQuery", json!("e")),
    });
    let output = json!({
        "f": bound("smithy.api#String", "smithy.api#httpResponseCode", json!({})),
        "g": bound("smithy.api#Integer", "smithy.api#httpPayload", json!({})),
    });
    let error = error(&model(get("/"), input, output));
    let names: Vec<_> = error
        .lines()
        .filter_map(|line| line.split(": ").next())
        .collect();
    let expected = ["In$a", "In$b", "In$c", "In$d", "In$e", "Out$f", "Out$g"];
    assert_eq!(names, expected.map(|name| format!("a.b#{name}")), "{error}");
    assert!(
        error
            .lines()
            .all(|line| line.contains("is not of a kind that can be ")),
        "{error}"
    );
}

#[test]
fn nothing_is_lost_beside_a_payload() {
    let payload = json!({ "smithy.api#httpPayload": {} });
    let input = json!({
        "body": member("a.b#Inner", payload.clone()),
        "other": member("a.b#Inner", payload),
        "more": member("smithy.api#String", json!({})),
        "kept": member("smithy.api#String", json!({ "smithy.api#httpHeader": "x-kept" })),
    });
    let message = "has no place in the message: `body` is all of the body (smithy.api#httpPayload)";
    assert_eq!(
        error(&model(get("/"), input, json!({}))),
        format!("a.b#In$other: {message}\na.b#In$more: {message}")
    );
}

#[test]
fn a_member_is_in_one_place() {
    let traits = json!({ "smithy.api#httpHeader": "x-a", "smithy.api#httpQuery": "a" });
    let input = json!({ "a": member("smithy.api#String", traits) });
    assert_eq!(
        error(&model(get("/"), input, json!({}))),
        "a.b#In$a: has several of the traits that say where in a message it is: one at most is possible"
    );
}

#[test]
fn members_have_names_of_their_own() {
    let named = || member("smithy.api#String", json!({ "smithy.api#jsonName": "x" }));
    let input = json!({ "a": named(), "b": named() });
    assert_eq!(
        error(&model(get("/"), input, json!({}))),
        "a.b#In$b: is called `x` in JSON, as `a` is: each member needs a name of its own (smithy.api#jsonName)"
    );
}

/// Text of a model is data in the code, whatever it is.
#[test]
fn names_of_headers_and_parameters_are_data() {
    let hostile = "\"); std::process::exit(1); (\"";
    let bound = |id: &str| member("smithy.api#String", json!({ id: hostile }));
    let input = json!({
        "a": bound("smithy.api#httpQuery"),
        "b": bound("smithy.api#jsonName"),
    });
    let generated = generate(
        &model(get("/\"x"), input.clone(), json!({})).to_string(),
        &Options::default(),
    );
    assert!(generated.is_err());
    let model = model(get("/"), input, json!({}));
    let generated = generate(&model.to_string(), &Options::default()).unwrap();
    let file = generated
        .file("src/operation/do_.rs")
        .or(generated.file("src/operation/do.rs"));
    let tokens: proc_macro2::TokenStream = file.unwrap().parse().unwrap();
    assert!(!tokens.to_string().contains("process :: exit"));
}

#[test]
fn header_names_are_those_of_http() {
    for name in ["", "a b", "x:y", "x\n", "ä"] {
        let header = json!({ "smithy.api#httpHeader": name });
        let input = json!({ "a": member("smithy.api#String", header) });
        let error = error(&model(get("/"), input, json!({})));
        let expected = format!(
            "a.b#In$a: the header `{}` has to be a name of HTTP: letters, digits and hyphens",
            name.escape_debug()
        );
        assert_eq!(error, expected);
    }
}

/// The error of an operation with these checksums, whose input has a string and a number.
fn checksum_error(http_checksum: Value) -> String {
    let input = json!({
        "algorithm": member("smithy.api#String", json!({})),
        "number": member("smithy.api#Integer", json!({})),
    });
    let mut model = model(get("/"), input, json!({}));
    model["shapes"]["a.b#Do"]["traits"]["aws.protocols#httpChecksum"] = http_checksum;
    error(&model)
}

#[test]
fn checksums_are_chosen_with_members_of_the_input() {
    assert_eq!(
        checksum_error(json!({ "requestAlgorithmMember": "missing" })),
        "a.b#Do: the requestAlgorithmMember of its aws.protocols#httpChecksum is `missing`, which is no member of the input"
    );
    assert_eq!(
        checksum_error(
            json!({ "requestValidationModeMember": "number", "responseAlgorithms": ["SHA1"] })
        ),
        "a.b#Do: the requestValidationModeMember of its aws.protocols#httpChecksum is `number`, which has to be a string"
    );
    assert_eq!(
        checksum_error(json!({ "responseAlgorithms": ["SHA1"] })),
        "a.b#Do: its aws.protocols#httpChecksum has only one of requestValidationModeMember and responseAlgorithms, which belong together"
    );
    assert_eq!(
        checksum_error(json!({ "requestChecksumRequired": "yes" })),
        "a.b#Do: trait aws.protocols#httpChecksum, `requestChecksumRequired`: must be true or false, not `yes`"
    );
}
