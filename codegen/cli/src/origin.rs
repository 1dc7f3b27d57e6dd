//! The place that this program comes from. The runtime that generated crates need is there, too, and of the same state.

use std::env;
use std::fs;
use std::path::PathBuf;

use percent_encoding::percent_decode_str;
use toml_edit::{DocumentMut, Item};

/// The package of this program.
const PACKAGE: &str = env!("CARGO_PKG_NAME");

/// The file in which `cargo install` notes where it got programs from, in the folder around theirs.
const RECORD: &str = ".crates.toml";

/// A place that has both this program and the runtime.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Origin {
    /// A checkout, in which this is the runtime's folder.
    Folder(PathBuf),
    /// A Git repository.
    Git {
        /// Its address.
        url: String,
        /// The commit.
        rev: Option<String>,
    },
    /// The registry, or a place that is not known: then the registry is the best guess.
    Registry,
}

impl Origin {
    /// Finds out where this program comes from, as `cargo install` noted.
    pub fn of_this_program() -> Self {
        let program = env::current_exe().and_then(fs::canonicalize);
        let source = program.ok().and_then(|program| {
            let record = program.parent()?.with_file_name(RECORD);
            source(&fs::read_to_string(record).ok()?)
        });
        source.map_or(Self::Registry, |source| Self::read(&source))
    }

    /// Reads a source as Cargo writes it: `path+file:///folder`, `git+https://host/repository#0123456` and others.
    fn read(source: &str) -> Self {
        match source.split_once('+') {
            Some(("git", source)) => Self::git(source),
            Some(("path", url)) => Self::Folder(path_of(url).with_file_name("runtime")),
            _ => Self::Registry,
        }
    }

    /// Reads `https://host/repository?branch=main#0123456`, which a program was installed from. The commit says all that the branch
    /// does.
    fn git(source: &str) -> Self {
        let (address, rev) = match source.split_once('#') {
            Some((address, rev)) => (address, Some(rev.to_owned())),
            None => (source, None),
        };
        let url = address.split_once('?').map_or(address, |(url, _)| url);
        let url = without_password(url);
        Self::Git { url, rev }
    }
}

/// Returns a URL without the token or password that it may have: a manifest is for others to read. The user of `ssh://git@host` is part of
/// the address.
fn without_password(url: &str) -> String {
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let Some((user, host)) = authority.rsplit_once('@') else {
        return url.to_owned();
    };
    match user.split_once(':') {
        None if scheme == "ssh" => url.to_owned(),
        Some((user, _)) if scheme == "ssh" => format!("{scheme}://{user}@{host}{path}"),
        _ => format!("{scheme}://{host}{path}"),
    }
}

/// Returns the path that a `file:` URL is for.
fn path_of(url: &str) -> PathBuf {
    let path = url.strip_prefix("file://").unwrap_or(url);
    // A drive's letter comes after a slash.
    let path = if cfg!(windows) {
        path.trim_start_matches('/')
    } else {
        path
    };
    PathBuf::from(percent_decode_str(path).decode_utf8_lossy().into_owned())
}

/// Finds the source of this package in a record, whose keys are of the form `name version (source)`.
fn source(record: &str) -> Option<String> {
    let record: DocumentMut = record.parse().ok()?;
    let installed = record.get("v1").and_then(Item::as_table_like)?;
    let mut sources = installed.iter().filter_map(|(id, _)| {
        let (package, source) = id.strip_suffix(')')?.split_once(" (")?;
        let (name, _version) = package.split_once(' ')?;
        (name == PACKAGE).then(|| source.to_owned())
    });
    sources.next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_source_of_a_program_is_on_record() {
        let record = format!(
            "[v1]\n\"other 1.0.0 (registry+https://index)\" = [\"other\"]\n\
             \"{PACKAGE} 0.1.0 (git+https://host/repo?branch=main#abc)\" = [\"smithy-codegen\"]\n"
        );
        let expected = "git+https://host/repo?branch=main#abc";
        assert_eq!(source(&record).as_deref(), Some(expected));
        for without in ["", "v1 = 1", "[v1]\nx = 1", "[v2]", "not TOML"] {
            assert_eq!(source(without), None, "{without}");
        }
    }

    #[test]
    fn a_commit_stands_for_branch_and_tag() {
        let git = |url: &str, rev: Option<&str>| Origin::Git {
            url: url.to_owned(),
            rev: rev.map(str::to_owned),
        };
        let table = [
            (
                "git+https://host/repo#abc",
                git("https://host/repo", Some("abc")),
            ),
            (
                "git+https://host/repo?tag=v1#abc",
                git("https://host/repo", Some("abc")),
            ),
            (
                "git+ssh://git@host/repo?branch=a/b",
                git("ssh://git@host/repo", None),
            ),
            (
                "git+https://user:token@host/a@b#abc",
                git("https://host/a@b", Some("abc")),
            ),
            ("git+https://token@host", git("https://host", None)),
            (
                "git+ssh://git:secret@host/repo",
                git("ssh://git@host/repo", None),
            ),
            ("git+file:///a%20b#abc", git("file:///a%20b", Some("abc"))),
        ];
        for (source, expected) in table {
            assert_eq!(Origin::read(source), expected);
        }
    }

    #[test]
    #[cfg(unix)]
    fn a_checkout_has_the_runtime_beside_the_program() {
        let runtime = |path: &str| Origin::Folder(PathBuf::from(path));
        let table = [
            ("path+file:///a/codegen/cli", runtime("/a/codegen/runtime")),
            (
                "path+file:///a%20b/gr%C3%B6%C3%9Fe/cli",
                runtime("/a b/größe/runtime"),
            ),
            (
                "registry+https://github.com/rust-lang/crates.io-index",
                Origin::Registry,
            ),
            ("sparse+https://index", Origin::Registry),
            ("", Origin::Registry),
        ];
        for (source, expected) in table {
            assert_eq!(Origin::read(source), expected);
        }
    }
}
