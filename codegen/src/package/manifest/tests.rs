//! Manifests: what is written, what is kept, and what is read back.

use super::dependencies::RUNTIME_VERSION;
use super::*;

const NEW: Manifest<'_> = Manifest {
    name: "weather",
    description: "A client for \"Weather\"",
    keywords: &[],
    runtime: None,
    runtime_features: &[],
    runtime_test_features: &[],
};

const NEEDY: Manifest<'_> = Manifest {
    runtime_features: &["compression"],
    runtime_test_features: &["test-util"],
    ..NEW
};

#[test]
fn features_of_the_runtime_are_turned_on() {
    let text = NEEDY.write(None).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(NEEDY.write(Some(&text)).unwrap(), text);
    assert_eq!(NEW.write(Some(&text)).unwrap(), text);
}

#[test]
fn tests_get_the_runtime_from_where_the_package_gets_it() {
    let existing = "\
[package]
name = \"weather\"
[dependencies]
smithy-rt = { workspace = true, features = [\"more\"] } # inherited
[dev-dependencies]
anyhow = \"1\"
";
    let text = NEEDY.write(Some(existing)).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(NEEDY.write(Some(&text)).unwrap(), text);

    let runtime = Runtime::Path("../rt".to_owned());
    let near = Manifest {
        runtime: Some(&runtime),
        ..NEEDY
    }
    .write(Some(&NEEDY.write(None).unwrap()))
    .unwrap();
    assert_eq!(
        near.matches("smithy-rt = { path = \"../rt\", features = [")
            .count(),
        2,
        "{near}"
    );
}

#[test]
fn a_new_manifest_is_complete() {
    let runtime = Runtime::Path("../codegen/runtime".to_owned());
    let manifest = Manifest {
        keywords: &["aws", "weather"].map(str::to_owned),
        runtime: Some(&runtime),
        ..NEW
    };
    let text = manifest.write(None).unwrap();
    insta::assert_snapshot!(text);
    assert_eq!(manifest.write(Some(&text)).unwrap(), text);
}

#[test]
fn a_new_manifest_keeps_tables_that_it_is_given() {
    insta::assert_snapshot!(NEW.write(Some("# Stands alone.\n[workspace]\n")).unwrap());
}

#[test]
fn an_existing_manifest_gets_what_it_lacks() {
    let existing = "\
# Mine.
[package]
name    = \"other\" # not weather

[dependencies]
anyhow = \"1\"
smithy-rt.workspace = true
serde.workspace = true
[features]
default = [ ]
extra = []
[[example]]
name = \"e\"
";
    let runtime = Runtime::Version("2".to_owned());
    let text = Manifest {
        runtime: Some(&runtime),
        ..NEW
    }
    .write(Some(existing))
    .unwrap();
    insta::assert_snapshot!(text);
}

#[test]
fn a_runtime_is_replaced_only_by_another() {
    let existing = NEW.write(None).unwrap().replace(
        "smithy-rt = \"0.1.0\"",
        "smithy-rt = {path=\"../rt\"} # near",
    );
    let runtime = Runtime::Path("../rt".to_owned());
    assert_eq!(NEW.write(Some(&existing)).unwrap(), existing);
    assert_eq!(
        Manifest {
            runtime: Some(&runtime),
            ..NEW
        }
        .write(Some(&existing))
        .unwrap(),
        existing
    );
    let runtime = Runtime::Version("0.2".to_owned());
    let text = Manifest {
        runtime: Some(&runtime),
        ..NEW
    }
    .write(Some(&existing))
    .unwrap();
    assert!(text.contains("smithy-rt = \"0.2\""), "{text}");
}

#[test]
fn a_runtime_that_is_too_old_for_the_code_is_raised() {
    let kept = [
        "\"0.1\"",
        "\"^0.1.0\" # mine",
        "\"7\"",
        "\"*\"",
        "\"=0.0.9\"",
        "\">=0.0.1, <2\"",
        "\"0.0.9-beta\"",
        "{ path = \"../rt\" }",
        "{ workspace = true }",
    ];
    let kept = kept.map(|it| (it.to_owned(), it.to_owned()));
    let raised = [
        ("\"0.0.9\" # mine", "\"{}\" # mine"),
        ("\"^0\"", "\"{}\""),
        (
            "{ version=\"0.0\", features = [\"cbor\"] }",
            "{ version=\"{}\", features = [\"cbor\"] }",
        ),
    ];
    let raised = raised.map(|(old, new)| (old.to_owned(), new.replace("{}", RUNTIME_VERSION)));
    for (old, new) in kept.into_iter().chain(raised) {
        let whole = NEW.write(None).unwrap();
        let with = |runtime: &str| {
            let (head, _) = whole.split_once("smithy-rt = ").unwrap();
            format!("{head}smithy-rt = {runtime}\n")
        };
        assert_eq!(NEW.write(Some(&with(&old))).unwrap(), with(&new));
    }
}

#[test]
fn what_is_added_to_a_manifest_is_seen() {
    for manifest in [NEW, NEEDY] {
        let text = manifest.write(None).unwrap();
        assert!(!has_additions(&text).unwrap(), "{text}");
        for more in [
            "[lints]\nworkspace = true\n",
            "[dev-dependencies.tokio]\nversion = \"1\"\n",
            "[package.metadata.mine]\nx = 1\n",
            "[workspace]\n",
            "# Mine.\n",
        ] {
            assert!(has_additions(&format!("{text}\n{more}")).unwrap(), "{more}");
        }
        for (table, more) in [
            ("[package]\n", "publish = false\n"),
            ("[features]\n", "mine = []\n"),
            ("[dependencies]\n", "anyhow = \"1\"\n"),
        ] {
            let more = text.replace(table, &format!("{table}{more}"));
            assert!(has_additions(&more).unwrap(), "{more}");
        }
    }
    assert!(has_additions("package = 1").unwrap());
    assert!(has_additions("not TOML").is_err());
}

#[test]
fn what_is_no_manifest_is_an_error() {
    for text in [
        "[",
        "[package]\nname = 1\n[dependencies",
        "dependencies = 1\n[package]\n",
    ] {
        let error = NEW.write(Some(text)).unwrap_err();
        assert!(error.to_string().contains("Cargo.toml"), "{error}");
    }
}

#[test]
fn runtimes_are_read_from_text() {
    let git = |url: &str, rev: Option<&str>| Runtime::Git {
        url: url.to_owned(),
        rev: rev.map(str::to_owned),
    };
    let table = [
        (
            "codegen/runtime",
            Runtime::Path("codegen/runtime".to_owned()),
        ),
        ("/abs/runtime", Runtime::Path("/abs/runtime".to_owned())),
        ("../1.2", Runtime::Path("../1.2".to_owned())),
        ("0.1", Runtime::Version("0.1".to_owned())),
        (">=0.1, <2", Runtime::Version(">=0.1, <2".to_owned())),
        ("git+ssh://git@host/repo", git("ssh://git@host/repo", None)),
        (
            "https://host/repo#abc",
            git("https://host/repo", Some("abc")),
        ),
    ];
    for (text, expected) in table {
        assert_eq!(text.parse(), Ok(expected), "{text}");
    }
}
