//! The program as it is installed, and the places that it may come from.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use crate::support::{Crate, PROGRAM, assert_fails, copy_program, model_with, run, text};

/// A copy of the program, as `cargo install` puts it into a folder with a note of where it came from.
struct Installed(tempfile::TempDir);

impl Installed {
    fn from(source: &str) -> Self {
        let installed = Self(tempfile::tempdir().unwrap());
        let root = installed.0.path();
        fs::create_dir(root.join("bin")).unwrap();
        copy_program(&root.join("bin/smithy-codegen"));
        let record = format!(
            "[v1]\n\"ripgrep 14.1.0 (registry+https://github.com/rust-lang/crates.io-index)\" = [\"rg\"]\n\
             \"smithy-codegen-cli 0.1.0 ({source})\" = [\"smithy-codegen\"]\n"
        );
        fs::write(root.join(".crates.toml"), record).unwrap();
        fs::write(root.join("weather.json"), model_with("")).unwrap();
        installed
    }

    fn generate(&self, more: &[&str]) -> Output {
        let mut command = Command::new(self.0.path().join("bin/smithy-codegen"));
        let command = command.current_dir(self.0.path());
        let one = ["codegen", "--model", "weather.json", "--out", "weather"];
        run(command.args(one).args(more))
    }

    /// Returns the line of the crate's manifest about the runtime.
    fn runtime(&self, more: &[&str]) -> String {
        let output = self.generate(more);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let manifest = fs::read_to_string(self.0.path().join("weather/Cargo.toml")).unwrap();
        let line = manifest.lines().find(|line| line.starts_with("smithy-rt"));
        line.unwrap().to_owned()
    }
}

#[test]
fn the_runtime_comes_from_where_the_program_came_from() {
    for (source, expected) in [
        (
            "git+https://example.com/smithy.git?branch=main#0123456789abcdef",
            r#"smithy-rt = { git = "https://example.com/smithy.git", rev = "0123456789abcdef" }"#,
        ),
        (
            "registry+https://github.com/rust-lang/crates.io-index",
            concat!(r#"smithy-rt = ""#, env!("CARGO_PKG_VERSION"), '"'),
        ),
    ] {
        assert_eq!(Installed::from(source).runtime(&[]), expected);
    }
}

#[test]
fn the_runtime_of_a_checkout_is_beside_the_program() {
    let checkout = tempfile::tempdir().unwrap();
    let runtime = checkout.path().join("a checkout/codegen/runtime");
    let url = format!("{}/a%20checkout/codegen/cli", checkout.path().display());
    let installed = Installed::from(&format!("path+file://{url}"));
    let output = installed.generate(&[]);
    let expected = format!("error: no runtime at {}", runtime.display());
    assert_fails(&output, &[&expected, "\nhint: `--runtime` takes "]);

    fs::create_dir_all(&runtime).unwrap();
    fs::write(runtime.join("Cargo.toml"), "").unwrap();
    let line = installed.runtime(&[]);
    let path = line.strip_prefix("smithy-rt = { path = \"").unwrap();
    let path = Path::new(path.strip_suffix("\" }").unwrap());
    let found = installed.0.path().join("weather").join(path);
    assert_eq!(
        found.canonicalize().unwrap(),
        runtime.canonicalize().unwrap()
    );
}

#[test]
fn who_asks_for_a_runtime_gets_it_and_keeps_it() {
    let installed = Installed::from("registry+https://github.com/rust-lang/crates.io-index");
    let asked = installed.runtime(&["--runtime", "git+https://example.com/fork#v2"]);
    let expected = r#"smithy-rt = { git = "https://example.com/fork", rev = "v2" }"#;
    assert_eq!(asked, expected);
    assert_eq!(installed.runtime(&[]), expected);
    assert_eq!(
        installed.runtime(&["--runtime", "^0.3"]),
        "smithy-rt = \"^0.3\""
    );
}

#[test]
fn a_program_says_which_it_is() {
    let output = run(Command::new(PROGRAM).arg("--version"));
    let expected = concat!("smithy-codegen ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn arguments_that_are_missing_are_shown_by_an_example() {
    let output = run(Command::new(PROGRAM).arg("codegen"));
    assert_eq!(output.status.code(), Some(2));
    let message = text(&output.stderr);
    for expected in [
        "--out <DIR>",
        "<--model <FILE>|--models <DIR>>",
        "for example, `smithy-codegen codegen --model weather.json --out weather`",
    ] {
        assert!(message.contains(expected), "{expected}: {message}");
    }
}

#[test]
fn one_program_replaces_what_the_other_wrote() {
    let written = Crate::new(&model_with(""));
    let lib = written.out().join("src/lib.rs");
    let text_of = |path| fs::read_to_string(path).unwrap();
    let own = text_of(&lib);
    let others = own.replace("`smithy-codegen codegen`", "`cargo xtask codegen`");
    assert_ne!(own, others);
    let old = written.out().join("src/old.rs");
    for path in [&lib, &old] {
        fs::write(path, &others).unwrap();
    }
    let check = run(written.codegen().arg("--check"));
    assert_eq!(check.status.code(), Some(1), "{check:?}");
    let output = run(&mut written.codegen());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(text_of(&lib), own);
    assert!(!old.exists());
}

/// The script does what a shell needs: bash itself reads it, and completes by it.
#[test]
fn bash_completes_arguments() {
    let script = run(Command::new(PROGRAM).args(["completions", "bash"]));
    assert!(script.status.success(), "{script:?}");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("completions");
    fs::write(&path, &script.stdout).unwrap();
    let complete = r#"
        source "$0"
        function=$(complete -p smithy-codegen | sed -E 's/.* -F ([^ ]+) .*/\1/')
        COMP_WORDS=(smithy-codegen codegen --skip); COMP_CWORD=2
        "$function" smithy-codegen --skip codegen
        echo "${COMPREPLY[@]}"
    "#;
    let output = run(Command::new("bash").args(["-c", complete]).arg(&path));
    assert_eq!(text(&output.stdout), "--skip-unsupported\n", "{output:?}");
}
