//! Operations and errors that are called sensitive, so that the runtime keeps them out of logs and error texts.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

fn structure(members: Value, traits: &Value) -> Value {
    json!({"type": "structure", "members": members, "traits": traits})
}

fn target(shape: &str) -> Value {
    json!({"target": format!("a.b#{shape}")})
}

/// A service with one operation, with this input, output and error, and what they may reach.
fn model(input: &str, output: &str, error: &str) -> Value {
    let text = json!({"target": "smithy.api#String"});
    let secret = json!({"smithy.api#sensitive": {}});
    let is_error = json!({"smithy.api#error": "client"});
    let discreet = json!({"smithy.api#error": "client", "smithy.api#sensitive": {},
        "aws.protocols#awsQueryError": {"code": "Old.Discreet", "httpResponseCode": 400}});
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [target("Do")],
            "traits": {"aws.protocols#awsJson1_0": {}, "aws.protocols#awsQueryCompatible": {}}
        },
        "a.b#Do": {
            "type": "operation", "input": target(input), "output": target(output), "errors": [target(error)]
        },
        "a.b#Plain": structure(json!({"message": text, "next": target("PlainList")}), &json!({})),
        "a.b#PlainList": {"type": "list", "member": target("Plain")},
        "a.b#Deep": structure(json!({"map": target("Map"), "next": target("Deep")}), &json!({})),
        "a.b#Map": {"type": "map", "key": text, "value": target("Choice")},
        "a.b#Choice": {"type": "union", "members": {"open": text, "list": target("Secrets")}},
        "a.b#Secrets": {"type": "list", "member": target("Secret")},
        "a.b#Secret": {"type": "string", "traits": &secret},
        "a.b#Level": {"type": "enum", "traits": &secret, "members": {
            "HIGH": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "high"}}
        }},
        "a.b#OfLevel": structure(json!({"level": target("Level")}), &json!({})),
        "a.b#Whole": structure(json!({"id": text}), &secret),
        "a.b#Failed": structure(json!({"message": text}), &is_error),
        "a.b#FailedDeep": structure(json!({"message": text, "detail": target("Deep")}), &is_error),
        "a.b#FailedDiscreetly": structure(json!({"Message": target("Secret")}), &is_error),
        "a.b#FailedOldly": structure(json!({"errorMessage": target("Secret")}), &is_error),
        "a.b#Discreet": structure(json!({"message": text}), &discreet),
    }})
}

/// Returns the flags of the operation's input and output, and the names of sensitive errors.
fn flags(input: &str, output: &str, error: &str) -> (bool, bool, String) {
    let model = model(input, output, error).to_string();
    let generated = generate(&model, &Options::default()).unwrap();
    let operation = generated.file("src/operation/do_.rs").unwrap();
    let client = generated.file("src/client.rs").unwrap();
    let (_, errors) = client.split_once("sensitive_errors: &[").unwrap();
    let (errors, _) = errors.split_once(']').unwrap();
    (
        operation.contains(".sensitive_input()"),
        operation.contains(".sensitive_output()"),
        errors.to_owned(),
    )
}

#[test]
fn operations_are_sensitive_by_what_they_reach() {
    assert_eq!(
        flags("Plain", "Plain", "Failed"),
        (false, false, String::new())
    );
    for shape in ["Deep", "OfLevel", "Whole"] {
        assert_eq!(
            flags(shape, "Plain", "Failed"),
            (true, false, String::new()),
            "{shape}"
        );
        assert_eq!(
            flags("Plain", shape, "Failed"),
            (false, true, String::new()),
            "{shape}"
        );
    }
    assert_eq!(
        flags("Plain", "Plain", "FailedDeep"),
        (false, true, String::new())
    );
}

#[test]
fn errors_are_sensitive_by_their_message_or_as_a_whole() {
    for (error, names) in [
        ("FailedDiscreetly", r#""FailedDiscreetly""#),
        ("FailedOldly", r#""FailedOldly""#),
        ("Discreet", r#""Discreet", "Old.Discreet""#),
    ] {
        assert_eq!(
            flags("Plain", "Plain", error),
            (false, true, names.to_owned())
        );
    }
}
