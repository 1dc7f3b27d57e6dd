//! What else can be in a file system: each is an error that says what is wrong, and nothing is touched.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use crate::support::{Crate, Models, command, contents, model_with, root, run, text};

fn generate(model: &Path, out: &Path) -> Output {
    run(command::<&str>(&[])
        .arg("--model")
        .arg(model)
        .arg("--out")
        .arg(out))
}

fn mkfifo(path: &Path) {
    let status = Command::new("mkfifo").arg(path).status().unwrap();
    assert!(status.success());
}

fn assert_fails(output: &Output, expected: &[&str]) {
    let message = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.starts_with("error: "), "{message}");
    assert!(!message.contains("panicked"), "{message}");
    for expected in expected {
        assert!(message.contains(expected), "{expected}: {message}");
    }
}

/// A crate, a model of more files, and a folder outside that must not change.
struct Fixture {
    written: Crate,
    outside: tempfile::TempDir,
}

impl Fixture {
    fn new() -> Self {
        let fixture = Self {
            written: Crate::new(&model_with("")),
            outside: tempfile::tempdir().unwrap(),
        };
        let lib = fs::read(fixture.written.out().join("src/lib.rs")).unwrap();
        for path in ["lib.rs", "old.rs", "Cargo.toml"] {
            fs::write(fixture.outside.path().join(path), &lib).unwrap();
        }
        fixture
    }

    /// That both modes refuse what is at a path below the crate's folder, and leave what is outside alone.
    fn assert_refused(&self, path: &str, what: &str) {
        let model = self.written.folder.path().join("model.json");
        let full = self.written.out().join(path);
        let line = format!("in the way and not ours: {} ({what})", full.display());
        let before = contents(self.outside.path());
        let check = run(command(&["--check", "--model"])
            .arg(&model)
            .arg("--out")
            .arg(self.written.out()));
        assert!(text(&check.stdout).contains(&line), "{check:?}");
        assert_fails(&check, &["is not what the generator writes"]);
        assert_fails(&generate(&model, &self.written.out()), &[&line]);
        assert_eq!(contents(self.outside.path()), before, "{path}");
        assert!(!self.written.out().join(".codegen-in-progress").exists());
    }
}

#[test]
fn no_link_is_followed() {
    for path in ["src", "src/lib.rs", "src/operation", "src/client.rs"] {
        for target in ["", "lib.rs", "dangling"] {
            let fixture = Fixture::new();
            let full = fixture.written.out().join(path);
            if full.is_dir() {
                fs::remove_dir_all(&full).unwrap();
            } else {
                fs::remove_file(&full).unwrap();
            }
            symlink(fixture.outside.path().join(target), &full).unwrap();
            fixture.assert_refused(path, "a symbolic link");
        }
    }
}

#[test]
fn nothing_behind_a_link_is_removed() {
    let fixture = Fixture::new();
    symlink(fixture.outside.path(), fixture.written.out().join("tests")).unwrap();
    symlink(
        fixture.outside.path(),
        fixture.written.out().join("src/more"),
    )
    .unwrap();
    let before = contents(fixture.outside.path());
    let model = fixture.written.folder.path().join("model.json");
    let output = generate(&model, &fixture.written.out());
    assert!(output.status.success(), "{output:?}");
    assert_eq!(contents(fixture.outside.path()), before);
}

#[test]
fn what_is_no_file_is_in_the_way() {
    for path in ["src/lib.rs", "src/client.rs"] {
        let fixture = Fixture::new();
        let full = fixture.written.out().join(path);
        fs::remove_file(&full).unwrap();
        mkfifo(&full);
        fixture.assert_refused(path, "a FIFO");
        fs::remove_file(&full).unwrap();
        let _listener = UnixListener::bind(&full).unwrap();
        fixture.assert_refused(path, "a socket");
    }
    let fixture = Fixture::new();
    mkfifo(&fixture.written.out().join(".codegen-in-progress"));
    let model = fixture.written.folder.path().join("model.json");
    let output = generate(&model, &fixture.written.out());
    assert_fails(&output, &[".codegen-in-progress (a FIFO)"]);
}

#[test]
fn a_fifo_for_a_manifest_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    mkfifo(&folder.path().join("Cargo.toml"));
    for out in ["out", "other/out"] {
        let output = generate(&model, &folder.path().join(out));
        assert_fails(&output, &["Cargo.toml: is a FIFO, not a file"]);
    }
}

#[test]
fn models_that_are_none() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    mkfifo(&at("fifo"));
    fs::write(at("latin-1"), b"{ \"smithy\": \"2.0\",\n\"\xe9\": 1 }").unwrap();
    fs::write(at("utf-16"), b"\xff\xfe{\0}\0").unwrap();
    symlink(at("nowhere"), at("dangling")).unwrap();
    let long = "x".repeat(300);
    let table: &[(&str, &[&str])] = &[
        (
            "fifo",
            &["fifo: is a FIFO, not a file", "\nhint: `--model -`"],
        ),
        ("", &["is a folder", "\nhint: `--models "]),
        (
            "latin-1",
            &["latin-1: is not UTF-8: line 2 ", "\nhint: save it as UTF-8"],
        ),
        ("utf-16", &["utf-16: is UTF-16", "\nhint: save it as UTF-8"]),
        ("dangling", &["dangling: "]),
        (&long, &["xxx: ", "name too long"]),
    ];
    for (name, expected) in table {
        assert_fails(&generate(&at(name), &at("out")), expected);
        assert!(!at("out").exists(), "{name}");
    }
    assert_fails(
        &generate(Path::new("/dev/zero"), &at("out")),
        &["/dev/zero: is a device"],
    );
}

#[test]
fn a_byte_order_mark_is_no_part_of_a_model() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, format!("\u{feff}{}", model_with(""))).unwrap();
    let output = generate(&model, &folder.path().join("out"));
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_model_from_standard_input() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("out");
    let from_input = |model: &str| {
        let mut command = command(&["--model", "-", "--out"]);
        let command = command.arg(&out).stdin(Stdio::piped());
        let mut child = command
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(model.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    };
    let output = from_input(&model_with(""));
    assert!(output.status.success(), "{output:?}");
    let lib = fs::read_to_string(out.join("src/lib.rs")).unwrap();
    assert!(lib.contains(" from standard input "), "{lib}");
    assert_fails(&from_input("{"), &["error: standard input: "]);
}

#[test]
fn folders_that_are_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    let written = Crate::new(&model_with(""));
    let (source, file) = (written.out().join("src/inner"), folder.path().join("file"));
    fs::write(&file, "").unwrap();
    let table: &[(&Path, &str)] = &[
        (Path::new("/"), "the root of the file system"),
        (root(), "the root of this checkout"),
        (Path::new("."), "the root of this checkout"),
        (folder.path(), "the model's folder"),
        (&source, "inside the source of the package"),
    ];
    for (out, expected) in table {
        assert_fails(&generate(&model, out), &[expected, "\nhint: "]);
    }
    assert_fails(&generate(&model, &file), &["is not a folder"]);
    assert_fails(
        &generate(&model, &file.join("out")),
        &[&file.display().to_string()],
    );
}

#[test]
fn names_with_anything_in_them() {
    let folder = tempfile::tempdir().unwrap();
    let names: [&[u8]; 4] = [
        b"a b'c",
        b"a\nmod evil;\n",
        b"\xff\xfe",
        b"gr\xc3\xb6\xc3\x9fe\xe2\x80\xae",
    ];
    for name in names {
        let at = folder.path().join(OsStr::from_bytes(name));
        fs::create_dir(&at).unwrap();
        let model = at.join(OsStr::from_bytes(&[name, b".json"].concat()));
        fs::write(&model, model_with("")).unwrap();
        let out = at.join("out");
        let arguments: &mut dyn FnMut(&mut Command) = &mut |command| {
            command.arg("--model").arg(&model).arg("--out").arg(&out);
        };
        let mut write = command::<&str>(&["--runtime", "0.1"]);
        arguments(&mut write);
        let output = run(&mut write);
        assert!(output.status.success(), "{output:?}");
        assert_eq!(text(&output.stdout).lines().count(), 2, "{output:?}");
        let lib = fs::read_to_string(out.join("src/lib.rs")).unwrap();
        assert!(!lib.contains("\nmod evil"), "{lib}");
        assert!(!lib.contains('\u{202e}'), "{lib}");

        fs::remove_file(out.join("src/lib.rs")).unwrap();
        let mut check = command::<&str>(&["--check"]);
        arguments(&mut check);
        let output = run(&mut check);
        assert_fails(&output, &["(1 files differ): run `cargo xtask codegen "]);
        assert_eq!(text(&output.stderr).lines().count(), 1, "{output:?}");
    }
}

#[test]
fn the_way_to_the_runtime_is_utf_8() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    let runtime = folder.path().join(OsStr::from_bytes(b"\xff"));
    fs::create_dir(&runtime).unwrap();
    fs::write(runtime.join("Cargo.toml"), "").unwrap();
    let mut command = command::<&str>(&["--model"]);
    let output = run(command
        .arg(&model)
        .arg("--out")
        .arg(folder.path().join("out"))
        .arg("--runtime")
        .arg("./\u{fffd}"));
    assert_fails(&output, &["no runtime at", "\nhint: "]);
}

#[test]
fn a_shape_with_too_long_a_name() {
    let written = Crate::new(&model_with(""));
    let long = "Fetch".repeat(60);
    let model = model_with("").replace("x#Get", &format!("x#{long}"));
    written.assert_refused("a long name", &model, "a file system takes 255");
}

/// Runs the command as a user that is not root, so that permissions count.
fn unprivileged(command: &mut Command) -> &mut Command {
    let is_root = fs::metadata("/proc/self").is_ok_and(|own| own.uid() == 0);
    if is_root {
        command.uid(65534).gid(65534);
    }
    command
}

/// A copy of the command's program that every user can run.
fn copied_to(folder: &Path) -> Command {
    let program = folder.join("xtask");
    fs::copy(env!("CARGO_BIN_EXE_xtask"), &program).unwrap();
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .arg("codegen")
        .env("RUSTFMT", "/bin/true");
    command
}

#[test]
fn what_cannot_be_read_or_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let open = |path: &Path, mode| fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
    open(folder.path(), 0o777);
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    let out = folder.path().join("out");
    let generate = |more: &[&str]| {
        let mut command = copied_to(folder.path());
        command
            .args(["--runtime", "0.1", "--model"])
            .arg(&model)
            .arg("--out")
            .arg(&out)
            .args(more);
        run(unprivileged(&mut command))
    };
    let first = generate(&[]);
    assert!(first.status.success(), "{first:?}");

    let before = contents(&out);
    let other = model_with("").replace("x#Get", "x#Fetch");
    fs::write(&model, other).unwrap();
    for folder in ["", "src", "src/operation"] {
        let read_only = out.join(folder);
        if !read_only.exists() {
            continue;
        }
        open(&read_only, 0o555);
        let output = generate(&[]);
        assert_fails(
            &output,
            &[
                &format!(
                    "cannot write to {}",
                    out.join(folder).display().to_string().trim_end_matches('/')
                ),
                "ermission denied",
            ],
        );
        assert!(contents(&out) == before, "{folder}");
        open(&read_only, 0o755);
    }
    let lib = out.join("src/lib.rs");
    open(&lib, 0o000);
    for more in [&[][..], &["--check"]] {
        assert_fails(&generate(more), &["src/lib.rs", "ermission denied"]);
    }
    open(&lib, 0o444);
    assert!(
        generate(&[]).status.success(),
        "a file that is only to be read is replaced"
    );
    open(&model, 0o000);
    assert_fails(&generate(&[]), &["model.json: ", "ermission denied"]);
}

#[test]
fn a_folder_of_anything() {
    let model = model_with("");
    let models = Models::new(&[
        ("good.json", &model),
        ("notes.txt", ""),
        ("...json", &model),
        ("target.json", &model),
        ("a*.json", &model),
    ]);
    let at = |name: &str| models.folder.path().join(name);
    fs::create_dir_all(at("more/deeper.json")).unwrap();
    mkfifo(&at("fifo.json"));
    symlink(at("nowhere"), at("dangling.json")).unwrap();
    fs::write(
        models.folder.path().join(OsStr::from_bytes(b"\xff.json")),
        &model,
    )
    .unwrap();

    let output = models.generate(&[]);
    let expected = [
        "fifo.json: is a FIFO",
        "dangling.json: ",
        "error: ..: ",
        "error: target: ",
        "error: a*: ",
        "error: \u{fffd}: ",
    ];
    assert_fails(&output, &expected);
    assert_fails(&output, &["error: 6 of 7 models failed\n"]);
    let written: Vec<_> = contents(&models.out()).into_keys().collect();
    let is_ours = |path: &std::path::PathBuf| {
        path.starts_with(models.out().join("good")) || *path == models.out().join("Cargo.toml")
    };
    assert!(written.iter().all(is_ours), "{written:?}");
    let workspace = fs::read_to_string(models.out().join("Cargo.toml")).unwrap();
    assert!(
        workspace.contains("members = [\n    \"good\",\n]"),
        "{workspace}"
    );

    let outside = tempfile::tempdir().unwrap();
    fs::remove_dir_all(models.out().join("good")).unwrap();
    for target in [outside.path(), Path::new(".")] {
        symlink(target, models.out().join("good")).unwrap();
        assert_fails(&models.generate(&[]), &["good is a symbolic link"]);
        assert_eq!(fs::read_dir(outside.path()).unwrap().count(), 0);
        fs::remove_file(models.out().join("good")).unwrap();
    }
}

#[test]
fn folders_without_models() {
    let folder = tempfile::tempdir().unwrap();
    let generate = |models: &Path| {
        let out = folder.path().join("out");
        run(command(&["--models"]).arg(models).arg("--out").arg(out))
    };
    fs::create_dir_all(folder.path().join("empty/inner")).unwrap();
    let file = folder.path().join("model.json");
    fs::write(&file, model_with("")).unwrap();
    assert_fails(
        &generate(&file),
        &["is a file, not a folder\nhint: `--model "],
    );
    let empty = folder.path().join("empty");
    assert_fails(&generate(&empty), &["has no models (*.json)\nhint: "]);
    assert_fails(
        &generate(Path::new("no/such/folder")),
        &["error: no/such/folder: "],
    );
    let mut into_itself = command(&["--models"]);
    let output = run(into_itself
        .arg(folder.path())
        .arg("--out")
        .arg(folder.path()));
    assert_fails(&output, &["is the models' folder\nhint: "]);
}

#[test]
fn rustfmt_that_does_not_work() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    let out = folder.path().join("out");
    let generate = |variable: &str, value: &str| {
        let mut command = command(&["--model"]);
        run(command
            .arg(&model)
            .arg("--out")
            .arg(&out)
            .env(variable, value))
    };
    let missing = generate("RUSTFMT", "/no/such/rustfmt");
    assert_fails(
        &missing,
        &["/no/such/rustfmt (from RUSTFMT) did not start: "],
    );
    assert_fails(&generate("RUSTFMT", "false"), &["rustfmt failed: "]);
    assert_fails(&generate("PATH", ""), &["rustfmt is missing\nhint: "]);
    assert!(!out.exists());
}

#[test]
fn from_any_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("model.json"), model_with("")).unwrap();
    let output = run(command(&["--model", "model.json", "--out", "a/../out"]).current_dir(&folder));
    assert!(output.status.success(), "{output:?}");
    assert!(folder.path().join("out/src/lib.rs").exists());
    let output = run(command(&["--check"]).current_dir(&folder));
    assert!(output.status.success(), "{output:?}");
}
