//! The cases of Smithy's own loader: files with the model that each must give, and files that must be refused.

use std::fs;
use std::path::{Path, PathBuf};

use smithy_codegen::{Source, Sources, ast};

use super::smithy_data;

/// All files with this ending below a folder.
fn files(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, extension));
        } else if path.extension().is_some_and(|it| it == extension) {
            found.push(path);
        }
    }
    found.sort();
    found
}

fn read(path: &Path) -> Sources<'static> {
    let text = fs::read_to_string(path).unwrap();
    Source::new(path.file_name().unwrap().to_string_lossy(), text).into()
}

#[test]
fn valid_files_give_the_model_beside_them() {
    let Some(data) = smithy_data::folder() else {
        return;
    };
    let folder = data.join("idl/valid");
    let cases = files(&folder, "smithy");
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case.strip_prefix(&folder).unwrap().display();
        let json = case.with_extension("json");
        match ast(read(case)) {
            Err(error) => wrong.push(format!("{name}: {error}")),
            Ok(text) if json.is_file() => {
                let expected = ast(read(&json)).unwrap_or_else(|error| panic!("{name}: {error}"));
                if text != expected {
                    wrong.push(format!("{name}: {text}\nis not {expected}"));
                }
            }
            Ok(_) => {}
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}

/// The line and the column that the comment at the head of a file names.
fn place(head: &str) -> Option<(usize, usize)> {
    let (_, rest) = head.split_once("line ")?;
    let (line, rest) = rest.split_once(", column ")?;
    let column: String = rest.chars().take_while(char::is_ascii_digit).collect();
    Some((line.parse().ok()?, column.parse().ok()?))
}

#[test]
fn invalid_files_are_refused_where_they_are_wrong() {
    let Some(data) = smithy_data::folder() else {
        return;
    };
    let folder = data.join("idl/invalid");
    let cases = files(&folder, "smithy");
    assert!(!cases.is_empty());
    let mut wrong = Vec::new();
    for case in &cases {
        let name = case.strip_prefix(&folder).unwrap().display();
        let text = fs::read_to_string(case).unwrap();
        let head = text.lines().next().unwrap();
        let error = match ast(read(case)) {
            Err(error) => error,
            Ok(_) => {
                wrong.push(format!("{name} is accepted: {head}"));
                continue;
            }
        };
        let mut places = error.diagnostics().iter().filter_map(|it| it.source());
        let is_there = match place(head) {
            Some(expected) => places.any(|it| (it.line(), it.column()) == expected),
            None => places.next().is_some(),
        };
        if !is_there {
            wrong.push(format!("{name}: {head}\n{error}"));
        }
        if std::env::var_os("SHOW").is_some() {
            println!("{head}\n{error}\n");
        }
    }
    assert!(
        wrong.is_empty(),
        "{} of {}:\n{}",
        wrong.len(),
        cases.len(),
        wrong.join("\n")
    );
}
