//! Counts lines of Rust that hold code: no blank lines, no comments, no documentation, no unit tests.

use anyhow::{Context, Result};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Counts in all `.rs` files of a folder and the folders in it.
pub fn in_folder(folder: &Path) -> Result<usize> {
    let mut count = 0;
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            count += in_folder(&path)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            count += in_text(&text).with_context(|| path.display().to_string())?;
        }
    }
    Ok(count)
}

/// Counts in the text of one file.
pub fn in_text(text: &str) -> Result<usize> {
    let tokens: TokenStream = text.parse().map_err(|error| anyhow::anyhow!("{error}"))?;
    let mut lines = BTreeSet::new();
    collect(tokens, &mut lines);
    Ok(lines.len())
}

/// Gathers the lines on which a token stands.
fn collect(tokens: TokenStream, lines: &mut BTreeSet<usize>) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        let mut inner = None;
        if is_punct(&token, '#') {
            inner = tokens.next_if(|token| is_punct(token, '!'));
            if let Some(TokenTree::Group(group)) = tokens.next_if(is_bracketed) {
                match first_words(&group).as_str() {
                    "doc =" => continue,
                    "cfg (test)" => {
                        skip_item(&mut tokens);
                        continue;
                    }
                    _ => collect_tree(TokenTree::Group(group), lines),
                }
            }
        }
        collect_tree(token, lines);
        if let Some(inner) = inner {
            collect_tree(inner, lines);
        }
    }
}

fn collect_tree(token: TokenTree, lines: &mut BTreeSet<usize>) {
    match token {
        TokenTree::Group(group) => {
            extend(group.span_open(), lines);
            extend(group.span_close(), lines);
            collect(group.stream(), lines);
        }
        other => extend(other.span(), lines),
    }
}

fn extend(span: Span, lines: &mut BTreeSet<usize>) {
    lines.extend(span.start().line..=span.end().line);
}

/// An item ends with the first pair of braces, or with a semicolon.
fn skip_item(tokens: &mut impl Iterator<Item = TokenTree>) {
    for token in tokens {
        let braces =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if braces || is_punct(&token, ';') {
            return;
        }
    }
}

fn is_punct(token: &TokenTree, expected: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == expected)
}

fn is_bracketed(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket)
}

/// The two tokens that tell one attribute from another.
fn first_words(attribute: &Group) -> String {
    let words = attribute.stream().into_iter().take(2);
    words
        .map(|word| word.to_string())
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::in_text;

    #[test]
    fn counts_lines_that_hold_code() {
        let text = concat!(
            "//! Docs of the module.\n",
            "#![deny(missing_docs)]\n",
            "\n",
            "/* a comment\n",
            "   of two lines */\n",
            "/// Docs.\n",
            "#[derive(\n",
            "    Clone,\n",
            ")]\n",
            "pub struct A { // why\n",
            "    /// Docs.\n",
            "    pub text: &'static str,\n",
            "}\n",
            "const LINES: &str = \"one // not a comment\n",
            "\n",
            "three\";\n",
        );
        assert_eq!(in_text(text).unwrap(), 1 + 3 + 3 + 3);
    }

    #[test]
    fn leaves_unit_tests_out() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n#[cfg(test)]\nmod more;\nfn c() {}\n";
        assert_eq!(in_text(text).unwrap(), 2);
    }
}
