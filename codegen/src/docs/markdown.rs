//! Markdown line by line: code blocks, lists, quotes and tables stay, paragraphs are rewritten and wrapped.

use super::{Links, inline};

/// How wide text is wrapped: 100 columns with the indentation of a member and `/// ` before it.
const WIDTH: usize = 92;

/// Rewrites Markdown for rustdoc. See [`inline::tidy`] for what happens inside a paragraph.
pub(super) fn tidy(markdown: &str, links: &Links<'_>) -> String {
    let mut tidy = Tidy {
        links,
        out: String::new(),
        paragraph: None,
        code: None,
        empty: None,
        list: None,
        is_broken: false,
    };
    for line in markdown.trim().lines() {
        tidy.line(line.trim_end_matches('\r'));
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
    list: Option<List>,
    /// Whether the last line was to be a line of its own.
    is_broken: bool,
}

/// The list that we are in.
#[derive(Clone, Copy, PartialEq)]
struct List {
    quotes: usize,
    marker: char,
}

struct Paragraph {
    /// What stands before its first line: quotes, indentation, a list marker.
    first: String,
    /// What stands before the lines after that.
    hang: String,
    quotes: usize,
    text: String,
}

enum Code {
    /// Between fences; the one that it began with, and what stands before it.
    Fenced { fence: String, hang: String },
    /// By indentation, which would make it Rust code, and so a test, in rustdoc's eyes.
    Indented,
}

impl Tidy<'_> {
    fn line(&mut self, line: &str) {
        if self.continues_code(line) {
            return;
        }
        let container = Container::of(line);
        let content = container.content.trim_end();
        if content.is_empty() && container.list.is_none() {
            self.flush();
            self.is_broken = false;
            self.empty = Some(container.hang.trim_end().to_owned());
        } else if let Some(fence) = fence(content) {
            self.write_block(&container, &format!("{fence}text"));
            self.code = Some(Code::Fenced {
                fence: fence.to_owned(),
                hang: container.hang,
            });
        } else if is_rule(content) {
            self.write_block(&container, content);
        } else if content.starts_with('|') || is_heading(content) {
            let text = inline::tidy(content, self.links).text;
            self.write_block(&container, &text);
        } else if self.begins_indented_code(&container) {
            self.write_block(&Container::default(), "```text");
            self.code = Some(Code::Indented);
            self.continues_code(line);
        } else {
            self.add_text(container);
        }
    }

    /// Copies a line of the code block that we are in, if we are in one.
    fn continues_code(&mut self, line: &str) -> bool {
        match &self.code {
            None => return false,
            Some(Code::Fenced { fence, .. }) => {
                let content = line.trim_start_matches([' ', '>']).trim_end();
                let is_end =
                    content.starts_with(fence) && content.chars().all(|c| fence.starts_with(c));
                self.push_line("", line);
                if is_end {
                    self.code = None;
                }
            }
            Some(Code::Indented) => match line
                .strip_prefix("    ")
                .or_else(|| line.strip_prefix('\t'))
            {
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
            Some(Code::Fenced { fence, hang }) => self.push_line(&hang, &fence),
            Some(Code::Indented) => {
                let length = self.out.trim_end_matches('\n').len() + 1;
                self.out.truncate(length);
                self.push_line("", "```");
                self.empty = Some(String::new());
            }
        }
    }

    fn begins_indented_code(&self, container: &Container<'_>) -> bool {
        let is_indented =
            container.prefix.starts_with("    ") || container.prefix.starts_with('\t');
        is_indented && self.list.is_none() && self.paragraph.is_none() && self.empty.is_some()
    }

    /// Adds a line of a paragraph, which may be its first.
    fn add_text(&mut self, container: Container<'_>) {
        let content = container.content;
        let quotes = container.quotes();
        let continues = container.list.is_none()
            && self
                .paragraph
                .as_ref()
                .is_some_and(|paragraph| quotes <= paragraph.quotes);
        if !continues {
            self.flush();
            self.write_empty(&container);
            let (first, hang) = if self.list.is_some() {
                (container.prefix, container.hang)
            } else {
                // Indentation means nothing here.
                ("> ".repeat(quotes), "> ".repeat(quotes))
            };
            self.paragraph = Some(Paragraph {
                first,
                hang,
                quotes,
                text: String::new(),
            });
        }
        let is_broken = content.ends_with("  ") || content.ends_with('\\');
        if let Some(paragraph) = &mut self.paragraph {
            paragraph
                .text
                .push_str(content.strip_suffix('\\').unwrap_or(content));
            paragraph.text.push(' ');
        }
        if is_broken {
            self.flush();
            self.is_broken = true;
        }
    }

    /// Writes the paragraph that we are in.
    fn flush(&mut self) {
        let Some(paragraph) = self.paragraph.take() else {
            return;
        };
        if self.is_broken && self.empty.is_none() && self.out.ends_with('\n') {
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

    /// Writes a line that is not part of a paragraph.
    fn write_block(&mut self, container: &Container<'_>, text: &str) {
        self.flush();
        self.is_broken = false;
        self.write_empty(container);
        self.push_line(&container.prefix, text);
    }

    /// Writes the empty line that is due before the block that begins with this line. None goes between the items of
    /// a list.
    fn write_empty(&mut self, container: &Container<'_>) {
        let before = self.list;
        let is_nested = container.indentation() >= 2;
        self.list = match (container.list, before) {
            (Some(_), Some(before)) if is_nested => Some(before),
            (Some(list), _) => Some(list),
            (None, before) => {
                before.filter(|before| is_nested && before.quotes == container.quotes())
            }
        };
        let is_next_item = container.list.is_some() && before == self.list;
        if let Some(empty) = self.empty.take()
            && !is_next_item
            && !self.out.is_empty()
        {
            self.push_line("", &empty);
        }
    }

    fn push_line(&mut self, prefix: &str, text: &str) {
        self.out.push_str(prefix);
        self.out.push_str(text.trim_end());
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
    /// The list of which the line begins an item.
    list: Option<List>,
}

impl<'a> Container<'a> {
    fn of(line: &'a str) -> Self {
        let mut container = Self {
            content: line,
            ..Self::default()
        };
        if is_rule(line.trim()) {
            return container;
        }
        loop {
            let content = container.content.trim_start_matches([' ', '\t']);
            container.take(container.content.len() - content.len(), false);
            let marker = marker_length(content);
            if content.starts_with('>') {
                container.take(1, false);
            } else if marker > 0 {
                container.list.get_or_insert(List {
                    quotes: container.prefix.matches('>').count(),
                    marker: content
                        .get(..marker - 1)
                        .and_then(|marker| marker.chars().last())
                        .unwrap_or('-'),
                });
                container.take(marker, true);
            } else {
                return container;
            }
        }
    }

    fn quotes(&self) -> usize {
        self.prefix.matches('>').count()
    }

    /// How far the line is indented in its quotes; less than two is not.
    fn indentation(&self) -> usize {
        let inside = self.prefix.rsplit('>').next().unwrap_or_default();
        inside.len() - inside.trim_start().len()
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
