//! Runs a command in a terminal, and draws what that shows as an SVG: once while the command runs, and once at its end.
//!
//! [`recording`] runs the command in a pseudo-terminal and keeps every screen; [`svg`] draws two of them.

mod recording;
mod svg;

use std::num::NonZeroU16;
use std::path::PathBuf;

use anyhow::{Context, Result, ensure};
use clap::Parser;

use recording::Recording;

/// Run a command in a terminal, and draw what that shows while the command runs and at its end
#[derive(Parser)]
struct Args {
    /// The SVG to write
    #[arg(long, value_name = "FILE")]
    out: PathBuf,

    /// The moment of the first screen, between the first output (0) and the end (1)
    #[arg(long, default_value_t = 0.6)]
    at: f64,

    /// The number of columns of the terminal
    #[arg(long, default_value = "118")]
    columns: NonZeroU16,

    /// The number of rows of the terminal
    #[arg(long, default_value = "40")]
    rows: NonZeroU16,

    /// The command and its arguments
    #[arg(required = true, trailing_var_arg = true)]
    command: Vec<String>,
}

fn main() -> Result<()> {
    let args = Args::parse();
    ensure!(
        (0.0..=1.0).contains(&args.at),
        "--at {} is not from 0 to 1",
        args.at
    );
    let recording = Recording::of(&args.command, args.rows, args.columns)?;
    let picture = svg::draw(
        &shell_words::join(&args.command),
        &recording.at(args.at)?,
        &recording.at(1.0)?,
    );
    std::fs::write(&args.out, picture)
        .with_context(|| format!("cannot write {}", args.out.display()))
}
