//! Runs cargo, in an environment that the outer `cargo run` leaves no mark on.

use crate::sides::Side;
use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The package name of every consumer.
pub const CONSUMER: &str = "consumer";

/// A profile to build with.
#[derive(Clone, Copy, Debug, PartialEq, clap::ValueEnum)]
pub enum Profile {
    /// `cargo build`
    Debug,
    /// `cargo build --release`
    Release,
}

impl Profile {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Debug, Self::Release];

    /// Its name, which is also that of its folder.
    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }

    /// The arguments that choose it.
    pub fn args(self) -> &'static [&'static str] {
        match self {
            Self::Debug => &[],
            Self::Release => &["--release"],
        }
    }
}

/// A cargo command in `folder`, without incremental compilation and without settings of the caller's shell.
pub fn command(folder: &Path) -> Command {
    let mut command = Command::new("cargo");
    for (name, _) in std::env::vars() {
        if (name.starts_with("CARGO") && name != "CARGO_HOME") || name.starts_with("RUSTFLAGS") {
            command.env_remove(name);
        }
    }
    command.current_dir(folder).env("CARGO_INCREMENTAL", "0");
    command
}

/// `cargo build --offline` of a consumer, with more arguments to come.
pub fn build(side: &Side, profile: Profile) -> Command {
    let mut command = command(&side.consumer);
    command
        .args(["build", "--quiet", "--offline", "--target-dir"])
        .arg(&side.target)
        .args(profile.args());
    command
}

/// Forgets what was built of the packages named, in one profile.
pub fn clean(side: &Side, profile: Profile, packages: &[&str]) -> Result<()> {
    let mut command = command(&side.consumer);
    command
        .args(["clean", "--quiet", "--offline", "--target-dir"])
        .arg(&side.target)
        .args(profile.args());
    for package in packages {
        command.args(["--package", package]);
    }
    run(&mut command).map(drop)
}

/// Takes the newest versions of everything, and downloads it.
pub fn update(sides: &[Side], callers: &Path) -> Result<()> {
    let folders = sides.iter().map(|side| side.consumer.as_path());
    for folder in folders.chain([callers]) {
        run(command(folder).args(["update", "--quiet"]))?;
        run(command(folder).args(["fetch", "--quiet"]))?;
    }
    Ok(())
}

/// Runs a command and gives what it printed.
pub fn run(command: &mut Command) -> Result<String> {
    let output = command
        .output()
        .with_context(|| format!("cannot run {command:?}"))?;
    ensure!(
        output.status.success(),
        "{command:?} failed: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    Ok(String::from_utf8(output.stdout)?)
}

/// A package in a consumer's tree, as cargo knows it.
#[derive(Debug)]
pub struct Package {
    /// Its version.
    pub version: String,
    /// The folder of its manifest.
    pub folder: PathBuf,
}

/// Looks a package up in a consumer's tree.
pub fn package(side: &Side, name: &str) -> Result<Package> {
    let mut command = command(&side.consumer);
    command.args(["metadata", "--format-version=1", "--offline"]);
    let metadata: Value = serde_json::from_str(&run(&mut command)?)?;
    let packages = metadata["packages"].as_array().context("no packages")?;
    let Some(package) = packages.iter().find(|package| package["name"] == name) else {
        bail!("{} does not depend on {name}", side.consumer.display());
    };
    let text = |key: &str| package[key].as_str().context("not a string");
    let manifest = Path::new(text("manifest_path")?);
    Ok(Package {
        version: text("version")?.to_owned(),
        folder: manifest.parent().context("no folder")?.to_owned(),
    })
}

/// The versions of the clients, and of the runtime that they share.
pub fn describe_versions(sides: &[Side]) -> Result<String> {
    let mut versions = Vec::new();
    for side in sides {
        for name in side.crates.iter().chain(&["aws-smithy-runtime"]) {
            let version = format!("{name} {}", package(side, name)?.version);
            if !versions.contains(&version) {
                versions.push(version);
            }
        }
    }
    Ok(versions.join(", "))
}
