//! Documentation of the model as rustdoc's Markdown.
//!
//! Smithy's documentation is CommonMark, but AWS's models hold HTML, not all of it well formed, and some hold plain text. All
//! of it is hostile until proven otherwise: rustdoc runs code blocks as tests, and passes HTML, images and links on to a
//! browser. So text is never edited, but read into a tree that holds text and no markup, and written anew from that:
//!
//! ```text
//! html ------+
//!            +--> tree --(line: escapes, links; print: blocks, wrapping)--> Markdown that means what the tree says
//! markdown --+
//! ```
//!
//! All text of a model that goes into documentation or a deprecation note goes through [`markdown()`] or one of the functions
//! beside it: [`titled`], [`note`], [`text()`], [`code`], [`further_reading`]. What they return may be put together with
//! the generator's own Markdown, paragraph by paragraph, or, where they return one line, within a line.
//!
//! [`constraints`] says in words what the model demands of a value, [`unstated`] leaves out what its authors have said already.

mod builder;
mod constraints;
mod html;
mod line;
mod markdown;
mod print;
mod sentence;
mod stated;
mod text;
mod tree;

#[cfg(test)]
mod tests;

use builder::Builder;
pub use constraints::{Counted, Limits, constraints, constraints_of_each};
use markdown::Author;
pub use stated::unstated;
use tree::{Block, Span};

/// Tells what a name in the documentation links to, if it is that of an item of the generated crate. The name is as the model's
/// authors wrote it: a shape, an operation, a member alone or as `Shape$member`.
pub type Links<'a> = dyn Fn(&str) -> Option<Link> + 'a;

/// An item of the generated crate that documentation names.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Link {
    /// The name that is shown, an identifier or a path: `JobStatus`, `Client::start_job`.
    pub label: String,
    /// The path of the item, as in `crate::JobStatus` or `field@crate::Job::from`. `None` for the item that is being documented,
    /// which is shown and not linked to.
    pub path: Option<String>,
}

/// Documentation of a model as Markdown in lines of about 100 characters, without an empty line at its start or end.
pub fn markdown(documentation: &str, links: &Links<'_>) -> String {
    print::markdown(&tree_of(documentation), links)
}

/// As [`markdown()`], with words of the generator before it: in the first paragraph, if it begins with one.
pub fn titled(title: &str, documentation: &str, links: &Links<'_>) -> String {
    let blocks = tree::titled(Some(Span::text(title)), tree_of(documentation));
    print::markdown(&blocks, links)
}

/// Documentation of a model in one line without links, for where it is shown as Markdown and as text: in deprecation notes.
pub fn note(documentation: &str) -> String {
    let mut spans = tree::without_breaks(tree::flat(tree_of(documentation)));
    for span in &mut spans {
        span.style.link = None;
    }
    print::line(&spans, &|_| None)
}

/// Text of a model that is neither HTML nor Markdown, such as a title, to stand in a line of Markdown.
pub fn text(text: &str) -> String {
    let visible = crate::format::visible(text);
    print::line(&[Span::text(visible)], &|_| None)
}

/// A sentence that links to a page. `url` is followed only if it is an address on the web.
pub fn further_reading(title: &str, url: &str) -> String {
    let mut builder = Builder::default();
    builder.text("See ");
    builder.begin_link(text::destination(&crate::format::visible(url)).as_deref());
    builder.text(&crate::format::visible(title));
    builder.end_link();
    builder.text(".");
    print::markdown(&builder.finish(), &|_| None)
}

/// Markdown of the generator in lines of about 100 characters. Text of a model in it must be what a function of this module
/// returned.
pub fn wrap(markdown: &str) -> String {
    print::markdown(&tree_of_own(markdown), &|_| None)
}

/// Text as code in a line of Markdown.
pub fn code(text: &str) -> String {
    text::code_span(text)
}

/// The first sentence of Markdown that this module returned.
pub fn first_sentence(markdown: &str) -> String {
    let spans = sentence::first_sentence(tree_of_own(markdown));
    print::markdown(&[Block::Paragraph(spans)], &|_| None)
}

/// The first paragraph of Markdown that this module returned, in lines that leave room for one more indentation. Empty if
/// something else than a heading comes before it.
pub fn first_paragraph(markdown: &str) -> String {
    let blocks = tree_of_own(markdown).into_iter();
    let mut blocks = blocks.skip_while(|block| matches!(block, Block::Heading(..)));
    match blocks.next() {
        Some(paragraph @ Block::Paragraph(_)) => {
            print::markdown_within(print::WIDTH - 4, &[paragraph], &|_| None)
        }
        _ => String::new(),
    }
}

fn tree_of(documentation: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    if html::is_html(documentation) {
        html::read(documentation, &mut builder);
    } else {
        markdown::read(documentation, Author::Model, &mut builder);
    }
    builder.finish()
}

fn tree_of_own(markdown: &str) -> Vec<Block> {
    let mut builder = Builder::default();
    markdown::read(markdown, Author::Generator, &mut builder);
    builder.finish()
}
