//! Markdown as rustdoc reads it, and what is wrong with it if a model wrote it.

use pulldown_cmark::{
    BrokenLink, CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag,
};

/// The constructs that a document may have.
#[derive(Clone, Copy)]
pub struct Allowed<'a> {
    /// The languages of its code blocks. rustdoc runs those that have none.
    pub code: &'a [&'a str],
    /// `true` for headings like those of the generator.
    pub headings: bool,
    /// The items of the crate, or of crates beside it, that it may link to.
    pub is_item: &'a dyn Fn(&str) -> bool,
}

/// All that does not belong in a document.
pub fn complaints(markdown: &str, allowed: Allowed<'_>) -> Vec<String> {
    let mut complaints = Vec::new();
    let mut broken = Vec::new();
    // rustdoc takes what is in brackets for the name of an item.
    let callback = |link: BrokenLink<'_>| {
        broken.push(format!("[{}] may be a link", link.reference));
        None::<(CowStr<'_>, CowStr<'_>)>
    };
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION;
    let parser = Parser::new_with_broken_link_callback(markdown, options, Some(callback));
    if parser.reference_definitions().iter().count() > 0 {
        complaints.push("a reference definition".to_owned());
    }
    complaints.extend(parser.filter_map(|event| complaint(&event, allowed)));
    complaints.append(&mut broken);
    if let Some(c) = markdown.chars().find(|c| is_hidden(*c)) {
        complaints.push(format!("the character {c:?}"));
    }
    complaints
}

fn complaint(event: &Event<'_>, allowed: Allowed<'_>) -> Option<String> {
    let is_allowed = match event {
        Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => {
            allowed.code.contains(&&**language)
        }
        Event::Start(Tag::Heading { level, .. }) => allowed.headings || *level > HeadingLevel::H1,
        Event::Start(Tag::Link { dest_url, .. }) => {
            dest_url.starts_with("https://")
                || dest_url.starts_with("http://")
                || (allowed.is_item)(dest_url)
        }
        Event::Start(
            Tag::CodeBlock(CodeBlockKind::Indented)
            | Tag::HtmlBlock
            | Tag::Image { .. }
            | Tag::FootnoteDefinition(_)
            | Tag::Strikethrough
            | Tag::MetadataBlock(_),
        )
        | Event::Html(_)
        | Event::InlineHtml(_)
        | Event::FootnoteReference(_)
        | Event::TaskListMarker(_) => false,
        _ => true,
    };
    (!is_allowed).then(|| format!("{event:?}"))
}

/// Returns `true` if a character cannot be seen, or changes how others are.
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\n')
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// The text of a document, its white space aside, without regard for smart punctuation.
pub fn text(markdown: &str) -> String {
    let mut text = String::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Text(more) | Event::Code(more) => text.push_str(&more),
            _ => text.push(' '),
        }
    }
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
