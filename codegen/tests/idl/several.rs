//! Several files, one model.

use serde_json::{Value, json};
use smithy_codegen::{Options, Source, Sources, ast, generate};

fn sources<'a>(files: &[(&str, &'a str)]) -> Sources<'a> {
    let files = files.iter();
    files
        .map(|(name, text)| Source::new(*name, *text))
        .collect()
}

fn merged(files: &[(&str, &str)]) -> Value {
    let text = ast(sources(files)).unwrap_or_else(|error| panic!("{error}"));
    serde_json::from_str(&text).unwrap()
}

fn refused(files: &[(&str, &str)]) -> String {
    ast(sources(files)).unwrap_err().to_string()
}

#[test]
fn shapes_of_all_files_know_each_other() {
    let model = merged(&[
        (
            "a.smithy",
            "$version: \"2\"\nnamespace a\nuse b#B\nstructure A { b: B, c: b#C }\napply B @tags([\"a\"])\n",
        ),
        (
            "b.smithy",
            "namespace b\n@tags([\"b\"])\nstring B\ninteger C\n",
        ),
        (
            "c.json",
            r#"{"smithy": "2.0", "shapes": {
                "b#D": {"type": "structure", "members": {"a": {"target": "a#A"}}},
                "a#A$b": {"type": "apply", "traits": {"smithy.api#required": {}}}
            }}"#,
        ),
    ]);
    let shapes = &model["shapes"];
    assert_eq!(
        shapes["a#A"]["members"],
        json!({
            "b": {"target": "b#B", "traits": {"smithy.api#required": {}}},
            "c": {"target": "b#C"}
        })
    );
    assert_eq!(
        shapes["b#B"]["traits"],
        json!({"smithy.api#tags": ["b", "a"]})
    );
    // Each file has its own version.
    assert_eq!(shapes["b#C"]["traits"], json!({"smithy.api#default": 0}));
    assert_eq!(shapes["b#D"]["members"]["a"]["target"], "a#A");
}

#[test]
fn metadata_is_merged() {
    let a = (
        "a.smithy",
        "metadata list = [1]\nmetadata same = {a: [1]}\nmetadata a = \"a\"\n",
    );
    let b = (
        "b.smithy",
        "metadata list = [2, 1]\nmetadata \"same\" = {\"a\": [1]}\nmetadata b = b#C\n",
    );
    assert_eq!(
        merged(&[a, b, ("c.smithy", "namespace b\nstring C\n")])["metadata"],
        json!({"a": "a", "b": "b#C", "list": [1, 2, 1], "same": {"a": [1]}})
    );
    let c = ("c.smithy", "metadata a = 1\n");
    assert_eq!(
        refused(&[a, c]),
        "c.smithy:1:14: the metadata `a` has another value already\n  |\n1 | metadata a = 1\n  |              ^"
    );
}

#[test]
fn a_shape_may_be_defined_again_if_it_is_the_same() {
    let a = (
        "a.smithy",
        "$version: \"2\"\nnamespace a\n@since(\"1\")\nstructure A { a: String }\n",
    );
    let again = (
        "b.smithy",
        "$version: \"2\"\nnamespace a\n\n@deprecated structure A { a: smithy.api#String }\n",
    );
    assert_eq!(
        merged(&[a, again])["shapes"]["a#A"]["traits"],
        json!({"smithy.api#deprecated": {}, "smithy.api#since": "1"})
    );
    let other = (
        "c.smithy",
        "$version: \"2\"\nnamespace a\nstructure A { a: Integer }\n",
    );
    assert_eq!(
        refused(&[a, other]),
        "c.smithy:3:11: a#A: is defined otherwise in a.smithy:4:11\n  |\n3 | structure A { a: Integer }\n  |           ^"
    );
    let conflict = ("d.smithy", "namespace a\napply A @since(\"2\")\n");
    assert_eq!(
        refused(&[a, conflict]),
        "d.smithy:2:10: a#A: has trait smithy.api#since with another value already\n  |\n2 | apply A @since(\"2\")\n  |          ^^^^^"
    );
}

#[test]
fn a_file_may_be_given_twice() {
    let a = (
        "a.smithy",
        "$version: \"2\"\nnamespace a\n@tags([\"x\"])\nstring A\n",
    );
    assert_eq!(merged(&[a, a]), merged(&[a]));
}

#[test]
fn what_json_says_at_more_length_is_the_same() {
    let idl = (
        "a.smithy",
        "$version: \"2\"\nnamespace a\noperation O {}\nservice S { operations: [O] }\n",
    );
    let json = ast(sources(&[idl])).unwrap();
    let more = json.replace(
        "\"type\": \"service\"",
        "\"type\": \"service\", \"errors\": []",
    );
    assert_ne!(json, more);
    assert_eq!(ast(sources(&[idl, ("b.json", &more)])).unwrap(), json);
}

#[test]
fn errors_of_all_files_come_at_once() {
    let error = refused(&[
        ("a.smithy", "string A\n"),
        ("b.json", "{\"smithy\": 3}"),
        ("c.smithy", "namespace a\nstring\n"),
        (
            "d.json",
            r#"{"smithy": "2.0", "shapes": {"a#B": {"type": 1}}}"#,
        ),
    ]);
    let lines: Vec<_> = error.lines().filter(|line| !line.contains('|')).collect();
    assert_eq!(
        lines,
        [
            "a.smithy:1:1: expected `namespace`, not `string`",
            "b.json: the model is Smithy 3, but only 2.0 and 1.0 are supported",
            "c.smithy:2:7: expected a space, not a line break",
            "d.json: a#B: `type` must name the kind of the shape, not 1",
        ]
    );
}

/// Errors that come later than those of the files have places as well.
#[test]
fn what_the_generator_finds_is_shown_in_the_file() {
    let model = "$version: \"2.0\"
namespace a.b
use aws.protocols#awsJson1_0
@awsJson1_0
service S { version: \"1\", operations: [O] }
operation O { input := { @length(min: \"x\") a: String }
}
";
    let error = generate(sources(&[("s.smithy", model)]), &Options::default()).unwrap_err();
    let text = error.to_string();
    assert!(
        text.starts_with("s.smithy:6:44: a.b#OInput$a: trait smithy.api#length"),
        "{text}"
    );
    assert!(text.contains("\n6 | operation O {"), "{text}");
    let place = error.diagnostics()[0].source().unwrap();
    assert_eq!(
        (place.file(), place.line(), place.column()),
        ("s.smithy", 6, 44)
    );
}

/// The rest of the generator does not know which format a model is in.
#[test]
fn a_crate_is_the_same_from_idl_and_from_json() {
    let model = "$version: \"2.0\"
namespace a.b
use aws.protocols#awsJson1_0
/// A service.
@awsJson1_0
@title(\"Test\")
service S { version: \"1\", operations: [O] }
/// An operation.
operation O {
    input := { /// A name.
        @required a: String, b: Integer = 3
    }
    output := with [M] {}
}
@mixin structure M { c: E }
enum E { A, B }
";
    let json = ast(model).unwrap();
    let files = |text: &str| generate(text, &Options::default()).unwrap().files;
    assert_eq!(files(model), files(&json));
}
