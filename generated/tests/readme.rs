//! The READMEs show code that compiles: the examples `start_import` and `transform_profile`, and the consumer of the comparison that
//! is slim.

const CALLS: &str = include_str!("../examples/start_import.rs");
const EVENTS: &str = include_str!("../examples/transform_profile.rs");
const SLIM: &str = include_str!("../benches/comparison/consumers/healthlake-slim/src/main.rs");

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Checks that the blocks of code in a README are parts of programs.
fn assert_shows(readme: &str, programs: &[&str]) {
    let blocks: Vec<_> = readme.split("```rust\n").skip(1).collect();
    assert_eq!(blocks.len(), programs.len());
    for (block, program) in blocks.into_iter().zip(programs) {
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

#[test]
fn the_code_of_the_readmes_is_that_of_programs() {
    assert_shows(include_str!("../../README.md"), &[CALLS, EVENTS, SLIM]);
    assert_shows(include_str!("../README.md"), &[CALLS]);
}
