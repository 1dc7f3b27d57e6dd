//! The text of strings and text blocks: escapes, line ends, and the indentation that is not part of the text.

use std::borrow::Cow;

/// Returns the text between the quotes of a string.
pub fn of_string(content: &str) -> Result<String, String> {
    unescape(&with_unix_lines(content), false)
}

/// Returns the text between the quotes of a text block, without the indentation that all its lines share.
pub fn of_block(content: &str) -> Result<String, String> {
    let content = with_unix_lines(content);
    let Some((first, lines)) = content.split_once('\n') else {
        return Err(if content.is_empty() {
            "a text block must not be empty".to_owned()
        } else {
            BEGINS_WITH_TEXT.to_owned()
        });
    };
    if !first.trim_matches([' ', '\t']).is_empty() {
        return Err(BEGINS_WITH_TEXT.to_owned());
    }
    unescape(&without_indentation(lines), true)
}

const BEGINS_WITH_TEXT: &str = "the text of a text block must begin on the line after the quotes";

fn with_unix_lines(text: &str) -> Cow<'_, str> {
    if text.contains('\r') {
        text.replace("\r\n", "\n").replace('\r', "\n").into()
    } else {
        text.into()
    }
}

/// Lines of nothing but spaces do not count for the indentation, except the last one.
fn without_indentation(block: &str) -> String {
    let lines: Vec<_> = block.split('\n').collect();
    let last = lines.len() - 1;
    let indentations = lines.iter().enumerate().filter_map(|(index, line)| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        (spaces < line.len() || index == last).then_some(spaces)
    });
    let indentation = indentations.min().unwrap_or_default();
    let lines = lines.iter().map(|line| without_spaces(line, indentation));
    lines.collect::<Vec<_>>().join("\n")
}

/// Takes the indentation, and spaces at the end, as Smithy's loader does: it keeps a first character in any case.
fn without_spaces(line: &str, indentation: usize) -> &str {
    let first = line.chars().next().map_or(0, char::len_utf8);
    let end = line.trim_end_matches(' ').len().max(first);
    line.get(indentation..end).unwrap_or_default()
}

fn unescape(text: &str, is_block: bool) -> Result<String, String> {
    let mut said = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => said.extend(escape(&mut characters)?),
            '"' if !is_block => return Err("`\"` ends the string here".to_owned()),
            '\t' | '\n' => said.push(character),
            '\0'..='\u{1f}' => {
                return Err(format!(
                    "the character U+{:04X} must be written as an escape",
                    u32::from(character)
                ));
            }
            _ => said.push(character),
        }
    }
    Ok(said)
}

/// Reads what follows a `\`. An escaped end of a line is nothing.
fn escape(rest: &mut std::str::Chars<'_>) -> Result<Option<char>, String> {
    Ok(Some(match rest.next() {
        Some(same @ ('"' | '\\' | '/')) => same,
        Some('b') => '\u{8}',
        Some('f') => '\u{c}',
        Some('n') => '\n',
        Some('r') => '\r',
        Some('t') => '\t',
        Some('u') => unicode(rest)?,
        Some('\n') => return Ok(None),
        Some(other) => {
            let shown = if crate::format::is_visible(other) {
                other
            } else {
                char::REPLACEMENT_CHARACTER
            };
            return Err(format!(
                "`\\{shown}` is no escape: there are `\\\"`, `\\\\`, `\\/`, `\\b`, `\\f`, `\\n`, `\\r`, `\\t` and `\\u` with four \
                 hexadecimal digits"
            ));
        }
        None => return Err("nothing follows `\\`".to_owned()),
    }))
}

/// Reads four hexadecimal digits: a UTF-16 code unit, or the first of two.
fn unicode(rest: &mut std::str::Chars<'_>) -> Result<char, String> {
    let first = code_unit(rest)?;
    let mut units = vec![first];
    if (0xd800..0xdc00).contains(&first) {
        let mut ahead = rest.clone();
        if ahead.next() == Some('\\') && ahead.next() == Some('u') {
            units.push(code_unit(&mut ahead)?);
            *rest = ahead;
        }
    }
    match char::decode_utf16(units).next() {
        Some(Ok(character)) => Ok(character),
        _ => Err(format!("`\\u{first:04x}` is only half of a character")),
    }
}

fn code_unit(rest: &mut std::str::Chars<'_>) -> Result<u16, String> {
    let mut unit = 0;
    for _ in 0..4 {
        let digit = rest.next().and_then(|digit| digit.to_digit(16));
        let digit = digit.ok_or("`\\u` must be followed by four hexadecimal digits")?;
        unit = unit * 16 + digit as u16;
    }
    Ok(unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let said = of_string(r#"\"\\\/\b\f\n\r\t\u00e4\uD83D\ude00 'ä'"#);
        assert_eq!(said.unwrap(), "\"\\/\u{8}\u{c}\n\r\tä😀 'ä'");
        assert_eq!(of_string("a\r\nb\rc\\\r\nd").unwrap(), "a\nb\ncd");
    }

    #[test]
    fn what_is_no_escape() {
        let error = |content: &str| of_string(content).unwrap_err();
        assert!(error(r"\'").starts_with(r"`\'` is no escape"));
        assert!(error("\\\u{202e}").starts_with("`\\\u{fffd}` is no escape"));
        for cut in [r"\u", r"\ua", r"\uaaa", r"\uataa", r"\u+123"] {
            assert!(error(cut).contains("four hexadecimal digits"), "{cut}");
        }
        for half in [r"\ud83d", r"\ud83d\n", r"\ud83d\ud83d", r"\ude00"] {
            assert!(error(half).ends_with("only half of a character"), "{half}");
        }
        assert_eq!(
            error("a\u{1}"),
            "the character U+0001 must be written as an escape"
        );
    }

    #[test]
    fn text_blocks_lose_what_all_lines_are_indented_by() {
        for (content, expected) in [
            ("\n    Hello\n    ", "Hello\n"),
            ("\n    Hello", "Hello"),
            ("\n      a\n    b\n\n  \n     c  ", "  a\nb\n\n\n c"),
            ("\n    a\n  ", "  a\n"),
            ("\n    a\n         ", "a\n"),
            ("\n    ", ""),
            ("\n\n    ", "\n"),
            ("  \n    a", "a"),
            ("\r\n    a\r\n    b\\\r\n    c", "a\nbc"),
            ("\n\ta\n    b", "\ta\n    b"),
            ("\n    say \"\"\\\"", "say \"\"\""),
            ("\n    a\\n  b", "a\n  b"),
        ] {
            assert_eq!(of_block(content).unwrap(), expected, "{content:?}");
        }
    }

    #[test]
    fn text_blocks_that_are_wrong() {
        assert_eq!(of_block("").unwrap_err(), "a text block must not be empty");
        for content in ["a", " a\n", "a\n"] {
            assert_eq!(of_block(content).unwrap_err(), BEGINS_WITH_TEXT);
        }
    }
}
