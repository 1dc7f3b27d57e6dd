//! The processor's time for generating: no more than about as much longer as a text is larger, whatever the text.
//!
//! No time is right or wrong by itself. Two are compared: for a text, and for one that is eight times as large. What is linear takes
//! eight times as long, what is quadratic 64 times. Where the machine is in the way, the least of several tries counts.

use cpu_time::ThreadTime;
use serde_json::{Map, Value, json};
use smithy_codegen::{Options, docs, generate};

const GROWTH: usize = 8;

/// The most times as long that the larger text may take.
const ALLOWED: u32 = 3 * GROWTH as u32;

const TRIES: usize = 4;

/// Asserts that `work` takes time in proportion to the size of what `make` makes for a number.
fn assert_linear(name: &str, count: usize, make: impl Fn(usize) -> String, work: impl Fn(&str)) {
    let (small, large) = (make(count), make(count * GROWTH));
    let time = |text: &str| {
        let start = ThreadTime::now();
        work(text);
        start.elapsed()
    };
    let (mut of_small, mut of_large) = (time(&small), time(&large));
    for _ in 1..TRIES {
        if of_large < of_small * ALLOWED {
            return;
        }
        of_small = of_small.min(time(&small));
        of_large = of_large.min(time(&large));
    }
    assert!(
        of_large < of_small * ALLOWED,
        "{name}: {of_large:?} for {} bytes, after {of_small:?} for {}",
        large.len(),
        small.len()
    );
}

fn convert(text: &str) {
    let markdown = docs::markdown(text, &|name| {
        (name == "Job").then(|| docs::Link {
            label: name.to_owned(),
            path: Some("crate::Job".to_owned()),
        })
    });
    docs::wrap(&markdown);
    docs::first_sentence(&markdown);
    docs::note(text);
    docs::text(text);
    docs::code(text);
}

#[test]
fn documentation() {
    let repeated = [
        "`",
        "` ``",
        "*",
        "**a",
        "_",
        "_a",
        "[",
        "]",
        "![",
        "[a](",
        "[a](https://x.y)",
        "[a]: b\n",
        "[^a]",
        "<",
        ">",
        "> ",
        "> a\n",
        "- ",
        "- a\n",
        "- a\n\n",
        "  - a\n",
        "1. a\n",
        "1",
        "1.",
        ".",
        "a.",
        "A. ",
        "&",
        "&amp;",
        "&a",
        "&#",
        "|",
        "| a ",
        "| a |\n",
        "|-|\n",
        "~",
        "~~~\n",
        "```\n",
        "#",
        "# a\n",
        "=",
        "a\n=\n",
        "-",
        "---\n",
        "\\",
        "\\\n",
        " ",
        "\n",
        "    a\n",
        "\t",
        "\r",
        "\u{a0}",
        "é",
        "\u{202e}",
        "(",
        ")",
        "!",
        "\"",
        "a",
        "a ",
        "a-",
        "https://",
        "https://x.y ",
        "https://)",
        "h",
        "Job ",
        "`Job` ",
        "<a>Job</a>",
        "<b>",
        "</b>",
        "<b>a",
        "<b>a</b>",
        "<i><b>a",
        "<p>",
        "<p>a",
        "</p>",
        "<p ",
        "<ul>",
        "<ul><li>",
        "<ul><li>a",
        "<li>a",
        "</li>",
        "<ol>",
        "<dl><dt>a<dd>",
        "<dt>a",
        "<dd>a",
        "<code>",
        "<code>`",
        "<code>a</code>",
        "<pre>",
        "<pre>a</pre>",
        "<a>",
        "<a>a",
        "<a href=x>",
        "<a href=\"https://x.y\">a",
        "<a href=\"https://x.y\"></a>",
        "<table>",
        "<table><tr><td>",
        "<table><tr><td>a",
        "<tr>",
        "<td>",
        "<td>a",
        "<br>",
        "<br>a",
        "<hr>",
        "<h1>a",
        "<note>",
        "<note>a",
        "<note><ul><li>a",
        "<blockquote>a",
        "<span>",
        "<fullname>",
        "<region>",
        "<!--",
        "<?",
        "<![CDATA[",
        "<div",
        "</",
        "<table>a<br>",
    ];
    for fragment in repeated {
        let count = 2_000 / fragment.len();
        let html = |count| format!("<p>{}", fragment.repeat(count));
        assert_linear(fragment, count, |count| fragment.repeat(count), convert);
        assert_linear(fragment, count, html, convert);
    }
}

#[test]
fn documentation_of_growing_parts() {
    let one_by_one = |part: fn(usize) -> String| {
        // The parts grow, so that there are as many as make up the length.
        move |length: usize| {
            let mut text = String::new();
            (1..)
                .take_while(|&number| {
                    text.push_str(&part(number));
                    text.len() < length
                })
                .count();
            text
        }
    };
    assert_linear(
        "runs of backticks",
        20_000,
        one_by_one(|n| format!("{} ", "`".repeat(n))),
        convert,
    );
    assert_linear(
        "indented items",
        20_000,
        one_by_one(|n| format!("{}- a\n", "  ".repeat(n))),
        convert,
    );
    assert_linear(
        "nested quotes",
        20_000,
        one_by_one(|n| format!("{}a\n", "> ".repeat(n))),
        convert,
    );
    assert_linear(
        "fences",
        20_000,
        one_by_one(|n| format!("{}\n", "`".repeat(n + 2))),
        convert,
    );
    let attributes = |count: usize| {
        let attributes: String = (0..count)
            .map(|number| format!(" a{number}=\"\""))
            .collect();
        format!("<p{attributes}>a</p><a{attributes} href=\"https://x.y\">b</a>")
    };
    assert_linear("attributes", 1_000, attributes, convert);
    let markers = |count: usize| format!("{}{}", "- ".repeat(30), "\n\n".repeat(count));
    assert_linear("empty lines in lists", 4_000, markers, convert);
    let table = |count: usize| {
        let columns = "<th>a".repeat(count);
        format!("<table><tr>{columns}{}</table>", "<tr><td>b".repeat(count))
    };
    assert_linear("columns and rows", 1_000, table, convert);
}

fn target(name: &str) -> Value {
    json!({"target": format!("a.b#{name}")})
}

/// A model of an operation with these traits, and these shapes, of which `In` is its input.
fn model(traits: Value, shapes: impl IntoIterator<Item = (String, Value)>) -> String {
    let mut all: Map<String, Value> = Map::new();
    all.insert(
        "a.b#Service".to_owned(),
        json!({"type": "service", "version": "1", "operations": [target("Do")], "traits": {"aws.protocols#awsJson1_0": {}}}),
    );
    all.insert(
        "a.b#Do".to_owned(),
        json!({"type": "operation", "input": target("In"), "output": target("In"), "traits": traits}),
    );
    all.insert(
        "a.b#In".to_owned(),
        json!({"type": "structure", "members": {}}),
    );
    all.extend(
        shapes
            .into_iter()
            .map(|(name, shape)| (format!("a.b#{name}"), shape)),
    );
    json!({"smithy": "2.0", "shapes": all}).to_string()
}

fn members(count: usize, member: impl Fn(usize) -> Value) -> Value {
    Value::Object(
        (0..count)
            .map(|number| (format!("M{number}"), member(number)))
            .collect(),
    )
}

/// Generates a crate, or finds out what is wrong with the model.
fn generated(model: &str) {
    let options = Options {
        skip_unsupported: true,
        ..Options::default()
    };
    let _ = generate(model, &options);
}

#[test]
fn shapes_with_many_members() {
    let string = |_| json!({"target": "smithy.api#String"});
    let value = |number| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": format!("v{number}")}});
    assert_linear(
        "members of a structure",
        100,
        |count| {
            model(
                json!({}),
                [(
                    "In".to_owned(),
                    json!({"type": "structure", "members": members(count, string)}),
                )],
            )
        },
        generated,
    );
    for (kind, member) in [
        ("union", &string as &dyn Fn(usize) -> Value),
        ("enum", &value),
    ] {
        let make = |count| {
            let shapes = [
                (
                    "In".to_owned(),
                    json!({"type": "structure", "members": {"it": target("It")}}),
                ),
                (
                    "It".to_owned(),
                    json!({"type": kind, "members": members(count, member)}),
                ),
            ];
            model(json!({}), shapes)
        };
        assert_linear(kind, 100, make, generated);
    }
}

#[test]
fn names_that_differ_little() {
    let make = |count: usize| {
        let member = |number: usize| {
            (
                format!("a{}", "_".repeat(number % 200)) + &format!("{number}"),
                json!({"target": "smithy.api#String"}),
            )
        };
        let members: Map<_, _> = (0..count).map(member).collect();
        model(
            json!({}),
            [(
                "In".to_owned(),
                json!({"type": "structure", "members": members}),
            )],
        )
    };
    assert_linear("names", 100, make, generated);
    let same = |count: usize| {
        let value = |number: usize| json!({"target": "smithy.api#Unit", "traits": {"smithy.api#enumValue": "-".repeat(number % 100) + "a" + &"-".repeat(number / 100)}});
        let shapes = [
            (
                "In".to_owned(),
                json!({"type": "structure", "members": {"it": target("It")}}),
            ),
            (
                "It".to_owned(),
                json!({"type": "enum", "members": members(count, value)}),
            ),
        ];
        model(json!({}), shapes)
    };
    assert_linear("values that make one name", 100, same, generated);
}

#[test]
fn chains() {
    let mixins = |count: usize| {
        let shapes = (0..count).map(|number| {
            let mixins: Vec<_> = (number > 0).then(|| target(&format!("M{}", number - 1))).into_iter().collect();
            let shape = json!({
                "type": "structure", "mixins": mixins, "traits": {"smithy.api#mixin": {}, format!("a.b#t{number}"): number},
                "members": {format!("m{number}"): {"target": "smithy.api#String"}}
            });
            (format!("M{number}"), shape)
        });
        let user = json!({"type": "structure", "mixins": [target(&format!("M{}", count - 1))], "members": {}});
        model(json!({}), shapes.chain([("In".to_owned(), user)]))
    };
    assert_linear("mixins", 100, mixins, generated);
    let lists = |count: usize| {
        let shapes = (0..count).map(|number| {
            let item = if number + 1 < count {
                target(&format!("L{}", number + 1))
            } else {
                json!({"target": "smithy.api#String"})
            };
            (
                format!("L{number}"),
                json!({"type": "list", "member": item}),
            )
        });
        let input = json!({"type": "structure", "members": {"all": target("L0")}});
        model(json!({}), shapes.chain([("In".to_owned(), input)]))
    };
    assert_linear("lists of lists", 60, lists, generated);
    let structures = |count: usize| {
        let shapes = (0..count).map(|number| {
            let next = target(&format!("S{}", (number + 1) % count));
            (
                format!("S{number}"),
                json!({"type": "structure", "members": {"next": next}}),
            )
        });
        let input = json!({"type": "structure", "members": {"first": target("S0")}});
        model(json!({}), shapes.chain([("In".to_owned(), input)]))
    };
    assert_linear("structures in a circle", 50, structures, generated);
}

#[test]
fn waiters() {
    let make = |count: usize| {
        let waiter = |number| {
            let path = format!("M{number} || 'a'");
            let matcher =
                json!({"output": {"path": path, "expected": "a", "comparator": "stringEquals"}});
            json!({"acceptors": [{"state": "success", "matcher": matcher}]})
        };
        let input = json!({"type": "structure", "members": members(count, |_| json!({"target": "smithy.api#String"}))});
        model(
            json!({"smithy.waiters#waitable": members(count, waiter)}),
            [("In".to_owned(), input)],
        )
    };
    assert_linear("waiters", 25, make, generated);
    for (name, part) in [
        ("alternatives", "a || "),
        ("pipes", "a | "),
        ("negations", "!"),
        ("indices", "a[0]."),
        ("brackets", "("),
    ] {
        let make = |count: usize| {
            let path = format!("{}a", part.repeat(count));
            let matcher =
                json!({"output": {"path": path, "expected": "a", "comparator": "stringEquals"}});
            let waiter = json!({"Done": {"acceptors": [{"state": "success", "matcher": matcher}]}});
            let input =
                json!({"type": "structure", "members": {"a": {"target": "smithy.api#String"}}});
            model(
                json!({"smithy.waiters#waitable": waiter}),
                [("In".to_owned(), input)],
            )
        };
        assert_linear(name, 200, make, generated);
    }
}

#[test]
fn endpoint_rules() {
    let endpoint = |url: String, conditions: Vec<Value>| json!({"type": "endpoint", "conditions": conditions, "endpoint": {"url": url}});
    let with_rules = |rules: Vec<Value>| {
        let region =
            json!({"type": "string", "builtIn": "AWS::Region", "documentation": "The region."});
        let rule_set = json!({"version": "1.0", "parameters": {"Region": region}, "rules": rules});
        let text = model(json!({}), []);
        let mut model: Value = serde_json::from_str(&text).unwrap();
        model["shapes"]["a.b#Service"]["traits"]["smithy.rules#endpointRuleSet"] = rule_set;
        model.to_string()
    };
    let is_set = || json!({"fn": "isSet", "argv": [{"ref": "Region"}]});
    let many = |count: usize| {
        let rules = (0..count).map(|number| {
            let equals =
                json!({"fn": "stringEquals", "argv": [{"ref": "Region"}, format!("r{number}")]});
            endpoint(format!("https://{number}.x.y"), vec![is_set(), equals])
        });
        with_rules(
            rules
                .chain([endpoint("https://x.y".to_owned(), vec![])])
                .collect(),
        )
    };
    assert_linear("rules", 50, many, generated);
    let long = |count: usize| {
        let url = format!("https://{}x.y", "{Region}.".repeat(count));
        with_rules(vec![
            endpoint(url, vec![is_set()]),
            endpoint("https://x.y".to_owned(), vec![]),
        ])
    };
    assert_linear("templates", 100, long, generated);
    let conditions = |count: usize| {
        let all = (0..count)
            .map(|number| json!({"fn": "stringEquals", "argv": ["a", format!("{number}")]}));
        with_rules(vec![
            endpoint("https://y.x".to_owned(), all.collect()),
            endpoint("https://x.y".to_owned(), vec![]),
        ])
    };
    // More of them are refused.
    assert_linear("conditions", 25, conditions, generated);
    let error = generate(&conditions(5_000), &Options::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.ends_with(
            "needs 5000 conditions to hold, those of the trees around it included: at most 200 are supported"
        ),
        "{error}"
    );
}
