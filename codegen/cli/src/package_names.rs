//! Names for the packages of many models. In a workspace, no two of them can be the same.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Result;
use smithy_codegen::package::manifest;
use smithy_codegen::{names, package};

use crate::model_files::ModelFiles;
use crate::regular_file::read_if_exists;

/// The name that a model's package has by itself.
#[derive(Debug)]
pub struct Found {
    name: String,
    /// `true` if its manifest says so already.
    is_kept: bool,
}

/// The name for the package of a model, if not the one that it has by itself; or the reason why it has none.
pub type Settled = Result<Option<String>, String>;

impl Found {
    /// The name that the manifest in `folder` has, or else the model's service.
    pub fn look_for(model: &Path, folder: &Path) -> Result<Self> {
        let existing = read_if_exists(&folder.join("Cargo.toml"))?;
        if let Some(name) = manifest::package_name(existing.as_deref())? {
            return Ok(Self {
                name,
                is_kept: true,
            });
        }
        let sources = ModelFiles::from(model).read()?;
        Ok(Self {
            name: package::default_name(sources)?,
            is_kept: false,
        })
    }
}

/// Gives each model's package a name of its own: those that have one keep it, then each model, in order, gets its service's name
/// or, if that is taken, the name of its file. The models are called as their files.
pub fn settle(found: &BTreeMap<String, Found>) -> BTreeMap<String, Settled> {
    let mut taken = BTreeMap::new();
    let mut settled = BTreeMap::new();
    let (kept, new): (Vec<_>, Vec<_>) = found.iter().partition(|(_, found)| found.is_kept);
    for (model, found) in kept.into_iter().chain(new) {
        let name = settle_one(model, found, &taken);
        if let Ok(name) = &name {
            let name = name.as_ref().unwrap_or(&found.name);
            taken.insert(names::library(name), model.clone());
        }
        settled.insert(model.clone(), name);
    }
    settled
}

/// `taken` has the models that have names, by their libraries.
fn settle_one(model: &str, found: &Found, taken: &BTreeMap<String, String>) -> Settled {
    let Some(other) = taken.get(&names::library(&found.name)) else {
        return Ok(None);
    };
    let of_file = names::package(model);
    if !found.is_kept && !taken.contains_key(&names::library(&of_file)) {
        return Ok(Some(of_file));
    }
    let advice = if found.is_kept {
        "change the name in one Cargo.toml"
    } else {
        "give the model's file another name"
    };
    Err(format!(
        "its package would be called {}, as that of {other} is: {advice}",
        found.name
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settled(found: &[(&str, &str, bool)]) -> Vec<(String, Settled)> {
        let found = found.iter().map(|(model, name, is_kept)| {
            let found = Found {
                name: (*name).to_owned(),
                is_kept: *is_kept,
            };
            ((*model).to_owned(), found)
        });
        settle(&found.collect()).into_iter().collect()
    }

    fn ok(model: &str, name: Option<&str>) -> (String, Settled) {
        (model.to_owned(), Ok(name.map(str::to_owned)))
    }

    #[test]
    fn the_first_model_is_called_as_its_service_and_the_next_as_its_file() {
        let new = [
            ("search-2011", "search", false),
            ("search-2013", "search", false),
            ("search.2015", "search", false),
        ];
        let expected = [
            ok("search-2011", None),
            ok("search-2013", Some("search-2013")),
            ok("search.2015", Some("search-2015")),
        ];
        assert_eq!(settled(&new), expected);
    }

    #[test]
    fn a_name_in_a_manifest_is_kept() {
        let found = [
            ("search-2011", "search", false),
            ("search-2013", "search", true),
        ];
        let expected = [
            ok("search-2011", Some("search-2011")),
            ok("search-2013", None),
        ];
        assert_eq!(settled(&found), expected);
    }

    #[test]
    fn two_models_that_can_have_only_one_name_are_both_named() {
        let table = [
            (
                [
                    ("a-b", "search", false),
                    ("a.b", "a_b", false),
                    ("c", "search", true),
                ],
                "its package would be called a_b, as that of a-b is: give the model's file another name",
            ),
            (
                [
                    ("a", "x", false),
                    ("a.b", "search", true),
                    ("c", "search", true),
                ],
                "its package would be called search, as that of a.b is: change the name in one Cargo.toml",
            ),
        ];
        for (found, expected) in table {
            let errors: Vec<_> = settled(&found)
                .into_iter()
                .filter_map(|(_, settled)| settled.err())
                .collect();
            assert_eq!(errors, [expected]);
        }
    }
}
