//! The files of one model, as arguments name them: a file, several, or folders of Smithy IDL.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use smithy_codegen::{Error, Source, Sources};

use crate::output::{one_line, shown};
use crate::program::Program;
use crate::regular_file::{is_standard_input, name_of_model, read_model};

/// The most files that a name lists.
const LISTED: usize = 3;

/// The files and folders of one model.
#[derive(Clone, Debug)]
pub struct ModelFiles(Vec<PathBuf>);

impl From<&Path> for ModelFiles {
    fn from(path: &Path) -> Self {
        Self(vec![path.to_owned()])
    }
}

impl From<Vec<PathBuf>> for ModelFiles {
    fn from(paths: Vec<PathBuf>) -> Self {
        Self(paths)
    }
}

impl ModelFiles {
    /// Returns the paths that were given.
    pub fn paths(&self) -> impl Iterator<Item = &Path> {
        self.0.iter().map(PathBuf::as_path)
    }

    /// Returns what messages call the model.
    pub fn name(&self) -> String {
        listed(self.paths().map(name_of_model))
    }

    /// Returns what generated files call the model, wherever this runs: paths in the program's checkout, or else file names.
    pub fn label(&self, program: &Program) -> String {
        listed(self.paths().map(|path| label(path, program)))
    }

    /// Reads all files.
    pub fn read(&self) -> Result<Sources<'static>> {
        let mut sources = Vec::new();
        for path in self.paths() {
            if !is_standard_input(path) && path.is_dir() {
                let files = idl_files(path)?;
                let name = shown(path);
                ensure!(
                    !files.is_empty(),
                    "{name}: is a folder without files of Smithy IDL (*.smithy)\nhint: `--models {name}` takes a folder of models"
                );
                for file in files {
                    sources.push(read(&file)?);
                }
            } else {
                sources.push(read(path)?);
            }
        }
        Ok(sources.into_iter().collect())
    }

    /// Puts what is wrong with the model into words.
    pub fn in_words(&self, error: &Error) -> String {
        let has_places = error.diagnostics().iter().any(|it| it.source().is_some());
        let problems = error.to_string();
        let name = self.name();
        if has_places {
            // They name their files.
            problems
        } else if problems.contains('\n') {
            format!("{name}:\n  {}", problems.replace('\n', "\n  "))
        } else {
            format!("{name}: {problems}")
        }
    }
}

/// A list of names that stays short.
fn listed(names: impl Iterator<Item = String>) -> String {
    let mut names: Vec<_> = names.collect();
    let more = names.len().saturating_sub(LISTED);
    names.truncate(LISTED);
    let listed = names.join(", ");
    match more {
        0 => listed,
        _ => format!("{listed} and {more} more"),
    }
}

fn read(path: &Path) -> Result<Source<'static>> {
    Ok(Source::new(name_of_model(path), read_model(path)?))
}

/// The files of Smithy IDL in a folder and in those below it, in the order of their paths. What is hidden is left alone, and links to
/// folders are not followed.
fn idl_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).with_context(|| shown(&folder))? {
            let entry = entry.with_context(|| shown(&folder))?;
            let path = entry.path();
            if entry.file_name().to_string_lossy().starts_with('.') {
                continue;
            }
            if entry.file_type().is_ok_and(|found| found.is_dir()) {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "smithy") {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

fn label(path: &Path, program: &Program) -> String {
    if is_standard_input(path) {
        return name_of_model(path);
    }
    let full = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let name = program
        .root()
        .and_then(|root| full.strip_prefix(root).ok())
        .or_else(|| full.file_name().map(Path::new));
    one_line(&name.unwrap_or(path).to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_in_the_order_of_paths() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        for name in [
            "b.smithy",
            "a/c.smithy",
            "a.json",
            ".git/d.smithy",
            ".e.smithy",
        ] {
            write(name);
        }
        let files = idl_files(folder.path()).unwrap();
        let names: Vec<_> = files
            .iter()
            .map(|file| file.strip_prefix(folder.path()).unwrap())
            .collect();
        assert_eq!(names, [Path::new("a/c.smithy"), Path::new("b.smithy")]);
        assert_eq!(ModelFiles::from(folder.path()).read().unwrap().len(), 2);
    }

    #[test]
    fn a_name_stays_short() {
        let paths = ["a", "b", "c", "d", "e"].map(PathBuf::from).to_vec();
        assert_eq!(ModelFiles::from(paths[..1].to_vec()).name(), "a");
        assert_eq!(ModelFiles::from(paths).name(), "a, b, c and 2 more");
    }
}
