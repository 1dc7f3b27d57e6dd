//! The protocol tests that a model carries become tests of its crate.

use serde_json::{Value, json};
use smithy_codegen::{GeneratedCrate, Options, generate};

/// A service with one operation, `Order`, that has these tests.
fn model(requests: Value, responses: Value) -> String {
    let string = json!({ "target": "smithy.api#String" });
    json!({
        "smithy": "2.0",
        "shapes": {
            "example#Shop": {
                "type": "service",
                "version": "1",
                "operations": [{ "target": "example#Order" }],
                "traits": {
                    "aws.api#service": { "sdkId": "Shop" },
                    "aws.auth#sigv4": { "name": "shop" },
                    "aws.protocols#awsJson1_0": {}
                }
            },
            "example#Order": {
                "type": "operation",
                "input": { "target": "example#OrderInput" },
                "output": { "target": "example#OrderOutput" },
                "errors": [{ "target": "example#SoldOut" }],
                "traits": {
                    "smithy.test#httpRequestTests": requests,
                    "smithy.test#httpResponseTests": responses
                }
            },
            "example#OrderInput": {
                "type": "structure",
                "members": {
                    "item": { "target": "example#Item", "traits": { "smithy.api#required": {} } },
                    "token": { "target": "smithy.api#String", "traits": { "smithy.api#idempotencyToken": {} } },
                    "note": { "target": "smithy.api#Blob" },
                    "count": { "target": "smithy.api#Byte" },
                    "extra": { "target": "smithy.api#Document" },
                    "type": { "target": "example#Kind" }
                },
                "traits": { "smithy.api#input": {} }
            },
            "example#OrderOutput": {
                "type": "structure",
                "members": {
                    "at": { "target": "smithy.api#Timestamp" },
                    "weights": { "target": "example#Weights" },
                    "id": { "target": "smithy.api#String", "traits": { "smithy.api#required": {} } }
                },
                "traits": { "smithy.api#output": {} }
            },
            "example#Weights": {
                "type": "map",
                "key": string,
                "value": { "target": "smithy.api#Double" },
                "traits": { "smithy.api#sparse": {} }
            },
            "example#Item": { "type": "union", "members": { "name": string, "parts": { "target": "example#Parts" } } },
            "example#Parts": { "type": "list", "member": { "target": "example#Item" } },
            "example#Kind": {
                "type": "enum",
                "members": { "GIFT": { "target": "smithy.api#Unit", "traits": { "smithy.api#enumValue": "gift" } } }
            },
            "example#SoldOut": {
                "type": "structure",
                "members": { "message": string },
                "traits": {
                    "smithy.api#error": "client",
                    "smithy.test#httpResponseTests": [{
                        "id": "SoldOut",
                        "protocol": "aws.protocols#awsJson1_0",
                        "code": 400,
                        "headers": { "x-amzn-errortype": "SoldOut" },
                        "vendorParams": { "code": "SoldOut" }
                    }]
                }
            }
        }
    })
    .to_string()
}

fn request(id: &str, more: Value) -> Value {
    let mut case =
        json!({ "id": id, "protocol": "aws.protocols#awsJson1_0", "method": "POST", "uri": "/" });
    case.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    case
}

fn response(id: &str, more: Value) -> Value {
    let mut case = json!({ "id": id, "protocol": "aws.protocols#awsJson1_0", "code": 200 });
    case.as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    case
}

fn shop(requests: Value, responses: Value) -> Result<GeneratedCrate, String> {
    let options = Options {
        source: "shop.json".to_owned(),
        ..Options::default()
    };
    generate(&model(requests, responses), &options).map_err(|error| error.to_string())
}

#[test]
fn cases_become_tests() {
    let requests = json!([
        request(
            "OrderName",
            json!({
                "documentation": "Orders by name.",
                "params": {
                    "item": { "parts": [{ "name": "a \"b\"" }, { "parts": [] }] },
                    "note": "plain", "count": -1, "extra": { "x": [null] }, "type": "gift"
                },
                "headers": { "X-Amz-Target": "Shop.Order" },
                "requireHeaders": ["Content-Length"],
                "forbidHeaders": ["X-Other"],
                "queryParams": ["a=b"], "forbidQueryParams": ["c"], "requireQueryParams": ["a"],
                "host": "example.com", "resolvedHost": "shop.example.com",
                "body": "{\"item\": {}}", "bodyMediaType": "application/json"
            })
        ),
        request(
            "OrderName",
            json!({
                "params": { "item": { "name": "a" }, "token": "mine", "type": "loan" },
                "body": "{ }"
            })
        ),
        request(
            "Plain",
            json!({
                "params": { "item": { "name": "a" } }, "body": "exactly", "bodyMediaType": "text/plain"
            })
        ),
        request("ForServers", json!({ "appliesTo": "server" })),
        request(
            "ForOthers",
            json!({ "protocol": "aws.protocols#restJson1" })
        ),
    ]);
    let responses = json!([
        response(
            "Ordered",
            json!({
                "headers": { "Content-Type": "application/x-amz-json-1.0" },
                "body": "{\n  \"id\": \"1\"\n}",
                "params": { "at": 1606272542.135, "weights": { "a": "NaN", "b": null }, "id": "1" }
            })
        ),
        response("Corrected", json!({})),
    ]);
    let generated = shop(requests, responses).unwrap();
    insta::assert_snapshot!(generated.file("tests/protocol.rs").unwrap());
    assert!(
        generated
            .file("Cargo.toml")
            .unwrap()
            .contains("[dev-dependencies]\nsmithy-rt = { version = ")
    );
}

#[test]
fn without_cases_for_clients_there_is_no_file() {
    let text = model(
        json!([request("ForServers", json!({ "appliesTo": "server" }))]),
        json!([]),
    )
    .replace("smithy.test#httpResponseTests", "example#other");
    let generated = generate(&text, &Options::default()).unwrap();
    assert_eq!(generated.file("tests/protocol.rs"), None);
    assert!(
        !generated
            .file("Cargo.toml")
            .unwrap()
            .contains("dev-dependencies")
    );
}

#[test]
fn a_mistake_in_a_case_is_named_with_its_place() {
    let item = json!({ "name": "a" });
    let params = [
        (json!([]), "params: must be an object"),
        (json!({}), "params: lacks `item`, which is required"),
        (
            json!({ "item": item, "itme": 1 }),
            "params: example#OrderInput has no member `itme`",
        ),
        (
            json!({ "item": { "name": "a", "parts": [] } }),
            "params.item: must be an object with one member, since it is a union",
        ),
        (
            json!({ "item": { "size": 1 } }),
            "params.item: example#Item has no member `size`",
        ),
        (
            json!({ "item": { "parts": [{ "name": "a" }, { "name": 7 }] } }),
            "params.item.parts[1].name: 7 is not a string",
        ),
        (
            json!({ "item": { "parts": { "name": "a" } } }),
            "params.item.parts: must be an array",
        ),
        (
            json!({ "item": item, "note": 1 }),
            "params.note: must be a string, the blob's bytes as text",
        ),
        (
            json!({ "item": item, "count": 128 }),
            "params.count: 128 is not an integer of 8 bits",
        ),
        (
            json!({ "item": item, "type": 1 }),
            "params.type: 1 is not a string, a value of example#Kind",
        ),
    ];
    for (params, message) in params {
        let error = shop(
            json!([request("Wrong", json!({ "params": params }))]),
            json!([]),
        )
        .unwrap_err();
        assert_eq!(
            error,
            format!("example#Order: the protocol test `Wrong` is wrong: {message}")
        );
    }
    let malformed = shop(json!([{ "id": "NoProtocol" }]), json!([])).unwrap_err();
    assert_eq!(
        malformed,
        "example#Order: a protocol test is wrong: missing field `protocol`"
    );
    let malformed = shop(
        json!([{ "id": "NoMethod", "protocol": "aws.protocols#awsJson1_0", "params": { "item": item } }]),
        json!([]),
    );
    assert_eq!(
        malformed.unwrap_err(),
        "example#Order: the protocol test `NoMethod` is wrong: missing field `method`"
    );
}
