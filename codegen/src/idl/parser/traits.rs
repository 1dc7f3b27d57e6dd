//! Traits and documentation in front of shapes and members, and `apply`.

use super::super::lexer::Token;
use super::super::syntax::{Apply, Node, Object, Spanned, Trait, Value};
use super::node::{VALUE, keyword_or_id};
use super::{Parser, Result};

const DOCUMENTATION: &str = "smithy.api#documentation";

impl<'a> Parser<'a> {
    /// Takes documentation comments and then traits, whatever there is of them. Documentation that stands elsewhere is skipped.
    pub(super) fn docs_and_traits(&mut self) -> Result<Vec<Trait<'a>>> {
        self.skip_space();
        let docs = self.documentation();
        let mut traits = self.traits()?;
        traits.extend(docs);
        Ok(traits)
    }

    /// Takes documentation comments as the trait that they stand for.
    fn documentation(&mut self) -> Option<Trait<'a>> {
        let span = self.lexer.range();
        let mut lines = Vec::new();
        while self.lexer.token() == Token::DocComment {
            let line = self.lexer.lexeme().trim_end_matches(['\n', '\r']);
            let line = line.strip_prefix("///").unwrap_or(line);
            lines.push(line.strip_prefix(' ').unwrap_or(line));
            self.lexer.advance();
            self.skip_space();
        }
        let name = Spanned {
            value: DOCUMENTATION,
            span: span.clone(),
        };
        let value = Value::String(lines.join("\n"));
        let value = Some(Spanned { value, span });
        (!lines.is_empty()).then_some(Trait { name, value })
    }

    fn traits(&mut self) -> Result<Vec<Trait<'a>>> {
        let mut traits = Vec::new();
        self.skip_space_and_docs();
        while self.lexer.token() == Token::At {
            traits.push(self.applied_trait()?);
            self.skip_space_and_docs();
        }
        Ok(traits)
    }

    /// `@name`, `@name(value)` or `@name(key: value)`
    fn applied_trait(&mut self) -> Result<Trait<'a>> {
        self.take(Token::At)?;
        let name = self.shape_id()?;
        if self.lexer.token() != Token::LeftParen {
            return Ok(Trait { name, value: None });
        }
        self.lexer.advance();
        self.skip_space_and_docs();
        let value = match self.lexer.token() {
            Token::RightParen => None,
            _ => Some(self.trait_value()?),
        };
        self.skip_space_and_docs();
        self.take(Token::RightParen)?;
        Ok(Trait { name, value })
    }

    fn trait_value(&mut self) -> Result<Node<'a>> {
        let start = self.lexer.range().start;
        let value = match self.lexer.token() {
            Token::String => {
                let text = self.string()?;
                self.skip_space_and_docs();
                match self.lexer.token() {
                    Token::Colon => Value::Object(self.structure(text)?),
                    _ => {
                        return Ok(Spanned {
                            value: Value::String(text.value),
                            span: text.span,
                        });
                    }
                }
            }
            Token::Identifier => {
                let id = self.shape_id()?;
                self.skip_space_and_docs();
                let is_id = id.value.contains(['.', '#', '$']);
                if is_id || self.lexer.token() == Token::RightParen {
                    return Ok(Spanned {
                        value: keyword_or_id(id.value),
                        span: id.span,
                    });
                }
                Value::Object(self.structure(Spanned {
                    value: id.value.to_owned(),
                    span: id.span,
                })?)
            }
            Token::LeftBrace | Token::LeftBracket | Token::TextBlock | Token::Number => {
                return self.node();
            }
            _ => return Err(self.expected(VALUE)),
        };
        Ok(Spanned {
            value,
            span: start..self.end_of_last(),
        })
    }

    /// Takes the properties of an object whose braces are left out, after the first key.
    fn structure(&mut self, key: Spanned<String>) -> Result<Object<'a>> {
        self.take(Token::Colon)?;
        self.skip_space_and_docs();
        self.nested(|parser| {
            let value = parser.node()?;
            parser.skip_space_and_docs();
            parser.entries(vec![(key, value)], Token::RightParen)
        })
    }

    /// Returns `true` if there is nothing but documentation comments.
    pub(super) fn is_only_docs(&self, traits: &[Trait<'a>]) -> bool {
        traits.iter().all(|it| self.is_docs(it))
    }

    /// Returns `true` if a trait is written as documentation comments.
    fn is_docs(&self, it: &Trait<'a>) -> bool {
        let written = self.lexer.text().get(it.name.span.clone());
        written.is_some_and(|written| written.starts_with("///"))
    }

    /// `apply Foo @trait` or `apply Foo { @trait @trait }`, at `apply`. `traits` stand in front of it.
    pub(super) fn apply(&mut self, traits: &[Trait<'a>]) -> Result<()> {
        if let Some(applied) = traits.iter().find(|it| !self.is_docs(it)) {
            let message = format!(
                "traits go after `apply`, not before it as `@{}` does",
                applied.name.value
            );
            return Err(self.mistake_here(message));
        }
        self.lexer.advance();
        self.take_space()?;
        let target = self.shape_id()?;
        self.take_space()?;
        let traits = match self.lexer.token() {
            Token::At => vec![self.applied_trait()?],
            Token::LeftBrace => {
                self.lexer.advance();
                let traits = self.traits()?;
                self.take(Token::RightBrace)?;
                traits
            }
            _ => return Err(self.expected("`@` or `{`")),
        };
        self.file.applies.push(Apply { target, traits });
        self.take_line_end()
    }
}
