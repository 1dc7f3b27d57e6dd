//! The packages that others depend on are what a registry takes, and build from what is packaged.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::process::Command;

use serde_json::{Value, json};
use smithy_codegen::{Options, generate};
use toml_edit::DocumentMut;

/// Returns what Cargo prints.
fn cargo(arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO"));
    let output = command.args(arguments).arg("--locked").output().unwrap();
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "cargo {arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

/// Every package of the workspace and of what it depends on, as `cargo metadata` describes them.
fn packages() -> Vec<Value> {
    let arguments = [
        "metadata",
        "--format-version=1",
        "--filter-platform=host-tuple",
    ];
    let metadata: Value = serde_json::from_str(&cargo(&arguments)).unwrap();
    metadata["packages"].as_array().unwrap().clone()
}

fn is_published(package: &Value) -> bool {
    package["source"].is_null() && package["publish"].is_null()
}

/// The packages of the workspace that are published.
fn published() -> Vec<Value> {
    let published: Vec<_> = packages().into_iter().filter(is_published).collect();
    let names: Vec<_> = published.iter().map(name).collect();
    for expected in ["healthlake", "smithy-codegen", "smithy-rt"] {
        assert!(names.contains(&expected), "{names:?}");
    }
    published
}

fn name(package: &Value) -> &str {
    package["name"].as_str().unwrap()
}

fn version(package: &Value) -> &str {
    package["version"].as_str().unwrap()
}

fn folder(package: &Value) -> &Path {
    let manifest = Path::new(package["manifest_path"].as_str().unwrap());
    manifest.parent().unwrap()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The files that are packaged, as paths in the package.
fn packaged(package: &Value) -> BTreeSet<PathBuf> {
    let name = name(package);
    let files = cargo(&["package", "--list", "--allow-dirty", "--package", name]);
    files.lines().map(PathBuf::from).collect()
}

#[test]
fn packages_say_what_a_registry_asks_for() {
    let license = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../LICENSE"));
    for package in published() {
        let name = name(&package);
        for field in ["description", "license", "rust_version"] {
            assert!(package[field].is_string(), "{name} has no {field}");
        }
        let keywords = package["keywords"].as_array().unwrap();
        let are_short = keywords
            .iter()
            .all(|keyword| keyword.as_str().unwrap().len() <= 20);
        assert!(
            (1..=5).contains(&keywords.len()) && are_short,
            "{name}: {keywords:?}"
        );
        assert_ne!(package["categories"], serde_json::json!([]), "{name}");
        assert_eq!(
            package["metadata"]["docs"]["rs"]["all-features"], true,
            "{name}"
        );
        // A copy, since a checkout on Windows has no links.
        assert_eq!(read(&folder(&package).join("LICENSE")), license, "{name}");
        let files = packaged(&package);
        for file in ["LICENSE", "README.md"] {
            assert!(files.contains(Path::new(file)), "{name} packages no {file}");
        }
    }
}

#[test]
fn the_gate_checks_all_packages() {
    let gate = read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../.ci/packages"));
    let (_, list) = gate.split_once("published=(").unwrap();
    let (list, _) = list.split_once(')').unwrap();
    let listed: BTreeSet<_> = list.split_whitespace().collect();
    assert_eq!(listed, published().iter().map(name).collect());
}

#[test]
fn packages_ask_for_each_other_as_they_are() {
    let published = published();
    for package in &published {
        for dependency in package["dependencies"].as_array().unwrap() {
            // Others come from the registry; those that only tests have and that say no version are left out of a package.
            let is_for_tests = dependency["kind"] == "dev" && dependency["req"] == "*";
            if dependency["path"].is_null() || is_for_tests {
                continue;
            }
            let name = name(package);
            let depended = published.iter().find(|it| it["name"] == dependency["name"]);
            let depended = depended.unwrap_or_else(|| panic!("{name} needs {dependency}"));
            assert_eq!(
                dependency["req"],
                format!("^{}", version(depended)),
                "{name}"
            );
        }
    }
    let lockstep = published
        .iter()
        .filter(|it| name(it).starts_with("smithy-"));
    let versions: BTreeSet<_> = lockstep.map(version).collect();
    assert_eq!(versions.len(), 1, "{versions:?}");
}

#[test]
fn readmes_name_versions_and_features_that_are_there() {
    let published = published();
    for package in &published {
        let name = name(package);
        let readme = read(&folder(package).join("README.md"));
        for (depended, asked) in dependencies_shown(&readme) {
            let depended = published.iter().find(|it| it["name"] == depended);
            if let Some(depended) = depended.map(version) {
                let is_asked = depended.starts_with(&format!("{asked}."));
                assert!(is_asked, "{name} asks for {asked} of what is at {depended}");
            }
        }
        let features = package["features"].as_object().unwrap().keys();
        for feature in features.filter(|feature| *feature != "default") {
            let row = format!("\n| `{feature}` |");
            assert!(
                readme.contains(&row),
                "{name} does not tell what {feature} is for"
            );
        }
    }
}

#[test]
fn generated_crates_ask_for_features_that_the_runtime_has() {
    let published = published();
    let runtime = published.iter().find(|it| name(it) == "smithy-rt").unwrap();
    for protocol in [
        "aws.protocols#awsJson1_0",
        "aws.protocols#awsJson1_1",
        "aws.protocols#restJson1",
        "smithy.protocols#rpcv2Cbor",
        "smithy.protocols#rpcv2Json",
    ] {
        let service = json!({"type": "service", "version": "1", "traits": {
            protocol: {}, "aws.auth#sigv4a": {"name": "s"}, "smithy.api#httpBearerAuth": {}
        }});
        let model = json!({"smithy": "2.0", "shapes": {"a.b#S": service}});
        let generated = generate(&model.to_string(), &Options::default()).unwrap();
        let manifest: DocumentMut = generated.file("Cargo.toml").unwrap().parse().unwrap();
        let asked = manifest["dependencies"]["smithy-rt"].get("features");
        for feature in asked.iter().flat_map(|asked| asked.as_array().unwrap()) {
            let feature = feature.as_str().unwrap();
            assert!(
                !runtime["features"][feature].is_null(),
                "{feature} of {protocol}"
            );
        }
    }
}

/// The dependencies in the text of a README, with their versions.
fn dependencies_shown(readme: &str) -> impl Iterator<Item = (&str, &str)> {
    let entries = readme.lines().filter_map(|line| line.split_once(" = \""));
    entries.filter_map(|(name, rest)| Some((name, rest.split('"').next()?)))
}

#[test]
fn packaged_sources_name_packaged_files_alone() {
    for package in published() {
        let files = packaged(&package);
        let is_source = |file: &&PathBuf| file.extension().is_some_and(|it| it == "rs");
        for source in files.iter().filter(is_source) {
            let place = format!("{}: {}", name(&package), source.display());
            let text = read(&folder(&package).join(source));
            assert!(
                !text.contains("CARGO_MANIFEST_DIR"),
                "{place} looks for files"
            );
            for named in named_files(&text) {
                let path = normalized(&source.parent().unwrap().join(named));
                assert!(
                    files.contains(&path),
                    "{place} reads {named}, which is not packaged"
                );
            }
        }
    }
}

/// The files that a source names, to be read when it is compiled.
fn named_files(source: &str) -> impl Iterator<Item = &str> {
    let openings = [
        "include!(\"",
        "include_bytes!(\"",
        "include_str!(\"",
        "#[path = \"",
    ];
    let named = openings.map(|opening| source.split(opening).skip(1));
    named
        .into_iter()
        .flatten()
        .filter_map(|rest| rest.split('"').next())
}

/// A path without `..`.
fn normalized(path: &Path) -> PathBuf {
    let mut normalized = PathBuf::new();
    for component in path.components() {
        match component {
            Component::ParentDir if normalized.pop() => (),
            component => normalized.push(component),
        }
    }
    normalized
}

#[test]
fn no_dependency_needs_a_newer_compiler() {
    let packages = packages();
    let ours = packages.iter().find(|it| name(it) == "smithy-rt").unwrap();
    let ours = rust_version(ours).unwrap();
    let newer = packages.iter().filter(|it| rust_version(it) > Some(ours));
    let newer: Vec<_> = newer.map(|it| (name(it), &it["rust_version"])).collect();
    assert!(newer.is_empty(), "newer than {ours:?}: {newer:?}");
}

/// The oldest compiler that a package can do with, if it says.
fn rust_version(package: &Value) -> Option<[u32; 3]> {
    let text = package["rust_version"].as_str()?;
    let mut numbers = text.split('.').map(|number| number.parse().unwrap());
    Some([(); 3].map(|()| numbers.next().unwrap_or(0)))
}
