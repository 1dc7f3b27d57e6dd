//! The arguments of the commands, and their help, which speaks of the program that they are part of.

use std::ffi::OsString;
use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, StyledStr};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{ArgGroup, Args, FromArgMatches, Subcommand, ValueHint};
use clap_complete::Shell;
use smithy_codegen::protocol::{PROTOCOLS, Protocol};
use smithy_codegen::{Options, Runtime};

use crate::file_set::Mode;
use crate::program::{Checkout, Program};

/// The meaning of the exit status, at the end of every help.
pub const EXIT_STATUS: &str = "\
Exit status:
  0  All is done, or up to date
  1  Something failed, or is not up to date
  2  The arguments are wrong";

/// The widest help.
const WIDTH: usize = 100;

/// The description of `codegen`, after the line that the program says.
const CODEGEN: &str = "\
A model is Smithy IDL or a Smithy JSON AST, in one file or several, with one service that speaks one of the protocols below. Only changed files are written, and \
generated files that are no longer needed are removed. Files that this command did not write stay as they are, except that \
features and dependencies which the code needs are added to an existing Cargo.toml.

A run that fails or is interrupted by Ctrl-C leaves the old files or the new ones. What one that was killed leaves is reported by \
--check and mended by the next run. Of several runs on one folder, each waits for the one before it.";

const EXAMPLES: &str = "
  PROGRAM codegen --model weather.smithy --model types.smithy --out weather
      Write a crate from a model in several files
  PROGRAM codegen --model weather.json --out weather --runtime 0.1
      Write a crate that gets smithy-rt from the registry
  jq '.' weather.json | PROGRAM codegen --model - --out weather
      Write a crate from a model that another program prints
  PROGRAM codegen --model weather.json --out weather --operations GetCity,ListCities
      Write a client of two operations
  PROGRAM codegen --models models/ --out clients/ --skip-unsupported
      Write a workspace of crates, one from each model";

/// The commands that every program has.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write client crates from Smithy models
    Codegen(CodegenArgs),
    ProtocolTests(ProtocolTestsArgs),
    Ast(AstArgs),
}

/// The commands of a program that a shell can know by name.
#[derive(Debug, Subcommand)]
#[expect(clippy::large_enum_variant, reason = "there is one in a run")]
pub enum InstalledCommand {
    #[command(flatten)]
    Command(Command),
    Completions(CompletionsArgs),
}

#[derive(Args, Debug)]
#[command(group = ArgGroup::new("source").args(["model", "models"]), after_help = EXIT_STATUS)]
pub struct CodegenArgs {
    /// A file of the model, a folder of its files (*.smithy), or - for standard input; may be given several times
    #[arg(long, value_name = "FILE", requires = "out", value_hint = ValueHint::AnyPath)]
    pub model: Vec<PathBuf>,

    /// A folder of models (*.json, *.smithy): each becomes a crate in the workspace that is written to --out
    ///
    /// Other files and the folders below it are left alone. If a model fails, the others are written all the same. The crate of a
    /// model that is gone is removed, if every file of it is as this command wrote it.
    #[arg(long, value_name = "DIR", requires = "out", value_hint = ValueHint::DirPath)]
    pub models: Option<PathBuf>,

    /// The folder to write to: a crate's, or with --models a workspace's
    #[arg(long, value_name = "DIR", requires = "source", value_hint = ValueHint::DirPath)]
    pub out: Option<PathBuf>,

    /// The name of the crate [default: its Cargo.toml's, or the service's]
    #[arg(long, value_name = "CRATE", conflicts_with = "models")]
    name: Option<String>,

    /// Source of smithy-rt for the crate: a path, git+URL#REV or a version
    #[arg(long, value_name = "SPEC", value_hint = ValueHint::DirPath)]
    runtime: Option<Runtime>,

    /// The protocol that the client speaks, if its service offers several [default: the one that AWS's clients would choose]
    #[arg(long, value_name = "PROTOCOL", value_parser = protocols())]
    protocol: Option<String>,

    /// The service, by its name in the model, if the model has several
    #[arg(long, value_name = "NAME", requires = "model")]
    service: Option<String>,

    /// Write a client of these operations alone, by their names in the model, with all that belongs to them [default: all]
    ///
    /// Names are separated by commas, spaces or both.
    #[arg(long, value_name = "NAME,…", num_args = 1.., requires = "model")]
    operations: Vec<String>,

    /// Leave out operations that need what is not supported, and say so in the crate's documentation
    #[arg(long)]
    skip_unsupported: bool,

    /// Write nothing: list every missing, stale and unexpected file, and fail if there is one. Needs the options that the crate was
    /// written with
    ///
    /// These options decide what its files are: --operations, --skip-unsupported, --protocol, --service, --name and --runtime.
    /// Another name of the model alone makes no file stale.
    #[arg(long)]
    pub check: bool,

    /// Show what differs, and what each phase took
    #[arg(long, short)]
    pub verbose: bool,
}

impl CodegenArgs {
    /// Returns what to do with the files.
    pub fn mode(&self) -> Mode {
        if self.check { Mode::Check } else { Mode::Write }
    }

    /// Returns the names of operations, of which an argument may hold several.
    fn operation_names(&self) -> Vec<String> {
        let names = self.operations.iter().flat_map(|names| names.split(','));
        let names = names.flat_map(str::split_whitespace).map(str::to_owned);
        let mut names: Vec<_> = names.collect();
        // Without names, all operations would be meant: the generator refuses an empty one.
        if names.is_empty() && !self.operations.is_empty() {
            names.push(String::new());
        }
        names
    }

    /// Returns the generator's options, as far as arguments give them.
    pub fn options(&self) -> Options {
        Options {
            crate_name: self.name.clone(),
            protocol: self.protocol.clone(),
            runtime: self.runtime.clone(),
            service: self.service.clone(),
            operations: self.operation_names(),
            skip_unsupported: self.skip_unsupported,
            ..Options::default()
        }
    }
}

/// Run the protocol tests that models carry (smithy.test#httpRequestTests, smithy.test#httpResponseTests)
///
/// Generates a crate for each model, runs its tests, and prints how many passed. Tests for servers and for other protocols than
/// the service's are left out. The crates are in Cargo's target folder.
#[derive(Args, Debug)]
#[command(after_help = EXIT_STATUS)]
pub struct ProtocolTestsArgs {
    /// The models, each a file or a folder of files (*.smithy), with a service and its tests; - is standard input
    #[arg(required = true, value_name = "MODEL", value_hint = ValueHint::FilePath)]
    pub models: Vec<PathBuf>,

    /// The protocol that is tested, if a service offers several [default: the one that AWS's clients would choose]
    #[arg(long, value_name = "PROTOCOL", value_parser = protocols())]
    protocol: Option<String>,

    /// Source of smithy-rt for the crates: a path, git+URL#REV or a version
    #[arg(long, value_name = "SPEC", value_hint = ValueHint::DirPath)]
    runtime: Option<Runtime>,
}

impl ProtocolTestsArgs {
    /// Returns the generator's options, as far as arguments give them.
    pub fn options(&self) -> Options {
        Options {
            protocol: self.protocol.clone(),
            runtime: self.runtime.clone(),
            ..Options::default()
        }
    }
}

/// Print a model as one Smithy JSON AST
///
/// The files are Smithy IDL or JSON, and are merged. Shapes and traits are in the order of their ids.
#[derive(Args, Debug)]
#[command(after_help = EXIT_STATUS)]
pub struct AstArgs {
    /// The files of the model, or folders of them (*.smithy); - is standard input
    #[arg(required = true, value_name = "FILE", value_hint = ValueHint::AnyPath)]
    pub models: Vec<PathBuf>,
}

/// Print a script by which a shell completes the arguments of this program
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  smithy-codegen completions bash > ~/.local/share/bash-completion/completions/smithy-codegen")]
pub struct CompletionsArgs {
    /// The shell
    pub shell: Shell,
}

/// Reads the name of a protocol, of those that crates are written for.
fn protocols() -> PossibleValuesParser {
    PossibleValuesParser::new(PROTOCOLS.iter().map(Protocol::name))
}

/// Reads the command that the user gave. Prints help, or what is wrong with it, and ends the program.
pub fn parse(program: &Program) -> InstalledCommand {
    parse_from(program, std::env::args_os()).unwrap_or_else(|error| error.exit())
}

fn parse_from(
    program: &Program,
    arguments: impl IntoIterator<Item = OsString>,
) -> Result<InstalledCommand, clap::Error> {
    let matches = command(program).try_get_matches_from(arguments);
    let matches = matches.map_err(|error| with_example(error, program))?;
    InstalledCommand::from_arg_matches(&matches)
}

/// Adds an example to the error that arguments are missing.
fn with_example(mut error: clap::Error, program: &Program) -> clap::Error {
    let is_of_codegen = |(kind, value): (ContextKind, &ContextValue)| {
        let value = value.to_string();
        kind == ContextKind::InvalidArg && ["--out", "--model"].iter().any(|it| value.contains(it))
    };
    if error.kind() == ErrorKind::MissingRequiredArgument && error.context().any(is_of_codegen) {
        let example = format!(
            "for example, `{} codegen --model weather.json --out weather`",
            program.name()
        );
        error.insert(
            ContextKind::Suggested,
            ContextValue::StyledStrs(vec![StyledStr::from(example)]),
        );
    }
    error
}

/// Returns the arguments of a program.
pub fn command(program: &Program) -> clap::Command {
    let command = clap::Command::new(program.name())
        .bin_name(program.name())
        .version(env!("CARGO_PKG_VERSION"))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .max_term_width(WIDTH)
        .after_help(EXIT_STATUS);
    let command = match program {
        Program::Installed => InstalledCommand::augment_subcommands(command)
            .about("Writes Rust client crates from Smithy models"),
        Program::Xtask(_) => {
            Command::augment_subcommands(command).about("The commands of this workspace")
        }
    };
    let origin = format!(
        "[default: its Cargo.toml's, or {}]",
        origin_in_words(program)
    );
    let with_origin = |command: clap::Command| {
        command.mut_arg("runtime", |runtime| {
            let help = runtime.get_help().map(ToString::to_string);
            runtime.help(format!("{} {origin}", help.unwrap_or_default()))
        })
    };
    command
        .mut_subcommand("codegen", |codegen| {
            with_origin(codegen_of(program, codegen))
        })
        .mut_subcommand("protocol-tests", with_origin)
}

/// Says from where generated crates get the runtime.
fn origin_in_words(program: &Program) -> &'static str {
    match program {
        Program::Installed => "where this program is from",
        Program::Xtask(_) => "this checkout's",
    }
}

/// The command `codegen` with what is other from program to program: what is meant without arguments, and the examples.
fn codegen_of(program: &Program, codegen: clap::Command) -> clap::Command {
    let name = program.name();
    let about = codegen
        .get_about()
        .map(ToString::to_string)
        .unwrap_or_default();
    let (about, usage, example, codegen) = match program {
        Program::Installed => {
            let example = format!(
                "  {name} codegen --model weather.json --out weather\n      Write a crate from a model"
            );
            let codegen = codegen
                .mut_group("source", |source| source.required(true))
                .mut_arg("out", |out| out.required(true));
            (about, String::new(), example, codegen)
        }
        Program::Xtask(Checkout { out, .. }) => {
            let about = format!("{about}: without arguments, the one in models/ into {out}/");
            let usage = format!("{name} codegen [OPTIONS]\n       ");
            let example = format!(
                "  {name} codegen --check -v\n      Show how {out}/ differs from what would be written"
            );
            (about, usage, example, codegen)
        }
    };
    let usage = format!(
        "{usage}{name} codegen --model <FILE> --out <DIR> [OPTIONS]\n       \
         {name} codegen --models <DIR> --out <DIR> [OPTIONS]"
    );
    let examples = EXAMPLES.replace("PROGRAM", name);
    let protocols = PROTOCOLS.iter().map(Protocol::name);
    let protocols = protocols.collect::<Vec<_>>().join(", ");
    codegen
        .long_about(format!("{about}\n\n{CODEGEN}"))
        .about(about)
        .override_usage(usage)
        .after_long_help(format!(
            "Examples:\n{example}{examples}\n\nProtocols, best first:\n  {protocols}\n\n{EXIT_STATUS}"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn xtask() -> Program {
        Program::Xtask(Checkout {
            root: PathBuf::new(),
            model: "models/weather.json",
            out: "generated",
        })
    }

    fn parsed(program: &Program, arguments: &[&str]) -> Result<InstalledCommand, String> {
        let arguments = [&["program"], arguments].concat();
        let arguments = arguments.into_iter().map(OsString::from);
        parse_from(program, arguments).map_err(|error| error.to_string())
    }

    #[test]
    fn arguments_are_consistent() {
        for program in [Program::Installed, xtask()] {
            command(&program).debug_assert();
        }
    }

    #[test]
    fn only_a_checkout_has_a_model_of_its_own() {
        assert!(parsed(&xtask(), &["codegen"]).is_ok());
        assert!(parsed(&xtask(), &["codegen", "--check"]).is_ok());
        let example = "for example, `smithy-codegen codegen --model weather.json --out weather`";
        for (arguments, missing) in [
            (
                &[][..],
                &["--out <DIR>", "<--model <FILE>|--models <DIR>>"][..],
            ),
            (
                &["--check"],
                &["--out <DIR>", "<--model <FILE>|--models <DIR>>"],
            ),
            (&["--model", "a.json"], &["--out <DIR>"]),
            (&["--models", "a"], &["--out <DIR>"]),
            (&["--out", "a"], &["<--model <FILE>|--models <DIR>>"]),
        ] {
            let arguments = [&["codegen"], arguments].concat();
            let error = parsed(&Program::Installed, &arguments).unwrap_err();
            for expected in missing.iter().chain([&example]) {
                assert!(error.contains(expected), "{expected}: {error}");
            }
        }
    }

    #[test]
    fn help_speaks_of_its_own_program() {
        for (program, other) in [
            (Program::Installed, ["xtask", "checkout", "generated/"]),
            (xtask(), ["smithy-codegen", "PROGRAM", "completions"]),
        ] {
            let mut command = command(&program);
            command.build();
            let helps = [&[][..], &["codegen"], &["protocol-tests"]].map(|path| {
                let command = path.iter().fold(&command, |command, name| {
                    command.find_subcommand(name).unwrap()
                });
                command.clone().render_long_help().to_string()
            });
            for help in helps {
                assert!(help.contains(program.name()), "{help}");
                for other in other {
                    assert!(!help.contains(other), "{other}: {help}");
                }
            }
        }
    }

    /// The commands in the README and in the help are such as the program takes.
    #[test]
    fn what_is_shown_can_be_run() {
        let mut help = command(&Program::Installed);
        let codegen = help.find_subcommand_mut("codegen").unwrap();
        let shown = codegen.render_long_help().to_string() + include_str!("../README.md");
        let mut commands = 0;
        for line in shown.lines() {
            let (_, line) = line.rsplit_once("| `").unwrap_or(("", line));
            let line = line.trim_end_matches([' ', '|', '`']);
            let Some((before, arguments)) = line.split_once("smithy-codegen ") else {
                continue;
            };
            let is_command = before.trim().is_empty() || before.ends_with("| ");
            if !is_command || arguments.contains('<') {
                continue;
            }
            let arguments: Vec<_> = arguments.split(' ').collect();
            let parsed = parsed(&Program::Installed, &arguments);
            assert!(parsed.is_ok(), "{line}: {parsed:?}");
            commands += 1;
        }
        assert_eq!(commands, 16, "{shown}");
    }

    #[test]
    fn names_of_operations_are_separated_by_commas_or_spaces() {
        let named = |names: &[&str]| {
            let before = ["codegen", "--model", "m", "--operations"];
            let arguments = [&before, names, &["--out", "o"]].concat();
            match parsed(&Program::Installed, &arguments) {
                Ok(InstalledCommand::Command(Command::Codegen(args))) => args.options().operations,
                other => panic!("{other:?}"),
            }
        };
        for names in [
            &["A,B"][..],
            &["A,", "B"],
            &["A", "B"],
            &["A, B"],
            &["A", ",", "B,"],
            &["A", "--operations", "B"],
        ] {
            assert_eq!(named(names), ["A", "B"], "{names:?}");
        }
        for names in ["", ",", " "] {
            assert_eq!(named(&[names]), [""], "{names:?}");
        }
    }

    #[test]
    fn every_shell_gets_a_script() {
        let shell = |arguments: &[&str]| parsed(&Program::Installed, arguments);
        for name in ["bash", "zsh", "fish", "elvish", "powershell"] {
            assert!(shell(&["completions", name]).is_ok(), "{name}");
        }
        let error = shell(&["completions", "sh"]).unwrap_err();
        assert!(error.contains("bash"), "{error}");
        assert!(parsed(&xtask(), &["completions", "bash"]).is_err());
    }
}
