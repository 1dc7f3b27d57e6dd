//! Readers that go away: `smithy-codegen codegen --check | true`.

use std::fs;
use std::io::{self, BufRead, BufReader, PipeWriter};
use std::os::unix::process::ExitStatusExt;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};

use crate::support::{Crate, Models, PROGRAM, codegen, command, model_with, run, text};

const SIGPIPE: i32 = 13;

/// The end of a pipe that nobody reads from.
fn closed() -> PipeWriter {
    let (_, writer) = io::pipe().unwrap();
    writer
}

/// Runs a command whose output nobody reads, and which says nothing about it.
fn without_stdout(command: &mut Command) -> ExitStatus {
    let child = command.stdout(closed()).stderr(Stdio::piped()).spawn();
    let output = child.unwrap().wait_with_output().unwrap();
    assert_eq!(text(&output.stderr), "", "{command:?}");
    output.status
}

fn weather() -> Crate {
    Crate::new(&model_with(""))
}

#[test]
fn nobody_reads_the_output() {
    let written = weather();
    for more in [&["--check"][..], &["--check", "-v"], &["-v"], &[]] {
        let status = without_stdout(written.codegen().args(more));
        assert_eq!(status.signal(), Some(SIGPIPE), "{more:?}");
    }
    fs::remove_dir_all(written.out()).unwrap();
    without_stdout(&mut written.codegen());
    let check = run(written.codegen().arg("--check"));
    assert!(check.status.success(), "all was written: {check:?}");
}

#[test]
fn nobody_reads_about_many_models() {
    let model = model_with("");
    let models = Models::new(&[("a.json", &model), ("b.json", &model), ("c.json", "{")]);
    for more in [&[][..], &["--check", "-v"]] {
        let mut command = command(&[
            "--models",
            models.folder.path().to_str().unwrap(),
            "--out",
            models.out().to_str().unwrap(),
        ]);
        let status = without_stdout(command.args(more));
        assert_eq!(status.signal(), Some(SIGPIPE), "{more:?}");
    }
    assert!(models.out().join("b/src/lib.rs").exists());
}

#[test]
fn nobody_reads_the_errors() {
    let written = weather();
    fs::remove_file(written.out().join("src/lib.rs")).unwrap();
    let mut check = written.codegen();
    check.arg("--check");
    let missing = codegen(Path::new("no/such/model.json"), Path::new("target/never"));
    for mut command in [check, missing] {
        let command = command.stdout(Stdio::null()).stderr(closed());
        let status = command.status().unwrap();
        assert_eq!(status.signal(), Some(SIGPIPE), "{command:?}");
    }
}

#[test]
fn nobody_reads_the_help() {
    for arguments in [
        &["--help"][..],
        &["codegen", "--help"],
        &["protocol-tests", "--help"],
        &["--version"],
        &["completions", "bash"],
    ] {
        let mut command = Command::new(PROGRAM);
        without_stdout(command.args(arguments));
    }
}

/// More text than a pipe holds, of which only the first line is read.
#[test]
fn somebody_reads_the_first_line() {
    let written = weather();
    let lib = written.out().join("src/lib.rs");
    let long = "// And so on.\n".repeat(100_000);
    let text = fs::read_to_string(&lib).unwrap() + &long;
    fs::write(&lib, text).unwrap();
    for stale in ["src/client.rs", "src/error.rs"] {
        let file = written.out().join(stale);
        if let Ok(text) = fs::read_to_string(&file) {
            fs::write(&file, text + &long).unwrap();
        }
    }
    let mut child = written
        .codegen()
        .args(["--check", "-v"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut line = String::new();
    let mut reader = BufReader::new(child.stdout.take().unwrap());
    reader.read_line(&mut line).unwrap();
    drop(reader);
    let output = child.wait_with_output().unwrap();
    assert!(line.starts_with("read "), "{line}");
    assert_eq!(output.status.signal(), Some(SIGPIPE), "{output:?}");
    assert_eq!(output.stderr, b"");
}

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_is_an_error() {
    let written = weather();
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .unwrap();
    let child = written
        .codegen()
        .stdout(full)
        .stderr(Stdio::piped())
        .spawn();
    let output = child.unwrap().wait_with_output().unwrap();
    let message = text(&output.stderr);
    assert!(
        message.starts_with("error: cannot write to standard output: "),
        "{message}"
    );
    assert_eq!(output.status.code(), Some(1));
}
