//! The first sentence of a text.

use super::tree::{Block, Kind, Span, flat, without_breaks};

/// Words that end in a full stop without ending a sentence.
const ABBREVIATIONS: &[&str] = &[
    "e.g.", "i.e.", "etc.", "vs.", "cf.", "approx.", "incl.", "no.", "a.k.a.",
];

/// The first sentence of the first block that says anything.
pub(super) fn first_sentence(blocks: Vec<Block>) -> Vec<Span> {
    let mut blocks = blocks.into_iter().map(|block| flat(vec![block]));
    let mut spans = without_breaks(blocks.next().unwrap_or_default());
    cut(&mut spans);
    spans
}

/// Cuts text after its first sentence.
fn cut(spans: &mut Vec<Span>) {
    // Code and links do not end a sentence, so that what is in them does not matter here.
    let is_plain = |span: &Span| span.kind == Kind::Text && span.style.link.is_none();
    let text: String = spans
        .iter()
        .map(|span| match is_plain(span) {
            true => span.text.clone(),
            false => "x".repeat(span.text.len()),
        })
        .collect();
    let mut left = sentence_end(&text);
    spans.retain_mut(|span| {
        let length = span.text.len().min(left);
        span.text.truncate(length);
        left -= length;
        length > 0
    });
}

/// The end of the first sentence of a text.
fn sentence_end(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            '.' | '!' | '?' if depth == 0 && ends_sentence(text, at + 1) => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// Returns `true` if the full stop before `position` ends a sentence.
fn ends_sentence(text: &str, position: usize) -> bool {
    let (before, after) = text.split_at(position);
    let next = after.trim_start();
    let is_apart = next.is_empty() || next.len() < after.len();
    // An abbreviation is short; to look no further for its start keeps this linear.
    let is_abbreviation = || {
        let word: Vec<_> = before.chars().rev().take(8).collect();
        let word = word.iter().take_while(|c| !matches!(c, ' ' | '(' | '\n'));
        let word: String = word.collect::<Vec<_>>().into_iter().rev().collect();
        ABBREVIATIONS.contains(&word.to_lowercase().as_str())
    };
    is_apart && !next.starts_with(char::is_lowercase) && !is_abbreviation()
}
