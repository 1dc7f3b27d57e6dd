//! A paragraph as words of Markdown.

use super::Links;
use super::text::{at_line_start, bare_url, code_span, destination, escape, is_url};
use super::tree::{Kind, Span, Style};

/// A piece of a line, which is not broken: text that holds together, as it is printed.
#[derive(Debug, Default)]
pub(super) struct Word {
    pub(super) text: String,
    /// `true` if it begins a line in the model.
    pub(super) begins_line: bool,
}

/// The gap before a piece.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
enum Gap {
    None,
    Space,
    Break,
}

/// A piece of a paragraph that is printed as a whole.
struct Piece {
    gap: Gap,
    printed: String,
    style: Style,
    is_code: bool,
}

/// The words of a paragraph. Names in code, of which `links` knows items of the crate, become links.
pub(super) fn words(spans: &[Span], links: &Links<'_>) -> Vec<Word> {
    let mut printer = Printer::default();
    let pieces = pieces(spans, links);
    let mut rest = pieces.as_slice();
    while let Some(first) = rest.first() {
        let is_same = |piece: &&Piece| piece.style.link == first.style.link;
        let length = rest.iter().take_while(is_same).count();
        let (link, after) = rest.split_at(length);
        printer.link(link, after.first());
        rest = after;
    }
    printer.finish()
}

/// Takes a paragraph apart.
fn pieces(spans: &[Span], links: &Links<'_>) -> Vec<Piece> {
    let mut pieces = Pieces {
        all: Vec::new(),
        gap: Gap::None,
        keeps_apart: false,
        links,
    };
    for span in spans {
        match span.kind {
            Kind::Break => pieces.space(Gap::Break),
            Kind::Text => pieces.text(span),
            Kind::Code => pieces.code(&span.text, &span.style),
            Kind::Url => pieces.url(&span.text, &span.style),
        }
    }
    pieces.all
}

struct Pieces<'a> {
    all: Vec<Piece>,
    /// The gap before the next piece.
    gap: Gap,
    /// `true` if a space is enough where the next piece begins with a letter.
    keeps_apart: bool,
    links: &'a Links<'a>,
}

impl Pieces<'_> {
    fn space(&mut self, gap: Gap) {
        if !self.all.is_empty() {
            self.gap = self.gap.max(gap);
        }
    }

    fn push(&mut self, printed: String, style: &Style, is_code: bool) {
        if std::mem::take(&mut self.keeps_apart) && printed.starts_with(char::is_alphanumeric) {
            self.space(Gap::Space);
        }
        self.all.push(Piece {
            gap: std::mem::replace(&mut self.gap, Gap::None),
            printed,
            style: style.clone(),
            is_code,
        });
    }

    /// Adds words and URLs. A no-break space stays between letters only.
    fn text(&mut self, span: &Span) {
        let mut rest = span.text.as_str();
        let mut before = ' ';
        while let Some(c) = rest.chars().next() {
            let after = rest.get(c.len_utf8()..).unwrap_or_default();
            if is_space(before, c, after) {
                self.space(Gap::Space);
                before = c;
                rest = after;
            } else if span.style.link.is_none() && !before.is_alphanumeric() && is_url(rest) {
                let url = bare_url(rest);
                self.url(url, &span.style);
                before = url.chars().next_back().unwrap_or(before);
                rest = rest.get(url.len()..).unwrap_or_default();
            } else {
                let (word, after) = rest.split_at(word_length(before, rest, &span.style));
                self.push(escape(word), &span.style, false);
                before = word.chars().next_back().unwrap_or(before);
                rest = after;
            }
        }
    }

    /// A URL as a link to itself, or as code if it is only the pattern of one.
    fn url(&mut self, url: &str, style: &Style) {
        match destination(url) {
            Some(destination) if !url.contains(['{', '}', '*', '[', '$']) => {
                self.push(format!("<{destination}>"), style, false);
            }
            _ => self.code(url, style),
        }
    }

    fn code(&mut self, text: &str, style: &Style) {
        let before = self.all.last().map(|last| last.printed.as_str());
        let follows_word = before.is_some_and(|before| before.ends_with(char::is_alphanumeric));
        if follows_word && text.starts_with(char::is_whitespace) {
            self.space(Gap::Space);
        }
        let trimmed = text.trim();
        let may_be_name = style.link.is_none() && !trimmed.is_empty();
        let link = may_be_name.then(|| (self.links)(trimmed)).flatten();
        let (label, path) = link.map_or((None, None), |link| (Some(link.label), link.path));
        let trimmed = label.as_deref().unwrap_or(trimmed);
        if let Some(path) = path {
            self.push(format!("[`{trimmed}`]({path})"), style, false);
        } else if !trimmed.is_empty() {
            // The backticks of two code spans would meet.
            let meets = |last: &Piece| last.is_code && last.style.link == style.link;
            if self.all.last().is_some_and(meets) {
                self.space(Gap::Space);
            }
            self.push(code_span(trimmed), style, true);
        }
        self.keeps_apart = text.ends_with(char::is_whitespace);
    }
}

fn is_space(before: char, c: char, after: &str) -> bool {
    const NO_BREAK: char = '\u{a0}';
    let joins =
        c == NO_BREAK && before.is_alphanumeric() && after.starts_with(char::is_alphanumeric);
    c.is_whitespace() && !joins
}

/// The length of the word at the start of `text`: one character at least.
fn word_length(before: char, text: &str, style: &Style) -> usize {
    let mut before = before;
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        let may_be_url = c == 'h' && !before.is_alphanumeric() && style.link.is_none();
        let ends = is_space(before, c, after) || (may_be_url && text.get(at..).is_some_and(is_url));
        if at > 0 && ends {
            return at;
        }
        before = c;
    }
    text.len()
}

#[derive(Default)]
struct Printer {
    words: Vec<Word>,
    word: Word,
}

impl Printer {
    fn gap(&mut self, gap: Gap) {
        if gap != Gap::None {
            self.words.push(std::mem::take(&mut self.word));
            self.word.begins_line = gap == Gap::Break;
        }
    }

    /// Prints pieces that are one link, or none. `next` is what comes after it.
    fn link(&mut self, pieces: &[Piece], next: Option<&Piece>) {
        let mut rest = pieces;
        let destination = pieces.first().and_then(|piece| piece.style.link.as_deref());
        let mut is_first = true;
        while let Some(first) = rest.first() {
            let length = rest.iter().take_while(|piece| piece.style == first.style);
            let (run, after) = rest.split_at(length.count());
            self.gap(first.gap);
            if is_first && destination.is_some() {
                self.push("[");
            }
            let next = match (after.first(), destination) {
                (Some(next), _) => next.first_character(),
                (None, Some(_)) => ']',
                (None, None) => next.map_or(' ', |next| match next.style.link {
                    Some(_) if next.gap == Gap::None => '[',
                    _ => next.first_character(),
                }),
            };
            self.run(run, next);
            is_first = false;
            rest = after;
        }
        if let Some(destination) = destination {
            self.word.text.push_str("](");
            self.word.text.push_str(destination);
            self.word.text.push(')');
        }
    }

    /// Adds what may be the start of a link, of which an exclamation mark would make an image.
    fn push(&mut self, printed: &str) {
        if printed.starts_with('[') && self.word.text.ends_with('!') {
            self.word.text.pop();
            self.word.text.push_str("\\!");
        }
        self.word.text.push_str(printed);
    }

    /// Prints pieces of one style; with the marks of that style where Markdown would see them as such.
    fn run(&mut self, run: &[Piece], next: char) {
        let style = run.first().map(|piece| &piece.style);
        let mark = match style.map(|style| (style.bold, style.italic)) {
            Some((true, true)) => "***",
            Some((true, false)) => "**",
            Some((false, true)) => "*",
            _ => "",
        };
        let before = self.word.text.chars().next_back().unwrap_or(' ');
        let is_seen = |outside: char, inside: Option<char>| {
            let inside = inside.unwrap_or(' ');
            let is_apart = outside.is_whitespace() || outside.is_ascii_punctuation();
            (is_apart || inside.is_alphanumeric()) && !matches!(outside, '*' | '_')
        };
        let first = run.first().and_then(|piece| piece.printed.chars().next());
        let last = run
            .last()
            .and_then(|piece| piece.printed.chars().next_back());
        let mark = if is_seen(before, first) && is_seen(next, last) {
            mark
        } else {
            ""
        };
        self.word.text.push_str(mark);
        for (index, piece) in run.iter().enumerate() {
            if index > 0 {
                self.gap(piece.gap);
            }
            self.push(&piece.printed);
        }
        self.word.text.push_str(mark);
    }

    fn finish(mut self) -> Vec<Word> {
        if !self.word.text.is_empty() {
            self.words.push(self.word);
        }
        let mut begins_line = true;
        for word in &mut self.words {
            begins_line |= word.begins_line;
            if begins_line && let Some(text) = at_line_start(&word.text) {
                word.text = text;
            }
            begins_line = false;
        }
        self.words
    }
}

impl Piece {
    /// The character that follows what stands before this piece.
    fn first_character(&self) -> char {
        match self.gap {
            Gap::None => self.printed.chars().next().unwrap_or(' '),
            _ => ' ',
        }
    }
}
