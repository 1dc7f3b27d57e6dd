//! Services that lack what others have, or have nothing else.

use serde_json::{Map, Value, json};

/// The models, with the names of their packages.
pub fn models() -> Vec<(&'static str, Value)> {
    let text = json!({ "target": "smithy.api#String" });
    let error =
        json!({ "type": "structure", "members": {}, "traits": { "smithy.api#error": "client" } });
    let operation = json!({ "type": "operation" });
    let deprecated = json!({ "smithy.api#deprecated": { "message": "x", "since": "1" } });
    vec![
        ("no-operations", model(json!({}), json!({}))),
        (
            "rules-only",
            model(
                json!({}),
                json!({ "smithy.rules#endpointRuleSet": rules() }),
            ),
        ),
        (
            "no-input-no-output",
            model(json!({ "Call": operation }), json!({})),
        ),
        (
            "errors-only",
            model(
                json!({ "Call": { "type": "operation", "errors": [{ "target": "a#Oops" }] }, "Oops": error }),
                json!({}),
            ),
        ),
        ("unsigned", unsigned()),
        ("empty-shapes", empty_shapes()),
        ("one-of-each", one_of_each(&json!({}), &text)),
        ("all-deprecated", one_of_each(&deprecated, &text)),
        (
            "all-required",
            one_of_each(&json!({ "smithy.api#required": {} }), &text),
        ),
        (
            "all-sensitive",
            one_of_each(&json!({}), &json!({ "target": "a#Secret" })),
        ),
        ("waits-for-errors", waits_for_errors()),
        ("long-names", long_names()),
    ]
}

/// A service with all operations among the shapes, which are given without a namespace.
fn model(shapes: Value, traits: Value) -> Value {
    let shapes = shapes.as_object().cloned().unwrap_or_default();
    let operations = shapes
        .iter()
        .filter(|(_, shape)| shape["type"] == "operation");
    let operations: Vec<_> = operations
        .map(|(name, _)| json!({ "target": format!("a#{name}") }))
        .collect();
    let mut all: Map<_, _> = shapes
        .into_iter()
        .map(|(name, shape)| (format!("a#{name}"), shape))
        .collect();
    let mut own = json!({
        "aws.protocols#awsJson1_1": {},
        "aws.auth#sigv4": { "name": "odd" },
        "aws.api#service": { "sdkId": "Odd" },
    });
    let traits = traits.as_object().cloned().unwrap_or_default();
    own.as_object_mut().unwrap().extend(traits);
    let service =
        json!({ "type": "service", "version": "1", "operations": operations, "traits": own });
    all.insert("a#OddService".to_owned(), service);
    json!({ "smithy": "2.0", "shapes": all })
}

/// Rules that look at nothing.
fn rules() -> Value {
    json!({ "version": "1.0", "parameters": {}, "rules": [
        { "conditions": [], "endpoint": { "url": "https://example.com" }, "type": "endpoint" },
    ] })
}

fn unsigned() -> Value {
    let traits = json!({ "smithy.api#auth": [] });
    let operation = json!({ "type": "operation", "traits": traits });
    model(json!({ "Call": operation, "Tell": operation }), json!({}))
}

fn empty_shapes() -> Value {
    let all = json!({ "type": "structure", "members": {
        "structure": { "target": "a#Nothing" },
        "union": { "target": "a#NoUnion" },
        "list": { "target": "a#NoThings" },
    } });
    let operation = json!({ "type": "operation", "input": { "target": "a#All" }, "output": { "target": "a#All" } });
    model(
        json!({
            "Call": operation,
            "All": all,
            "Nothing": { "type": "structure", "members": {} },
            "NoUnion": { "type": "union", "members": { "nothing": { "target": "smithy.api#Unit" } } },
            "NoThings": { "type": "list", "member": { "target": "a#Nothing" } },
        }),
        json!({}),
    )
}

/// Structures, unions and enums of one member, which has these traits and this target.
fn one_of_each(traits: &Value, target: &Value) -> Value {
    let mut member = target.clone();
    member["traits"] = traits.clone();
    let is_required = traits.get("smithy.api#required").is_some();
    let own = if is_required {
        json!({})
    } else {
        traits.clone()
    };
    let of = |kind: &str, member: &Value| json!({ "type": kind, "members": { "x": member }, "traits": own });
    let mut plain = target.clone();
    plain["traits"] = own.clone();
    let unit = json!({ "target": "smithy.api#Unit", "traits": own });
    let mut integer = unit.clone();
    integer["traits"]["smithy.api#enumValue"] = json!(1);
    let to = |name: &str| json!({ "target": format!("a#{name}"), "traits": traits });
    let mut oops = of("structure", &member);
    oops["traits"]["smithy.api#error"] = json!("server");
    let operation = |io: &str| {
        json!({
            "type": "operation", "traits": own, "errors": [{ "target": "a#Oops" }],
            "input": { "target": format!("a#{io}") }, "output": { "target": format!("a#{io}") },
        })
    };
    model(
        json!({
            "Call": operation("One"),
            "Tell": operation("Others"),
            "One": of("structure", &member),
            "Others": { "type": "structure", "members": {
                "union": to("Either"), "enum": to("Kind"), "number": to("Number"), "one": to("One"),
            } },
            "Either": of("union", &plain),
            "Kind": of("enum", &unit),
            "Number": of("intEnum", &integer),
            "Oops": oops,
            "Secret": { "type": "string", "traits": { "smithy.api#sensitive": {} } },
        }),
        json!({}),
    )
}

/// Waiters that look at no response.
fn waits_for_errors() -> Value {
    let acceptor = |state: &str, matcher: Value| json!({ "state": state, "matcher": matcher });
    let waiters = json!({
        "Exists": { "acceptors": [acceptor("success", json!({ "success": true }))] },
        "Fails": { "acceptors": [acceptor("success", json!({ "success": false }))] },
        "NotExists": { "acceptors": [acceptor("success", json!({ "errorType": "Gone" }))] },
        "NeverEnds": { "acceptors": [acceptor("retry", json!({ "errorType": "Gone" }))] },
    });
    let traits = json!({ "smithy.waiters#waitable": waiters });
    model(
        json!({ "Call": { "type": "operation", "traits": traits } }),
        json!({}),
    )
}

/// Names that are too long for files and differ only at their ends, and some that Windows keeps for devices.
fn long_names() -> Value {
    let mut shapes = Map::new();
    let long = "NameThatIsTooLongForAFile".repeat(12);
    for name in [
        format!("{long}A"),
        format!("{long}B"),
        "Con".to_owned(),
        "aux".to_owned(),
    ] {
        let structure = format!("{name}Structure");
        let mut members = Map::new();
        for (member, shape) in [("A", "a#Kinds"), ("B", structure.as_str())] {
            let target = if shape == structure {
                format!("a#{shape}")
            } else {
                shape.to_owned()
            };
            members.insert(format!("{name}{member}"), json!({ "target": target }));
        }
        let io = json!({ "target": format!("a#{structure}") });
        let matcher = json!({ "errorType": "Gone" });
        let acceptor = json!({ "state": "success", "matcher": matcher });
        let waiters = json!({ format!("{name}Exists"): { "acceptors": [acceptor] } });
        shapes.insert(
            structure,
            json!({ "type": "structure", "members": members }),
        );
        shapes.insert(
            name.clone(),
            json!({ "type": "operation", "input": io, "traits": { "smithy.waiters#waitable": waiters } }),
        );
        shapes.insert(format!("{name}Empty"), json!({ "type": "operation" }));
    }
    let unit = json!({ "target": "smithy.api#Unit" });
    let kinds = json!({ format!("{long}A"): unit, format!("{long}B"): unit });
    shapes.insert(
        "Kinds".to_owned(),
        json!({ "type": "enum", "members": kinds }),
    );
    model(Value::Object(shapes), json!({}))
}
