//! `rustfmt`, so that `cargo fmt --check` has nothing to say about generated crates.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Error, Result, anyhow, bail};

/// The configuration that is also at the root of this workspace. It goes beside the files, so that no other is found.
const CONFIGURATION: &str = "style_edition = \"2024\"\n";

/// Formats all Rust files of a crate, in one process: in a folder of their own, where `rustfmt` finds modules by itself from
/// the library's and the tests' roots.
pub fn format(files: &mut BTreeMap<String, String>) -> Result<()> {
    let folder = tempfile::tempdir().context("no temporary folder for rustfmt")?;
    fs::write(folder.path().join("rustfmt.toml"), CONFIGURATION)?;
    let sources = || files.iter().filter(|(path, _)| is_rust(path));
    for (path, text) in sources() {
        let full = folder.path().join(path);
        fs::create_dir_all(full.parent().unwrap_or(folder.path()))?;
        fs::write(&full, text)?;
    }
    let roots: Vec<_> = sources()
        .filter(|(path, _)| is_root(path))
        .map(|(path, _)| folder.path().join(path))
        .collect();
    if roots.is_empty() {
        return Ok(());
    }
    let output = run(&roots)?;
    if !output.status.success() {
        bail!("rustfmt failed: {}", complaint(&output, folder.path()));
    }
    for (path, text) in files.iter_mut().filter(|(path, _)| is_rust(path)) {
        *text = fs::read_to_string(folder.path().join(path))?;
    }
    Ok(())
}

fn run(roots: &[PathBuf]) -> Result<Output> {
    let program = env::var_os("RUSTFMT").unwrap_or_else(|| "rustfmt".into());
    let mut command = Command::new(program);
    command.args(["--edition", "2024"]).args(roots);
    command.output().map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => {
            anyhow!("rustfmt is missing: run `rustup component add rustfmt`")
        }
        _ => Error::new(error).context("rustfmt did not start"),
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

/// What `rustfmt` said, without the temporary folder.
fn complaint(output: &Output, folder: &Path) -> String {
    let text =
        String::from_utf8_lossy(&output.stderr).replace(&format!("{}/", folder.display()), "");
    if text.trim().is_empty() {
        output.status.to_string()
    } else {
        text.trim().to_owned()
    }
}
