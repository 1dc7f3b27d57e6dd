//! Documentation as a tree: what HTML and Markdown are read into, and Markdown is written from.
//!
//! The tree holds text, never markup, so that nothing in a text can mean anything. [`Builder`](super::builder::Builder) makes it.

use std::rc::Rc;

/// A block of documentation.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Block {
    Paragraph(Vec<Span>),
    /// A heading, and its level.
    Heading(usize, Vec<Span>),
    Code(String),
    Quote(Vec<Block>),
    List(List),
    /// The cells of each row; the first row is the head.
    Table(Vec<Vec<Vec<Span>>>),
    Rule,
}

/// A list, and the number of its first item if it is ordered.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct List {
    pub(super) start: Option<u64>,
    pub(super) items: Vec<Vec<Block>>,
}

/// Text of one kind and style.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Span {
    pub(super) kind: Kind,
    pub(super) text: String,
    pub(super) style: Style,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Text,
    Code,
    /// The address of a web page, as a link to itself.
    Url,
    /// The end of a line. It has no text.
    Break,
}

#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    /// The destination of a link; see [`super::text::destination`].
    pub(super) link: Option<Rc<str>>,
}

impl Span {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self {
            kind: Kind::Text,
            text: text.into(),
            style: Style::default(),
        }
    }

    pub(super) fn bold(text: impl Into<String>) -> Self {
        let mut span = Self::text(text);
        span.style.bold = true;
        span
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// Blocks that begin with a title: in the first paragraph, if there is one.
pub(super) fn titled(title: Option<Span>, mut blocks: Vec<Block>) -> Vec<Block> {
    let Some(title) = title else {
        return blocks;
    };
    match blocks.first_mut() {
        Some(Block::Paragraph(spans)) => {
            spans.splice(0..0, [title, Span::text(" ")]);
        }
        _ => blocks.insert(0, Block::Paragraph(vec![title])),
    }
    blocks
}

/// All text of blocks, in one line.
pub(super) fn flat(blocks: Vec<Block>) -> Vec<Span> {
    let mut all = Vec::new();
    for block in blocks {
        if !all.is_empty() {
            all.push(Span::text(" "));
        }
        match block {
            Block::Paragraph(spans) | Block::Heading(_, spans) => all.extend(spans),
            Block::Code(text) => all.push(Span {
                kind: Kind::Code,
                ..Span::text(text)
            }),
            Block::Quote(blocks) => all.extend(flat(blocks)),
            Block::List(list) => {
                let items = list.items.into_iter().map(flat);
                all.extend(items.flat_map(|item| item.into_iter().chain([Span::text(" ")])));
            }
            Block::Table(rows) => {
                let cells = rows.into_iter().flatten();
                all.extend(cells.flat_map(|cell| cell.into_iter().chain([Span::text(" ")])));
            }
            Block::Rule => {}
        }
    }
    all
}

/// Text with a space for the end of each of its lines.
pub(super) fn without_breaks(mut spans: Vec<Span>) -> Vec<Span> {
    for span in &mut spans {
        if span.kind == Kind::Break {
            *span = Span::text(" ");
        }
    }
    spans
}
