//! Text to tokens, one after the other. White space and comments are tokens, since the grammar says where lines must end.

use std::ops::Range;

/// A kind of token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Token {
    /// Spaces and tabs.
    Space,
    Newline,
    Comma,
    /// `// …`, with the end of its line.
    Comment,
    /// `/// …`, with the end of its line.
    DocComment,
    At,
    String,
    TextBlock,
    Colon,
    /// `:=`
    Walrus,
    Identifier,
    Dot,
    Pound,
    Dollar,
    Number,
    LeftBrace,
    RightBrace,
    LeftBracket,
    RightBracket,
    LeftParen,
    RightParen,
    Equal,
    End,
    /// Text that is no token.
    Wrong(Mistake),
}

/// The reasons why text is no token.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mistake {
    /// A character that begins no token.
    Character,
    /// One `/`.
    Slash,
    /// A string without its closing quotes, of which there are so many.
    Unclosed(usize),
    /// `-` that no digit follows.
    Minus,
    /// A `.` in a number that no digit follows.
    Fraction,
    /// An `e` in a number that no digit follows.
    Exponent,
    /// A number that begins with a zero and goes on.
    LeadingZero,
    /// `_` alone.
    Underscores,
}

impl Token {
    /// Returns `true` for what may stand between any two other tokens; documentation comments are told apart.
    pub fn is_space(self) -> bool {
        matches!(
            self,
            Self::Space | Self::Newline | Self::Comma | Self::Comment
        )
    }

    /// Returns the token as a message calls what is expected.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Space => "a space",
            Self::Newline => "a line break",
            Self::Comma => "`,`",
            Self::Comment => "a comment",
            Self::DocComment => "a documentation comment",
            Self::At => "`@`",
            Self::String => "a string",
            Self::TextBlock => "a text block",
            Self::Colon => "`:`",
            Self::Walrus => "`:=`",
            Self::Identifier => "a name",
            Self::Dot => "`.`",
            Self::Pound => "`#`",
            Self::Dollar => "`$`",
            Self::Number => "a number",
            Self::LeftBrace => "`{`",
            Self::RightBrace => "`}`",
            Self::LeftBracket => "`[`",
            Self::RightBracket => "`]`",
            Self::LeftParen => "`(`",
            Self::RightParen => "`)`",
            Self::Equal => "`=`",
            Self::End => "the end of the file",
            Self::Wrong(_) => "something else",
        }
    }
}

/// A reader of tokens.
#[derive(Clone, Debug)]
pub struct Lexer<'a> {
    text: &'a str,
    token: Token,
    range: Range<usize>,
}

impl<'a> Lexer<'a> {
    /// Returns a reader at the first token.
    pub fn new(text: &'a str) -> Self {
        let mut lexer = Self {
            text,
            token: Token::End,
            range: 0..0,
        };
        lexer.advance();
        lexer
    }

    /// Returns the kind of the token that the reader is at.
    pub fn token(&self) -> Token {
        self.token
    }

    /// Returns the place of that token.
    pub fn range(&self) -> Range<usize> {
        self.range.clone()
    }

    /// Returns the text of that token.
    pub fn lexeme(&self) -> &'a str {
        self.text.get(self.range.clone()).unwrap_or_default()
    }

    /// Returns the whole text.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Returns `true` if the token begins its line.
    pub fn begins_line(&self) -> bool {
        let before = self.text.as_bytes().get(..self.range.start);
        matches!(
            before.and_then(<[u8]>::last),
            None | Some(b'\n') | Some(b'\r')
        )
    }

    /// Goes on to the next token. The end of the file is never left.
    pub fn advance(&mut self) {
        let start = self.range.end;
        let rest = self.text.get(start..).unwrap_or_default();
        let (token, length) = first(rest.as_bytes());
        // What is no token may be a character of several bytes.
        let length = match token {
            Token::Wrong(Mistake::Character) => rest.chars().next().map_or(0, char::len_utf8),
            _ => length,
        };
        self.token = token;
        self.range = start..start + length;
    }
}

/// The token that bytes begin with, and its length.
fn first(bytes: &[u8]) -> (Token, usize) {
    let Some(byte) = bytes.first() else {
        return (Token::End, 0);
    };
    let next = bytes.get(1);
    match byte {
        b' ' | b'\t' => (
            Token::Space,
            run(bytes, |byte| matches!(byte, b' ' | b'\t')),
        ),
        b'\r' if next == Some(&b'\n') => (Token::Newline, 2),
        b'\r' | b'\n' => (Token::Newline, 1),
        b',' => (Token::Comma, 1),
        b'@' => (Token::At, 1),
        b'$' => (Token::Dollar, 1),
        b'.' => (Token::Dot, 1),
        b'{' => (Token::LeftBrace, 1),
        b'}' => (Token::RightBrace, 1),
        b'[' => (Token::LeftBracket, 1),
        b']' => (Token::RightBracket, 1),
        b'(' => (Token::LeftParen, 1),
        b')' => (Token::RightParen, 1),
        b'#' => (Token::Pound, 1),
        b'=' => (Token::Equal, 1),
        b':' if next == Some(&b'=') => (Token::Walrus, 2),
        b':' => (Token::Colon, 1),
        b'"' => string(bytes),
        b'/' => comment(bytes),
        b'-' | b'0'..=b'9' => number(bytes),
        b'_' | b'a'..=b'z' | b'A'..=b'Z' => identifier(bytes),
        _ => (Token::Wrong(Mistake::Character), 1),
    }
}

/// The number of bytes that are of a kind.
fn run(bytes: &[u8], is_of_kind: impl Fn(&u8) -> bool) -> usize {
    bytes.iter().take_while(|byte| is_of_kind(byte)).count()
}

fn identifier(bytes: &[u8]) -> (Token, usize) {
    let length = run(bytes, |byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    if run(bytes, |byte| *byte == b'_') == length {
        (Token::Wrong(Mistake::Underscores), length)
    } else {
        (Token::Identifier, length)
    }
}

fn comment(bytes: &[u8]) -> (Token, usize) {
    let token = match bytes {
        [_, b'/', b'/', ..] => Token::DocComment,
        [_, b'/', ..] => Token::Comment,
        _ => return (Token::Wrong(Mistake::Slash), 1),
    };
    let length = run(bytes, |byte| !matches!(byte, b'\n' | b'\r'));
    let end = match bytes.get(length..) {
        Some([b'\r', b'\n', ..]) => 2,
        Some([_, ..]) => 1,
        _ => 0,
    };
    (token, length + end)
}

fn number(bytes: &[u8]) -> (Token, usize) {
    let digits = |at: usize| run(bytes.get(at..).unwrap_or_default(), u8::is_ascii_digit);
    let mut at = usize::from(bytes.first() == Some(&b'-'));
    let whole = digits(at);
    if whole == 0 {
        return (Token::Wrong(Mistake::Minus), at);
    }
    let has_leading_zero = whole > 1 && bytes.get(at) == Some(&b'0');
    at += whole;
    if bytes.get(at) == Some(&b'.') {
        let fraction = digits(at + 1);
        at += 1 + fraction;
        if fraction == 0 {
            return (Token::Wrong(Mistake::Fraction), at);
        }
    }
    if let Some(b'e' | b'E') = bytes.get(at) {
        at += 1 + usize::from(matches!(bytes.get(at + 1), Some(b'+' | b'-')));
        let exponent = digits(at);
        at += exponent;
        if exponent == 0 {
            return (Token::Wrong(Mistake::Exponent), at);
        }
    }
    if has_leading_zero {
        return (Token::Wrong(Mistake::LeadingZero), at);
    }
    (Token::Number, at)
}

/// A string or a text block, with its quotes.
fn string(bytes: &[u8]) -> (Token, usize) {
    let (token, quotes) = match bytes {
        [_, b'"', b'"', ..] => (Token::TextBlock, 3),
        _ => (Token::String, 1),
    };
    let mut at = quotes;
    while let Some(byte) = bytes.get(at) {
        let rest = bytes.get(at..).unwrap_or_default();
        if run(rest.get(..quotes).unwrap_or_default(), |byte| *byte == b'"') == quotes {
            return (token, at + quotes);
        }
        at += if *byte == b'\\' { 2 } else { 1 };
    }
    (Token::Wrong(Mistake::Unclosed(quotes)), bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<(Token, &str)> {
        let mut lexer = Lexer::new(text);
        let mut tokens = Vec::new();
        while lexer.token() != Token::End {
            tokens.push((lexer.token(), lexer.lexeme()));
            lexer.advance();
        }
        let whole: String = tokens.iter().map(|(_, lexeme)| *lexeme).collect();
        assert_eq!(whole, text, "nothing is lost");
        tokens
    }

    fn only(text: &str) -> Token {
        match *tokens(text) {
            [(token, _)] => token,
            ref more => panic!("{text}: {more:?}"),
        }
    }

    #[test]
    fn tokens_of_every_kind() {
        let kinds: Vec<_> = tokens("@a.b#C$d(e: := = {}[]) , \t// x\r\n/// y\n\r")
            .into_iter()
            .map(|(token, _)| token)
            .collect();
        use Token::*;
        let expected = [
            At,
            Identifier,
            Dot,
            Identifier,
            Pound,
            Identifier,
            Dollar,
            Identifier,
            LeftParen,
            Identifier,
            Colon,
            Space,
            Walrus,
            Space,
            Equal,
            Space,
            LeftBrace,
            RightBrace,
            LeftBracket,
            RightBracket,
            RightParen,
            Space,
            Comma,
            Space,
            Comment,
            DocComment,
            Newline,
        ];
        assert_eq!(kinds, expected);
    }

    #[test]
    fn numbers() {
        for number in ["0", "-0", "12", "-1.50", "1e3", "1E+3", "0.1e-10"] {
            assert_eq!(only(number), Token::Number, "{number}");
        }
        for (wrong, mistake) in [
            ("-", Mistake::Minus),
            ("1.", Mistake::Fraction),
            ("1.0e", Mistake::Exponent),
            ("1e+", Mistake::Exponent),
            ("007", Mistake::LeadingZero),
            ("-01.5", Mistake::LeadingZero),
        ] {
            assert_eq!(only(wrong), Token::Wrong(mistake), "{wrong}");
        }
        assert_eq!(tokens("1.2.3").len(), 3);
    }

    #[test]
    fn names_and_strings() {
        for name in ["a", "_a", "__1", "a_1"] {
            assert_eq!(only(name), Token::Identifier, "{name}");
        }
        assert_eq!(only("__"), Token::Wrong(Mistake::Underscores));
        for string in [r#""""#, r#""a\"b""#, "\"a\nb\"", r#""\\""#] {
            assert_eq!(only(string), Token::String, "{string}");
        }
        for block in [r#""""""""#, r#""""a"b""c\"""""#] {
            assert_eq!(only(block), Token::TextBlock, "{block}");
        }
        for open in [r#"""#, r#""a\""#, "\"ä\\"] {
            assert_eq!(only(open), Token::Wrong(Mistake::Unclosed(1)), "{open}");
        }
        assert_eq!(only(r#""""a"b"""#), Token::Wrong(Mistake::Unclosed(3)));
        assert_eq!(only("é"), Token::Wrong(Mistake::Character));
        assert_eq!(only("/"), Token::Wrong(Mistake::Slash));
    }
}
