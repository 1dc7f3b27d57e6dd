//! What files say.

use serde_json::json;

use crate::{json, shapes, shapes_of_1};

#[test]
fn every_kind_of_shape() {
    let simple = [
        "bigDecimal",
        "bigInteger",
        "blob",
        "boolean",
        "byte",
        "document",
        "double",
        "float",
        "integer",
        "long",
        "short",
        "string",
        "timestamp",
    ];
    for kind in simple {
        assert_eq!(shapes(&format!("{kind} A"))["A"], json!({"type": kind}));
    }
    let body = "
        list L { member: String }
        map M { key: String, value: L }
        structure S { a: L, b: M }
        union U { a: S, b: Unit }
        enum E { A, B = \"b\" \n }
        intEnum I { A = 1\n B = -2\n }
        @error(\"client\") structure X {}
        operation O { input: S, output: S, errors: [X] }
        operation P {}
        resource R { identifiers: { id: String }, create: O, operations: [P], resources: [] }
        service Z { version: \"1\", resources: [R], rename: { \"a.b#S\": \"T\" } }
    ";
    let string = json!({"target": "smithy.api#String"});
    let expected = json!({
        "L": {"type": "list", "member": string},
        "M": {"type": "map", "key": string, "value": {"target": "a.b#L"}},
        "S": {"type": "structure", "members": {"a": {"target": "a.b#L"}, "b": {"target": "a.b#M"}}},
        "U": {"type": "union", "members": {"a": {"target": "a.b#S"}, "b": {"target": "smithy.api#Unit"}}},
        "E": {"type": "enum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "A"}},
            "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "b"}}
        }},
        "I": {"type": "intEnum", "members": {
            "A": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": 1}},
            "B": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": -2}}
        }},
        "X": {"type": "structure", "members": {}, "traits": {"smithy.api#error": "client"}},
        "O": {"type": "operation", "input": {"target": "a.b#S"}, "output": {"target": "a.b#S"}, "errors": [{"target": "a.b#X"}]},
        "P": {"type": "operation", "input": {"target": "smithy.api#Unit"}, "output": {"target": "smithy.api#Unit"}},
        "R": {"type": "resource", "identifiers": {"id": string}, "create": {"target": "a.b#O"}, "operations": [{"target": "a.b#P"}]},
        "Z": {"type": "service", "version": "1", "resources": [{"target": "a.b#R"}], "rename": {"a.b#S": "T"}},
    });
    assert_eq!(shapes(body), expected);
}

#[test]
fn the_text_is_sorted_by_ids_and_members_stay_in_order() {
    let text = smithy_codegen::ast(
        "$version: \"2\"\nmetadata b = {d: 1, c: []}\nmetadata a = true\nnamespace x\nstructure B { z: String, a: A }\n@since(\"1\") @deprecated string A\n",
    );
    let expected = r#"{
    "smithy": "2.0",
    "metadata": {
        "a": true,
        "b": {
            "c": [],
            "d": 1
        }
    },
    "shapes": {
        "x#A": {
            "type": "string",
            "traits": {
                "smithy.api#deprecated": {},
                "smithy.api#since": "1"
            }
        },
        "x#B": {
            "type": "structure",
            "members": {
                "z": {
                    "target": "smithy.api#String"
                },
                "a": {
                    "target": "x#A"
                }
            }
        }
    }
}
"#;
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn words_of_the_grammar_are_names_as_well() {
    let body = "
        @mixin structure with {}
        resource for { identifiers: { input: String } }
        structure apply for for with [with] { $input }
        structure use { true: String, null: String, apply: apply, enum: String }
        apply use @tags([\"a\"])
        apply use$null { @required @documentation(\"x\") }
        operation operation { input: use, output := for for { $input } }
    ";
    let shapes = shapes(body);
    assert_eq!(
        shapes["apply"]["members"],
        json!({"input": {"target": "smithy.api#String"}})
    );
    assert_eq!(shapes["use"]["traits"], json!({"smithy.api#tags": ["a"]}));
    assert_eq!(
        shapes["use"]["members"]["null"]["traits"],
        json!({"smithy.api#required": {}, "smithy.api#documentation": "x"})
    );
    assert_eq!(
        shapes["operationOutput"]["members"],
        shapes["apply"]["members"]
    );
}

#[test]
fn trait_values() {
    let value = |written: &str| {
        let body = format!("@trait document t\n@t{written}\nstring A");
        shapes(&body)["A"]["traits"]["a.b#t"].clone()
    };
    for (written, expected) in [
        ("(1)", json!(1)),
        ("( -1.5e3 )", json!(-1500.0)),
        ("(18446744073709551615)", json!(u64::MAX)),
        ("(\"x\")", json!("x")),
        ("(\"\"\"\n  x\n  \"\"\")", json!("x\n")),
        ("(true)", json!(true)),
        ("(null)", json!(null)),
        ("(A)", json!("a.b#A")),
        ("(String)", json!("smithy.api#String")),
        ("(A$x)", json!("a.b#A$x")),
        ("(a.b#A)", json!("a.b#A")),
        ("(aws.auth#sigv4)", json!("aws.auth#sigv4")),
        ("([])", json!([])),
        ("([1,, 2 // x\n, [3]])", json!([1, 2, [3]])),
        ("({})", json!({})),
        (
            "({a: 1 \"b c\": {c: A}})",
            json!({"a": 1, "b c": {"c": "a.b#A"}}),
        ),
        ("(a: 1, \"b\": [A],)", json!({"a": 1, "b": ["a.b#A"]})),
        ("(\n// x\na: null)", json!({"a": null})),
        ("(\"a\" : {b: true})", json!({"a": {"b": true}})),
    ] {
        assert_eq!(value(written), expected, "{written}");
    }
}

#[test]
fn a_trait_without_a_value_has_the_empty_one_of_its_type() {
    for (kind, body, expected) in [
        ("structure", "{}", json!({})),
        ("map", "{ key: String, value: String }", json!({})),
        ("list", "{ member: String }", json!([])),
        ("document", "", json!(null)),
        ("boolean", "", json!(null)),
    ] {
        for written in ["@t", "@t()"] {
            let shapes = shapes(&format!("{written}\nstring A\n@trait {kind} t {body}"));
            assert_eq!(shapes["A"]["traits"], json!({"a.b#t": expected}), "{kind}");
        }
    }
    let known = shapes("@sensitive @tags string A");
    assert_eq!(
        known["A"]["traits"],
        json!({"smithy.api#sensitive": {}, "smithy.api#tags": []})
    );
}

#[test]
fn numbers_keep_their_digits() {
    let text = smithy_codegen::ast(
        "$version: \"2\"\nmetadata a = [123456789012345678901234567890, 0.10000000000000000000001, 1e300]\nmetadata b = \"223456789012345678901234567890\"\n",
    );
    let text = text.unwrap();
    assert!(
        text.contains("\"b\": \"223456789012345678901234567890\""),
        "{text}"
    );
    for digits in [
        "\n            123456789012345678901234567890,",
        "0.10000000000000000000001",
        "1e+300",
    ] {
        let digits = digits.trim();
        assert!(text.contains(digits), "{digits}: {text}");
    }
}

#[test]
fn documentation() {
    let body = "
/// not before `use`
use x.y#z
/// One
///Two
///
////   three

// not this
/// Four
@deprecated
/// not this
structure A /// not this
/// not this
{ /// not this, nor
    /// the member
    a: String

    /// another
    @required b: /* */ String
    /// not this
}
/// not this
";
    let body = body.replace("/* */ ", "");
    let shapes = shapes(&body);
    assert_eq!(
        shapes["A"]["traits"]["smithy.api#documentation"],
        "One\nTwo\n\n/   three\nFour"
    );
    let members = &shapes["A"]["members"];
    assert_eq!(
        members["a"]["traits"]["smithy.api#documentation"],
        "not this, nor\nthe member"
    );
    assert_eq!(
        members["b"]["traits"]["smithy.api#documentation"],
        "another"
    );
}

#[test]
fn the_first_shape_may_be_documented() {
    let shapes = shapes("\n/// A\nstring A");
    assert_eq!(shapes["A"]["traits"]["smithy.api#documentation"], "A");
}

#[test]
fn defaults() {
    let body = "structure A {
        a: String = \"x\", // with a comma
        b: Integer = 1 /// and a comment
        @required
        c: Boolean = false
        d: StringList = []
        e: Document = { a: [null] }
        f: String = null
        g: E = \"\"\"
            x\"\"\"
    }
    list StringList { member: String }
    enum E { X = \"x\"
    }";
    let members = shapes(body)["A"]["members"].clone();
    let default = |name: &str| members[name]["traits"]["smithy.api#default"].clone();
    assert_eq!(default("a"), "x");
    assert_eq!(default("b"), 1);
    assert_eq!(
        members["c"]["traits"],
        json!({"smithy.api#default": false, "smithy.api#required": {}})
    );
    assert_eq!(default("d"), json!([]));
    assert_eq!(default("e"), json!({"a": [null]}));
    assert!(
        members["f"]["traits"]
            .get("smithy.api#default")
            .is_some_and(|it| it.is_null())
    );
    assert_eq!(default("g"), "x");
}

#[test]
fn inline_input_and_output() {
    let model = json(
        "$version: \"2.0\"\n$operationInputSuffix: \"Request\"\n$operationOutputSuffix: \"Response\"\n$unknown: [1]\n
        namespace a.b
        @mixin structure M { m: String }
        resource R { identifiers: { id: String } }
        operation O {
            output := @sensitive for R with [M] { $id, $m }
            input :=
                /// Documented
                { a: String = \"x\"
                }
        }",
    );
    let shapes = &model["shapes"];
    assert_eq!(shapes["a.b#O"]["input"]["target"], "a.b#ORequest");
    assert_eq!(
        shapes["a.b#ORequest"]["traits"],
        json!({"smithy.api#documentation": "Documented", "smithy.api#input": {}})
    );
    assert_eq!(
        shapes["a.b#OResponse"],
        json!({
            "type": "structure", "mixins": [{"target": "a.b#M"}], "members": {"id": {"target": "smithy.api#String"}},
            "traits": {"smithy.api#output": {}, "smithy.api#sensitive": {}}
        })
    );
}

#[test]
fn elided_members_get_their_targets() {
    let body = "
        resource R { identifiers: { id: Id }, properties: { size: Integer, m: String } }
        string Id
        @mixin structure M { m: String }
        @mixin structure N with [M] { n: Integer }
        structure A for R with [N] {
            @required $id
            $size = 1
            @required $m
            $n
            own: String
        }
        map K with [L] { $value }
        @mixin map L { key: String, value: Integer }
    ";
    let shapes = shapes(body);
    assert_eq!(
        shapes["A"]["members"],
        json!({
            "id": {"target": "a.b#Id", "traits": {"smithy.api#required": {}}},
            "size": {"target": "smithy.api#Integer", "traits": {"smithy.api#default": 1}},
            "own": {"target": "smithy.api#String"}
        })
    );
    assert_eq!(
        shapes["A$m"],
        json!({"type": "apply", "traits": {"smithy.api#required": {}}})
    );
    assert_eq!(
        shapes["K"],
        json!({"type": "map", "mixins": [{"target": "a.b#L"}]})
    );
}

#[test]
fn chains_of_mixins_of_every_kind() {
    let body = "
        @mixin list L1 { member: String }
        @mixin list L2 with [L1] {}
        list L3 with [L2] {}
        @mixin map M1 { key: String, value: String }
        @mixin map M2 with [M1] { @documentation(\"x\") $value }
        map M3 with [M2] {}
        @mixin enum E1 { A }
        @mixin enum E2 with [E1] {}
        enum E3 with [E2] { B }
        @mixin union U1 { a: String }
        @mixin union U2 with [U1] {}
        union U3 with [U2] {}
        @mixin structure S1 { a: String }
        @mixin structure S2 with [S1] { @required $a }
        structure S3 with [S2] {}
        apply S3$a @tags([\"x\"])
    ";
    let shapes = shapes(body);
    assert_eq!(shapes["S3$a"]["traits"], json!({"smithy.api#tags": ["x"]}));
    assert_eq!(
        shapes["M2$value"]["traits"],
        json!({"smithy.api#documentation": "x"})
    );
}

#[test]
fn names_are_relative_to_what_is_nearest() {
    let model = json(
        "$version: \"2\"\nnamespace a.b\nuse aws.api#service\n
        structure A { a: String, b: Integer, c: smithy.api#Integer }
        integer Integer
        @service(sdkId: \"x\") service S { version: \"1\" }
        @trait structure deprecated {}
        @deprecated @smithy.api#deprecated string B\n",
    );
    let shapes = &model["shapes"];
    assert_eq!(
        shapes["a.b#A"]["members"],
        json!({
            "a": {"target": "smithy.api#String"}, "b": {"target": "a.b#Integer"}, "c": {"target": "smithy.api#Integer"}
        })
    );
    assert_eq!(
        shapes["a.b#S"]["traits"],
        json!({"aws.api#service": {"sdkId": "x"}})
    );
    assert_eq!(
        shapes["a.b#B"]["traits"],
        json!({"a.b#deprecated": {}, "smithy.api#deprecated": {}})
    );
}

/// What was so by itself in 1.0 is said.
#[test]
fn version_1_is_upgraded() {
    let body = "
        integer Zero
        @box integer Boxed
        boolean Flag
        set Set { member: String }
        @streaming blob Stream
        structure A {
            a: Zero, b: Boxed, c: PrimitiveLong, d: Integer, e: Flag, f: String,
            @box g: Zero, @box h: String, i: Stream, @required j: Stream, @required k: Zero
        }
        union U { a: Zero }
        @enum([{value: \"x\"}]) string Enum
    ";
    let shapes = shapes_of_1(body);
    assert_eq!(
        shapes["Zero"],
        json!({"type": "integer", "traits": {"smithy.api#default": 0}})
    );
    assert_eq!(shapes["Boxed"], json!({"type": "integer"}));
    assert_eq!(
        shapes["Flag"]["traits"],
        json!({"smithy.api#default": false})
    );
    assert_eq!(shapes["Set"]["type"], "list");
    assert_eq!(
        shapes["Set"]["traits"],
        json!({"smithy.api#uniqueItems": {}})
    );
    assert_eq!(shapes["U"]["members"], json!({"a": {"target": "a.b#Zero"}}));
    let default = |name: &str| {
        shapes["A"]["members"][name]["traits"]
            .get("smithy.api#default")
            .cloned()
    };
    for (name, expected) in [
        ("a", Some(json!(0))),
        ("b", None),
        ("c", Some(json!(0))),
        ("d", None),
        ("e", Some(json!(false))),
        ("f", None),
        ("g", Some(json!(null))),
        ("h", Some(json!(null))),
        ("i", Some(json!(""))),
        ("j", None),
        ("k", Some(json!(0))),
    ] {
        assert_eq!(default(name), expected, "{name}");
    }
    assert!(!shapes.to_string().contains("smithy.api#box"), "{shapes}");
}

#[test]
fn json_of_version_1_is_upgraded_as_well() {
    let shapes = json(
        r#"{"smithy": "1.0", "shapes": {
            "a.b#A": {"type": "structure", "members": {"a": {"target": "smithy.api#PrimitiveInteger"}}}
        }}"#,
    );
    assert_eq!(
        shapes["shapes"]["a.b#A"]["members"]["a"]["traits"],
        json!({"smithy.api#default": 0})
    );
}

#[test]
fn files_without_shapes() {
    for text in [
        "",
        "\u{feff}",
        "// nothing",
        "$version: \"2.0\"",
        "namespace a.b",
        "/// x\n",
        "\r\n\r",
    ] {
        assert_eq!(
            json(text),
            json!({"smithy": "2.0", "shapes": {}}),
            "{text:?}"
        );
    }
    assert_eq!(json("metadata a = 1")["metadata"], json!({"a": 1}));
}

#[test]
fn line_ends_of_all_systems() {
    for end in ["\n", "\r\n", "\r"] {
        let text = [
            "$version: \"2.0\"",
            "/// x",
            "namespace a.b // y",
            "/// A",
            "/// B",
            "string A",
            "intEnum B { X = 1",
            "}",
        ];
        let model = json(&text.join(end));
        assert_eq!(
            model["shapes"]["a.b#A"]["traits"]["smithy.api#documentation"],
            "A\nB"
        );
    }
}

/// The error of servers that check what they are sent is in a package of its own, which needs no file.
#[test]
fn the_validation_exception_is_known() {
    let text = "$version: \"2\"\nnamespace a.b\nuse smithy.framework#ValidationException\noperation O { errors: [ValidationException]\n}\n";
    let model = json(text);
    assert_eq!(
        model["shapes"]["smithy.framework#ValidationException"]["traits"]["smithy.api#error"],
        "client"
    );
    let defined = "$version: \"2\"\nnamespace smithy.framework\n@error(\"server\") structure ValidationException {}\n";
    let sources: smithy_codegen::Sources = [text, defined]
        .into_iter()
        .map(|text| smithy_codegen::Source::new("x", text))
        .collect();
    let own = smithy_codegen::ast(sources).unwrap();
    assert!(
        own.contains("\"server\"") && !own.contains("fieldList"),
        "{own}"
    );
}
