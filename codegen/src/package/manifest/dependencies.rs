//! The dependencies of a manifest: the runtime, in the version and with the features that the code needs.

use toml_edit::{Array, DocumentMut, InlineTable, Item, TableLike, Value, value};

use super::{Manifest, table};
use crate::Error;

/// The package that generated code stands on.
const RUNTIME: &str = "smithy-rt";

/// The oldest version of it that has all that generated code uses: that of this generator.
pub(super) const RUNTIME_VERSION: &str = env!("CARGO_PKG_VERSION");

impl Manifest<'_> {
    /// Adds the runtime to the dependencies, and to those of the tests.
    pub(super) fn write_dependencies(&self, document: &mut DocumentMut) -> Result<(), Error> {
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
