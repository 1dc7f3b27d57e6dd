//! `codegen --models DIR --out DIR`: every model of a folder, in parallel, as members of one workspace.
//!
//! Each crate goes to a folder that is called as its model's file. What its package is called is settled before the first is
//! generated, so that the outcome depends on nothing but the models and the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, bail, ensure};
use indicatif::{ProgressBar, ProgressStyle};
use rayon::prelude::*;
use smithy_codegen::{Options, Summary};

use crate::abandoned::Abandoned;
use crate::args::CodegenArgs;
use crate::codegen::{Generated, Job, caught, ensure_fresh, in_words, print_changes};
use crate::file_set::{Change, FileSet, MANIFEST, Mode};
use crate::folder_lock::FolderLock;
use crate::out_folder::{self, Purpose};
use crate::output::{self, one_line, shown};
use crate::package_names::{self, Found, Settled};
use crate::program::Program;
use crate::regular_file::{kind, read_if_exists};
use crate::table::Table;
use crate::workspace;

/// Runs the command.
pub fn run(args: &CodegenArgs, program: &Program) -> Result<()> {
    let (Some(folder), Some(out)) = (&args.models, &args.out) else {
        bail!("--models and --out go together");
    };
    out_folder::check(out, Purpose::Workspace(folder), program)?;
    let models = find(folder)?;
    let _lock = FolderLock::acquire(out, args.mode())?;
    let models = settle(models, out);

    let bar = ProgressBar::new(models.len() as u64)
        .with_style(ProgressStyle::with_template("{bar:40} {pos}/{len} {msg}")?);
    let outcomes = in_parallel(&models, |model| {
        bar.set_message(model.name.clone());
        let outcome = Outcome::of(model, out, args, program);
        bar.inc(1);
        outcome
    });
    bar.finish_and_clear();
    let abandoned = clear(out, &models, args.mode());
    let of_abandoned = abandoned.as_deref().unwrap_or_default();
    let workspace = workspace(out, &models, &outcomes, of_abandoned, args.mode());
    let workspace = workspace.and_then(|workspace| workspace.sync(args.mode()));

    report(&Report {
        models: &models,
        outcomes: &outcomes,
        abandoned: of_abandoned,
        workspace: workspace.as_deref().unwrap_or_default(),
        args,
    });
    let (workspace, abandoned) = (workspace?, abandoned?);
    let failed = outcomes.iter().filter(|outcome| outcome.is_err()).count();
    ensure!(failed == 0, "{failed} of {} models failed", models.len());
    let crates = outcomes.iter().flatten();
    let differing = crates.map(|outcome| outcome.changes.len()).sum::<usize>()
        + abandoned
            .iter()
            .map(Abandoned::files_to_remove)
            .sum::<usize>()
        + workspace.len();
    if args.check {
        ensure_fresh(&shown(out), differing, program)?;
    }
    Ok(())
}

/// A model, and the name of its crate's folder.
struct Model {
    path: PathBuf,
    name: String,
    package: Settled,
}

/// The result for a model.
struct Outcome {
    summary: Summary,
    lines: usize,
    changes: Vec<Change>,
    phases: Vec<(&'static str, Duration)>,
    time: Duration,
}

impl Outcome {
    fn of(model: &Model, out: &Path, args: &CodegenArgs, program: &Program) -> Result<Self> {
        let started = Instant::now();
        let package = model.package.as_ref().map_err(|error| anyhow!("{error}"))?;
        let folder = out.join(&model.name);
        refuse_link(&folder)?;
        let mut generated = Generated::read(&Job {
            model: &model.path.as_path().into(),
            out: &folder,
            is_member: true,
            mode: args.mode(),
            options: Options {
                crate_name: package.clone(),
                ..args.options()
            },
            program,
        })?;
        let changes = generated.sync()?;
        Ok(Self {
            summary: generated.summary,
            lines: generated.files.lines(),
            changes,
            phases: generated.phases,
            time: started.elapsed(),
        })
    }

    fn print_details(&self, model: &Model, args: &CodegenArgs) {
        print_changes(&self.changes, args);
        if args.verbose {
            output::line(format!("{}: {}", model.name, in_words(&self.phases)));
            for left_out in &self.summary.left_out {
                output::line(format!("{}: left out {left_out}", model.name));
            }
        }
    }

    fn in_words(&self, model: &Model, is_check: bool) -> String {
        let mut words = match self.changes.len() {
            0 => "unchanged".to_owned(),
            differ if is_check => format!("{differ} files differ"),
            _ => "written".to_owned(),
        };
        if let Ok(Some(package)) = &model.package {
            words += &format!(" as {package}");
        }
        match self.summary.left_out.len() {
            0 => words,
            left_out => format!("{words}, {left_out} left out"),
        }
    }
}

/// The models of a folder, in the order of their names.
fn find(folder: &Path) -> Result<Vec<Model>> {
    let name = shown(folder);
    if folder.is_file() {
        bail!("{name}: is a file, not a folder\nhint: `--model {name}` takes one model");
    }
    let mut models = Vec::new();
    let mut has_folders = false;
    for entry in fs::read_dir(folder).with_context(|| name.clone())? {
        let path = entry.with_context(|| name.clone())?.path();
        if path.is_dir() {
            has_folders = true;
        } else if path
            .extension()
            .is_some_and(|extension| extension == "json" || extension == "smithy")
        {
            // What cannot be read says so when it is.
            models.push(Model::at(path));
        }
    }
    let hint = if has_folders {
        "\nhint: models in the folders below it are not looked for"
    } else {
        ""
    };
    ensure!(
        !models.is_empty(),
        "{name} has no models (*.json, *.smithy){hint}"
    );
    models.sort_by(|one, other| (&one.name, &one.path).cmp(&(&other.name, &other.path)));
    let twins = models.windows(2).find_map(|pair| match pair {
        [one, other] if one.name == other.name => Some((shown(&one.path), shown(&other.path))),
        _ => None,
    });
    if let Some((one, other)) = twins {
        bail!(
            "the crates of {one} and {other} would have the same folder\nhint: give one of the files another name"
        );
    }
    Ok(models)
}

impl Model {
    fn at(path: PathBuf) -> Self {
        let stem = path.file_stem().unwrap_or_default();
        let package = match stem.to_str().filter(|name| is_folder_name(name)) {
            Some(_) => Ok(None),
            None => Err(
                "no crate's folder in a workspace can be called like that\nhint: give the model's file another name"
                    .to_owned(),
            ),
        };
        Self {
            name: one_line(&stem.to_string_lossy()),
            path,
            package,
        }
    }
}

/// Returns `true` if a crate's folder can have this name: it is seen, and a member of a workspace by its own name.
fn is_folder_name(name: &str) -> bool {
    !name.starts_with('.')
        && !["Cargo.toml", "Cargo.lock", "target"].contains(&name)
        && name == one_line(name)
        && !name.contains(['*', '?', '[', ']', '{', '}', '\\'])
}

/// Refuses a crate's folder that leads out of the workspace.
fn refuse_link(folder: &Path) -> Result<()> {
    match fs::symlink_metadata(folder) {
        Ok(found) if found.is_symlink() => bail!(
            "{} is {}: nothing is written through it\nhint: remove it, or generate into another folder",
            shown(folder),
            kind(found.file_type())
        ),
        _ => Ok(()),
    }
}

/// Finds out what the packages of all models are called, and gives other names to those that would be called the same.
fn settle(mut models: Vec<Model>, out: &Path) -> Vec<Model> {
    // A model that has no name for its package yet says why when it is generated.
    let found = in_parallel(&models, |model| {
        ensure!(model.package.is_ok(), "it has no folder");
        Found::look_for(&model.path, &out.join(&model.name))
    });
    let found = models
        .iter()
        .zip(found)
        .filter_map(|(model, found)| Some((model.name.clone(), found.ok()?)))
        .collect();
    let mut settled = package_names::settle(&found);
    for model in models.iter_mut().filter(|model| model.package.is_ok()) {
        if let Some(package) = settled.remove(&model.name) {
            model.package = package;
        }
    }
    models
}

/// Does something with every model, on all processors. The results are in the order of the models; a panic is the result of the
/// model that it happened to.
fn in_parallel<T: Send>(
    models: &[Model],
    work: impl Fn(&Model) -> Result<T> + Sync,
) -> Vec<Result<T>> {
    let work = |model| caught(|| work(model));
    models.par_iter().map(work).collect()
}

/// The manifest of a workspace of the crates that are there, or would be if this were no check.
fn workspace(
    out: &Path,
    models: &[Model],
    outcomes: &[Result<Outcome>],
    abandoned: &[Abandoned],
    mode: Mode,
) -> Result<FileSet> {
    let is_there = |name: &str| out.join(name).join(MANIFEST).is_file();
    let members = models.iter().zip(outcomes).filter(|(model, outcome)| {
        model.package.is_ok() && (mode == Mode::Check && outcome.is_ok() || is_there(&model.name))
    });
    let members: Vec<_> = members.map(|(model, _)| model.name.as_str()).collect();
    let is_gone = |name: &str| {
        let is_removed = |it: &Abandoned| it.name == name && !it.stays();
        is_folder_name(name) && (!is_there(name) || abandoned.iter().any(is_removed))
    };
    let path = out.join(MANIFEST);
    let old = read_if_exists(&path)?.unwrap_or_default();
    let new = workspace::with_members(&old, &members, is_gone).with_context(|| shown(&path))?;
    Ok(FileSet::of_workspace(out.to_owned(), new))
}

/// Removes the crates whose models are gone, unless this is a check.
fn clear(out: &Path, models: &[Model], mode: Mode) -> Result<Vec<Abandoned>> {
    let is_model = |name: &str| models.iter().any(|model| model.name == name);
    let abandoned = Abandoned::find(out, is_model, mode)?;
    if mode == Mode::Write {
        for abandoned in &abandoned {
            abandoned.remove()?;
        }
    }
    Ok(abandoned)
}

/// The results of a run.
struct Report<'a> {
    models: &'a [Model],
    outcomes: &'a [Result<Outcome>],
    abandoned: &'a [Abandoned],
    workspace: &'a [Change],
    args: &'a CodegenArgs,
}

/// Says what became of all models: what differs, a table, and what went wrong.
fn report(report: &Report<'_>) {
    let args = report.args;
    for (model, outcome) in report.models.iter().zip(report.outcomes) {
        if let Ok(outcome) = outcome {
            outcome.print_details(model, args);
        }
    }
    if args.check || args.verbose {
        let differences = report.abandoned.iter().filter_map(Abandoned::difference);
        differences.for_each(output::line);
    }
    print_changes(report.workspace, args);
    output::text(table(report));
    for (model, outcome) in report.models.iter().zip(report.outcomes) {
        if let Err(error) = outcome {
            output::problem(format!("{}: {error:#}", model.name));
        }
    }
}

fn table(report: &Report<'_>) -> Table<7> {
    let mut table = Table::new([
        ("service", false),
        ("protocol", false),
        ("operations", true),
        ("shapes", true),
        ("lines", true),
        ("time", true),
        ("outcome", false),
    ]);
    for (model, outcome) in report.models.iter().zip(report.outcomes) {
        let Ok(outcome) = outcome else {
            table.row([&model.name, "-", "-", "-", "-", "-", "failed"]);
            continue;
        };
        let summary = &outcome.summary;
        table.row([
            &model.name,
            &summary.protocol,
            &summary.operations.to_string(),
            &summary.shapes.to_string(),
            &outcome.lines.to_string(),
            &format!("{:.2} s", outcome.time.as_secs_f64()),
            &outcome.in_words(model, report.args.check),
        ]);
    }
    for abandoned in report.abandoned {
        let words = abandoned.in_words(report.args.mode());
        table.row([&one_line(&abandoned.name), "-", "-", "-", "-", "-", &words]);
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_the_result_of_its_own_model() {
        let models = ["a", "b", "c", "d"].map(|name| Model {
            path: PathBuf::new(),
            name: name.to_owned(),
            package: Ok(None),
        });
        let results = in_parallel(&models, |model| match model.name.as_str() {
            "b" => panic!("of b"),
            "c" => panic!("of {}", model.name),
            name => Ok(name.to_owned()),
        });
        let results: Vec<_> = results
            .into_iter()
            .map(|result| result.unwrap_or_else(|error| error.to_string()))
            .collect();
        let panicked = |of| format!("the generator panicked: of {of}");
        assert_eq!(
            results,
            ["a".to_owned(), panicked("b"), panicked("c"), "d".to_owned()]
        );
    }
}
