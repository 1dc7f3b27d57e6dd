//! Runs that are killed while they write, and several runs at once.

use std::collections::BTreeMap;
use std::env;
use std::fs::{self, File};
use std::io::{BufRead, BufReader};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::support::{codegen, contents, model_with, run, text};

/// The folder that a run has while it writes.
const IN_PROGRESS: &str = ".codegen-in-progress";

/// The number of runs that are killed, unless this variable says.
const KILLS: usize = 20;
const VARIABLE: &str = "KILLS";

/// Two models of one crate with many files each, most of which differ; and what is written by hand beside them.
struct Models {
    folder: tempfile::TempDir,
}

impl Models {
    fn new() -> Self {
        let models = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        for name in ["a", "b"] {
            fs::write(models.model(name), model_of_many(name)).unwrap();
        }
        fs::create_dir(models.folder.path().join("tmp")).unwrap();
        let out = models.out();
        for by_hand in ["src/mine.rs", "tests/mine.rs", "examples/mine.rs"] {
            fs::create_dir_all(out.join(by_hand).parent().unwrap()).unwrap();
            fs::write(out.join(by_hand), "// Mine.\n").unwrap();
        }
        models.run("a", &[]);
        let manifest = fs::read_to_string(out.join("Cargo.toml")).unwrap();
        fs::write(out.join("Cargo.toml"), manifest + "\n# Mine.\n").unwrap();
        models
    }

    fn out(&self) -> PathBuf {
        self.folder.path().join("out")
    }

    fn model(&self, name: &str) -> PathBuf {
        self.folder.path().join(format!("{name}.json"))
    }

    fn command(&self, name: &str, more: &[&str]) -> Command {
        let mut command = codegen(&self.model(name), &self.out());
        command
            .args(more)
            // What files look like does not matter here, and it takes longer than all else.
            .env("RUSTFMT", "true")
            .env("TMPDIR", self.folder.path().join("tmp"));
        command
    }

    fn spawn(&self, name: &str) -> Child {
        let mut command = self.command(name, &[]);
        let command = command.stdout(Stdio::null()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    fn run(&self, name: &str, more: &[&str]) -> Output {
        run(&mut self.command(name, more))
    }

    /// Returns the contents of the crate's folder after a run with nothing going wrong.
    fn expected(&self, name: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let output = self.run(name, &[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        let all = contents(&self.out());
        for by_hand in ["src/mine.rs", "tests/mine.rs", "examples/mine.rs"] {
            assert_eq!(all[&self.out().join(by_hand)], b"// Mine.\n");
        }
        assert!(all[&self.out().join("Cargo.toml")].ends_with(b"# Mine.\n"));
        all
    }

    fn wait_until_it_writes(&self, child: &mut Child) {
        let folder = self.out().join(IN_PROGRESS);
        while !folder.exists() && child.try_wait().unwrap().is_none() {
            thread::yield_now();
        }
    }

    fn has_temporary_files(&self) -> bool {
        fs::read_dir(self.folder.path().join("tmp"))
            .unwrap()
            .count()
            > 0
    }
}

/// A model of many structures, whose names and texts begin with a prefix, except for the names of some.
fn model_of_many(prefix: &str) -> String {
    let mut shapes = String::new();
    let mut members = Vec::new();
    for number in 0..60 {
        let name = match number % 2 {
            0 => format!("S{number}"),
            _ => format!("{}{number}", prefix.to_uppercase()),
        };
        shapes += &format!(
            r##", "x#{name}": {{ "type": "structure", "members": {{}}, "traits": {{ "smithy.api#documentation": "{prefix} {number}" }} }}"##
        );
        members.push(format!(r##""m{number}": {{ "target": "x#{name}" }}"##));
    }
    let members = format!("\"members\": {{ {} }}", members.join(", "));
    model_with(&shapes).replace("\"members\": { }", &members)
}

/// Returns the number of runs that are killed.
fn kills() -> usize {
    env::var(VARIABLE).map_or(KILLS, |kills| kills.parse().unwrap())
}

fn signal(child: &Child, signal: &str) {
    let id = child.id().to_string();
    // It may have ended already.
    let _ = Command::new("kill")
        .args([signal, &id])
        .stderr(Stdio::null())
        .status();
}

/// Whatever a killed run leaves, a check calls it good if and only if it is, and the next run mends it.
#[test]
fn a_killed_run_is_detected_and_mended() {
    let models = Models::new();
    let expected = ["a", "b"].map(|name| models.expected(name));
    assert!(expected[0] != expected[1]);
    let started = Instant::now();
    models.expected("a");
    let whole_run = started.elapsed();
    let kills = kills();
    let mut random = fastrand::Rng::with_seed(kills as u64);
    let mut unfinished = 0;

    let mut round = 0;
    // A loaded machine may let every run end before it is killed: as many more as it takes for one that did not.
    while round < kills || unfinished == 0 {
        let (old, new) = [("a", "b"), ("b", "a")][round % 2];
        let mut child = models.spawn(new);
        // Any moment, and those in which files are written.
        if round % 4 < 3 {
            models.wait_until_it_writes(&mut child);
            thread::sleep(Duration::from_micros(random.u64(0..30_000)));
        } else {
            thread::sleep(whole_run.mul_f64(random.f64()));
        }
        child.kill().unwrap();
        child.wait().unwrap();

        let left = contents(&models.out());
        let is_in_progress = models.out().join(IN_PROGRESS).exists();
        unfinished += usize::from(is_in_progress);
        for name in [old, new] {
            let wanted = &expected[usize::from(name == "b")];
            let check = models.run(name, &["--check"]);
            let is_good = left == *wanted && !is_in_progress;
            assert_eq!(check.status.success(), is_good, "round {round}: {check:?}");
            assert_eq!(contents(&models.out()), left, "a check writes nothing");
        }
        let next = if random.bool() { old } else { new };
        assert!(
            models.expected(next) == expected[usize::from(next == "b")],
            "round {round}"
        );
        assert!(!models.out().join(IN_PROGRESS).exists());
        models.run(new, &[]);
        round += 1;
    }
}

/// `Ctrl-C` leaves the old files or the new ones, and nothing else anywhere.
#[test]
fn an_interrupted_run_leaves_the_old_or_the_new() {
    let models = Models::new();
    let expected = ["a", "b"].map(|name| models.expected(name));
    let mut random = fastrand::Rng::with_seed(1);
    let interrupts = kills() / 2;
    for round in 0..interrupts {
        let new = ["a", "b"][round % 2];
        let mut child = models.spawn(new);
        if round % 2 == 0 {
            models.wait_until_it_writes(&mut child);
            thread::sleep(Duration::from_micros(random.u64(0..10_000)));
        } else {
            thread::sleep(Duration::from_millis(random.u64(0..200)));
        }
        signal(&child, ["-INT", "-TERM"][round / 2 % 2]);
        let output = child.wait_with_output().unwrap();
        let is_right = output.status.success() || matches!(output.status.signal(), Some(2 | 15));
        assert!(is_right, "{output:?}");
        assert_eq!(text(&output.stderr), "");

        assert!(expected.contains(&contents(&models.out())), "round {round}");
        assert!(!models.out().join(IN_PROGRESS).exists(), "round {round}");
        assert!(!models.has_temporary_files(), "round {round}");
    }
}

#[test]
fn several_runs_at_once_do_not_mix() {
    let models = Models::new();
    let expected = ["a", "b"].map(|name| models.expected(name));
    for _ in 0..5 {
        let children: Vec<_> = ["a", "b", "a", "b"].map(|name| models.spawn(name)).into();
        let check = models.run("a", &["--check"]);
        assert!(matches!(check.status.code(), Some(0 | 1)), "{check:?}");
        for child in children {
            let output = child.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:?}");
        }
        assert!(expected.contains(&contents(&models.out())));
        assert!(!models.out().join(IN_PROGRESS).exists());
    }
}

#[test]
fn several_runs_make_one_folder() {
    let models = Models::new();
    for _ in 0..5 {
        fs::remove_dir_all(models.out()).unwrap();
        // One of them fails, and takes back the folder that it made.
        fs::write(models.model("c"), "{").unwrap();
        let children: Vec<_> = ["c", "a", "c", "b"].map(|name| models.spawn(name)).into();
        let codes: Vec<_> = children
            .into_iter()
            .map(|child| child.wait_with_output().unwrap().status.code().unwrap())
            .collect();
        assert_eq!(codes, [1, 0, 1, 0]);
        let fresh = ["a", "b"].map(|name| models.run(name, &["--check"]).status.success());
        assert_eq!(fresh.iter().filter(|fresh| **fresh).count(), 1);
    }
}

#[test]
fn a_run_waits_for_another_and_says_so() {
    let models = Models::new();
    let other = File::open(models.out()).unwrap();
    other.lock().unwrap();
    let mut child = models.spawn("b");
    let mut line = String::new();
    let mut errors = BufReader::new(child.stderr.take().unwrap());
    errors.read_line(&mut line).unwrap();
    assert_eq!(
        line,
        format!("waiting for another run on {}\n", models.out().display())
    );
    assert_eq!(child.try_wait().unwrap(), None);
    drop(other);
    assert!(child.wait().unwrap().success());
}

#[test]
fn what_older_runs_left_is_unexpected() {
    let models = Models::new();
    let lib = models.out().join("src/lib.rs");
    let left: &Path = &models.out().join("src/.lib.rs.123.new");
    fs::copy(&lib, left).unwrap();
    // As after a power failure.
    fs::write(&lib, "").unwrap();
    let check = models.run("a", &["--check"]);
    let listed = text(&check.stdout);
    assert!(
        listed.contains(&format!("unexpected: {}\n", left.display())),
        "{listed}"
    );
    assert!(
        listed.contains(&format!("stale: {}\n", lib.display())),
        "{listed}"
    );
    assert!(models.run("a", &[]).status.success());
    assert!(!left.exists());
    assert!(models.run("a", &["--check"]).status.success());
}
