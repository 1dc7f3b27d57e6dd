//! Blocks as Markdown that rustdoc reads as it is meant: what is text there was text here.

use super::Links;
use super::line::{Word, words};
use super::text::{at_line_start, fence_around};
use super::tree::{Block, List, Span};

/// The width at which text is wrapped: 100 columns with the indentation of a member and `/// ` before it.
pub(super) const WIDTH: usize = 92;

/// Blocks in lines of about 100 characters, without an empty line at the start or end.
pub(super) fn markdown(blocks: &[Block], links: &Links<'_>) -> String {
    markdown_within(WIDTH, blocks, links)
}

/// As [`markdown`], with another width for text.
pub(super) fn markdown_within(width: usize, blocks: &[Block], links: &Links<'_>) -> String {
    let mut printer = Printer {
        width,
        links,
        out: String::new(),
    };
    // A rule separates; at the ends there is nothing to separate.
    let is_rule = |block: &Block| *block == Block::Rule;
    let start = blocks.iter().take_while(|block| is_rule(block)).count();
    let rules = blocks.iter().rev().take_while(|block| is_rule(block));
    let end = blocks.len() - rules.count();
    let blocks = blocks.get(start..end).unwrap_or_default();
    printer.blocks(blocks, "", "", false);
    printer.out.truncate(printer.out.trim_end().len());
    printer.out
}

/// A paragraph in one line.
pub(super) fn line(spans: &[Span], links: &Links<'_>) -> String {
    joined(&words(spans, links))
}

fn joined(words: &[Word]) -> String {
    let words: Vec<_> = words.iter().map(|word| word.text.as_str()).collect();
    words.join(" ")
}

struct Printer<'a> {
    width: usize,
    links: &'a Links<'a>,
    out: String,
}

impl Printer<'_> {
    /// Prints blocks: `first` stands before the first line, `hang` before all others.
    fn blocks(&mut self, blocks: &[Block], first: &str, hang: &str, is_item: bool) {
        let mut before: Option<&Block> = None;
        for block in blocks {
            // In an item, a list may follow the paragraph that it belongs to.
            let is_close = matches!(
                (before, block),
                (Some(Block::Paragraph(_)), Block::List(list))
                    if is_item && list.start.is_none_or(|start| start == 1)
            );
            if before.is_some() && !is_close {
                self.push_line(hang, "");
            }
            let first = if before.is_none() { first } else { hang };
            self.block(block, first, hang);
            before = Some(block);
        }
    }

    fn block(&mut self, block: &Block, first: &str, hang: &str) {
        match block {
            Block::Paragraph(spans) => self.wrap(&words(spans, self.links), first, hang),
            Block::Heading(level, spans) => {
                let mut words = words(spans, self.links);
                // At the end, such a word would be left out.
                let is_mark = |word: &&mut Word| word.text.chars().all(|c| c == '#');
                for word in words.iter_mut().filter(is_mark) {
                    word.text.insert(0, '\\');
                }
                let text = joined(&words);
                self.push_line(first, &format!("{} {text}", "#".repeat(*level)));
            }
            Block::Code(code) => self.code(code, first, hang),
            Block::Quote(blocks) => {
                let (first, hang) = (format!("{first}> "), format!("{hang}> "));
                self.blocks(blocks, &first, &hang, false);
            }
            Block::List(list) => self.list(list, first, hang),
            Block::Table(rows) => self.table(rows, first, hang),
            Block::Rule => self.push_line(first, "* * *"),
        }
    }

    fn code(&mut self, code: &str, first: &str, hang: &str) {
        let fence = fence_around(code);
        self.push_line(first, &format!("{fence}text"));
        for line in code.lines() {
            self.push_line(hang, line);
        }
        self.push_line(hang, &fence);
    }

    fn list(&mut self, list: &List, first: &str, hang: &str) {
        // Markdown reads a number of more than nine digits as text.
        let count = list.items.len() as u64;
        let start = list.start.filter(|start| start + count < 1_000_000_000);
        for (index, item) in (0..).zip(&list.items) {
            let marker = match list.start {
                Some(_) => format!("{}. ", start.unwrap_or(1) + index),
                None => "- ".to_owned(),
            };
            let before = if index == 0 { first } else { hang };
            let inside = format!("{hang}{}", " ".repeat(marker.len()));
            self.blocks(item, &format!("{before}{marker}"), &inside, true);
        }
    }

    fn table(&mut self, rows: &[Vec<Vec<Span>>], first: &str, hang: &str) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or_default();
        for (index, row) in rows.iter().enumerate() {
            let mut cells: Vec<_> = row.iter().map(|cell| self.cell(cell)).collect();
            // Markdown drops the cells of a row beyond those of the first.
            if index == 0 {
                cells.resize(columns, String::new());
            }
            let before = if index == 0 { first } else { hang };
            self.push_line(before, &format!("| {} |", cells.join(" | ")));
            if index == 0 {
                let marks: Vec<_> = cells.iter().map(|_| "---").collect();
                self.push_line(hang, &format!("| {} |", marks.join(" | ")));
            }
        }
    }

    fn cell(&self, spans: &[Span]) -> String {
        line(spans, self.links).replace('|', "\\|")
    }

    fn wrap(&mut self, words: &[Word], first: &str, hang: &str) {
        self.out.push_str(first);
        let hang_width = hang.chars().count();
        let mut column = first.chars().count();
        for (index, word) in words.iter().enumerate() {
            let width = word.text.chars().count();
            // A word that would begin something else at the start of a line stays where it is, in a line that is too long.
            let is_too_long =
                column + 1 + width > self.width && at_line_start(&word.text).is_none();
            if index > 0 && (word.begins_line || is_too_long) {
                self.out
                    .push_str(if word.begins_line { "\\\n" } else { "\n" });
                self.out.push_str(hang);
                column = hang_width;
            } else if index > 0 {
                self.out.push(' ');
                column += 1;
            }
            self.out.push_str(&word.text);
            column += width;
        }
        self.out.push('\n');
    }

    fn push_line(&mut self, prefix: &str, text: &str) {
        self.out.push_str(prefix);
        self.out.push_str(text);
        // Spaces at the end would be a line break, and a prefix alone ends in one.
        self.out.truncate(self.out.trim_end_matches(' ').len());
        self.out.push('\n');
    }
}
