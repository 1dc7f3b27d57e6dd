//! A folder of models, a workspace of crates.

use std::fs;

use crate::support::{Models, contents, model_with, text};

#[test]
fn a_folder_of_models_goes_on_after_one_that_fails() {
    let good = model_with("");
    let models = Models::new(&[
        ("good.json", &good),
        ("bad.json", "{"),
        ("notes.txt", "no model"),
    ]);
    let output = models.generate(&[]);
    assert_eq!(output.status.code(), Some(1));
    let table = text(&output.stdout);
    let firsts: Vec<_> = table.lines().map(|line| line.split(' ').next()).collect();
    assert_eq!(
        firsts,
        [Some("service"), Some("bad"), Some("good")],
        "{table}"
    );
    let message = text(&output.stderr);
    assert!(message.contains("bad.json: "), "{message}");
    assert!(
        message.ends_with("error: 1 of 2 models failed\n"),
        "{message}"
    );

    let workspace = fs::read_to_string(models.out().join("Cargo.toml")).unwrap();
    assert!(workspace.contains("\"good\""), "{workspace}");
    assert!(!workspace.contains("\"bad\""), "{workspace}");
}

#[test]
fn two_models_of_one_service_become_two_packages() {
    let model = model_with("");
    let models = Models::new(&[("weather-1.json", &model), ("weather-2.json", &model)]);
    for _ in 0..3 {
        let output = models.generate(&[]);
        assert!(output.status.success(), "{}", text(&output.stderr));
        for (folder, name) in [("weather-1", "weather"), ("weather-2", "weather-2")] {
            let manifest = models.out().join(folder).join("Cargo.toml");
            let manifest = fs::read_to_string(manifest).unwrap();
            assert!(
                manifest.contains(&format!("name = \"{name}\"\n")),
                "{manifest}"
            );
        }
    }
    fs::remove_dir_all(models.out()).unwrap();
    fs::write(models.folder.path().join("weather_2.json"), &model).unwrap();
    let output = models.generate(&[]);
    let expected = "error: weather_2: its package would be called weather, as that of weather-1 is: \
                    give the model's file another name\nerror: 1 of 3 models failed\n";
    assert_eq!(text(&output.stderr), expected);
}

#[test]
fn a_check_of_many_lists_what_differs_in_all_of_them() {
    let model = model_with("");
    let models = Models::new(&[("a.json", &model), ("b.json", &model), ("c.json", &model)]);
    let all_missing = models.generate(&["--check"]);
    let listed = text(&all_missing.stdout);
    let missing = |path| format!("missing: {}\n", models.out().join(path).display());
    for path in ["a/Cargo.toml", "b/src/lib.rs", "c/Cargo.toml", "Cargo.toml"] {
        assert!(listed.contains(&missing(path)), "{path}: {listed}");
    }
    assert!(!models.out().exists(), "a check writes nothing");

    assert!(models.generate(&[]).status.success());
    let fresh = models.generate(&["--check"]);
    assert!(fresh.status.success(), "{}", text(&fresh.stdout));
    assert_eq!(text(&fresh.stdout).lines().count(), 4, "only the table");

    let path = |path| models.out().join(path);
    let lib = fs::read_to_string(path("a/src/lib.rs")).unwrap();
    fs::remove_file(path("a/src/client.rs")).unwrap();
    fs::write(path("a/src/old.rs"), &lib).unwrap();
    fs::write(path("b/src/lib.rs"), lib.replace("Do not edit", "Edited")).unwrap();
    fs::write(path("b/src/client.rs"), "// Mine.\n").unwrap();
    let workspace = fs::read_to_string(path("Cargo.toml")).unwrap();
    fs::write(path("Cargo.toml"), workspace.replace("    \"c\",\n", "")).unwrap();
    let before = contents(&models.out());

    let check = models.generate(&["--check", "-v"]);
    let listed = text(&check.stdout);
    for (kind, file) in [
        ("missing", "a/src/client.rs"),
        ("unexpected", "a/src/old.rs"),
        ("stale", "b/src/lib.rs"),
        ("in the way and not ours", "b/src/client.rs"),
        ("stale", "Cargo.toml"),
    ] {
        let line = format!("{kind}: {}\n", path(file).display());
        assert!(listed.contains(&line), "{line}: {listed}");
    }
    for difference in [
        "\n-// Generated",
        "\n+// Generated",
        "\n+    \"c\",",
        "\nc: read ",
    ] {
        assert!(listed.contains(difference), "{difference}: {listed}");
    }
    let message = text(&check.stderr);
    assert!(
        message.contains("(5 files differ): run `smithy-codegen codegen --models "),
        "{message}"
    );
    assert_eq!(check.status.code(), Some(1));
    assert!(contents(&models.out()) == before, "a check writes nothing");
}
