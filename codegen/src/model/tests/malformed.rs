//! Every mistake in a model ends in a message that names the place and says what would be right; all of them come at once.

use crate::model::{Closure, Model};
use crate::{Options, generate};
use serde_json::{Value, json};

/// The errors of a model, a line for each problem.
fn problems(text: &str) -> String {
    let model = Model::parse(text);
    let error = model
        .and_then(|model| Closure::of(&model).and_then(|closure| closure.check_supported(false)));
    error.expect_err("the model must be refused").to_string()
}

/// The errors of a small good model to which these shapes are added, or in which they take the place of others.
fn problems_with(shapes: Value) -> String {
    let mut model = good();
    let target = model["shapes"].as_object_mut().unwrap();
    for (id, shape) in shapes.as_object().unwrap() {
        target.insert(id.clone(), shape.clone());
    }
    problems(&model.to_string())
}

/// The errors of a small good model in which the input of its operation has these members.
fn problems_with_input(members: Value) -> String {
    problems_with(json!({"a.b#In": {"type": "structure", "members": members}}))
}

fn good() -> Value {
    json!({"smithy": "2.0", "shapes": {
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#awsJson1_0": {}}
        },
        "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}},
        "a.b#In": {"type": "structure", "members": {"name": {"target": "smithy.api#String"}}}
    }})
}

#[test]
fn the_good_model_is_good() {
    let model = Model::parse(&good().to_string()).unwrap();
    Closure::of(&model).unwrap().check_supported(false).unwrap();
}

#[test]
fn what_is_not_a_model() {
    for (text, message) in [
        (
            "",
            "the model is not well-formed JSON: EOF while parsing a value at line 1 column 0",
        ),
        (
            "shapes: {}",
            "the model is not well-formed JSON: expected value at line 1 column 1",
        ),
        (
            "[]",
            "the model is not a Smithy model, which is a JSON object with `smithy` and `shapes`",
        ),
        (
            "{}",
            "the model does not say which version of Smithy it is in; `\"smithy\": \"2.0\"` is missing",
        ),
        (
            r#"{"smithy": "0.5", "shapes": {}}"#,
            "the model is Smithy `0.5`, but only 2.0 and 1.0 are supported",
        ),
        (
            r#"{"smithy": 2}"#,
            "the model is Smithy 2, but only 2.0 and 1.0 are supported",
        ),
        (
            r#"{"smithy": "2.0"}"#,
            "the model has no `shapes`, an object of shapes by id",
        ),
        (
            r#"{"smithy": "2.0", "shapes": []}"#,
            "the model has no `shapes`, an object of shapes by id",
        ),
        (
            r#"{"smithy": "2.0", "shapes": {}}"#,
            "the model has no service; exactly one shape of type `service` is needed",
        ),
        (
            r#"{"smithy": "2.0", "shapes": {"a#B": {"type": "string"}, "a#B": {"type": "blob"}}}"#,
            "the model is not well-formed JSON: the key `a#B` stands twice in one object at line 1 column 61",
        ),
    ] {
        assert_eq!(problems(text), message, "{text}");
    }
}

#[test]
fn a_model_that_is_nested_too_deep() {
    let deep = format!(
        r#"{{"smithy": "2.0", "metadata": {}1{}, "shapes": {{}}}}"#,
        "[".repeat(200),
        "]".repeat(200)
    );
    assert_eq!(
        problems(&deep),
        "the model is not well-formed JSON: recursion limit exceeded at line 1 column 157"
    );
}

#[test]
fn two_services() {
    assert_eq!(
        problems_with(json!({"a.b#Other": {"type": "service", "version": "1"}})),
        "the model has 2 services: choose one of them by `service` (`--service`): `a.b#Service`, `a.b#Other`"
    );
}

#[test]
fn protocols() {
    let with = |traits: Value| {
        let mut model = good();
        model["shapes"]["a.b#Service"]["traits"] = traits;
        generate(&model.to_string(), &Options::default())
            .unwrap_err()
            .to_string()
    };
    let supported = "only smithy.protocols#rpcv2Cbor, aws.protocols#awsJson1_0, aws.protocols#awsJson1_1, aws.protocols#restJson1, \
                     aws.protocols#restXml, aws.protocols#awsQuery, aws.protocols#ec2Query, smithy.protocols#rpcv2Json are supported";
    assert_eq!(
        with(json!({"alloy#simpleRestJson": {}, "smithy.protocols#newer": {}})),
        format!(
            "a.b#Service: the service speaks alloy#simpleRestJson, smithy.protocols#newer, but {supported}"
        )
    );
    assert_eq!(
        with(json!({"smithy.api#title": "Title"})),
        format!("a.b#Service: the service speaks no protocol that we know, but {supported}")
    );
}

#[test]
fn dangling_targets() {
    assert_eq!(
        problems_with(json!({
            "a.b#Service": {
                "type": "service", "operations": [{"target": "a.b#Do"}, {"target": "a.b#Gone"}], "resources": [{"target": "a.b#R"}],
                "traits": {"aws.protocols#awsJson1_0": {}}
            },
            "a.b#Do": {
                "type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#Out"}, "errors": [{"target": "a.b#Oops"}]
            },
            "a.b#In": {"type": "structure", "members": {"list": {"target": "a.b#List"}, "odd": {"target": "smithy.api#Odd"}}},
            "a.b#List": {"type": "list", "member": {"target": "a.b#Item"}},
            "a.b#Map": {"type": "map", "key": {"target": "a.b#Key"}, "value": {"target": "a.b#Value"}},
        })),
        "a.b#Service: targets a.b#Gone in `operations`, which the model does not have\n\
         a.b#Service: targets a.b#R in `resources`, which the model does not have\n\
         a.b#Do: targets a.b#Out in `output`, which the model does not have\n\
         a.b#Do: targets a.b#Oops in `errors`, which the model does not have\n\
         a.b#In$odd: targets smithy.api#Odd, which the model does not have\n\
         a.b#List$member: targets a.b#Item, which the model does not have\n\
         a.b#Map$key: targets a.b#Key, which the model does not have\n\
         a.b#Map$value: targets a.b#Value, which the model does not have"
    );
}

#[test]
fn targets_of_the_wrong_kind() {
    assert_eq!(
        problems_with(json!({
            "a.b#Service": {
                "type": "service", "operations": [{"target": "a.b#In"}], "resources": [{"target": "a.b#Do"}],
                "traits": {"aws.protocols#awsJson1_0": {}}
            },
            "a.b#Do": {
                "type": "operation", "input": {"target": "smithy.api#String"}, "output": {"target": "a.b#In"},
                "errors": [{"target": "a.b#In"}]
            },
            "a.b#In": {"type": "structure", "members": {"do": {"target": "a.b#Do"}}},
            "a.b#Map": {"type": "map", "key": {"target": "smithy.api#Integer"}, "value": {"target": "smithy.api#String"}},
        })),
        "a.b#Service: targets a.b#In in `operations`, which must be an operation, not a shape of type `structure`\n\
         a.b#Service: targets a.b#Do in `resources`, which must be a resource, not a shape of type `operation`\n\
         a.b#Do: targets smithy.api#String in `input`, which must be a structure, not a shape of type `string`\n\
         a.b#Do: targets a.b#In in `errors`, which must be a structure with trait smithy.api#error, not a shape of type `structure`\n\
         a.b#In$do: targets a.b#Do, a shape of type `operation`, which is not a type of values\n\
         a.b#Map$key: targets smithy.api#Integer, but the keys of a map must be strings"
    );
}

#[test]
fn shapes_that_are_none() {
    assert_eq!(
        problems_with(json!({
            "a.b#Class": {"type": "class"},
            "a.b#NoType": {},
            "a.b#NumberType": {"type": 1},
            "a.b#Text": "text",
            "not an id": {"type": "string"},
            "a.b#In$name": {"type": "string"},
            "a.b#Members": {"type": "structure", "members": []},
            "a.b#Member": {"type": "structure", "members": {"a": 1, "b": {}, "c": {"target": "String"}, "d-e": {}}},
            "a.b#Traits": {"type": "string", "traits": 1},
            "a.b#List": {"type": "list"},
            "a.b#Map": {"type": "map", "key": {"target": "smithy.api#String"}},
            "a.b#Operation": {"type": "operation", "input": "a.b#In", "errors": {}},
            "a.b#Resource": {"type": "resource", "read": {}},
        })),
        "a.b#NoType: `type` must name the kind of the shape, not nothing\n\
         a.b#NumberType: `type` must name the kind of the shape, not 1\n\
         a.b#Text: a shape must be an object, not `text`\n\
         `not an id` is not a shape id, which looks like `com.example#Shape`\n\
         a.b#In$name: only an `apply` can have the id of a member\n\
         a.b#Members: `members` must be an object, not an array\n\
         a.b#Member$a: a member must be an object, not 1\n\
         a.b#Member$b: `target` must be the id of a shape (`com.example#Shape`), not nothing\n\
         a.b#Member$c: `target` must be the id of a shape (`com.example#Shape`), not `String`\n\
         a.b#Member: `d-e` cannot be the name of a member: letters, digits and `_` can, not starting with a digit\n\
         a.b#Traits: `traits` must be an object, not 1\n\
         a.b#Class: `class` is not a kind of shape that Smithy 2.0 has\n\
         a.b#List: has no `member`\n\
         a.b#Map: has no `value`\n\
         a.b#Operation: in `input`: `target` must be the id of a shape (`com.example#Shape`), not nothing\n\
         a.b#Resource: in `read`: `target` must be the id of a shape (`com.example#Shape`), not nothing"
    );
}

#[test]
fn enums() {
    let with = |shape: Value| problems_with(json!({"a.b#E": shape}));
    let of_trait =
        |values: Value| with(json!({"type": "string", "traits": {"smithy.api#enum": values}}));
    let member = |value: Value| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": value}});
    for (found, message) in [
        (
            of_trait(json!({"A": "a"})),
            "trait smithy.api#enum: must be an array of objects with a `value`, not an object",
        ),
        (
            of_trait(json!(["a"])),
            "trait smithy.api#enum: each element must be an object with a `value`, not `a`",
        ),
        (
            of_trait(json!([{"name": "A"}])),
            "trait smithy.api#enum: `value` must be a string, not nothing",
        ),
        (
            of_trait(json!([{"name": "A", "value": 1}])),
            "trait smithy.api#enum: `value` must be a string, not 1",
        ),
        (
            of_trait(json!([{"name": "a-b", "value": "a"}])),
            "trait smithy.api#enum: `name` must be letters, digits and `_`, not `a-b`",
        ),
        (
            of_trait(json!([{"color": "red", "value": "a"}])),
            "trait smithy.api#enum: `color` of value `a` is unknown",
        ),
        (
            of_trait(json!([{"name": "A", "value": "a"}, {"name": "A", "value": "b"}])),
            "trait smithy.api#enum: two values are called `A`",
        ),
        (
            of_trait(json!([{"value": "a"}, {"value": "a"}])),
            "the values of an enum must differ, but `a` and `a_2` are both `a`",
        ),
        (of_trait(json!([])), "an enum must have at least one member"),
        (
            with(json!({"type": "enum"})),
            "an enum must have at least one member",
        ),
        (
            with(
                json!({"type": "enum", "members": {"A": member(json!("x")), "B": member(json!("x"))}}),
            ),
            "the values of an enum must differ, but `A` and `B` are both `x`",
        ),
        (
            with(
                json!({"type": "intEnum", "members": {"A": member(json!(1)), "B": member(json!(1))}}),
            ),
            "the values of an intEnum must differ, but `A` and `B` are both `1`",
        ),
    ] {
        assert_eq!(found, format!("a.b#E: {message}"));
    }
    assert_eq!(
        with(json!({"type": "enum", "members": {"A": member(json!(1))}})),
        "a.b#E$A: trait smithy.api#enumValue: must be a string, not 1"
    );
    assert_eq!(
        with(
            json!({"type": "intEnum", "members": {"A": {"target": "smithy.api#Unit"}, "B": member(json!(3_000_000_000_u64)), "C": member(json!(1))}})
        ),
        "a.b#E$A: trait smithy.api#enumValue: must be a 32-bit integer, not null\n\
         a.b#E$B: trait smithy.api#enumValue: must be a 32-bit integer, not 3000000000"
    );
}

#[test]
fn mixins_that_multiply() {
    let large = "a".repeat(100_000);
    let mixin = json!({"type": "structure", "members": {}, "traits": {"smithy.api#mixin": {}, "a.b#large": large}});
    let mut shapes = json!({"a.b#Mixin": mixin});
    for number in 0..1000 {
        let user = json!({"type": "structure", "members": {}, "mixins": [{"target": "a.b#Mixin"}]});
        shapes[format!("a.b#User{number}")] = user;
    }
    assert_eq!(
        problems_with(shapes),
        "a.b#User669: shapes get more than 64 MiB from mixins by the time that this one gets its share: fewer shapes should use \
         fewer or smaller mixins"
    );
}

#[test]
fn mixins() {
    let mixin = |mixins: Value| json!({"type": "structure", "mixins": mixins, "traits": {"smithy.api#mixin": {}}});
    assert_eq!(
        problems_with(json!({
            "a.b#A": mixin(json!([{"target": "a.b#B"}])),
            "a.b#B": mixin(json!([{"target": "a.b#C"}])),
            "a.b#C": mixin(json!([{"target": "a.b#A"}])),
            "a.b#Self": mixin(json!([{"target": "a.b#Self"}])),
            "a.b#Gone": mixin(json!([{"target": "a.b#Nowhere"}])),
            "a.b#Kind": {"type": "list", "mixins": [{"target": "a.b#Gone"}], "member": {"target": "smithy.api#String"}},
        })),
        "a.b#A: is its own mixin: a.b#A -> a.b#B -> a.b#C -> a.b#A\n\
         a.b#Self: is its own mixin: a.b#Self -> a.b#Self\n\
         a.b#Gone: uses the mixin a.b#Nowhere, which the model does not have\n\
         a.b#Kind: a list cannot use a.b#Gone, a structure, as a mixin"
    );
}

#[test]
fn applies() {
    assert_eq!(
        problems_with(json!({
            "a.b#Nowhere": {"type": "apply", "traits": {"smithy.api#sensitive": {}}},
            "a.b#In$nothing": {"type": "apply", "traits": {"smithy.api#required": {}}},
            "a.b#In": {"type": "structure", "traits": {"smithy.api#title": "A"}},
            "a.b#Title": {"type": "apply", "traits": {"smithy.api#title": "B"}},
        })),
        "a.b#Nowhere: `apply` adds traits to a shape that the model does not have\n\
         a.b#Title: `apply` adds traits to a shape that the model does not have\n\
         a.b#In$nothing: `apply` adds traits to a member that the shape does not have"
    );
    // One key cannot stand twice in JSON, but the member can say something else than the `apply` to it.
    assert_eq!(
        problems_with(json!({
            "a.b#In": {"type": "structure", "members": {
                "name": {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "A"}}
            }},
            "a.b#In$name": {"type": "apply", "traits": {"smithy.api#documentation": "B"}},
        })),
        "a.b#In$name: `apply` gives trait smithy.api#documentation another value than the shape has"
    );
}

#[test]
fn traits_of_the_wrong_form() {
    let member = |traits: Value| json!({"target": "smithy.api#String", "traits": traits});
    assert_eq!(
        problems_with_input(json!({
            "a": member(json!({"smithy.api#documentation": 1, "smithy.api#required": false})),
            "b": member(json!({"smithy.api#length": {"min": -1}})),
            "c": member(json!({"smithy.api#timestampFormat": "unix"})),
            "d": member(json!({"smithy.api#deprecated": "yes"})),
            "e": member(json!({"smithy.rules#contextParam": {}})),
            "f": member(json!({"smithy.api#pattern": null, "smithy.api#range": {"min": "1"}})),
            "g": member(json!({"smithy.api#xmlName": "a b"})),
            "h": member(json!({"smithy.api#xmlName": "a:b:c", "smithy.api#xmlNamespace": {"prefix": "a"}})),
            "i": member(json!({"smithy.api#xmlNamespace": {"uri": "a", "prefix": "a:b"}})),
        })),
        "a.b#In$a: trait smithy.api#required: must be an object (mostly `{}`), not false\n\
         a.b#In$a: trait smithy.api#documentation: must be a string, not 1\n\
         a.b#In$b: trait smithy.api#length, `min`: must be a whole number, 0 or more, not -1\n\
         a.b#In$c: trait smithy.api#timestampFormat: must be `date-time`, `http-date` or `epoch-seconds`, not `unix`\n\
         a.b#In$d: trait smithy.api#deprecated: must be an object, not `yes`\n\
         a.b#In$e: trait smithy.rules#contextParam: has no `name`\n\
         a.b#In$f: trait smithy.api#range, `min`: must be a number, not `1`\n\
         a.b#In$f: trait smithy.api#pattern: must be a string, not null\n\
         a.b#In$g: trait smithy.api#xmlName: must be a name of XML, with a prefix or without, not `a b`\n\
         a.b#In$h: trait smithy.api#xmlName: must be a name of XML, with a prefix or without, not `a:b:c`\n\
         a.b#In$h: trait smithy.api#xmlNamespace: has no `uri`\n\
         a.b#In$i: trait smithy.api#xmlNamespace, `prefix`: must be a name of XML without a prefix, not `a:b`"
    );
}

#[test]
fn values_that_cannot_be() {
    let structure = |members: Value| json!({"type": "structure", "members": members});
    let required = |target: &str| json!({"target": target, "traits": {"smithy.api#required": {}}});
    assert_eq!(
        problems_with(json!({
            "a.b#In": structure(json!({"a": {"target": "a.b#A"}, "list": {"target": "a.b#Endless"}})),
            "a.b#A": structure(json!({"b": required("a.b#B")})),
            "a.b#B": structure(json!({"a": required("a.b#A"), "text": required("smithy.api#String")})),
            "a.b#Endless": {"type": "list", "member": {"target": "a.b#EndlessMap"}},
            "a.b#EndlessMap": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a.b#Endless"}},
        })),
        "a.b#Endless$member: leads back to itself through lists and maps alone; a structure must be in between\n\
         a.b#EndlessMap$value: leads back to itself through lists and maps alone; a structure must be in between\n\
         a.b#A$b: is required, but leads back to its own structure through required members alone\n\
         a.b#B$a: is required, but leads back to its own structure through required members alone"
    );
}

#[test]
fn traits_that_stand_where_they_mean_nothing() {
    assert_eq!(
        problems_with(json!({
            "a.b#In": {"type": "structure", "members": {
                "token": {"target": "smithy.api#Integer", "traits": {"smithy.api#idempotencyToken": {}}},
                "union": {"target": "a.b#Union"},
            }},
            "a.b#Union": {"type": "union", "members": {}},
        })),
        "a.b#In$token: targets smithy.api#Integer, but an idempotency token must be a string\n\
         a.b#Union: a union must have at least one member"
    );
}

#[test]
fn lists_in_lists() {
    let mut shapes = json!({
        "a.b#In": {"type": "structure", "members": {"list": {"target": "a.b#List32"}}},
        "a.b#List0": {"type": "list", "member": {"target": "smithy.api#String"}},
    });
    for depth in 1..=40 {
        let inner = format!("a.b#List{}", depth - 1);
        shapes[format!("a.b#List{depth}")] = json!({"type": "list", "member": {"target": inner}});
    }
    assert_eq!(
        problems_with(shapes),
        "a.b#List32: nests more than 32 lists and maps without a structure in between"
    );
}

#[test]
fn what_is_not_supported_is_listed_at_once() {
    assert_eq!(
        problems_with(json!({
            "a.b#Service": {
                "type": "service", "operations": [{"target": "a.b#Do"}, {"target": "a.b#Bearer"}],
                "traits": {"aws.protocols#awsJson1_0": {}, "smithy.api#httpDigestAuth": {}}
            },
            "a.b#Bearer": {"type": "operation", "traits": {"smithy.api#auth": ["a.b#riddle"]}},
            "a.b#In": {"type": "structure", "members": {
                "events": {"target": "a.b#Events"}, "bytes": {"target": "a.b#Bytes"}
            }},
            "a.b#Events": {
                "type": "union", "members": {"event": {"target": "smithy.api#Unit"}}, "traits": {"smithy.api#streaming": {}}
            },
            "a.b#Bytes": {"type": "blob", "traits": {"smithy.api#streaming": {}}},
        })),
        "a.b#Service: requires the auth scheme smithy.api#httpDigestAuth, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects\n\
         a.b#Events: is an event stream beside another one in a.b#In, which is not supported; `Do` needs it\n\
         a.b#Bytes: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Do` needs it"
    );
}

#[test]
fn endpoint_rules_in_another_form_alone() {
    let with = |more: &str| {
        json!({"a.b#Service": {
            "type": "service", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#awsJson1_0": {}, "smithy.rules#endpointBdd": {}, more: {}}
        }})
    };
    assert_eq!(
        problems_with(with("smithy.rules#endpointTests")),
        "a.b#Service: has its endpoint rules as smithy.rules#endpointBdd alone, and not as smithy.rules#endpointRuleSet as well, which \
         is not supported"
    );
    let mut model = good();
    model["shapes"]["a.b#Service"] = with("smithy.rules#endpointRuleSet")["a.b#Service"].clone();
    let model = Model::parse(&model.to_string()).unwrap();
    Closure::of(&model).unwrap().check_supported(false).unwrap();
}

#[test]
fn a_service_that_authenticates_otherwise() {
    let with = |auth: Value, more: &str| {
        problems_with(json!({"a.b#Service": {
            "type": "service", "operations": [{"target": "a.b#Do"}],
            "traits": {"aws.protocols#awsJson1_0": {}, "smithy.api#auth": auth, more: {"name": "b"}}
        }}))
    };
    assert_eq!(
        with(
            json!(["smithy.api#httpDigestAuth", "a.b#token"]),
            "aws.auth#sigv4"
        ),
        "a.b#Service: requires the auth scheme smithy.api#httpDigestAuth or a.b#token, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects"
    );
}

#[test]
fn an_operation_that_authenticates_otherwise_than_the_service() {
    let with = |service: Value, operation: Value| {
        problems_with(json!({
            "a.b#Service": {
                "type": "service", "operations": [{"target": "a.b#Do"}, {"target": "a.b#Other"}],
                "traits": {
                    "aws.protocols#awsJson1_0": {}, "smithy.api#auth": service,
                    "smithy.api#httpBearerAuth": {}, "aws.auth#cognitoUserPools": {"providerArns": []}
                }
            },
            "a.b#Other": {"type": "operation", "traits": operation},
        }))
    };
    let cognito = || json!(["aws.auth#cognitoUserPools"]);
    let bearer = || json!(["aws.auth#cognitoUserPools", "smithy.api#httpBearerAuth"]);
    assert_eq!(
        with(bearer(), json!({"smithy.api#auth": cognito()})),
        "a.b#Other: requires the auth scheme aws.auth#cognitoUserPools, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects"
    );
    assert_eq!(
        with(cognito(), json!({"smithy.api#auth": bearer()})),
        "a.b#Do: requires the auth scheme aws.auth#cognitoUserPools, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects"
    );
    assert_eq!(
        with(cognito(), json!({"smithy.api#optionalAuth": {}})),
        "a.b#Do: requires the auth scheme aws.auth#cognitoUserPools, which is not supported: calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password (smithy.api#httpBearerAuth, \
         smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its smithy.api#auth lists smithy.api#noAuth, to which \
         an interceptor of yours can add what the service expects"
    );
}

#[test]
fn a_service_of_which_nothing_is_left() {
    let mut model = good();
    let input = &mut model["shapes"]["a.b#In"]["members"]["name"]["target"];
    *input = json!("a.b#Tape");
    model["shapes"]["a.b#Tape"] = json!({"type": "blob", "traits": {"smithy.api#streaming": {}}});
    let options = Options {
        skip_unsupported: true,
        ..Options::default()
    };
    let refused = "a.b#Tape: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Do` needs it";
    let error = |options: &Options| generate(&model.to_string(), options).unwrap_err();
    // Nothing would be left, so that leaving out is no way out.
    assert_eq!(error(&Options::default()).to_string(), refused);
    assert_eq!(
        error(&options).to_string(),
        format!(
            "nothing is left of a.b#Service: all its operations need what is not supported\n{refused}"
        )
    );
}
