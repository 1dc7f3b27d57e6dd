//! The cost of generating: memory of at most twenty times the model's text, and work that grows no faster than the model.
//!
//! Work is counted in allocations, which are the same on every machine, however busy it is. The time that it takes is compared in
//! `time.rs`.

mod smithy_data;

use std::fs;

use allocation_counter::{AllocationInfo, measure};
use serde_json::{Map, Value, json};
use smithy_codegen::{Options, generate};

/// The most memory that may be taken at any one time, as a multiple of the model's text.
const MEMORY: u64 = 20;

fn generating(text: &str) -> AllocationInfo {
    let options = Options {
        skip_unsupported: true,
        ..Options::default()
    };
    let mut generated = None;
    let taken = measure(|| generated = generate(text, &options).ok());
    assert!(generated.is_some_and(|generated| generated.summary.operations > 0));
    taken
}

fn assert_memory_is_bounded(name: &str, text: &str, taken: &AllocationInfo) {
    let allowed = MEMORY * text.len() as u64;
    assert!(
        taken.bytes_max < allowed,
        "{name}: {} bytes of memory for {} of text",
        taken.bytes_max,
        text.len()
    );
}

#[test]
fn real_models_take_little_memory() {
    let healthlake = "../models/healthlake-2017-07-01.json".into();
    for path in [vec![healthlake], smithy_data::published_models()].concat() {
        let text = fs::read_to_string(&path).unwrap();
        assert_memory_is_bounded(&path.display().to_string(), &text, &generating(&text));
    }
}

#[test]
fn work_and_memory_grow_with_the_model() {
    let [small, double, fourfold] = [25, 50, 100].map(|operations| {
        let text = model(operations);
        let taken = generating(&text);
        assert_memory_is_bounded(&format!("{operations} operations"), &text, &taken);
        taken
    });
    for (one, two) in [(&small, &double), (&double, &fourfold)] {
        let sizes = [
            ("allocations", one.count_total, two.count_total),
            ("bytes allocated", one.bytes_total, two.bytes_total),
            ("bytes at one time", one.bytes_max, two.bytes_max),
        ];
        for (what, one, two) in sizes {
            assert!(
                two * 100 < one * 205,
                "{what}: {two} for a model twice as large, after {one}"
            );
        }
    }
}

#[test]
fn a_chain_of_mixins_takes_little_memory() {
    let chain = (0..3000).map(|number| {
        let before = (number > 0).then(|| target(&format!("M{}", number - 1)));
        let mixin = json!({
            "type": "structure", "mixins": before.into_iter().collect::<Vec<_>>(), "traits": {"smithy.api#mixin": {}},
            "members": {format!("Member{number}"): {"target": "smithy.api#String", "traits": {"smithy.api#documentation": "<p>One of many.</p>"}}}
        });
        (format!("a.b#M{number}"), mixin)
    });
    let mut model: Value = serde_json::from_str(&model(1)).unwrap();
    model["shapes"]["a.b#In0"]["mixins"] = json!([target("M2999")]);
    model["shapes"].as_object_mut().unwrap().extend(chain);
    let text = serde_json::to_string_pretty(&model).unwrap();
    // Its members are small, and each is documented in a few ways.
    let (taken, allowed) = (generating(&text).bytes_max, 2 * MEMORY * text.len() as u64);
    assert!(
        taken < allowed,
        "{taken} bytes of memory for {} of text",
        text.len()
    );
}

/// A model with as many operations, each with shapes of its own, laid out and documented as published models are.
fn model(operations: usize) -> String {
    let mut shapes = Map::new();
    let targets: Vec<_> = (0..operations)
        .map(|number| target(&format!("Get{number}")))
        .collect();
    shapes.insert(
        "a.b#Service".to_owned(),
        json!({
            "type": "service", "version": "1", "operations": targets,
            "traits": {"aws.protocols#awsJson1_0": {}, "aws.auth#sigv4": {"name": "service"}}
        }),
    );
    for number in 0..operations {
        add_operation(&mut shapes, number);
    }
    serde_json::to_string_pretty(&json!({"smithy": "2.0", "shapes": shapes})).unwrap()
}

fn add_operation(shapes: &mut Map<String, Value>, number: usize) {
    let name = |kind: &str| format!("{kind}{number}");
    let documentation = format!(
        "<p>What is known of <i>number {number}</i>, as a <a>State{number}</a> and more. It is said in <code>Items</code>.</p>"
    );
    let traits = json!({"smithy.api#documentation": documentation});
    let member = |kind: &str| {
        let mut member = target(&name(kind));
        member["traits"] = traits.clone();
        member
    };
    let mut id = json!({"target": "smithy.api#String", "traits": traits});
    id["traits"]["smithy.api#required"] = json!({});
    let new = [
        (
            "Get",
            json!({
                "type": "operation", "traits": traits, "input": target(&name("In")),
                "output": target(&name("Out")), "errors": [target(&name("Missing"))]
            }),
        ),
        (
            "In",
            json!({"type": "structure", "members": {"Id": id, "State": member("State")}}),
        ),
        (
            "Out",
            json!({"type": "structure", "members": {"Items": member("Items"), "State": member("State")}}),
        ),
        (
            "Items",
            json!({"type": "list", "member": target(&name("Item"))}),
        ),
        (
            "Item",
            json!({"type": "structure", "traits": traits, "members": {"Id": id, "Parent": member("Item")}}),
        ),
        (
            "State",
            json!({"type": "enum", "traits": traits, "members": {
                "OPEN": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "open"}},
                "SHUT": {"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "shut"}}
            }}),
        ),
        (
            "Missing",
            json!({
                "type": "structure", "traits": {"smithy.api#error": "client"},
                "members": {"message": {"target": "smithy.api#String"}}
            }),
        ),
    ];
    shapes.extend(new.map(|(kind, shape)| (format!("a.b#{}", name(kind)), shape)));
}

fn target(name: &str) -> Value {
    json!({"target": format!("a.b#{name}")})
}
