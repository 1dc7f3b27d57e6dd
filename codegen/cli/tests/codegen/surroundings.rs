//! Files that are no models, and the surroundings of a run.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::Stdio;

use crate::support::{
    Models, assert_fails, codegen, command, contents, generate, mkfifo, model_with, run,
};

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
        let mut child = codegen(Path::new("-"), &out)
            .stdin(Stdio::piped())
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
    assert!(lib.contains("\n// Model: standard input\n"), "{lib}");
    assert_fails(&from_input("{"), &["error: standard input: "]);
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
    assert_fails(
        &generate(&empty),
        &["has no models (*.json, *.smithy)\nhint: "],
    );
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
    let generate = |variable: &str, value: &str| run(codegen(&model, &out).env(variable, value));
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
}
