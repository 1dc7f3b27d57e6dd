//! The README shows a crate that is built: the one in `build_script/`.

use smithy_codegen::package::manifest::Manifest;
use toml_edit::{DocumentMut, Item};

const README: &str = include_str!("../README.md");

/// The first block of code in the README that is in a language.
fn shown(language: &str) -> &'static str {
    all_shown(language).next().unwrap()
}

/// The blocks of code in the README that are in a language.
fn all_shown(language: &str) -> impl Iterator<Item = &'static str> {
    let blocks = README.split("\n```").skip(1).step_by(2);
    let start = format!("{language}\n");
    blocks.filter_map(move |block| block.strip_prefix(&start))
}

#[test]
fn the_build_script_is_one_that_builds() {
    let build_script = include_str!("build_script/build.rs");
    assert_eq!(shown("rust,no_run"), build_script.trim_end());
}

#[test]
fn the_library_and_its_tests_are_those_that_build() {
    let shown: Vec<_> = all_shown("rust,ignore").collect();
    let library = include_str!("build_script/src/lib.rs");
    assert_eq!(shown.join("\n\n"), library.trim_end());
}

#[test]
fn the_manifest_has_all_that_is_needed() {
    let shown = format!(
        "[package]\nname = \"weather\"\n\n{}",
        shown("toml").to_owned() + "\n"
    );
    let built = include_str!("build_script/Cargo.toml");
    let manifest = Manifest {
        name: "weather",
        description: "A client for Weather",
        keywords: &[],
        runtime: None,
        runtime_features: &[],
        runtime_test_features: &[],
    };
    for text in [&shown, built] {
        assert_eq!(manifest.write(Some(text)).unwrap(), text);
    }
    let [shown, built] = [&shown, built].map(|text| text.parse::<DocumentMut>().unwrap());
    for table in ["dependencies", "build-dependencies"] {
        assert_eq!(names(&shown[table]), names(&built[table]), "{table}");
    }
    let [shown, built] = [shown, built].map(|manifest| manifest["features"].to_string());
    assert_eq!(shown.trim(), built.trim());
}

fn names(table: &Item) -> Vec<&str> {
    let entries = table.as_table_like().unwrap().iter();
    entries.map(|(name, _)| name).collect()
}
