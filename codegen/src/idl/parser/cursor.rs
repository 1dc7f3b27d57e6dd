//! Steps from token to token.

use std::ops::Range;

use super::super::lexer::{self, Token};
use super::super::syntax::{Name, Spanned};
use super::{Mistake, Parser, Result, at};

/// The largest number of characters that a message shows of a token.
const SHOWN: usize = 40;

impl<'a> Parser<'a> {
    pub(super) fn skip_spaces(&mut self) {
        while self.lexer.token() == Token::Space {
            self.lexer.advance();
        }
    }

    /// Skips white space, commas and comments.
    pub(super) fn skip_space(&mut self) {
        while self.lexer.token().is_space() {
            self.lexer.advance();
        }
    }

    pub(super) fn skip_space_and_docs(&mut self) {
        while self.lexer.token().is_space() || self.lexer.token() == Token::DocComment {
            self.lexer.advance();
        }
    }

    /// Takes one or more spaces.
    pub(super) fn take_spaces(&mut self) -> Result<()> {
        self.take(Token::Space)?;
        self.skip_spaces();
        Ok(())
    }

    /// Takes white space, commas or comments, at least one.
    pub(super) fn take_space(&mut self) -> Result<()> {
        if !self.lexer.token().is_space() && self.lexer.token() != Token::DocComment {
            return Err(self.expected("a space or a line break"));
        }
        self.skip_space_and_docs();
        Ok(())
    }

    /// Takes the end of a line, and all white space that follows. Documentation may be that of what comes next.
    pub(super) fn take_line_end(&mut self) -> Result<()> {
        self.skip_spaces();
        match self.lexer.token() {
            Token::Newline | Token::Comment | Token::DocComment => {
                self.lexer.advance();
                self.skip_space();
                Ok(())
            }
            Token::End => Ok(()),
            _ => Err(self.expected("a line break")),
        }
    }

    /// Takes a token of this kind.
    pub(super) fn take(&mut self, token: Token) -> Result<Range<usize>> {
        if self.lexer.token() != token {
            return Err(self.expected(token.in_words()));
        }
        let range = self.lexer.range();
        self.lexer.advance();
        Ok(range)
    }

    /// Takes an identifier.
    pub(super) fn identifier(&mut self) -> Result<Name<'a>> {
        let value = self.lexer.lexeme();
        let span = self.take(Token::Identifier)?;
        Ok(Spanned { value, span })
    }

    /// Returns `true` if the token is this word.
    pub(super) fn is_at(&self, word: &str) -> bool {
        self.lexer.token() == Token::Identifier && self.lexer.lexeme() == word
    }

    /// Returns the text from an index to the token.
    pub(super) fn since(&self, start: usize) -> &'a str {
        let text = self.lexer.text().get(start..self.end_of_last());
        text.unwrap_or_default()
    }

    /// Returns the index at which the token before this one ends.
    pub(super) fn end_of_last(&self) -> usize {
        self.lexer.range().start
    }

    /// Takes `com.example`.
    pub(super) fn namespace_parts(&mut self) -> Result<()> {
        self.take(Token::Identifier)?;
        while self.lexer.token() == Token::Dot {
            self.lexer.advance();
            self.take(Token::Identifier)?;
        }
        Ok(())
    }

    /// Takes the id of a shape or member, which may be relative: `Foo`, `Foo$bar`, `com.example#Foo`.
    pub(super) fn shape_id(&mut self) -> Result<Name<'a>> {
        let start = self.lexer.range().start;
        self.namespace_parts()?;
        if self.lexer.token() == Token::Pound {
            self.lexer.advance();
            self.take(Token::Identifier)?;
        }
        if self.lexer.token() == Token::Dollar {
            self.lexer.advance();
            self.take(Token::Identifier)?;
        }
        Ok(Spanned {
            value: self.since(start),
            span: start..self.end_of_last(),
        })
    }

    /// The mistake that something else was expected than the token.
    pub(super) fn expected(&self, wanted: &str) -> Mistake {
        let message = match self.lexer.token() {
            Token::Wrong(mistake) => self.in_words(mistake),
            _ => format!("expected {wanted}, not {}", self.found()),
        };
        let range = self.lexer.range();
        match self.lexer.token() {
            // What is missing is missing at the end of the file.
            Token::Wrong(lexer::Mistake::Unclosed(_)) => at(&(range.end..range.end), message),
            _ => at(&range, message),
        }
    }

    pub(super) fn mistake_here(&self, message: impl Into<String>) -> Mistake {
        match self.lexer.token() {
            Token::Wrong(_) => self.expected(""),
            _ => at(&self.lexer.range(), message),
        }
    }

    /// The token in a few words.
    pub(super) fn found(&self) -> String {
        let lexeme = self.lexer.lexeme();
        match self.lexer.token() {
            Token::Identifier => format!("`{}`", shortened(lexeme)),
            Token::String | Token::Number => {
                format!("{} `{}`", self.lexer.token().in_words(), shortened(lexeme))
            }
            token => token.in_words().to_owned(),
        }
    }

    fn in_words(&self, mistake: lexer::Mistake) -> String {
        let lexeme = shortened(self.lexer.lexeme());
        match mistake {
            lexer::Mistake::Character => format!("`{lexeme}` has no meaning here"),
            lexer::Mistake::Slash => "a comment begins with `//`".to_owned(),
            lexer::Mistake::Unclosed(quotes) => self.unclosed(quotes),
            lexer::Mistake::Minus => "`-` must be followed by a digit".to_owned(),
            lexer::Mistake::Fraction => {
                format!("`{lexeme}` is no number: `.` must be followed by a digit")
            }
            lexer::Mistake::Exponent => {
                format!("`{lexeme}` is no number: `e`, `+` and `-` must be followed by a digit")
            }
            lexer::Mistake::LeadingZero => {
                format!("`{lexeme}` is no number: it must not begin with a zero")
            }
            lexer::Mistake::Underscores => format!("`{lexeme}` is no name: it needs a letter"),
        }
    }

    fn unclosed(&self, quotes: usize) -> String {
        let start = self.lexer.range().start;
        let before = self.lexer.text().get(..start).unwrap_or_default();
        let line = 1 + before.matches('\n').count();
        let kind = if quotes == 3 { "text block" } else { "string" };
        format!(
            "expected `{}`, the end of the {kind} that begins in line {line}",
            "\"".repeat(quotes)
        )
    }
}

/// The text in one line, without its end if it is long.
pub(super) fn shortened(text: &str) -> String {
    let mut shown: String = text.chars().take(SHOWN).collect();
    if shown.len() < text.len() {
        shown.push('…');
    }
    let line = crate::format::one_line(&shown);
    if line.is_empty() {
        char::REPLACEMENT_CHARACTER.to_string()
    } else {
        line
    }
}
