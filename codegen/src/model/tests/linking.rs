//! The many forms of the JSON AST are one model in the end: mixins, `apply`, enums of both forms, operations of resources.

use crate::model::traits::smithy_api::Length;
use crate::model::{Closure, LeftOut, Model, Shape, ShapeId, ShapeKind};
use serde_json::{Value, json};
use std::collections::HashSet;

fn model(text: &str) -> Model {
    Model::parse(text).unwrap()
}

fn id(text: &str) -> ShapeId {
    ShapeId::parse(text).unwrap()
}

fn names<'a>(shapes: impl IntoIterator<Item = &'a Shape>) -> Vec<&'a str> {
    shapes.into_iter().map(|shape| shape.id.name()).collect()
}

#[test]
fn members_and_traits_of_mixins() {
    let model = model(include_str!("../../../tests/fixtures/mixins.json"));
    let closure = Closure::of(&model).unwrap();

    let request = closure.get(&id("com.example#OrderRequest")).unwrap();
    let members: Vec<_> = request
        .members()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(members, ["Name", "Tags", "Amount"]);
    assert_eq!(request.traits.documentation(), Ok(Some("Has tags.")));
    assert!(request.traits.is_sensitive());
    assert!(!request.traits.is_mixin() && !request.traits.is_internal());

    let name = request.member("Name").unwrap();
    assert_eq!(name.id().as_str(), "com.example#OrderRequest$Name");
    assert_eq!(name.traits.documentation(), Ok(Some("What to order.")));
    assert_eq!(
        name.traits.length(),
        Ok(Some(Length {
            min: None,
            max: Some(20)
        }))
    );
    assert!(request.member("Tags").unwrap().traits.is_required());

    let tagged = model.get(&id("com.example#Tagged")).unwrap();
    assert!(!tagged.member("Tags").unwrap().traits.is_required());

    let response = closure.get(&id("com.example#OrderResponse")).unwrap();
    let name = response.member("Name").unwrap();
    assert_eq!(name.traits.documentation(), Ok(Some("What it is called.")));
    assert_eq!(
        name.traits.length(),
        Ok(Some(Length {
            min: None,
            max: Some(40)
        }))
    );

    let tags = closure.get(&id("com.example#Tags")).unwrap();
    assert!(matches!(&tags.kind, ShapeKind::List(member) if member.target == "smithy.api#String"));
    assert!(tags.traits.has_unique_items());
}

#[test]
fn a_mixin_of_a_service() {
    let model = model(include_str!("../../../tests/fixtures/mixins.json"));
    let closure = Closure::of(&model).unwrap();
    let (_, order) = closure.operations().next().unwrap();
    assert_eq!(names(closure.errors(order)), ["Closed"]);
}

#[test]
fn operations_of_resources_in_order() {
    let model = model(include_str!("../../../tests/fixtures/resources.json"));
    let closure = Closure::of(&model).unwrap();
    assert_eq!(
        names(closure.operations().map(|(shape, _)| shape)),
        [
            "Open",
            "Close",
            "CreateCage",
            "ListCages",
            "CleanCage",
            "CountCages",
            "DescribeAnimal",
            "PutVisitor",
            "DeleteVisitor"
        ]
    );
    let (_, clean) = closure
        .operations()
        .find(|(shape, _)| shape.id.name() == "CleanCage")
        .unwrap();
    assert_eq!(names(closure.errors(clean)), ["Bitten", "Locked"]);
    let (_, open) = closure.operations().next().unwrap();
    assert_eq!(names(closure.errors(open)), ["Locked"]);
    assert!(open.input.is_unit() && open.output.is_unit());
}

#[test]
fn the_closure_of_a_service_is_all_that_it_reaches_and_no_more() {
    let model = model(include_str!("../../../tests/fixtures/resources.json"));
    let closure = Closure::of(&model).unwrap();
    let ids: Vec<_> = closure.shapes().map(|shape| shape.id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "smithy.api#Unit",
            "com.example#Bitten",
            "com.example#Locked",
            "com.example#DescribeAnimalRequest",
            "com.example#DescribeAnimalResponse",
            "smithy.api#String",
            "org.other#Animal",
            "org.other#Names",
            "smithy.api#PrimitiveInteger",
        ]
    );
    assert!(closure.get(&id("com.example#NotReached")).is_none());
    assert_eq!(closure.name(&id("org.other#Animal")), "OtherAnimal");
    assert_eq!(closure.name(&id("org.other#Names")), "Names");
    let names = closure.get(&id("org.other#Names")).unwrap();
    assert!(matches!(&names.kind, ShapeKind::List(_)));
    let integer = closure.get(&id("smithy.api#PrimitiveInteger")).unwrap();
    assert_eq!(integer.traits.default_value(), Some(&json!(0)));
}

#[test]
fn enum_traits_are_enums() {
    let model = model(include_str!("../../../tests/fixtures/enum_traits.json"));
    let members = |name: &str| {
        let shape = model.get(&id(name)).unwrap();
        let ShapeKind::Enum(members) = &shape.kind else {
            panic!("{name} is a {}", shape.kind.name())
        };
        assert!(!shape.traits.has("smithy.api#enum"));
        members
    };
    let colors = members("com.example#Color");
    let pairs: Vec<_> = colors
        .iter()
        .map(|member| (member.name.as_str(), member.value.as_str()))
        .collect();
    assert_eq!(
        pairs,
        [("RED", "red"), ("BLUE", "blue"), ("GREEN", "green")]
    );
    assert_eq!(colors[0].traits.documentation(), Ok(Some("Like fire.")));
    assert_eq!(
        colors[0].traits.get("smithy.api#tags"),
        Some(&json!(["warm"]))
    );
    let deprecated: Vec<_> = colors
        .iter()
        .map(|member| member.traits.deprecated().unwrap().is_some())
        .collect();
    assert_eq!(deprecated, [false, true, false]);
    let names: Vec<_> = members("com.example#Size")
        .iter()
        .map(|member| member.name.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "m5_2xlarge",
            "m5_2xlarge_2",
            "_2x",
            "Empty",
            "GreaterEqual",
            "gr__er"
        ]
    );
}

#[test]
fn apply_joins_arrays_and_adds_traits() {
    let model = model(
        &json!({"smithy": "2.0", "shapes": {
            "a#B$c": {"type": "apply", "traits": {"smithy.api#required": {}, "smithy.api#tags": ["y"], "smithy.api#title": "T"}},
            "a#B": {"type": "structure", "members": {
                "c": {"target": "smithy.api#String", "traits": {"smithy.api#tags": ["x"], "smithy.api#title": "T"}}
            }},
        }})
        .to_string(),
    );
    let traits = &model.get(&id("a#B")).unwrap().member("c").unwrap().traits;
    assert!(traits.is_required());
    assert_eq!(traits.get("smithy.api#tags"), Some(&json!(["x", "y"])));
    assert_eq!(traits.title(), Ok(Some("T")));
}

/// A model of one operation whose input is `a.b#In`.
fn with_shapes(shapes: Value) -> String {
    let mut all = json!({
        "a.b#Service": {
            "type": "service", "version": "1", "operations": [{"target": "a.b#Do"}], "traits": {"aws.protocols#awsJson1_0": {}}
        },
        "a.b#Do": {"type": "operation", "input": {"target": "a.b#In"}},
    });
    all.as_object_mut()
        .unwrap()
        .extend(shapes.as_object().unwrap().clone());
    json!({"smithy": "2.0", "shapes": all}).to_string()
}

#[test]
fn recursion_that_needs_a_box() {
    let model = model(&with_shapes(json!({
        "a.b#In": {"type": "structure", "members": {
            "itself": {"target": "a.b#In"}, "list": {"target": "a.b#List"}, "tree": {"target": "a.b#Tree"}, "text": {"target": "smithy.api#String"}
        }},
        "a.b#List": {"type": "list", "member": {"target": "a.b#In"}},
        "a.b#Tree": {"type": "union", "members": {
            "leaf": {"target": "smithy.api#String"}, "node": {"target": "a.b#Node"}, "forest": {"target": "a.b#Forest"}
        }},
        "a.b#Node": {"type": "structure", "members": {"left": {"target": "a.b#Tree"}, "map": {"target": "a.b#Map"}}},
        "a.b#Map": {"type": "map", "key": {"target": "smithy.api#String"}, "value": {"target": "a.b#Node"}},
        "a.b#Forest": {"type": "list", "member": {"target": "a.b#Tree"}},
    })));
    let closure = Closure::of(&model).unwrap();
    let members = closure.shapes().flat_map(Shape::members);
    let boxed: Vec<_> = members
        .filter(|member| closure.is_recursive(member))
        .map(|member| member.id().as_str())
        .collect();
    assert_eq!(boxed, ["a.b#In$itself", "a.b#Tree$node", "a.b#Node$left"]);
}

#[test]
fn a_long_chain_of_shapes_takes_no_stack() {
    let count = 5_000;
    let mut shapes =
        json!({"a.b#In": {"type": "structure", "members": {"next": {"target": "a.b#S0"}}}});
    for number in 0..count {
        let next = format!("a.b#S{}", (number + 1) % count);
        shapes[format!("a.b#S{number}")] =
            json!({"type": "structure", "members": {"next": {"target": next}}});
        let mixins = if number == 0 {
            json!([])
        } else {
            json!([{"target": format!("a.b#M{}", number - 1)}])
        };
        shapes[format!("a.b#M{number}")] = json!({"type": "string", "mixins": mixins});
        shapes[format!("a.b#R{number}")] = json!({"type": "resource", "resources": [{"target": format!("a.b#R{}", (number + 1) % count)}]});
    }
    let text = with_shapes(shapes);
    let small_stack = std::thread::Builder::new()
        .stack_size(256 * 1024)
        .spawn(move || {
            let model = model(&text);
            let closure = Closure::of(&model).unwrap();
            assert!(
                closure.is_recursive(closure.get(&id("a.b#S0")).unwrap().member("next").unwrap())
            );
            assert!(
                !closure.is_recursive(closure.get(&id("a.b#In")).unwrap().member("next").unwrap())
            );
        });
    small_stack.unwrap().join().unwrap();
}

#[test]
fn what_is_not_supported_can_be_left_out() {
    let model = model(include_str!("../../../tests/fixtures/streams.json"));
    let closure = Closure::of(&model).unwrap();
    assert_eq!(
        closure.check_supported(false).unwrap_err().to_string(),
        "com.example#Songs: is an event stream whose event `title` is no structure, which is not supported; `Sing` needs it\n\
         com.example#Tape: is a stream of bytes in a protocol without HTTP bindings, which is not supported; `Archive` needs it"
    );
    let (rest, left_out) = closure.without_unsupported(false).unwrap();
    assert_eq!(
        names(rest.operations().map(|(shape, _)| shape)),
        ["Listen", "Tune"]
    );
    assert_eq!(
        names(rest.shapes()),
        [
            "Unit",
            "ListenResponse",
            "TuneRequest",
            "Sounds",
            "Station",
            "Sound",
            "String",
            "Integer"
        ]
    );
    assert!(rest.unsupported(false).is_empty());
    let because = |left_out: &LeftOut<'_>| {
        left_out
            .because
            .iter()
            .map(|why| why.shape.name().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        left_out
            .iter()
            .map(|left_out| left_out.operation.id.name())
            .collect::<Vec<_>>(),
        ["Sing", "Archive"]
    );
    assert_eq!(
        left_out.iter().map(because).collect::<Vec<_>>(),
        [vec!["Songs"], vec!["Tape"]]
    );
}

#[test]
fn members_are_followed_both_ways() {
    let model = model(include_str!("../../../tests/fixtures/recursion.json"));
    let closure = Closure::of(&model).unwrap();
    let sorted = |ids: HashSet<&ShapeId>| {
        let mut names: Vec<_> = ids.into_iter().map(|id| id.name().to_owned()).collect();
        names.sort_unstable();
        names
    };
    let holders = |wanted: &str| sorted(closure.with_holders(|shape| shape.id.name() == wanted));
    assert_eq!(holders("ListOutput"), ["ListOutput"]);
    let all = ["ListOutput", "Shelf", "Shelves", "String", "Thing"];
    assert_eq!(holders("String"), all);
    assert_eq!(
        holders("Shelf"),
        ["ListOutput", "Shelf", "Shelves", "Thing"]
    );
    assert!(holders("Missing").is_empty());

    let reached = |from: &str| sorted(closure.reached_from([&id(from)]));
    assert_eq!(reached("example#ListOutput"), all);
    assert_eq!(
        reached("example#Thing"),
        ["Shelf", "Shelves", "String", "Thing"]
    );
    assert_eq!(reached("smithy.api#String"), ["String"]);
    assert!(reached("example#Missing").is_empty());
}

#[test]
fn the_same_model_gives_the_same_closure() {
    let text = include_str!("../../../tests/fixtures/resources.json");
    let (first, second) = (model(text), model(text));
    assert_eq!(
        format!("{:?}", Closure::of(&first).unwrap()),
        format!("{:?}", Closure::of(&second).unwrap())
    );
}
