//! Counts lines of Rust that hold code: no blank lines, no comments, no documentation, no unit tests.

use anyhow::{Context, Result};
use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Counts in all `.rs` files of a folder and the folders in it.
pub fn in_folder(folder: &Path) -> Result<usize> {
    let files = sources(folder)?;
    let tests: BTreeSet<PathBuf> = files
        .iter()
        .flat_map(|(path, tokens)| test_files(path, tokens.clone()))
        .collect();
    let counted = files.into_iter().filter(|(path, _)| !tests.contains(path));
    Ok(counted.map(|(_, tokens)| count(tokens)).sum())
}

/// All `.rs` files of a folder and the folders in it.
fn sources(folder: &Path) -> Result<Vec<(PathBuf, TokenStream)>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).with_context(|| folder.display().to_string())? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(sources(&path)?);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(&path)?;
            let tokens = parse(&text).with_context(|| path.display().to_string())?;
            files.push((path, tokens));
        }
    }
    Ok(files)
}

fn parse(text: &str) -> Result<TokenStream> {
    text.parse().map_err(|error| anyhow::anyhow!("{error}"))
}

/// The files of the modules that a file has for tests alone.
fn test_files(path: &Path, tokens: TokenStream) -> Vec<PathBuf> {
    let is_root = matches!(path.file_stem(), Some(stem) if stem == "lib" || stem == "mod");
    let folder = if is_root {
        path.with_file_name("")
    } else {
        path.with_extension("")
    };
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut files = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let is_test =
            matches!(token, TokenTree::Group(group) if first_words(group) == "cfg (test)");
        if !is_test {
            continue;
        }
        let rest = tokens.iter().skip(at + 1);
        let item: Vec<String> = rest
            .take_while(|token| !ends_item(token))
            .map(ToString::to_string)
            .collect();
        let is_elsewhere = tokens
            .get(at + 1 + item.len())
            .is_some_and(|end| is_punct(end, ';'));
        if let [.., keyword, name] = item.as_slice()
            && keyword == "mod"
            && is_elsewhere
        {
            files.push(folder.join(name).with_extension("rs"));
        }
    }
    files
}

fn count(tokens: TokenStream) -> usize {
    let mut lines = BTreeSet::new();
    collect(tokens, &mut lines);
    lines.len()
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
        if ends_item(&token) {
            return;
        }
    }
}

fn ends_item(token: &TokenTree) -> bool {
    let braces = matches!(token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
    braces || is_punct(token, ';')
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
    use super::{count, parse, test_files};
    use std::path::{Path, PathBuf};

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
        assert_eq!(count(parse(text).unwrap()), 1 + 3 + 3 + 3);
    }

    #[test]
    fn leaves_unit_tests_out() {
        let text = "fn a() {}\n#[cfg(test)]\nmod tests {\n    fn b() {}\n}\n#[cfg(test)]\nmod more;\nfn c() {}\n";
        assert_eq!(count(parse(text).unwrap()), 2);
    }

    #[test]
    fn knows_the_files_of_unit_tests() {
        let text = "mod code;\n#[cfg(test)]\n#[allow(dead_code)]\nmod tests;\n#[cfg(test)]\nfn help() {}\nmod more;";
        for (file, tests) in [
            ("src/wire/read.rs", "src/wire/read/tests.rs"),
            ("src/wire/mod.rs", "src/wire/tests.rs"),
        ] {
            let found = test_files(Path::new(file), parse(text).unwrap());
            assert_eq!(found, [PathBuf::from(tests)]);
        }
    }
}
