use super::*;

fn marked(text: &str) -> String {
    let marker = marker("cargo xtask codegen");
    format!("{marker} from a test\n{text}\n")
}

/// A folder on disk, and what a crate in it should be.
struct Folder(tempfile::TempDir);

impl Folder {
    fn with(files: &[(&str, &str)]) -> Self {
        let folder = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            let path = folder.0.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    fn sync(&self, files: &[(&str, &str)], mode: Mode) -> Result<Vec<String>> {
        let files = files
            .iter()
            .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
        let changes = FileSet::of_crate(self.0.path().to_owned(), files.collect()).sync(mode)?;
        let lines = changes.iter().map(|change| self.below(change));
        Ok(lines.collect())
    }

    fn below(&self, text: impl fmt::Display) -> String {
        let folder = format!("{}/", self.0.path().display());
        text.to_string().replace(&folder, "")
    }

    /// All files, with their contents.
    fn contents(&self) -> BTreeMap<String, String> {
        let mut contents = BTreeMap::new();
        let mut todo = vec![self.0.path().to_owned()];
        while let Some(folder) = todo.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    todo.push(path);
                } else {
                    let name = path
                        .strip_prefix(self.0.path())
                        .unwrap()
                        .display()
                        .to_string();
                    contents.insert(name, fs::read_to_string(path).unwrap());
                }
            }
        }
        contents
    }
}

#[test]
fn missing_stale_and_unexpected_files_are_mended() {
    let (new, old) = (marked("new"), marked("old"));
    let folder = Folder::with(&[
        ("Cargo.toml", "old"),
        ("src/same.rs", &new),
        ("src/stale.rs", &old),
        ("src/types/gone.rs", &old),
        ("src/mine.rs", "fn mine() {}"),
        ("tests/mine.rs", "fn mine() {}"),
        ("examples/marked.rs", &old),
    ]);
    let wanted: &[(&str, &str)] = &[
        ("Cargo.toml", "new"),
        ("src/a/missing.rs", &new),
        ("src/same.rs", &new),
        ("src/stale.rs", &new),
    ];
    let expected = [
        "stale: Cargo.toml",
        "missing: src/a/missing.rs",
        "stale: src/stale.rs",
        "unexpected: src/types/gone.rs",
    ];

    let before = folder.contents();
    assert_eq!(folder.sync(wanted, Mode::Check).unwrap(), expected);
    assert_eq!(folder.contents(), before, "a check writes nothing");

    assert_eq!(folder.sync(wanted, Mode::Write).unwrap(), expected);
    assert!(folder.sync(wanted, Mode::Check).unwrap().is_empty());
    let mut after: BTreeMap<_, _> = wanted
        .iter()
        .map(|(path, text)| ((*path).to_owned(), (*text).to_owned()))
        .collect();
    for mine in ["src/mine.rs", "tests/mine.rs", "examples/marked.rs"] {
        after.insert(mine.to_owned(), before[mine].clone());
    }
    assert_eq!(folder.contents(), after);
    assert!(
        !folder.0.path().join("src/types").exists(),
        "nor does an empty folder stay"
    );
}

#[test]
fn unchanged_files_are_not_written() {
    let text = marked("same");
    let folder = Folder::with(&[("src/lib.rs", &text)]);
    let path = folder.0.path().join("src/lib.rs");
    let before = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
    File::open(&path).unwrap().set_modified(before).unwrap();
    folder.sync(&[("src/lib.rs", &text)], Mode::Write).unwrap();
    assert_eq!(path.metadata().unwrap().modified().unwrap(), before);
}

#[test]
fn a_check_lists_what_is_in_the_way_with_all_else() {
    let (new, old) = (marked("new"), marked("old"));
    let folder = Folder::with(&[
        ("src/a.rs", &old),
        ("src/file", "no folder"),
        ("src/folder.rs/x", "no file"),
        ("src/gone.rs", &old),
        ("src/mine.rs", "fn mine() {}"),
        ("tests", "no folder"),
    ]);
    let wanted: Vec<_> = [
        "src/a.rs",
        "src/b.rs",
        "src/file/c.rs",
        "src/file/d.rs",
        "src/folder.rs",
        "src/mine.rs",
        "tests/e.rs",
    ]
    .map(|path| (path, new.as_str()))
    .to_vec();
    let in_the_way = [
        "in the way and not ours: src/file",
        "in the way and not ours: src/folder.rs",
        "in the way and not ours: src/mine.rs",
        "in the way and not ours: tests",
    ];

    let listed = folder.sync(&wanted, Mode::Check).unwrap();
    let others = ["stale: src/a.rs", "missing: src/b.rs"];
    assert_eq!(
        listed,
        [&others[..], &in_the_way, &["unexpected: src/gone.rs"]].concat()
    );

    let before = folder.contents();
    let error = folder.sync(&wanted, Mode::Write).unwrap_err();
    assert_eq!(
        folder.below(error),
        format!(
            "nothing was written: move what was not generated, or generate into another folder\n  {}",
            in_the_way.join("\n  ")
        )
    );
    assert_eq!(folder.contents(), before);
}

#[test]
fn no_file_goes_outside_the_folder() {
    let new = marked("new");
    let folder = Folder::with(&[("src/a.rs", "fn mine() {}")]);
    let before = folder.contents();
    for outside in ["../outside.rs", "/outside.rs"] {
        let wanted: &[(&str, &str)] = &[("src/b.rs", &new), (outside, &new)];
        let error = folder.sync(wanted, Mode::Write).unwrap_err();
        assert!(error.to_string().contains(outside), "{error}");
        assert_eq!(folder.contents(), before, "{outside}");
    }
}

#[test]
fn a_workspace_owns_nothing_but_its_manifest() {
    let folder = Folder::with(&[("Cargo.toml", "old\n"), ("src/lib.rs", &marked("mine"))]);
    let workspace = FileSet::of_workspace(folder.0.path().to_owned(), "new\n".to_owned());
    let changes = workspace.sync(Mode::Write).unwrap();
    assert_eq!(
        changes
            .iter()
            .map(|change| folder.below(change))
            .collect::<Vec<_>>(),
        ["stale: Cargo.toml"]
    );
    assert_eq!(
        changes[0].difference().unwrap(),
        "--- on disk\n+++ generated\n@@ -1 +1 @@\n-old\n+new\n"
    );
    assert_eq!(folder.contents()["Cargo.toml"], "new\n");
    assert!(folder.contents().contains_key("src/lib.rs"));
}
