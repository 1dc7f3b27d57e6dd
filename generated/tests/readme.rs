//! The README shows code that compiles: the example `start_import` has every paragraph of it.

const README: &str = include_str!("../../README.md");
const EXAMPLE: &str = include_str!("../examples/start_import.rs");

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_code_of_the_readme_is_the_example_s() {
    let (_, code) = README.split_once("```rust\n").unwrap();
    let (code, _) = code.split_once("```\n").unwrap();
    let example = without_space(EXAMPLE);
    for paragraph in code.split("\n\n") {
        assert!(
            example.contains(&without_space(paragraph)),
            "this is not in examples/start_import.rs:\n{paragraph}"
        );
    }
}
