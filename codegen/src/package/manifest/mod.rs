//! The `Cargo.toml` of a generated crate.
//!
//! A manifest belongs to whoever uses the crate. A new one is written whole, but for what its owner alone can say: the licence and
//! the repository. Of one that exists, only the features and dependencies that the code cannot do without are added, and not a byte
//! of the rest changes.

mod dependencies;
mod existing;
mod runtime;
#[cfg(test)]
mod tests;

use toml_edit::{Array, DocumentMut, Table, TableLike, value};

use crate::Error;

pub use self::existing::{dependency_like, has_additions, package_name};
pub use self::runtime::Runtime;

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
