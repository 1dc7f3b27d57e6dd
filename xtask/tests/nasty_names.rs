//! A crate for a model of nothing but name hazards compiles, without a warning.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

#[test]
fn a_crate_of_nasty_names_compiles() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(
        || root.join("target"),
        |folder| root.join(PathBuf::from(folder)),
    );
    let folder = target.join("nasty-names");
    fs::create_dir_all(&folder).unwrap();

    let written = Command::new(env!("CARGO_BIN_EXE_xtask"))
        .args(["codegen", "--model"])
        .arg(root.join("codegen/tests/fixtures/nasty_names.json"))
        .arg("--out")
        .arg(&folder)
        .output()
        .unwrap();
    assert!(
        written.status.success(),
        "{}",
        String::from_utf8_lossy(&written.stderr)
    );

    // The versions of this checkout, so that what is compiled already is not compiled again.
    fs::copy(root.join("Cargo.lock"), folder.join("Cargo.lock")).unwrap();
    let built = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "build",
            "--quiet",
            "--no-default-features",
            "--manifest-path",
        ])
        .arg(folder.join("Cargo.toml"))
        .current_dir(root)
        .env("CARGO_TARGET_DIR", &target)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&built.stderr);
    assert!(
        built.status.success() && !said.contains("warning"),
        "{said}"
    );
}
