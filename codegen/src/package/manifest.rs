//! The `Cargo.toml` of a generated crate.
//!
//! A manifest belongs to whoever uses the crate. A new one is written whole, but for what its owner alone can say: the licence and
//! the repository. Of one that exists, only the features and dependencies that the code cannot do without are added, and not a byte
//! of the rest changes.

use std::convert::Infallible;
use std::fmt;
use std::str::FromStr;

use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, TableLike, Value, value};

use crate::{Error, names};

/// The package that generated code stands on.
const RUNTIME: &str = "smithy-rt";

/// The oldest version of it that has all that generated code uses: that of this generator.
const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The features of a generated crate, and what each of them turns on.
const FEATURES: &[(&str, &str)] = &[
    ("default", "default-https-client"),
    ("default-https-client", "smithy-rt/default-https-client"),
    ("test-util", "smithy-rt/test-util"),
];

/// The documentation that docs.rs builds is that of the fake as well.
const DOCS_RS: &str = "[package.metadata.docs.rs]\nall-features = true\n";

/// The content of a manifest.
#[derive(Clone, Copy, Debug)]
pub struct Manifest<'a> {
    /// The name of the package.
    pub name: &'a str,
    /// The description of the package, in one line.
    pub description: &'a str,
    /// The words to find the package by in a registry.
    pub keywords: &'a [String],
    /// The source of the runtime. `None` leaves that of an existing manifest alone, but for a version that is too old, and
    /// asks the registry for the runtime of this version where there is none.
    pub runtime: Option<&'a Runtime>,
    /// The features of the runtime that the package needs.
    pub runtime_features: &'a [&'a str],
    /// The features of the runtime that its tests need beside those.
    pub runtime_test_features: &'a [&'a str],
}

/// The source from which a generated crate gets `smithy-rt`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Runtime {
    /// From a folder: as seen from the crate's folder, or absolute.
    Path(String),
    /// From a Git repository, which may have it in any of its folders.
    Git {
        /// The address of the repository.
        url: String,
        /// The commit, tag or branch, or the default branch.
        rev: Option<String>,
    },
    /// From the registry: which versions will do.
    Version(String),
}

impl FromStr for Runtime {
    type Err = Infallible;

    /// Reads `git+URL#REV`, `https://URL#REV`, a version requirement such as `0.1` or `^1.2`, or else a path.
    fn from_str(text: &str) -> Result<Self, Infallible> {
        let is_git = ["git+", "https://", "http://", "ssh://", "git@"]
            .iter()
            .any(|start| text.starts_with(start));
        let is_version = text.starts_with(|c: char| c.is_ascii_digit() || "^~=<>*".contains(c))
            && !text.contains(['/', '\\']);
        Ok(if is_git {
            let url = text.strip_prefix("git+").unwrap_or(text);
            match url.split_once('#') {
                Some((url, rev)) => Self::Git {
                    url: url.to_owned(),
                    rev: Some(rev.to_owned()),
                },
                None => Self::Git {
                    url: url.to_owned(),
                    rev: None,
                },
            }
        } else if is_version {
            Self::Version(text.to_owned())
        } else {
            Self::Path(text.to_owned())
        })
    }
}

impl fmt::Display for Runtime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Path(path) => f.write_str(path),
            Self::Git {
                url,
                rev: Some(rev),
            } => write!(f, "git+{url}#{rev}"),
            Self::Git { url, rev: None } => write!(f, "git+{url}"),
            Self::Version(version) => f.write_str(version),
        }
    }
}

/// The name of the package that a manifest is of, if it says.
pub fn package_name(manifest: Option<&str>) -> Result<Option<String>, Error> {
    let document = parse(manifest.unwrap_or_default())?;
    let package = document.get("package").and_then(Item::as_table_like);
    let name = package.and_then(|package| package.get("name"));
    Ok(name.and_then(Item::as_str).map(str::to_owned))
}

/// The dependency of a manifest whose library has the name of the package's own.
pub fn dependency_like(package: &str, manifest: Option<&str>) -> Result<Option<String>, Error> {
    let document = parse(manifest.unwrap_or_default())?;
    let targets = document.get("target").and_then(Item::as_table_like);
    let targets = targets.into_iter().flat_map(|targets| targets.iter());
    let of_targets = targets.filter_map(|(_, target)| target.as_table_like());
    let tables = of_targets.chain([document.as_table() as &dyn TableLike]);
    let dependencies = tables.flat_map(|table| {
        let kinds = ["dependencies", "dev-dependencies", "build-dependencies"];
        kinds.map(|kind| table.get(kind).and_then(Item::as_table_like))
    });
    Ok(dependencies
        .flatten()
        .flat_map(|dependencies| dependencies.iter())
        // A package may depend on itself, to have other features in its tests.
        .filter(|(_, dependency)| dependency.get("path").and_then(Item::as_str) != Some("."))
        .map(|(name, _)| name.to_owned())
        .find(|name| names::library(name) == names::library(package)))
}

/// Returns `true` if a manifest says more than one that was written whole: somebody has added a table, a dependency, a feature, a
/// field of the package or a comment.
pub fn has_additions(manifest: &str) -> Result<bool, Error> {
    let whole = Manifest {
        name: "",
        description: "",
        keywords: &[],
        runtime: None,
        runtime_features: &[],
        // Or else it would have no dependencies of tests.
        runtime_test_features: &["test-util"],
    };
    let whole = parse(&whole.write(None)?)?;
    let mut lines = manifest.lines();
    let has_comments = lines.any(|line| line.trim_start().starts_with('#'));
    Ok(has_comments || has_more(parse(manifest)?.as_table(), whole.as_table()))
}

/// Returns `true` if a table has an entry that another has not, or that is a table there alone.
fn has_more(table: &dyn TableLike, than: &Table) -> bool {
    table.iter().any(|(key, entry)| {
        let Some(other) = than.get(key) else {
            return true;
        };
        let Some(other) = other.as_table() else {
            return false;
        };
        entry
            .as_table_like()
            .is_none_or(|entry| has_more(entry, other))
    })
}

impl Manifest<'_> {
    /// The manifest's text. `existing` is what is there already: a whole manifest, or only tables for a new one to have too.
    pub fn write(&self, existing: Option<&str>) -> Result<String, Error> {
        let existing = existing.unwrap_or_default();
        let mut document = parse(existing)?;
        if !document.contains_key("package") {
            let separator = if existing.is_empty() { "" } else { "\n" };
            document = parse(&format!("{}{separator}{existing}", self.package()))?;
        }
        self.write_features(&mut document)?;
        self.write_dependencies(&mut document)?;
        Ok(document.to_string())
    }

    fn package(&self) -> String {
        let mut package = Table::new();
        package.insert("name", value(self.name));
        package.insert("description", value(self.description));
        package.insert("version", value("0.1.0"));
        package.insert("edition", value("2024"));
        package.insert("rust-version", value(env!("CARGO_PKG_RUST_VERSION")));
        package.insert("keywords", value(self.keywords.iter().collect::<Array>()));
        package.insert("categories", value(Array::from_iter(["api-bindings"])));
        format!("[package]\n{package}\n{DOCS_RS}\n[features]\n\n[dependencies]\n")
    }

    fn write_features(&self, document: &mut DocumentMut) -> Result<(), Error> {
        let features = table(document, "features")?;
        for (name, turns_on) in FEATURES {
            if !features.contains_key(name) {
                let list: Array = [*turns_on].into_iter().collect();
                features.insert(name, value(list));
            }
        }
        Ok(())
    }

    fn write_dependencies(&self, document: &mut DocumentMut) -> Result<(), Error> {
        let dependencies = table(document, "dependencies")?;
        self.write_runtime(dependencies);
        if let Some(runtime) = dependencies.get_mut(RUNTIME) {
            if self.runtime.is_none() {
                require_version(runtime);
            }
            require_features(runtime, self.runtime_features);
        }
        self.write_test_runtime(document)
    }

    /// The runtime again, with what the tests need of it.
    fn write_test_runtime(&self, document: &mut DocumentMut) -> Result<(), Error> {
        if self.runtime_test_features.is_empty() {
            return Ok(());
        }
        let runtime = table(document, "dependencies")?
            .get(RUNTIME)
            .and_then(source);
        let dependencies = table(document, "dev-dependencies")?;
        if let Some(runtime) = runtime {
            let existing = dependencies.get(RUNTIME).and_then(source);
            if existing.is_none_or(|existing| !is_same(&existing, &runtime)) {
                insert(dependencies, RUNTIME, runtime);
            }
        }
        if let Some(runtime) = dependencies.get_mut(RUNTIME) {
            require_features(runtime, self.runtime_test_features);
        }
        Ok(())
    }

    fn write_runtime(&self, dependencies: &mut dyn TableLike) {
        let existing = dependencies.get(RUNTIME);
        let is_inherited = existing
            .and_then(Item::as_table_like)
            .is_some_and(|runtime| runtime.contains_key("workspace"));
        let runtime = match self.runtime {
            Some(_) if is_inherited => return,
            Some(runtime) => runtime.dependency(),
            None if existing.is_some() => return,
            None => Value::from(RUNTIME_VERSION),
        };
        let is_same = existing
            .and_then(source)
            .is_some_and(|existing| is_same(&existing, &runtime));
        if !is_same {
            insert(dependencies, RUNTIME, runtime);
        }
    }
}

impl Runtime {
    fn dependency(&self) -> Value {
        let mut table = InlineTable::new();
        match self {
            Self::Version(version) => return Value::from(version),
            Self::Path(path) => {
                table.insert("path", path.into());
            }
            Self::Git { url, rev } => {
                table.insert("git", url.into());
                if let Some(rev) = rev {
                    table.insert("rev", rev.into());
                }
            }
        }
        Value::from(table)
    }
}

/// Adds an entry where it belongs: in the order of the names, if there is such an order.
fn insert(table: &mut dyn TableLike, name: &str, entry: Value) {
    let names: Vec<_> = table.iter().map(|(name, _)| name.to_owned()).collect();
    table.insert(name, value(entry));
    if names.is_sorted() {
        table.sort_values();
    }
}

/// The source of a dependency, whatever else is said about it.
fn source(dependency: &Item) -> Option<Value> {
    let Some(table) = dependency.as_table_like() else {
        return dependency.as_value().cloned();
    };
    let keys = [
        "path",
        "git",
        "rev",
        "branch",
        "tag",
        "version",
        "registry",
        "package",
        "workspace",
    ];
    let said = keys
        .into_iter()
        .filter_map(|key| Some((key, table.get(key)?.as_value()?.clone())));
    let mut said: InlineTable = said.collect();
    said.fmt();
    Some(match said.get("version") {
        Some(version) if said.len() == 1 => version.clone(),
        _ => Value::from(said),
    })
}

/// Raises the version of the runtime that a dependency asks for, if that is too old for the code.
fn require_version(dependency: &mut Item) {
    let version = match dependency.as_table_like_mut() {
        Some(table) => table.get_mut("version").and_then(Item::as_value_mut),
        None => dependency.as_value_mut(),
    };
    let Some(version) = version else {
        return;
    };
    let least = version.as_str().and_then(least_version);
    if least.is_some() && least < least_version(RUNTIME_VERSION) {
        let decor = version.decor().clone();
        *version = Value::from(RUNTIME_VERSION);
        *version.decor_mut() = decor;
    }
}

/// The least version that a requirement such as `0.1` or `^0.1.2` allows. `None` for those of other forms, by which somebody chose
/// more than that.
fn least_version(requirement: &str) -> Option<[u64; 3]> {
    let numbers = requirement.strip_prefix('^').unwrap_or(requirement);
    let mut least = [0; 3];
    for (at, number) in numbers.trim().split('.').enumerate() {
        *least.get_mut(at)? = number.parse().ok()?;
    }
    Some(least)
}

/// Turns features of a dependency on, if they are not on already.
fn require_features(dependency: &mut Item, features: &[&str]) {
    if features.is_empty() {
        return;
    }
    if let Some(version) = dependency.as_str() {
        let table: InlineTable = [("version", Value::from(version))].into_iter().collect();
        *dependency = value(table);
    }
    let Some(table) = dependency.as_table_like_mut() else {
        return;
    };
    let list = table
        .entry("features")
        .or_insert_with(|| value(Array::new()));
    if let Some(list) = list.as_array_mut() {
        for feature in features {
            if !list
                .iter()
                .any(|existing| existing.as_str() == Some(feature))
            {
                list.push(*feature);
            }
        }
    }
}

/// Returns `true` if two values say the same, however they are laid out.
fn is_same(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::InlineTable(one), Value::InlineTable(other)) => {
            one.len() == other.len()
                && one
                    .iter()
                    .all(|(name, one)| other.get(name).is_some_and(|other| is_same(one, other)))
        }
        _ => match (one.as_str(), other.as_str()) {
            (None, None) => one.as_bool().is_some() && one.as_bool() == other.as_bool(),
            (one, other) => one == other,
        },
    }
}

fn parse(text: &str) -> Result<DocumentMut, Error> {
    text.parse()
        .map_err(|error| Error::new(format!("Cargo.toml is not valid: {error}")))
}

fn table<'a>(document: &'a mut DocumentMut, name: &str) -> Result<&'a mut dyn TableLike, Error> {
    document
        .entry(name)
        .or_insert_with(toml_edit::table)
        .as_table_like_mut()
        .ok_or_else(|| Error::new(format!("`{name}` in Cargo.toml should be a table")))
}

#[cfg(test)]
mod tests {
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
}
