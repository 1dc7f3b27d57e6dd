//! The commands of this workspace: `cargo xtask codegen` writes client crates from Smithy models, `cargo xtask
//! protocol-tests` runs the tests that models carry.
//!
//! ```text
//! codegen        one model into one crate: reads, generates, formats, compares or writes
//! codegen_all    a folder of models into a workspace of crates, in parallel
//! package_names  the names of the packages of that workspace
//! protocol_tests crates for models with protocol tests, and the outcome of these
//! crate_folder   the folder that a crate goes to: its manifest, the workspace around it, the way to the runtime
//! rustfmt        formats the files of a crate
//! file_set       compares them with those on disk: check and write
//! staging        writes them so that an interrupted run is seen
//! out_folder     the folders that are fit to be written to
//! folder_lock    one run at a time for each of them
//! regular_file   reads what others made: models, manifests
//! output         standard output and standard error
//! interrupt      Ctrl-C and readers that go away; temporary folders
//! table          tables of what became of many models
//! ```
//!
//! The content of the files is decided in `smithy-codegen` alone.

#![deny(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "`output` stands closed pipes"
)]
#![warn(clippy::self_named_module_files)] // A folder's own file is mod.rs.

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

use clap::builder::PossibleValuesParser;
use clap::{ArgGroup, Args, Parser, Subcommand};
use smithy_codegen::protocol::{PROTOCOLS, Protocol};
use smithy_codegen::{Options, Runtime};

use file_set::Mode;
use protocol_tests::ProtocolTestsArgs;

/// The meaning of the exit status, at the end of every help.
const EXIT_STATUS: &str = "\
Exit status:
  0  All is done, or up to date
  1  Something failed, or is not up to date
  2  The arguments are wrong";

const CODEGEN_USAGE: &str = "\
cargo xtask codegen [OPTIONS]
       cargo xtask codegen --model <FILE> --out <DIR> [OPTIONS]
       cargo xtask codegen --models <DIR> --out <DIR> [OPTIONS]";

const CODEGEN_EXAMPLES: &str = "\
Examples:
  cargo xtask codegen --check -v
      Show how generated/ differs from what would be written
  cargo xtask codegen --model weather.json --out weather --runtime 0.1
      Write a crate that gets smithy-rt from the registry
  jq '.' weather.json | cargo xtask codegen --model - --out weather
      Write a crate from a model that another program prints
  cargo xtask codegen --model weather.json --out weather --operations GetCity,ListCities
      Write a client of two operations
  cargo xtask codegen --models models/ --out clients/ --skip-unsupported
      Write a workspace of crates, one from each model";

/// The commands of this workspace
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", max_term_width = 100, after_help = EXIT_STATUS)]
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
/// A model is a Smithy JSON AST with one service that speaks one of the protocols below. Only changed files are written, and
/// generated files that are no longer needed are removed. Files that this command did not write stay as they are, except
/// that features and dependencies which the code needs are added to an existing Cargo.toml.
///
/// A run that fails or is interrupted by Ctrl-C leaves the old files or the new ones. What one that was killed leaves is
/// reported by --check and mended by the next run. Of several runs on one folder, each waits for the one before it.
#[derive(Args, Debug)]
#[command(
    group = ArgGroup::new("source").args(["model", "models"]),
    override_usage = CODEGEN_USAGE,
    after_help = EXIT_STATUS,
    after_long_help = after_long_help(),
)]
struct CodegenArgs {
    /// The model to read, or - for standard input
    #[arg(long, value_name = "FILE", requires = "out")]
    model: Option<PathBuf>,

    /// A folder of models (*.json): each becomes a crate in the workspace that is written to --out
    ///
    /// Other files and the folders below it are left alone. If a model fails, the others are written all the same.
    #[arg(long, value_name = "DIR", requires = "out")]
    models: Option<PathBuf>,

    /// The folder to write to: a crate's, or with --models a workspace's
    #[arg(long, value_name = "DIR", requires = "source")]
    out: Option<PathBuf>,

    /// The name of the crate [default: its Cargo.toml's, or the service's]
    #[arg(long, value_name = "CRATE", conflicts_with = "models")]
    name: Option<String>,

    /// Source of smithy-rt for the crate: a path, git+URL#REV or a version [default: its Cargo.toml's, or this checkout's]
    #[arg(long, value_name = "SPEC")]
    runtime: Option<Runtime>,

    /// The protocol that the client speaks, if its service offers several [default: the one that AWS's clients would choose]
    #[arg(long, value_name = "PROTOCOL", value_parser = protocols())]
    protocol: Option<String>,

    /// The service, by its name in the model, if the model has several
    #[arg(long, value_name = "NAME", requires = "model")]
    service: Option<String>,

    /// Write a client of these operations alone, by their names in the model, with all that belongs to them [default: all]
    #[arg(long, value_name = "NAME,…", value_delimiter = ',', requires = "model")]
    operations: Vec<String>,

    /// Leave out operations that need what is not supported, and say so in the crate's documentation
    #[arg(long)]
    skip_unsupported: bool,

    /// Write nothing: list every missing, stale and unexpected file, and fail if there is one
    ///
    /// Another name of the model alone makes no file stale.
    #[arg(long)]
    check: bool,

    /// Show what differs, and what each phase took
    #[arg(long, short)]
    verbose: bool,
}

fn after_long_help() -> String {
    let protocols = PROTOCOLS.iter().map(Protocol::name);
    let protocols = protocols.collect::<Vec<_>>().join(", ");
    format!("{CODEGEN_EXAMPLES}\n\nProtocols, best first:\n  {protocols}\n\n{EXIT_STATUS}")
}

impl CodegenArgs {
    fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }

    /// The generator's options, as far as arguments give them.
    fn options(&self) -> Options {
        Options {
            crate_name: self.name.clone(),
            protocol: self.protocol.clone(),
            runtime: self.runtime.clone(),
            service: self.service.clone(),
            operations: self.operations.clone(),
            skip_unsupported: self.skip_unsupported,
            ..Options::default()
        }
    }
}

/// Reads the name of a protocol, of those that crates are written for.
pub(crate) fn protocols() -> PossibleValuesParser {
    PossibleValuesParser::new(PROTOCOLS.iter().map(Protocol::name))
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
