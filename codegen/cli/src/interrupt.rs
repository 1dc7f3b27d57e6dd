//! The end of the program before its end: `Ctrl-C`, or a reader that has gone away.
//!
//! Temporary folders are removed, and files that are being put in their places all get there first. Only `kill -9` and the like
//! leave something behind, which the next run finds (see [`staging`](crate::staging)).

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

/// The temporary folders that there are.
static FOLDERS: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// Held for reading by whoever must not be interrupted, and for writing by the end of the program.
static UNINTERRUPTED: RwLock<()> = RwLock::new(());

/// Keeps the program from ending in an orderly way while the guard lives. Its thread must not print meanwhile, nor ask for another.
pub fn uninterrupted() -> RwLockReadGuard<'static, ()> {
    UNINTERRUPTED.read().unwrap_or_else(PoisonError::into_inner)
}

/// From now on, `Ctrl-C` and `SIGTERM` end the program in an orderly way.
#[cfg(unix)]
pub fn watch() {
    use signal_hook::consts::{SIGINT, SIGTERM};
    use signal_hook::iterator::Signals;

    // Without it, the signals end the program all the same.
    let Ok(mut signals) = Signals::new([SIGINT, SIGTERM]) else {
        return;
    };
    std::thread::spawn(move || {
        if let Some(signal) = signals.forever().next() {
            end_by(signal);
        }
    });
}

#[cfg(not(unix))]
pub fn watch() {}

/// Ends the program as one whose output nobody reads any more.
#[cfg(unix)]
pub fn end_by_broken_pipe() -> ! {
    end_by(signal_hook::consts::SIGPIPE)
}

#[cfg(not(unix))]
pub fn end_by_broken_pipe() -> ! {
    end(1)
}

/// Ends the program by a signal, so that whoever started it sees that.
#[cfg(unix)]
fn end_by(signal: i32) -> ! {
    let _until_the_end = tidy_up();
    let _ = signal_hook::low_level::emulate_default_handler(signal);
    process::exit(128 + signal)
}

/// Ends the program with an exit status.
pub fn end(status: i32) -> ! {
    let _until_the_end = tidy_up();
    process::exit(status)
}

/// Waits for what must not be interrupted, and removes the temporary folders. Nothing more is written while the guards live.
fn tidy_up() -> (RwLockWriteGuard<'static, ()>, Folders) {
    let after_all = UNINTERRUPTED
        .write()
        .unwrap_or_else(PoisonError::into_inner);
    let folders = folders();
    for folder in &*folders {
        // Another thread may be writing into it.
        for _ in 0..10 {
            if fs::remove_dir_all(folder).is_ok() {
                break;
            }
        }
    }
    (after_all, folders)
}

type Folders = MutexGuard<'static, BTreeSet<PathBuf>>;

fn folders() -> Folders {
    FOLDERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A folder that is removed with all that is in it when it is dropped, or when the program is interrupted.
#[derive(Debug)]
pub struct TemporaryFolder(PathBuf);

impl TemporaryFolder {
    /// Creates a folder with a name of its own among the system's temporary files.
    pub fn new() -> io::Result<Self> {
        let mut folders = folders();
        let path = tempfile::Builder::new()
            .prefix("smithy-codegen-")
            .tempdir()?
            .keep();
        folders.insert(path.clone());
        Ok(Self(path))
    }

    /// Creates the folder at a path, where nothing may be yet.
    pub fn at(path: PathBuf) -> io::Result<Self> {
        let mut folders = folders();
        fs::create_dir(&path)?;
        folders.insert(path.clone());
        Ok(Self(path))
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Writes a file at a path below the folder, and makes the folders around it.
    pub fn write(&self, path: &Path, text: &str) -> io::Result<()> {
        // Or else the folder would be made again while the program ends.
        let _uninterrupted = uninterrupted();
        let path = self.0.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&self.0))?;
        fs::write(path, text)
    }

    /// Leaves the folder where it is.
    pub fn keep(self) {
        folders().remove(&self.0);
    }
}

impl Drop for TemporaryFolder {
    fn drop(&mut self) {
        // Or else the program could end when the folder is forgotten, but not yet removed.
        let _uninterrupted = uninterrupted();
        let is_ours = folders().remove(&self.0);
        if is_ours {
            let _ = fs::remove_dir_all(&self.0);
        }
    }
}
