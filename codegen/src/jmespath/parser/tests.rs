use serde_json::json;

use super::super::Comparator;
use super::*;
use crate::docs::code;

fn field(name: &str) -> Expression {
    Expression::Field(name.to_owned())
}

fn then(left: Expression, right: Expression) -> Expression {
    Expression::Then(Box::new(left), Box::new(right))
}

fn project(source: Expression, items: Items, each: Expression) -> Expression {
    Expression::Projection {
        source: Box::new(source),
        items,
        each: Box::new(each),
    }
}

fn call(name: &str, arguments: Vec<Expression>) -> Expression {
    Expression::Call(name.to_owned(), arguments)
}

fn equal(left: Expression, right: Expression) -> Expression {
    Expression::Comparison(Comparator::Equal, Box::new(left), Box::new(right))
}

#[test]
fn expressions_become_trees() {
    let literal = |value| Expression::Literal(value);
    for (text, tree) in [
        ("a", field("a")),
        ("\"a b\"", field("a b")),
        ("a.b.c", then(then(field("a"), field("b")), field("c"))),
        ("a | b", then(field("a"), field("b"))),
        ("a[0]", Expression::Index(Box::new(field("a")), 0)),
        (
            "a[-1].b",
            then(Expression::Index(Box::new(field("a")), -1), field("b")),
        ),
        ("a[].b", project(field("a"), Items::Flattened, field("b"))),
        (
            "a[*].b.c",
            project(field("a"), Items::List, then(field("b"), field("c"))),
        ),
        ("a.*.b", project(field("a"), Items::Values, field("b"))),
        (
            "a[].b[].c",
            project(
                project(field("a"), Items::Flattened, field("b")),
                Items::Flattened,
                field("c"),
            ),
        ),
        (
            "a[*].[b.c, d][]",
            project(
                project(
                    field("a"),
                    Items::List,
                    Expression::List(vec![then(field("b"), field("c")), field("d")]),
                ),
                Items::Flattened,
                Expression::Current,
            ),
        ),
        (
            "length(a[?b=='x']) == `0`",
            equal(
                call(
                    "length",
                    vec![project(
                        field("a"),
                        Items::Filtered(Box::new(equal(field("b"), literal(json!("x"))))),
                        Expression::Current,
                    )],
                ),
                literal(json!(0)),
            ),
        ),
        (
            "!(a && b) || c",
            Expression::Or(
                Box::new(Expression::Not(Box::new(Expression::And(
                    Box::new(field("a")),
                    Box::new(field("b")),
                )))),
                Box::new(field("c")),
            ),
        ),
        (
            "a.keys(@)",
            then(field("a"), call("keys", vec![Expression::Current])),
        ),
        (
            "contains(a, `false`)",
            call("contains", vec![field("a"), literal(json!(false))]),
        ),
        (
            "a[1:-1:2].b",
            project(field("a"), Items::Sliced, field("b")),
        ),
        (
            "a[:]",
            project(field("a"), Items::Sliced, Expression::Current),
        ),
        (
            "a.{b: c, \"d\": e} | b",
            then(
                then(
                    field("a"),
                    Expression::Object(vec![
                        ("b".to_owned(), field("c")),
                        ("d".to_owned(), field("e")),
                    ]),
                ),
                field("b"),
            ),
        ),
        (
            "sort_by(a, &b)",
            call(
                "sort_by",
                vec![field("a"), Expression::Reference(Box::new(field("b")))],
            ),
        ),
        ("'it\\'s'", literal(json!("it's"))),
        ("`bare`", literal(json!("bare"))),
        (
            "a[].[length(b) >= c][]",
            project(
                project(
                    field("a"),
                    Items::Flattened,
                    Expression::List(vec![Expression::Comparison(
                        Comparator::GreaterOrEqual,
                        Box::new(call("length", vec![field("b")])),
                        Box::new(field("c")),
                    )]),
                ),
                Items::Flattened,
                Expression::Current,
            ),
        ),
    ] {
        assert_eq!(parse(text), Ok(tree), "{text}");
    }
}

#[test]
fn what_is_no_expression_is_an_error() {
    let deep = "(".repeat(100);
    let long = "a.".repeat(1000);
    for (text, message) in [
        ("", "ends where a value is expected"),
        ("a.", "has no name after a `.`"),
        (
            "a b",
            "has a name where it should end or an operator should be",
        ),
        ("a[1:b]", "lacks `]`"),
        ("a[1:2:3:4]", "lacks `]`"),
        ("a[::0]", "has a slice with step 0"),
        ("[ ]", "has an empty multi-select list"),
        ("{a}", "lacks `:`"),
        ("{a: b", "lacks `}`"),
        ("a.{: b}", "has no name in `{…}` where one is expected"),
        ("sort_by(a, &)", "has `)` where a value is expected"),
        ("a == ", "ends where a value is expected"),
        ("'a", "lacks the closing '"),
        ("length(a", "lacks `)`"),
        ("a # b", "has an unexpected character at \"# b\""),
        (
            &deep,
            "is nested deeper than 64 levels, which is not supported",
        ),
        (&long, "has more than 256 tokens, which is not supported"),
    ] {
        let problem = parse(text).unwrap_err().to_string();
        let quoted: String = text.chars().take(200).collect();
        let more = if quoted == text { "" } else { "…" };
        assert_eq!(
            problem,
            format!(
                "the JMESPath expression {} {message}",
                code(&format!("{quoted}{more}"))
            )
        );
    }
}
