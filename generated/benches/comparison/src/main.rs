//! Compares the generated crate with `aws-sdk-healthlake` and boto3, and prints a table.
//!
//! A [side](sides) is one crate and a consumer of it, a program that awaits all 13 operations. [`builds`] takes the
//! time of compiling it, [`sizes`] weighs what comes out, [`calls`] takes the processor time of single calls with an
//! HTTP client in memory. Every round visits all sides in turn, so that whatever else the machine does meets all of
//! them; the [`table`] shows medians. Nothing is compared with a number from another run or another machine. The [`chart`]
//! shows the ratios of a table, of this run or of a file.

mod builds;
mod calls;
mod cargo;
mod chart;
mod lines;
mod machine;
mod measure;
mod sides;
mod sizes;
mod table;

use anyhow::{Context, Result};
use clap::{Parser, ValueEnum};
use std::path::{Path, PathBuf};

use cargo::Profile;
use chart::Chart;
use sides::Side;
use table::Table;

/// Compare the generated crate with aws-sdk-healthlake and boto3
#[derive(Parser)]
struct Args {
    /// The number of rounds that the medians are of; clean builds have a third of them
    #[arg(long, default_value_t = 7)]
    rounds: u32,

    /// Measure only this; may be given more than once
    #[arg(long, value_enum)]
    only: Vec<Part>,

    /// Build in this profile alone
    #[arg(long, value_enum)]
    profile: Option<Profile>,

    /// Do not look for newer versions of what is compared
    #[arg(long)]
    offline: bool,

    /// The folder that the sides are built in
    #[arg(long, default_value = concat!(env!("CARGO_MANIFEST_DIR"), "/target/sides"))]
    work: PathBuf,

    /// Draw the ratios to this file, too: an SVG
    #[arg(long, value_name = "FILE")]
    chart: Option<PathBuf>,

    /// Measure nothing, and draw the first table with ratios that stands in this file, such as the README
    #[arg(long, value_name = "FILE", requires = "chart")]
    table: Option<PathBuf>,
}

/// A part of the comparison.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Part {
    /// Compile times
    Builds,
    /// Crates and lines
    Source,
    /// Library and program sizes
    Sizes,
    /// Processor time of calls
    Calls,
}

fn main() -> Result<()> {
    let args = Args::parse();
    let chart = match &args.table {
        Some(file) => Chart::read(file)?,
        None => compare(&args)?,
    };
    if let Some(file) = &args.chart {
        std::fs::write(file, chart.draw())
            .with_context(|| format!("cannot write {}", file.display()))?;
    }
    Ok(())
}

/// Measures, prints the table, and returns the chart of it.
fn compare(args: &Args) -> Result<Chart> {
    let wants = |part| args.only.is_empty() || args.only.contains(&part);
    std::fs::create_dir_all(&args.work)?;
    let sides = Side::all(&args.work);
    if !args.offline {
        cargo::update(&sides, &callers())?;
    }

    let mut table = Table::default();
    if wants(Part::Builds) {
        for profile in Profile::ALL {
            if args.profile.is_none_or(|only| only == profile) {
                builds::measure(&sides, profile, args.rounds, &mut table)?;
            }
        }
    }
    if wants(Part::Source) {
        sizes::measure_source(&sides, &mut table)?;
    }
    if wants(Part::Sizes) {
        sizes::measure(&sides, &mut table)?;
    }
    if wants(Part::Calls) {
        calls::measure(&callers(), &args.work, args.rounds, &mut table)?;
    }
    let machine = machine::describe()?;
    println!("{machine}");
    println!("{}", cargo::describe_versions(&sides)?);
    println!("{table}");
    Ok(table.chart(machine))
}

/// The workspace of the programs that make calls.
fn callers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("callers")
}
