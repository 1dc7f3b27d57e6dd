//! `ast`: a model as one Smithy JSON AST.

use anyhow::{Result, anyhow};

use crate::args::AstArgs;
use crate::codegen::caught;
use crate::model_files::ModelFiles;
use crate::output;

/// Runs the command.
pub fn run(args: &AstArgs) -> Result<()> {
    let files = ModelFiles::from(args.models.clone());
    let sources = files.read()?;
    let text = caught(|| {
        smithy_codegen::ast(sources).map_err(|error| anyhow!("{}", files.in_words(&error)))
    })?;
    output::text(text);
    Ok(())
}
