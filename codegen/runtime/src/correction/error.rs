//! What is wrong with a body, said without quoting it.

use std::fmt;

use super::Correction;
use super::path::Path;

/// Why a body could not be read, and where in it. It shows names of the model, and nothing of what the body holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Error {
    path: String,
    problem: Problem,
}

/// What is wrong.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) enum Problem {
    /// It is not JSON.
    NotJson,
    /// It is JSON up to where it ends.
    CutShort,
    /// It is JSON, but not what the model says.
    NotAsModeled(String),
}

impl Error {
    /// What serde_json says about the body of a response of this shape.
    pub(super) fn new(body: &str, table: &Correction, error: &serde_json::Error) -> Self {
        let path = Path::to(body.as_bytes(), error.line(), error.column());
        Self {
            path: path.shown(table, error.is_data()),
            problem: Problem::of(error),
        }
    }

    /// For a body that is not even text.
    pub(super) fn not_text() -> Self {
        Self {
            path: String::new(),
            problem: Problem::NotJson,
        }
    }

    /// The member that could not be read, as in `JobPropertiesList[2].SubmitTime`; empty for the whole body. `[…]` stands
    /// for what is not a name of the model, such as the key of a map.
    pub fn path(&self) -> &str {
        &self.path
    }

    pub(crate) fn problem(&self) -> &Problem {
        &self.problem
    }
}

impl Problem {
    fn of(error: &serde_json::Error) -> Self {
        if error.is_data() {
            Self::NotAsModeled(without_values(&error.to_string()))
        } else if error.is_eof() {
            Self::CutShort
        } else {
            Self::NotJson
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotJson => "the body is not JSON",
            Self::CutShort => "the JSON is cut short",
            Self::NotAsModeled(reason) => reason,
        })
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.path.as_str() {
            "" => self.problem.fmt(f),
            path => write!(f, "{path}: {}", self.problem),
        }
    }
}

impl std::error::Error for Error {}

/// What serde says about a value, without the value and its place.
fn without_values(said: &str) -> String {
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said);
    for problem in ["invalid type: ", "invalid value: "] {
        if let Some(said) = said.strip_prefix(problem) {
            return found_and_expected(said);
        }
    }
    for problem in ["unknown variant", "unknown field"] {
        if said.starts_with(problem) {
            return problem.to_owned();
        }
    }
    said.to_owned()
}

/// Of ``integer `300`, expected i8``, everything but the number.
fn found_and_expected(said: &str) -> String {
    let (found, expected) = said.rsplit_once(", expected ").unwrap_or((said, ""));
    let kind = found
        .split(['"', '`'])
        .next()
        .unwrap_or_default()
        .trim_end();
    match expected {
        "" => format!("found {kind}"),
        expected => format!("found {kind}, expected {expected}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_do_not_quote_values() {
        for (said, shown) in [
            (
                r#"invalid type: string "my, expected secret", expected i32 at line 1 column 12"#,
                "found string, expected i32",
            ),
            (
                "invalid value: integer `300`, expected i8 at line 1 column 3",
                "found integer, expected i8",
            ),
            (
                "invalid type: null, expected a string at line 1 column 3",
                "found null, expected a string",
            ),
            (
                "missing field `JobId` at line 1 column 2",
                "missing field `JobId`",
            ),
            (
                "unknown variant `my secret`, expected `A` or `B` at line 1 column 11",
                "unknown variant",
            ),
            (
                "unknown field `my secret`, there are no fields at line 1 column 11",
                "unknown field",
            ),
        ] {
            assert_eq!(without_values(said), shown);
        }
    }
}
