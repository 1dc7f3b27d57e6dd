//! The README shows code that compiles: the examples `start_import` and `transform_profile`, and the consumer of the comparison that
//! is slim.

const README: &str = include_str!("../../README.md");
const CALLS: &str = include_str!("../examples/start_import.rs");
const EVENTS: &str = include_str!("../examples/transform_profile.rs");
const SLIM: &str = include_str!("../benches/comparison/consumers/healthlake-slim/src/main.rs");

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

#[test]
fn the_code_of_the_readme_is_that_of_programs() {
    let blocks: Vec<_> = README.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), 3);
    for (block, program) in blocks.into_iter().zip([CALLS, EVENTS, SLIM]) {
        let (code, _) = block.split_once("```\n").unwrap();
        let program = without_space(program);
        for paragraph in code.split("\n\n") {
            assert!(
                program.contains(&without_space(paragraph)),
                "this is in no program:\n{paragraph}"
            );
        }
    }
}
