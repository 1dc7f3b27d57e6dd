//! Members of structures, unions, lists, maps and enums.

use std::collections::HashSet;

use super::super::lexer::Token;
use super::super::syntax::{Member, Shape, Spanned, Target};
use super::{Parser, Result, at};
use crate::model::raw::Version;

impl<'a> Parser<'a> {
    /// Parses what follows the name of a structure, union, list or map.
    pub(super) fn aggregate(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.resource(shape)?;
        self.mixins(shape)?;
        self.skip_space_and_docs();
        self.take(Token::LeftBrace)?;
        self.skip_space();
        let mut known = HashSet::new();
        while !matches!(self.lexer.token(), Token::RightBrace | Token::End) {
            self.member(shape, &mut known)?;
            self.skip_space();
        }
        self.take(Token::RightBrace)?;
        Ok(())
    }

    /// `name: Target`, `name: Target = value`, `$name` or `$name = value`
    fn member(&mut self, shape: &mut Shape<'a>, known: &mut HashSet<&'a str>) -> Result<()> {
        let traits = self.docs_and_traits()?;
        if self.lexer.token() == Token::RightBrace && self.is_only_docs(&traits) {
            return Ok(());
        }
        let start = self.lexer.range().start;
        let is_elided = self.lexer.token() == Token::Dollar;
        if is_elided {
            self.lexer.advance();
        }
        let name = self.identifier()?;
        if !known.insert(name.value) {
            return Err(at(&name.span, twice(name.value, shape)));
        }
        check_name(name.value, shape).map_err(|message| at(&name.span, message))?;
        let target = if is_elided {
            if self.file.version == Version::V1 {
                let message = self.needs_version_2("$");
                return Err(at(&name.span, message));
            }
            Target::Elided
        } else {
            self.skip_spaces();
            self.take(Token::Colon)?;
            self.skip_spaces();
            Target::Shape(self.shape_id()?)
        };
        self.skip_spaces();
        let mut member = Member {
            name: Spanned {
                value: name.value,
                span: start..name.span.end,
            },
            target,
            traits,
            assigned: None,
        };
        if self.lexer.token() == Token::Equal {
            if self.file.version == Version::V1 {
                return Err(self.mistake_here(self.needs_version_2("=")));
            }
            if shape.kind != "structure" {
                let message = format!(
                    "members of a structure may have a default, not those of a {}",
                    shape.kind
                );
                return Err(self.mistake_here(message));
            }
            self.assign(&mut member)?;
        }
        shape.members.push(member);
        Ok(())
    }

    /// `= value`, with the end of the line.
    fn assign(&mut self, member: &mut Member<'a>) -> Result<()> {
        self.take(Token::Equal)?;
        self.skip_spaces();
        member.assigned = Some(self.node()?);
        self.skip_spaces();
        if self.lexer.token() == Token::Comma {
            self.lexer.advance();
        }
        self.take_line_end()
    }

    /// Parses what follows the name of an enum: `NAME` or `NAME = value`, each once.
    pub(super) fn enumeration(&mut self, shape: &mut Shape<'a>) -> Result<()> {
        self.mixins(shape)?;
        self.skip_space_and_docs();
        self.take(Token::LeftBrace)?;
        self.skip_space();
        let mut known = HashSet::new();
        while !matches!(self.lexer.token(), Token::RightBrace | Token::End) {
            let traits = self.docs_and_traits()?;
            if self.lexer.token() == Token::RightBrace && self.is_only_docs(&traits) {
                break;
            }
            let name = self.identifier()?;
            if !known.insert(name.value) {
                return Err(at(&name.span, twice(name.value, shape)));
            }
            let mut member = Member {
                name,
                target: Target::Unit,
                traits,
                assigned: None,
            };
            self.skip_spaces();
            if self.lexer.token() == Token::Equal {
                self.assign(&mut member)?;
            } else {
                self.skip_space();
            }
            shape.members.push(member);
        }
        self.take(Token::RightBrace)?;
        Ok(())
    }
}

fn twice(name: &str, shape: &Shape<'_>) -> String {
    format!("`{name}` stands twice in `{}`", shape.name.value)
}

/// Lists and maps have members of certain names.
fn check_name(name: &str, shape: &Shape<'_>) -> std::result::Result<(), String> {
    let (is_right, wanted) = match shape.kind {
        "list" | "set" => (name == "member", "`member`"),
        "map" => (matches!(name, "key" | "value"), "`key` and `value`"),
        _ => return Ok(()),
    };
    if is_right {
        Ok(())
    } else {
        Err(format!("a {} has {wanted}, not `{name}`", shape.kind))
    }
}
