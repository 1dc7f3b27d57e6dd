//! Definitions of shapes.

use super::super::lexer::Token;
use super::super::syntax::{Property, PropertyValue, Shape, Spanned, Trait};
use super::{Parser, Result, at};
use crate::model::raw::Version;
use crate::names;

/// The kinds of shapes, by the words that define them.
const KINDS: [&str; 24] = [
    "bigDecimal",
    "bigInteger",
    "blob",
    "boolean",
    "byte",
    "document",
    "double",
    "enum",
    "float",
    "intEnum",
    "integer",
    "list",
    "long",
    "map",
    "operation",
    "resource",
    "service",
    "set",
    "short",
    "string",
    "structure",
    "timestamp",
    "union",
    "apply",
];

impl<'a> Parser<'a> {
    /// Takes all that follows the `use` statements.
    pub(super) fn statements(&mut self) -> Result<()> {
        while self.lexer.token() != Token::End {
            self.recovering(Self::statement)?;
        }
        Ok(())
    }

    fn statement(&mut self) -> Result<()> {
        let traits = self.docs_and_traits()?;
        match self.lexer.token() {
            // Documentation at the end of a file documents nothing.
            Token::End if self.is_only_docs(&traits) => Ok(()),
            Token::Identifier if self.lexer.lexeme() == "apply" => self.apply(&traits),
            Token::Identifier => self.shape(traits),
            _ => Err(self.expected("a shape")),
        }
    }

    /// `structure Foo …`
    fn shape(&mut self, traits: Vec<Trait<'a>>) -> Result<()> {
        let word = self.lexer.lexeme();
        let Some(kind) = KINDS.into_iter().find(|kind| *kind == word) else {
            return Err(self.mistake_here(unknown_kind(word)));
        };
        let start = self.lexer.range();
        self.lexer.advance();
        self.take_spaces()?;
        let name = self.identifier()?;
        if let Some(used) = self.used.get(name.value) {
            let message = format!("`{}` has the name of `{used}`, which is used", name.value);
            return Err(at(&name.span, message));
        }
        self.check_kind(kind, &start)?;
        let mut shape = Shape {
            kind,
            name: Spanned {
                value: name.value.to_owned(),
                span: name.span,
            },
            traits,
            resource: None,
            mixins: Vec::new(),
            members: Vec::new(),
            properties: Vec::new(),
        };
        match kind {
            "structure" | "union" | "list" | "set" | "map" => self.aggregate(&mut shape)?,
            "enum" | "intEnum" => self.enumeration(&mut shape)?,
            "service" | "resource" => self.entity(&mut shape)?,
            "operation" => self.operation(&mut shape)?,
            _ => self.mixins(&mut shape)?,
        }
        self.file.shapes.push(shape);
        self.take_line_end()
    }

    /// A version has some kinds of shapes, and not others.
    fn check_kind(&self, kind: &str, span: &std::ops::Range<usize>) -> Result<()> {
        match (kind, self.file.version) {
            ("enum" | "intEnum", Version::V1) => Err(at(span, self.needs_version_2(kind))),
            ("set", Version::V2) => Err(at(
                span,
                "Smithy 2.0 has no `set`: a `list` with the trait `@uniqueItems` is one",
            )),
            _ => Ok(()),
        }
    }

    pub(super) fn needs_version_2(&self, what: &str) -> String {
        format!(
            "`{what}` needs Smithy 2.0, and this file is Smithy 1.0: `$version: \"2.0\"` at its beginning says so"
        )
    }

    /// `with [Foo, Bar]`, if there is such a thing.
    pub(super) fn mixins(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.skip_spaces();
        if !self.is_at("with") {
            return Ok(());
        }
        if self.file.version == Version::V1 {
            return Err(self.mistake_here(self.needs_version_2("with")));
        }
        self.lexer.advance();
        self.skip_space_and_docs();
        self.take(Token::LeftBracket)?;
        self.skip_space_and_docs();
        loop {
            shape.mixins.push(self.shape_id()?);
            self.skip_space_and_docs();
            if self.lexer.token() == Token::RightBracket {
                self.lexer.advance();
                return Ok(());
            }
        }
    }

    /// `for Foo`, if there is such a thing.
    pub(super) fn resource(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.skip_spaces();
        if !self.is_at("for") {
            return Ok(());
        }
        if self.file.version == Version::V1 {
            return Err(self.mistake_here(self.needs_version_2("for")));
        }
        self.lexer.advance();
        self.take_spaces()?;
        shape.resource = Some(self.shape_id()?);
        Ok(())
    }

    /// The properties of a service or a resource.
    fn entity(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.mixins(shape)?;
        self.skip_space_and_docs();
        let object = self.nested(Self::object)?;
        let mut keys = object.iter().map(|(key, _)| key.value.as_str());
        if shape.kind == "resource"
            && self.file.version == Version::V1
            && keys.any(|key| key == "properties")
        {
            return Err(self.mistake_here(self.needs_version_2("properties")));
        }
        let properties = object.into_iter().map(|(name, value)| Property {
            name,
            value: PropertyValue::Node(value),
        });
        shape.properties.extend(properties);
        Ok(())
    }
}

/// Statements that stand where there may be shapes alone are told as such.
fn unknown_kind(word: &str) -> String {
    let place = match word {
        "namespace" => "a file has one `namespace`",
        "use" => "`use` comes before all shapes",
        "metadata" => "`metadata` comes before the namespace",
        "with" => "`with` must be in the line of the shape's name",
        "for" => "`for` must be in the line of the shape's name",
        _ => {
            let known = KINDS.into_iter();
            let nearest = names::nearest(word, known.clone());
            let nearest = nearest.map(|kind| format!("; did you mean `{kind}`?"));
            return format!(
                "`{}` is no kind of shape{}",
                super::cursor::shortened(word),
                nearest.unwrap_or_default()
            );
        }
    };
    format!("expected a shape: {place}")
}
