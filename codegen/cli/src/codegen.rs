//! `codegen` for one model.

use std::collections::BTreeMap;
use std::env;
use std::fmt::Display;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use smithy_codegen::{Options, Phase, Summary, generate_with};

use crate::args::CodegenArgs;
use crate::crate_folder::{CrateFolder, relative};
use crate::file_set::{Change, FileSet, Kind, Mode};
use crate::folder_lock::FolderLock;
use crate::model_files::ModelFiles;
use crate::out_folder::{self, Purpose};
use crate::output::{self, one_line, shown};
use crate::program::{Checkout, Program};
use crate::rustfmt;

/// Runs the command.
pub fn run(args: &CodegenArgs, program: &Program) -> Result<()> {
    let started = Instant::now();
    let (model, out) = match (args.model.as_slice(), &args.out, program.checkout()) {
        ([_, ..], Some(out), _) => (args.model.clone().into(), out.clone()),
        (.., Some(Checkout { root, model, out })) => (
            ModelFiles::from(from_here(&root.join(model)).as_path()),
            from_here(&root.join(out)),
        ),
        _ => bail!("--model and --out go together"),
    };
    for path in model.paths() {
        out_folder::check(&out, Purpose::Crate(path), program)?;
    }
    let mut generated = Generated::read(&Job {
        model: &model,
        out: &out,
        is_member: false,
        mode: args.mode(),
        options: args.options(),
        program,
    })?;
    let changes = generated.sync();
    print_summary(&model, &generated.summary);
    let changes = changes?;
    print_changes(&changes, args);
    if args.verbose {
        output::line(in_words(&generated.phases));
    }
    let (out, files) = (shown(&out), generated.files.len());
    if args.check {
        ensure_fresh(&out, changes.len(), program)?;
        output::line(format!("{out} is fresh: {files} files"));
    } else {
        let is_removal =
            |change: &&Change| matches!(change.kind, Kind::Unexpected | Kind::Unfinished);
        let removed = changes.iter().filter(is_removal).count();
        let changed = changes.len() - removed;
        let time = started.elapsed().as_secs_f64();
        output::line(format!(
            "wrote {out}: {files} files, {changed} changed, {removed} removed, in {time:.2} s"
        ));
    }
    Ok(())
}

fn print_summary(model: &ModelFiles, summary: &Summary) {
    output::line(format!(
        "read {}: {}, {}, {} operations, {} shapes",
        model.name(),
        summary.service,
        summary.protocol,
        summary.operations,
        summary.shapes
    ));
    for left_out in &summary.left_out {
        output::line(format!("left out {left_out}"));
    }
}

/// One crate to be generated.
pub struct Job<'a> {
    pub model: &'a ModelFiles,
    /// The folder of the crate.
    pub out: &'a Path,
    /// `true` if the crate belongs to the workspace around it, whatever that says yet.
    pub is_member: bool,
    pub mode: Mode,
    /// The generator's options, without what the model's path and the folder say.
    pub options: Options,
    /// The program that generates it.
    pub program: &'a Program,
}

/// A crate in memory, formatted.
pub struct Generated {
    pub summary: Summary,
    pub files: FileSet,
    /// The phases that are over, and their times.
    pub phases: Vec<(&'static str, Duration)>,
    mode: Mode,
    /// The folder is this run's from before its manifest is read until all is written.
    _lock: FolderLock,
}

impl Generated {
    /// Reads a model, and generates and formats its crate. Writes nothing, but locks the crate's folder.
    pub fn read(job: &Job<'_>) -> Result<Self> {
        let model = job.model;
        let lock = FolderLock::acquire(job.out, job.mode)?;
        let runtime = job.options.runtime.as_ref();
        let folder = CrateFolder::look_at(job.out, runtime, job.is_member, job.program)?;
        let options = Options {
            generator: job.program.generator(),
            source: model.label(job.program),
            runtime: folder.runtime,
            existing_manifest: folder.manifest,
            ..job.options.clone()
        };

        let mut clock = Clock::start();
        let sources = model.read()?;
        clock.finished("read");
        let generated = caught(|| {
            let finished = &mut |phase: Phase| clock.finished(phase.name());
            let generated = generate_with(sources, &options, finished);
            generated.map_err(|error| anyhow!("{}", model.in_words(&error)))
        })?;
        let mut files: BTreeMap<_, _> = generated
            .files
            .into_iter()
            .map(|file| (file.path, file.contents))
            .collect();
        rustfmt::format(&mut files).with_context(|| model.name())?;
        clock.finished("rustfmt");
        Ok(Self {
            summary: generated.summary,
            files: FileSet::of_crate(job.out.to_owned(), files),
            phases: clock.phases,
            mode: job.mode,
            _lock: lock,
        })
    }

    /// Compares the crate with what is there, and writes it unless it is only to be checked.
    pub fn sync(&mut self) -> Result<Vec<Change>> {
        let mut clock = Clock::start();
        let changes = self.files.sync(self.mode)?;
        clock.finished(match self.mode {
            Mode::Check => "check",
            Mode::Write => "write",
        });
        self.phases.extend(clock.phases);
        Ok(changes)
    }
}

/// Does something, of which a panic is an error.
pub fn caught<T>(work: impl FnOnce() -> Result<T>) -> Result<T> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(anyhow!("the generator panicked: {}", said.unwrap_or("?")))
    })
}

/// A stopwatch for phases, one after the other.
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

/// The phases that are over, and their times.
pub fn in_words(phases: &[(&'static str, Duration)]) -> String {
    let phases: Vec<_> = phases
        .iter()
        .map(|(name, time)| format!("{name} {:.1} ms", time.as_secs_f64() * 1000.0))
        .collect();
    phases.join(", ")
}

/// Says which files differ and shows how, as far as that is asked for.
pub fn print_changes(changes: &[Change], args: &CodegenArgs) {
    if !args.check && !args.verbose {
        return;
    }
    for change in changes {
        output::line(change);
        if let (Some(difference), true) = (change.difference(), args.verbose) {
            output::text(difference);
        }
    }
}

/// An error that says what to do, if files are not as the generator writes them.
pub fn ensure_fresh(out: &impl Display, differing: usize, program: &Program) -> Result<()> {
    ensure!(
        differing == 0,
        "{out} is not what the generator writes ({}): run `{}`",
        if differing == 1 {
            "1 file differs".to_owned()
        } else {
            format!("{differing} files differ")
        },
        writing_command(program)
    );
    Ok(())
}

/// The command that was given, without what keeps it from writing.
fn writing_command(program: &Program) -> String {
    let given = env::args_os().skip(1);
    let given = given.map(|argument| argument.to_string_lossy().into_owned());
    let given = given
        .filter(|argument| !matches!(argument.as_str(), "--check" | "-v" | "--verbose"))
        .map(quoted);
    let given: Vec<_> = given.collect();
    format!("{} {}", program.name(), given.join(" "))
}

/// An argument as a shell takes it.
fn quoted(argument: String) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./:=+#@,%^~".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        argument
    } else {
        format!("'{}'", one_line(&argument).replace('\'', r"'\''"))
    }
}

/// A path as a user in the current folder would write it.
fn from_here(path: &Path) -> PathBuf {
    let here = env::current_dir().ok();
    here.and_then(|here| relative(path, &here))
        .unwrap_or_else(|| path.to_owned())
}
