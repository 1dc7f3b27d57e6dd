//! Takes the processor time of calls: each side has a caller, a program that repeats a workload and prints what one
//! iteration took.

#[path = "../../calls/fixtures.rs"]
mod fixtures;

use crate::cargo;
use crate::measure;
use crate::sides::SideId;
use crate::table::{Row, Samples, Table, Target, Unit};
use anyhow::{Context, Result};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A program that makes calls.
struct Caller {
    side: SideId,
    program: PathBuf,
    script: Option<PathBuf>,
    /// Slower callers repeat less.
    divisor: u32,
}

/// Something that callers repeat.
struct Workload {
    name: &'static str,
    iterations: u32,
    response: PathBuf,
}

/// Builds the callers and takes all times.
pub fn measure(folder: &Path, work: &Path, rounds: u32, table: &mut Table) -> Result<()> {
    let list = fixtures::import_jobs(500);
    let response = |name: &str, body: &str| -> Result<PathBuf> {
        let path = work.join(name);
        fs::write(&path, body)?;
        Ok(path)
    };
    let started = response("import-job-started.json", fixtures::IMPORT_JOB_STARTED)?;
    let callers = callers(folder, work)?;
    let measure = |name, iterations, response: &Path| {
        let workload = Workload {
            name,
            iterations,
            response: response.to_owned(),
        };
        repeat(&callers, &workload, rounds)
    };

    let row = Row::new("one call, processor", Unit::Microseconds)
        .with(measure("call", 10_000, &started)?)
        .ratio(SideId::Ours, SideId::AwsNewest);
    table.push(row.target(Target::AtMost(0.65)));

    let nanoseconds = measure("list", 300, &response("import-jobs.json", &list)?)?;
    let row = Row::new("list of 500 jobs", Unit::MegabytesPerSecond)
        .with(nanoseconds.map(|nanoseconds| list.len() as f64 / nanoseconds * 1e9))
        .ratio(SideId::Ours, SideId::AwsNewest);
    table.push(row.target(Target::AtLeast(2.1)));

    let row = Row::new("build a client, processor", Unit::Microseconds)
        .with(measure("client", 5_000, &started)?)
        .ratio(SideId::Ours, SideId::AwsNewest);
    table.push(row);
    Ok(())
}

/// One sample a round of each caller in turn, in nanoseconds.
fn repeat(callers: &[Caller], workload: &Workload, rounds: u32) -> Result<Samples> {
    let mut samples = Samples::default();
    for round in 1..=rounds {
        eprintln!("calls, {}, {round} of {rounds}", workload.name);
        for caller in callers {
            samples.push(caller.side, caller.run(workload)?);
        }
    }
    Ok(samples)
}

impl Caller {
    fn run(&self, workload: &Workload) -> Result<f64> {
        let mut command = Command::new(&self.program);
        command.args(&self.script);
        command.arg(workload.name);
        command.arg((workload.iterations / self.divisor).to_string());
        command.arg(&workload.response);
        for file in ["AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"] {
            command.env(file, "/dev/null");
        }
        let printed = cargo::run(&mut command)?;
        printed
            .trim()
            .parse()
            .with_context(|| format!("{command:?} printed {printed:?}"))
    }
}

/// Builds the callers. Without Python and boto3 there is one less.
fn callers(folder: &Path, work: &Path) -> Result<Vec<Caller>> {
    let target = work.join("callers");
    let mut callers = Vec::new();
    for (side, package) in [
        (SideId::Ours, "caller-healthlake"),
        (SideId::AwsNewest, "caller-aws-sdk-healthlake"),
    ] {
        eprintln!("building {package}");
        let mut build = cargo::command(folder);
        build.args([
            "build",
            "--quiet",
            "--release",
            "--offline",
            "--package",
            package,
        ]);
        measure::time(build.arg("--target-dir").arg(&target))?;
        callers.push(Caller {
            side,
            program: target.join("release").join(package),
            script: None,
            divisor: 1,
        });
    }
    if cargo::run(Command::new("python3").args(["-c", "import boto3"])).is_ok() {
        callers.push(Caller {
            side: SideId::Boto3,
            program: "python3".into(),
            script: Some(Path::new(env!("CARGO_MANIFEST_DIR")).join("boto3/caller.py")),
            divisor: 20,
        });
    } else {
        eprintln!("boto3 is left out: there is no python3 that can import it");
    }
    Ok(callers)
}
