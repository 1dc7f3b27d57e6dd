//! The commands that write client crates from Smithy models: `codegen` writes them, `protocol-tests` runs the tests that
//! models carry, `ast` prints a model as JSON.
//!
//! They are part of two programs. `smithy-codegen` is to be installed, and runs anywhere:
//!
//! ```text
//! smithy-codegen codegen --model weather.json --out weather
//! ```
//!
//! `cargo xtask` belongs to a checkout of this repository, and differs in nothing but what it does by default. Each of the two is one
//! call of [`main`] with a [`Program`].
//!
//! ```text
//! program        the two programs, and their defaults
//! args           the arguments of the commands, and their help
//! completions    scripts by which shells complete those
//! origin         the place that the program comes from, and the runtime with it
//! codegen        one model into one crate: reads, generates, formats, compares or writes
//! codegen_all    a folder of models into a workspace of crates, in parallel
//! package_names  the names of the packages of that workspace
//! workspace      its manifest
//! abandoned      the crates in it whose models are gone
//! ast            a model as one JSON AST
//! protocol_tests crates for models with protocol tests, and the outcome of these
//! crate_folder   the folder that a crate goes to: its manifest, the workspace around it, the way to the runtime
//! rustfmt        formats the files of a crate
//! file_set       compares them with those on disk: check and write
//! staging        writes them so that an interrupted run is seen
//! out_folder     the folders that are fit to be written to
//! folder_lock    one run at a time for each of them
//! model_files    the files of one model
//! regular_file   reads what others made: models, manifests
//! output         standard output and standard error
//! interrupt      Ctrl-C and readers that go away; temporary folders
//! table          tables of what became of many models
//! ```
//!
//! The content of the files is decided in `smithy-codegen` alone, which is also what a build script uses.

#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`output` stands closed pipes"
)]
#![warn(clippy::self_named_module_files)] // A folder's own file is mod.rs.

mod abandoned;
mod args;
mod ast;
mod codegen;
mod codegen_all;
mod completions;
mod crate_folder;
mod file_set;
mod folder_lock;
mod interrupt;
mod model_files;
mod origin;
mod out_folder;
mod output;
mod package_names;
mod program;
mod protocol_tests;
mod regular_file;
mod rustfmt;
mod staging;
mod table;
mod workspace;

use std::process::ExitCode;

use args::{Command, InstalledCommand};

pub use program::{Checkout, Program};

/// Runs the command that the arguments of this process name.
pub fn main(program: &Program) -> ExitCode {
    interrupt::watch();
    let result = match args::parse(program) {
        InstalledCommand::Command(Command::Codegen(args)) if args.models.is_some() => {
            codegen_all::run(&args, program)
        }
        InstalledCommand::Command(Command::Codegen(args)) => codegen::run(&args, program),
        InstalledCommand::Command(Command::ProtocolTests(args)) => {
            protocol_tests::run(&args, program)
        }
        InstalledCommand::Command(Command::Ast(args)) => ast::run(&args),
        InstalledCommand::Completions(args) => {
            output::text(completions::script(args.shell, program));
            Ok(())
        }
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::problem(format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}
