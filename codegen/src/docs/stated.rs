//! Constraints that documentation states in words of its own, and that need not be said again.

use super::constraints::Limits;

/// The characters around a word that are no part of it: punctuation, and Markdown's marks.
const AROUND: &[char] = &[
    '(', ')', '[', ']', ',', '.', ';', ':', '!', '?', '"', '\'', '`', '*', '_', '\\',
];

/// The words for what [`Counted`](super::Counted) counts, as they begin.
const UNITS: &[&str] = &["character", "byte", "item", "entr"];

/// Leaves out the range and the length whose two ends the documentation states, as in "from 1 to 100" or "1-64 characters".
pub fn unstated<'a>(limits: Limits<'a>, documentation: &str) -> Limits<'a> {
    if limits.range.is_none() && limits.length.is_none() {
        return limits;
    }
    let words: Vec<_> = words(documentation).collect();
    let states_range = |(min, max): &(Option<String>, Option<String>)| {
        let (Some(min), Some(max)) = (min, max) else {
            return false;
        };
        !after_span(&words, min, max).is_empty()
    };
    let states_length = |min: Option<u64>, max: Option<u64>| {
        let (Some(min), Some(max)) = (min, max) else {
            return false;
        };
        let after = after_span(&words, &min.to_string(), &max.to_string());
        let is_unit = |word: &&str| UNITS.iter().any(|unit| word.starts_with(unit));
        after.iter().any(|words| words.first().is_some_and(is_unit))
    };
    Limits {
        range: limits.range.filter(|range| !states_range(range)),
        length: limits
            .length
            .filter(|(_, min, max)| !states_length(*min, *max)),
        ..limits
    }
}

/// The words of a text, of which dashes between numbers are some.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split_whitespace().flat_map(|word| {
        let word = word.trim_matches(AROUND);
        let dash = word.char_indices().skip(1).find(|(_, c)| is_dash(*c));
        match dash {
            Some((at, dash)) => {
                let (before, after) = word.split_at(at);
                vec![before, "to", after.trim_start_matches(dash)]
            }
            None if word.chars().all(is_dash) => vec!["to"],
            None => vec![word],
        }
    });
    words.filter(|word| !word.is_empty())
}

fn is_dash(character: char) -> bool {
    matches!(character, '-' | '–' | '—')
}

/// Returns what follows each mention of a span of numbers.
fn after_span<'w, 't>(words: &'w [&'t str], min: &str, max: &str) -> Vec<&'w [&'t str]> {
    let starts = 0..words.len().saturating_sub(2);
    let spans = starts.filter(|&start| {
        let is_span = match words[start + 1] {
            "to" | "through" => true,
            // Of others, it may be a list of two numbers.
            "and" => start > 0 && words[start - 1].eq_ignore_ascii_case("between"),
            _ => false,
        };
        is_span && is_number(words[start], min) && is_number(words[start + 2], max)
    });
    spans.map(|start| &words[start + 3..]).collect()
}

/// Returns `true` if a word is a number, which may have its digits in groups.
fn is_number(word: &str, number: &str) -> bool {
    word == number || word.replace(',', "") == number
}

#[cfg(test)]
mod tests {
    use super::super::{Counted, constraints};
    use super::*;

    /// The range and the length that are left to be said.
    fn left(documentation: &str) -> [bool; 2] {
        let limits = Limits {
            range: Some((Some("1".to_owned()), Some("1000".to_owned()))),
            length: Some((Counted::Characters, Some(1), Some(64))),
            ..Limits::default()
        };
        let left = unstated(limits, documentation);
        [left.range.is_some(), left.length.is_some()]
    }

    #[test]
    fn a_range_is_stated_by_both_of_its_ends() {
        for text in [
            "The page size, from 1 to 1000. More follow.",
            "The page size (1 to\n1,000).",
            "Between `1` and `1000`.",
            "a value between 1 and 1000",
            "Valid values: 1-1000",
            "Valid values: 1–1,000.",
            "1 – 1000",
            "**1** through **1000**",
        ] {
            assert_eq!(left(text), [false, true], "{text}");
        }
        for text in [
            "",
            "1",
            "1 to",
            "to 1000",
            "From 1 to 10000.",
            "From 0 to 1000.",
            "From 11 to 1000.",
            "From -1 to 1000.",
            "1 and 1000 are special.",
            "Up to 1000.",
            "1.5 to 1000",
            "1 or 1000",
            "between 1",
            "-",
            "--",
        ] {
            assert_eq!(left(text), [true, true], "{text}");
        }
    }

    #[test]
    fn a_length_is_stated_with_its_unit() {
        for text in ["From 1 to 64 characters.", "a name (1-64 characters)"] {
            assert_eq!(left(text), [true, false], "{text}");
        }
        for text in ["From 1 to 64 days.", "From 1 to 64"] {
            assert_eq!(left(text), [true, true], "{text}");
        }
    }

    #[test]
    fn what_is_not_stated_is_said() {
        let limits = Limits {
            length: Some((Counted::Characters, Some(1), Some(64))),
            pattern: Some("^[a-z]+$"),
            ..Limits::default()
        };
        let left = unstated(limits, "Between 1 and 64 characters.");
        assert_eq!(constraints(&left).as_deref(), Some("Matches `^[a-z]+$`."));
    }
}
