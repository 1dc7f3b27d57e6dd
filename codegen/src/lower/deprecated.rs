//! Deprecation: `smithy.api#deprecated`.

use crate::Error;
use crate::docs::{note, text};
use crate::ir::Deprecated;
use crate::model::Traits;

/// Returns the arguments of `#[deprecated]`, whose `since` has to be a version.
pub fn deprecated(traits: &Traits) -> Result<Option<Deprecated>, Error> {
    let Some(deprecated) = traits.deprecated()? else {
        return Ok(None);
    };
    let (version, date) = match deprecated.since {
        Some(since) if is_version(since) => (Some(since), None),
        since => (
            None,
            since.map(|since| format!("Since {}.", text(since.trim_end_matches('.')))),
        ),
    };
    let message = deprecated.message.map(note);
    let message = message.filter(|message| !message.is_empty());
    let notes: Vec<_> = message.into_iter().chain(date).collect();
    Ok(Some(Deprecated {
        note: (!notes.is_empty()).then(|| notes.join(" ")),
        since: version.map(str::to_owned),
    }))
}

/// Returns `true` for text such as `1.2.3`.
fn is_version(text: &str) -> bool {
    let is_number = |part: &str| {
        (1..=9).contains(&part.len())
            && part.chars().all(|digit| digit.is_ascii_digit())
            && (part == "0" || !part.starts_with('0'))
    };
    text.split('.').count() == 3 && text.split('.').all(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_told_from_dates() {
        for version in ["1.2.3", "0.0.0", "2017.7.1"] {
            assert!(is_version(version), "{version}");
        }
        for other in [
            "",
            "1",
            "1.2",
            "1.2.3.4",
            "2017-07-01",
            "2017.07.01",
            "a.b.c",
            "1..2",
        ] {
            assert!(!is_version(other), "{other}");
        }
    }
}
