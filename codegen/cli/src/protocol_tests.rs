//! `protocol-tests`: crates with protocol tests, generated and run.
//!
//! The crates are members of one workspace below Cargo's target folder. It stays from run to run, with all that was compiled. In a
//! checkout, it has the same versions and the same profile of everything as that, so that little is compiled for it alone.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail, ensure};
use smithy_codegen::{Options, names};

use crate::args::ProtocolTestsArgs;
use crate::codegen::{Generated, Job};
use crate::file_set::Mode;
use crate::folder_lock::FolderLock;
use crate::output::{self, shown};
use crate::program::Program;
use crate::table::Table;

/// The file of a generated crate that has its protocol tests.
const TESTS: &str = "tests/protocol.rs";

/// Runs the command.
pub fn run(args: &ProtocolTestsArgs, program: &Program) -> Result<()> {
    let outcomes = test(args, program)?;
    output::text(Report(&outcomes));
    let failed: usize = outcomes.iter().map(|outcome| outcome.failed.len()).sum();
    ensure!(failed == 0, "{failed} protocol tests failed");
    Ok(())
}

/// The results of the tests of one model.
#[derive(Debug, Default, Eq, PartialEq)]
struct Outcome {
    suite: String,
    requests: Tally,
    responses: Tally,
    /// The names of the tests that failed, with what they printed.
    failed: BTreeMap<String, String>,
}

/// The number of tests of a kind, and of those that passed.
#[derive(Debug, Default, Eq, PartialEq)]
struct Tally {
    passed: usize,
    all: usize,
}

fn test(args: &ProtocolTestsArgs, program: &Program) -> Result<Vec<Outcome>> {
    let target = target_folder(program);
    let workspace = target.join("protocol-tests");
    let _lock = FolderLock::acquire(&workspace, Mode::Write)?;
    let suites = suites(&args.models);
    for suite in &suites {
        suite.generate(&workspace, &args.options(), program)?;
    }
    write_workspace(&workspace, &suites, program)?;
    let suites = suites.iter();
    suites
        .map(|suite| suite.run(&workspace, &target, program))
        .collect()
}

/// A model, and what its crate is called.
#[derive(Debug)]
struct Suite<'a> {
    model: &'a Path,
    /// The name for people: the model's file, or the whole path where several files are called the same.
    name: String,
    package: String,
}

/// The suites of all models. Each has a package of its own, however the models' files are called.
fn suites(models: &[PathBuf]) -> Vec<Suite<'_>> {
    let mut packages = BTreeSet::new();
    let suites = models.iter().map(|model| Suite {
        model,
        name: name(model, models),
        package: claim(
            &mut packages,
            &names::package(&format!("suite {}", stem(model))),
        ),
    });
    suites.collect()
}

fn name(model: &Path, models: &[PathBuf]) -> String {
    let called_the_same = models.iter().filter(|other| stem(other) == stem(model));
    if called_the_same.count() == 1 {
        stem(model)
    } else {
        shown(model)
    }
}

/// The name, with a number if it is taken.
fn claim(taken: &mut BTreeSet<String>, name: &str) -> String {
    let name = names::unique(name, '-', |name| !taken.contains(name));
    taken.insert(name.clone());
    name
}

fn stem(model: &Path) -> String {
    model
        .file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

impl Suite<'_> {
    fn generate(&self, workspace: &Path, options: &Options, program: &Program) -> Result<()> {
        let mut generated = Generated::read(&Job {
            model: &self.model.into(),
            out: &workspace.join(&self.package),
            is_member: true,
            mode: Mode::Write,
            options: Options {
                crate_name: Some(self.package.clone()),
                ..options.clone()
            },
            program,
        })?;
        ensure!(
            generated.files.contains(TESTS),
            "{} has no protocol tests for a client",
            shown(self.model)
        );
        generated.sync()?;
        Ok(())
    }

    fn run(&self, workspace: &Path, target: &Path, program: &Program) -> Result<Outcome> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        if let Some(root) = program.root() {
            // The profile is in a configuration that is found from there.
            command.current_dir(root);
        }
        let output = command
            .args(["test", "--quiet", "--no-default-features"])
            .args(["--test", "protocol", "--package", &self.package])
            .arg("--manifest-path")
            .arg(workspace.join("Cargo.toml"))
            .args(["--", "--format", "pretty"])
            .env("CARGO_TARGET_DIR", target)
            .stderr(Stdio::inherit())
            .output()
            .context("cargo")?;
        let printed = String::from_utf8_lossy(&output.stdout);
        let outcome = Outcome::read(&self.name, &printed);
        if !output.status.success() && outcome.failed.is_empty() {
            bail!("the crate for {} could not be tested", self.name);
        }
        Ok(outcome)
    }
}

impl Outcome {
    /// Reads what the tests printed.
    fn read(suite: &str, printed: &str) -> Self {
        let mut outcome = Self {
            suite: suite.to_owned(),
            ..Self::default()
        };
        for line in printed.lines() {
            let Some((name, result)) = line
                .strip_prefix("test ")
                .and_then(|line| line.split_once(" ... "))
            else {
                continue;
            };
            let tally = if is_response(name) {
                &mut outcome.responses
            } else {
                &mut outcome.requests
            };
            tally.all += 1;
            if result == "ok" {
                tally.passed += 1;
            } else {
                outcome.failed.insert(name.to_owned(), said(name, printed));
            }
        }
        outcome
    }
}

/// Returns `true` if a test, which is named after its id and its kind, is of a response. A number follows if a name comes twice.
fn is_response(name: &str) -> bool {
    let name = name.trim_end_matches(|c: char| c.is_ascii_digit() || c == '_');
    name.ends_with("_response")
}

/// The output of a failed test.
fn said(name: &str, printed: &str) -> String {
    let heading = format!("---- {name} stdout ----\n");
    let said = printed
        .split_once(&heading)
        .map(|(_, said)| said)
        .unwrap_or_default();
    let end = said
        .find("\n---- ")
        .or_else(|| said.find("\nfailures:"))
        .unwrap_or(said.len());
    said.get(..end).unwrap_or_default().trim().to_owned()
}

/// The outcomes as a table, after what failed tests printed.
struct Report<'a>(&'a [Outcome]);

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for outcome in self.0 {
            for (name, said) in &outcome.failed {
                writeln!(f, "{}: {name}\n{said}\n", outcome.suite)?;
            }
        }
        let mut table = Table::new([
            ("suite", false),
            ("requests", true),
            ("responses", true),
            ("passed", true),
            ("failed", true),
        ]);
        for outcome in self.0 {
            let passed = outcome.requests.passed + outcome.responses.passed;
            table.row([
                &outcome.suite,
                &outcome.requests.to_string(),
                &outcome.responses.to_string(),
                &passed.to_string(),
                &outcome.failed.len().to_string(),
            ]);
        }
        table.fmt(f)
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.passed, self.all)
    }
}

fn write_workspace(workspace: &Path, suites: &[Suite<'_>], program: &Program) -> Result<()> {
    let members: Vec<_> = suites
        .iter()
        .map(|suite| format!("{:?}", suite.package))
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [{}]\n",
        members.join(", ")
    );
    fs::write(workspace.join("Cargo.toml"), manifest).with_context(|| shown(workspace))?;
    if let Some(root) = program.root() {
        let lock = root.join("Cargo.lock");
        fs::copy(&lock, workspace.join("Cargo.lock")).with_context(|| shown(&lock))?;
    }
    Ok(())
}

/// Cargo's target folder. That of a checkout is the one that this program was built into, wherever `CARGO_TARGET_DIR` or a
/// configuration puts it.
fn target_folder(program: &Program) -> PathBuf {
    let Some(root) = program.root() else {
        return env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    };
    let program = env::current_exe().unwrap_or_default();
    let mut around = program.ancestors().skip(1);
    around
        .find(|folder| folder.join("CACHEDIR.TAG").is_file())
        .map_or_else(|| root.join("target"), Path::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "
running 3 tests
test a_request ... ok
test a_response ... FAILED
test b_response_2 ... FAILED

failures:

---- a_response stdout ----

thread 'a_response' panicked at tests/protocol.rs:1:1:
not the same

---- b_response_2 stdout ----
no answer


failures:
    a_response
    b_response_2

test result: FAILED. 1 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";

    #[test]
    fn the_kind_of_a_test_is_at_the_end_of_its_name() {
        assert!(is_response("a_response") && is_response("a_response_2"));
        assert!(!is_response("a_request") && !is_response("parses_the_response_request_2"));
    }

    #[test]
    fn every_suite_has_a_package_of_its_own() {
        let models = [
            "a/wire.json",
            "b/wire.json",
            "a.b.json",
            "a-b.json",
            "a_b_2.json",
        ];
        let models = models.map(PathBuf::from);
        let suites = suites(&models);
        let called: Vec<_> = suites
            .iter()
            .map(|suite| (suite.name.as_str(), suite.package.as_str()))
            .collect();
        let expected = [
            ("a/wire.json", "suite-wire"),
            ("b/wire.json", "suite-wire-2"),
            ("a.b", "suite-a-b"),
            ("a-b", "suite-a-b-2"),
            ("a_b_2", "suite-a-b-2-2"),
        ];
        assert_eq!(called, expected);
    }

    #[test]
    fn what_tests_print_is_counted() {
        let outcome = Outcome::read("Suite", PRINTED);
        assert_eq!(outcome.requests, Tally { passed: 1, all: 1 });
        assert_eq!(outcome.responses, Tally { passed: 0, all: 2 });
        assert_eq!(
            Report(&[outcome]).to_string(),
            "\
Suite: a_response
thread 'a_response' panicked at tests/protocol.rs:1:1:
not the same

Suite: b_response_2
no answer

suite  requests  responses  passed  failed
Suite       1/1        0/2       1       2
"
        );
    }
}
