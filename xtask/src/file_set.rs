//! The files of a generated crate, and those that are on disk.
//!
//! [`FileSet::sync`] is the one place that knows which files are ours: those at the paths that the generator writes, and
//! those in `src/` and `tests/` whose first line is the generator's. Everything is compared before anything is touched, and
//! new text is complete on disk before the first old file is replaced, so that a run that fails leaves what was there.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use smithy_codegen::print::MARKER;

/// The folders that hold generated files, and so may hold some that are no longer wanted.
const FOLDERS: &[&str] = &["src", "tests"];

/// The file that is merged with what is there, instead of replaced.
const MANIFEST: &str = "Cargo.toml";

/// All files of a crate, by their paths below a folder.
#[derive(Debug)]
pub struct FileSet {
    folder: PathBuf,
    files: BTreeMap<String, String>,
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
    Stale { old: String, new: String },
    Unexpected,
}

impl Kind {
    /// The kind in one word.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Stale { .. } => "stale",
            Self::Unexpected => "unexpected",
        }
    }
}

impl FileSet {
    pub fn new(folder: PathBuf, files: BTreeMap<String, String>) -> Self {
        Self { folder, files }
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
        let mut changes = Vec::new();
        for (path, text) in &self.files {
            changes.extend(self.compare(path, text)?);
        }
        for path in self.marked()? {
            if !self.files.contains_key(&path) {
                changes.push(Change {
                    path: self.folder.join(path),
                    kind: Kind::Unexpected,
                });
            }
        }
        if mode == Mode::Write {
            self.write(&changes)?;
        }
        Ok(changes)
    }

    fn compare(&self, path: &str, new: &str) -> Result<Option<Change>> {
        let is_below = Path::new(path)
            .components()
            .all(|part| matches!(part, Component::Normal(_)));
        ensure!(is_below, "{path} is outside {}", self.folder.display());

        let full = self.folder.join(path);
        let old = match fs::read(&full) {
            Ok(old) => old,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                return Ok(Some(Change {
                    path: full,
                    kind: Kind::Missing,
                }));
            }
            Err(error) => return Err(error).with_context(|| full.display().to_string()),
        };
        if old == new.as_bytes() {
            return Ok(None);
        }
        if path != MANIFEST && !is_marked(&old) {
            bail!(
                "{} is in the way: it was not generated; move it, or generate into another folder",
                full.display()
            );
        }
        let kind = Kind::Stale {
            old: String::from_utf8_lossy(&old).into_owned(),
            new: new.to_owned(),
        };
        Ok(Some(Change { path: full, kind }))
    }

    /// The generated files that are there.
    fn marked(&self) -> Result<Vec<String>> {
        let mut marked = Vec::new();
        let mut folders: Vec<_> = FOLDERS.iter().map(|folder| (*folder).to_owned()).collect();
        while let Some(folder) = folders.pop() {
            let full = self.folder.join(&folder);
            let entries = match fs::read_dir(&full) {
                Ok(entries) => entries,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error).with_context(|| full.display().to_string()),
            };
            for entry in entries {
                let entry = entry.with_context(|| full.display().to_string())?;
                let Ok(name) = entry.file_name().into_string() else {
                    continue;
                };
                let path = format!("{folder}/{name}");
                let kind = entry.file_type().with_context(|| path.clone())?;
                if kind.is_dir() {
                    folders.push(path);
                } else if kind.is_file() && name.ends_with(".rs") {
                    let text = fs::read(entry.path())
                        .with_context(|| entry.path().display().to_string())?;
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
        for change in changes {
            if change.kind != Kind::Unexpected {
                let path = change
                    .path
                    .strip_prefix(&self.folder)?
                    .to_string_lossy()
                    .replace('\\', "/");
                staged.add(
                    &change.path,
                    self.files.get(&path).map_or("", String::as_str),
                )?;
            }
        }
        staged.commit()?;

        let mut folders = BTreeSet::new();
        for change in changes {
            if change.kind == Kind::Unexpected {
                fs::remove_file(&change.path).with_context(|| change.path.display().to_string())?;
                folders.extend(change.path.parent());
            }
        }
        for folder in folders.into_iter().rev() {
            // Fails if it is not empty, as it should.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }
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
            let changes = FileSet::new(self.0.path().to_owned(), files.collect()).sync(mode)?;
            let lines = changes.iter().map(|change| {
                format!(
                    "{} {}",
                    change.kind.name(),
                    change.path.strip_prefix(self.0.path()).unwrap().display()
                )
            });
            Ok(lines.collect())
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
            "stale Cargo.toml",
            "missing src/a/missing.rs",
            "stale src/stale.rs",
            "unexpected src/types/gone.rs",
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
    fn a_run_that_fails_leaves_everything_as_it_was() {
        let (new, old) = (marked("new"), marked("old"));
        let folder = Folder::with(&[
            ("src/a.rs", &old),
            ("src/gone.rs", &old),
            ("src/mine.rs", "fn mine() {}"),
            ("src/folder.rs/x", ""),
            ("src/file", ""),
        ]);
        let before = folder.contents();
        for in_the_way in [
            "src/mine.rs",
            "src/folder.rs",
            "src/file/b.rs",
            "../outside.rs",
            "/outside.rs",
        ] {
            let wanted: &[(&str, &str)] =
                &[("src/a.rs", &new), ("src/b.rs", &new), (in_the_way, &new)];
            let error = folder.sync(wanted, Mode::Write).unwrap_err();
            assert!(error.to_string().contains(in_the_way), "{error}");
            assert_eq!(folder.contents(), before, "{in_the_way}");
        }
    }
}
