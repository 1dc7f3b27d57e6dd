//! The text of a block: spans, their styles, and links.

use std::rc::Rc;

use super::Builder;
use crate::docs::tree::{Kind, Span, Style};

impl Builder {
    /// Adds text.
    pub(in crate::docs) fn text(&mut self, text: &str) {
        if self.code > 0 {
            self.push(Kind::Code, text, self.code_style.clone());
        } else {
            self.push(Kind::Text, text, self.style());
        }
    }

    /// Adds text in a code span.
    pub(in crate::docs) fn code(&mut self, text: &str) {
        self.push(Kind::Code, text, self.style());
    }

    /// Adds an address as a link to itself.
    pub(in crate::docs) fn url(&mut self, url: &str) {
        self.spans.push(Span {
            kind: Kind::Url,
            text: url.to_owned(),
            style: Style {
                link: None,
                ..self.style()
            },
        });
    }

    /// Ends a line.
    pub(in crate::docs) fn line_break(&mut self) {
        self.spans.push(Span {
            kind: Kind::Break,
            text: String::new(),
            style: Style::default(),
        });
    }

    fn style(&self) -> Style {
        Style {
            bold: self.bold > 0,
            italic: self.italic > 0,
            link: self.link.clone(),
        }
    }

    fn push(&mut self, kind: Kind, text: &str, style: Style) {
        match self.spans.last_mut() {
            Some(last) if last.kind == kind && last.style == style => last.text.push_str(text),
            _ => self.spans.push(Span {
                kind,
                text: text.to_owned(),
                style,
            }),
        }
    }

    pub(in crate::docs) fn set_bold(&mut self, begins: bool) {
        count(&mut self.bold, begins);
    }

    pub(in crate::docs) fn set_italic(&mut self, begins: bool) {
        count(&mut self.italic, begins);
    }

    pub(in crate::docs) fn set_code(&mut self, begins: bool) {
        if self.code == 0 {
            self.code_style = self.style();
        }
        count(&mut self.code, begins);
    }

    /// Begins a link, if it leads anywhere, and ends the one before it.
    pub(in crate::docs) fn begin_link(&mut self, destination: Option<&str>) {
        self.link = destination.map(Rc::from);
    }

    /// Ends a link. One without text gets its destination as its text.
    pub(in crate::docs) fn end_link(&mut self) {
        let Some(link) = self.link.take() else {
            return;
        };
        let is_empty = !self
            .spans
            .iter()
            .rev()
            .take_while(|span| span.style.link.as_ref() == Some(&link))
            .any(|span| !span.is_blank());
        if is_empty {
            self.text(&link);
        }
    }

    /// The place where the next text begins, for [`Builder::name_code`].
    pub(in crate::docs) fn mark(&mut self) -> usize {
        // What follows is not to become a part of the last span.
        self.spans.push(Span::text(""));
        self.spans.len() - 1
    }

    /// Makes the text since `mark` code, if it is plain and `is_name` says that it is a name.
    pub(in crate::docs) fn name_code(&mut self, mark: usize, is_name: impl Fn(&str) -> bool) {
        if let Some([span]) = self.spans.get_mut(mark..)
            && span.kind == Kind::Text
            && is_name(span.text.trim())
        {
            span.kind = Kind::Code;
        }
    }
}

fn count(open: &mut usize, begins: bool) {
    *open = if begins {
        *open + 1
    } else {
        open.saturating_sub(1)
    };
}

/// Splits a paragraph where it has an empty line.
pub(super) fn paragraphs(spans: Vec<Span>) -> impl Iterator<Item = Vec<Span>> {
    let mut paragraphs = vec![Vec::<Span>::new()];
    let mut is_line_start = true;
    for span in spans {
        let is_break = span.kind == Kind::Break;
        if is_break && is_line_start {
            paragraphs.push(Vec::new());
        } else if let Some(paragraph) = paragraphs.last_mut() {
            is_line_start = is_break || (is_line_start && span.is_blank());
            paragraph.push(span);
        }
    }
    paragraphs
        .into_iter()
        .filter(|spans| !spans.iter().all(Span::is_blank))
}

/// Takes the colon from the end of a term.
pub(super) fn trim_colon(spans: &mut [Span]) {
    if let Some(last) = spans.iter_mut().rev().find(|span| !span.is_blank()) {
        let length = last.text.trim_end().trim_end_matches(':').len();
        last.text.truncate(length);
    }
}
