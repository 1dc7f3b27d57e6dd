//! The commands of this workspace: those of `smithy-codegen`, with the model and the crate that are meant if none is named.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use smithy_codegen_cli::{Checkout, Program};

fn main() -> ExitCode {
    smithy_codegen_cli::main(&Program::Xtask(Checkout {
        root: root(),
        model: "models/healthlake-2017-07-01.json",
        out: "generated",
    }))
}

/// The root of this checkout.
fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("..")
        .canonicalize()
        .unwrap_or_else(|_| PathBuf::from("."))
}
