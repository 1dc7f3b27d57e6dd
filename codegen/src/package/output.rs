//! Input and output of the generator.

use crate::package::manifest::Runtime;

/// Options of the crate to be written.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The command by which the files say that they were generated: what a reader would run to write them again.
    /// `smithy-codegen` if it is empty.
    pub generator: String,
    /// The model's name at the top of `src/lib.rs`, which alone names it: usually its path. Nothing does if it is empty.
    pub source: String,
    /// The name of the package. Without it, the package keeps the name that its manifest has, and a new one is named after
    /// the service's SDK id.
    pub crate_name: Option<String>,
    /// The protocol that the client speaks, by the name or the id of its trait. Without it, the best of those that the service
    /// speaks.
    pub protocol: Option<String>,
    /// The source of `smithy-rt`, if not as the manifest says already. See [`Manifest`](crate::package::manifest::Manifest).
    pub runtime: Option<Runtime>,
    /// The text of the manifest that is there already.
    pub existing_manifest: Option<String>,
    /// The service, by its name or id, if the model has several.
    pub service: Option<String>,
    /// The operations that the client is to have, by their names or ids, with the types, errors, waiters and tests that belong to
    /// them. All if empty.
    pub operations: Vec<String>,
    /// Leaves out operations and waiters that need what is not supported, instead of giving up.
    pub skip_unsupported: bool,
    /// Writes `src/lib.rs` for `include!`, which does not take attributes and documentation of the whole
    /// file: then it has none, and the documentation of the crate is in `src/lib.md`.
    pub for_include: bool,
}

impl Options {
    /// For a build script, which writes the files to `OUT_DIR` for `include!` at the root of its crate. The files say that
    /// `build.rs` has generated them.
    ///
    /// The examples in the documentation name the crate by the name that Cargo tells the build script, `CARGO_PKG_NAME`.
    pub fn for_include(source: &str) -> Self {
        Self {
            generator: "build.rs".to_owned(),
            source: source.to_owned(),
            crate_name: std::env::var("CARGO_PKG_NAME").ok(),
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
    /// The summary.
    pub summary: Summary,
}

impl GeneratedCrate {
    /// Returns the text of the file at a path, such as `src/lib.rs`.
    pub fn file(&self, path: &str) -> Option<&str> {
        let file = self.files.iter().find(|file| file.path == path)?;
        Some(&file.contents)
    }
}

/// A file of a crate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    /// The path relative to the crate's folder, with `/` between folders.
    pub path: String,
    /// Its text. Rust begins with the [`marker`](crate::marker()) of the generator, and is not yet formatted by `rustfmt`.
    pub contents: String,
}

/// A summary of a generated crate.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Summary {
    /// The title of the service.
    pub service: String,
    /// The protocol that it speaks, such as `awsJson1_0`.
    pub protocol: String,
    /// The number of its operations.
    pub operations: usize,
    /// The number of shapes that those reach.
    pub shapes: usize,
    /// All that was left out as not supported, a line each.
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
