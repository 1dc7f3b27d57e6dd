//! `cargo xtask codegen` for one model.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use smithy_codegen::{Options, Summary, generate_with};

use crate::CodegenArgs;
use crate::crate_folder::{CrateFolder, relative, root};
use crate::file_set::{Change, FileSet, Kind, Mode};
use crate::rustfmt;

/// The model that is generated when none is named, and where to.
const MODEL: &str = "models/healthlake-2017-07-01.json";
const OUT: &str = "generated";

/// Runs the command.
pub fn run(args: &CodegenArgs) -> Result<()> {
    let started = Instant::now();
    let (model, out) = match (&args.model, &args.out) {
        (Some(model), Some(out)) => (model.clone(), out.clone()),
        _ => (from_here(&root().join(MODEL)), from_here(&root().join(OUT))),
    };
    let mut generated = Generated::read(&model, &out, args)?;
    let summary = &generated.summary;
    println!(
        "read {}: {}, {}, {} operations, {} shapes",
        model.display(),
        summary.service,
        summary.protocol,
        summary.operations,
        summary.shapes
    );
    for left_out in &summary.left_out {
        println!("left out {left_out}");
    }

    let changes = generated.sync(args)?;
    if args.check || args.verbose {
        print_changes(&changes, args);
    }
    if args.verbose {
        println!("{}", in_words(&generated.phases));
    }
    if args.check {
        ensure!(
            changes.is_empty(),
            "{} is not what the generator writes ({} files differ): run `{}`",
            out.display(),
            changes.len(),
            writing_command()
        );
        println!(
            "{} is fresh: {} files",
            out.display(),
            generated.files.len()
        );
        return Ok(());
    }
    let removed = changes
        .iter()
        .filter(|change| change.kind == Kind::Unexpected)
        .count();
    println!(
        "wrote {}: {} files, {} changed, {removed} removed, in {:.2} s",
        out.display(),
        generated.files.len(),
        changes.len() - removed,
        started.elapsed().as_secs_f64()
    );
    Ok(())
}

/// A crate in memory, formatted.
pub struct Generated {
    pub summary: Summary,
    pub name: String,
    pub files: FileSet,
    /// What has been done for it, and how long that took.
    pub phases: Vec<(&'static str, Duration)>,
}

impl Generated {
    /// Reads a model, and generates and formats the crate that is to go to `out`. Writes nothing.
    pub fn read(model: &Path, out: &Path, args: &CodegenArgs) -> Result<Self> {
        let folder = CrateFolder::look_at(out, args.runtime.as_ref(), args.models.is_some())?;
        let options = Options {
            source: label(model),
            crate_name: args.name.clone(),
            runtime: folder.runtime,
            existing_manifest: folder.manifest,
            skip_unsupported: args.skip_unsupported,
            ..Options::default()
        };

        let mut clock = Clock::start();
        let text = fs::read_to_string(model).with_context(|| model.display().to_string())?;
        clock.finished("read");
        let generated = generate_with(&text, &options, &mut |phase| clock.finished(phase.name()))
            .map_err(|error| {
            anyhow!(
                "{}{}",
                model.display(),
                on_lines_of_their_own(&error.to_string())
            )
        })?;
        let mut files: BTreeMap<_, _> = generated
            .files
            .into_iter()
            .map(|file| (file.path, file.contents))
            .collect();
        rustfmt::format(&mut files).with_context(|| model.display().to_string())?;
        clock.finished("rustfmt");
        Ok(Self {
            summary: generated.summary,
            name: generated.name,
            files: FileSet::of_crate(out.to_owned(), files),
            phases: clock.phases,
        })
    }

    /// Compares the crate with what is there, and writes it unless it is only to be checked.
    pub fn sync(&mut self, args: &CodegenArgs) -> Result<Vec<Change>> {
        let (mode, name) = if args.check {
            (Mode::Check, "check")
        } else {
            (Mode::Write, "write")
        };
        let mut clock = Clock::start();
        let changes = self.files.sync(mode)?;
        clock.finished(name);
        self.phases.extend(clock.phases);
        Ok(changes)
    }
}

/// How long things take, one after the other.
struct Clock {
    phases: Vec<(&'static str, Duration)>,
    since: Instant,
}

impl Clock {
    fn start() -> Self {
        Self {
            phases: Vec::new(),
            since: Instant::now(),
        }
    }

    fn finished(&mut self, name: &'static str) {
        self.phases.push((name, self.since.elapsed()));
        self.since = Instant::now();
    }
}

fn in_words(phases: &[(&'static str, Duration)]) -> String {
    let phases: Vec<_> = phases
        .iter()
        .map(|(name, time)| format!("{name} {:.1} ms", time.as_secs_f64() * 1000.0))
        .collect();
    phases.join(", ")
}

/// Says which files differ, and shows how if that is asked for.
pub fn print_changes(changes: &[Change], args: &CodegenArgs) {
    for change in changes {
        println!("{change}");
        if let (Some(difference), true) = (change.difference(), args.verbose) {
            print!("{difference}");
        }
    }
}

/// The command that was given, without what keeps it from writing.
fn writing_command() -> String {
    let given = env::args()
        .skip(1)
        .filter(|argument| !matches!(argument.as_str(), "--check" | "-v" | "--verbose"));
    format!("cargo xtask {}", given.collect::<Vec<_>>().join(" "))
}

/// What a model is called in generated files, wherever this runs: its path in this checkout, or else its file name.
fn label(model: &Path) -> String {
    let full = model.canonicalize().unwrap_or_else(|_| model.to_owned());
    let name = full
        .strip_prefix(root())
        .ok()
        .or_else(|| full.file_name().map(Path::new));
    name.unwrap_or(model).to_string_lossy().replace('\\', "/")
}

/// A path as a user in the current folder would write it.
fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().ok();
    here.and_then(|here| relative(path, &here))
        .unwrap_or_else(|| path.to_owned())
}

/// Puts each of several messages on a line of its own.
fn on_lines_of_their_own(messages: &str) -> String {
    if messages.contains('\n') {
        format!(":\n  {}", messages.replace('\n', "\n  "))
    } else {
        format!(": {messages}")
    }
}
