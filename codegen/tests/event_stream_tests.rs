//! The protocol tests of event streams that a model carries become tests of its crate.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// Generates the client of a service with the operation `Talk`, which has events in both directions and these tests, and returns its
/// protocol tests.
fn talk(cases: Value) -> Result<Option<String>, String> {
    let string = json!({ "target": "smithy.api#String" });
    let header =
        |target: &str| json!({ "target": target, "traits": { "smithy.api#eventHeader": {} } });
    let topic = json!({
        "target": "smithy.api#String",
        "traits": { "smithy.api#required": {}, "smithy.api#httpHeader": "x-topic" }
    });
    let stream = json!({ "target": "example#Words", "traits": { "smithy.api#httpPayload": {} } });
    let message = json!({ "type": "structure", "members": { "topic": topic, "words": stream } });
    let model = json!({
        "smithy": "2.0",
        "shapes": {
            "example#Club": {
                "type": "service",
                "version": "1",
                "operations": [{ "target": "example#Talk" }],
                "traits": {
                    "aws.api#service": { "sdkId": "Club" },
                    "aws.auth#sigv4": { "name": "club" },
                    "aws.protocols#restJson1": {}
                }
            },
            "example#Talk": {
                "type": "operation",
                "input": { "target": "example#TalkInput" },
                "output": { "target": "example#TalkOutput" },
                "errors": [{ "target": "example#Closed" }],
                "traits": {
                    "smithy.api#http": { "method": "POST", "uri": "/talk" },
                    "smithy.test#eventStreamTests": cases
                }
            },
            "example#TalkInput": message,
            "example#TalkOutput": message,
            "example#Words": {
                "type": "union",
                "members": { "said": { "target": "example#Said" }, "noise": { "target": "example#Noise" } },
                "traits": { "smithy.api#streaming": {} }
            },
            "example#Said": {
                "type": "structure",
                "members": { "text": string, "loud": header("smithy.api#Boolean"), "at": header("smithy.api#Timestamp") }
            },
            "example#Noise": {
                "type": "structure",
                "members": { "message": string },
                "traits": { "smithy.api#error": "client" }
            },
            "example#Closed": {
                "type": "structure",
                "members": { "message": string },
                "traits": { "smithy.api#error": "server" }
            }
        }
    });
    let generated = generate(&model.to_string(), &Options::default());
    let generated = generated.map_err(|error| error.to_string())?;
    Ok(generated.file("tests/protocol.rs").map(str::to_owned))
}

fn case(id: &str, more: Value) -> Value {
    let mut case = json!({ "id": id, "protocol": "aws.protocols#restJson1" });
    let more = more.as_object().unwrap().clone();
    case.as_object_mut().unwrap().extend(more);
    case
}

fn event(direction: &str, params: Value) -> Value {
    json!({
        "type": direction,
        "params": params,
        "headers": { ":event-type": { "string": "said" }, "loud": { "boolean": true } },
        "body": "{\"text\": \"a\"}",
        "bodyMediaType": "application/json"
    })
}

#[test]
fn cases_become_tests() {
    let said = || json!({ "said": { "text": "a", "loud": true } });
    let noise = json!({ "noise": { "message": "bang" } });
    let cases = json!([
        case(
            "Sent",
            json!({
                "documentation": "Talks.",
                "initialRequestParams": { "topic": "t" },
                "initialRequest": { "method": "POST", "uri": "/talk", "headers": { "x-topic": "t" } },
                "events": [event("request", said()), {
                    "type": "request",
                    "params": noise,
                    "headers": {
                        "byte": { "byte": -1 }, "short": { "short": 2 }, "integer": { "integer": 3 }, "long": { "long": 4 },
                        "blob": { "blob": "YQ==" }, "at": { "timestamp": "2024-10-31T14:15:14Z" }
                    },
                    "requireHeaders": [":exception-type"],
                    "forbidHeaders": [":event-type"],
                    "bytes": "AAAA"
                }]
            })
        ),
        case(
            "Received",
            json!({
                "initialResponseParams": { "topic": "t" },
                "initialResponse": { "code": 200, "headers": { "x-topic": "t" } },
                "events": [event("response", said())]
            })
        ),
        case(
            "Both",
            json!({ "events": [event("request", said()), event("response", said())] })
        ),
        case(
            "Ended",
            json!({
                "events": [event("response", noise)],
                "expectation": { "failure": { "errorId": "example#Noise" } }
            })
        ),
        case(
            "Refused",
            json!({
                "initialResponse": { "code": 500, "body": "{}", "headers": { "x-amzn-errortype": "Closed" } },
                "expectation": { "failure": { "errorId": "example#Closed" } }
            })
        ),
        case(
            "Broken",
            json!({ "events": [event("response", said())], "expectation": { "failure": {} } })
        ),
        case(
            "ForServers",
            json!({ "appliesTo": "server", "events": [event("request", said())] })
        ),
        case(
            "ForOthers",
            json!({ "protocol": "smithy.protocols#rpcv2Cbor" })
        ),
    ]);
    insta::assert_snapshot!(talk(cases).unwrap().unwrap());
}

#[test]
fn without_cases_for_clients_there_is_no_file() {
    let cases = json!([case("ForServers", json!({ "appliesTo": "server" }))]);
    assert_eq!(talk(cases), Ok(None));
}

#[test]
fn a_mistake_in_a_case_is_named_with_its_place() {
    for (more, mistake) in [
        (
            json!({ "events": [event("request", json!({ "sung": {} }))] }),
            "example#Words has no member `sung`",
        ),
        (
            json!({ "events": [event("response", json!({ "noise": { "volume": 1 } }))] }),
            "noise: example#Noise has no member `volume`",
        ),
        (
            json!({ "expectation": { "failure": { "errorId": "example#Strange" } } }),
            "example#Strange is no error of the crate",
        ),
        (
            json!({ "events": [{ "type": "request", "headers": { "a": { "float": 1 } } }] }),
            "unknown variant `float`, expected one of `boolean`, `byte`, `short`, `integer`, `long`, `blob`, `string`, `timestamp`",
        ),
    ] {
        let error = talk(json!([case("Wrong", more)])).unwrap_err();
        let expected = format!("example#Talk: the protocol test `Wrong` is wrong: {mistake}");
        assert_eq!(error, expected);
    }
}
