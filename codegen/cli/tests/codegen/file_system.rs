//! Odd things in a file system: each is an error that says what is wrong, and nothing is touched.

use std::ffi::OsStr;
use std::fs::{self, Permissions};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

use crate::support::{
    Crate, assert_fails, codegen, contents, copy_program, generate, mkfifo, model_with, run, text,
};

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

    /// Asserts that both modes refuse what is at a path below the crate's folder, and leave what is outside alone.
    fn assert_refused(&self, path: &str, what: &str) {
        let full = self.written.out().join(path);
        let line = format!("in the way and not ours: {} ({what})", full.display());
        let before = contents(self.outside.path());
        let check = run(self.written.codegen().arg("--check"));
        assert!(text(&check.stdout).contains(&line), "{check:?}");
        assert_fails(&check, &["is not what the generator writes"]);
        assert_fails(&run(&mut self.written.codegen()), &[&line]);
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
    let output = run(&mut fixture.written.codegen());
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
    let output = run(&mut fixture.written.codegen());
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
fn folders_that_are_not_written_to() {
    let folder = tempfile::tempdir().unwrap();
    let model = folder.path().join("model.json");
    fs::write(&model, model_with("")).unwrap();
    let written = Crate::new(&model_with(""));
    let (source, file) = (written.out().join("src/inner"), folder.path().join("file"));
    fs::write(&file, "").unwrap();
    let table: &[(&Path, &str)] = &[
        (Path::new("/"), "the root of the file system"),
        (folder.path(), "the model's folder"),
        (&source, "inside the source of the package"),
    ];
    for (out, expected) in table {
        assert_fails(&generate(&model, out), &[expected, "\nhint: "]);
    }
    for out in [&file, &file.join("out/inner")] {
        let expected = format!("error: {} is a file, not a folder", file.display());
        assert_fails(&generate(&model, out), &[&expected]);
    }
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
        let output = run(codegen(&model, &out).args(["--runtime", "0.1"]));
        assert!(output.status.success(), "{output:?}");
        assert_eq!(text(&output.stdout).lines().count(), 2, "{output:?}");
        let lib = fs::read_to_string(out.join("src/lib.rs")).unwrap();
        assert!(!lib.contains("\nmod evil"), "{lib}");
        assert!(!lib.contains('\u{202e}'), "{lib}");

        fs::remove_file(out.join("src/lib.rs")).unwrap();
        let output = run(codegen(&model, &out).arg("--check"));
        assert_fails(&output, &["(1 file differs): run `smithy-codegen codegen "]);
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
    let mut command = codegen(&model, &folder.path().join("out"));
    let output = run(command.args(["--runtime", "./\u{fffd}"]));
    assert_fails(&output, &["no runtime at", "\nhint: "]);
}

#[test]
fn a_shape_with_a_longer_name_than_files_can_have() {
    let long = "Fetch".repeat(60);
    let written = Crate::new(&model_with("").replace("x#Get", &format!("x#{long}")));
    let files = contents(&written.out());
    assert!(files.keys().any(|path| path.ends_with("src/lib.rs")));
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
    let program = folder.join("smithy-codegen");
    copy_program(&program);
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
