//! The README shows a crate that is built: the one in `build_script/`. That of the repository shows a model, and a mistake in it.

use smithy_codegen::package::manifest::Manifest;
use smithy_codegen::{Options, Source, generate};
use toml_edit::{DocumentMut, Item};

const README: &str = include_str!("../README.md");
const README_OF_REPOSITORY: &str = include_str!("../../README.md");

/// The first block of code in the README that is in a language.
fn shown(language: &str) -> &'static str {
    all_shown(README, language).next().unwrap()
}

/// The blocks of code in a README that are in a language.
fn all_shown(readme: &'static str, language: &str) -> impl Iterator<Item = &'static str> {
    let blocks = readme.split("\n```").skip(1).step_by(2);
    let start = format!("{language}\n");
    blocks.filter_map(move |block| block.strip_prefix(&start))
}

#[test]
fn the_model_is_one_and_the_mistake_is_shown_as_it_is() {
    let model = all_shown(README_OF_REPOSITORY, "smithy").next().unwrap();
    let written = generate(model, &Options::default()).unwrap();
    assert_eq!(written.summary.service, "Example Weather");
    let wrong = model.replace("city: String", "city: Strng");
    let wrong = Source::new("weather.smithy", wrong);
    let error = generate(wrong, &Options::default()).unwrap_err();
    let mut texts = all_shown(README_OF_REPOSITORY, "text");
    let shown = texts.find_map(|text| text.strip_prefix("error: weather"));
    assert_eq!(error.to_string().strip_prefix("weather"), shown);
}

#[test]
fn the_build_script_is_one_that_builds() {
    let build_script = include_str!("build_script/build.rs");
    assert_eq!(shown("rust,no_run"), build_script.trim_end());
}

#[test]
fn the_library_and_its_tests_are_those_that_build() {
    let shown: Vec<_> = all_shown(README, "rust,ignore").collect();
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
