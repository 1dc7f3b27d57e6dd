//! Crates in a workspace whose models are gone.
//!
//! A folder is such a crate if its `src/lib.rs` says that it was generated from a model that is called as the folder, and there is no
//! such model any more. It is removed if every file in it is ours: marked by the generator, or a manifest to which nobody has added
//! anything. Otherwise it stays as it is, whole, since somebody works with it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use smithy_codegen::model_of;
use smithy_codegen::package::manifest;

use crate::file_set::{FOLDERS, MANIFEST, Mode, begins_with_marker, is_marked};
use crate::folder_lock::FolderLock;
use crate::interrupt;
use crate::output::shown;
use crate::regular_file::{is_file, is_folder, read_if_exists};
use crate::staging;

/// The file by which a crate is known. It is the last to be removed, so that the rest of a crate is still known after a run that was
/// killed.
const ROOT: &str = "src/lib.rs";

/// A crate whose model is gone.
#[derive(Debug)]
pub struct Abandoned {
    /// The name of its folder.
    pub name: String,
    folder: PathBuf,
    /// The files that are ours, in the order in which they can be removed.
    files: Vec<PathBuf>,
    /// The folders that they are in, each before those below it.
    folders: Vec<PathBuf>,
    /// Something that is not ours.
    foreign: Option<PathBuf>,
    /// The folder is this run's from before it is looked at until it is removed.
    _lock: FolderLock,
}

impl Abandoned {
    /// Finds the crates in the workspace at `out` whose models are gone.
    pub fn find(out: &Path, is_model: impl Fn(&str) -> bool, mode: Mode) -> Result<Vec<Self>> {
        let mut found = Vec::new();
        if !out.is_dir() {
            return Ok(found);
        }
        for entry in fs::read_dir(out).with_context(|| shown(out))? {
            let entry = entry.with_context(|| shown(out))?;
            let name = entry.file_name().to_string_lossy().into_owned();
            let folder = entry.path();
            if !is_model(&name) && is_folder(&folder) && is_generated_from(&name, &folder)? {
                found.push(Self::look_at(name, folder, mode)?);
            }
        }
        found.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(found)
    }

    fn look_at(name: String, folder: PathBuf, mode: Mode) -> Result<Self> {
        let lock = FolderLock::acquire(&folder, mode)?;
        let mut found = Self {
            name,
            files: Vec::new(),
            folders: Vec::new(),
            foreign: None,
            _lock: lock,
            folder,
        };
        found.walk(&found.folder.clone())?;
        let root = found.folder.join(ROOT);
        let manifest = found.folder.join(MANIFEST);
        found
            .files
            .sort_by_key(|path| (*path == root, *path == manifest, path.clone()));
        Ok(found)
    }

    /// Tells what is ours in a folder from what is not. No link is followed.
    fn walk(&mut self, folder: &Path) -> Result<()> {
        self.folders.push(folder.to_owned());
        let entries = fs::read_dir(folder).with_context(|| shown(folder))?;
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths: Vec<_> = paths
            .collect::<Result<_, _>>()
            .with_context(|| shown(folder))?;
        paths.sort();
        for path in paths {
            if path == self.folder.join(staging::FOLDER) {
                continue;
            }
            if is_folder(&path) {
                self.walk(&path)?;
            } else if is_file(&path) && self.is_ours(&path)? {
                self.files.push(path);
            } else {
                self.foreign.get_or_insert(path);
            }
        }
        Ok(())
    }

    fn is_ours(&self, path: &Path) -> Result<bool> {
        if path == self.folder.join(MANIFEST) {
            let text = read_if_exists(path)?.unwrap_or_default();
            return Ok(manifest::has_additions(&text).is_ok_and(|has_additions| !has_additions));
        }
        let mut folders = FOLDERS.iter().map(|folder| self.folder.join(folder));
        Ok(folders.any(|folder| path.starts_with(folder)) && begins_with_marker(path)?)
    }

    /// Returns the number of files to be removed: none, if the crate stays.
    pub fn files_to_remove(&self) -> usize {
        if self.stays() { 0 } else { self.files.len() }
    }

    /// Returns `true` if the crate stays, because not all of it is ours.
    pub fn stays(&self) -> bool {
        self.foreign.is_some()
    }

    /// Removes the crate, unless it stays.
    pub fn remove(&self) -> Result<()> {
        if self.stays() {
            return Ok(());
        }
        let _uninterrupted = interrupt::uninterrupted();
        staging::sweep(&self.folder)?;
        for file in &self.files {
            fs::remove_file(file).with_context(|| shown(file))?;
        }
        for folder in self.folders.iter().rev() {
            // Fails if something has come into it since, as it should.
            let _ = fs::remove_dir(folder);
        }
        Ok(())
    }

    /// Says what becomes of the crate.
    pub fn in_words(&self, mode: Mode) -> String {
        match (&self.foreign, mode) {
            (Some(foreign), _) => {
                let foreign = foreign.strip_prefix(&self.folder).unwrap_or(foreign);
                format!("kept without its model, because of {}", shown(foreign))
            }
            (None, Mode::Check) => "model is gone".to_owned(),
            (None, Mode::Write) => "removed with its model".to_owned(),
        }
    }

    /// Returns the line about the crate in a list of what differs, unless the crate stays.
    pub fn difference(&self) -> Option<String> {
        let line = || format!("unexpected: {}", shown(&self.folder));
        (!self.stays()).then(line)
    }
}

/// Returns `true` if a crate says that it was generated from a model of this name.
fn is_generated_from(name: &str, folder: &Path) -> Result<bool> {
    let root = folder.join(ROOT);
    if !root.parent().is_some_and(is_folder) || !is_file(&root) {
        return Ok(false);
    }
    let bytes = fs::read(&root).with_context(|| shown(&root))?;
    let text = String::from_utf8_lossy(&bytes);
    let model = model_of(&text).filter(|_| is_marked(&bytes));
    Ok(model.is_some_and(|model| Path::new(model).file_stem() == Some(name.as_ref())))
}
