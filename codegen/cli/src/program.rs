//! The two programs that the commands are part of, and their defaults.

use std::path::{Path, PathBuf};

use crate::origin::Origin;

/// The program that the commands are part of.
#[derive(Debug)]
pub enum Program {
    /// `smithy-codegen`, which runs anywhere and has to be told what to read and what to write.
    Installed,
    /// `cargo xtask`, which belongs to a checkout.
    Xtask(Checkout),
}

/// A checkout of this repository, with the model and the crate that are meant where none is named.
#[derive(Debug)]
pub struct Checkout {
    /// The root of the checkout.
    pub root: PathBuf,
    /// The model's path below it.
    pub model: &'static str,
    /// The path of the crate's folder below it.
    pub out: &'static str,
}

impl Program {
    const XTASK: &str = "cargo xtask";
    const INSTALLED: &str = "smithy-codegen";

    /// The commands by which generated files name those that wrote them: each program may replace what the other wrote.
    pub(crate) fn generators() -> [String; 2] {
        [Self::XTASK, Self::INSTALLED].map(generator)
    }

    /// Returns the program's name, as people type it.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Self::Installed => Self::INSTALLED,
            Self::Xtask(_) => Self::XTASK,
        }
    }

    /// Returns the command by which generated files name the one that wrote them.
    pub(crate) fn generator(&self) -> String {
        generator(self.name())
    }

    /// Returns the checkout that the program belongs to.
    pub(crate) fn checkout(&self) -> Option<&Checkout> {
        match self {
            Self::Installed => None,
            Self::Xtask(checkout) => Some(checkout),
        }
    }

    /// Returns the root of the checkout that the program belongs to.
    pub(crate) fn root(&self) -> Option<&Path> {
        self.checkout().map(|checkout| checkout.root.as_path())
    }

    /// Returns the place that the program comes from, and the runtime of generated crates with it.
    pub(crate) fn origin(&self) -> Origin {
        match self {
            Self::Installed => Origin::of_this_program(),
            Self::Xtask(checkout) => Origin::Folder(checkout.root.join("codegen/runtime")),
        }
    }
}

fn generator(program: &str) -> String {
    format!("{program} codegen")
}
