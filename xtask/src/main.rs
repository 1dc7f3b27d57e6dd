//! The commands of this workspace: `cargo xtask codegen` writes client crates from Smithy models, `cargo xtask
//! protocol-tests` runs the tests that models carry.
//!
//! ```text
//! codegen        one model into one crate: reads, generates, formats, compares or writes
//! codegen_all    a folder of models into a workspace of crates, in parallel
//! package_names  what the packages of that workspace are called
//! protocol_tests crates for models with protocol tests, and what these say
//! crate_folder   where a crate goes: its manifest, the workspace around it, the way to the runtime
//! rustfmt        formats the files of a crate
//! file_set       compares them with those on disk: check and write
//! staging        writes them so that an interrupted run is seen
//! out_folder     which folders are fit to be written to
//! folder_lock    one run at a time for each of them
//! regular_file   reads what others made: models, manifests
//! output         standard output and standard error
//! interrupt      Ctrl-C and readers that go away; temporary folders
//! table          tables of what became of many models
//! ```
//!
//! What the files hold is decided in `smithy-codegen` alone.

#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`output` stands closed pipes"
)]

mod codegen;
mod codegen_all;
mod crate_folder;
mod file_set;
mod folder_lock;
mod interrupt;
mod out_folder;
mod output;
mod package_names;
mod protocol_tests;
mod regular_file;
mod rustfmt;
mod staging;
mod table;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgGroup, Args, Parser, Subcommand};
use smithy_codegen::manifest::Runtime;

use file_set::Mode;
use protocol_tests::ProtocolTestsArgs;

/// The commands of this workspace.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Codegen(CodegenArgs),
    ProtocolTests(ProtocolTestsArgs),
}

/// Write client crates from Smithy models: without arguments, the one in models/ into generated/
///
/// A model is a Smithy JSON AST with one service that speaks awsJson1_0 or awsJson1_1. Only changed files are written, and
/// generated files that are no longer needed are removed. Files that this command did not write stay as they are, except
/// that features and dependencies which the code needs are added to an existing Cargo.toml.
#[derive(Args, Debug)]
#[command(group = ArgGroup::new("source").args(["model", "models"]))]
struct CodegenArgs {
    /// The model to read
    #[arg(long, value_name = "FILE", requires = "out")]
    model: Option<PathBuf>,

    /// A folder of models (*.json): each becomes a crate in the workspace that is written to --out
    #[arg(long, value_name = "DIR", requires = "out")]
    models: Option<PathBuf>,

    /// The folder to write to
    #[arg(long, value_name = "DIR", requires = "source")]
    out: Option<PathBuf>,

    /// The name of the crate [default: from the service's name]
    #[arg(long, value_name = "CRATE", conflicts_with = "models")]
    name: Option<String>,

    /// How the crate gets smithy-rt: a path, git+URL#REV or a version [default: its Cargo.toml's, or this checkout's]
    #[arg(long, value_name = "SPEC")]
    runtime: Option<Runtime>,

    /// Leave out operations that need what is not supported, and say so in the crate's documentation
    #[arg(long)]
    skip_unsupported: bool,

    /// Write nothing: list every missing, stale and unexpected file, and fail if there is one
    #[arg(long)]
    check: bool,

    /// Show what differs, and what each phase took
    #[arg(long, short)]
    verbose: bool,
}

impl CodegenArgs {
    fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }
}

fn main() -> ExitCode {
    interrupt::watch();
    let result = match Cli::parse().command {
        Command::Codegen(args) if args.models.is_some() => codegen_all::run(&args),
        Command::Codegen(args) => codegen::run(&args),
        Command::ProtocolTests(args) => protocol_tests::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::problem(format!("{error:#}"));
            ExitCode::FAILURE
        }
    }
}

#[test]
fn arguments_are_consistent() {
    use clap::CommandFactory;
    Cli::command().debug_assert();
}
