//! What the generator is asked for, and what it gives.

use crate::package::manifest::Runtime;

/// How a crate is to be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What the model is called in the first line of every file: usually its path.
    pub source: String,
    /// The name of the package. Without it, the package keeps the name that its manifest has, and a new one is named after
    /// the service's SDK id.
    pub crate_name: Option<String>,
    /// The protocol that the client speaks, by the name or the id of its trait. Without it, the best of those that the service
    /// speaks.
    pub protocol: Option<String>,
    /// How the crate gets `smithy-rt`, if not as its manifest says already. See [`Manifest`](crate::package::manifest::Manifest).
    pub runtime: Option<Runtime>,
    /// The text of the manifest that is there already.
    pub existing_manifest: Option<String>,
    /// Whether to leave out operations and waiters that need what is not supported, instead of giving up.
    pub skip_unsupported: bool,
    /// Whether `src/lib.rs` is to be read with `include!`, which does not take attributes and documentation of the whole
    /// file: then it has none.
    pub for_include: bool,
}

impl Options {
    /// For a build script, which writes the files to `OUT_DIR` for `include!`.
    pub fn for_include(source: &str) -> Self {
        Self {
            source: source.to_owned(),
            for_include: true,
            ..Self::default()
        }
    }
}

/// A crate, ready to be formatted and written.
#[derive(Clone, Debug)]
pub struct GeneratedCrate {
    /// The name of the package.
    pub name: String,
    /// All its files, `Cargo.toml` included.
    pub files: Vec<File>,
    /// What is in it.
    pub summary: Summary,
}

/// A file of a crate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    /// Where it belongs: relative to the crate's folder, with `/` between folders.
    pub path: String,
    /// Its text. Rust begins with [`MARKER`](crate::MARKER), and is not yet formatted by `rustfmt`.
    pub contents: String,
}

/// What a generated crate has to show.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Summary {
    /// The title of the service.
    pub service: String,
    /// The protocol that it speaks, such as `awsJson1_0`.
    pub protocol: String,
    /// How many operations it has.
    pub operations: usize,
    /// How many shapes those reach.
    pub shapes: usize,
    /// What was left out as not supported, a line each.
    pub left_out: Vec<String>,
}

/// A phase of the generator's work. Each begins when the one before has ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Phase {
    /// The model's text is read.
    Parse,
    /// Shapes are resolved, and those of the service are found.
    Link,
    /// Everything is named and decided.
    Lower,
    /// Files are written as tokens and formatted, one after the other.
    Emit,
}

impl Phase {
    /// The phase in one word.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Parse => "parse",
            Self::Link => "link",
            Self::Lower => "lower",
            Self::Emit => "emit",
        }
    }
}
