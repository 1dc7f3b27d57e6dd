//! The READMEs show code that compiles, each piece with its imports, and a chart that says what the table beside it says.

use std::collections::BTreeSet;

const README: &str = include_str!("../../README.md");
const CHART: &str = include_str!("../../docs/comparison.svg");

/// The README of the package, which shows some of it.
const OF_PACKAGE: &str = include_str!("../README.md");

const CALLS: &str = include_str!("../examples/start_import.rs");

/// The programs that the pieces of code are from, in order.
const PROGRAMS: [&str; 4] = [
    CALLS,
    include_str!("../examples/transform_profile.rs"),
    include_str!("../examples/testing.rs"),
    include_str!("../benches/comparison/consumers/healthlake-slim/src/main.rs"),
];

fn without_space(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The pieces of code in both, each with its program.
fn blocks() -> impl Iterator<Item = (&'static str, &'static str)> {
    blocks_of(README, &PROGRAMS).chain(blocks_of(OF_PACKAGE, &[CALLS]))
}

fn blocks_of<'a>(
    readme: &'a str,
    programs: &'a [&'a str],
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let blocks = readme.split("```rust\n").skip(1);
    let blocks: Vec<_> = blocks
        .map(|block| block.split_once("```\n").expect("an end").0)
        .collect();
    assert_eq!(blocks.len(), programs.len());
    blocks.into_iter().zip(programs.iter().copied())
}

#[test]
fn the_code_of_the_readmes_is_that_of_programs() {
    for (code, program) in blocks() {
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
fn the_readme_names_the_oldest_compiler() {
    let needed = format!("Rust {} or newer", env!("CARGO_PKG_RUST_VERSION"));
    assert!(
        README.contains(&needed),
        "the README does not say: {needed}"
    );
}

/// The names that some code imports, and those that its paths begin with.
fn names(code: &str) -> (BTreeSet<&str>, BTreeSet<&str>) {
    let mut imported = BTreeSet::new();
    let mut used = BTreeSet::new();
    let mut is_import = false;
    for line in code.lines() {
        is_import |= line.trim_start().starts_with("use ");
        let paths = line.split(|c: char| !c.is_alphanumeric() && !"_:.".contains(c));
        if is_import {
            imported.extend(paths.filter_map(|path| path.split(':').next_back()));
        } else {
            used.extend(paths.filter_map(|path| path.split([':', '.']).next()));
        }
        is_import &= !line.ends_with(';');
    }
    (imported, used)
}

#[test]
fn the_code_of_the_readmes_imports_what_it_uses() {
    for (code, program) in blocks() {
        let (imported, used) = names(code);
        let (in_program, _) = names(program);
        let missing: Vec<_> = used
            .intersection(&in_program)
            .filter(|name| !name.is_empty() && !imported.contains(*name))
            .collect();
        assert!(missing.is_empty(), "{missing:?} in:\n{code}");
    }
}

/// The first and the last cell of each row of the table that ends in ratios, as they stand in an SVG.
fn ratios() -> Vec<(String, String)> {
    let table = README
        .lines()
        .skip_while(|line| !line.ends_with("| ratio |"));
    let rows = table.take_while(|line| line.starts_with('|'));
    let rows = rows.filter(|line| !line.starts_with("|--"));
    rows.map(|row| {
        let escaped = row
            .replace('&', "&amp;")
            .replace('<', "&lt;")
            .replace('>', "&gt;");
        let cells: Vec<_> = escaped
            .trim_matches('|')
            .split('|')
            .map(str::trim)
            .collect();
        (cells[0].to_owned(), cells[cells.len() - 1].to_owned())
    })
    .collect()
}

/// The texts of a class, from top to bottom.
fn texts<'a>(class: &str) -> Vec<&'a str> {
    let start = format!(r#"<text class="{class}""#);
    let lines = CHART.lines().filter(|line| line.starts_with(&start));
    let lines = lines.filter_map(|line| line.strip_suffix("</text>")?.split_once('>'));
    lines.map(|(_, text)| text).collect()
}

#[test]
fn the_chart_says_what_the_table_says() {
    let [(caption, _), rows @ ..] = &ratios()[..] else {
        panic!("the README has no table with ratios");
    };
    let (labels, numbers): (Vec<_>, Vec<_>) = rows
        .iter()
        .filter(|(_, ratio)| !ratio.is_empty())
        .map(|(label, ratio)| (label.as_str(), ratio.as_str()))
        .unzip();
    let redraw = "docs/comparison.svg has to be drawn anew: see CONTRIBUTING.md";
    assert!(texts("small").contains(&caption.as_str()), "{redraw}");
    assert_eq!(texts("label"), labels, "{redraw}");
    assert_eq!(texts("number"), numbers, "{redraw}");
}
