//! Models that nobody would write: small fixtures and our own model with nodes deleted, retyped, renamed, doubled and swapped. The
//! generator neither panics nor overflows its stack; it gives an error with a message, or files that are Rust.
//!
//! The mutations are the same in every run. `SOAK=1` tries forty times as many, `MUTATIONS=100000` as many as one likes, and
//! `MUTATIONS_SEED=7` tries others.

use proptest::collection::vec;
use proptest::prelude::{Strategy, any};
use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};
use serde_json::{Value, json};
use smithy_codegen::{Options, generate};

/// The number of mutations of small models, and of larger ones, which take longer.
const SMALL: u32 = 250;
const LARGE: u32 = 5;

/// The number of times as many with `SOAK=1`.
const SOAK: u32 = 40;

#[test]
fn mutated_fixtures() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.retain(|file| {
        file.extension()
            .is_some_and(|extension| extension == "json")
    });
    files.sort();
    let models: Vec<_> = files
        .iter()
        .map(|file| std::fs::read_to_string(file).unwrap())
        .collect();
    let small = models.iter().filter(|text| text.len() < 20_000);
    mutate(
        small
            .map(|text| serde_json::from_str(text).unwrap())
            .collect(),
        SMALL,
    );
}

#[test]
fn larger_models_mutated() {
    let healthlake = include_str!("../../models/healthlake-2017-07-01.json");
    let nasty = include_str!("fixtures/nasty_names.json");
    mutate(
        [healthlake, nasty]
            .map(|text| serde_json::from_str(text).unwrap())
            .to_vec(),
        LARGE,
    );
}

/// The limit of JSON does not count nesting in a string.
#[test]
fn strings_with_deep_nesting() {
    const DEPTH: usize = 10_000;
    let around = |open: &str, inner: &str, close: &str| {
        format!("{}{inner}{}", open.repeat(DEPTH), close.repeat(DEPTH))
    };
    let texts = [
        around("<ul><li>", "x", "</li></ul>"),
        around("<b>", "x", ""),
        around("> ", "x", ""),
        around("[", "x", "]"),
        around("(", "x", ")"),
        around("!", "x", ""),
        around("a.", "x", ""),
        around("{", "x", "}"),
        around("[?", "x", "]"),
        around("a(", "x", ")"),
        around("*", "x", "*"),
        around("a||", "x", ""),
        around("`[", "1", "]`"),
        around("- ", "x", ""),
    ];
    for text in texts {
        let model = json!({"smithy": "2.0", "shapes": {
            "a.b#Service": {
                "type": "service", "operations": [{"target": "a.b#Do"}],
                "traits": {"aws.protocols#awsJson1_0": {}, "smithy.api#documentation": text, "smithy.api#title": text}
            },
            "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}, "output": {"target": "a.b#In"}, "traits": {
                "smithy.waiters#waitable": {"Done": {"acceptors": [
                    {"state": "success", "matcher": {"output": {"path": text, "expected": "x", "comparator": "stringEquals"}}}
                ]}},
                "smithy.api#endpoint": {"hostPrefix": text}, "smithy.rules#operationContextParams": {"Param": {"path": text}},
            }},
            "a.b#In": {"type": "structure", "members": {"a": {"target": "smithy.api#String", "traits": {
                "smithy.api#documentation": text, "smithy.api#pattern": text, "smithy.api#default": text
            }}}},
        }});
        for kept in [
            "",
            "smithy.waiters#waitable",
            "smithy.api#endpoint",
            "smithy.rules#operationContextParams",
        ] {
            let mut model = model.clone();
            let traits = &mut model["shapes"]["a.b#Do"]["traits"];
            traits.as_object_mut().unwrap().retain(|id, _| id == kept);
            check(&model.to_string());
        }
    }
}

/// One change of a model. Numbers are taken modulo the number of things there are.
#[derive(Clone, Debug)]
struct Mutation {
    change: Change,
    node: usize,
    other: usize,
}

#[derive(Clone, Copy, Debug)]
enum Change {
    /// Removes a node from its parent.
    Delete,
    /// Puts a value of another type in its place.
    Retype,
    /// Gives a property another key.
    Rename,
    /// Puts a node into its parent once more.
    Duplicate,
    /// Swaps two nodes, wherever they stand.
    Swap,
    /// Puts a copy of a node in the place of another.
    Copy,
    /// Puts a string of the model in the place of another string.
    Confuse,
}

fn mutations() -> impl Strategy<Value = Vec<Mutation>> {
    use Change::{Confuse, Copy, Delete, Duplicate, Rename, Retype, Swap};
    let change =
        proptest::sample::select(vec![Delete, Retype, Rename, Duplicate, Swap, Copy, Confuse]);
    let mutation = (change, any::<usize>(), any::<usize>());
    vec(
        mutation.prop_map(|(change, node, other)| Mutation {
            change,
            node,
            other,
        }),
        1..=3,
    )
}

fn mutate(models: Vec<Value>, cases: u32) {
    let number = |name: &str| {
        std::env::var(name)
            .ok()
            .map(|text| text.parse::<u32>().unwrap())
    };
    let soak = std::env::var_os("SOAK").map_or(1, |_| SOAK);
    let cases = number("MUTATIONS").unwrap_or(cases * soak);
    let mut seed = [0; 32];
    seed[..4].copy_from_slice(&number("MUTATIONS_SEED").unwrap_or_default().to_le_bytes());
    let config = Config {
        cases,
        failure_persistence: None,
        ..Config::default()
    };
    let mut runner =
        TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &seed));
    let mut outcomes = [0, 0];
    let outcomes_seen = std::cell::RefCell::new(&mut outcomes);
    let result = runner.run(&(any::<usize>(), mutations()), |(which, mutations)| {
        let mut model = models[which % models.len()].clone();
        for mutation in &mutations {
            mutation.apply(&mut model);
        }
        let wrote_files = check(&model.to_string());
        outcomes_seen.borrow_mut()[usize::from(wrote_files)] += 1;
        Ok(())
    });
    if let Err(TestError::Fail(reason, (which, mutations))) = result {
        panic!(
            "{reason}\nmodel {} with {mutations:?}",
            which % models.len()
        );
    }
    assert!(
        outcomes.iter().all(|seen| *seen > cases / 50),
        "errors and crates: {outcomes:?}"
    );
}

/// Returns `true` if files came out, rather than an error.
fn check(model: &str) -> bool {
    match generate(
        model,
        &Options {
            source: "mutated.json".to_owned(),
            skip_unsupported: model.len().is_multiple_of(2),
            ..Options::default()
        },
    ) {
        Ok(written) => {
            for file in written
                .files
                .iter()
                .filter(|file| file.path.ends_with(".rs"))
            {
                if let Err(error) = syn::parse_file(&file.contents) {
                    panic!("{} is not Rust: {error}\n{}", file.path, file.contents);
                }
            }
            true
        }
        Err(error) => {
            let text = error.to_string();
            assert!(
                error
                    .diagnostics()
                    .iter()
                    .all(|problem| problem.message().len() > 5),
                "{text}"
            );
            assert!(
                !text.contains("not Rust"),
                "the generator is wrong, not the model: {text}"
            );
            false
        }
    }
}

impl Mutation {
    fn apply(&self, model: &mut Value) {
        let nodes = pointers(model);
        if nodes.is_empty() {
            return;
        }
        let (node, other) = (
            &nodes[self.node % nodes.len()],
            &nodes[self.other % nodes.len()],
        );
        match self.change {
            Change::Delete => edit(model, node, remove),
            Change::Retype => replace(model, node, another_value(self.other)),
            Change::Rename => {
                let new = self.string_of(model);
                edit(model, node, |parent, key| rename(parent, key, new));
            }
            Change::Duplicate => edit(model, node, duplicate),
            Change::Swap => {
                let (first, second) = (model.pointer(node).cloned(), model.pointer(other).cloned());
                replace(model, node, second.unwrap());
                // The place of the other may be gone with the first.
                if model.pointer(other).is_some() {
                    replace(model, other, first.unwrap());
                }
            }
            Change::Copy => {
                let copy = model.pointer(other).unwrap().clone();
                replace(model, node, copy);
            }
            Change::Confuse => {
                let places: Vec<_> = nodes
                    .iter()
                    .filter(|node| model.pointer(node).unwrap().is_string())
                    .collect();
                if !places.is_empty() {
                    let string = self.string_of(model);
                    replace(model, places[self.node % places.len()], string.into());
                }
            }
        }
    }

    /// A string or key of the model, or one that is a hazard in Rust.
    fn string_of(&self, model: &Value) -> String {
        let mut strings = ["", "type", "Self", "build", "_", "日本"]
            .map(str::to_owned)
            .to_vec();
        collect_strings(model, &mut strings);
        strings.swap_remove(self.other % strings.len())
    }
}

/// Values of all types, some of them at the edge of what a model can hold.
fn another_value(number: usize) -> Value {
    let values = [
        json!(null),
        json!(true),
        json!(false),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1e300),
        json!(u64::MAX),
        json!(""),
        json!("text"),
        json!("self"),
        json!("日本 ²\u{0}\"\\{}/*"),
        json!("smithy.api#String"),
        json!("smithy.api#Unit"),
        json!("{a}-{b"),
        json!([]),
        json!([[]]),
        json!([null]),
        json!(["a", "a"]),
        json!({}),
        json!({"": {}}),
        json!({"target": "smithy.api#Timestamp"}),
        json!({"min": 5, "max": 1}),
        json!("a".repeat(5_000)),
        (0..100).fold(json!(1), |inner, _| json!([inner])),
    ];
    values[number % values.len()].clone()
}

/// JSON pointers to all nodes below the root.
fn pointers(model: &Value) -> Vec<String> {
    let mut pointers = vec![String::new()];
    let mut next = 0;
    while let Some(pointer) = pointers.get(next).cloned() {
        match model.pointer(&pointer) {
            Some(Value::Array(items)) => {
                pointers.extend((0..items.len()).map(|index| format!("{pointer}/{index}")))
            }
            Some(Value::Object(object)) => {
                pointers.extend(
                    object.keys().map(|key| {
                        format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
                    }),
                );
            }
            _ => {}
        }
        next += 1;
    }
    pointers.split_off(1)
}

fn collect_strings(value: &Value, strings: &mut Vec<String>) {
    match value {
        Value::String(text) => strings.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_strings(item, strings)),
        Value::Object(object) => {
            strings.extend(object.keys().cloned());
            object
                .values()
                .for_each(|value| collect_strings(value, strings));
        }
        _ => {}
    }
}

fn replace(model: &mut Value, pointer: &str, new: Value) {
    *model.pointer_mut(pointer).unwrap() = new;
}

/// Changes the parent of a node; the change is told the key or index of the node in it.
fn edit(model: &mut Value, pointer: &str, change: impl FnOnce(&mut Value, &str)) {
    let (parent, step) = pointer.rsplit_once('/').unwrap();
    change(
        model.pointer_mut(parent).unwrap(),
        &step.replace("~1", "/").replace("~0", "~"),
    );
}

fn remove(parent: &mut Value, step: &str) {
    match parent {
        Value::Array(items) => drop(items.remove(step.parse().unwrap())),
        Value::Object(object) => drop(object.shift_remove(step)),
        _ => unreachable!(),
    }
}

/// Keeps the property in its place.
fn rename(parent: &mut Value, step: &str, new: String) {
    if let Value::Object(object) = parent {
        let properties = std::mem::take(object).into_iter();
        *object = properties
            .map(|(old, value)| (if old == step { new.clone() } else { old }, value))
            .collect();
    }
}

fn duplicate(parent: &mut Value, step: &str) {
    match parent {
        Value::Array(items) => items.push(items[step.parse::<usize>().unwrap()].clone()),
        // Under a name that is the same in Rust.
        Value::Object(object) => drop(object.insert(format!("{step}_"), object[step].clone())),
        _ => unreachable!(),
    }
}
