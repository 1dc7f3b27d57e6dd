//! The folder that a crate goes to: what its manifest says already, which workspace it is in, and how it gets to the runtime.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use smithy_codegen::Runtime;
use toml_edit::{DocumentMut, Item};

use crate::origin::Origin;
use crate::output::shown;
use crate::program::Program;
use crate::regular_file::read_if_exists;

/// The table that a crate inside somebody else's workspace needs, because Cargo would take it for one of that workspace's.
const STANDALONE: &str = "# Not a member of the workspace around it.\n[workspace]\n";

/// Facts about the folder that the generator writes for.
#[derive(Debug)]
pub struct CrateFolder {
    /// The text of the manifest that is there, or the tables that a new one has to have.
    pub manifest: Option<String>,
    /// The source of the runtime, if the manifest is to change in that. A new one asks the registry without it.
    pub runtime: Option<Runtime>,
}

impl CrateFolder {
    /// Looks at `folder`, which need not exist. `runtime` is what the user asked for; a path is seen from the current
    /// folder. A member belongs to the workspace around it, whatever that says yet.
    pub fn look_at(
        folder: &Path,
        runtime: Option<&Runtime>,
        is_member: bool,
        program: &Program,
    ) -> Result<Self> {
        let path = folder.join("Cargo.toml");
        let existing = read_if_exists(&path)?;
        let has_runtime = match &existing {
            Some(text) => has_runtime(&parse(&path, text)?),
            None => false,
        };
        let runtime = match runtime {
            Some(Runtime::Path(runtime)) => Some(path_to(Path::new(runtime), folder)?),
            Some(other) => Some(other.clone()),
            None if has_runtime => None,
            None => match program.origin() {
                Origin::Folder(runtime) => Some(path_to(&runtime, folder)?),
                Origin::Git { url, rev } => Some(Runtime::Git { url, rev }),
                Origin::Registry => None,
            },
        };
        let manifest = match existing {
            Some(text) => Some(text),
            None if is_member || !is_stranger(folder)? => None,
            None => Some(STANDALONE.to_owned()),
        };
        Ok(Self { manifest, runtime })
    }
}

fn parse(path: &Path, text: &str) -> Result<DocumentMut> {
    text.parse().with_context(|| shown(path))
}

fn has_runtime(manifest: &DocumentMut) -> bool {
    let dependencies = manifest.get("dependencies").and_then(Item::as_table_like);
    dependencies.is_some_and(|dependencies| dependencies.contains_key("smithy-rt"))
}

/// Returns `true` if a folder lies in a workspace that does not have it as a member.
fn is_stranger(folder: &Path) -> Result<bool> {
    let folder = absolute(folder)?;
    for around in folder.ancestors().skip(1) {
        let path = around.join("Cargo.toml");
        let Some(text) = read_if_exists(&path)? else {
            continue;
        };
        let manifest = parse(&path, &text)?;
        let Some(workspace) = manifest.get("workspace").and_then(Item::as_table_like) else {
            continue;
        };
        let inner = folder.strip_prefix(around)?;
        let lists = ["members", "exclude"].map(|key| workspace.get(key));
        return Ok(!lists
            .into_iter()
            .flatten()
            .any(|list| lists_folder(list, inner)));
    }
    Ok(false)
}

/// Returns `true` if a list of patterns in a workspace has one that means a folder.
fn lists_folder(patterns: &Item, folder: &Path) -> bool {
    let mut patterns = patterns.as_array().into_iter().flatten();
    patterns.any(|pattern| {
        pattern
            .as_str()
            .is_some_and(|pattern| matches(pattern, folder))
    })
}

/// Returns `true` if a workspace's pattern, in which `*` may stand for a folder's name or a part of it, means a path.
fn matches(pattern: &str, path: &Path) -> bool {
    let pattern: Vec<_> = pattern
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    let path: Vec<_> = path.iter().map(|part| part.to_string_lossy()).collect();
    pattern.len() == path.len()
        && pattern
            .iter()
            .zip(&path)
            .all(|(pattern, part)| match pattern.split_once('*') {
                Some((start, end)) => {
                    part.len() >= start.len() + end.len()
                        && part.starts_with(start)
                        && part.ends_with(end)
                }
                None => pattern == part,
            })
}

/// The way to the runtime at `runtime` from `folder`: relative if they have more in common than the root of the file system.
fn path_to(runtime: &Path, folder: &Path) -> Result<Runtime> {
    let manifest = runtime.join("Cargo.toml");
    ensure!(
        manifest.is_file(),
        "no runtime at {}: {} is missing\nhint: `--runtime` takes the folder of smithy-rt, git+URL#REV or a version",
        shown(runtime),
        shown(&manifest)
    );
    let runtime = absolute(runtime)?;
    let way = relative(&runtime, &absolute(folder)?).unwrap_or(runtime);
    let Some(way) = way.to_str() else {
        bail!(
            "Cargo.toml cannot name the runtime at {}: its path is not UTF-8\nhint: `--runtime` takes git+URL#REV, too",
            shown(&way)
        );
    };
    Ok(Runtime::Path(way.replace('\\', "/")))
}

/// A path without links, as far as it exists, and without `..`.
pub fn absolute(path: &Path) -> Result<PathBuf> {
    let path = std::path::absolute(path).with_context(|| shown(path))?;
    for existing in path.ancestors() {
        if let Ok(real) = existing.canonicalize() {
            let mut real = real;
            for part in path.strip_prefix(existing)?.components() {
                match part {
                    Component::ParentDir => {
                        real.pop();
                    }
                    part => real.push(part),
                }
            }
            return Ok(real);
        }
    }
    Ok(path)
}

/// The way from one folder to another.
pub fn relative(to: &Path, from: &Path) -> Option<PathBuf> {
    let common = to
        .components()
        .zip(from.components())
        .take_while(|(to, from)| to == from)
        .count();
    if common < 2 {
        return None;
    }
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    let way: PathBuf = up.chain(to.components().skip(common)).collect();
    Some(way)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    use crate::program::Checkout;

    /// A checkout with a runtime, and a crate that has its way to it.
    fn checkout() -> (tempfile::TempDir, Program) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for (package, manifest) in [
            ("codegen/runtime", ""),
            ("generated", "[dependencies]\nsmithy-rt.workspace = true"),
        ] {
            fs::create_dir_all(root.join(package)).unwrap();
            fs::write(root.join(package).join("Cargo.toml"), manifest).unwrap();
        }
        let xtask = Program::Xtask(Checkout {
            root,
            model: "",
            out: "",
        });
        (folder, xtask)
    }

    #[test]
    fn the_way_to_the_runtime() {
        let (folder, xtask) = checkout();
        let at = |path: &str| folder.path().join(path);
        let runtime = |folder: &Path, asked: Option<&Runtime>| {
            let looked_at = CrateFolder::look_at(folder, asked, false, &xtask);
            looked_at.map(|folder| folder.runtime)
        };
        let of_generated = runtime(&at("generated"), None).unwrap();
        assert_eq!(of_generated, None, "its manifest says already");
        let expected = Runtime::Path("../../codegen/runtime".to_owned());
        assert_eq!(runtime(&at("not/there"), None).unwrap(), Some(expected));
        let missing = Runtime::Path("no/such/folder".to_owned());
        let error = runtime(&at("not/there"), Some(&missing)).unwrap_err();
        assert!(error.to_string().contains("no/such/folder"), "{error}");
    }

    #[test]
    fn only_a_stranger_in_a_workspace_stands_alone() {
        let (_checkout, xtask) = checkout();
        let around = tempfile::tempdir().unwrap();
        let table = [
            ("[package]\nname = \"x\"", false),
            ("[workspace]", true),
            ("[workspace]\nmembers = [\"crates/*\"]", false),
            ("[workspace]\nmembers = [\"./crates/a*\"]", false),
            ("[workspace]\nmembers = [\"crates/b\", \"crates\"]", true),
            (
                "[workspace]\nmembers = [\"x\"]\nexclude = [\"crates/abc\"]",
                false,
            ),
        ];
        for (workspace, is_alone) in table {
            fs::write(around.path().join("Cargo.toml"), workspace).unwrap();
            let folder = around.path().join("crates/abc");
            let folder = CrateFolder::look_at(&folder, None, false, &xtask).unwrap();
            assert_eq!(folder.manifest.is_some(), is_alone, "{workspace}");
        }
    }

    #[test]
    fn ways_between_folders() {
        let way = |to: &str, from: &str| relative(Path::new(to), Path::new(from));
        assert_eq!(way("/a/b/c", "/a/d/e"), Some(PathBuf::from("../../b/c")));
        assert_eq!(way("/a/b", "/a"), Some(PathBuf::from("b")));
        assert_eq!(way("/a/b", "/c"), None);
    }
}
