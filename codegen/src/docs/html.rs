//! HTML to Markdown, with `htmd` and handlers of our own for what AWS's models do their own way: `<note>`, `<a>` without a
//! destination around a shape's name, definition lists, and placeholders such as `<region>` that look like tags.

use std::borrow::Cow;

use htmd::element_handler::{HandlerResult, Handlers};
use htmd::options::{BrStyle, BulletListMarker, Options};
use htmd::{Element, HtmlToMarkdown, Node};
use markup5ever_rcdom::NodeData;

use super::inline;

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

/// The tags whose elements end by themselves, so that any number of them is not nesting.
const FLAT: &[&str] = &[
    "br", "col", "dd", "dt", "hr", "img", "li", "p", "td", "th", "tr", "wbr",
];

/// How deep elements may nest. `htmd` recurses; what is deeper is no documentation, and read as text.
const MAX_DEPTH: usize = 64;

/// Whether text has HTML tags, those in code spans aside.
pub(super) fn is_html(text: &str) -> bool {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '`']) {
        let (_, here) = rest.split_at(at);
        rest = match inline::code_span(here) {
            Some(span) => span.rest,
            None if tag(here).is_some() => return true,
            None => here.get(1..).unwrap_or_default(),
        };
    }
    false
}

/// `htmd` as these models need it.
pub(super) struct HtmlConverter(HtmlToMarkdown);

impl HtmlConverter {
    pub(super) fn new() -> Self {
        let options = Options {
            br_style: BrStyle::Backslash,
            bullet_list_marker: BulletListMarker::Dash,
            ul_bullet_spacing: 1,
            ol_number_spacing: 1,
            ..Options::default()
        };
        let converter = HtmlToMarkdown::builder()
            .options(options)
            .skip_tags(vec!["fullname", "script", "style", "img"])
            .add_handler(vec!["a"], anchor)
            .add_handler(vec!["code", "kbd", "samp", "tt"], code)
            .add_handler(vec!["pre", "programlisting"], preformatted)
            .add_handler(
                vec!["note", "important", "caution", "warning", "tip"],
                admonition,
            )
            .add_handler(vec!["dt"], term)
            .add_handler(vec!["dd"], description)
            .build();
        Self(converter)
    }

    pub(super) fn convert(&self, html: &str) -> String {
        match Prepared::new(html) {
            Prepared::Html(html) => self.0.convert(&html).unwrap_or_default(),
            Prepared::TooDeep => without_tags(html),
        }
    }
}

/// HTML that is safe to parse.
enum Prepared<'a> {
    Html(Cow<'a, str>),
    TooDeep,
}

impl<'a> Prepared<'a> {
    /// Escapes every `<` that does not begin a tag, and sees how deep elements nest.
    fn new(html: &'a str) -> Self {
        let mut text = String::new();
        let mut open = [0_usize; TAGS.len()];
        let mut depth = 0;
        let mut rest = html;
        while let Some(at) = rest.find('<') {
            let (before, here) = rest.split_at(at);
            text.push_str(before);
            let Some(tag) = tag(here) else {
                text.push_str("&lt;");
                rest = here.get(1..).unwrap_or_default();
                continue;
            };
            let count = open
                .get_mut(tag.index)
                .filter(|_| !FLAT.contains(&tag.name()));
            match (count, tag.closes) {
                (Some(count), false) => (*count, depth) = (*count + 1, depth + 1),
                (Some(count), true) if *count > 0 => (*count, depth) = (*count - 1, depth - 1),
                _ => {}
            }
            if depth > MAX_DEPTH {
                return Self::TooDeep;
            }
            text.push_str(tag.text);
            rest = tag.rest;
        }
        text.push_str(rest);
        Self::Html(Cow::Owned(text))
    }
}

/// A tag at the start of a text.
struct Tag<'a> {
    /// Where its name is in [`TAGS`].
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

/// What is left of HTML when every tag is taken out.
fn without_tags(html: &str) -> String {
    let mut text = String::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let (before, here) = rest.split_at(at);
        text.push_str(before);
        rest = match tag(here) {
            Some(tag) => {
                text.push(' ');
                tag.rest
            }
            None => {
                text.push('<');
                here.get(1..).unwrap_or_default()
            }
        };
    }
    text.push_str(rest);
    text
}

/// A link, or its text alone if it leads nowhere. AWS's authors write `<a>ShapeName</a>` for a reference.
fn anchor(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let text = content.trim();
    if text.is_empty() {
        return Some(content.into());
    }
    let href = element
        .attrs
        .iter()
        .find(|attribute| &*attribute.name.local == "href");
    let Some(href) = href else {
        let plain = raw_text(element.node);
        let is_name = inline::is_name(plain.trim()) && !content.contains('`');
        return Some(
            if is_name {
                format!("`{}`", plain.trim())
            } else {
                content
            }
            .into(),
        );
    };
    let before = if content.starts_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    let after = if content.ends_with(char::is_whitespace) {
        " "
    } else {
        ""
    };
    Some(match inline::destination(&href.value) {
        Some(destination) => format!("{before}[{text}]({destination}){after}").into(),
        None => content.into(),
    })
}

/// A code span of the element's text, whatever other elements are in it.
fn code(_: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = raw_text(element.node);
    (!text.trim().is_empty()).then(|| inline::as_code_span(&text).into())
}

fn preformatted(_: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let text = raw_text(element.node);
    let text = text.trim_matches('\n').trim_end();
    if text.is_empty() {
        return None;
    }
    let fence = inline::fence_around(text);
    Some(format!("\n\n{fence}text\n{text}\n{fence}\n\n").into())
}

/// A block quote that begins with what it is.
fn admonition(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let content = content.trim();
    if content.is_empty() {
        return None;
    }
    let mut title = element.tag.to_owned();
    if let Some(first) = title.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    let begins_with_block = ["- ", "```", "|", "#", ">", "1."]
        .iter()
        .any(|block| content.starts_with(block));
    let separator = if begins_with_block { "\n\n" } else { " " };
    let quoted: Vec<_> = format!("**{title}:**{separator}{content}")
        .lines()
        .map(|line| format!("> {line}").trim_end().to_owned())
        .collect();
    Some(format!("\n\n{}\n\n", quoted.join("\n")).into())
}

/// The term of a definition list: a list item.
fn term(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let content = content.trim().trim_end_matches(':');
    let content = content.split_whitespace().collect::<Vec<_>>().join(" ");
    if content.is_empty() {
        return None;
    }
    Some(
        if content.contains('*') {
            format!("\n\n- {content}\n\n")
        } else {
            format!("\n\n- **{content}**\n\n")
        }
        .into(),
    )
}

/// What a definition list says about a term: more paragraphs of its list item.
fn description(handlers: &dyn Handlers, element: Element<'_>) -> Option<HandlerResult> {
    let content = handlers.walk_children(element.node).content;
    let indented: Vec<_> = content
        .trim()
        .lines()
        .map(|line| format!("  {line}").trim_end().to_owned())
        .collect();
    Some(format!("\n\n{}\n\n", indented.join("\n")).into())
}

/// All text below a node, in order.
fn raw_text(node: &Node) -> String {
    let mut text = String::new();
    let mut todo: Vec<_> = node.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = todo.pop() {
        if let NodeData::Text { contents } = &node.data {
            text.push_str(&contents.borrow());
        }
        todo.extend(node.children.borrow().iter().rev().cloned());
    }
    text
}
