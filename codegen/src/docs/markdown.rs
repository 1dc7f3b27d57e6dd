//! Markdown to a tree.

use pulldown_cmark::{Event, LinkType, Options, Parser, Tag, TagEnd};

use super::builder::{Builder, Container};
use super::text::{destination, item_path};
use crate::format;

/// The deepest nesting of the quotes and lists of a line. A deeper one is no documentation, and read as text.
const MAX_DEPTH: usize = 32;

/// The largest indentation of a line, for the same reason.
const MAX_INDENTATION: usize = 256;

/// The author of a text.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Author {
    Generator,
    Model,
}

/// Reads Markdown. Only the generator may link to items of the crate, and have headings that compare with its own.
pub(super) fn read(markdown: &str, author: Author, builder: &mut Builder) {
    let visible = format::visible(markdown);
    if visible.lines().any(is_too_deep) {
        builder.text(&visible);
        return;
    }
    let mut reader = Reader {
        builder,
        author,
        code: None,
        is_in_url: false,
    };
    for event in Parser::new_ext(&visible, Options::ENABLE_TABLES) {
        reader.event(event);
    }
}

/// Returns `true` if more quotes and lists nest in a line than may.
fn is_too_deep(line: &str) -> bool {
    let mut depth = 0;
    let mut rest = line;
    loop {
        let content = rest.trim_start_matches(' ');
        let marker = content.trim_start_matches(|c: char| c.is_ascii_digit());
        let Some(after) = marker.strip_prefix(['>', '-', '+', '*', '.', ')']) else {
            return depth > MAX_DEPTH || rest.len() - content.len() > MAX_INDENTATION;
        };
        if !(marker.starts_with('>') || after.starts_with(' ')) {
            return depth > MAX_DEPTH;
        }
        depth += 1;
        rest = after;
    }
}

struct Reader<'a> {
    builder: &'a mut Builder,
    author: Author,
    /// The text of the code block that we are in.
    code: Option<String>,
    /// `true` within an address in angle brackets.
    is_in_url: bool,
}

impl Reader<'_> {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.begin(&tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => {
                match &mut self.code {
                    Some(code) => code.push_str(&text),
                    None if self.is_in_url => self.builder.url(&text),
                    None => self.builder.text(&format::visible(&text)),
                }
            }
            Event::Code(code) => self.builder.code(&code),
            Event::SoftBreak => self.builder.text(" "),
            Event::HardBreak => self.builder.line_break(),
            Event::Rule => self.builder.rule(),
            // These are not asked for.
            Event::FootnoteReference(_)
            | Event::TaskListMarker(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_) => {}
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let builder = &mut *self.builder;
        match tag {
            Tag::Heading { level, .. } => match self.author {
                Author::Generator => builder.heading(*level as usize),
                Author::Model => builder.heading((*level as usize).max(2)),
            },
            Tag::BlockQuote(_) => builder.quote(None),
            Tag::CodeBlock(_) => self.code = Some(String::new()),
            Tag::List(start) => builder.list(*start),
            Tag::Item => builder.item(),
            Tag::Table(_) => builder.table(),
            Tag::TableHead | Tag::TableRow => builder.row(),
            Tag::TableCell => builder.cell(),
            Tag::Emphasis => builder.set_italic(true),
            Tag::Strong => builder.set_bold(true),
            Tag::Link {
                link_type:
                    LinkType::Inline | LinkType::Reference | LinkType::Collapsed | LinkType::Shortcut,
                dest_url,
                ..
            }
            | Tag::Image { dest_url, .. } => {
                let url = format::visible(dest_url);
                let path = item_path(&url).filter(|_| self.author == Author::Generator);
                let path = path.map(str::to_owned).or_else(|| destination(&url));
                builder.begin_link(path.as_deref());
            }
            Tag::Paragraph | Tag::HtmlBlock => builder.end_block(),
            // Of other schemes, and of mail, it is text.
            Tag::Link {
                link_type: LinkType::Autolink,
                dest_url,
                ..
            } => self.is_in_url = destination(dest_url).is_some(),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        let builder = &mut *self.builder;
        match tag {
            TagEnd::BlockQuote(_) => builder.end(Container::Quote),
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                builder.code_block(&code);
            }
            TagEnd::List(_) => builder.end(Container::List),
            TagEnd::Item => builder.end(Container::Item),
            TagEnd::Table => builder.end(Container::Table),
            TagEnd::TableHead | TagEnd::TableRow => builder.end(Container::Row),
            TagEnd::TableCell => builder.end(Container::Cell),
            TagEnd::Emphasis => builder.set_italic(false),
            TagEnd::Strong => builder.set_bold(false),
            TagEnd::Link if self.is_in_url => self.is_in_url = false,
            TagEnd::Link | TagEnd::Image => builder.end_link(),
            _ => builder.end_block(),
        }
    }
}
