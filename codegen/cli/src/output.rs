//! Standard output and standard error.
//!
//! If the reader has gone away, as `head` does once it has seen enough, the program ends as any Unix filter would: quietly, by
//! `SIGPIPE`. `println!` panics there, and so is not used. Every command prints what it did after it has done it.

use std::fmt::Display;
use std::io::{self, Write};
use std::path::Path;

use crate::interrupt;

/// Prints text as it is on standard output.
pub fn text(text: impl Display) {
    let text = text.to_string();
    let written = {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes()).and_then(|()| out.flush())
    };
    let Err(error) = written else { return };
    if error.kind() == io::ErrorKind::BrokenPipe {
        interrupt::end_by_broken_pipe();
    }
    problem(format!("cannot write to standard output: {error}"));
    interrupt::end(1);
}

/// Prints a line on standard output.
pub fn line(line: impl Display) {
    text(format!("{line}\n"));
}

/// Prints an error on standard error.
pub fn problem(message: impl Display) {
    if let Err(error) = writeln!(io::stderr(), "error: {message}")
        && error.kind() == io::ErrorKind::BrokenPipe
    {
        interrupt::end_by_broken_pipe();
    }
}

/// Prints a line on standard error in the middle of the work, which goes on whether or not somebody reads it.
pub fn note(line: impl Display) {
    let _ = writeln!(io::stderr(), "{line}");
}

/// Returns a path as a message shows it: on one line, and without what moves a terminal's cursor.
pub fn shown(path: &Path) -> String {
    one_line(&path.to_string_lossy())
}

/// Returns text with escapes for the characters that end a line, control a terminal or turn the direction of text.
pub fn one_line(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                shown.extend(character.escape_unicode());
            }
            character if character.is_control() => shown.extend(character.escape_default()),
            character => shown.push(character),
        }
    }
    shown
}

#[test]
fn a_path_is_shown_on_one_line() {
    let path = Path::new("a b/größe\n\u{1b}[31m\u{202e}.json");
    assert_eq!(shown(path), "a b/größe\\n\\u{1b}[31m\\u{202e}.json");
}
