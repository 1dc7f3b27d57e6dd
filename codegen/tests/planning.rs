//! Mistakes that only show when a crate is lowered. Each message names the place, and all come at once.

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// A service with one operation, whose input has these members.
fn model(members: Value, traits: Value) -> Value {
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#awsJson1_0": {}}
        },
        "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}, "traits": traits},
        "a.b#In": {"type": "structure", "members": members}
    }})
}

fn error(model: &Value) -> String {
    let error = generate(&model.to_string(), &Options::default());
    error.expect_err("the model must be refused").to_string()
}

fn member(target: &str, traits: Value) -> Value {
    json!({"target": target, "traits": traits})
}

#[test]
fn defaults_of_another_type() {
    let default = |target: &str, value: Value| member(target, json!({"smithy.api#default": value}));
    let members = json!({
        "small": default("smithy.api#Byte", json!(128)),
        "whole": default("smithy.api#Integer", json!(1.5)),
        "text": default("smithy.api#String", json!(1)),
        "data": default("smithy.api#Blob", json!("#")),
        "time": default("smithy.api#Timestamp", json!("noon")),
        "ratio": default("smithy.api#Double", json!("many")),
    });
    assert_eq!(
        error(&model(members, json!({}))),
        "a.b#In$small: the default 128 is not an integer of 8 bits\n\
         a.b#In$whole: the default 1.5 is not an integer of 32 bits\n\
         a.b#In$text: the default 1 is not a string\n\
         a.b#In$data: the default \"#\" is not a string, the blob's bytes in base64\n\
         a.b#In$time: the default \"noon\" is not a number of seconds since 1970, in the years from 0 to 9999, or text like \"2017-07-01T00:00:00Z\"\n\
         a.b#In$ratio: the default \"many\" is not a number, \"NaN\", \"Infinity\" or \"-Infinity\""
    );
}

#[test]
fn host_prefixes_that_cannot_be() {
    let label = json!({"smithy.api#hostLabel": {}, "smithy.api#required": {}});
    let members = json!({
        "count": {"target": "smithy.api#Integer"},
        "a": member("smithy.api#String", label.clone()),
        "b": member("smithy.api#String", label),
        "absent": member("smithy.api#String", json!({"smithy.api#hostLabel": {}})),
        "plain": member("smithy.api#String", json!({"smithy.api#required": {}})),
    });
    let with_prefix = |prefix: &str| {
        let traits = json!({"smithy.api#endpoint": {"hostPrefix": prefix}});
        generate(
            &model(members.clone(), traits).to_string(),
            &Options::default(),
        )
    };
    for prefix in ["", "data-", "{a}.data-{b}."] {
        with_prefix(prefix).unwrap();
    }
    for (prefix, problem) in [
        ("{count}.", "names `count`, which is not a string"),
        ("{c}.", "names `c`, which is not a member of the input"),
        ("{}.", "names ``, which is not a member of the input"),
        (
            "{absent}.",
            "names `absent`, which has to have the trait smithy.api#required",
        ),
        (
            "{plain}.",
            "names `plain`, which has to have the trait smithy.api#hostLabel",
        ),
        ("a-{b", "has a `{` without a `}`"),
        ("{a}}x.", "has a `}` without a `{`"),
        ("x}.", "has a `}` without a `{`"),
        ("{{a}}.", "names `{a`, which is not a member of the input"),
        (
            "{a}{b}.",
            "has the labels `a` and `b` side by side: text has to stand between them",
        ),
        ("{a}.{a}.", "has the label `a` twice"),
        (
            "https://a.",
            "has ':', which cannot be part of a host's name",
        ),
    ] {
        assert_eq!(
            with_prefix(prefix).unwrap_err().to_string(),
            format!("a.b#Do: its host prefix `{prefix}` {problem}")
        );
    }
}

#[test]
fn endpoint_parameters_of_another_type() {
    let context = json!({"smithy.rules#contextParam": {"name": "Count"}});
    let members = json!({"count": member("smithy.api#Integer", context)});
    assert_eq!(
        error(&model(members, json!({}))),
        "a.b#In$count: the endpoint parameter Count: `count` has to be a string, a boolean or a list of strings"
    );
}

#[test]
fn a_service_without_operations_is_a_crate_all_the_same() {
    let mut model = model(json!({}), json!({}));
    model["shapes"]["a.b#Service"]["operations"] = json!([]);
    let generated = generate(&model.to_string(), &Options::default()).unwrap();
    assert_eq!(generated.summary.operations, 0);
    assert_eq!(generated.file("src/operation.rs"), None);
}

#[test]
fn the_operation_to_begin_with_does_no_harm_and_needs_little() {
    let of = |names: &[&str]| {
        let mut model = model(json!({}), json!({}));
        let shapes = model["shapes"].as_object_mut().unwrap();
        let targets = names.iter().map(|name| {
            let name = name.trim_end_matches(['!', '?']);
            json!({"target": format!("a.b#{name}")})
        });
        shapes["a.b#Service"]["operations"] = targets.collect();
        let text = json!({"target": "smithy.api#String", "traits": {"smithy.api#required": {}}});
        shapes.insert(
            "a.b#One".into(),
            json!({"type": "structure", "members": {"one": text}}),
        );
        // `!` marks the trait, `?` a required member.
        for name in names {
            let mut operation = json!({"type": "operation", "traits": {}});
            if name.ends_with('!') {
                operation["traits"]["smithy.api#readonly"] = json!({});
            }
            if name.ends_with('?') {
                operation["input"] = json!({"target": "a.b#One"});
            }
            let name = name.trim_end_matches(['!', '?']);
            shapes.insert(format!("a.b#{name}"), operation);
        }
        let generated = generate(&model.to_string(), &Options::default()).unwrap();
        let root = generated.file("src/lib.rs").unwrap();
        let (_, call) = root.split_once("client.").unwrap();
        call.split_once('(').unwrap().0.to_owned()
    };
    for (names, expected) in [
        (&["DeleteAll", "ListThings"][..], "list_things"),
        (&["Delete", "Scan!"], "scan"),
        (&["GetThing?", "ListThings"], "list_things"),
        (&["Add", "GetThing?"], "get_thing"),
        (&["ListTagsOfThings", "ListThings"], "list_things"),
        (&["ListB", "ListA"], "list_a"),
        (&["Listen", "Get"], "get"),
        (&["Delete?", "Add"], "add"),
    ] {
        assert_eq!(of(names), expected, "{names:?}");
    }
}

#[test]
fn event_streams_that_are_not_supported_say_why() {
    let check = |out: Value, done: Value, expected: &str| {
        let mut model = model(json!({}), json!({}));
        let shapes = model["shapes"].as_object_mut().unwrap();
        shapes["a.b#Service"]["operations"] = json!([{"target": "a.b#Listen"}]);
        shapes.insert(
            "a.b#Listen".into(),
            json!({"type": "operation", "output": {"target": "a.b#Out"}}),
        );
        shapes.insert("a.b#Out".into(), out);
        for name in ["a.b#Events", "a.b#More"] {
            let members = json!({"done": {"target": "a.b#Done"}});
            let union = json!({"type": "union", "members": members, "traits": {"smithy.api#streaming": {}}});
            shapes.insert(name.into(), union);
        }
        shapes.insert("a.b#Done".into(), done);
        shapes.insert(
            "a.b#List".into(),
            json!({"type": "list", "member": {"target": "a.b#Events"}}),
        );
        let error = error(&model);
        let expected = format!("{expected}, which is not supported; `Listen` needs it");
        assert!(error.lines().any(|line| line == expected), "{error}");
    };
    let holding =
        |target: &str| json!({"type": "structure", "members": {"events": {"target": target}}});
    let done = || json!({"type": "structure", "members": {}});
    let headers = |target: &str| {
        let header = json!({"target": target, "traits": {"smithy.api#eventHeader": {}}});
        json!({"type": "structure", "members": {"header": header}})
    };
    check(
        holding("a.b#List"),
        done(),
        "a.b#Events: is an event stream in a.b#List, which is not just the input or output of operations",
    );
    let both = json!({"events": {"target": "a.b#Events"}, "more": {"target": "a.b#More"}});
    let both = json!({"type": "structure", "members": both});
    for stream in ["a.b#Events", "a.b#More"] {
        let expected = format!("{stream}: is an event stream beside another one in a.b#Out");
        check(both.clone(), done(), &expected);
    }
    check(
        holding("a.b#Events"),
        json!({"type": "string"}),
        "a.b#Events: is an event stream whose event `done` is no structure",
    );
    check(
        holding("a.b#Events"),
        headers("smithy.api#Double"),
        "a.b#Events: is an event stream whose header a.b#Done$header is not a boolean, an integer of 8 to 64 bits, a string, \
         an enum, a blob or a timestamp",
    );
}

#[test]
fn an_event_stream_is_all_of_the_body_where_there_are_http_bindings() {
    let generated = |protocol: &str, payload: Value| {
        let mut model = model(json!({}), json!({}));
        let shapes = model["shapes"].as_object_mut().unwrap();
        let service = &mut shapes["a.b#Service"];
        service["operations"] = json!([{"target": "a.b#Talk"}]);
        let traits = service["traits"].as_object_mut().unwrap();
        traits.retain(|name, _| !name.starts_with("aws.protocols#"));
        traits.insert(protocol.to_owned(), json!({}));
        let member = json!({"events": {"target": "a.b#Events", "traits": payload}});
        for (name, shape) in [
            (
                "a.b#Talk",
                json!({
                    "type": "operation",
                    "input": {"target": "a.b#In"},
                    "traits": {"smithy.api#http": {"method": "POST", "uri": "/talk"}}
                }),
            ),
            ("a.b#In", json!({"type": "structure", "members": member})),
            (
                "a.b#Events",
                json!({
                    "type": "union",
                    "members": {"done": {"target": "a.b#Done"}},
                    "traits": {"smithy.api#streaming": {}}
                }),
            ),
            ("a.b#Done", json!({"type": "structure", "members": {}})),
        ] {
            shapes.insert(name.to_owned(), shape);
        }
        smithy_codegen::generate(&model.to_string(), &smithy_codegen::Options::default())
            .map(|generated| generated.file("Cargo.toml").unwrap().to_owned())
            .map_err(|error| error.to_string())
    };
    let payload = json!({"smithy.api#httpPayload": {}});
    let manifest = generated("aws.protocols#restJson1", payload).unwrap();
    assert!(manifest.contains("\"event-stream-input\""), "{manifest}");
    let manifest = generated("aws.protocols#awsJson1_0", json!({})).unwrap();
    assert!(manifest.contains("\"event-stream-input\""), "{manifest}");
    let error = generated("aws.protocols#restJson1", json!({})).unwrap_err();
    let expected = "a.b#Events: is an event stream in a.b#In$events, which is not all of the body (smithy.api#httpPayload), \
                    which is not supported; `Talk` needs it";
    assert!(error.lines().any(|line| line == expected), "{error}");
}

#[test]
fn what_is_left_out_is_said() {
    let mut model = model(json!({}), json!({}));
    let shapes = model["shapes"].as_object_mut().unwrap();
    shapes["a.b#Service"]["operations"] = json!([{"target": "a.b#Do"}, {"target": "a.b#Listen"}]);
    shapes.insert(
        "a.b#Listen".into(),
        json!({"type": "operation", "input": {"target": "a.b#Out"}}),
    );
    shapes.insert(
        "a.b#Out".into(),
        json!({"type": "structure", "members": {"sound": {"target": "a.b#Sound"}}}),
    );
    shapes.insert(
        "a.b#Sound".into(),
        json!({"type": "blob", "traits": {"smithy.api#streaming": {}}}),
    );
    let refused = "a.b#Sound: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Listen` needs it\n`skip_unsupported` (`--skip-unsupported`) leaves out ";
    assert!(error(&model).starts_with(refused), "{}", error(&model));

    let options = Options {
        skip_unsupported: true,
        ..Options::default()
    };
    let generated = generate(&model.to_string(), &options).unwrap();
    assert_eq!(
        generated.summary.left_out,
        ["a.b#Listen: `Sound` is a stream of bytes in a protocol without HTTP bindings"]
    );
    let root = generated.file("src/lib.rs").unwrap();
    let line = "//! - `Listen`: `Sound` is a stream of bytes in a protocol without HTTP bindings";
    assert!(root.contains(line), "{root}");
}
