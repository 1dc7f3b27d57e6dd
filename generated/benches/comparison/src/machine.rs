//! Says where and when the numbers were taken.

use crate::cargo::run;
use anyhow::Result;
use std::process::Command;

/// Processor, cores, compiler and date, in one line.
pub fn describe() -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let rustc = run(Command::new("rustc").arg("--version"))?;
    let date = run(Command::new("date").arg("+%F"))?;
    Ok(format!(
        "{}, {cores} cores, {}, {}",
        processor().unwrap_or_else(|| "unknown processor".to_owned()),
        rustc.trim(),
        date.trim()
    ))
}

/// The processor's name, as Linux or macOS has it.
fn processor() -> Option<String> {
    if let Ok(text) = std::fs::read_to_string("/proc/cpuinfo") {
        let line = text.lines().find(|line| line.starts_with("model name"))?;
        return Some(line.split_once(':')?.1.trim().to_owned());
    }
    let name = run(Command::new("sysctl").args(["-n", "machdep.cpu.brand_string"])).ok()?;
    Some(name.trim().to_owned())
}
