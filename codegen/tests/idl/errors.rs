//! What is wrong, where, and what would be right.

use smithy_codegen::ast;

/// The errors of a file of Smithy 2.0 in the namespace `a.b`, which begins in line 1, without the lines that are drawn.
fn errors(body: &str) -> Vec<String> {
    errors_of(&format!("$version: \"2.0\" \nnamespace a.b\n{body}"), 2)
}

fn errors_of(text: &str, skipped: usize) -> Vec<String> {
    let Err(error) = ast(text) else {
        panic!("{text} is accepted");
    };
    let diagnostics = error.diagnostics().iter();
    let errors = diagnostics.map(|it| {
        let place = it.source().unwrap_or_else(|| panic!("{it} has no place"));
        let about = it.place().map(|id| format!("{id}: ")).unwrap_or_default();
        let line = place.line().saturating_sub(skipped);
        format!("{line}:{} {about}{}", place.column(), it.message())
    });
    errors.collect()
}

#[track_caller]
fn check(body: &str, expected: &[&str]) {
    assert_eq!(errors(body), expected, "{body}");
}

#[track_caller]
fn check_file(text: &str, expected: &[&str]) {
    assert_eq!(errors_of(text, 0), expected, "{text}");
}

#[test]
fn an_error_shows_its_line() {
    let error =
        ast("$version: \"2.0\"\nnamespace a.b\nstructure A {\n\tname: Strng\n}\n").unwrap_err();
    assert_eq!(
        error.to_string(),
        "model:4:8: there is no shape `a.b#Strng`; did you mean `String`?\n  |\n4 |  name: Strng\n  |        ^^^^^"
    );
}

#[test]
fn several_mistakes_are_reported_at_once() {
    check(
        "structure A {\n  a String\n}\nstrin B\n@foo(\nstring C\n\n/// x\nlist D { member String }\nstring E",
        &[
            "2:5 expected `:`, not `String`",
            "4:1 `strin` is no kind of shape; did you mean `string`?",
            "6:8 expected `:`, not `C`",
            "9:17 expected `:`, not `String`",
        ],
    );
    check(
        "structure A { a: B, b: Strin, c: A }\n@requird string C",
        &[
            "1:18 there is no shape `a.b#B`; did you mean `A`?",
            "1:24 there is no shape `a.b#Strin`; did you mean `String`?",
            "2:2 there is no trait `a.b#requird`; did you mean `required`?",
        ],
    );
}

#[test]
fn names_that_mean_nothing() {
    check(
        "structure A { a: x.y#Z }",
        &["1:18 there is no shape `x.y#Z`"],
    );
    check(
        "structure A { a: A$a }",
        &["1:18 `A$a` is a member, where a shape is expected"],
    );
    check(
        "structure A { a: x.y }",
        &["1:18 `x.y` is not the id of a shape, which looks like `Shape` or `com.example#Shape`"],
    );
    check("@x.y#Z string A", &["1:2 there is no trait `x.y#Z`"]);
    check(
        "@smithy.api#requird string A",
        &["1:2 there is no trait `smithy.api#requird`; did you mean `required`?"],
    );
    check(
        "@tags([foo]) string A",
        &["1:8 there is no shape `a.b#foo`; text needs quotes"],
    );
    check(
        "apply Foo @deprecated",
        &["1:7 there is no shape `a.b#Foo`"],
    );
    check(
        "structure A {}\napply A$x @deprecated",
        &["2:12 a.b#A$x: `apply` adds traits to a member that the shape does not have"],
    );
    check(
        "apply String @deprecated",
        &["1:7 traits cannot be applied to `smithy.api#String`, which is Smithy's own"],
    );
    check(
        "structure A for B {}",
        &["1:17 there is no shape `a.b#B`; did you mean `A`?"],
    );
    check(
        "structure A with [B] {}",
        &["1:19 there is no shape `a.b#B`; did you mean `A`?"],
    );
}

#[test]
fn control_and_metadata_statements() {
    check_file(
        "$version: 2.0",
        &["1:11 the value of `$version` must be a string, as in `\"2.0\"`, not 2.0"],
    );
    check_file(
        "$version: \"3.0\"\nnamespace a\nenum E { A }",
        &["1:16 there is no support for Smithy 3.0: the versions are `\"2.0\"` and `\"1.0\"`"],
    );
    check_file(
        "$version: \"2.0\"\n$version: \"2.0\"",
        &["2:11 `$version` stands twice in one file"],
    );
    check_file(
        "$version: \"2.0\" namespace a",
        &["1:17 expected a line break, not `namespace`"],
    );
    check_file(
        "$operationInputSuffix: 1",
        &["1:24 the value of `$operationInputSuffix` must be a string of letters, digits and `_`"],
    );
    check_file(
        "$version:\n\"2.0\"",
        &["1:10 expected a value in the same line, not a line break"],
    );
    check_file(
        "metadata = 1",
        &["1:10 expected a name or a string, not `=`"],
    );
    check_file(
        "metadata a = {a: 1, a: 2}",
        &["1:21 the key `a` stands twice in one object"],
    );
    check_file(
        "metadata a = 01",
        &["1:14 `01` is no number: it must not begin with a zero"],
    );
    check_file(
        "metadata a = 1e999",
        &["1:14 the number `1e999` is too large"],
    );
    check_file(
        "namespace a.b\nmetadata a = 1",
        &["2:1 expected a shape: `metadata` comes before the namespace"],
    );
    check_file(
        "use a#B",
        &["1:1 expected `namespace`, not `use`, which comes before `use`"],
    );
    check_file(
        "namespace a.b\nuse a#B\nuse c#B\nuse d#B$x\nuse e",
        &[
            "3:5 `c#B` has the name of `a#B`, which is used already",
            "4:5 `use` takes shapes, not members",
            "5:6 expected `#`, not the end of the file",
        ],
    );
    check_file(
        "namespace a.b\nuse a#B\nstring B",
        &["3:8 `B` has the name of `a#B`, which is used"],
    );
}

#[test]
fn what_a_version_does_not_have() {
    let needs = |place: &str, what: &str| {
        format!(
            "{place} `{what}` needs Smithy 2.0, and this file is Smithy 1.0: `$version: \"2.0\"` at its beginning says so"
        )
    };
    for (body, place, what) in [
        ("enum A { B }", "2:1", "enum"),
        ("intEnum A { B = 1\n}", "2:1", "intEnum"),
        ("structure A with [B] {}", "2:13", "with"),
        ("structure A for B {}", "2:13", "for"),
        ("structure A { $a }", "2:16", "$"),
        ("structure A { a: String = \"\"\n}", "2:25", "="),
        ("operation A { input := {}\n}", "2:21", ":="),
        (
            "resource A { properties: { a: String } }",
            "2:41",
            "properties",
        ),
        ("@mixin structure A {}", "2:2", "@mixin"),
        ("structure A { @default(1) a: Integer }", "2:16", "@default"),
    ] {
        let text = format!("namespace a.b\n{body}");
        assert_eq!(errors_of(&text, 0), [needs(place, what)], "{body}");
    }
    check(
        "@box integer A",
        &["1:2 `@box` is of Smithy 1.0: a member without `@required` and `@default` is optional"],
    );
    check(
        "set A { member: String }",
        &["1:1 Smithy 2.0 has no `set`: a `list` with the trait `@uniqueItems` is one"],
    );
}

#[test]
fn members() {
    check(
        "structure A { a: String, b: String, a: String }",
        &["1:37 `a` stands twice in `A`"],
    );
    check(
        "structure A { a: String = 1 b: String }",
        &["1:29 expected a line break, not `b`"],
    );
    check(
        "structure A { a: String b }",
        &["1:27 expected `:`, not `}`"],
    );
    check(
        "structure A { a\n: String }",
        &["1:16 expected `:`, not a line break"],
    );
    check(
        "structure A { @required }",
        &["1:25 expected a name, not `}`"],
    );
    check(
        "structure A { \"a\": String }",
        &["1:15 expected a name, not a string `\"a\"`"],
    );
    check(
        "union A { a: String = \"\"\n}",
        &["1:21 members of a structure may have a default, not those of a union"],
    );
    check(
        "union A { a: String }\nlist B { members: String }",
        &["2:10 a list has `member`, not `members`"],
    );
    check(
        "map A { key: String, val: String }",
        &["1:22 a map has `key and `value`, not `val`"
            .replace("`key and", "`key` and")
            .as_str()],
    );
    check("map A { key: String }", &["1:5 a.b#A: has no `value`"]);
    check(
        "enum A {}",
        &["1:6 a.b#A: an enum must have at least one member"],
    );
    check(
        "enum A { X = \"a\" }",
        &["1:18 expected a line break, not `}`"],
    );
    check(
        "enum A { X = 1\n Y = \"\"\n Z = []\n}",
        &[
            "1:14 the value of a member of an enum must be a string, not 1",
            "2:6 the value of a member of an enum must be a string that is not empty, not an empty string",
            "3:6 the value of a member of an enum must be a string, not an array",
        ],
    );
    check(
        "enum A { X = \"a\"\n Y = \"a\"\n}",
        &["1:6 a.b#A: the values of an enum must differ, but `X` and `Y` are both `a`"],
    );
    check(
        "intEnum A { X = 1.5\n Y = 3000000000\n}",
        &[
            "1:17 the value of a member of an intEnum must be an integer of 32 bits, not 1.5",
            "2:6 the value of a member of an intEnum must be an integer of 32 bits, not 3000000000",
        ],
    );
    check(
        "intEnum A { X }",
        &["1:13 a.b#A$X: trait smithy.api#enumValue: must be a 32-bit integer, not null"],
    );
}

#[test]
fn mixins_and_resources() {
    check(
        "structure B {}\nstructure A with [B] {}",
        &["2:11 a.b#A: uses a.b#B as a mixin, but that has no `@mixin`"],
    );
    check(
        "@mixin list B { member: String }\nstructure A with [B] {}",
        &["2:11 a.b#A: a structure cannot use a.b#B, a list, as a mixin"],
    );
    check(
        "@mixin structure A with [B] {}\n@mixin structure B with [A] {}",
        &["1:18 a.b#A: is its own mixin: a.b#A -> a.b#B -> a.b#A"],
    );
    let two = "@mixin structure A { x: String }\n@mixin structure B { x: Integer }\n";
    for (body, place) in [
        ("structure C with [A, B] {}", "3:11"),
        ("structure C with [A] { x: Integer }", "3:24"),
    ] {
        let found = errors(&format!("{two}{body}"));
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(
            found[0].starts_with(&format!(
                "{place} a.b#C$x: targets smithy.api#Integer, but a mixin has"
            )),
            "{found:?}"
        );
    }
    check(
        "@mixin structure A {}\nstructure B { a: A }",
        &["2:15 a.b#B$a: targets a.b#A, which is a mixin, and cannot be used as a type"],
    );
    check(
        "@trait structure A {}\nstructure B { a: A }",
        &["2:15 a.b#B$a: targets a.b#A, which is a trait, and cannot be used as a type"],
    );
    check(
        "structure A {}\n@A string B",
        &["2:2 a.b#B: `a.b#A` is used as a trait, but has no `@trait` itself"],
    );
    check(
        "structure A {}\nstructure B for A { $a }",
        &["2:17 a.b#B: `for` takes a resource, but a.b#A is a structure"],
    );
    check(
        "resource R { identifiers: { id: String } }\nstructure A for R {}\napply A$id @required",
        &["3:13 a.b#A$id: `apply` adds traits to a member that the shape does not have"],
    );
    check(
        "structure A { $a }",
        &[
            "1:15 a.b#A$a: has no target, and neither a mixin nor the resource has a member, an identifier or a property of this name",
        ],
    );
    check(
        "structure A with [B] for C {}",
        &["1:22 expected `{`, not `for`"],
    );
    check(
        "@mixin resource A { identifiers: { a: String } }",
        &["1:17 a.b#A: is a mixin: a resource that is one must have no properties"],
    );
    check(
        "@mixin operation A { input := {}\n}",
        &["1:18 a.b#A: is a mixin: an operation that is one must have no input and no output"],
    );
}

#[test]
fn services_operations_and_resources() {
    check(
        "service A { versoin: \"1\" }",
        &["1:13 a service has no property `versoin`; did you mean `version`?"],
    );
    check(
        "service A { version: 1 }",
        &["1:22 `version` must be a string, not 1"],
    );
    check(
        "service A { operations: B }",
        &["1:25 `operations` must be an array of shapes, not `B`"],
    );
    check(
        "service A { rename: { B: \"C\" } }",
        &["1:23 `rename` takes whole ids, as in `\"com.example#Shape\": \"OtherName\"`"],
    );
    check(
        "resource A { identifiers: [] }",
        &["1:27 `identifiers` must be an object, not an array"],
    );
    check(
        "resource A { create: 1 }",
        &["1:22 `create` must name a shape, not 1"],
    );
    check(
        "resource A { creat: B }",
        &["1:14 a resource has no property `creat`; did you mean `create`?"],
    );
    check(
        "operation A { in: B }",
        &["1:15 an operation has `input`, `output` and `errors`, not `in`"],
    );
    check(
        "operation A { input = B }",
        &["1:21 expected `:` or `:=`, not `=`"],
    );
    check(
        "operation A { input: String\n}",
        &[
            "1:11 a.b#A: targets smithy.api#String in `input`, which must be a structure, not a shape of type `string`",
        ],
    );
    check(
        "operation A { errors: [B]\n}\nstructure B {}",
        &[
            "1:11 a.b#A: targets a.b#B in `errors`, which must be a structure with trait smithy.api#error, not a shape of type `structure`",
        ],
    );
    check(
        "operation A { input := {}\n}\nstructure AInput { a: String }",
        &["3:11 a.b#AInput: is defined otherwise in model:3:24"],
    );
    check(
        "structure B { a: C }\noperation C {}",
        &[
            "1:15 a.b#B$a: targets a.b#C, a shape of type `operation`, which is not a type of values",
        ],
    );
}

#[test]
fn traits() {
    check(
        "@required @length(min: 1, min: 2) string A",
        &["1:27 the key `min` stands twice in one object"],
    );
    check(
        "@since(\"1\") @since(\"2\") string A",
        &["1:14 a.b#A: has trait smithy.api#since with another value already"],
    );
    check(
        "/// x\n@documentation(\"y\") string A",
        &["1:1 a.b#A: has trait smithy.api#documentation with another value already"],
    );
    check("@ string A", &["1:2 expected a name, not a space"]);
    check(
        "@deprecated apply A @deprecated\nstring A",
        &["1:13 traits go after `apply`, not before it as `@deprecated` does"],
    );
    check(
        "@deprecated",
        &["1:12 expected a shape, not the end of the file"],
    );
    check(
        "string A\napply A @since(\"x\") @deprecated",
        &["2:21 expected a line break, not `@`"],
    );
    check(
        "string A\napply A { @deprecated",
        &["2:22 expected `}`, not the end of the file"],
    );
    check(
        "string A @deprecated string B",
        &["1:10 expected a line break, not `@`"],
    );
}

#[test]
fn private_shapes() {
    let a = smithy_codegen::Source::new(
        "a",
        "$version: \"2\"\nnamespace a\n@private string A\n@private @trait structure t {}\n",
    );
    let b = smithy_codegen::Source::new(
        "b",
        "$version: \"2\"\nnamespace b\nuse a#t\nstructure B { @t x: a#A }\n",
    );
    let error = ast([a, b].into_iter().collect::<smithy_codegen::Sources>()).unwrap_err();
    let messages: Vec<_> = error.diagnostics().iter().map(|it| it.message()).collect();
    assert_eq!(messages, ["`a#t` is private to its namespace"]);
}

#[test]
fn strings() {
    check(
        "@since(\"\\q\") string A",
        &[
            "1:8 `\\q` is no escape: there are `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four hexadecimal digits",
        ],
    );
    check(
        "@since(\"\"\"x\"\"\") string A",
        &["1:8 the text of a text block must begin on the line after the quotes"],
    );
    check(
        "@since(\"\"\"\"\"\") string A",
        &["1:8 a text block must not be empty"],
    );
    check(
        "@since(\"\"\"\n x\") string A",
        &["2:14 expected `\"\"\"`, the end of the text block that begins in line 3"],
    );
    check(
        "@since(\"a\u{1}\") string A",
        &["1:8 the character U+0001 must be written as an escape"],
    );
    check("string Ä", &["1:8 `Ä` has no meaning here"]);
    check("string A / x", &["1:10 a comment begins with `//`"]);
    check("string __", &["1:8 `__` is no name: it needs a letter"]);
}
