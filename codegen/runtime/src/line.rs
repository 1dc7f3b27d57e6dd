//! Text from outside, as one short line.
//!
//! The text of a service, a proxy or a provider of credentials may be long, may hold characters that a terminal or a log takes for a
//! command or for a new line, and characters that nobody sees. Every `Display` of an error passes it through here.

use std::fmt::{self, Write as _};

/// The number of characters that are shown of a message from outside.
const TEXT: usize = 1_000;

/// The number of characters that are shown of a name: a code, a state, a request id, a host.
const NAME: usize = 200;

/// The greatest length of the line of an error, all in all.
pub(crate) const LINE: usize = 2_000;

/// Shows a text as one line of at most so many characters.
pub(crate) struct OneLine<'a> {
    text: &'a str,
    most: usize,
}

/// Shows a message from outside.
pub(crate) fn text(text: &str) -> OneLine<'_> {
    OneLine { text, most: TEXT }
}

/// Shows a name from outside.
pub(crate) fn name(text: &str) -> OneLine<'_> {
    OneLine { text, most: NAME }
}

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        LineWriter::new(f, self.most).write_str(self.text)
    }
}

/// Returns a text of ours that may quote text from outside, as one line.
pub(crate) fn boxed(message: String) -> Box<str> {
    if message.len() <= TEXT && is_plain(&message) {
        return message.into_boxed_str();
    }
    text(&message).to_string().into_boxed_str()
}

/// Returns `true` if a text holds nothing but the visible characters of ASCII and spaces.
fn is_plain(text: &str) -> bool {
    for byte in text.bytes() {
        if !matches!(byte, b' '..=b'~') {
            return false;
        }
    }
    true
}

/// Makes one line of what is written: blanks, line ends and control characters become single spaces, invisible characters go, and what
/// is too long is cut.
pub(crate) struct LineWriter<W> {
    to: W,
    /// The number of characters that still fit.
    left: usize,
    /// `true` if a space is due before the next character. It is held back so that blanks at the end of the text leave none.
    owes_space: bool,
    is_cut: bool,
}

impl<W: fmt::Write> LineWriter<W> {
    pub(crate) fn new(to: W, most: usize) -> Self {
        Self {
            to,
            left: most,
            owes_space: false,
            is_cut: false,
        }
    }

    fn push(&mut self, c: char) -> fmt::Result {
        match self.left.checked_sub(1) {
            Some(left) => {
                self.left = left;
                self.to.write_char(c)
            }
            None => {
                self.is_cut = true;
                self.to.write_char('…')
            }
        }
    }
}

impl<W: fmt::Write> fmt::Write for LineWriter<W> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for c in text.chars() {
            // What comes next must not cost anything: the text may be as long as a body.
            if self.is_cut {
                break;
            }
            // A control character counts as a blank: dropping it would join what it separates.
            if c.is_whitespace() || c.is_control() {
                self.owes_space = true;
                continue;
            }
            if is_invisible(c) {
                continue;
            }
            if std::mem::take(&mut self.owes_space) {
                self.push(' ')?;
            }
            if !self.is_cut {
                self.push(c)?;
            }
        }
        Ok(())
    }
}

/// Returns `true` if a character shows nothing, or changes how others are shown: Unicode's `Default_Ignorable_Code_Point`, all that
/// controls the direction of text, and what is reserved for no character.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{ad}' // soft hyphen
        | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}'
        | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200f}' // of no width, and marks of direction
        | '\u{202a}'..='\u{202e}' // embeddings and overrides of direction
        | '\u{2060}'..='\u{206f}' // isolates of direction, among others
        | '\u{2800}' // an empty Braille cell
        | '\u{3164}' | '\u{ffa0}'
        | '\u{fdd0}'..='\u{fdef}' // no characters
        | '\u{fe00}'..='\u{fe0f}' // variation selectors
        | '\u{feff}' // byte order mark
        | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
        | '\u{e0000}'..='\u{e0fff}' // tags, more variation selectors
    ) || (c as u32) & 0xfffe == 0xfffe // the last two of each plane
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_and_what_controls_become_single_spaces() {
        for (message, line) in [
            ("", ""),
            ("as it is", "as it is"),
            ("one\r\n  - two\n\n  - three\n", "one - two - three"),
            (
                "\tone\u{85}two\u{2028}three\u{2029}four\u{b}five\u{c}six",
                " one two three four five six",
            ),
            ("a\u{1b}[31mred\u{7}\0b\u{9b}c\u{7f}d", "a [31mred b c d"),
        ] {
            assert_eq!(text(message).to_string(), line, "{message:?}");
        }
    }

    #[test]
    fn what_nobody_sees_goes() {
        let invisible = "\u{ad}\u{61c}\u{200b}\u{200d}\u{200e}\u{200f}\u{202a}\u{202e}\u{2060}\u{2066}\u{2069}\u{feff}\u{fffe}\u{e0041}";
        for c in invisible.chars() {
            assert_eq!(text(&format!("a{c}b")).to_string(), "ab", "{c:?}");
        }
        let visible = "é ü 語 हिन्दी عربى 🚀 �";
        assert_eq!(text(visible).to_string(), visible);
    }

    #[test]
    fn what_is_too_long_is_cut() {
        let fits = "é".repeat(TEXT);
        assert_eq!(text(&fits).to_string(), fits);
        assert_eq!(text(&format!("{fits}a")).to_string(), format!("{fits}…"));
        assert_eq!(
            text(&format!("{fits} \n a")).to_string(),
            format!("{fits}…")
        );
        assert_eq!(
            text(&"a".repeat(10_000_000)).to_string().chars().count(),
            TEXT + 1
        );
        assert_eq!(
            name(&"a b ".repeat(TEXT)).to_string().chars().count(),
            NAME + 1
        );
    }

    #[test]
    fn what_is_kept_is_one_line_too() {
        for (message, kept) in [("plain", "plain"), ("a\nb", "a b"), ("a\u{202e}b", "ab")] {
            assert_eq!(&*boxed(message.to_owned()), kept);
        }
        assert_eq!(boxed("a".repeat(2 * TEXT)).chars().count(), TEXT + 1);
    }
}
