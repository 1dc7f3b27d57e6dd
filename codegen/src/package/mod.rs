//! What the package of a crate is called: as was asked for, else as its manifest says, else after the service.

pub mod manifest;
pub mod output;

use crate::smithy::{Closure, Model};
use crate::{Error, Options, fixups, names, plan};

/// The name of the package for a model, where neither [`Options::crate_name`] nor a manifest gives it one.
///
/// # Errors
/// If the model is not valid.
pub fn default_name(model: &str) -> Result<String, Error> {
    let mut model = Model::parse(model)?;
    fixups::apply(&mut model)?;
    plan::package_name(&Closure::of(&model)?)
}

/// The name that was asked for or that the manifest has.
pub(crate) fn given_name(options: &Options) -> Result<Option<String>, Error> {
    let existing = manifest::package_name(options.existing_manifest.as_deref())?;
    match (&options.crate_name, existing) {
        (Some(asked), Some(existing)) if *asked != existing => Err(Error::new(format!(
            "the package cannot be called `{asked}`, because its Cargo.toml calls it `{existing}`: ask for no name, or change \
             the one in Cargo.toml first"
        ))),
        (Some(asked), _) => Ok(Some(asked.clone())),
        (None, existing) => Ok(existing),
    }
}

/// Whether other crates can name a package, as its own tests do.
pub(crate) fn check_name(name: &str) -> Result<(), Error> {
    if names::is_package(name) {
        return Ok(());
    }
    Err(Error::new(format!(
        "the package cannot be called `{name}`: a name begins with a letter, goes on with letters, digits, `-` and `_`, and is \
         no keyword of Rust"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    const MODEL: &str = include_str!("../../tests/build_script/model.json");

    fn name_of(asked: Option<&str>, manifest: Option<&str>) -> Result<String, String> {
        let options = Options {
            crate_name: asked.map(str::to_owned),
            existing_manifest: manifest.map(str::to_owned),
            ..Options::default()
        };
        let generated = generate(MODEL, &options).map_err(|error| error.to_string())?;
        let manifest = &generated.files[0].contents;
        assert!(manifest.contains(&format!("name = \"{}\"", generated.name)));
        Ok(generated.name)
    }

    #[test]
    fn a_name_is_asked_for_or_kept_or_the_services() {
        let manifest = Some("[package]\nname = \"mine\"\n");
        assert_eq!(name_of(Some("other"), None).unwrap(), "other");
        assert_eq!(name_of(Some("mine"), manifest).unwrap(), "mine");
        assert_eq!(name_of(None, manifest).unwrap(), "mine");
        assert_eq!(name_of(None, None), Ok(default_name(MODEL).unwrap()));
    }

    #[test]
    fn another_name_than_the_manifests_is_an_error() {
        let error = name_of(Some("other"), Some("[package]\nname = \"mine\"\n")).unwrap_err();
        assert!(
            error.contains("`other`") && error.contains("Cargo.toml calls it `mine`"),
            "{error}"
        );
    }

    #[test]
    fn a_name_that_no_crate_can_have_is_an_error() {
        for name in [
            "", "a b", "9x", "fn", "self", "Self", "_", "r#type", "ä", "a.b",
        ] {
            let error = name_of(Some(name), None).unwrap_err();
            assert!(error.contains(&format!("called `{name}`: ")), "{error}");
        }
        assert!(default_name("{}").is_err());
    }
}
