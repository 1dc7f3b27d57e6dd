//! Finding text in text.
//!
//! What the standard library searches with is made for large texts, and every crate that searches for more than a `char` compiles
//! it anew. The texts here are those of errors and URLs.

/// What stands before and after the first `part` of `text`.
pub(crate) fn split_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    (0..text.len()).find_map(|at| split_at(text, at, part))
}

/// What stands before and after the last `part` of `text`.
pub(crate) fn rsplit_once<'a>(text: &'a str, part: &str) -> Option<(&'a str, &'a str)> {
    (0..text.len())
        .rev()
        .find_map(|at| split_at(text, at, part))
}

/// Whether `part` is in `text`.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    split_once(text, part).is_some()
}

/// What stands before and after `part`, if that is what stands `at` this byte.
fn split_at<'a>(text: &'a str, at: usize, part: &str) -> Option<(&'a str, &'a str)> {
    let (before, rest) = text.split_at_checked(at)?;
    Some((before, rest.strip_prefix(part)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn it_finds_what_the_standard_library_finds(text in "[abé]{0,12}", part in "[abé]{1,3}") {
            prop_assert_eq!(split_once(&text, &part), text.split_once(&part));
            prop_assert_eq!(rsplit_once(&text, &part), text.rsplit_once(&part));
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
        }
    }
}
