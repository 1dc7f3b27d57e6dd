//! The command, models for it, and folders for what it writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// The program.
pub const PROGRAM: &str = env!("CARGO_BIN_EXE_smithy-codegen");

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// One crate below a temporary folder, and its model.
pub struct Crate {
    pub folder: tempfile::TempDir,
}

impl Crate {
    pub fn new(model: &str) -> Self {
        let written = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let output = written.generate(model);
        assert!(output.status.success(), "{}", text(&output.stderr));
        written
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn model(&self) -> PathBuf {
        self.folder.path().join("model.json")
    }

    /// The command that generates it.
    pub fn codegen(&self) -> Command {
        codegen(&self.model(), &self.out())
    }

    pub fn generate(&self, model: &str) -> Output {
        fs::write(self.model(), model).unwrap();
        run(&mut self.codegen())
    }

    /// Asserts that generating from this model fails, says why, and changes nothing at all.
    pub fn assert_refused(&self, name: &str, model: &str, expected: &str) {
        let before = contents(&self.out());
        let output = self.generate(model);
        let message = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{name}: {message}");
        assert!(message.starts_with("error: "), "{name}: {message}");
        assert!(message.contains(expected), "{name}: {message}");
        assert!(!message.contains("panicked"), "{name}: {message}");
        assert!(contents(&self.out()) == before, "{name}: files changed");
    }
}

/// All files below a folder, with their bytes.
pub fn contents(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = BTreeMap::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            contents.extend(self::contents(&path));
        } else {
            let bytes = fs::read(&path).unwrap();
            contents.insert(path, bytes);
        }
    }
    contents
}

/// A model of one operation without input and output, and what else is given.
pub fn model_with(more: &str) -> String {
    let service = r#""aws.protocols#awsJson1_0": {}, "aws.api#service": { "sdkId": "Weather" }, "aws.auth#sigv4": { "name": "weather" }"#;
    format!(
        r##"{{ "smithy": "2.0", "shapes": {{
            "x#Weather": {{ "type": "service", "version": "1", "operations": [{{ "target": "x#Get" }}], "traits": {{ {service} }} }},
            "x#Get": {{ "type": "operation", "input": {{ "target": "x#In" }} }},
            "x#In": {{ "type": "structure", "members": {{ }}, "traits": {{ "smithy.api#input": {{ }} }} }}
            {more}
        }} }}"##
    )
}

/// A model of which much is other than in `model_with`.
pub fn other_model(member: &str) -> String {
    let member = format!(r#""members": {{ "member": {{ "target": "{member}" }} }}"#);
    model_with("")
        .replace("x#Get", "x#Fetch")
        .replace("\"members\": { }", &member)
}

/// A folder of models, below which `out` is the workspace of their crates.
pub struct Models {
    pub folder: tempfile::TempDir,
}

impl Models {
    pub fn new(models: &[(&str, &str)]) -> Self {
        let written = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for (name, model) in models {
            fs::write(written.folder.path().join(name), model).unwrap();
        }
        written
    }

    pub fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    pub fn generate(&self, more: &[&str]) -> Output {
        let (models, out) = (
            self.folder.path().display().to_string(),
            self.out().display().to_string(),
        );
        run(&mut command(
            &[&["--models", &models, "--out", &out], more].concat(),
        ))
    }
}

/// The command, with these arguments.
pub fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("codegen").args(arguments).stdin(Stdio::null());
    command
}

/// Copies the program. Another process does: what this one has open for writing, a command that another test starts meanwhile has open
/// as well, and the system starts no program that is being written.
#[cfg(unix)]
pub fn copy_program(to: &Path) {
    let status = Command::new("cp").arg(PROGRAM).arg(to).status().unwrap();
    assert!(status.success());
}

/// Runs a command that might hang: if it does, it is killed, and the test fails.
pub fn run(command: &mut Command) -> Output {
    let child = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let id = child.id().to_string();
    let (ended, end) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let hangs = end.recv_timeout(Duration::from_secs(120)) == Err(RecvTimeoutError::Timeout);
        if hangs {
            let _ = Command::new("kill").args(["-KILL", &id]).status();
        }
        hangs
    });
    let output = child.wait_with_output().unwrap();
    drop(ended);
    assert!(!watchdog.join().unwrap(), "{command:?} hangs");
    output
}

/// The command for one model and the folder of its crate.
pub fn codegen(model: &Path, out: &Path) -> Command {
    let mut command = command(&["--model"]);
    command.arg(model).arg("--out").arg(out);
    command
}

/// Generates a crate from one model.
pub fn generate(model: &Path, out: &Path) -> Output {
    run(&mut codegen(model, out))
}

pub fn mkfifo(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(status.success());
}

/// Asserts that a run failed as it should, and said so.
pub fn assert_fails(output: &Output, expected: &[&str]) {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.starts_with("error: "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    for expected in expected {
        assert!(message.contains(expected), "{expected}: {message}");
    }
}
