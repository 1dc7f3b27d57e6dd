//! The mistakes in files, as they are found.

use super::assembly::Place;
use super::parser::Mistake;
use crate::model::ShapeId;
use crate::{Diagnostic, Diagnostics, Error, Source};

/// The largest number of mistakes that are reported: the first ones may be the reason for others.
const MOST: usize = 200;

/// Mistakes in files.
pub struct Report<'a> {
    files: &'a [Source<'a>],
    diagnostics: Diagnostics,
    count: usize,
}

impl<'a> Report<'a> {
    /// Returns a report about nothing yet.
    pub fn new(files: &'a [Source<'a>]) -> Self {
        Self {
            files,
            diagnostics: Diagnostics::new(),
            count: 0,
        }
    }

    /// Adds what is wrong with a shape or member, or with something else.
    pub fn wrong(
        &mut self,
        place: Option<&Place>,
        id: Option<&ShapeId>,
        message: impl Into<String>,
    ) {
        let diagnostic = match id {
            Some(id) => Diagnostic::at(id, message),
            None => Diagnostic::new(message),
        };
        self.push(place, diagnostic);
    }

    /// Adds a mistake in a file.
    pub fn mistake(&mut self, file: usize, mistake: Mistake) {
        let place = Place {
            file,
            span: mistake.span,
        };
        self.push(Some(&place), Diagnostic::new(mistake.value));
    }

    /// Adds an error about a file as a whole.
    pub fn error_in(&mut self, file: usize, error: Error) {
        let name = self.files.get(file).map(Source::name).unwrap_or_default();
        let named = error.map(|diagnostic| diagnostic.in_file(&name));
        self.count += named.diagnostics().len();
        self.diagnostics.push(named);
    }

    /// Adds a diagnostic.
    pub fn push(&mut self, place: Option<&Place>, diagnostic: Diagnostic) {
        self.count += 1;
        if self.count <= MOST {
            self.diagnostics
                .push(located(self.files, place, diagnostic));
        }
    }

    /// Returns a place in words.
    pub fn at(&self, place: &Place) -> String {
        let file = self.files.get(place.file);
        let place = file.map(|file| file.place(place.span.start, place.span.end));
        place.map(|place| place.to_string()).unwrap_or_default()
    }

    /// Returns an error if something is wrong.
    pub fn check(&mut self) -> Result<(), Error> {
        if self.count > MOST {
            let message = format!("{} more mistakes are not shown", self.count - MOST);
            self.diagnostics.push(Diagnostic::new(message));
        }
        std::mem::take(&mut self.diagnostics).finish(())
    }
}

/// Adds a place to a diagnostic.
pub fn located(files: &[Source<'_>], place: Option<&Place>, diagnostic: Diagnostic) -> Diagnostic {
    let file = place.and_then(|place| Some((files.get(place.file)?, place)));
    match file {
        Some((file, place)) => diagnostic.in_source(file.place(place.span.start, place.span.end)),
        None => diagnostic,
    }
}
