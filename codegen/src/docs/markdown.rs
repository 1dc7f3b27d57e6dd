//! Markdown line by line: code blocks, lists, quotes and tables stay, paragraphs are rewritten and wrapped.

use super::{Links, inline};
use crate::print;

/// How wide text is wrapped: 100 columns with the indentation of a member and `/// ` before it.
const WIDTH: usize = 92;

/// Rewrites Markdown for rustdoc. See [`inline::tidy`] for what happens inside a paragraph.
pub(super) fn tidy(markdown: &str, links: &Links<'_>) -> String {
    let visible = print::visible(markdown);
    let mut tidy = Tidy {
        links,
        out: String::new(),
        paragraph: None,
        code: None,
        empty: None,
        quotes: 0,
        items: Vec::new(),
        marker: None,
        is_broken: false,
    };
    for line in visible.trim().lines() {
        tidy.line(line);
    }
    tidy.finish()
}

struct Tidy<'a> {
    links: &'a Links<'a>,
    out: String,
    paragraph: Option<Paragraph>,
    /// The code block that we are in.
    code: Option<Code>,
    /// An empty line that is due, as it looks inside its quotes.
    empty: Option<String>,
    /// How many quotes the last block stands in.
    quotes: usize,
    /// The list items that the last block stands in, inside those quotes.
    items: Vec<Item>,
    /// The marker of the outermost of them.
    marker: Option<char>,
    /// Whether the last line was to be a line of its own.
    is_broken: bool,
}

/// How far the text of a list item is indented, as it was and as it is now.
struct Item {
    old: usize,
    new: usize,
}

struct Paragraph {
    /// What stands before its first line: quotes, indentation, a list marker.
    first: String,
    /// What stands before the lines after that.
    hang: String,
    text: String,
}

enum Code {
    Fenced(Fenced),
    /// By indentation, which would make it Rust code, and so a test, in rustdoc's eyes; where it begins.
    Indented(usize),
}

/// A code block between fences.
#[derive(Clone)]
struct Fenced {
    fence: String,
    /// What stands before its lines.
    hang: String,
    quotes: usize,
    /// How far its lines were indented in their quotes.
    indentation: usize,
}

impl Fenced {
    /// What a line says, without what stood before it.
    fn content<'a>(&self, line: &'a str) -> &'a str {
        let mut rest = line;
        for _ in 0..self.quotes {
            rest = rest.trim_start().strip_prefix('>').unwrap_or(rest);
        }
        for _ in 0..self.indentation {
            rest = rest.strip_prefix(' ').unwrap_or(rest);
        }
        rest
    }

    fn is_end(&self, content: &str) -> bool {
        let content = content.trim();
        content.starts_with(&self.fence) && content.chars().all(|c| self.fence.starts_with(c))
    }
}

impl Tidy<'_> {
    fn line(&mut self, line: &str) {
        if self.continues_code(line) {
            return;
        }
        let mut container = Container::of(line);
        let content = container.content.trim_end();
        let block = self.block(content);
        if content.is_empty() && container.marker.is_none() {
            self.flush();
            self.empty = Some(container.hang.trim_end().to_owned());
        } else if block.is_none() && self.continues_paragraph(&container) {
            self.add_text(container.content);
        } else if self.begins_indented_code(&container) {
            self.enter(&mut Container::default());
            self.code = Some(Code::Indented(self.out.len()));
            self.continues_code(line);
        } else {
            self.flush();
            let indentation = container.hanging_indentation();
            self.enter(&mut container);
            if let Some(block) = block {
                self.is_broken = false;
                self.push_line(&container.prefix, &block);
                self.code = fence(content).map(|fence| {
                    let (fence, quotes) = (fence.to_owned(), container.quotes());
                    Code::Fenced(Fenced {
                        fence,
                        hang: container.hang,
                        quotes,
                        indentation,
                    })
                });
            } else {
                let Container {
                    prefix: first,
                    hang,
                    content,
                    ..
                } = container;
                self.paragraph = Some(Paragraph {
                    first,
                    hang,
                    text: String::new(),
                });
                self.add_text(content);
            }
        }
    }

    /// A line that is something else than a part of a paragraph, as it is to be written.
    fn block(&self, content: &str) -> Option<String> {
        if let Some(fence) = fence(content) {
            Some(format!("{fence}text"))
        } else if is_rule(content) {
            Some(content.to_owned())
        } else if content.starts_with('|') || is_heading(content) {
            Some(inline::tidy(content, self.links).text)
        } else {
            None
        }
    }

    /// Copies a line of the code block that we are in, if we are in one.
    fn continues_code(&mut self, line: &str) -> bool {
        match &self.code {
            None => return false,
            Some(Code::Fenced(fenced)) => {
                let fenced = fenced.clone();
                let content = fenced.content(line);
                if fenced.is_end(content) {
                    self.end_code();
                } else {
                    self.push_line(&fenced.hang, content);
                }
            }
            Some(Code::Indented(_)) => match line.strip_prefix("    ") {
                Some(code) => self.push_line("", code),
                None if line.trim().is_empty() => self.push_line("", ""),
                None => {
                    self.end_code();
                    return false;
                }
            },
        }
        true
    }

    fn end_code(&mut self) {
        match self.code.take() {
            None => {}
            Some(Code::Fenced(fenced)) => self.push_line(&fenced.hang, &fenced.fence),
            Some(Code::Indented(start)) => {
                let code = self.out.split_off(start);
                let fence = inline::fence_around(&code);
                self.push_line("", &format!("{fence}text"));
                self.push_line("", code.trim_end());
                self.push_line("", &fence);
                self.empty = Some(String::new());
            }
        }
    }

    fn begins_indented_code(&self, container: &Container<'_>) -> bool {
        container.prefix.starts_with("    ")
            && self.items.is_empty()
            && self.paragraph.is_none()
            && self.empty.is_some()
    }

    fn continues_paragraph(&self, container: &Container<'_>) -> bool {
        container.marker.is_none() && self.paragraph.is_some() && container.quotes() <= self.quotes
    }

    /// Adds a line to the paragraph that we are in.
    fn add_text(&mut self, content: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph
                .text
                .push_str(content.strip_suffix('\\').unwrap_or(content));
            paragraph.text.push(' ');
        }
        if content.ends_with("  ") || content.ends_with('\\') {
            self.flush();
            self.is_broken = true;
        }
    }

    /// Writes the paragraph that we are in.
    fn flush(&mut self) {
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        if self.is_broken && self.out.ends_with('\n') {
            self.out.pop();
            self.out.push_str("\\\n");
        }
        self.is_broken = false;
        let line = inline::tidy(&paragraph.text, self.links);
        self.wrap(&paragraph, &line);
    }

    fn wrap(&mut self, paragraph: &Paragraph, line: &inline::Line) {
        self.out.push_str(&paragraph.first);
        let mut column = paragraph.first.chars().count();
        let mut start = 0;
        let ends = line.breaks.iter().copied().chain([line.text.len()]);
        for end in ends {
            let word = line.text.get(start..end).unwrap_or_default();
            let width = word.chars().count();
            if start > 0 && column + 1 + width > WIDTH && !begins_block(word) {
                self.out.push('\n');
                self.out.push_str(&paragraph.hang);
                column = paragraph.hang.chars().count();
            } else if start > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(word);
            column += width;
            start = end + 1;
        }
        self.out.push('\n');
    }

    /// Finds the quotes and items that a block stands in from its first line, indents that as the items have it, and
    /// writes the empty line that goes before it. None goes between the items of a list.
    fn enter(&mut self, container: &mut Container<'_>) {
        let quotes = container.quotes();
        let was_in_list = !self.items.is_empty();
        let old = container.indentation();
        if quotes != self.quotes {
            self.items.clear();
        }
        while self.items.last().is_some_and(|item| item.old > old) {
            self.items.pop();
        }

        let is_nested = !self.items.is_empty();
        let is_next_item = container.marker.is_some()
            && quotes == self.quotes
            && (is_nested || (was_in_list && container.marker == self.marker));
        let leaves =
            quotes < self.quotes || (was_in_list && !is_nested && container.marker.is_none());
        if leaves {
            self.empty.get_or_insert_default();
        }
        if let Some(empty) = self.empty.take()
            && !is_next_item
            && !self.out.is_empty()
        {
            self.push_line("", &empty);
            self.is_broken = false;
        }

        let old_text = container.hanging_indentation();
        container.indent(
            self.items
                .last()
                .map_or(usize::from(quotes > 0), |item| item.new),
        );
        if container.marker.is_some() {
            if !is_nested {
                self.marker = container.marker;
            }
            self.items.push(Item {
                old: old_text,
                new: container.hanging_indentation(),
            });
        }
        self.quotes = quotes;
    }

    fn push_line(&mut self, prefix: &str, text: &str) {
        self.out.push_str(prefix);
        self.out.push_str(text);
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }

    fn finish(mut self) -> String {
        self.flush();
        self.end_code();
        self.out.truncate(self.out.trim_end().len());
        self.out
    }
}

/// A line, and the quotes and lists that it stands in.
#[derive(Default)]
struct Container<'a> {
    prefix: String,
    /// The prefix of more lines of the same: with white space in place of list markers.
    hang: String,
    content: &'a str,
    /// The marker of the list item that the line begins.
    marker: Option<char>,
}

impl<'a> Container<'a> {
    fn of(line: &'a str) -> Self {
        let mut container = Self {
            content: line,
            ..Self::default()
        };
        if is_rule(line.trim()) {
            container.content = line.trim();
            return container;
        }
        let mut follows_marker = false;
        loop {
            let content = container.content.trim_start_matches(' ');
            let space = container.content.len() - content.len();
            if follows_marker && space >= 4 {
                // Would make it code.
                container.content = content;
            } else {
                container.take(space, false);
            }
            let marker = marker_length(content);
            follows_marker = marker > 0;
            if content.starts_with('>') && container.marker.is_none() {
                container.take(1, false);
            } else if marker > 0 {
                let mark = content
                    .get(..marker)
                    .and_then(|marker| marker.chars().last());
                container.marker = container.marker.or(mark);
                container.take(marker, true);
            } else {
                return container;
            }
        }
    }

    fn quotes(&self) -> usize {
        self.prefix.matches('>').count()
    }

    /// How far the line is indented in its quotes.
    fn indentation(&self) -> usize {
        let inside = self.prefix.rsplit('>').next().unwrap_or_default();
        inside.len() - inside.trim_start().len()
    }

    /// How far more lines of the same are indented in their quotes.
    fn hanging_indentation(&self) -> usize {
        self.hang.rsplit('>').next().map_or(0, str::len)
    }

    /// Indents the line anew in its quotes.
    fn indent(&mut self, indentation: usize) {
        let old = self.indentation();
        for text in [&mut self.prefix, &mut self.hang] {
            let start = text.rfind('>').map_or(0, |quote| quote + 1);
            text.replace_range(start..start + old, &" ".repeat(indentation));
        }
    }

    /// Moves characters from the content to the prefix.
    fn take(&mut self, length: usize, is_marker: bool) {
        let (taken, content) = self.content.split_at(length);
        self.prefix.push_str(taken);
        if is_marker {
            self.hang.push_str(&" ".repeat(length));
        } else {
            self.hang.push_str(taken);
        }
        self.content = content;
    }
}

/// The length of the list marker that text begins with.
fn marker_length(text: &str) -> usize {
    let after = match text.strip_prefix(['-', '*', '+']) {
        Some(after) => after,
        None => {
            let after = text.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = text.len() - after.len();
            match after.strip_prefix(['.', ')']) {
                Some(after) if (1..=9).contains(&digits) => after,
                _ => return 0,
            }
        }
    };
    if after.starts_with(' ') {
        text.len() - after.len()
    } else {
        0
    }
}

/// The fence of a code block, if `text` begins one.
fn fence(text: &str) -> Option<&str> {
    let mark = text.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let info = text.trim_start_matches(mark);
    let length = text.len() - info.len();
    (length >= 3 && !info.contains('`'))
        .then(|| text.get(..length))
        .flatten()
}

/// Whether a line is a rule, the line below a heading, or the second line of a table.
fn is_rule(text: &str) -> bool {
    let is_mark = |c| matches!(c, '-' | '*' | '_' | '=' | '|' | ':' | ' ');
    text.chars().all(is_mark) && text.chars().filter(|c| !c.is_whitespace()).count() >= 3
}

fn is_heading(text: &str) -> bool {
    let after = text.trim_start_matches('#');
    (1..=6).contains(&(text.len() - after.len())) && after.starts_with(' ')
}

/// Whether a word would begin something else than text at the start of a line.
fn begins_block(word: &str) -> bool {
    let is_all = |mark| word.chars().all(|c| c == mark);
    word.starts_with(['>', '|', '#'])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || ['-', '=', '+', '*'].into_iter().any(is_all)
        || marker_length(&format!("{word} ")) > 0
}
