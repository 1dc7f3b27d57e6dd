//! `rustfmt`, so that `cargo fmt --check` has nothing to say about generated crates.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Error, Result, anyhow, bail};

use crate::interrupt::TemporaryFolder;

/// The configuration that is also at the root of this workspace. It goes beside the files, so that no other is found.
const CONFIGURATION: &str = "style_edition = \"2024\"\n";

/// The program, unless this variable of the environment names another, as it does for Cargo.
const PROGRAM: &str = "rustfmt";
const VARIABLE: &str = "RUSTFMT";

/// Formats all Rust files of a crate, in one process: in a folder of their own, where `rustfmt` finds modules by itself from
/// the library's and the tests' roots.
pub fn format(files: &mut BTreeMap<String, String>) -> Result<()> {
    const NO_FOLDER: &str = "no temporary folder for rustfmt";
    let temporary = TemporaryFolder::new().context(NO_FOLDER)?;
    let folder = temporary.path();
    let sources = || files.iter().filter(|(path, _)| is_rust(path));
    let configuration = ("rustfmt.toml", CONFIGURATION);
    let texts = sources().map(|(path, text)| (path.as_str(), text.as_str()));
    for (path, text) in texts.chain([configuration]) {
        let written = temporary.write(Path::new(path), text);
        written.with_context(|| format!("{NO_FOLDER}: {path}"))?;
    }
    let roots: Vec<_> = sources()
        .filter(|(path, _)| is_root(path))
        .map(|(path, _)| folder.join(path))
        .collect();
    if roots.is_empty() {
        return Ok(());
    }
    let output = run(&roots)?;
    if !output.status.success() {
        bail!("rustfmt failed: {}", complaint(&output, folder));
    }
    for (path, text) in files.iter_mut().filter(|(path, _)| is_rust(path)) {
        let full = folder.join(path);
        *text = fs::read_to_string(&full).with_context(|| full.display().to_string())?;
    }
    Ok(())
}

fn run(roots: &[PathBuf]) -> Result<Output> {
    let other = env::var_os(VARIABLE);
    let program = other.clone().unwrap_or_else(|| PROGRAM.into());
    let mut command = Command::new(&program);
    command.args(["--edition", "2024"]).args(roots);
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound if other.is_none() => {
            anyhow!("rustfmt is missing\nhint: run `rustup component add rustfmt`")
        }
        _ => {
            let variable = if other.is_some() {
                " (from RUSTFMT)"
            } else {
                ""
            };
            let program = program.to_string_lossy();
            Error::new(error).context(format!("{program}{variable} did not start"))
        }
    })
}

fn is_rust(path: &str) -> bool {
    path.ends_with(".rs")
}

fn is_root(path: &str) -> bool {
    path == "src/lib.rs"
        || path
            .strip_prefix("tests/")
            .is_some_and(|name| !name.contains('/'))
}

/// The output of `rustfmt`, without the temporary folder.
fn complaint(output: &Output, folder: &Path) -> String {
    let text =
        String::from_utf8_lossy(&output.stderr).replace(&format!("{}/", folder.display()), "");
    if text.trim().is_empty() {
        output.status.to_string()
    } else {
        text.trim().to_owned()
    }
}
