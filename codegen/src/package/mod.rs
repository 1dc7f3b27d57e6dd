//! The name of a crate's package: as was asked for, else as its manifest says, else after the service.

pub mod manifest;
pub mod output;

use crate::input::Input;
use crate::model::Closure;
use crate::{Error, Options, Sources, lower, names};

/// The name of the package for a model, where neither [`Options::crate_name`] nor a manifest gives it one.
///
/// # Errors
/// If the model is not valid.
pub fn default_name<'a>(model: impl Into<Sources<'a>>) -> Result<String, Error> {
    let sources = model.into();
    let input = Input::read(&sources)?;
    let closure = Closure::of(&input.model);
    let name = closure.and_then(|closure| lower::package_name(&closure));
    name.map_err(|error| input.locate(error))
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

/// Checks that other crates can name a package, as its own tests do.
pub(crate) fn check_name(name: &str, manifest: Option<&str>) -> Result<(), Error> {
    let mistake = names::package_mistake(name).map(str::to_owned);
    let mistake = match mistake {
        Some(mistake) => mistake,
        None => match manifest::dependency_like(name, manifest)? {
            Some(dependency) => format!("its Cargo.toml has the dependency `{dependency}`"),
            None => return Ok(()),
        },
    };
    Err(Error::new(format!(
        "the package cannot be called `{name}`: {mistake}. Ask for another name"
    )))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::generate;

    const MODEL: &str = include_str!("../../tests/fixtures/members.json");

    fn name_of(asked: Option<&str>, manifest: Option<&str>) -> Result<String, String> {
        let options = Options {
            crate_name: asked.map(str::to_owned),
            existing_manifest: manifest.map(str::to_owned),
            ..Options::default()
        };
        let generated = generate(MODEL, &options).map_err(|error| error.to_string())?;
        let manifest = generated.file("Cargo.toml").unwrap();
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
        let long = "a".repeat(65);
        let names = [
            "",
            "a b",
            "9x",
            "fn",
            "self",
            "Self",
            "_",
            "r#type",
            "ä",
            "a.b",
            "std",
            "core",
            "alloc",
            "proc-macro",
            "test",
            "smithy-rt",
            "smithy_rt",
            "con",
            "AUX",
            &long,
        ];
        for name in names {
            let error = name_of(Some(name), None).unwrap_err();
            assert!(error.contains(&format!("called `{name}`: ")), "{error}");
        }
        for name in ["serde_core", "healthlake-2", "tests", "console"] {
            assert_eq!(name_of(Some(name), None).unwrap(), name);
        }
        assert!(default_name("{}").is_err());
    }

    #[test]
    fn the_name_of_a_dependency_is_an_error() {
        for table in [
            "[dependencies]",
            "[dev-dependencies]",
            "[target.'cfg(unix)'.build-dependencies]",
        ] {
            let manifest = |name: &str| {
                format!("[package]\nname = \"{name}\"\n\n{table}\nsome-thing = \"1\"\n")
            };
            let error = name_of(None, Some(&manifest("some_thing"))).unwrap_err();
            assert!(
                error.contains(
                    "called `some_thing`: its Cargo.toml has the dependency `some-thing`"
                ),
                "{error}"
            );
            assert!(name_of(None, Some(&manifest("another"))).is_ok());
        }
        let itself = "[package]\nname = \"me\"\n[dev-dependencies]\nme = { path = \".\" }\n";
        assert!(name_of(None, Some(itself)).is_ok());
    }

    #[test]
    fn a_service_that_is_called_like_a_library_is_a_client() {
        for (sdk_id, name) in [
            ("Std", "client-std"),
            ("Proc Macro", "client-proc-macro"),
            ("Smithy RT", "client-smithy-rt"),
            ("Con", "client-con"),
            ("Match", "client-match"),
        ] {
            assert_eq!(names::package(sdk_id), name);
        }
    }
}
