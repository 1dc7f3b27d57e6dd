//! Tokens to a [`File`], by recursive descent, as [Smithy's grammar][1] has it.
//!
//! What is wrong with a statement is reported where it is, and reading goes on with the next line that may begin a statement.
//!
//! [1]: https://smithy.io/2.0/spec/idl.html#smithy-idl-abnf

mod cursor;
mod members;
mod node;
mod operation;
mod shapes;
mod traits;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::lexer::{Lexer, Token};
use super::syntax::{File, Name, Node, Spanned, Value};
use crate::model::raw::Version;

/// A mistake, and its place.
pub type Mistake = Spanned<String>;

type Result<T> = std::result::Result<T, Mistake>;

/// The largest number of mistakes that are looked for in a file: the first ones may be the reason for others.
const MOST_MISTAKES: usize = 50;

/// The deepest nesting of values, so that all code that comes after may recurse into them. JSON that is read is limited as well.
const DEEPEST: usize = 100;

/// Reads a file: what could be read, and what is wrong.
pub fn parse(text: &str) -> (File<'_>, Vec<Mistake>) {
    let mut parser = Parser {
        lexer: Lexer::new(text),
        depth: 0,
        input_suffix: "Input".to_owned(),
        output_suffix: "Output".to_owned(),
        used: HashMap::new(),
        file: File {
            version: Version::V1,
            metadata: Vec::new(),
            namespace: None,
            uses: Vec::new(),
            shapes: Vec::new(),
            applies: Vec::new(),
        },
        mistakes: Vec::new(),
    };
    if let Err(mistake) = parser.file() {
        parser.mistakes.push(mistake);
    }
    (parser.file, parser.mistakes)
}

struct Parser<'a> {
    lexer: Lexer<'a>,
    /// The number of values around the one that is read.
    depth: usize,
    input_suffix: String,
    output_suffix: String,
    /// The ids of `use` by their names.
    used: HashMap<&'a str, &'a str>,
    file: File<'a>,
    mistakes: Vec<Mistake>,
}

impl<'a> Parser<'a> {
    fn file(&mut self) -> Result<()> {
        self.control_section()?;
        self.metadata_section()?;
        self.skip_space_and_docs();
        if self.lexer.token() == Token::End {
            return Ok(());
        }
        self.namespace()?;
        self.use_section()?;
        self.statements()
    }

    /// Reads a statement. What is wrong with it is kept, and what follows is skipped as far as it seems to belong to it.
    fn recovering(&mut self, statement: impl FnOnce(&mut Self) -> Result<()>) -> Result<()> {
        let start = self.lexer.range().start;
        let Err(mistake) = statement(self) else {
            return Ok(());
        };
        self.depth = 0;
        if self.lexer.token() == Token::End || self.mistakes.len() + 1 >= MOST_MISTAKES {
            return Err(mistake);
        }
        self.mistakes.push(mistake);
        while self.lexer.range().start == start || !self.may_begin_statement() {
            if self.lexer.token() == Token::End {
                break;
            }
            self.lexer.advance();
        }
        Ok(())
    }

    fn may_begin_statement(&self) -> bool {
        let token = self.lexer.token();
        self.lexer.begins_line()
            && matches!(
                token,
                Token::Identifier | Token::DocComment | Token::At | Token::Dollar
            )
    }

    fn control_section(&mut self) -> Result<()> {
        let mut known = HashSet::new();
        self.skip_space_and_docs();
        while self.lexer.token() == Token::Dollar {
            self.recovering(|parser| parser.control_statement(&mut known))?;
            self.skip_space_and_docs();
        }
        Ok(())
    }

    /// `$version: "2.0"`
    fn control_statement(&mut self, known: &mut HashSet<String>) -> Result<()> {
        self.lexer.advance();
        let key = self.key()?;
        self.skip_spaces();
        self.take(Token::Colon)?;
        self.skip_spaces();
        if !known.insert(key.value.clone()) {
            return Err(self.mistake_here(format!("`${}` stands twice in one file", key.value)));
        }
        let value = self.node()?;
        match key.value.as_str() {
            "version" => self.version(&value)?,
            "operationInputSuffix" => self.input_suffix = suffix(&key.value, value)?,
            "operationOutputSuffix" => self.output_suffix = suffix(&key.value, value)?,
            // Smithy says that others are to be ignored.
            _ => {}
        }
        self.take_line_end()
    }

    fn version(&mut self, value: &Node<'a>) -> Result<()> {
        let Value::String(number) = &value.value else {
            return Err(at(
                &value.span,
                format!(
                    "the value of `$version` must be a string, as in `\"2.0\"`, not {}",
                    value.value.in_words()
                ),
            ));
        };
        let version = Version::of(number);
        // Of a newer one, most is as in the newest that is known.
        self.file.version = version.unwrap_or(Version::V2);
        match version {
            Some(_) => Ok(()),
            None => Err(self.mistake_here(format!(
                "there is no support for Smithy {}: the versions are `\"2.0\"` and `\"1.0\"`",
                crate::format::one_line(number)
            ))),
        }
    }

    fn metadata_section(&mut self) -> Result<()> {
        self.skip_space_and_docs();
        while self.is_at("metadata") {
            self.recovering(Self::metadata_statement)?;
            self.skip_space_and_docs();
        }
        Ok(())
    }

    /// `metadata key = value`
    fn metadata_statement(&mut self) -> Result<()> {
        self.lexer.advance();
        self.take_spaces()?;
        let key = self.key()?;
        self.skip_spaces();
        self.take(Token::Equal)?;
        self.skip_spaces();
        let value = self.node()?;
        self.file.metadata.push((key.value, value));
        self.take_line_end()
    }

    /// `namespace com.example`
    fn namespace(&mut self) -> Result<()> {
        if !self.is_at("namespace") {
            let hint = match self.lexer.lexeme() {
                "use" => ", which comes before `use`",
                "$" => "; control statements come before all others",
                "@" => ": nothing else has traits before it is given",
                _ => "",
            };
            return Err(
                self.mistake_here(format!("expected `namespace`, not {}{hint}", self.found()))
            );
        }
        self.lexer.advance();
        self.take_spaces()?;
        let start = self.lexer.range().start;
        self.namespace_parts()?;
        self.file.namespace = Some(self.since(start));
        self.take_line_end()
    }

    fn use_section(&mut self) -> Result<()> {
        // Documentation may belong to the first shape: then it is to be read again.
        let mut before = self.lexer.clone();
        self.skip_space_and_docs();
        while self.is_at("use") {
            self.recovering(Self::use_statement)?;
            before = self.lexer.clone();
            self.skip_space_and_docs();
        }
        self.lexer = before;
        Ok(())
    }

    /// `use com.example#Shape`
    fn use_statement(&mut self) -> Result<()> {
        self.lexer.advance();
        self.take_spaces()?;
        let start = self.lexer.range();
        self.namespace_parts()?;
        self.take(Token::Pound)?;
        self.take(Token::Identifier)?;
        if self.lexer.token() == Token::Dollar {
            return Err(at(&start, "`use` takes shapes, not members"));
        }
        let used: Name<'a> = Spanned {
            value: self.since(start.start),
            span: start.start..self.end_of_last(),
        };
        if let Some(other) = self.used.insert(last_name(used.value), used.value) {
            let message = format!(
                "`{}` has the name of `{other}`, which is used already",
                used.value
            );
            return Err(at(&used.span, message));
        }
        self.file.uses.push(used);
        self.take_line_end()
    }
}

/// The value of a control statement that gives a suffix.
fn suffix(key: &str, value: Node<'_>) -> Result<String> {
    match value.value {
        Value::String(suffix) if crate::names::is_identifier(&format!("x{suffix}")) => Ok(suffix),
        _ => Err(at(
            &value.span,
            format!("the value of `${key}` must be a string of letters, digits and `_`"),
        )),
    }
}

/// `Shape` of `com.example#Shape`.
fn last_name(id: &str) -> &str {
    id.rsplit('#').next().unwrap_or(id)
}

fn at(span: &Range<usize>, message: impl Into<String>) -> Mistake {
    Spanned {
        value: message.into(),
        span: span.clone(),
    }
}
