//! Streams of bytes: where a model can have them, and what becomes of them.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// A service with one operation, `Do`, whose input and output are structures with these members.
fn model(input: Value, output: Value) -> Value {
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#restJson1": {}}
        },
        "a.b#Do": {
            "type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#Out"},
            "errors": [{"target": "a.b#Torn"}],
            "traits": {"smithy.api#http": {"method": "PUT", "uri": "/"}}
        },
        "a.b#In": {"type": "structure", "members": input},
        "a.b#Out": {"type": "structure", "members": output},
        "a.b#Torn": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
        "a.b#Held": {"type": "structure", "members": {"tape": payload()}},
        "a.b#List": {"type": "list", "member": {"target": "a.b#Tape"}},
        "a.b#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a.b#Tape"}},
        "a.b#Either": {"type": "union", "members": {"tape": {"target": "a.b#Tape"}}},
        "a.b#Tape": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
        "a.b#Events": {
            "type": "union", "members": {"done": {"target": "a.b#Done"}}, "traits": {"smithy.api#streaming": {}}
        },
        "a.b#Done": {"type": "structure", "members": {}}
    }})
}

fn member(target: &str, traits: Value) -> Value {
    json!({"target": target, "traits": traits})
}

/// A member that is all of the body, a stream of bytes.
fn payload() -> Value {
    member("a.b#Tape", json!({"smithy.api#httpPayload": {}}))
}

/// A member that is a header.
fn header() -> Value {
    member(
        "smithy.api#String",
        json!({"smithy.api#httpHeader": "X-More"}),
    )
}

/// Checks that a model is refused, for this among other reasons.
fn refused(model: &Value, expected: &str) {
    let error = generate(&model.to_string(), &Options::default());
    let error = error.expect_err(expected).to_string();
    assert!(error.lines().any(|line| line == expected), "{error}");
}

#[test]
fn streams_are_payloads_of_inputs_and_outputs_and_nothing_else() {
    let check = |members: &Value, expected: &str| {
        let expected = format!("{expected}, which is not supported; `Do` needs it");
        refused(&model(members.clone(), json!({})), &expected);
        refused(
            &model(json!({}), members.clone()),
            &expected.replace("a.b#In", "a.b#Out"),
        );
    };
    for holder in ["Held", "List", "Map", "Either"] {
        let holder = format!("a.b#{holder}");
        let expected = format!(
            "a.b#Tape: is a stream of bytes in {holder}, which is not just the input or output of operations"
        );
        check(&json!({"tapes": {"target": holder}}), &expected);
    }
    let elsewhere = "a.b#Tape: is a stream of bytes in a.b#In$tape, which is not all of the body (smithy.api#httpPayload)";
    check(&json!({"tape": {"target": "a.b#Tape"}}), elsewhere);
    let in_header = member("a.b#Tape", json!({"smithy.api#httpHeader": "X-Tape"}));
    check(&json!({"tape": in_header}), elsewhere);
    let both = "a.b#Tape: is a stream of bytes beside another stream in a.b#In";
    check(&json!({"tape": payload(), "other": payload()}), both);
    check(
        &json!({"tape": payload(), "events": {"target": "a.b#Events"}}),
        both,
    );
}

#[test]
fn streams_are_no_part_of_errors() {
    let mut model = model(json!({}), json!({}));
    model["shapes"]["a.b#Torn"]["members"] = json!({"rest": payload()});
    let expected = "a.b#Tape: is a stream of bytes in a.b#Torn, which is not just the input or output of operations, which is not \
                    supported; `Do` needs it";
    refused(&model, expected);
    // Even if an output is the same structure.
    model["shapes"]["a.b#Do"]["output"]["target"] = json!("a.b#Torn");
    refused(&model, expected);
}

#[test]
fn streams_need_a_protocol_with_http_bindings() {
    let mut model = model(json!({"tape": payload()}), json!({}));
    let protocols = json!({"aws.protocols#restJson1": {}, "smithy.protocols#rpcv2Cbor": {}});
    model["shapes"]["a.b#Service"]["traits"] = protocols;
    refused(
        &model,
        "a.b#Tape: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Do` needs it",
    );
    let options = Options {
        protocol: Some("restJson1".to_owned()),
        ..Options::default()
    };
    generate(&model.to_string(), &options).unwrap();
}

#[test]
fn streams_have_no_default_but_an_empty_one() {
    let full = json!({"smithy.api#httpPayload": {}, "smithy.api#default": "YQ=="});
    refused(
        &model(json!({"tape": member("a.b#Tape", full)}), json!({})),
        "a.b#In$tape: the default \"YQ==\" is not an empty string, as the default of a stream of bytes must be",
    );
}

#[test]
fn streams_leave_no_room_in_the_body() {
    let more = json!({"target": "smithy.api#String"});
    refused(
        &model(json!({"tape": payload(), "more": more}), json!({})),
        "a.b#In$more: has no place in the message: `tape` is all of the body (smithy.api#httpPayload)",
    );
    let model = model(json!({"tape": payload(), "more": header()}), json!({}));
    generate(&model.to_string(), &Options::default()).unwrap();
}

#[test]
fn media_types_can_be_headers() {
    let mut model = model(json!({"tape": payload()}), json!({}));
    model["shapes"]["a.b#Tape"]["traits"]["smithy.api#mediaType"] = json!("audio/flac\r\nx: y");
    refused(
        &model,
        "a.b#In$tape: the media type `audio/flac\\r\\nx: y` has to be visible characters of ASCII, such as `audio/flac`",
    );
}

#[test]
fn streams_cannot_be_sent_again_and_again() {
    let members = json!({"tape": payload(), "token": header()});
    let mut model = model(members.clone(), members);
    let acceptors = json!([{"state": "success", "matcher": {"success": true}}]);
    let traits = &mut model["shapes"]["a.b#Do"]["traits"];
    traits["smithy.api#paginated"] = json!({"inputToken": "token", "outputToken": "token"});
    traits["smithy.waiters#waitable"] = json!({"Done": {"acceptors": acceptors}});
    for expected in [
        "a.b#Do: the waiter `Done`: polls with a request that holds a stream, which can be sent only once",
        "a.b#Do: smithy.api#paginated: the request holds a stream, which can be sent only once",
    ] {
        refused(&model, expected);
    }
}

#[test]
fn the_example_of_a_crate_takes_no_stream() {
    let members = json!({"tape": member("a.b#Tape", json!({"smithy.api#httpPayload": {}, "smithy.api#required": {}}))});
    let model = model(members, json!({}));
    let generated = generate(&model.to_string(), &Options::default()).unwrap();
    let root = generated.file("src/lib.rs").unwrap();
    assert!(!root.contains("::builder()"), "{root}");
}
