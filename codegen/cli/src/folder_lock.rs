//! One run at a time for each folder.
//!
//! It is the folder itself that is locked, so that no file is left behind, and the operating system gives the lock of a dead
//! process back.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::file_set::Mode;
use crate::output::{self, shown};
use crate::regular_file::kind;

/// The number of times that a folder may be removed by another run while this one wants it.
const ATTEMPTS: usize = 100;

/// A folder that no other run writes to. Runs that only check can share it.
#[derive(Debug)]
pub struct FolderLock {
    /// Goes first, so that folders are removed while they are locked.
    _made: Made,
    /// Nothing, if there is no folder to be checked.
    _locked: Option<File>,
}

impl FolderLock {
    /// Locks a folder, which a run that writes makes if need be. Waits for the other runs that have it.
    pub fn acquire(folder: &Path, mode: Mode) -> Result<Self> {
        let mut made = Made::default();
        for _ in 0..ATTEMPTS {
            refuse_file(folder)?;
            if mode == Mode::Write {
                match made.make(folder) {
                    Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                    result => result.with_context(|| format!("cannot make {}", shown(folder)))?,
                }
            }
            let file = match open(folder) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => match mode {
                    Mode::Check => return Ok(Self::new(made, None)),
                    Mode::Write => continue,
                },
                Err(error) => return Err(error).with_context(|| shown(folder)),
            };
            lock(&file, folder, mode);
            if is_at(&file, folder) {
                return Ok(Self::new(made, Some(file)));
            }
        }
        bail!("{} is removed again and again", shown(folder))
    }

    fn new(made: Made, locked: Option<File>) -> Self {
        Self {
            _made: made,
            _locked: locked,
        }
    }
}

/// The folders that this run made, the innermost first. Those that it made for nothing are removed in the end.
#[derive(Debug, Default)]
struct Made(Vec<PathBuf>);

impl Made {
    fn make(&mut self, folder: &Path) -> io::Result<()> {
        let absent = folder
            .ancestors()
            .take_while(|path| !path.as_os_str().is_empty() && !path.exists());
        let absent: Vec<_> = absent.map(Path::to_owned).collect();
        let result = fs::create_dir_all(folder);
        for path in absent.into_iter().rev() {
            if path.exists() && !self.0.contains(&path) {
                self.0.insert(0, path);
            }
        }
        result
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in &self.0 {
            // Fails if it is not empty, as it should.
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Refuses a folder that is something else, or would have to be in something else.
fn refuse_file(folder: &Path) -> Result<()> {
    let around = folder
        .ancestors()
        .filter(|path| !path.as_os_str().is_empty());
    for path in around {
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => return Ok(()),
            Ok(found) => bail!(
                "{} is {}, not a folder",
                shown(path),
                kind(found.file_type())
            ),
            // It is looked for in the folder around it, unless that is none.
            Err(_) => {}
        }
    }
    Ok(())
}

fn lock(file: &File, folder: &Path, mode: Mode) {
    let tried = match mode {
        Mode::Check => file.try_lock_shared(),
        Mode::Write => file.try_lock(),
    };
    let result = match tried {
        Ok(()) => Ok(()),
        Err(TryLockError::Error(error)) => Err(error),
        Err(TryLockError::WouldBlock) => {
            output::note(format!("waiting for another run on {}", shown(folder)));
            match mode {
                Mode::Check => file.lock_shared(),
                Mode::Write => file.lock(),
            }
        }
    };
    if let Err(error) = result {
        let folder = shown(folder);
        output::note(format!(
            "warning: {folder} cannot be locked ({error}): see to it that no other run writes to it"
        ));
    }
}

#[cfg(unix)]
fn open(folder: &Path) -> io::Result<File> {
    File::open(folder)
}

/// Returns `true` if the folder that was opened is the one that is there now. A run that fails removes the folder that it made, and
/// another may have made a new one since.
#[cfg(unix)]
fn is_at(file: &File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let identity = |found: fs::Metadata| (found.dev(), found.ino());
    let opened = file.metadata().map(identity).ok();
    opened.is_some() && opened == fs::metadata(folder).map(identity).ok()
}

/// Opens a file of the user's that stands for a folder, where folders cannot be locked.
#[cfg(not(unix))]
fn open(folder: &Path) -> io::Result<File> {
    use std::hash::{DefaultHasher, Hash, Hasher};

    let mut hasher = DefaultHasher::new();
    folder.canonicalize()?.hash(&mut hasher);
    let name = format!("smithy-codegen-{:016x}.lock", hasher.finish());
    File::create(std::env::temp_dir().join(name))
}

#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;

    use super::*;

    #[test]
    fn one_writes_at_a_time() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b");
        let held = FolderLock::acquire(&folder, Mode::Write).unwrap();
        let (sender, order) = mpsc::channel();
        thread::scope(|scope| {
            for mode in [Mode::Write, Mode::Check] {
                let (folder, sender) = (&folder, sender.clone());
                scope.spawn(move || {
                    let _lock = FolderLock::acquire(folder, mode).unwrap();
                    sender.send("after").unwrap();
                });
            }
            sender.send("before").unwrap();
            drop(held);
        });
        assert_eq!(
            order.try_iter().collect::<Vec<_>>(),
            ["before", "after", "after"]
        );
    }

    #[test]
    fn checks_share_a_folder_and_make_none() {
        let folder = tempfile::tempdir().unwrap();
        let _one = FolderLock::acquire(folder.path(), Mode::Check).unwrap();
        let _other = FolderLock::acquire(folder.path(), Mode::Check).unwrap();
        let absent = folder.path().join("absent");
        FolderLock::acquire(&absent, Mode::Check).unwrap();
        assert!(!absent.exists());
    }

    #[test]
    fn what_was_made_for_nothing_is_removed() {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("a/b/c");
        drop(FolderLock::acquire(&folder, Mode::Write).unwrap());
        assert!(!parent.path().join("a").exists());

        let lock = FolderLock::acquire(&folder, Mode::Write).unwrap();
        fs::write(parent.path().join("a/b/file"), "").unwrap();
        drop(lock);
        assert!(parent.path().join("a/b").exists() && !folder.exists());
    }
}
