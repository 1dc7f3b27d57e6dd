//! Models that give every kind of thing every name.

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};
use smithy_codegen::names::{pascal, snake};

/// Of how many words one is used in every case where each takes a while to compile.
const SELDOM: usize = 8;

/// The number of members that a structure has, so that none is larger than those of real models.
const CHUNK: usize = 24;

const NAMESPACE: &str = "com.example";

/// A word as models may write it: in snake case, in Pascal case and in capitals.
fn cases(word: &str) -> Vec<String> {
    let snake = snake(word);
    let cases = [word.to_owned(), pascal(word), snake.to_uppercase(), snake];
    let distinct: BTreeSet<_> = cases.into_iter().filter(|it| is_name(it)).collect();
    distinct.into_iter().collect()
}

/// A word as most models write shapes; seldom, in all ways.
fn some_cases(index: usize, word: &str) -> Vec<String> {
    if index.is_multiple_of(SELDOM) {
        return cases(word);
    }
    Some(pascal(word))
        .filter(|it| is_name(it))
        .into_iter()
        .collect()
}

/// Returns `true` if shapes and members can have the name.
fn is_name(name: &str) -> bool {
    name.trim_start_matches('_')
        .starts_with(|c: char| c.is_ascii_alphabetic())
}

fn id(name: &str) -> String {
    format!("{NAMESPACE}#{name}")
}

fn target(name: &str) -> Value {
    json!({ "target": id(name) })
}

fn io(name: &str) -> String {
    format!("com.example.io#{name}")
}

fn to_io(name: &str) -> Value {
    json!({ "target": io(name) })
}

fn of_type(shape: &str) -> Value {
    json!({ "target": format!("smithy.api#{shape}") })
}

/// A model of these shapes, with a service that has these operations and traits.
fn model(
    mut shapes: Map<String, Value>,
    operations: &[String],
    errors: &[String],
    more: Value,
) -> Value {
    let targets = |names: &[String]| names.iter().map(|name| target(name)).collect::<Vec<_>>();
    let mut traits = json!({
        "aws.protocols#awsJson1_0": {},
        "aws.auth#sigv4": { "name": "names" },
        "aws.api#service": { "sdkId": "Names" },
    });
    let more = more.as_object().cloned().unwrap_or_default();
    traits.as_object_mut().unwrap().extend(more);
    let service = json!({
        "type": "service",
        "version": "2026-01-01",
        "operations": targets(operations),
        "errors": targets(errors),
        "traits": traits,
    });
    shapes.insert("com.example.service#Names".to_owned(), service);
    json!({ "smithy": "2.0", "shapes": shapes })
}

/// Members of a structure, a union, and enums: every word in every case, side by side.
pub fn of_members(words: &[String]) -> Value {
    let mut shapes = Map::new();
    let mut all = Map::new();
    let names: Vec<_> = words.iter().flat_map(|word| cases(word)).collect();
    for (number, names) in names.chunks(CHUNK).enumerate() {
        let kinds: [(&str, Value); 4] = [
            ("Structure", structure_of(names)),
            ("Union", union_of(names)),
            ("Enum", enum_of(names)),
            ("IntEnum", int_enum_of(names)),
        ];
        for (kind, shape) in kinds {
            let name = format!("{kind}Number{number}");
            all.insert(name.clone(), target(&name));
            shapes.insert(id(&name), shape);
        }
    }
    // Any text can be a value.
    let values = words.iter().flat_map(|it| [it.clone(), format!("r#{it}")]);
    let values: BTreeSet<_> = values.chain(names.iter().cloned()).collect();
    let values: Vec<_> = values
        .iter()
        .map(|value| json!({ "value": value }))
        .collect();
    shapes.insert(
        id("Values"),
        json!({ "type": "string", "traits": { "smithy.api#enum": values } }),
    );
    all.insert("values".to_owned(), target("Values"));
    shapes.insert(id("All"), json!({ "type": "structure", "members": all }));
    let operation = json!({ "type": "operation", "input": target("All"), "output": target("All") });
    shapes.insert(id("Call"), operation);
    model(shapes, &["Call".to_owned()], &[], json!({}))
}

fn structure_of(names: &[String]) -> Value {
    let members = names.iter().enumerate().map(|(index, name)| {
        let traits = match index % 4 {
            0 => json!({ "smithy.api#required": {} }),
            1 => json!({ "smithy.api#sensitive": {} }),
            2 => json!({ "smithy.api#default": "x" }),
            _ => json!({}),
        };
        let member = json!({ "target": "smithy.api#String", "traits": traits });
        (name.clone(), member)
    });
    json!({ "type": "structure", "members": members.collect::<Map<_, _>>() })
}

fn union_of(names: &[String]) -> Value {
    let types = ["String", "Unit", "Integer", "Timestamp"];
    let members = names.iter().zip(types.iter().cycle());
    let members = members.map(|(name, shape)| (name.clone(), of_type(shape)));
    json!({ "type": "union", "members": members.collect::<Map<_, _>>() })
}

fn enum_of(names: &[String]) -> Value {
    let members = names.iter().map(|name| (name.clone(), of_type("Unit")));
    json!({ "type": "enum", "members": members.collect::<Map<_, _>>() })
}

fn int_enum_of(names: &[String]) -> Value {
    let members = names.iter().enumerate().map(|(value, name)| {
        let traits = json!({ "smithy.api#enumValue": value });
        let member = json!({ "target": "smithy.api#Unit", "traits": traits });
        (name.clone(), member)
    });
    json!({ "type": "intEnum", "members": members.collect::<Map<_, _>>() })
}

/// Structures, unions, enums and errors: every word in every case, in one service.
pub fn of_shapes(words: &[String]) -> Value {
    let mut shapes = Map::new();
    let mut all = Map::new();
    let mut errors = Vec::new();
    let mut previous = "Values".to_owned();
    shapes.insert(id("Values"), enum_of(&["ON".to_owned()]));
    for (index, word) in words.iter().enumerate() {
        for (case, name) in some_cases(index, word).into_iter().enumerate() {
            let members = json!({ "previous": target(&previous), "text": of_type("String") });
            let shape = match (index + case) % 5 {
                0 => json!({ "type": "structure", "members": members }),
                1 => json!({ "type": "union", "members": members }),
                2 => enum_of(std::slice::from_ref(&name)),
                3 => int_enum_of(std::slice::from_ref(&name)),
                _ => {
                    errors.push(name.clone());
                    let traits = json!({ "smithy.api#error": "client" });
                    json!({ "type": "structure", "members": { "message": of_type("String") }, "traits": traits })
                }
            };
            shapes.insert(id(&name), shape);
            all.insert(name.clone(), target(&name));
            previous = name;
        }
    }
    shapes.insert(io("Input"), json!({ "type": "structure", "members": all }));
    let input = to_io("Input");
    shapes.insert(
        "com.example#CallEverything".to_owned(),
        json!({ "type": "operation", "input": input }),
    );
    model(shapes, &["CallEverything".to_owned()], &errors, json!({}))
}

/// Operations, by turns with and without input and output, with pages, and with a waiter of their own name.
pub fn of_operations(words: &[String]) -> Value {
    let mut shapes = Map::new();
    let mut operations = Vec::new();
    for (index, word) in words.iter().enumerate() {
        for (case, name) in some_cases(index, word).into_iter().enumerate() {
            if operations.contains(&name) {
                continue;
            }
            let shape = match (index + case) % 3 {
                0 => json!({ "type": "operation" }),
                1 => {
                    json!({ "type": "operation", "input": to_io("ListInput"), "output": to_io("ListOutput"), "traits": {
                    "smithy.api#paginated": { "inputToken": "next", "outputToken": "next", "items": "items" },
                    "smithy.waiters#waitable": { pascal(word): waiter("state") },
                } })
                }
                _ => json!({ "type": "operation", "output": to_io("ListOutput") }),
            };
            shapes.insert(id(&name), shape);
            operations.push(name);
        }
    }
    add_list(&mut shapes);
    model(shapes, &operations, &[], json!({}))
}

/// Input and output, in a namespace of their own.
fn add_list(shapes: &mut Map<String, Value>) {
    let token = of_type("String");
    let structure = |members: Value| json!({ "type": "structure", "members": members });
    let output = json!({ "next": token, "items": to_io("Items"), "state": of_type("String") });
    shapes.insert(io("ListInput"), structure(json!({ "next": token })));
    shapes.insert(io("ListOutput"), structure(output));
    shapes.insert(
        io("Items"),
        json!({ "type": "list", "member": of_type("String") }),
    );
}

fn waiter(path: &str) -> Value {
    let matcher = json!({ "path": path, "expected": "x", "comparator": "stringEquals" });
    json!({ "acceptors": [
        { "state": "success", "matcher": { "output": matcher } },
        { "state": "failure", "matcher": { "errorType": "Gone" } },
    ] })
}

/// Waiters of one operation that has pages as well, and members that they look at.
pub fn of_waiters(words: &[String]) -> Value {
    let mut shapes = Map::new();
    add_list(&mut shapes);
    let mut waiters = Map::new();
    let mut output = json!({ "next": of_type("String"), "items": to_io("Items") });
    for (index, word) in words.iter().enumerate() {
        let name = pascal(word);
        if !is_name(&name) {
            continue;
        }
        let member = snake(word);
        let path = if index % 2 == 0 { &member } else { &name };
        if path == "items" {
            continue;
        }
        output[path] = of_type("String");
        let reason = format!("(\"{path}\" || \"{path}\")");
        let waiter = waiter(if index % 3 == 0 { &reason } else { path });
        waiters.insert(name.clone(), waiter);
    }
    shapes.insert(
        io("ListOutput"),
        json!({ "type": "structure", "members": output }),
    );
    let traits = json!({
        "smithy.api#paginated": { "inputToken": "next", "outputToken": "next" },
        "smithy.waiters#waitable": waiters,
    });
    let operation = json!({ "type": "operation", "input": to_io("ListInput"), "output": to_io("ListOutput"), "traits": traits });
    shapes.insert(id("Request"), operation);
    model(shapes, &["Request".to_owned()], &[], json!({}))
}

/// Parameters and variables of endpoint rules, and the names of their tests.
pub fn of_rules(words: &[String]) -> Value {
    let mut parameters = Map::new();
    let mut client = Map::new();
    let mut rules = Vec::new();
    let mut tests = Vec::new();
    for (index, word) in words.iter().enumerate() {
        let (name, variable) = (pascal(word), snake(word));
        let is_taken = parameters.keys().any(|it| it.eq_ignore_ascii_case(&name));
        if !is_name(&name) || !is_name(&variable) || is_taken {
            continue;
        }
        parameters.insert(
            name.clone(),
            json!({ "type": "string", "documentation": "x" }),
        );
        if index % 2 == 0 {
            client.insert(
                name.clone(),
                json!({ "type": "string", "documentation": "x" }),
            );
        }
        rules.push(rule(
            &name,
            &format!("{variable}_"),
            &variable.to_uppercase(),
        ));
        let endpoint = json!({ "url": "https://abc.abc.example.com" });
        tests.push(json!({
            "documentation": word, "params": { name: "abcd" }, "expect": { "endpoint": endpoint },
        }));
    }
    rules.push(json!({ "conditions": [], "error": "nothing", "type": "error" }));
    let mut shapes = Map::new();
    let operation = json!({ "type": "operation" });
    shapes.insert(id("Call"), operation);
    let more = json!({
        "smithy.rules#clientContextParams": client,
        "smithy.rules#endpointRuleSet": { "version": "1.0", "parameters": parameters, "rules": rules },
        "smithy.rules#endpointTests": { "version": "1.0", "testCases": tests },
    });
    model(shapes, &["Call".to_owned()], &[], more)
}

/// A tree, with two variables whose names differ in case alone.
fn rule(parameter: &str, variable: &str, other: &str) -> Value {
    let reference = |name: &str| json!({ "ref": name });
    let is_set = json!({ "fn": "isSet", "argv": [reference(parameter)] });
    let part = |of: &str, assign: &str| json!({ "fn": "substring", "argv": [reference(of), 0, 3, false], "assign": assign });
    let url = format!("https://{{{variable}}}.{{{other}}}.example.com");
    let inner = |condition: Value| {
        json!({
            "conditions": [part(parameter, other), condition],
            "endpoint": { "url": url, "properties": {}, "headers": {} },
            "type": "endpoint",
        })
    };
    let same = json!({ "fn": "stringEquals", "argv": [reference(variable), reference(other)] });
    let valid = json!({ "fn": "isValidHostLabel", "argv": [reference(other), false] });
    json!({
        "conditions": [is_set, part(parameter, variable)],
        "rules": [inner(same), inner(valid)],
        "type": "tree",
    })
}
