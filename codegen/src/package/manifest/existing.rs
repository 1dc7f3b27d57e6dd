//! The contents of a manifest that is there already.

use toml_edit::{Item, Table, TableLike};

use super::{Manifest, parse};
use crate::{Error, names};

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
