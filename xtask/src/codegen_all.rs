//! `cargo xtask codegen --models DIR --out DIR`: every model of a folder, in parallel, as members of one workspace.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use smithy_codegen::Summary;
use toml_edit::{Array, DocumentMut};

use crate::CodegenArgs;
use crate::codegen::Generated;

/// Runs the command.
pub fn run(args: &CodegenArgs) -> Result<()> {
    let (Some(models), Some(out)) = (&args.models, &args.out) else {
        bail!("--models and --out go together");
    };
    let models = find(models)?;

    let bar = ProgressBar::new(models.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let outcomes = in_parallel(&models, |model, names| {
        bar.set_message(model.name.clone());
        let outcome = Outcome::of(model, &out.join(&model.name), names, args);
        bar.inc(1);
        outcome
    });
    bar.finish_and_clear();
    if !args.check {
        write_workspace(out, &models)?;
    }

    print!("{}", table(&models, &outcomes));
    let failed = outcomes
        .iter()
        .filter(|outcome| outcome.error.is_some())
        .count();
    for (model, outcome) in models.iter().zip(&outcomes) {
        if let Some(error) = &outcome.error {
            eprintln!("error: {}: {error}", model.name);
        }
    }
    ensure!(failed == 0, "{failed} of {} models failed", models.len());
    Ok(())
}

/// A model, and what its crate's folder is called.
struct Model {
    path: PathBuf,
    name: String,
}

/// What became of a model.
struct Outcome {
    summary: Option<Summary>,
    lines: usize,
    time: Duration,
    error: Option<String>,
    done: String,
}

/// Which package names are taken, and by which model.
type Names = Mutex<BTreeMap<String, String>>;

impl Outcome {
    fn of(model: &Model, out: &Path, names: &Names, args: &CodegenArgs) -> Self {
        let started = Instant::now();
        let mut outcome = Self {
            summary: None,
            lines: 0,
            time: Duration::ZERO,
            error: None,
            done: "failed".to_owned(),
        };
        let result = outcome.generate(model, out, names, args);
        outcome.error = result.err().map(|error| format!("{error:#}"));
        outcome.time = started.elapsed();
        outcome
    }

    fn generate(
        &mut self,
        model: &Model,
        out: &Path,
        names: &Names,
        args: &CodegenArgs,
    ) -> Result<()> {
        let mut generated = Generated::read(&model.path, out, args)?;
        self.lines = generated.files.lines();
        self.summary = Some(generated.summary.clone());
        claim(names, &generated.name, &model.name)?;
        let changes = generated.sync(args)?;
        ensure!(
            !args.check || changes.is_empty(),
            "{} files differ",
            changes.len()
        );
        let left_out = generated.summary.left_out.len();
        self.done = match (changes.len(), left_out) {
            (0, 0) => "unchanged".to_owned(),
            (_, 0) => "written".to_owned(),
            (_, left_out) => format!("{left_out} left out"),
        };
        Ok(())
    }
}

/// Notes that a package name is taken. Two packages of a workspace cannot have the same.
fn claim(names: &Names, name: &str, model: &str) -> Result<()> {
    let mut names = names
        .lock()
        .unwrap_or_else(|poisoned| poisoned.into_inner());
    let taken = names
        .entry(name.to_owned())
        .or_insert_with(|| model.to_owned());
    ensure!(
        taken == model,
        "its package would be called {name}, as that of {taken} is"
    );
    Ok(())
}

/// The models of a folder, in the order of their names.
fn find(folder: &Path) -> Result<Vec<Model>> {
    let mut models = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry.with_context(|| folder.display().to_string())?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "json")
            && path.is_file()
        {
            let name = path
                .file_stem()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            models.push(Model { path, name });
        }
    }
    ensure!(
        !models.is_empty(),
        "{} has no models (*.json)",
        folder.display()
    );
    models.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(models)
}

/// Does something with every model, on all processors. The outcomes are in the order of the models.
fn in_parallel(models: &[Model], work: impl Fn(&Model, &Names) -> Outcome + Sync) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let names = Names::default();
    let mut outcomes: Vec<_> = thread::scope(|scope| {
        let worker = || {
            let mut outcomes = Vec::new();
            loop {
                let index = next.fetch_add(1, Ordering::Relaxed);
                let Some(model) = models.get(index) else {
                    return outcomes;
                };
                outcomes.push((index, work(model, &names)));
            }
        };
        let count = thread::available_parallelism()
            .map_or(1, usize::from)
            .min(models.len());
        let workers: Vec<_> = (0..count).map(|_| scope.spawn(worker)).collect();
        workers
            .into_iter()
            .filter_map(|worker| worker.join().ok())
            .flatten()
            .collect()
    });
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

/// Makes the folder a workspace of the crates that are there.
fn write_workspace(out: &Path, models: &[Model]) -> Result<()> {
    let path = out.join("Cargo.toml");
    let old = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let members = models
        .iter()
        .map(|model| &model.name)
        .filter(|name| out.join(name).join("Cargo.toml").is_file());
    let new = with_members(&old, members).with_context(|| path.display().to_string())?;
    if new != old {
        fs::create_dir_all(out).with_context(|| out.display().to_string())?;
        fs::write(&path, new).with_context(|| path.display().to_string())?;
    }
    Ok(())
}

fn with_members<'a>(manifest: &str, names: impl Iterator<Item = &'a String>) -> Result<String> {
    let mut manifest: DocumentMut = manifest.parse()?;
    let is_new = !manifest.contains_key("workspace");
    let workspace = manifest.entry("workspace").or_insert_with(toml_edit::table);
    let workspace = workspace
        .as_table_like_mut()
        .context("`workspace` should be a table")?;
    if is_new {
        workspace.insert("resolver", toml_edit::value("3"));
    }
    let members = workspace
        .entry("members")
        .or_insert_with(|| toml_edit::value(Array::new()));
    let members = members
        .as_array_mut()
        .context("`workspace.members` should be a list")?;
    for name in names {
        if !members.iter().any(|member| member.as_str() == Some(name)) {
            members.push_formatted(toml_edit::Value::from(name).decorated("\n    ", ""));
        }
    }
    members.set_trailing("\n");
    members.set_trailing_comma(true);
    Ok(manifest.to_string())
}

/// What became of all models, as people read it.
fn table(models: &[Model], outcomes: &[Outcome]) -> String {
    let mut rows = vec![
        [
            "service",
            "protocol",
            "operations",
            "shapes",
            "lines",
            "time",
            "outcome",
        ]
        .map(str::to_owned),
    ];
    for (model, outcome) in models.iter().zip(outcomes) {
        let summary = outcome.summary.as_ref();
        let count =
            |count: Option<usize>| count.map_or_else(|| "-".to_owned(), |count| count.to_string());
        rows.push([
            model.name.clone(),
            summary.map_or("-", |summary| &summary.protocol).to_owned(),
            count(summary.map(|summary| summary.operations)),
            count(summary.map(|summary| summary.shapes)),
            count(summary.map(|_| outcome.lines)),
            format!("{:.2} s", outcome.time.as_secs_f64()),
            outcome.done.clone(),
        ]);
    }
    let mut widths = [0; 7];
    for row in &rows {
        for (width, cell) in widths.iter_mut().zip(row) {
            *width = (*width).max(cell.chars().count());
        }
    }
    let mut text = String::new();
    for row in rows {
        let cells =
            row.iter()
                .zip(widths)
                .enumerate()
                .map(|(column, (cell, width))| match column {
                    2..=5 => format!("{cell:>width$}"),
                    _ => format!("{cell:<width$}"),
                });
        let line = cells.collect::<Vec<_>>().join("  ");
        let _ = writeln!(text, "{}", line.trim_end());
    }
    text
}
