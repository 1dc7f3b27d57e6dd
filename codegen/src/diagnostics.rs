//! Errors of a model, as its author needs them: where something is wrong, and what would be right.
//!
//! A model with one fault often has more. What can be known at once is reported at once: phases push each [`Diagnostic`] into
//! [`Diagnostics`] and go on, and the [`Error`] that leaves them lists every one on a line of its own.

use std::fmt;

use indexmap::IndexSet;

use crate::sources::SourcePlace;

/// The reason why no crate can be written for a model: one or more [`Diagnostic`]s, each on its own line of the `Display` text.
#[derive(Clone, Eq, PartialEq, thiserror::Error)]
pub struct Error {
    diagnostics: Vec<Diagnostic>,
}

/// One thing that is wrong or not supported, and its place.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Diagnostic {
    source: Option<Box<SourcePlace>>,
    place: Option<String>,
    message: String,
    kind: Kind,
}

#[derive(Clone, Copy, Debug, Eq, Hash, PartialEq)]
enum Kind {
    /// The model is not as Smithy says.
    Wrong,
    /// The model is right, and needs what is not supported.
    Unsupported,
}

/// The diagnostics of a phase that has not ended yet.
#[derive(Debug, Default)]
pub(crate) struct Diagnostics(IndexSet<Diagnostic>);

impl Error {
    /// Returns an error about the model as a whole.
    pub fn new(message: impl Into<String>) -> Self {
        Diagnostic::new(message).into()
    }

    /// Returns an error about the shape or member of this id (`ns#Shape` or `ns#Shape$member`).
    pub fn at(place: impl fmt::Display, message: impl Into<String>) -> Self {
        Diagnostic::at(place, message).into()
    }

    /// Adds a diagnostic at the end.
    pub(crate) fn and(mut self, diagnostic: Diagnostic) -> Self {
        self.diagnostics.push(diagnostic);
        self
    }

    /// Changes each diagnostic.
    pub(crate) fn map(self, change: impl FnMut(Diagnostic) -> Diagnostic) -> Self {
        Self {
            diagnostics: self.diagnostics.into_iter().map(change).collect(),
        }
    }

    /// Returns all that is wrong, in the order in which it was found.
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.diagnostics
    }
}

impl From<Diagnostic> for Error {
    fn from(diagnostic: Diagnostic) -> Self {
        Self {
            diagnostics: vec![diagnostic],
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, diagnostic) in self.diagnostics.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{diagnostic}")?;
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

impl Diagnostic {
    /// Returns a diagnostic without a place: of the whole model, or of what the caller knows.
    pub(crate) fn new(message: impl Into<String>) -> Self {
        Self {
            source: None,
            place: None,
            message: clean(message.into()),
            kind: Kind::Wrong,
        }
    }

    /// Returns a diagnostic about a shape or member, or a path within a value.
    pub(crate) fn at(place: impl fmt::Display, message: impl Into<String>) -> Self {
        Self {
            place: Some(clean(place.to_string())),
            ..Self::new(message)
        }
    }

    /// Returns a diagnostic about what is right, and not supported.
    pub(crate) fn unsupported(message: impl Into<String>) -> Self {
        Self::new(message).into_unsupported()
    }

    /// Says that the model is right, and needs what is not supported.
    pub(crate) fn into_unsupported(self) -> Self {
        Self {
            kind: Kind::Unsupported,
            ..self
        }
    }

    /// Puts another text in place of the message, made of it.
    pub(crate) fn map_message(self, map: impl FnOnce(String) -> String) -> Self {
        Self {
            message: map(self.message),
            ..self
        }
    }

    /// Puts a step before the path: the same diagnostic, seen from one level further up.
    pub(crate) fn within(self, step: impl fmt::Display) -> Self {
        let place = match self.place {
            None => step.to_string(),
            Some(path) if path.starts_with('[') => format!("{step}{path}"),
            Some(path) => format!("{step}.{path}"),
        };
        Self {
            place: Some(place),
            ..self
        }
    }

    /// Puts the id of a shape in place of the path, which the message then begins with.
    pub(crate) fn in_shape(self, id: impl fmt::Display) -> Self {
        Self {
            message: self.to_string(),
            place: Some(id.to_string()),
            ..self
        }
    }

    /// Puts the name of a file before the place.
    pub(crate) fn in_file(self, name: impl fmt::Display) -> Self {
        let place = match self.place {
            Some(place) => format!("{name}: {place}"),
            None => name.to_string(),
        };
        Self {
            place: Some(place),
            ..self
        }
    }

    /// Adds the place in a file.
    pub(crate) fn in_source(self, source: SourcePlace) -> Self {
        Self {
            source: Some(Box::new(source)),
            ..self
        }
    }

    /// Returns the place in a file of the model, if it is known.
    pub fn source(&self) -> Option<&SourcePlace> {
        self.source.as_deref()
    }

    /// Returns the shape or member that it is about, or the path within a value, if it is about one.
    pub fn place(&self) -> Option<&str> {
        self.place.as_deref()
    }

    /// Returns a text that says what is wrong and what would be right.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Returns `true` if the model is right, and only needs what is not supported.
    pub fn is_unsupported(&self) -> bool {
        self.kind == Kind::Unsupported
    }
}

/// Replaces what cannot be seen, and could hide what else is said: messages quote models, which may be hostile.
fn clean(text: String) -> String {
    let is_fit = |character: char| crate::format::is_visible(character) || character == '\n';
    if text.chars().all(is_fit) {
        return text;
    }
    let fit = text.chars().map(|character| match character {
        _ if is_fit(character) => character,
        _ => char::REPLACEMENT_CHARACTER,
    });
    fit.collect()
}

impl From<String> for Diagnostic {
    fn from(message: String) -> Self {
        Self::new(message)
    }
}

impl From<&str> for Diagnostic {
    fn from(message: &str) -> Self {
        Self::new(message)
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(source) = &self.source {
            write!(f, "{source}: ")?;
        }
        if let Some(place) = &self.place {
            write!(f, "{place}: ")?;
        }
        f.write_str(&self.message)?;
        if let Some(source) = &self.source {
            writeln!(f)?;
            source.draw(f)?;
        }
        Ok(())
    }
}

impl Diagnostics {
    /// Returns an empty collection.
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds a diagnostic, or all of an error. One that is known already is not added again.
    pub(crate) fn push(&mut self, error: impl Into<Error>) {
        self.0.extend(error.into().diagnostics);
    }

    /// Returns the value of a result; its error is added.
    pub(crate) fn keep<T>(&mut self, result: Result<T, Error>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Returns the value of a result if nothing was added, else all that was, and the result's own error.
    pub(crate) fn all_or<T>(mut self, result: Result<T, Error>) -> Result<T, Error> {
        match result {
            Ok(value) => self.finish(value),
            Err(error) => {
                self.push(error.clone());
                self.finish(()).and(Err(error))
            }
        }
    }

    /// Returns both values, else the errors of both.
    pub(crate) fn both<A, B>(a: Result<A, Error>, b: Result<B, Error>) -> Result<(A, B), Error> {
        let mut diagnostics = Self::new();
        match (diagnostics.keep(a), diagnostics.keep(b)) {
            (Some(a), Some(b)) => Ok((a, b)),
            _ => Err(diagnostics.into_error()),
        }
    }

    /// Returns the value if nothing was added, else all that was.
    pub(crate) fn finish<T>(self, value: T) -> Result<T, Error> {
        match self.0.is_empty() {
            true => Ok(value),
            false => Err(self.into_error()),
        }
    }

    fn into_error(self) -> Error {
        Error {
            diagnostics: self.0.into_iter().collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_reads_as_display() {
        let mut diagnostics = Diagnostics::new();
        diagnostics.push(Error::at("a.b#In$x", "is \"wrong\""));
        diagnostics.push(Diagnostic::unsupported("so is this"));
        let error = diagnostics.finish(()).unwrap_err();
        assert_eq!(error.to_string(), "a.b#In$x: is \"wrong\"\nso is this");
        assert_eq!(format!("{error:?}"), error.to_string());
    }

    #[test]
    fn what_cannot_be_seen_is_replaced() {
        let error = Error::at("a\u{1b}[31m", "b\u{202e}\rc\nä");
        assert_eq!(error.to_string(), "a\u{fffd}[31m: b\u{fffd}\u{fffd}c\nä");
    }

    #[test]
    fn a_path_grows_from_its_end_and_gives_way_to_the_shape() {
        let diagnostic = Diagnostic::unsupported("must be a string")
            .within("[3]")
            .within("names")
            .within("params");
        assert_eq!(diagnostic.place(), Some("params.names[3]"));
        let in_shape = diagnostic.in_shape("a.b#In");
        assert_eq!(in_shape.place(), Some("a.b#In"));
        assert_eq!(in_shape.message(), "params.names[3]: must be a string");
        assert!(in_shape.is_unsupported());
    }
}
