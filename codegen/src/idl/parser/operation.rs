//! The properties of an operation, with structures that are defined inline.

use std::collections::HashSet;

use super::super::lexer::Token;
use super::super::syntax::{Name, Property, PropertyValue, Shape, Spanned, Trait};
use super::{Parser, Result, at};
use crate::model::raw::Version;

impl<'a> Parser<'a> {
    /// Parses what follows the name of an operation.
    pub(super) fn operation(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.mixins(shape)?;
        self.skip_space_and_docs();
        self.take(Token::LeftBrace)?;
        self.skip_space_and_docs();
        let mut known = HashSet::new();
        while !matches!(self.lexer.token(), Token::RightBrace | Token::End) {
            let key = self.identifier()?;
            if !known.insert(key.value) {
                let message = format!("`{}` stands twice in `{}`", key.value, shape.name.value);
                return Err(at(&key.span, message));
            }
            self.skip_space_and_docs();
            let value = self.operation_property(&key, &shape.name.value)?;
            shape.properties.push(Property {
                name: Spanned {
                    value: key.value.to_owned(),
                    span: key.span,
                },
                value,
            });
            self.take_space()?;
        }
        self.take(Token::RightBrace)?;
        Ok(())
    }

    fn operation_property(&mut self, key: &Name<'a>, operation: &str) -> Result<PropertyValue<'a>> {
        let (suffix, id) = match key.value {
            "input" => (self.input_suffix.clone(), "smithy.api#input"),
            "output" => (self.output_suffix.clone(), "smithy.api#output"),
            "errors" => {
                self.take(Token::Colon)?;
                return Ok(PropertyValue::Targets(self.nested(Self::shape_ids)?));
            }
            other => {
                let message =
                    format!("an operation has `input`, `output` and `errors`, not `{other}`");
                return Err(at(&key.span, message));
            }
        };
        match self.lexer.token() {
            Token::Colon => {
                self.lexer.advance();
                self.skip_space_and_docs();
                Ok(PropertyValue::Target(self.shape_id()?))
            }
            Token::Walrus => {
                if self.file.version == Version::V1 {
                    return Err(self.mistake_here(self.needs_version_2(":=")));
                }
                self.lexer.advance();
                let name = format!("{operation}{suffix}");
                self.inline_structure(name.clone(), id)?;
                Ok(PropertyValue::Inline(name))
            }
            _ => Err(self.expected("`:` or `:=`")),
        }
    }

    /// `@trait for Foo with [Bar] { … }`
    fn inline_structure(&mut self, name: String, id: &'static str) -> Result<()> {
        let mut traits = self.docs_and_traits()?;
        let span = self.lexer.range();
        let name_of_trait = Spanned {
            value: id,
            span: span.clone(),
        };
        traits.push(Trait {
            name: name_of_trait,
            value: None,
        });
        let mut shape = Shape {
            kind: "structure",
            name: Spanned { value: name, span },
            traits,
            resource: None,
            mixins: Vec::new(),
            members: Vec::new(),
            properties: Vec::new(),
        };
        self.aggregate(&mut shape)?;
        self.file.shapes.push(shape);
        Ok(())
    }

    /// `[Foo, Bar]`
    fn shape_ids(&mut self) -> Result<Vec<Name<'a>>> {
        self.skip_space_and_docs();
        self.take(Token::LeftBracket)?;
        self.skip_space_and_docs();
        let mut ids = Vec::new();
        while self.lexer.token() != Token::RightBracket {
            if self.lexer.token() != Token::Identifier {
                return Err(self.expected("a name or `]`"));
            }
            ids.push(self.shape_id()?);
            self.skip_space_and_docs();
        }
        self.lexer.advance();
        Ok(ids)
    }
}
