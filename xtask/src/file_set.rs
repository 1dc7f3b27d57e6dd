//! The files of a generated crate, and those that are on disk.
//!
//! [`FileSet::sync`] is the one place that knows which files are ours: those at the paths that the generator writes, and
//! those in a crate's `src/` and `tests/`, if their first line is the generator's. Everything is compared before anything is
//! touched, and new text is complete on disk before the first old file is replaced, so that a run that fails leaves what was
//! there.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::fs::{self, DirEntry};
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, ensure};
use similar::TextDiff;
use smithy_codegen::print::MARKER;

/// The folders of a crate that hold generated files, and so may hold some that are no longer wanted.
const FOLDERS: &[&str] = &["src", "tests"];

/// The file that is merged with what is there, instead of replaced.
const MANIFEST: &str = "Cargo.toml";

/// All files of a crate, or the one of a workspace, by their paths below a folder.
#[derive(Debug)]
pub struct FileSet {
    folder: PathBuf,
    files: BTreeMap<String, String>,
    /// Where files with our marker that are not in `files` are to go.
    swept: &'static [&'static str],
}

/// Whether to make the folder as it should be, or only to say how it differs.
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
    /// Something that is not ours, where a file of ours should be.
    InTheWay,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.kind {
            Kind::Missing => "missing",
            Kind::Stale { .. } => "stale",
            Kind::Unexpected => "unexpected",
            Kind::InTheWay => "in the way and not ours",
        };
        write!(f, "{kind}: {}", self.path.display())
    }
}

impl Change {
    /// What differs in a stale file, line by line.
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

    /// Whether there should be a file at this path.
    pub fn contains(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// How many files there should be.
    pub fn len(&self) -> usize {
        self.files.len()
    }

    /// How many lines they have.
    pub fn lines(&self) -> usize {
        self.files.values().map(|text| text.lines().count()).sum()
    }

    /// Compares the files with those on disk and, in [`Mode::Write`], makes those on disk the same. Gives every file that
    /// was not as it should be.
    pub fn sync(&self, mode: Mode) -> Result<Vec<Change>> {
        let changes = self.changes()?;
        if mode == Mode::Write {
            refuse_to_overwrite(&changes)?;
            self.write(&changes)?;
        }
        Ok(changes)
    }

    fn changes(&self) -> Result<Vec<Change>> {
        let mut changes = Vec::new();
        for (path, text) in &self.files {
            changes.extend(self.compare(path, text)?);
        }
        // A file where a folder should be is in the way of everything in that folder.
        changes.dedup();
        for path in self.marked()? {
            if !self.files.contains_key(&path) {
                changes.push(Change {
                    path: self.folder.join(path),
                    kind: Kind::Unexpected,
                });
            }
        }
        Ok(changes)
    }

    fn compare(&self, path: &str, new: &str) -> Result<Option<Change>> {
        let is_below = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_below, "{path} is outside {}", self.folder.display());

        let full = self.folder.join(path);
        let kind = match fs::read(&full) {
            Ok(old) if old == new.as_bytes() => return Ok(None),
            Ok(old) if path == MANIFEST || is_marked(&old) => Kind::Stale {
                old: String::from_utf8_lossy(&old).into_owned(),
                new: new.to_owned(),
            },
            Ok(_) => Kind::InTheWay,
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound => Kind::Missing,
                io::ErrorKind::IsADirectory | io::ErrorKind::NotADirectory => Kind::InTheWay,
                _ => return Err(error).with_context(|| full.display().to_string()),
            },
        };
        let path = match kind {
            Kind::InTheWay => nearest(&full).to_owned(),
            _ => full,
        };
        Ok(Some(Change { path, kind }))
    }

    /// The generated files that are there.
    fn marked(&self) -> Result<Vec<String>> {
        let mut marked = Vec::new();
        let mut folders: Vec<_> = self.swept.iter().map(ToString::to_string).collect();
        while let Some(folder) = folders.pop() {
            for entry in entries(&self.folder.join(&folder))? {
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                let path = format!("{folder}/{name}");
                let kind = entry.file_type().with_context(|| path.clone())?;
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() && name.ends_with(".rs") {
                    let full = entry.path();
                    let text = fs::read(&full).with_context(|| full.display().to_string())?;
                    if is_marked(&text) {
                        marked.push(path);
                    }
                }
            }
        }
        marked.sort();
        Ok(marked)
    }

    fn write(&self, changes: &[Change]) -> Result<()> {
        let mut staged = Staged::default();
        let mut unexpected = Vec::new();
        for change in changes {
            if change.kind == Kind::Unexpected {
                unexpected.push(change.path.as_path());
            } else {
                staged.add(&change.path, self.text_of(&change.path)?)?;
            }
        }
        staged.commit()?;
        remove(&unexpected)
    }

    fn text_of(&self, path: &Path) -> Result<&str> {
        let below = path.strip_prefix(&self.folder)?.to_string_lossy();
        let text = self.files.get(&below.replace('\\', "/"));
        text.map(String::as_str)
            .with_context(|| format!("{below} is no file of the crate"))
    }
}

fn refuse_to_overwrite(changes: &[Change]) -> Result<()> {
    let in_the_way: Vec<_> = changes
        .iter()
        .filter(|change| change.kind == Kind::InTheWay)
        .map(|change| format!("\n  {change}"))
        .collect();
    ensure!(
        in_the_way.is_empty(),
        "nothing was written: move what was not generated, or generate into another folder{}",
        in_the_way.concat()
    );
    Ok(())
}

/// What there is at a path: itself, or what is there instead of a folder around it.
fn nearest(path: &Path) -> &Path {
    let mut there = path.ancestors().filter(|path| path.exists());
    there.next().unwrap_or(path)
}

/// What is in a folder; nothing, if there is no such folder.
fn entries(folder: &Path) -> Result<Vec<DirEntry>> {
    let entries = match fs::read_dir(folder) {
        Ok(entries) => entries.collect::<io::Result<_>>(),
        Err(error) => Err(error),
    };
    match entries {
        Err(error) if is_no_folder(&error) => Ok(Vec::new()),
        entries => entries.with_context(|| folder.display().to_string()),
    }
}

fn is_no_folder(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// Removes files, and the folders that have nothing else in them.
fn remove(paths: &[&Path]) -> Result<()> {
    let mut folders = BTreeSet::new();
    for path in paths {
        fs::remove_file(path).with_context(|| path.display().to_string())?;
        folders.extend(path.parent());
    }
    for folder in folders.into_iter().rev() {
        // Fails if it is not empty, as it should.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}

fn is_marked(text: &[u8]) -> bool {
    text.starts_with(MARKER.as_bytes())
}

/// New files that wait beside the old ones until all of them are complete.
#[derive(Default)]
struct Staged {
    files: Vec<(PathBuf, PathBuf)>,
}

impl Staged {
    fn add(&mut self, path: &Path, text: &str) -> Result<()> {
        let folder = path.parent().context("a file has a folder")?;
        fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
        let name = path
            .file_name()
            .context("a file has a name")?
            .to_string_lossy();
        let waiting = folder.join(format!(".{name}.{}.new", std::process::id()));
        self.files.push((waiting.clone(), path.to_owned()));
        fs::write(&waiting, text).with_context(|| waiting.display().to_string())
    }

    fn commit(mut self) -> Result<()> {
        for (waiting, path) in &self.files {
            fs::rename(waiting, path).with_context(|| path.display().to_string())?;
        }
        self.files.clear();
        Ok(())
    }
}

impl Drop for Staged {
    fn drop(&mut self) {
        for (waiting, _) in &self.files {
            let _ = fs::remove_file(waiting);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str) -> String {
        format!("{MARKER} from a test\n{text}\n")
    }

    /// A folder on disk, and what a crate in it should be.
    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(files: &[(&str, &str)]) -> Self {
            let folder = Self(tempfile::tempdir().unwrap());
            for (path, text) in files {
                let path = folder.0.path().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            folder
        }

        fn sync(&self, files: &[(&str, &str)], mode: Mode) -> Result<Vec<String>> {
            let files = files
                .iter()
                .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
            let changes =
                FileSet::of_crate(self.0.path().to_owned(), files.collect()).sync(mode)?;
            let lines = changes.iter().map(|change| self.below(change));
            Ok(lines.collect())
        }

        fn below(&self, text: impl fmt::Display) -> String {
            let folder = format!("{}/", self.0.path().display());
            text.to_string().replace(&folder, "")
        }

        /// All files, with their contents.
        fn contents(&self) -> BTreeMap<String, String> {
            let mut contents = BTreeMap::new();
            let mut todo = vec![self.0.path().to_owned()];
            while let Some(folder) = todo.pop() {
                for entry in fs::read_dir(folder).unwrap() {
                    let path = entry.unwrap().path();
                    if path.is_dir() {
                        todo.push(path);
                    } else {
                        let name = path
                            .strip_prefix(self.0.path())
                            .unwrap()
                            .display()
                            .to_string();
                        contents.insert(name, fs::read_to_string(path).unwrap());
                    }
                }
            }
            contents
        }
    }

    #[test]
    fn missing_stale_and_unexpected_files_are_mended() {
        let (new, old) = (marked("new"), marked("old"));
        let folder = Folder::with(&[
            ("Cargo.toml", "old"),
            ("src/same.rs", &new),
            ("src/stale.rs", &old),
            ("src/types/gone.rs", &old),
            ("src/mine.rs", "fn mine() {}"),
            ("tests/mine.rs", "fn mine() {}"),
            ("examples/marked.rs", &old),
        ]);
        let wanted: &[(&str, &str)] = &[
            ("Cargo.toml", "new"),
            ("src/a/missing.rs", &new),
            ("src/same.rs", &new),
            ("src/stale.rs", &new),
        ];
        let expected = [
            "stale: Cargo.toml",
            "missing: src/a/missing.rs",
            "stale: src/stale.rs",
            "unexpected: src/types/gone.rs",
        ];

        let before = folder.contents();
        assert_eq!(folder.sync(wanted, Mode::Check).unwrap(), expected);
        assert_eq!(folder.contents(), before, "a check writes nothing");

        assert_eq!(folder.sync(wanted, Mode::Write).unwrap(), expected);
        assert!(folder.sync(wanted, Mode::Check).unwrap().is_empty());
        let mut after: BTreeMap<_, _> = wanted
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
            .collect();
        for mine in ["src/mine.rs", "tests/mine.rs", "examples/marked.rs"] {
            after.insert(mine.to_owned(), before[mine].clone());
        }
        assert_eq!(folder.contents(), after);
        assert!(
            !folder.0.path().join("src/types").exists(),
            "nor does an empty folder stay"
        );
    }

    #[test]
    fn unchanged_files_are_not_written() {
        let text = marked("same");
        let folder = Folder::with(&[("src/lib.rs", &text)]);
        let path = folder.0.path().join("src/lib.rs");
        let before = path.metadata().unwrap().modified().unwrap();
        std::thread::sleep(std::time::Duration::from_millis(20));
        folder.sync(&[("src/lib.rs", &text)], Mode::Write).unwrap();
        assert_eq!(path.metadata().unwrap().modified().unwrap(), before);
    }

    #[test]
    fn a_check_lists_what_is_in_the_way_with_all_else() {
        let (new, old) = (marked("new"), marked("old"));
        let folder = Folder::with(&[
            ("src/a.rs", &old),
            ("src/file", "no folder"),
            ("src/folder.rs/x", "no file"),
            ("src/gone.rs", &old),
            ("src/mine.rs", "fn mine() {}"),
            ("tests", "no folder"),
        ]);
        let wanted: Vec<_> = [
            "src/a.rs",
            "src/b.rs",
            "src/file/c.rs",
            "src/file/d.rs",
            "src/folder.rs",
            "src/mine.rs",
            "tests/e.rs",
        ]
        .map(|path| (path, new.as_str()))
        .to_vec();
        let in_the_way = [
            "in the way and not ours: src/file",
            "in the way and not ours: src/folder.rs",
            "in the way and not ours: src/mine.rs",
            "in the way and not ours: tests",
        ];

        let listed = folder.sync(&wanted, Mode::Check).unwrap();
        let others = ["stale: src/a.rs", "missing: src/b.rs"];
        assert_eq!(
            listed,
            [&others[..], &in_the_way, &["unexpected: src/gone.rs"]].concat()
        );

        let before = folder.contents();
        let error = folder.sync(&wanted, Mode::Write).unwrap_err();
        assert_eq!(
            folder.below(error),
            format!(
                "nothing was written: move what was not generated, or generate into another folder\n  {}",
                in_the_way.join("\n  ")
            )
        );
        assert_eq!(folder.contents(), before);
    }

    #[test]
    fn no_file_goes_outside_the_folder() {
        let new = marked("new");
        let folder = Folder::with(&[("src/a.rs", "fn mine() {}")]);
        let before = folder.contents();
        for outside in ["../outside.rs", "/outside.rs"] {
            let wanted: &[(&str, &str)] = &[("src/b.rs", &new), (outside, &new)];
            let error = folder.sync(wanted, Mode::Write).unwrap_err();
            assert!(error.to_string().contains(outside), "{error}");
            assert_eq!(folder.contents(), before, "{outside}");
        }
    }

    #[test]
    fn a_workspace_owns_nothing_but_its_manifest() {
        let folder = Folder::with(&[("Cargo.toml", "old\n"), ("src/lib.rs", &marked("mine"))]);
        let workspace = FileSet::of_workspace(folder.0.path().to_owned(), "new\n".to_owned());
        let changes = workspace.sync(Mode::Write).unwrap();
        assert_eq!(
            changes
                .iter()
                .map(|change| folder.below(change))
                .collect::<Vec<_>>(),
            ["stale: Cargo.toml"]
        );
        assert_eq!(
            changes[0].difference().unwrap(),
            "--- on disk\n+++ generated\n@@ -1 +1 @@\n-old\n+new\n"
        );
        assert_eq!(folder.contents()["Cargo.toml"], "new\n");
        assert!(folder.contents().contains_key("src/lib.rs"));
    }
}
