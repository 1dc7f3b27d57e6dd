//! Weighs a side: crates in the tree, the source, the program, the libraries.

use crate::cargo::{self, CONSUMER, Profile};
use crate::lines;
use crate::measure;
use crate::sides::{Side, SideId};
use crate::table::{Row, Samples, Table, Target, Unit};
use anyhow::{Context, Result};
use std::collections::BTreeSet;
use std::fs;
use std::time::SystemTime;

/// Takes what can be counted without building.
pub fn measure_source(sides: &[Side], table: &mut Table) -> Result<()> {
    table.extend([
        row(
            sides,
            "crates in the consumer's tree",
            Unit::Count,
            crates_in_tree,
        )?
        .target(Target::AtMost(0.9)),
        row(sides, "lines of source", Unit::Count, lines_of_source)?,
        row(sides, "operations", Unit::Count, operations)?,
        row(
            sides,
            "lines of source per operation",
            Unit::Count,
            |side| Ok(lines_of_source(side)? / operations(side)?),
        )?
        .target(Target::AtMost(1.0 / 6.0)),
        row(
            sides,
            "lines of source per operation, without the runtime",
            Unit::Count,
            |side| Ok(lines_of(side, client(side)?)? / operations(side)?),
        )?,
    ]);
    Ok(())
}

/// Takes the sizes of what is built, building what is not.
pub fn measure(sides: &[Side], table: &mut Table) -> Result<()> {
    for side in sides {
        for profile in Profile::ALL {
            eprintln!("sizes of {}, {}", side.id.name(), profile.name());
            measure::time(&mut cargo::build(side, profile))?;
        }
    }
    table.extend([
        row(
            sides,
            "stripped program, release",
            Unit::Megabytes,
            program_size,
        )?
        .target(Target::AtMost(0.8)),
        row(sides, "library files, debug", Unit::Megabytes, |side| {
            library_size(side, Profile::Debug)
        })?,
        row(sides, "library files, release", Unit::Megabytes, |side| {
            library_size(side, Profile::Release)
        })?,
    ]);
    Ok(())
}

fn row(sides: &[Side], label: &str, unit: Unit, value: fn(&Side) -> Result<f64>) -> Result<Row> {
    let mut samples = Samples::default();
    for side in sides {
        samples.push(side.id, value(side)?);
    }
    Ok(Row::new(label, unit)
        .with(samples)
        .ratio(SideId::Ours, SideId::AwsSame))
}

/// Crates that are compiled for the consumer, build scripts' and macros' included, without itself.
fn crates_in_tree(side: &Side) -> Result<f64> {
    let tree = cargo::run(cargo::command(&side.consumer).args([
        "tree",
        "--offline",
        "--edges=normal,build",
        "--prefix=none",
        "--no-dedupe",
        "--format={p}",
    ]))?;
    let crates: BTreeSet<&str> = tree.lines().filter(|line| !line.is_empty()).collect();
    Ok((crates.len() - 1) as f64)
}

fn program_size(side: &Side) -> Result<f64> {
    let program = side.target.join(Profile::Release.name()).join(CONSUMER);
    Ok(fs::metadata(program)?.len() as f64)
}

/// The client's rlibs. Cargo keeps those of earlier versions beside them; the youngest counts.
fn library_size(side: &Side, profile: Profile) -> Result<f64> {
    let folder = side.target.join(profile.name()).join("deps");
    let mut size = 0.0;
    for name in side.crates {
        let prefix = format!("lib{}-", name.replace('-', "_"));
        let mut youngest: Option<(SystemTime, u64)> = None;
        for entry in fs::read_dir(&folder)? {
            let entry = entry?;
            let file = entry.file_name();
            let file = file.to_string_lossy();
            if file.starts_with(&prefix) && file.ends_with(".rlib") {
                let metadata = entry.metadata()?;
                youngest = youngest.max(Some((metadata.modified()?, metadata.len())));
            }
        }
        let (_, length) = youngest.with_context(|| format!("no rlib of {name}"))?;
        size += length as f64;
    }
    Ok(size)
}

fn lines_of_source(side: &Side) -> Result<f64> {
    side.crates.iter().map(|name| lines_of(side, name)).sum()
}

fn lines_of(side: &Side, name: &str) -> Result<f64> {
    let source = cargo::package(side, name)?.folder.join("src");
    Ok(lines::in_folder(&source)? as f64)
}

/// The generated crate itself.
fn client(side: &Side) -> Result<&'static str> {
    side.crates.first().copied().context("a client")
}

/// Both crates have a file per operation.
fn operations(side: &Side) -> Result<f64> {
    let folder = cargo::package(side, client(side)?)?
        .folder
        .join("src/operation");
    let mut count = 0;
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        count += usize::from(path.extension().is_some_and(|extension| extension == "rs"));
    }
    Ok(count as f64)
}
