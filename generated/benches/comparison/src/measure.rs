//! Takes the wall and processor time of commands.

use anyhow::{Context, Result, ensure};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeVal;
use std::process::{Command, Stdio};
use std::time::Instant;

/// The time that a command took, in seconds.
#[derive(Clone, Copy, Debug)]
pub struct Time {
    /// From start to end.
    pub wall: f64,
    /// User and system time of the command and all that it started.
    pub processor: f64,
}

/// Runs a command to its end.
pub fn time(command: &mut Command) -> Result<Time> {
    let before = processor_time_of_children()?;
    let start = Instant::now();
    let status = command
        .stdout(Stdio::null())
        .status()
        .with_context(|| format!("cannot run {command:?}"))?;
    let wall = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} failed");
    Ok(Time {
        wall,
        processor: processor_time_of_children()? - before,
    })
}

/// The middle of the samples, or the mean of the two in the middle.
pub fn median(mut samples: Vec<f64>) -> Option<f64> {
    samples.sort_by(f64::total_cmp);
    let upper = samples.len() / 2;
    let lower = samples.len().checked_sub(1)? / 2;
    Some((samples.get(lower)? + samples.get(upper)?) / 2.0)
}

/// Of all children that have ended, and of theirs.
fn processor_time_of_children() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let seconds = |time: TimeVal| time.tv_sec() as f64 + time.tv_usec() as f64 / 1e6;
    Ok(seconds(usage.user_time()) + seconds(usage.system_time()))
}
