//! Values, as in traits and metadata.

use std::collections::HashSet;

use super::super::lexer::Token;
use super::super::syntax::{Node, Object, Spanned, Value};
use super::super::text;
use super::cursor::shortened;
use super::{DEEPEST, Parser, Result, at};

/// The values that are possible, in words.
pub(super) const VALUE: &str = "a value";

impl<'a> Parser<'a> {
    /// Takes a value.
    pub(super) fn node(&mut self) -> Result<Node<'a>> {
        let start = self.lexer.range().start;
        let value = match self.lexer.token() {
            Token::String | Token::TextBlock => Value::String(self.string()?.value),
            Token::Number => self.number()?,
            Token::Identifier => keyword_or_id(self.shape_id()?.value),
            Token::LeftBrace => Value::Object(self.nested(Self::object)?),
            Token::LeftBracket => Value::Array(self.nested(Self::array)?),
            Token::Newline | Token::Comment | Token::DocComment => {
                return Err(self.expected("a value in the same line"));
            }
            _ => return Err(self.expected(VALUE)),
        };
        Ok(Spanned {
            value,
            span: start..self.end_of_last(),
        })
    }

    /// Takes the key of an object: an identifier or a string.
    pub(super) fn key(&mut self) -> Result<Spanned<String>> {
        match self.lexer.token() {
            Token::String => self.string(),
            Token::Identifier => {
                let name = self.identifier()?;
                Ok(Spanned {
                    value: name.value.to_owned(),
                    span: name.span,
                })
            }
            _ => Err(self.expected("a name or a string")),
        }
    }

    /// Takes a string or a text block.
    pub(super) fn string(&mut self) -> Result<Spanned<String>> {
        let lexeme = self.lexer.lexeme();
        let span = self.lexer.range();
        let said = match self.lexer.token() {
            Token::TextBlock => text::of_block(between(lexeme, 3)),
            Token::String => text::of_string(between(lexeme, 1)),
            _ => return Err(self.expected("a string")),
        };
        self.lexer.advance();
        let value = said.map_err(|message| at(&span, message))?;
        Ok(Spanned { value, span })
    }

    /// Takes a number.
    pub(super) fn number(&mut self) -> Result<Value<'a>> {
        let lexeme = self.lexer.lexeme();
        let span = self.take(Token::Number)?;
        match crate::model::json::parse(lexeme) {
            Ok(serde_json::Value::Number(number)) => Ok(Value::Number(number)),
            Ok(serde_json::Value::String(_)) => Ok(Value::LongNumber(lexeme)),
            _ => Err(at(
                &span,
                format!("the number `{}` is too large", shortened(lexeme)),
            )),
        }
    }

    /// Takes a value that has others in it.
    pub(super) fn nested<T>(&mut self, take: impl FnOnce(&mut Self) -> Result<T>) -> Result<T> {
        if self.depth == DEEPEST {
            let message = format!("values must not be nested deeper than {DEEPEST} levels");
            return Err(self.mistake_here(message));
        }
        self.depth += 1;
        let taken = take(self)?;
        self.depth -= 1;
        Ok(taken)
    }

    fn array(&mut self) -> Result<Vec<Node<'a>>> {
        self.take(Token::LeftBracket)?;
        self.skip_space_and_docs();
        let mut nodes = Vec::new();
        while self.lexer.token() != Token::RightBracket {
            match self.lexer.token() {
                Token::End => return Err(self.expected("a value or `]`")),
                _ => nodes.push(self.node()?),
            }
            self.skip_space_and_docs();
        }
        self.lexer.advance();
        Ok(nodes)
    }

    /// Takes an object with its braces.
    pub(super) fn object(&mut self) -> Result<Object<'a>> {
        self.take(Token::LeftBrace)?;
        self.skip_space_and_docs();
        let object = self.entries(Vec::new(), Token::RightBrace)?;
        self.lexer.advance();
        Ok(object)
    }

    /// Takes the properties of an object up to its end. Some may have been read already.
    pub(super) fn entries(&mut self, mut object: Object<'a>, end: Token) -> Result<Object<'a>> {
        let mut known: HashSet<_> = object.iter().map(|(key, _)| key.value.clone()).collect();
        while self.lexer.token() != end {
            if !matches!(self.lexer.token(), Token::Identifier | Token::String) {
                let wanted = format!("a name, a string or {}", end.in_words());
                return Err(self.expected(&wanted));
            }
            let key = self.key()?;
            self.skip_space_and_docs();
            self.take(Token::Colon)?;
            self.skip_space_and_docs();
            let value = self.node()?;
            if !known.insert(key.value.clone()) {
                let message = format!(
                    "the key `{}` stands twice in one object",
                    shortened(&key.value)
                );
                return Err(at(&key.span, message));
            }
            object.push((key, value));
            self.skip_space_and_docs();
        }
        Ok(object)
    }
}

/// The meaning of `true` and other identifiers.
pub(super) fn keyword_or_id(text: &str) -> Value<'_> {
    match text {
        "true" => Value::Bool(true),
        "false" => Value::Bool(false),
        "null" => Value::Null,
        id => Value::Id(id),
    }
}

/// Takes the quotes from both ends.
fn between(lexeme: &str, quotes: usize) -> &str {
    let end = lexeme.len().saturating_sub(quotes);
    lexeme.get(quotes..end).unwrap_or_default()
}

impl Value<'_> {
    /// Returns the value in a few words.
    pub fn in_words(&self) -> String {
        match self {
            Self::Null => "null".to_owned(),
            Self::Bool(value) => value.to_string(),
            Self::Number(number) => number.to_string(),
            Self::String(text) if text.is_empty() => "an empty string".to_owned(),
            Self::String(text) => format!("`{}`", shortened(text)),
            Self::Id(id) => format!("`{id}`"),
            Self::LongNumber(number) => shortened(number),
            Self::Array(_) => "an array".to_owned(),
            Self::Object(_) => "an object".to_owned(),
        }
    }
}
