//! Writing many files so that an interrupted run is seen.
//!
//! New files are complete in a folder of their own, [`FOLDER`], before the first old one is replaced. Then each is renamed to its
//! place, what is no longer wanted is removed, and the folder goes last. So the folder is there if and only if a run is writing,
//! or was killed while it did: a check reports it, and the next run removes it and does the rest. A run that ends in an error or
//! by `Ctrl-C` leaves either the old files or the new ones.
//!
//! Nothing waits for the disk, since that takes longer than all else: after a power failure, files may be empty.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::interrupt::{self, TemporaryFolder};
use crate::output::shown;

/// The folder of new files, below the folder that they are for.
pub const FOLDER: &str = ".codegen-in-progress";

/// New files that wait until all of them are complete.
pub struct Staging {
    waiting: TemporaryFolder,
    target: PathBuf,
    files: Vec<PathBuf>,
}

impl Staging {
    /// Makes the folder of new files for `target`, in place of one that a killed run left.
    pub fn new(target: &Path) -> Result<Self> {
        let path = target.join(FOLDER);
        sweep(target)?;
        let waiting = TemporaryFolder::at(path)
            .with_context(|| format!("cannot write to {}", shown(target)))?;
        Ok(Self {
            waiting,
            target: target.to_owned(),
            files: Vec::new(),
        })
    }

    /// Writes a new file that is to go to a path below the target.
    pub fn add(&mut self, path: &Path, text: &str) -> Result<()> {
        let written = self.waiting.write(path, text);
        written.with_context(|| shown(&self.target.join(path)))?;
        self.files.push(path.to_owned());
        Ok(())
    }

    /// Puts all new files in their places, and removes others.
    pub fn commit(self, unwanted: &[&Path]) -> Result<()> {
        self.check_writable(unwanted)?;
        let _uninterrupted = interrupt::uninterrupted();
        let Err(error) = self.replace().and_then(|()| remove(unwanted, &self.target)) else {
            return Ok(());
        };
        self.waiting.keep();
        Err(error
            .context("some files are new and some are old; run this again when this is mended"))
    }

    /// Finds the folder that cannot be written to before anything is changed.
    fn check_writable(&self, unwanted: &[&Path]) -> Result<()> {
        let places = self.files.iter().map(|path| self.target.join(path));
        let places = places.chain(unwanted.iter().map(|path| path.to_path_buf()));
        let folders: BTreeSet<_> = places
            .filter_map(|path| {
                path.ancestors()
                    .skip(1)
                    .find(|path| path.is_dir())
                    .map(Path::to_owned)
            })
            .collect();
        for folder in folders {
            tempfile::tempfile_in(&folder).with_context(|| {
                format!("nothing was changed: cannot write to {}", shown(&folder))
            })?;
        }
        Ok(())
    }

    fn replace(&self) -> Result<()> {
        for path in &self.files {
            let place = self.target.join(path);
            make_folder_of(&place)?;
            fs::rename(self.waiting.path().join(path), &place).with_context(|| shown(&place))?;
        }
        Ok(())
    }
}

/// Removes what a killed run left in `target`.
pub fn sweep(target: &Path) -> Result<()> {
    let path = target.join(FOLDER);
    match fs::remove_dir_all(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            Err(error).with_context(|| shown(&path))
        }
        _ => Ok(()),
    }
}

fn make_folder_of(path: &Path) -> Result<()> {
    let folder = path.parent().context("a file has a folder")?;
    fs::create_dir_all(folder).with_context(|| shown(folder))
}

/// Removes files, one after the other, and the folders below `target` that have nothing else in them.
fn remove(paths: &[&Path], target: &Path) -> Result<()> {
    let mut folders = BTreeSet::new();
    for path in paths {
        fs::remove_file(path).with_context(|| shown(path))?;
        let around = path.ancestors().skip(1);
        folders.extend(around.take_while(|folder| *folder != target));
    }
    for folder in folders.into_iter().rev() {
        // Fails if it is not empty, as it should.
        let _ = fs::remove_dir(folder);
    }
    Ok(())
}
