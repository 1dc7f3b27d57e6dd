//! What stands inside a paragraph: code spans, links, URLs and text, as rustdoc wants them.

use super::Links;

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl.", "no.", "a.k.a.",
];

/// How long a link's destination may be. (To look no further for its end keeps this linear.)
const MAX_DESTINATION: usize = 2048;

/// A code span at the start of a text.
pub(super) struct CodeSpan<'a> {
    pub(super) content: &'a str,
    pub(super) rest: &'a str,
}

/// The code span that `text` begins with: a run of backticks, up to the next run of the same length.
pub(super) fn code_span(text: &str) -> Option<CodeSpan<'_>> {
    let inner = text.trim_start_matches('`');
    let length = text.len() - inner.len();
    if length == 0 {
        return None;
    }
    let mut rest = inner;
    while let Some(at) = rest.find('`') {
        let (_, here) = rest.split_at(at);
        let after = here.trim_start_matches('`');
        if here.len() - after.len() == length {
            let content = inner.get(..inner.len() - here.len())?;
            return Some(CodeSpan {
                content,
                rest: after,
            });
        }
        rest = after;
    }
    None
}

/// Text as a code span, with as many backticks around it as it needs.
pub(super) fn as_code_span(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let ticks = "`".repeat(longest_run(&text, '`') + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A fence that nothing in a code block ends.
pub(super) fn fence_around(code: &str) -> String {
    "`".repeat(longest_run(code, '`').max(2) + 1)
}

/// The length of the longest run of a character.
fn longest_run(text: &str, character: char) -> usize {
    text.split(|c| c != character)
        .map(str::len)
        .max()
        .unwrap_or(0)
        / character.len_utf8()
}

/// Whether text can be the name of a shape, an operation or (`Shape$member`) a member.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | '#' | '-'))
}

/// A URL as a link's destination, or nothing if it leads nowhere: only absolute web addresses, and items of the crate,
/// lead somewhere from generated documentation.
pub(super) fn destination(url: &str) -> Option<String> {
    let url = url.trim();
    if url.starts_with("crate::")
        && url
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '#'))
    {
        return Some(url.to_owned());
    }
    let after = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(is_host) || url.contains(char::is_whitespace) {
        return None;
    }
    let mut text = String::with_capacity(url.len());
    for c in url.chars() {
        match c {
            '(' => text.push_str("%28"),
            ')' => text.push_str("%29"),
            '<' => text.push_str("%3C"),
            '>' => text.push_str("%3E"),
            '\\' => text.push_str("%5C"),
            '`' => text.push_str("%60"),
            '"' => text.push_str("%22"),
            _ => text.push(c),
        }
    }
    Some(text)
}

/// Where the first sentence of one line of Markdown ends.
pub(super) fn sentence_end(text: &str) -> usize {
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(at) = rest.find(['`', '[', ']', '(', ')', '\\', '.', '!', '?']) {
        let (_, here) = rest.split_at(at);
        let after = here.get(1..).unwrap_or_default();
        let position = text.len() - after.len();
        rest = match here.as_bytes().first() {
            Some(b'`') => code_span(here).map_or(after, |span| span.rest),
            Some(b'\\') => after
                .get(after.chars().next().map_or(0, char::len_utf8)..)
                .unwrap_or_default(),
            Some(b'[' | b'(') => {
                depth += 1;
                after
            }
            Some(b']' | b')') => {
                depth = depth.saturating_sub(1);
                after
            }
            _ if depth == 0 && ends_sentence(text, position) => return position,
            _ => after,
        };
    }
    text.len()
}

/// Whether the full stop before `position` ends a sentence.
fn ends_sentence(text: &str, position: usize) -> bool {
    let (before, after) = text.split_at(position);
    let word = before
        .rsplit([' ', '('])
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let next = after.trim_start_matches(' ');
    let is_apart = next.is_empty() || next.len() < after.len();
    is_apart && !next.starts_with(char::is_lowercase) && !ABBREVIATIONS.contains(&word.as_str())
}

/// A paragraph in one line, and where that line may be broken.
#[derive(Default)]
pub(super) struct Line {
    pub(super) text: String,
    /// Positions of the spaces at which a new line may begin.
    pub(super) breaks: Vec<usize>,
}

/// Rewrites a paragraph for rustdoc: links to items, no raw HTML, no broken links, no bare URLs.
pub(super) fn tidy(paragraph: &str, links: &Links<'_>) -> Line {
    let mut line = Line::default();
    let mut is_in_link = false;
    let pieces = pieces(paragraph);
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Text(text) => line.push_text(text),
            // Between letters it means nothing anyway.
            Piece::Escaped('_')
                if line.ends_in_word() && begins_with_word(pieces.get(index + 1)) =>
            {
                line.push("_")
            }
            Piece::Escaped(c) => {
                line.push("\\");
                line.push(c.encode_utf8(&mut [0; 4]));
            }
            Piece::Code(code) => match links(code.trim()).filter(|_| !is_in_link) {
                Some(path) => line.push(&link_to_item(&path)),
                None => line.push(&as_code_span(code)),
            },
            Piece::Url(url) if is_in_link => line.push_text(url),
            Piece::Url(url) => line.push(&autolink(url)),
            Piece::Open => {
                is_in_link = true;
                line.push("[");
            }
            Piece::Close(destination) => {
                is_in_link = false;
                line.trim_end();
                line.push("](");
                line.push(destination);
                line.push(")");
            }
        }
    }
    line.trim_end();
    line
}

impl Line {
    /// Adds what cannot be broken.
    fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    /// Adds text, of which every white space becomes one space.
    fn push_text(&mut self, text: &str) {
        for c in text.chars() {
            match c {
                _ if c.is_whitespace() && c != '\u{a0}' => {
                    if !self.text.is_empty() && !self.text.ends_with(' ') {
                        self.breaks.push(self.text.len());
                        self.text.push(' ');
                    }
                }
                // These would strike out, or begin a block of code; and two hyphens would become a dash.
                '~' => self.text.push_str("\\~"),
                '-' if self.text.ends_with('-') => self.text.push_str("\\-"),
                _ => self.text.push(c),
            }
        }
    }

    fn ends_in_word(&self) -> bool {
        self.text.ends_with(char::is_alphanumeric)
    }

    fn trim_end(&mut self) {
        self.text.truncate(self.text.trim_end_matches(' ').len());
        while self.breaks.last().is_some_and(|&at| at >= self.text.len()) {
            self.breaks.pop();
        }
    }
}

fn begins_with_word(piece: Option<&Piece<'_>>) -> bool {
    matches!(piece, Some(Piece::Text(text)) if text.starts_with(char::is_alphanumeric))
}

fn link_to_item(path: &str) -> String {
    let label = path.strip_prefix("crate::").unwrap_or(path);
    format!("[`{label}`]({path})")
}

/// A URL as a link to itself, or as code if it is only the pattern of one.
fn autolink(url: &str) -> String {
    match destination(url) {
        Some(destination) if !url.contains(['{', '}', '*', '[', '$']) => format!("<{destination}>"),
        _ => as_code_span(url),
    }
}

/// A piece of a paragraph.
enum Piece<'a> {
    Text(&'a str),
    /// A character that must not mean anything.
    Escaped(char),
    Code(&'a str),
    Url(String),
    /// `[` of a link.
    Open,
    /// `]` of a link, and where it leads.
    Close(String),
}

/// Takes a paragraph apart.
fn pieces(paragraph: &str) -> Vec<Piece<'_>> {
    let mut pieces = Vec::new();
    let mut open = Vec::new();
    let mut rest = paragraph;
    while !rest.is_empty() {
        let (text, here) = rest.split_at(text_length(rest));
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
        rest = match here.as_bytes().first() {
            None => here,
            Some(b'[') => {
                open.push(pieces.len());
                pieces.push(Piece::Escaped('['));
                after_first(here)
            }
            Some(b']') => match open.pop().zip(link_end(here)) {
                Some((open, end)) => {
                    close_link(&mut pieces, open, destination(end.destination));
                    end.rest
                }
                None => {
                    pieces.push(Piece::Escaped(']'));
                    after_first(here)
                }
            },
            Some(_) => {
                let (piece, rest) = simple_piece(here);
                pieces.push(piece);
                rest
            }
        };
    }
    pieces
}

/// How long the text is before something that means something.
fn text_length(text: &str) -> usize {
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match c {
            '\\' | '`' | '<' | '[' | ']' => return at,
            'h' if !before.is_alphanumeric() && text.get(at..).is_some_and(is_url) => return at,
            _ => before = c,
        }
    }
    text.len()
}

fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

fn after_first(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

/// Makes the bracket at `open` the start of a link, or drops it if the link leads nowhere. An image becomes a link to it.
fn close_link(pieces: &mut Vec<Piece<'_>>, open: usize, destination: Option<String>) {
    if let Some(Piece::Text(before)) = open
        .checked_sub(1)
        .and_then(|before| pieces.get_mut(before))
    {
        *before = before.strip_suffix('!').unwrap_or(before);
    }
    let is_empty = open + 1 == pieces.len();
    let Some(opening) = pieces.get_mut(open) else {
        return;
    };
    match destination {
        None => *opening = Piece::Text(""),
        Some(destination) if is_empty => *opening = Piece::Url(destination),
        Some(destination) => {
            *opening = Piece::Open;
            pieces.push(Piece::Close(destination));
        }
    }
}

/// What follows the text of a link.
struct LinkEnd<'a> {
    destination: &'a str,
    rest: &'a str,
}

/// Reads `](destination "title")`.
fn link_end(text: &str) -> Option<LinkEnd<'_>> {
    let inner = text.strip_prefix("](")?;
    let mut depth = 0_usize;
    let (end, _) = inner.char_indices().take(MAX_DESTINATION).find(|(_, c)| {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => return true,
            ')' => depth -= 1,
            _ => {}
        }
        false
    })?;
    let (inside, rest) = inner.split_at(end);
    let rest = rest.strip_prefix(')')?;
    let destination = inside.split_whitespace().next().unwrap_or_default();
    let destination = destination.trim_start_matches('<').trim_end_matches('>');
    Some(LinkEnd { destination, rest })
}

/// The piece at the start of a text that begins with a backslash, a backtick, `<` or a URL.
fn simple_piece(text: &str) -> (Piece<'_>, &str) {
    let after = after_first(text);
    let next = after.chars().next().unwrap_or(' ');
    match text.as_bytes().first() {
        Some(b'\\') if next.is_ascii_punctuation() => (Piece::Escaped(next), after_first(after)),
        Some(b'\\') => (Piece::Escaped('\\'), after),
        Some(b'`') => match code_span(text) {
            Some(span) => (Piece::Code(span.content), span.rest),
            None => (Piece::Escaped('`'), after),
        },
        Some(b'<') => match after.split_once('>') {
            Some((url, rest)) if is_url(url) && !url.contains([' ', '<']) => {
                (Piece::Url(url.to_owned()), rest)
            }
            _ => (Piece::Escaped('<'), after),
        },
        _ => bare_url(text),
    }
}

/// The URL that `text` begins with, without the punctuation after it.
fn bare_url(text: &str) -> (Piece<'_>, &str) {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ']');
    let raw = text
        .get(..text.find(is_end).unwrap_or(text.len()))
        .unwrap_or(text);
    let mut raw = raw.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '\\']);
    let unopened = raw
        .matches(')')
        .count()
        .saturating_sub(raw.matches('(').count());
    for _ in 0..unopened {
        raw = raw
            .strip_suffix(')')
            .unwrap_or(raw)
            .trim_end_matches(['.', ',']);
    }
    let rest = text.get(raw.len()..).unwrap_or_default();
    (Piece::Url(raw.replace('\\', "")), rest)
}
