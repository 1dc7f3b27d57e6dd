//! The files of a model, and places in them.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

/// A file of a model: Smithy IDL, or a Smithy JSON AST.
#[derive(Clone, Debug)]
pub struct Source<'a> {
    name: String,
    text: Cow<'a, str>,
    /// The index at which each line begins, found when the first place is asked for.
    lines: OnceLock<Vec<usize>>,
}

/// The files that one model is made of, which are merged: shapes of all of them know each other.
///
/// One text alone, of a JSON AST or of IDL, is a model as well:
///
/// ```
/// # use smithy_codegen::{Source, Sources};
/// let one = Sources::from("$version: \"2.0\"\nnamespace example.weather\n");
/// let many: Sources = [("a.smithy", "$version: \"2\""), ("b.json", "{\"smithy\": \"2.0\"}")]
///     .into_iter()
///     .map(|(name, text)| Source::new(name, text))
///     .collect();
/// # assert_eq!((one.len(), many.len()), (1, 2));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Sources<'a>(Vec<Source<'a>>);

/// A place in a file of a model, with the line that it is in.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct SourcePlace {
    file: String,
    line: usize,
    column: usize,
    excerpt: Excerpt,
}

/// A line of a file, fit to be shown, and what is meant in it.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
struct Excerpt {
    text: String,
    /// The number of characters before what is meant.
    before: usize,
    /// The number of characters that are meant, 1 or more.
    width: usize,
}

/// The largest number of characters that are shown of a line.
const SHOWN: usize = 120;

impl<'a> Source<'a> {
    /// Returns a file with a name that messages call it by, which is usually its path.
    pub fn new(name: impl Into<String>, text: impl Into<Cow<'a, str>>) -> Self {
        Self {
            name: name.into(),
            text: text.into(),
            lines: OnceLock::new(),
        }
    }

    /// Returns the text, without a byte order mark.
    pub(crate) fn text(&self) -> &str {
        self.text.strip_prefix('\u{feff}').unwrap_or(&self.text)
    }

    /// Returns `true` if this is the same file.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.text == other.text
    }

    /// Returns the name in one line.
    pub(crate) fn name(&self) -> String {
        crate::format::one_line(&self.name)
    }

    /// Returns `true` if this is JSON: by its name, or else by how it begins, which is not how IDL does.
    pub(crate) fn is_json(&self) -> bool {
        match self.name.rsplit('.').next() {
            Some("smithy") => false,
            Some("json") => true,
            _ => self.text().trim_start().starts_with(['{', '[', '"']),
        }
    }

    /// Returns the place of these bytes of the text.
    pub(crate) fn place(&self, start: usize, end: usize) -> SourcePlace {
        let text = self.text();
        let start = floor(text, start);
        let lines = self.lines.get_or_init(|| line_begins(text));
        let line = lines.partition_point(|begin| *begin <= start);
        let begin = lines.get(line - 1).copied().unwrap_or_default();
        let rest = text.get(begin..).unwrap_or_default();
        let content = rest.split(['\n', '\r']).next().unwrap_or_default();
        let before = text.get(begin..start).unwrap_or_default().chars().count();
        let end = floor(text, end.min(begin + content.len()));
        let width = text.get(start..end).unwrap_or_default().chars().count();
        SourcePlace {
            file: self.name(),
            line,
            column: before + 1,
            excerpt: Excerpt::of(content, before, width.max(1)),
        }
    }
}

/// Returns the nearest index that is between two characters and not higher.
fn floor(text: &str, index: usize) -> usize {
    let mut index = index.min(text.len());
    while !text.is_char_boundary(index) {
        index -= 1;
    }
    index
}

/// Returns the index at which each line begins. `\n`, `\r\n` and `\r` end lines.
fn line_begins(text: &str) -> Vec<usize> {
    let bytes = text.as_bytes();
    let ends = bytes.iter().enumerate().filter(|(at, byte)| match byte {
        b'\n' => true,
        b'\r' => bytes.get(at + 1) != Some(&b'\n'),
        _ => false,
    });
    std::iter::once(0)
        .chain(ends.map(|(at, _)| at + 1))
        .collect()
}

impl<'a> Sources<'a> {
    /// Returns the number of files.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if there is no file.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns all files in order.
    pub(crate) fn files(&self) -> &[Source<'a>] {
        &self.0
    }
}

impl<'a> From<Source<'a>> for Sources<'a> {
    fn from(source: Source<'a>) -> Self {
        Self(vec![source])
    }
}

/// A text that messages call `model`.
impl<'a> From<&'a str> for Sources<'a> {
    fn from(text: &'a str) -> Self {
        Source::new("model", text).into()
    }
}

/// A text that messages call `model`.
impl<'a> From<&'a String> for Sources<'a> {
    fn from(text: &'a String) -> Self {
        text.as_str().into()
    }
}

impl<'a> FromIterator<Source<'a>> for Sources<'a> {
    fn from_iter<I: IntoIterator<Item = Source<'a>>>(sources: I) -> Self {
        Self(sources.into_iter().collect())
    }
}

impl SourcePlace {
    /// Returns the name of the file.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Returns the number of the line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// Returns the number of the character in its line, from 1.
    pub fn column(&self) -> usize {
        self.column
    }

    /// Writes the line, and a mark below what is meant.
    pub(crate) fn draw(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Excerpt {
            text,
            before,
            width,
        } = &self.excerpt;
        let number = self.line.to_string();
        let margin = " ".repeat(number.len());
        let blank = " ".repeat(*before);
        let mark = "^".repeat(*width);
        let text = text.trim_end();
        let gap = if text.is_empty() { "" } else { " " };
        write!(
            f,
            "{margin} |\n{number} |{gap}{text}\n{margin} | {blank}{mark}"
        )
    }
}

/// `weather.smithy:12:5`
impl fmt::Display for SourcePlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

impl Excerpt {
    /// Shows a part of a long line, around what is meant. What cannot be seen is replaced: a line may be hostile.
    fn of(line: &str, before: usize, width: usize) -> Self {
        let skipped = before.saturating_sub(SHOWN / 2);
        let shown = line.chars().skip(skipped).take(SHOWN);
        let text: String = shown
            .map(|c| match c {
                '\t' => ' ',
                c if crate::format::is_visible(c) => c,
                _ => char::REPLACEMENT_CHARACTER,
            })
            .collect();
        let before = before - skipped;
        let room = text.chars().count().saturating_sub(before).max(1);
        Self {
            text,
            before,
            width: width.min(room),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_format_is_told_by_the_name_or_the_text() {
        for (name, text, is_json) in [
            ("a.smithy", "{", false),
            ("a.json", "namespace a", true),
            ("model", "\u{feff} \n{}", true),
            ("a.txt", "[]", true),
            ("model", "$version: \"2\"", false),
            ("", "", false),
        ] {
            assert_eq!(Source::new(name, text).is_json(), is_json, "{name} {text}");
        }
    }

    fn drawn(text: &str, start: usize, end: usize) -> String {
        struct Drawn(SourcePlace);
        impl fmt::Display for Drawn {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                writeln!(f, "{}", self.0)?;
                self.0.draw(f)
            }
        }
        Drawn(Source::new("a.smithy", text).place(start, end)).to_string()
    }

    #[test]
    fn a_place_is_a_line_and_a_column_of_characters() {
        assert_eq!(
            drawn("\u{feff}ä\r\n\täb: c\n", 4, 9),
            "a.smithy:2:1\n  |\n2 |  äb: c\n  | ^^^^"
        );
        assert_eq!(drawn("a\rb\r\nc", 2, 3), "a.smithy:2:1\n  |\n2 | b\n  | ^");
        assert_eq!(drawn("a\n", 2, 2), "a.smithy:2:1\n  |\n2 |\n  | ^");
        assert_eq!(drawn("", 7, 9), "a.smithy:1:1\n  |\n1 |\n  | ^");
    }

    #[test]
    fn long_and_hostile_lines_are_cut_and_cleaned() {
        let line = format!("{}x{}", "a".repeat(500), "b".repeat(500));
        let shown = drawn(&line, 500, 501);
        let lines: Vec<_> = shown.lines().collect();
        assert_eq!(lines[0], "a.smithy:1:501");
        assert_eq!(lines[2].find('x'), lines[3].find('^'));
        assert!(shown.len() < 300, "{shown}");
        assert_eq!(
            drawn("a\u{1b}[31m\u{202e}", 0, 1),
            "a.smithy:1:1\n  |\n1 | a\u{fffd}[31m\u{fffd}\n  | ^"
        );
    }
}
