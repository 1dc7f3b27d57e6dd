//! The source of the runtime: how a user names it, and how a manifest does.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use toml_edit::{InlineTable, Value};

/// The source from which a generated crate gets `smithy-rt`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Runtime {
    /// From a folder: as seen from the crate's folder, or absolute.
    Path(String),
    /// From a Git repository, which may have it in any of its folders.
    Git {
        /// The address of the repository.
        url: String,
        /// The commit, tag or branch, or the default branch.
        rev: Option<String>,
    },
    /// From the registry: which versions will do.
    Version(String),
}

impl FromStr for Runtime {
    type Err = Infallible;

    /// Reads `git+URL#REV`, `https://URL#REV`, a version requirement such as `0.1` or `^1.2`, or else a path.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_git = ["git+", "https://", "http://", "ssh://", "git@"]
            .iter()
            .any(|start| text.starts_with(start));
        let is_version = text.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c))
            && !text.contains(['/', '\\']);
        Ok(if is_git {
            let url = text.strip_prefix("git+").unwrap_or(text);
            match url.split_once('#') {
                Some((url, rev)) => Self::Git {
                    url: url.to_owned(),
                    rev: Some(rev.to_owned()),
                },
                None => Self::Git {
                    url: url.to_owned(),
                    rev: None,
                },
            }
        } else if is_version {
            Self::Version(text.to_owned())
        } else {
            Self::Path(text.to_owned())
        })
    }
}

impl fmt::Display for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.write_str(path),
            Self::Git {
                url,
                rev: Some(rev),
            } => write!(f, "git+{url}#{rev}"),
            Self::Git { url, rev: None } => write!(f, "git+{url}"),
            Self::Version(version) => f.write_str(version),
        }
    }
}

impl Runtime {
    /// The dependency as a manifest has it.
    pub(super) fn dependency(&self) -> Value {
        let mut table = InlineTable::new();
        match self {
            Self::Version(version) => return Value::from(version),
            Self::Path(path) => {
                table.insert("path", path.into());
            }
            Self::Git { url, rev } => {
                table.insert("git", url.into());
                if let Some(rev) = rev {
                    table.insert("rev", rev.into());
                }
            }
        }
        Value::from(table)
    }
}
