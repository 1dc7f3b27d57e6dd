//! `smithy-codegen`: the commands, wherever they are needed.

use std::process::ExitCode;

use smithy_codegen_cli::Program;

fn main() -> ExitCode {
    smithy_codegen_cli::main(&Program::Installed)
}
