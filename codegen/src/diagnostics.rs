//! What is wrong with a model, said so that its author can mend it.
//!
//! A model with one mistake often has more. What can be known at once is reported at once: phases push each [`Error`] into
//! [`Problems`] and go on, and the error that leaves them lists every problem on a line of its own.

use std::fmt;

use indexmap::IndexSet;

/// Why no crate can be written for a model: one or more [`Problem`]s, each on its own line of the `Display` text.
#[derive(Clone, Eq, PartialEq, thiserror::Error)]
pub struct Error {
    problems: Vec<Problem>,
}

/// One thing that is wrong, and where.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Problem {
    place: Option<String>,
    message: String,
}

/// Problems found so far, while the search goes on.
#[derive(Debug, Default)]
pub struct Problems(IndexSet<Problem>);

impl Error {
    /// A problem of the model as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem {
                place: None,
                message: message.into(),
            }],
        }
    }

    /// A problem with the shape or member of this id (`ns#Shape` or `ns#Shape$member`).
    pub fn at(place: impl fmt::Display, message: impl Into<String>) -> Self {
        Self {
            problems: vec![Problem {
                place: Some(place.to_string()),
                message: message.into(),
            }],
        }
    }

    /// All that is wrong, in the order in which it was found.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// As [`Display`](fmt::Display): it is what a build script prints that ends in an error, or unwraps it.
impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl Problem {
    /// The shape or member that the problem is with, where it is with one.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// What is wrong and what would be right.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Some(place) => write!(f, "{place}: {}", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl Problems {
    /// No problems yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Notes all problems of an error. One that is known already is not noted again.
    pub fn push(&mut self, error: Error) {
        self.0.extend(error.problems);
    }

    /// The value of a result; its error is noted.
    pub fn keep<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// The value of a result if nothing was noted, else all that was, and what is wrong with the result.
    pub fn all_or<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        match result {
            Ok(value) => self.finish(value),
            Err(error) => {
                self.push(error.clone());
                self.finish(()).and(Err(error))
            }
        }
    }

    /// Whether nothing was noted.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value if nothing was noted, else all that was.
    pub fn finish<T>(self, value: T) -> Result<T, Error> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(Error {
                problems: self.0.into_iter().collect(),
            })
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_reads_as_display() {
        let mut problems = Problems::new();
        problems.push(Error::at("a.b#In$x", "is \"wrong\""));
        problems.push(Error::new("so is this"));
        let error = problems.finish(()).unwrap_err();
        assert_eq!(error.to_string(), "a.b#In$x: is \"wrong\"\nso is this");
        assert_eq!(format!("{error:?}"), error.to_string());
    }
}
