//! HTML to a tree. These models have HTML of their own kind: `<note>`, `<a>` without a destination around a shape's name, terms of
//! definition lists, placeholders such as `<region>` that look like tags, and tags that nobody closes.
//!
//! Tags are read one by one, and the [`Builder`] makes sense of their order. A parser that follows HTML's own rules of repair does
//! more than is needed here, and more than can be afforded: what those rules make of broken HTML can be much larger than it.

use std::collections::HashMap;

use super::builder::{Builder, Container};
use super::text::{destination, is_name};
use crate::format;

/// The tags that are HTML or AWS's additions to it, sorted. All else between angle brackets is text.
const TAGS: &[&str] = &[
    "a",
    "abbr",
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "caption",
    "caution",
    "center",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "font",
    "footer",
    "fullname",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "header",
    "hr",
    "html",
    "i",
    "img",
    "important",
    "ins",
    "kbd",
    "li",
    "main",
    "mark",
    "nav",
    "note",
    "ol",
    "p",
    "pre",
    "programlisting",
    "q",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tip",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "warning",
    "wbr",
];

/// The tags of those that stand in a paragraph and mean nothing here.
const INLINE: &[&str] = &[
    "abbr", "big", "cite", "col", "colgroup", "del", "dfn", "font", "img", "ins", "mark", "q", "s",
    "small", "span", "strike", "sub", "sup", "tbody", "tfoot", "thead", "u", "var", "wbr",
];

/// Returns `true` if text has HTML tags, those in code spans aside.
pub(super) fn is_html(text: &str) -> bool {
    let ends = code_span_ends(text);
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(found) = rest.find(['<', '`']) else {
            return false;
        };
        at += found;
        let here = text.get(at..).unwrap_or_default();
        if here.starts_with('`') {
            let run = here.len() - here.trim_start_matches('`').len();
            at = ends.get(&at).copied().unwrap_or(at + run);
        } else if tag(here).is_some() {
            return true;
        } else {
            at += 1;
        }
    }
    false
}

/// The end of each code span by its beginning: the next run of as many backticks.
fn code_span_ends(text: &str) -> HashMap<usize, usize> {
    let mut ends = HashMap::new();
    // The last run of each length. Each run is looked at once, or this would take forever where many are not closed.
    let mut open: HashMap<usize, usize> = HashMap::new();
    let mut at = 0;
    for piece in text.split_inclusive(|c| c != '`') {
        let run = piece.trim_end_matches(|c| c != '`').len();
        if run > 0
            && let Some(start) = open.insert(run, at)
        {
            ends.insert(start, at + run);
        }
        at += piece.len();
    }
    ends
}

/// Reads HTML.
pub(super) fn read(html: &str, builder: &mut Builder) {
    let mut reader = Reader {
        builder,
        verbatim: None,
        name: None,
    };
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, here) = rest.split_at(at);
        reader.text(before);
        rest = match tag(here) {
            Some(tag) => {
                reader.tag(&tag);
                tag.rest
            }
            None => {
                reader.text("<");
                here.get(1..).unwrap_or_default()
            }
        };
    }
    reader.text(rest);
    reader.end_verbatim();
}

struct Reader<'a> {
    builder: &'a mut Builder,
    /// The element that we are in of which only the text counts, and that text.
    verbatim: Option<(&'static str, String)>,
    /// The position at which the content of an `<a>` without a destination begins.
    name: Option<usize>,
}

impl Reader<'_> {
    fn text(&mut self, html: &str) {
        let text = html_escape::decode_html_entities(html);
        let text = format::visible(&text);
        match &mut self.verbatim {
            Some((_, verbatim)) => verbatim.push_str(&text),
            None => self.builder.text(&text),
        }
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        match &mut self.verbatim {
            Some((name, _)) if tag.closes && *name == tag.name() => self.end_verbatim(),
            Some((_, text)) if tag.name() == "br" => text.push('\n'),
            Some(_) => {}
            None if tag.closes => self.end(tag.name()),
            None => {
                self.begin(tag);
                if tag.text.ends_with("/>") {
                    self.end(tag.name());
                }
            }
        }
    }

    fn end_verbatim(&mut self) {
        if let Some(("pre" | "programlisting", text)) = self.verbatim.take() {
            self.builder.code_block(&text);
        }
    }

    fn begin(&mut self, tag: &Tag<'_>) {
        let builder = &mut *self.builder;
        match tag.name() {
            "b" | "strong" => builder.set_bold(true),
            "i" | "em" => builder.set_italic(true),
            "code" | "kbd" | "samp" | "tt" => builder.set_code(true),
            "a" => self.begin_anchor(tag),
            "br" => builder.line_break(),
            "hr" => builder.rule(),
            "ul" | "dl" => builder.list(None),
            "ol" => builder.list(Some(1)),
            "li" => builder.item(),
            "dt" => builder.term(),
            "dd" => builder.description(),
            "table" => builder.table(),
            "tr" => builder.row(),
            "td" | "th" => builder.cell(),
            "blockquote" => builder.quote(None),
            name @ ("note" | "important" | "caution" | "warning" | "tip") => {
                builder.quote(Some(capitalized(name)));
            }
            name @ ("fullname" | "script" | "style" | "pre" | "programlisting") => {
                self.verbatim = Some((name, String::new()));
            }
            name => match heading(name) {
                Some(level) => builder.heading(level.max(2)),
                None if !INLINE.contains(&name) => builder.flush(),
                None => {}
            },
        }
    }

    fn end(&mut self, name: &str) {
        let builder = &mut *self.builder;
        match name {
            "b" | "strong" => builder.set_bold(false),
            "i" | "em" => builder.set_italic(false),
            "code" | "kbd" | "samp" | "tt" => builder.set_code(false),
            "a" => self.end_anchor(),
            "ul" | "ol" | "dl" => builder.end(Container::List),
            "li" => builder.end(Container::Item),
            "table" => builder.end(Container::Table),
            "tr" => builder.end(Container::Row),
            "td" | "th" => builder.end(Container::Cell),
            "blockquote" | "note" | "important" | "caution" | "warning" | "tip" => {
                builder.end(Container::Quote);
            }
            "br" | "hr" => {}
            name if INLINE.contains(&name) => {}
            _ => builder.end_block(),
        }
    }

    fn begin_anchor(&mut self, tag: &Tag<'_>) {
        let href = attribute(tag.text, "href").map(html_escape::decode_html_entities);
        let href = href.map(|href| format::visible(&href));
        self.name = href.is_none().then(|| self.builder.mark());
        let destination = href.as_deref().and_then(destination);
        self.builder.begin_link(destination.as_deref());
    }

    /// Ends a link. AWS's authors write `<a>ShapeName</a>` for a reference.
    fn end_anchor(&mut self) {
        match self.name.take() {
            Some(mark) => self.builder.name_code(mark, is_name),
            None => self.builder.end_link(),
        }
    }
}

fn heading(name: &str) -> Option<usize> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn capitalized(name: &str) -> String {
    let mut name = name.to_owned();
    if let Some(first) = name.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    name
}

/// The value of an attribute of a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let inside = tag.trim_end_matches(['/', '>']);
    let mut rest = inside.trim_start_matches(|c: char| !c.is_whitespace());
    loop {
        rest = rest.trim_start();
        let end = rest.find(|c: char| c.is_whitespace() || c == '=');
        let (found, after) = rest.split_at(end?);
        let Some(value) = after.trim_start().strip_prefix('=') else {
            rest = after;
            continue;
        };
        let value = value.trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
        let (value, after) = match quote {
            Some(quote) => value.get(1..)?.split_once(quote)?,
            None => value.split_at(value.find(char::is_whitespace).unwrap_or(value.len())),
        };
        if found.eq_ignore_ascii_case(name) {
            return Some(value);
        }
        rest = after;
    }
}

/// A tag at the start of a text.
struct Tag<'a> {
    /// The position of its name in [`TAGS`].
    index: usize,
    closes: bool,
    text: &'a str,
    rest: &'a str,
}

impl Tag<'_> {
    fn name(&self) -> &'static str {
        TAGS.get(self.index).copied().unwrap_or_default()
    }
}

/// The tag that `text`, which begins with `<`, begins with, or nothing if it is not one that we know.
fn tag(text: &str) -> Option<Tag<'_>> {
    let inner = text.strip_prefix('<')?;
    let closes = inner.starts_with('/');
    let inner = inner.strip_prefix('/').unwrap_or(inner);
    let end = inner.find(|c: char| !c.is_ascii_alphanumeric())?;
    let (name, after) = inner.split_at(end);
    if !after.starts_with(['>', '/', ' ', '\n', '\r', '\t']) {
        return None;
    }
    let name = name.to_ascii_lowercase();
    let index = TAGS.binary_search(&name.as_str()).ok()?;
    // A second `<` first: the tag is cut off. (Looking no further also keeps this linear.)
    let end = inner
        .find(['<', '>'])
        .filter(|&end| inner.get(end..=end) == Some(">"))?;
    let (text, rest) = text.split_at(text.len() - inner.len() + end + 1);
    Some(Tag {
        index,
        closes,
        text,
        rest,
    })
}
