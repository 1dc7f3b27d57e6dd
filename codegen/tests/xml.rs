//! What the protocols of XML and queries do not take of a model.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// The errors of a service that speaks a protocol, with these traits of its one operation and these members of its input.
fn problems(protocol: &str, service: &Value, operation: Value, members: Value) -> String {
    let mut traits = json!({ format!("aws.protocols#{protocol}"): {} });
    let mut of_service = json!({ "type": "service", "operations": [{ "target": "a.b#Do" }] });
    traits["smithy.api#title"] = json!("Title");
    of_service["traits"] = traits;
    for (name, value) in service.as_object().unwrap() {
        of_service[name] = value.clone();
    }
    let model = json!({ "smithy": "2.0", "shapes": {
        "a.b#Service": of_service,
        "a.b#Do": {
            "type": "operation", "input": { "target": "a.b#In" }, "output": { "target": "a.b#Out" }, "traits": operation
        },
        "a.b#In": { "type": "structure", "members": members },
        "a.b#Out": { "type": "structure", "members": members },
        "a.b#Names": { "type": "list", "member": { "target": "smithy.api#String" } }
    }});
    match generate(&model.to_string(), &Options::default()) {
        Ok(_) => "none".to_owned(),
        Err(error) => error.to_string(),
    }
}

fn post(more: &Value) -> Value {
    let mut traits = json!({ "smithy.api#http": { "method": "POST", "uri": "/" } });
    for (id, value) in more.as_object().unwrap() {
        traits[id] = value.clone();
    }
    traits
}

fn member(target: &str, traits: Value) -> Value {
    json!({ "target": target, "traits": traits })
}

#[test]
fn names_in_xml_are_different() {
    let string = |traits| member("smithy.api#String", traits);
    let renamed = || string(json!({ "smithy.api#xmlName": "x" }));
    let version = json!({ "version": "1" });
    let members = json!({ "a": renamed(), "b": renamed() });
    for protocol in ["restXml", "awsQuery", "ec2Query"] {
        let problems = problems(protocol, &version, post(&json!({})), members.clone());
        assert!(
            problems.contains("a.b#In$b: is called `x` in XML, as `a` is: each member needs a name of its own (smithy.api#xmlName)"),
            "{problems}"
        );
    }
    let attribute = string(json!({ "smithy.api#xmlName": "x", "smithy.api#xmlAttribute": {} }));
    let members = json!({ "a": renamed(), "b": attribute });
    assert_eq!(
        problems("restXml", &version, post(&json!({})), members),
        "none"
    );
    let members = json!({ "a": renamed(), "b": renamed() });
    assert_eq!(problems("awsJson1_0", &version, json!({}), members), "none");
}

#[test]
fn attributes_are_texts() {
    let list = member("a.b#Names", json!({ "smithy.api#xmlAttribute": {} }));
    let problems = problems(
        "restXml",
        &json!({}),
        post(&json!({})),
        json!({ "a": list }),
    );
    assert!(
        problems.contains("a.b#In$a: is not of a kind that can be an attribute in XML"),
        "{problems}"
    );
}

#[test]
fn queries_name_a_version() {
    let string = json!({ "a": { "target": "smithy.api#String" } });
    let problems = |protocol| problems(protocol, &json!({}), json!({}), string.clone());
    for protocol in ["awsQuery", "ec2Query"] {
        assert_eq!(
            problems(protocol),
            format!("a.b#Service: has no `version`, which {protocol} names in every request")
        );
    }
    assert_eq!(problems("awsJson1_0"), "none");
}
