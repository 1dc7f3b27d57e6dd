//! Crates for the fixtures of the generator, and for models of nothing but name hazards and odd shapes, compile, and neither rustc
//! nor clippy has anything to say of them. That takes about a minute, so `cargo test` runs them only if told to:
//!
//! ```text
//! cargo test -p xtask --test nasty_names -- --ignored
//! ```

mod models;
mod odd;
mod words;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// The folder of this workspace.
fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn target() -> PathBuf {
    env::var_os("CARGO_TARGET_DIR").map_or_else(
        || root().join("target"),
        |folder| root().join(PathBuf::from(folder)),
    )
}

fn succeed(command: &mut Command) -> Output {
    let output = command.output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    output
}

/// Writes a crate for each model, all in one workspace, and lets clippy look at them and at their tests.
fn check(name: &str, models: &[(impl AsRef<str>, Value)]) {
    let folder = target().join(name);
    // What an earlier run wrote is not to be merged with.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    let manifest = "[workspace]\nresolver = \"3\"\nmembers = [\"*\"]\nexclude = [\"*.json\"]\n";
    fs::write(folder.join("Cargo.toml"), manifest).unwrap();
    for (name, model) in models {
        let name = name.as_ref();
        let path = folder.join(format!("{name}.json"));
        fs::write(&path, model.to_string()).unwrap();
        let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
        command.args(["codegen", "--skip-unsupported", "--name", name, "--model"]);
        command.arg(path).arg("--out").arg(folder.join(name));
        // Of some models, the crate is for some operations alone.
        let chosen = model.get("operations").and_then(Value::as_str);
        succeed(
            command.args(
                chosen
                    .into_iter()
                    .flat_map(|chosen| ["--operations", chosen]),
            ),
        );
    }
    // The versions of this checkout, so that what is compiled already is not compiled again.
    fs::copy(root().join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let mut command = cargo(name, &["clippy", "--quiet", "--workspace", "--tests"]);
    succeed(command.args(["--", "--deny", "warnings"]));
}

/// Lets rustdoc look at the crates that [`check`] wrote: their links lead somewhere.
fn document(name: &str) {
    let mut command = cargo(name, &["doc", "--quiet", "--workspace", "--no-deps"]);
    succeed(command.env("RUSTDOCFLAGS", "--deny warnings"));
}

/// Cargo on the workspace of this name, with the profile and the target folder of this checkout.
fn cargo(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command
        .args(arguments)
        .arg("--manifest-path")
        .arg(target().join(name).join("Cargo.toml"))
        .current_dir(root())
        .env("CARGO_TARGET_DIR", target());
    command
}

/// The model of `generated/`, for two of its operations.
fn two_operations() -> Value {
    let path = root().join("models/healthlake-2017-07-01.json");
    let mut model: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    model["operations"] = "StartFHIRImportJob,DescribeFHIRImportJob".into();
    model
}

/// The models of the generator's own tests, which look at what is written for them, and not at whether it compiles.
#[test]
#[ignore = "compiles crates for about a minute"]
fn the_crate_of_every_fixture_compiles() {
    let files = words::files(&root().join("codegen/tests/fixtures"), "json");
    let mut fixtures: Vec<_> = files
        .into_iter()
        .map(|path| {
            let name = path.file_stem().unwrap().to_str().unwrap();
            let model = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
            // A package cannot be called as a crate that it depends on, or as a keyword.
            (format!("fixture-{name}"), model)
        })
        .collect();
    let two_operations = two_operations();
    fixtures.push(("fixture-two-operations".to_owned(), two_operations));
    fixtures.sort_by(|(a, _), (b, _)| a.cmp(b));
    assert!(fixtures.len() > 20, "only {} fixtures", fixtures.len());
    check("fixtures", &fixtures);
    document("fixtures");
}

#[test]
#[ignore = "compiles crates for about a minute"]
fn a_model_may_use_every_name_that_generated_code_uses() {
    let words = words::all(root());
    assert!(words.len() > 300, "only {} words", words.len());
    check(
        "own-names",
        &[
            ("members", models::of_members(&words)),
            ("shapes", models::of_shapes(&words)),
            ("operations", models::of_operations(&words)),
            ("waiters", models::of_waiters(&words)),
            ("rules", models::of_rules(&words)),
        ],
    );
}

#[test]
#[ignore = "compiles crates for about a minute"]
fn odd_services_have_no_warnings() {
    check("odd-services", &odd::models());
}
