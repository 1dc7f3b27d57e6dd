//! An error and its sources, down to the root cause.

use std::error::Error as StdError;

/// An error, or none below the root cause.
pub(super) type Source<'a> = Option<&'a (dyn StdError + 'static)>;

/// Returns the errors from `error` down to its root cause.
pub(super) fn sources<'a>(error: &'a (dyn StdError + 'static)) -> Sources<'a> {
    Sources(Some(error))
}

/// The errors from the next one down to the root cause.
pub(super) struct Sources<'a>(Source<'a>);

impl<'a> Iterator for Sources<'a> {
    type Item = &'a (dyn StdError + 'static);

    fn next(&mut self) -> Source<'a> {
        let error = self.0?;
        self.0 = error.source();
        Some(error)
    }
}

/// Finds the first error of this type on the way to the root cause.
pub(super) fn find<'a, E: StdError + 'static>(
    error: &'a (dyn StdError + 'static),
) -> Option<&'a E> {
    for error in sources(error) {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
    }
    None
}

/// Returns `true` if an error on the way to the root cause contains these words.
pub(super) fn says(error: &(dyn StdError + 'static), words: &str) -> bool {
    saying(error, words).is_some()
}

/// Finds the text of the first error on the way to the root cause that contains these words.
pub(super) fn saying(error: &(dyn StdError + 'static), words: &str) -> Option<String> {
    for error in sources(error) {
        let text = error.to_string();
        if text.contains(words) {
            return Some(text);
        }
    }
    None
}

/// Returns the root cause.
pub(super) fn root<'a>(mut error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    while let Some(source) = error.source() {
        error = source;
    }
    error
}
