//! Tokens to a tree: a Pratt parser with the binding powers of JMESPath's reference implementation.

use super::lexer::{Token, tokens};
use super::{Expression, Items};
use crate::Diagnostic;

/// The power with which a sign binds the expression to its left.
fn power(token: &Token) -> u8 {
    match token {
        Token::Pipe => 1,
        Token::Or => 2,
        Token::And => 3,
        Token::Comparator(_) => 5,
        Token::Flatten => FLATTEN,
        Token::Star => STAR,
        Token::Filter => FILTER,
        Token::Dot => DOT,
        Token::Not => NOT,
        Token::OpenBrace => 50,
        Token::OpenBracket => 55,
        Token::OpenParenthesis => 60,
        _ => 0,
    }
}

const FLATTEN: u8 = 9;
/// The power below which a sign ends a projection.
const ENDS_PROJECTION: u8 = 10;
const STAR: u8 = 20;
const FILTER: u8 = 21;
const DOT: u8 = 40;
const NOT: u8 = 45;
/// The deepest nesting of expressions.
const DEEPEST: usize = 64;
/// The largest number of tokens: a chain such as `a.b.c` is a tree as deep as it is long.
const LONGEST: usize = 256;

/// Reads an expression.
///
/// # Errors
/// If it is not JMESPath, or uses a part of JMESPath that is not supported.
pub fn parse(text: &str) -> Result<Expression, Diagnostic> {
    let tokens = tokens(text)?;
    if tokens.len() > LONGEST {
        return Err(super::about(
            text,
            Diagnostic::unsupported("has more than 256 tokens, which is not supported"),
        ));
    }
    let mut parser = Parser {
        tokens: tokens.into(),
        depth: 0,
    };
    let expression = parser
        .expression(0)
        .and_then(|expression| match parser.tokens.front() {
            None => Ok(expression),
            Some(token) => Err(format!(
                "has {} where it should end or an operator should be",
                token.name()
            )
            .into()),
        });
    expression.map_err(|message| super::about(text, message))
}

struct Parser {
    tokens: std::collections::VecDeque<Token>,
    depth: usize,
}

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

impl Parser {
    /// An expression, up to what binds no more tightly than `least`.
    fn expression(&mut self, least: u8) -> Result<Expression> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Diagnostic::unsupported(
                "is nested deeper than 64 levels, which is not supported",
            ));
        }
        let first = self.first()?;
        let whole = self.rest(first, least)?;
        self.depth -= 1;
        Ok(whole)
    }

    /// All that an expression goes on with and that binds more tightly than `least`.
    fn rest(&mut self, mut left: Expression, least: u8) -> Result<Expression> {
        while let Some(token) = self.tokens.front()
            && power(token) > least
        {
            left = self.further(left)?;
        }
        Ok(left)
    }

    /// Parses the beginning of an expression.
    fn first(&mut self) -> Result<Expression> {
        let token = self
            .tokens
            .pop_front()
            .ok_or("ends where a value is expected")?;
        match token {
            Token::Literal(value) => Ok(Expression::Literal(value)),
            Token::Identifier(name) => Ok(Expression::Field(name)),
            Token::Current => Ok(Expression::Current),
            Token::Star => self.projection(Expression::Current, Items::Values, STAR),
            Token::Flatten => self.projection(Expression::Current, Items::Flattened, FLATTEN),
            Token::Filter => self.filter(Expression::Current),
            Token::Not => Ok(Expression::Not(Box::new(self.expression(NOT)?))),
            Token::OpenParenthesis => {
                let inner = self.expression(0)?;
                self.expect(&Token::CloseParenthesis)?;
                Ok(inner)
            }
            Token::OpenBracket => match self.tokens.front() {
                Some(Token::Number(_) | Token::Colon) => self.index(Expression::Current),
                Some(Token::Star) if self.tokens.get(1) == Some(&Token::CloseBracket) => {
                    self.index(Expression::Current)
                }
                _ => self.list(),
            },
            Token::OpenBrace => self.object(),
            Token::Reference => Ok(Expression::Reference(Box::new(self.expression(0)?))),
            other => Err(format!("has {} where a value is expected", other.name()).into()),
        }
    }

    /// Parses the continuation of an expression.
    fn further(&mut self, left: Expression) -> Result<Expression> {
        let token = self
            .tokens
            .pop_front()
            .ok_or("ends where a value is expected")?;
        let bound = power(&token);
        let boxed = Box::new;
        Ok(match token {
            Token::Dot if self.tokens.front() == Some(&Token::Star) => {
                self.tokens.pop_front();
                self.projection(left, Items::Values, STAR)?
            }
            Token::Dot => Expression::Then(boxed(left), boxed(self.after_dot(DOT)?)),
            Token::Pipe => Expression::Then(boxed(left), boxed(self.expression(bound)?)),
            Token::Or => Expression::Or(boxed(left), boxed(self.expression(bound)?)),
            Token::And => Expression::And(boxed(left), boxed(self.expression(bound)?)),
            Token::Comparator(comparator) => {
                Expression::Comparison(comparator, boxed(left), boxed(self.expression(bound)?))
            }
            Token::Flatten => self.projection(left, Items::Flattened, FLATTEN)?,
            Token::Filter => self.filter(left)?,
            Token::OpenBracket => self.index(left)?,
            Token::OpenParenthesis => match left {
                Expression::Field(name) => {
                    Expression::Call(name, self.until(&Token::CloseParenthesis)?)
                }
                _ => return Err("calls an expression that is not the name of a function".into()),
            },
            other => {
                return Err(format!("has {} where an operator is expected", other.name()).into());
            }
        })
    }

    /// Parses the rest after `[`: an index, or `*]`.
    fn index(&mut self, of: Expression) -> Result<Expression> {
        match self.tokens.pop_front() {
            Some(Token::Number(index)) if self.tokens.front() == Some(&Token::CloseBracket) => {
                self.tokens.pop_front();
                Ok(Expression::Index(Box::new(of), index))
            }
            Some(Token::Star) => {
                self.expect(&Token::CloseBracket)?;
                self.projection(of, Items::List, STAR)
            }
            Some(Token::Number(_)) => {
                self.expect(&Token::Colon)?;
                self.slice(of)
            }
            Some(Token::Colon) => self.slice(of),
            _ => Err("has neither an index nor `*` in `[…]`".into()),
        }
    }

    /// Parses the rest after the first `:` of a slice.
    fn slice(&mut self, of: Expression) -> Result<Expression> {
        let is_number = |token: Option<&Token>| matches!(token, Some(Token::Number(_)));
        if is_number(self.tokens.front()) {
            self.tokens.pop_front();
        }
        if self.tokens.front() == Some(&Token::Colon) {
            self.tokens.pop_front();
            match self.tokens.front() {
                Some(Token::Number(0)) => return Err("has a slice with step 0".into()),
                step if is_number(step) => drop(self.tokens.pop_front()),
                _ => {}
            }
        }
        self.expect(&Token::CloseBracket)?;
        self.projection(of, Items::Sliced, STAR)
    }

    /// Parses the rest after `[?`.
    fn filter(&mut self, source: Expression) -> Result<Expression> {
        let condition = self.expression(0)?;
        self.expect(&Token::CloseBracket)?;
        self.projection(source, Items::Filtered(Box::new(condition)), FILTER)
    }

    /// Parses the expression for each item: all that follows and binds tightly enough.
    fn projection(&mut self, source: Expression, items: Items, bound: u8) -> Result<Expression> {
        let each = match self.tokens.front() {
            None => Expression::Current,
            Some(token) if power(token) < ENDS_PROJECTION => Expression::Current,
            Some(Token::OpenBracket | Token::Filter) => self.expression(bound)?,
            Some(Token::Dot) => {
                self.tokens.pop_front();
                self.after_dot(bound)?
            }
            Some(token) => return Err(format!("has {} after a projection", token.name()).into()),
        };
        Ok(Expression::Projection {
            source: Box::new(source),
            items,
            each: Box::new(each),
        })
    }

    fn after_dot(&mut self, bound: u8) -> Result<Expression> {
        match self.tokens.front() {
            Some(Token::Identifier(_) | Token::Star) => self.expression(bound),
            Some(Token::OpenBracket) => {
                self.tokens.pop_front();
                let list = self.list()?;
                self.rest(list, bound)
            }
            Some(Token::OpenBrace) => {
                self.tokens.pop_front();
                let object = self.object()?;
                self.rest(object, bound)
            }
            _ => Err("has no name after a `.`".into()),
        }
    }

    /// Parses the rest after the `[` of a list.
    fn list(&mut self) -> Result<Expression> {
        match self.until(&Token::CloseBracket)? {
            items if items.is_empty() => Err("has an empty multi-select list".into()),
            items => Ok(Expression::List(items)),
        }
    }

    /// Parses the rest after the `{` of an object.
    fn object(&mut self) -> Result<Expression> {
        let mut members = Vec::new();
        loop {
            let Some(Token::Identifier(name)) = self.tokens.pop_front() else {
                return Err("has no name in `{…}` where one is expected".into());
            };
            self.expect(&Token::Colon)?;
            members.push((name, self.expression(0)?));
            match self.tokens.pop_front() {
                Some(Token::Comma) => {}
                Some(Token::CloseBrace) => return Ok(Expression::Object(members)),
                _ => return Err("lacks `}`".into()),
            }
        }
    }

    /// Expressions with commas between, up to what closes them.
    fn until(&mut self, end: &Token) -> Result<Vec<Expression>> {
        let mut items = Vec::new();
        if self.tokens.front() == Some(end) {
            self.tokens.pop_front();
            return Ok(items);
        }
        loop {
            items.push(self.expression(0)?);
            match self.tokens.pop_front() {
                Some(Token::Comma) => {}
                Some(token) if token == *end => return Ok(items),
                _ => return Err(format!("lacks {}", end.name()).into()),
            }
        }
    }

    fn expect(&mut self, wanted: &Token) -> Result<()> {
        match self.tokens.pop_front() {
            Some(token) if token == *wanted => Ok(()),
            _ => Err(format!("lacks {}", wanted.name()).into()),
        }
    }
}

#[cfg(test)]
mod tests;
