//! Text that means nothing: escapes, code spans, and destinations of links.
//!
//! All that comes from a model and goes into documentation goes through here in the end.

use std::fmt::Write as _;

/// Text as code in a line of Markdown, with as many backticks around it as it needs.
pub(super) fn code_span(text: &str) -> String {
    let visible = crate::format::visible(text);
    let words: Vec<_> = visible.split_whitespace().collect();
    let text = match words.join(" ") {
        // There is no empty code span.
        text if text.is_empty() => "\"\"".to_owned(),
        text => text,
    };
    let ticks = "`".repeat(longest_run_of_backticks(&text) + 1);
    let pad = if text.starts_with('`') || text.ends_with('`') {
        " "
    } else {
        ""
    };
    format!("{ticks}{pad}{text}{pad}{ticks}")
}

/// A fence that nothing in a code block ends.
pub(super) fn fence_around(code: &str) -> String {
    "`".repeat(longest_run_of_backticks(code).max(2) + 1)
}

fn longest_run_of_backticks(text: &str) -> usize {
    let runs = text.split(|c| c != '`').map(str::len);
    runs.max().unwrap_or_default()
}

/// A word of text with a backslash before each character that means something to Markdown.
pub(super) fn escape(word: &str) -> String {
    let mut escaped = String::with_capacity(word.len());
    let mut before = ' ';
    let mut rest = word.chars();
    while let Some(c) = rest.next() {
        let after = rest.as_str();
        let means_something = match c {
            '\\' | '`' | '*' | '[' | ']' | '<' | '~' => true,
            // Between letters it means nothing.
            '_' => !(before.is_alphanumeric() && after.starts_with(char::is_alphanumeric)),
            // Two hyphens would become a dash.
            '-' => before == '-',
            '&' => begins_entity(after),
            _ => false,
        };
        if means_something {
            escaped.push('\\');
        }
        escaped.push(c);
        before = c;
    }
    escaped
}

/// Returns `true` if `after`, which follows `&`, makes a character reference of it. None is longer than this.
fn begins_entity(after: &str) -> bool {
    let mut characters = after.chars().take(40);
    let end = characters.find(|c| !c.is_ascii_alphanumeric() && *c != '#');
    end == Some(';')
}

/// A printed word as it may stand at the start of a line: with a backslash where it would begin a list, a quote, a heading or a
/// table there, or be the line below one.
pub(super) fn at_line_start(word: &str) -> Option<String> {
    let is_all = |marks: &[char]| word.chars().all(|c| marks.contains(&c));
    let marker = word.strip_suffix(['.', ')']).unwrap_or_default();
    if !marker.is_empty() && marker.chars().all(|c| c.is_ascii_digit()) {
        let (number, end) = word.split_at(marker.len());
        Some(format!("{number}\\{end}"))
    } else if word.starts_with(['>', '|', '#'])
        || is_all(&['='])
        || is_all(&['+'])
        || is_all(&['-', ':', '|'])
    {
        Some(format!("\\{word}"))
    } else {
        None
    }
}

/// Returns `true` if text can be the name of a shape, an operation or (`Shape$member`) a member.
pub(super) fn is_name(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '$' | '.' | '#' | '-'))
}

/// Returns `true` if text begins with the address of a web page.
pub(super) fn is_url(text: &str) -> bool {
    text.starts_with("https://") || text.starts_with("http://")
}

/// A path of an item of the crate, `crate::Client::start_job` or `field@crate::Job::from`, as the generator links to it.
pub(super) fn item_path(url: &str) -> Option<&str> {
    let is_path = |c: char| c.is_alphanumeric() || matches!(c, ':' | '_' | '#');
    let path = url.strip_prefix("field@").unwrap_or(url);
    (path.starts_with("crate::") && path.chars().all(is_path)).then_some(url)
}

/// A URL as a link's destination, or nothing if it is no address on the web: all else leads nowhere from generated documentation,
/// or does something there.
pub(super) fn destination(url: &str) -> Option<String> {
    let url = url.trim();
    let after = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))?;
    let host = after.split(['/', '?', '#']).next().unwrap_or_default();
    let is_host = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
    if host.is_empty() || !host.chars().all(is_host) || url.contains(char::is_whitespace) {
        return None;
    }
    let mut text = String::with_capacity(url.len());
    for (at, c) in url.char_indices() {
        let follows = url.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            '(' | ')' | '<' | '>' | '\\' | '`' | '"' | '|' => push_encoded(&mut text, c),
            '&' if begins_entity(follows) => push_encoded(&mut text, c),
            _ => text.push(c),
        }
    }
    Some(text)
}

fn push_encoded(text: &mut String, c: char) {
    // Writing to a string does not fail.
    let _ = write!(text, "%{:02X}", u32::from(c));
}

/// The URL that `text` begins with, without the punctuation after it.
pub(super) fn bare_url(text: &str) -> &str {
    let is_end = |c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | '`' | ']');
    let end = text.find(is_end).unwrap_or(text.len());
    let raw = text.get(..end).unwrap_or(text);
    let mut raw = raw.trim_end_matches(['.', ',', ';', ':', '!', '?', '\'', '*', '_', '\\']);
    let closing = raw.matches(')').count();
    for _ in 0..closing.saturating_sub(raw.matches('(').count()) {
        let Some(shorter) = raw.strip_suffix(')') else {
            break;
        };
        raw = shorter.trim_end_matches(['.', ',']);
    }
    raw
}
