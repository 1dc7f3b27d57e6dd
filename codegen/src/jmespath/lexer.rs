//! Text to tokens.

use crate::Diagnostic;
use serde_json::Value;

use super::Comparator;

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Identifier(String),
    Number(i64),
    Literal(Value),
    Dot,
    Star,
    Comma,
    Colon,
    Current,
    Reference,
    Not,
    And,
    Or,
    Pipe,
    Comparator(Comparator),
    OpenParenthesis,
    CloseParenthesis,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
    /// `[]`
    Flatten,
    /// `[?`
    Filter,
}

/// Names of tokens in error messages.
impl Token {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Identifier(_) => "a name",
            Self::Number(_) => "a number",
            Self::Literal(_) => "a literal",
            Self::Dot => "`.`",
            Self::Star => "`*`",
            Self::Comma => "`,`",
            Self::Colon => "`:`",
            Self::Current => "`@`",
            Self::Reference => "`&`",
            Self::Not => "`!`",
            Self::And => "`&&`",
            Self::Or => "`||`",
            Self::Pipe => "`|`",
            Self::Comparator(_) => "a comparison",
            Self::OpenParenthesis => "`(`",
            Self::CloseParenthesis => "`)`",
            Self::OpenBracket => "`[`",
            Self::CloseBracket => "`]`",
            Self::OpenBrace => "`{`",
            Self::CloseBrace => "`}`",
            Self::Flatten => "`[]`",
            Self::Filter => "`[?`",
        }
    }
}

/// Signs, longer ones before those that they begin with.
const SIGNS: [(&str, Token); 22] = [
    ("[]", Token::Flatten),
    ("[?", Token::Filter),
    ("&&", Token::And),
    ("||", Token::Or),
    ("==", Token::Comparator(Comparator::Equal)),
    ("!=", Token::Comparator(Comparator::NotEqual)),
    ("<=", Token::Comparator(Comparator::LessOrEqual)),
    (">=", Token::Comparator(Comparator::GreaterOrEqual)),
    ("<", Token::Comparator(Comparator::Less)),
    (">", Token::Comparator(Comparator::Greater)),
    ("|", Token::Pipe),
    ("&", Token::Reference),
    ("!", Token::Not),
    (".", Token::Dot),
    ("*", Token::Star),
    (",", Token::Comma),
    (":", Token::Colon),
    ("@", Token::Current),
    ("(", Token::OpenParenthesis),
    (")", Token::CloseParenthesis),
    ("[", Token::OpenBracket),
    ("]", Token::CloseBracket),
];
const BRACES: [(&str, Token); 2] = [("{", Token::OpenBrace), ("}", Token::CloseBrace)];

pub(super) fn tokens(text: &str) -> Result<Vec<Token>, Diagnostic> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let (token, after) = token(rest).map_err(|message| super::about(text, message.into()))?;
        tokens.push(token);
        rest = after.trim_start();
    }
    Ok(tokens)
}

fn token(text: &str) -> Result<(Token, &str), String> {
    for (sign, token) in SIGNS.iter().chain(&BRACES) {
        if let Some(after) = text.strip_prefix(sign) {
            return Ok((token.clone(), after));
        }
    }
    match text.chars().next() {
        Some('\'') => raw_string(text),
        Some('`') => json_literal(text),
        Some('"') => quoted_identifier(text),
        Some('-' | '0'..='9') => number(text),
        Some('a'..='z' | 'A'..='Z' | '_') => {
            let (name, after) = split_where(text, |c| !c.is_ascii_alphanumeric() && c != '_');
            Ok((Token::Identifier(name.to_owned()), after))
        }
        _ => Err(format!("has an unexpected character at {text:?}")),
    }
}

fn number(text: &str) -> Result<(Token, &str), String> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let (_, after) = split_where(digits, |c| !c.is_ascii_digit());
    let (number, after) = text.split_at(text.len() - after.len());
    let number = number
        .parse()
        .map_err(|_| format!("has the number {number:?}, which is not an integer of 64 bits"))?;
    Ok((Token::Number(number), after))
}

/// `'text'`, in which only a quote has to be escaped.
fn raw_string(text: &str) -> Result<(Token, &str), String> {
    let (inner, after) = quoted(text, '\'')?;
    Ok((
        Token::Literal(Value::String(inner.replace("\\'", "'"))),
        after,
    ))
}

/// `` `json` ``; a string may be written without its quotes.
fn json_literal(text: &str) -> Result<(Token, &str), String> {
    let (inner, after) = quoted(text, '`')?;
    let inner = inner.replace("\\`", "`");
    let value = serde_json::from_str(inner.trim())
        .unwrap_or_else(|_| Value::String(inner.trim().to_owned()));
    Ok((Token::Literal(value), after))
}

fn quoted_identifier(text: &str) -> Result<(Token, &str), String> {
    let (inner, after) = quoted(text, '"')?;
    let name = serde_json::from_str(&format!("\"{inner}\""))
        .map_err(|error| format!("has a quoted name that is not a JSON string: {error}"))?;
    Ok((Token::Identifier(name), after))
}

/// Splits text that begins with a quote: into the text up to its partner, and all that follows.
fn quoted(text: &str, quote: char) -> Result<(&str, &str), String> {
    let inner = text.strip_prefix(quote).unwrap_or(text);
    let mut is_escaped = false;
    for (at, c) in inner.char_indices() {
        if c == quote && !is_escaped {
            let (inner, after) = inner.split_at(at);
            return Ok((inner, after.strip_prefix(quote).unwrap_or(after)));
        }
        is_escaped = c == '\\' && !is_escaped;
    }
    Err(format!("lacks the closing {quote}"))
}

fn split_where(text: &str, ends: impl Fn(char) -> bool) -> (&str, &str) {
    text.split_at(text.find(ends).unwrap_or(text.len()))
}
