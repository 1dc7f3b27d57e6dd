//! The folders that are fit to be written to.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Result, bail, ensure};
use toml_edit::DocumentMut;

use crate::crate_folder::absolute;
use crate::output::shown;
use crate::program::Program;
use crate::regular_file::{is_standard_input, read_if_exists};

/// The purpose for which a folder is written.
#[derive(Clone, Copy, Debug)]
pub enum Purpose<'a> {
    /// A crate from this model.
    Crate(&'a Path),
    /// A workspace of crates from the models of this folder.
    Workspace(&'a Path),
}

/// Refuses a folder where generated files would be mixed with what they have nothing to do with.
pub fn check(out: &Path, purpose: Purpose<'_>, program: &Program) -> Result<()> {
    const HINT: &str = "hint: choose a folder of its own";
    let name = shown(out);
    let full = absolute(out)?;
    ensure!(
        full.parent().is_some(),
        "--out {name} is the root of the file system\n{HINT}"
    );
    ensure!(
        program.root() != Some(full.as_path()),
        "--out {name} is the root of this checkout\n{HINT}"
    );
    if let Some(package) = package_around(&full)? {
        let package = shown(&package);
        bail!("--out {name} is inside the source of the package {package}\n{HINT} outside of it");
    }
    let manifest = Contents::of(&full)?;
    match purpose {
        Purpose::Crate(_) if manifest == Contents::Workspace => {
            bail!("--out {name} is a workspace, not a package\n{HINT} below it")
        }
        Purpose::Crate(model) if manifest != Contents::Package && is_in(model, &full) => {
            bail!("--out {name} is the model's folder\n{HINT}")
        }
        Purpose::Workspace(models) if absolute(models).is_ok_and(|models| models == full) => {
            bail!("--out {name} is the models' folder\n{HINT}")
        }
        _ => Ok(()),
    }
}

/// Returns `true` if a model's file lies directly in a folder.
fn is_in(model: &Path, folder: &Path) -> bool {
    !is_standard_input(model) && absolute(model).is_ok_and(|model| model.parent() == Some(folder))
}

/// The package in whose `src/` a folder is, if it is in one.
fn package_around(folder: &Path) -> Result<Option<PathBuf>> {
    for source in folder.ancestors().filter(|path| path.ends_with("src")) {
        let Some(package) = source.parent() else {
            continue;
        };
        if Contents::of(package)? == Contents::Package {
            return Ok(Some(package.to_owned()));
        }
    }
    Ok(None)
}

/// The kind of package that a folder's manifest is of.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Contents {
    Package,
    /// A workspace that is no package.
    Workspace,
    Other,
}

impl Contents {
    fn of(folder: &Path) -> Result<Self> {
        let path = folder.join("Cargo.toml");
        // What is wrong with it is said where it is read to be changed.
        let is_file = fs::metadata(&path).is_ok_and(|found| found.is_file());
        let Some(text) = (if is_file {
            read_if_exists(&path)?
        } else {
            None
        }) else {
            return Ok(Self::Other);
        };
        let Ok(manifest) = text.parse::<DocumentMut>() else {
            return Ok(Self::Other);
        };
        Ok(if manifest.contains_key("package") {
            Self::Package
        } else if manifest.contains_key("workspace") {
            Self::Workspace
        } else {
            Self::Other
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Checkout;

    #[test]
    fn a_folder_of_its_own_is_fit() {
        let folder = tempfile::tempdir().unwrap();
        let program = Program::Xtask(Checkout {
            root: folder.path().canonicalize().unwrap().join("checkout"),
            model: "",
            out: "",
        });
        let check = |out: &Path, purpose: Purpose<'_>| super::check(out, purpose, &program);
        let at = |path: &str| folder.path().join(path);
        for (package, manifest) in [
            ("package", "[package]\nname = \"x\""),
            ("workspace", "[workspace]"),
            ("models", "[package]\nname = \"y\""),
        ] {
            fs::create_dir(at(package)).unwrap();
            fs::write(at(package).join("Cargo.toml"), manifest).unwrap();
        }
        let model = at("model.json");
        let table = [
            (PathBuf::from("/"), Some("the root of the file system")),
            (
                at("../../../../../../../../.."),
                Some("the root of the file system"),
            ),
            (at("checkout/x/.."), Some("the root of this checkout")),
            (at(""), Some("the model's folder")),
            (at("package/src"), Some("inside the source of the package")),
            (
                at("package/src/a/b"),
                Some("inside the source of the package"),
            ),
            (at("workspace"), Some("a workspace, not a package")),
            (at("package"), None),
            (at("package/tests/a"), None),
            (at("workspace/a"), None),
            (at("src/a"), None),
        ];
        for (out, expected) in table {
            let error = check(&out, Purpose::Crate(&model)).err();
            let error = error.map(|error| error.to_string());
            match expected {
                None => assert_eq!(error, None, "{out:?}"),
                Some(expected) => {
                    let error = error.unwrap_or_default();
                    assert!(error.contains(expected), "{out:?}: {error}");
                    assert!(error.contains("\nhint: "), "{out:?}: {error}");
                }
            }
        }
        let model = at("models/model.json");
        check(&at("models"), Purpose::Crate(&model)).expect("a crate may have its model in it");
        check(&at("workspace"), Purpose::Workspace(&at("models"))).unwrap();
        check(&at("models"), Purpose::Workspace(&at("models"))).unwrap_err();
    }
}
