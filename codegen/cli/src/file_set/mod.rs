//! The files of a generated crate, and those that are on disk.
//!
//! [`FileSet::sync`] is the one place that knows which files are ours: those at the paths that the generator writes, and
//! those in a crate's `src/` and `tests/`, if their first line is the generator's. No link is followed below the folder.
//! Everything is compared before anything is touched, byte by byte, so that a check finds whatever a run that was killed left
//! undone (see [`staging`]). The one thing that a check lets pass is another name of the model.

use std::collections::BTreeMap;
use std::fmt;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use similar::TextDiff;
use smithy_codegen::{is_same_but_model, marker};

use crate::output::shown;
use crate::program::Program;
use crate::regular_file::{is_absent, is_folder, kind};
use crate::staging::{self, Staging};

/// The folders of a crate that hold generated files, and so may hold some that are no longer wanted.
pub const FOLDERS: &[&str] = &["src", "tests"];

/// The file that is merged with what is there, instead of replaced.
pub const MANIFEST: &str = "Cargo.toml";

/// All files of a crate, or the one of a workspace, by their paths below a folder.
#[derive(Debug)]
pub struct FileSet {
    folder: PathBuf,
    files: BTreeMap<String, String>,
    /// The folders from which files with our marker are removed if they are not in `files`.
    swept: &'static [&'static str],
}

/// The two things to do with a folder: make it as it should be, or only say how it differs.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    Check,
    Write,
}

/// A file that is not as it should be.
#[derive(Debug, Eq, PartialEq)]
pub struct Change {
    pub path: PathBuf,
    pub kind: Kind,
}

#[derive(Debug, Eq, PartialEq)]
pub enum Kind {
    Missing,
    Stale {
        old: String,
        new: String,
    },
    Unexpected,
    /// Something that is not ours, where a file of ours should be; and what it is.
    InTheWay(&'static str),
    /// Leftovers of a run that was killed.
    Unfinished,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::Missing => "missing",
            Kind::Stale { .. } => "stale",
            Kind::Unexpected => "unexpected",
            Kind::InTheWay(_) => "in the way and not ours",
            Kind::Unfinished => "left by a run that was interrupted",
        };
        write!(f, "{kind}: {}", shown(&self.path))?;
        match self.kind {
            Kind::InTheWay(what) if !matches!(what, "a file" | "a folder") => {
                write!(f, " ({what})")
            }
            _ => Ok(()),
        }
    }
}

impl Change {
    /// The differences in a stale file, line by line.
    pub fn difference(&self) -> Option<String> {
        let Kind::Stale { old, new } = &self.kind else {
            return None;
        };
        let difference = TextDiff::from_lines(old.as_str(), new.as_str());
        let mut unified = difference.unified_diff();
        Some(unified.header("on disk", "generated").to_string())
    }
}

impl FileSet {
    /// The files of a crate.
    pub fn of_crate(folder: PathBuf, files: BTreeMap<String, String>) -> Self {
        Self {
            folder,
            files,
            swept: FOLDERS,
        }
    }

    /// The manifest of a workspace. Nothing else in its folder is ours.
    pub fn of_workspace(folder: PathBuf, manifest: String) -> Self {
        Self {
            folder,
            files: BTreeMap::from([(MANIFEST.to_owned(), manifest)]),
            swept: &[],
        }
    }

    /// Returns `true` if there should be a file at this path.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The number of files that there should be.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// The number of their lines.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// Compares the files with those on disk and, in [`Mode::Write`], makes those on disk the same. Gives every file that
    /// was not as it should be.
    pub fn sync(&self, mode: Mode) -> Result<Vec<Change>> {
        let changes = self.changes(mode)?;
        if mode == Mode::Write {
            refuse_to_overwrite(&changes)?;
            self.write(&changes)?;
        }
        Ok(changes)
    }

    fn changes(&self, mode: Mode) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (path, text) in &self.files {
            changes.extend(self.compare(path, text, mode)?);
        }
        // A file where a folder should be is in the way of everything in that folder.
        changes.dedup();
        for path in self.marked()? {
            if !self.wants(&path) {
                changes.push(Change {
                    path,
                    kind: Kind::Unexpected,
                });
            }
        }
        changes.extend(self.unfinished()?);
        Ok(changes)
    }

    fn compare(&self, path: &str, new: &str, mode: Mode) -> Result<Option<Change>> {
        let is_below = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_below, "{path} is outside {}", shown(&self.folder));

        let change = |path, kind| Ok(Some(Change { path, kind }));
        let (path, old) = match self.look_at(path)? {
            There::Nothing(full) => return change(full, Kind::Missing),
            There::Other(full, kind) => return change(full, Kind::InTheWay(kind)),
            There::File(full) => {
                let old = fs::read(&full).with_context(|| shown(&full))?;
                (full, old)
            }
        };
        let is_renamed = || str::from_utf8(&old).is_ok_and(|old| is_same_but_model(old, new));
        if old == new.as_bytes() || (mode == Mode::Check && is_renamed()) {
            return Ok(None);
        }
        if path != self.folder.join(MANIFEST) && !is_marked(&old) && !is_blank(&old) {
            let kind = Kind::InTheWay("a file");
            return change(path, kind);
        }
        let kind = Kind::Stale {
            old: String::from_utf8_lossy(&old).into_owned(),
            new: new.to_owned(),
        };
        change(path, kind)
    }

    /// Finds out what there is at a path below the folder, without following a link.
    fn look_at(&self, path: &str) -> Result<There> {
        let full = self.folder.join(path);
        let mut here = self.folder.clone();
        for part in Path::new(path) {
            here.push(part);
            let found = match fs::symlink_metadata(&here) {
                Ok(found) => found.file_type(),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    return Ok(There::Nothing(full));
                }
                Err(error) => return Err(error).with_context(|| shown(&here)),
            };
            let is_right = if here == full {
                found.is_file()
            } else {
                found.is_dir()
            };
            if !is_right {
                return Ok(There::Other(here, kind(found)));
            }
        }
        Ok(There::File(full))
    }

    /// The generated files that are there, in order.
    fn marked(&self) -> Result<Vec<PathBuf>> {
        let mut marked = Vec::new();
        let mut folders = Vec::new();
        for folder in self.swept {
            let folder = self.folder.join(folder);
            if is_folder(&folder) {
                folders.push(folder);
            }
        }
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(&folder).with_context(|| shown(&folder))? {
                let entry = entry.with_context(|| shown(&folder))?;
                let path = entry.path();
                let kind = entry.file_type().with_context(|| shown(&path))?;
                // What is in another crate is none of this one's.
                if kind.is_dir() && !path.join(MANIFEST).exists() {
                    folders.push(path);
                } else if kind.is_file() && begins_with_marker(&path)? {
                    marked.push(path);
                }
            }
        }
        marked.sort();
        Ok(marked)
    }

    fn wants(&self, path: &Path) -> bool {
        let below = path.strip_prefix(&self.folder).ok().and_then(Path::to_str);
        below.is_some_and(|below| self.files.contains_key(&below.replace('\\', "/")))
    }

    /// Leftovers of a run that was killed.
    fn unfinished(&self) -> Result<Option<Change>> {
        let change = |path, kind| Ok(Some(Change { path, kind }));
        let path = self.folder.join(staging::FOLDER);
        match fs::symlink_metadata(&path) {
            Ok(found) if found.is_dir() => change(path, Kind::Unfinished),
            Ok(found) => change(path, Kind::InTheWay(kind(found.file_type()))),
            Err(error) if is_absent(&error) => Ok(None),
            Err(error) => Err(error).with_context(|| shown(&path)),
        }
    }

    fn write(&self, changes: &[Change]) -> Result<()> {
        let paths = |is_wanted: fn(&Kind) -> bool| {
            let changes = changes.iter().filter(move |change| is_wanted(&change.kind));
            changes.map(|change| change.path.as_path())
        };
        let unwanted: Vec<_> = paths(|kind| *kind == Kind::Unexpected).collect();
        let is_new = |kind: &Kind| matches!(kind, Kind::Missing | Kind::Stale { .. });
        let mut new = paths(is_new).peekable();
        if new.peek().is_none() && unwanted.is_empty() {
            return staging::sweep(&self.folder);
        }
        let mut staging = Staging::new(&self.folder)?;
        for path in new {
            let below = path.strip_prefix(&self.folder)?;
            staging.add(below, self.text_of(below)?)?;
        }
        staging.commit(&unwanted)
    }

    fn text_of(&self, below: &Path) -> Result<&str> {
        let below = below.to_string_lossy();
        let text = self.files.get(&below.replace('\\', "/"));
        text.map(String::as_str)
            .with_context(|| format!("{below} is no file of the crate"))
    }
}

/// The kind of thing at a path.
enum There {
    Nothing(PathBuf),
    File(PathBuf),
    /// Something else, there or where a folder around it should be; and what it is.
    Other(PathBuf, &'static str),
}

fn refuse_to_overwrite(changes: &[Change]) -> Result<()> {
    let in_the_way: Vec<_> = changes
        .iter()
        .filter(|change| matches!(change.kind, Kind::InTheWay(_)))
        .map(|change| format!("\n  {change}"))
        .collect();
    ensure!(
        in_the_way.is_empty(),
        "nothing was written: move what was not generated, or generate into another folder{}",
        in_the_way.concat()
    );
    Ok(())
}

/// Returns `true` if one of our programs wrote a text.
pub fn is_marked(text: &[u8]) -> bool {
    markers().any(|marker| text.starts_with(marker.as_bytes()))
}

fn markers() -> impl Iterator<Item = String> {
    let generators = Program::generators();
    generators.into_iter().map(|generator| marker(&generator))
}

/// Returns `true` if a file holds nothing that could be lost. A power failure may leave one.
fn is_blank(text: &[u8]) -> bool {
    text.iter().all(|byte| *byte == 0)
}

/// Returns `true` if one of our programs wrote a file.
pub fn begins_with_marker(path: &Path) -> Result<bool> {
    let mut start = Vec::new();
    let file = File::open(path).with_context(|| shown(path))?;
    let longest = markers().map(|marker| marker.len()).max();
    let read = file
        .take(longest.unwrap_or_default() as u64)
        .read_to_end(&mut start);
    read.with_context(|| shown(path))?;
    Ok(is_marked(&start))
}

#[cfg(test)]
mod tests;
