//! Scripts by which shells complete the arguments of the program.

use clap_complete::{Shell, generate};

use crate::args;
use crate::program::Program;

/// Returns the script for a shell.
pub fn script(shell: Shell, program: &Program) -> String {
    match shell {
        Shell::Bash => bash(program),
        shell => script_for(shell, program, program.name()),
    }
}

/// Returns the script for bash.
///
/// After a sub-command of a program with a hyphen in its name, that of clap_complete 4.6 completes nothing
/// (<https://github.com/clap-rs/clap/issues/6421>). So it is made for a name without one, and `complete` is told the real name.
fn bash(program: &Program) -> String {
    let name = program.name().replace('-', "_");
    let script = script_for(Shell::Bash, program, &name);
    let complete = |name: &str| format!(" -o default {name}\n");
    script.replace(&complete(&name), &complete(program.name()))
}

fn script_for(shell: Shell, program: &Program, name: &str) -> String {
    let mut script = Vec::new();
    generate(shell, &mut args::command(program), name, &mut script);
    String::from_utf8_lossy(&script).into_owned()
}
