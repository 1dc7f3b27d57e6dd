//! Texts that nobody would write: no panic, no overflow, and no hang, but a model or an error with a message.
//!
//! `SOAK=1` tries forty times as many mutations; `MUTATIONS` and `MUTATIONS_SEED` choose how many, and others.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use smithy_codegen::{Options, ast, generate};

/// A file with something of everything.
const MODEL: &str = r#"$version: "2.0"
$operationInputSuffix: "Request"
metadata suppressions = [{ id: "A", namespace: "*" }]
namespace a.b
use aws.protocols#awsJson1_0

/// A service.
@awsJson1_0
@title("Test")
service S { version: "1", operations: [O], resources: [R] }
resource R { identifiers: { id: Id }, properties: { size: Integer }, read: G }
@pattern("^[a-z]+$") string Id
operation O {
    input := @sensitive for R with [M] { $id, @required $m = "x"
    }
    output: Out
    errors: [Bad]
}
@readonly operation G { input := for R { @required $id }
}
@mixin structure M { m: String }
structure Out { list: List, map: Map, u: U, e: E, n: N = 1
    text: String = """
        a\u00e4 \
        b
        """
}
@tags(["x", "y"]) list List { member: Out }
map Map { key: String, value: Float }
union U { a: Unit, b: Out }
enum E { A, B = "b"
}
intEnum N { A = 1
    B = -2
}
@error("client") structure Bad { message: String }
apply Out$list @documentation("x")
apply Bad { @retryable(throttling: true) @httpError(400) }
"#;

/// A model or an error that says something.
fn check(text: &str) -> bool {
    match ast(text) {
        Ok(json) => {
            let again = ast(&json).unwrap_or_else(|error| panic!("{error}\n{json}"));
            assert_eq!(again, json, "the model of a model is the same");
            if let Err(error) = generate(text, &Options::default()) {
                assert!(!error.to_string().contains("not Rust"), "{error}\n{text}");
            }
            true
        }
        Err(error) => {
            let said = error.to_string();
            for diagnostic in error.diagnostics() {
                assert!(diagnostic.message().len() > 5, "{said}");
            }
            assert!(!said.contains(['\u{1b}', '\u{202e}', '\r']), "{said:?}");
            false
        }
    }
}

#[test]
fn the_model_itself() {
    assert!(check(MODEL), "{:?}", ast(MODEL));
}

#[test]
fn files_that_are_cut() {
    let boundaries = (0..MODEL.len()).filter(|end| MODEL.is_char_boundary(*end));
    for end in boundaries {
        check(&MODEL[..end]);
        check(&format!("{}{}", &MODEL[..end / 2], &MODEL[end..]));
    }
}

/// Files in which each of these comes very often, nested or not.
#[test]
fn files_that_are_large() {
    const OPEN: [&str; 8] = [
        "[",
        "{",
        "{a:",
        "@a(",
        "@a([",
        "[{a:[",
        "structure A {",
        "apply A {",
    ];
    const OTHERS: [&str; 27] = [
        "\"",
        "\"\"\"",
        "\\",
        "/",
        "//",
        "///\n",
        "///x",
        "a.",
        "a#",
        "$",
        "=",
        ":=",
        "1",
        "1e",
        "-",
        ",",
        "\n",
        "\r",
        "}",
        "\n@a",
        "use a#b\n",
        "with [",
        "string A\n",
        "\u{0}",
        "é",
        "_",
        "\nx",
    ];
    let open = OPEN.map(|it| it.repeat(100_000));
    let others = OTHERS.map(|it| it.repeat(10_000));
    for many in open.iter().chain(&others) {
        for before in [
            "",
            "metadata a = ",
            "$version: \"2.0\"\nnamespace a.b\n",
            "$version: \"2.0\"\nnamespace a.b\n@a(",
            "$version: \"2.0\"\nnamespace a.b\nstructure A {\n",
            "$version: \"2.0\"\nnamespace a.b\noperation A {\n input := {",
        ] {
            check(&format!("{before}{many}"));
        }
    }
}

/// Nesting up to the limit is read, and no more.
#[test]
fn depth_has_a_limit() {
    let nested = |depth: usize| format!("metadata a = {}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(check(&nested(100)));
    let error = ast(&nested(101)).unwrap_err().to_string();
    assert!(
        error.starts_with("model:1:114: values must not be nested deeper than 100 levels"),
        "{error}"
    );
}

/// Chains and fans of mixins, of which each could double the work.
#[test]
fn mixins_of_mixins() {
    let mut chain =
        "$version: \"2.0\"\nnamespace a.b\n@mixin structure M0 { a: String }\n".to_owned();
    let mut fan = chain.clone();
    for index in 1..500_usize {
        let last = index - 1;
        chain += &format!(
            "@mixin structure M{index} with [M{last}] {{ @required $a, m{index}: String }}\n"
        );
        let before = last.saturating_sub(1);
        fan += &format!("@mixin structure M{index} with [M{last}, M{before}] {{ $a }}\n");
    }
    ast(&chain).unwrap();
    ast(&fan).unwrap();
}

/// Unknown names are compared with known ones, but not all with all.
#[test]
fn many_unknown_names() {
    let mut text = "$version: \"2.0\"\nnamespace a.b\n".to_owned();
    for index in 0..5_000 {
        text += &format!("structure Shape{index} {{ a: Shap{index}, b: Shape{index}x }}\n");
    }
    let error = ast(&text).unwrap_err();
    assert_eq!(error.diagnostics().len(), 201);
    assert!(
        error
            .to_string()
            .ends_with("9800 more mistakes are not shown"),
        "{error}"
    );
}

#[test]
fn mutations() {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u32>().unwrap())
    };
    let soak = if std::env::var_os("SOAK").is_some() {
        40
    } else {
        1
    };
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("MUTATIONS_SEED").unwrap_or_default().to_le_bytes());
    let config = Config {
        cases: number("MUTATIONS").unwrap_or(500 * soak),
        failure_persistence: None,
        ..Config::default()
    };
    let cases = config.cases;
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let mutation = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        0..6,
    );
    let outcomes = std::cell::RefCell::new([0, 0]);
    let result = runner.run(&prop::collection::vec(mutation, 1..4), |mutations| {
        let mut tokens = tokens();
        for (at, other, change) in mutations {
            mutate(&mut tokens, at, other, change);
        }
        let is_model = check(&tokens.concat());
        outcomes.borrow_mut()[usize::from(is_model)] += 1;
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
    let outcomes = outcomes.into_inner();
    assert!(
        outcomes.iter().all(|seen| *seen > cases / 50),
        "{outcomes:?}"
    );
}

/// The model in pieces: words, and what is between them.
fn tokens() -> Vec<String> {
    let mut tokens: Vec<String> = Vec::new();
    let mut was_word = false;
    for character in MODEL.chars() {
        let is_word = character.is_alphanumeric();
        match tokens.last_mut() {
            Some(token) if is_word && was_word => token.push(character),
            _ => tokens.push(character.to_string()),
        }
        was_word = is_word;
    }
    tokens
}

fn mutate(
    tokens: &mut Vec<String>,
    at: prop::sample::Index,
    other: prop::sample::Index,
    change: i32,
) {
    const HAZARDS: [&str; 12] = [
        "\u{0}",
        "é",
        "\"",
        "\"\"\"",
        "///",
        "$",
        "999999999999999999999999",
        "\u{202e}",
        "\r",
        "null",
        "Self",
        "{",
    ];
    let (at, other) = (at.index(tokens.len()), other.index(tokens.len()));
    match change {
        0 => drop(tokens.remove(at)),
        1 => tokens.swap(at, other),
        2 => tokens[at] = tokens[other].clone(),
        3 => tokens.insert(at, tokens[other].clone()),
        4 => tokens[at] = HAZARDS[other % HAZARDS.len()].to_owned(),
        _ => tokens.insert(at, HAZARDS[other % HAZARDS.len()].to_owned()),
    }
    if tokens.is_empty() {
        tokens.push(String::new());
    }
}
