//! Models in Smithy IDL, in one file or several.

use std::fs;
use std::process::{Command, Stdio};

use crate::support::{Models, PROGRAM, command, contents, run, text};

const SERVICE: &str = "$version: \"2.0\"
namespace x
use aws.protocols#awsJson1_0
use types#City
@awsJson1_0
service Weather { version: \"1\", operations: [Get] }
operation Get { input := { city: City }
}
";
const TYPES: &str = "$version: \"2.0\"\nnamespace types\nstring City\n";

fn two_files() -> Models {
    Models::new(&[("service.smithy", SERVICE), ("types.smithy", TYPES)])
}

/// The program with another command than `codegen`.
fn ast(arguments: &[&str]) -> Command {
    let mut command = Command::new(PROGRAM);
    command.arg("ast").args(arguments).stdin(Stdio::null());
    command
}

#[test]
fn several_files_and_a_folder_give_the_same_crate() {
    let models = two_files();
    let at = |name: &str| models.folder.path().join(name).display().to_string();
    fs::create_dir_all(at("model/more")).unwrap();
    fs::copy(at("service.smithy"), at("model/service.smithy")).unwrap();
    fs::copy(at("types.smithy"), at("model/more/types.smithy")).unwrap();
    let (service, types, folder) = (at("service.smithy"), at("types.smithy"), at("model"));
    let (first, second) = (at("one"), at("two"));
    let output = run(&mut command(&[
        "--model", &service, "--model", &types, "--out", &first,
    ]));
    assert!(output.status.success(), "{}", text(&output.stderr));
    assert!(
        text(&output.stdout).starts_with("read "),
        "{}",
        text(&output.stdout)
    );
    let output = run(&mut command(&["--model", &folder, "--out", &second]));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let lib = fs::read_to_string(at("one/src/lib.rs")).unwrap();
    assert!(
        lib.contains("\n// Model: service.smithy, types.smithy\n"),
        "{lib}"
    );
    let files = |folder: &str| {
        let files = contents(folder.as_ref()).into_iter();
        let files = files.map(|(path, text)| (path.strip_prefix(folder).unwrap().to_owned(), text));
        files.collect::<Vec<_>>()
    };
    let named = lib.replace("service.smithy, types.smithy", "model");
    fs::write(at("one/src/lib.rs"), named).unwrap();
    assert!(files(&first) == files(&second));
}

#[test]
fn an_error_shows_the_line_and_nothing_is_written() {
    let models = two_files();
    let service = models.folder.path().join("service.smithy");
    fs::write(&service, SERVICE.replace("city: City", "city: Citi")).unwrap();
    let (folder, out) = (models.folder.path().display().to_string(), models.out());
    let output = run(&mut command(&[
        "--model",
        &folder,
        "--out",
        &out.display().to_string(),
    ]));
    assert_eq!(output.status.code(), Some(1));
    let expected = format!(
        "error: {}:7:34: there is no shape `x#Citi`; did you mean `City`?\n  |\n7 | operation Get {{ input := {{ city: Citi }}\n  |                                  ^^^^\n",
        service.display()
    );
    assert_eq!(text(&output.stderr), expected);
    assert!(!out.join("src").exists());
}

#[test]
fn a_model_is_printed_as_json() {
    let models = two_files();
    let folder = models.folder.path().display().to_string();
    let output = run(&mut ast(&[&folder]));
    assert!(output.status.success(), "{}", text(&output.stderr));
    let printed = text(&output.stdout);
    assert!(
        printed
            .starts_with("{\n    \"smithy\": \"2.0\",\n    \"shapes\": {\n        \"types#City\""),
        "{printed}"
    );
    assert!(printed.contains("\"target\": \"types#City\""), "{printed}");

    let json = models.folder.path().join("model.json");
    fs::write(&json, &output.stdout).unwrap();
    let again = run(&mut ast(&[&json.display().to_string()]));
    assert_eq!(text(&again.stdout), text(&output.stdout));

    let alone = models
        .folder
        .path()
        .join("service.smithy")
        .display()
        .to_string();
    let output = run(&mut ast(&[&alone]));
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("there is no shape `types#City`"));
    assert!(output.stdout.is_empty());
    assert_eq!(run(&mut ast(&[])).status.code(), Some(2));
}

#[test]
fn a_folder_of_models_may_have_both_formats() {
    let alone = SERVICE
        .replace("use types#City\n", "")
        .replace("City", "String");
    let models = Models::new(&[("a.smithy", &alone)]);
    let json = run(&mut ast(&[&models
        .folder
        .path()
        .join("a.smithy")
        .display()
        .to_string()]));
    fs::write(models.folder.path().join("b.json"), &json.stdout).unwrap();
    let output = models.generate(&[]);
    assert!(output.status.success(), "{}", text(&output.stderr));
    for name in ["a", "b"] {
        assert!(
            models.out().join(name).join("src/lib.rs").exists(),
            "{name}"
        );
    }
    fs::write(models.folder.path().join("a.json"), &json.stdout).unwrap();
    let output = models.generate(&[]);
    assert_eq!(output.status.code(), Some(1));
    let message = text(&output.stderr);
    assert!(
        message.contains("a.json and ") && message.contains("the same folder\nhint: "),
        "{message}"
    );
}
