//! Constraints of a value, in words.

use super::text::code_span;

/// The unit in which the length of a value is counted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Counted {
    /// Of a string.
    Characters,
    /// Of a blob.
    Bytes,
    /// Of a list.
    Items,
    /// Of a map.
    Entries,
}

/// The constraint traits of a shape or member, and its default. Numbers are as they stand in the model.
#[derive(Clone, Debug, Default)]
pub struct Limits<'a> {
    /// The unit of its length, and the least and the greatest length: `smithy.api#length`.
    pub length: Option<(Counted, Option<u64>, Option<u64>)>,
    /// The least and the greatest value: `smithy.api#range`.
    pub range: Option<(Option<String>, Option<String>)>,
    /// A regular expression: `smithy.api#pattern`.
    pub pattern: Option<&'a str>,
    /// `true` if no two items are equal: `smithy.api#uniqueItems`.
    pub unique_items: bool,
    /// The value that stands for an absent one: `smithy.api#default`.
    pub default: Option<String>,
}

/// The limits in words, as in "Between 1 and 64 characters that match `^[a-z]+$`.", or nothing if there are none.
pub fn constraints(limits: &Limits<'_>) -> Option<String> {
    let sentences: Vec<_> = [
        length(limits),
        limits
            .range
            .as_ref()
            .and_then(|(min, max)| between(min.as_deref(), max.as_deref())),
        limits
            .default
            .as_deref()
            .map(|default| format!("{} by default", code_span(default))),
    ]
    .into_iter()
    .flatten()
    .map(|sentence| format!("{sentence}."))
    .collect();
    (!sentences.is_empty()).then(|| sentences.join(" "))
}

/// The limits of each of the parts of a value, as in "Each item: between 1 and 64 characters.", or nothing if there are none.
pub fn constraints_of_each(part: &str, limits: &Limits<'_>) -> Option<String> {
    // What is in a list or a map is never absent.
    let limits = Limits {
        default: None,
        ..limits.clone()
    };
    let text = constraints(&limits)?;
    let mut characters = text.chars();
    let first = characters.next()?.to_ascii_lowercase();
    Some(format!("Each {part}: {first}{}", characters.as_str()))
}

/// Length, uniqueness and pattern, which make one sentence.
fn length(limits: &Limits<'_>) -> Option<String> {
    let length = limits
        .length
        .and_then(|(counted, min, max)| counted.between(min.filter(|&min| min > 0), max));
    let length = match (length, limits.unique_items) {
        (Some(length), true) => Some(format!("{length}, no two of them equal")),
        (None, true) => Some("No two items are equal".to_owned()),
        (length, false) => length,
    };
    let pattern = limits
        .pattern
        .filter(|pattern| !pattern.is_empty())
        .map(code_span);
    match (length, pattern) {
        (Some(length), Some(pattern)) => {
            let verb = if length.ends_with('s') {
                "match"
            } else {
                "matches"
            };
            Some(format!("{length} that {verb} {pattern}"))
        }
        (None, Some(pattern)) => Some(format!("Matches {pattern}")),
        (length, None) => length,
    }
}

fn between(min: Option<&str>, max: Option<&str>) -> Option<String> {
    Some(match (min, max) {
        (Some(min), Some(max)) if min == max => format!("Exactly {min}"),
        (Some(min), Some(max)) => format!("Between {min} and {max}"),
        (Some(min), None) => format!("At least {min}"),
        (None, Some(max)) => format!("At most {max}"),
        (None, None) => return None,
    })
}

impl Counted {
    fn between(self, min: Option<u64>, max: Option<u64>) -> Option<String> {
        let last = max.or(min)?;
        let text = between(
            min.map(|n| n.to_string()).as_deref(),
            max.map(|n| n.to_string()).as_deref(),
        )?;
        let unit = match (self, last) {
            (Self::Characters, 1) => "character",
            (Self::Characters, _) => "characters",
            (Self::Bytes, 1) => "byte",
            (Self::Bytes, _) => "bytes",
            (Self::Items, 1) => "item",
            (Self::Items, _) => "items",
            (Self::Entries, 1) => "entry",
            (Self::Entries, _) => "entries",
        };
        Some(format!("{text} {unit}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of_length(counted: Counted, min: Option<u64>, max: Option<u64>) -> Limits<'static> {
        Limits {
            length: Some((counted, min, max)),
            ..Limits::default()
        }
    }

    fn of_range(min: Option<&str>, max: Option<&str>) -> Limits<'static> {
        Limits {
            range: Some((min.map(str::to_owned), max.map(str::to_owned))),
            ..Limits::default()
        }
    }

    #[test]
    fn parts_have_limits_of_their_own() {
        let limits = of_length(Counted::Characters, Some(1), Some(64));
        assert_eq!(
            constraints_of_each("key", &limits).as_deref(),
            Some("Each key: between 1 and 64 characters.")
        );
        let pattern = Limits {
            pattern: Some("^A$"),
            ..Limits::default()
        };
        assert_eq!(
            constraints_of_each("item", &pattern).as_deref(),
            Some("Each item: matches `^A$`.")
        );
        let default = Limits {
            default: Some("0".to_owned()),
            ..Limits::default()
        };
        assert_eq!(constraints_of_each("item", &default), None);
    }

    #[test]
    fn limits_in_words() {
        use Counted::*;
        let pattern = Limits {
            pattern: Some("^[a-z`]+$"),
            ..Limits::default()
        };
        let table = [
            (Limits::default(), None),
            (
                of_length(Characters, Some(1), Some(64)),
                Some("Between 1 and 64 characters."),
            ),
            (
                of_length(Characters, Some(0), Some(64)),
                Some("At most 64 characters."),
            ),
            (of_length(Characters, Some(0), None), None),
            (
                of_length(Bytes, Some(32), Some(32)),
                Some("Exactly 32 bytes."),
            ),
            (of_length(Items, Some(1), None), Some("At least 1 item.")),
            (of_length(Entries, None, Some(1)), Some("At most 1 entry.")),
            (
                of_length(Entries, None, Some(50)),
                Some("At most 50 entries."),
            ),
            (of_range(Some("0"), Some("100")), Some("Between 0 and 100.")),
            (of_range(Some("0.5"), None), Some("At least 0.5.")),
            (of_range(None, Some("-1")), Some("At most -1.")),
            (of_range(None, None), None),
            (pattern.clone(), Some("Matches ``^[a-z`]+$``.")),
            (
                Limits {
                    pattern: Some("^[a-z]+$"),
                    ..of_length(Characters, Some(1), Some(64))
                },
                Some("Between 1 and 64 characters that match `^[a-z]+$`."),
            ),
            (
                Limits {
                    unique_items: true,
                    ..Limits::default()
                },
                Some("No two items are equal."),
            ),
            (
                Limits {
                    unique_items: true,
                    ..of_length(Items, Some(1), Some(9))
                },
                Some("Between 1 and 9 items, no two of them equal."),
            ),
            (
                Limits {
                    default: Some("10".to_owned()),
                    ..of_range(Some("1"), Some("100"))
                },
                Some("Between 1 and 100. `10` by default."),
            ),
        ];
        for (limits, expected) in table {
            assert_eq!(constraints(&limits).as_deref(), expected, "{limits:?}");
        }
    }
}
