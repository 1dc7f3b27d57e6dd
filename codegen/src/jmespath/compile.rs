//! Compiling: expressions get the types and fields of a crate to be written.

use std::cell::Cell;

use serde_json::Value;

use super::compare::{comparison, misfit};
use super::items::{is_unordered, item_of, items_of};
use super::{Expression, Items, choice, function};
use crate::Diagnostic;
use crate::ir::query::{Kind, Query, Type};
use crate::ir::{Crate, RustType};

/// Compiles an expression that is evaluated against a variable.
///
/// # Errors
/// If it does not fit the type of the variable, or is not supported.
pub fn compile(
    text: &str,
    variable: &'static str,
    ty: Type,
    ir: &Crate,
) -> Result<Query, Diagnostic> {
    let expression = super::parse(text)?;
    let root = Query {
        kind: Kind::Variable(variable),
        ty,
        optional: false,
    };
    let budget = Cell::new(LARGEST);
    let mut query = Compiler { ir, budget }
        .query(&expression, &root)
        .map_err(|message| super::about(text, message))?;
    query.find_needs(&mut Vec::new(), true);
    Ok(query)
}

pub(super) struct Compiler<'p> {
    pub(super) ir: &'p Crate,
    /// The number of parts by which the query may still grow.
    budget: Cell<usize>,
}

/// The largest number of parts of a query. One that mentions `@` twice, and so on in turn, doubles each time.
const LARGEST: usize = 10_000;

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

impl Compiler<'_> {
    fn query(&self, expression: &Expression, current: &Query) -> Result<Query> {
        let compiled = |expression: &Expression| self.query(expression, current).map(Box::new);
        match expression {
            Expression::Current => self.copy(current),
            Expression::Field(name) => self.member(current, name),
            Expression::Then(first, second) => self.query(second, &*compiled(first)?),
            Expression::Index(list, index) => index_of(*compiled(list)?, *index),
            Expression::Projection {
                source,
                items,
                each,
            } => {
                let stream = self.stream(*compiled(source)?, items)?;
                self.each(stream, each)
            }
            Expression::List(items) => self.list(items, current),
            Expression::Object(members) => {
                for (_, member) in members {
                    compiled(member)?;
                }
                Err(Diagnostic::unsupported(
                    "has a multi-select hash `{…}`, which is not supported",
                ))
            }
            Expression::Reference(_) => Err(Diagnostic::unsupported(
                "has an expression reference with `&`, which is not supported",
            )),
            Expression::Literal(value) => literal(value),
            Expression::Comparison(comparator, left, right) => {
                comparison(*comparator, *compiled(left)?, *compiled(right)?)
            }
            Expression::And(left, right) => Ok(choice::and(*compiled(left)?, *compiled(right)?)),
            Expression::Or(left, right) => Ok(choice::or(*compiled(left)?, *compiled(right)?)),
            Expression::Not(inner) => Ok(Query::always(
                Kind::Not(compiled(inner)?),
                Type::Rust(RustType::Bool),
            )),
            Expression::Call(name, arguments) => {
                function::check(name, arguments.len())?;
                let arguments = arguments
                    .iter()
                    .map(|argument| self.query(argument, current));
                function::call(name, arguments.collect::<Result<Vec<_>>>()?)
            }
        }
    }

    fn list(&self, items: &[Expression], current: &Query) -> Result<Query> {
        let items = items
            .iter()
            .map(|item| self.query(item, current))
            .collect::<Result<Vec<_>>>()?;
        list_of(items)
    }

    pub(super) fn copy(&self, query: &Query) -> Result<Query> {
        let budget = self.budget.get().checked_sub(query.size());
        self.budget.set(budget.ok_or_else(|| {
            Diagnostic::unsupported(format!("expands to more than {LARGEST} parts"))
        })?);
        Ok(query.clone())
    }

    /// The items that a projection goes through.
    fn stream(&self, source: Query, items: &Items) -> Result<Query> {
        match items {
            Items::List => items_of(source),
            Items::Flattened => {
                let stream = items_of(source)?;
                Ok(match &stream.ty {
                    Type::Stream(item) => match item.element() {
                        Some(element) => {
                            let element = Type::Stream(Box::new(element));
                            Query::always(Kind::Flatten(Box::new(stream)), element)
                        }
                        None => stream,
                    },
                    _ => stream,
                })
            }
            Items::Values => function::values(source),
            Items::Sliced => {
                items_of(source)?;
                Err(Diagnostic::unsupported(
                    "has a slice with `:`, which is not supported",
                ))
            }
            Items::Filtered(condition) => {
                let stream = items_of(source)?;
                let condition = self.query(condition, &item_of(&stream)?)?;
                let ty = stream.ty.clone();
                Ok(Query::always(
                    Kind::Filter(Box::new(stream), Box::new(condition)),
                    ty,
                ))
            }
        }
    }

    fn each(&self, stream: Query, each: &Expression) -> Result<Query> {
        if *each == Expression::Current {
            return Ok(stream);
        }
        let each = self.query(each, &item_of(&stream)?)?;
        let ty = Type::Stream(Box::new(each.ty.clone()));
        Ok(Query::always(
            Kind::Each(Box::new(stream), Box::new(each)),
            ty,
        ))
    }
}

fn index_of(list: Query, index: i64) -> Result<Query> {
    if is_unordered(&list) {
        return Err(Diagnostic::unsupported(
            "indexes the keys or values of a map, which have no order",
        ));
    }
    let Some(ty) = list.ty.element() else {
        return Err(misfit(&list, "indexes a value that is not a list"));
    };
    Ok(Query {
        kind: Kind::Index(Box::new(list), index),
        ty,
        optional: true,
    })
}

/// Values of one type, one after the other.
fn list_of(items: Vec<Query>) -> Result<Query> {
    let types = match items.as_slice() {
        texts if texts.iter().all(Query::is_text) => Some(Type::Rust(RustType::String)),
        [first, others @ ..] if others.iter().all(|other| other.ty == first.ty) => {
            Some(first.ty.clone())
        }
        _ => None,
    };
    match types {
        Some(Type::Mixed | Type::Null | Type::Unit) | None => Err(Diagnostic::unsupported(
            "has a multi-select list of values of different types, which is not supported",
        )),
        Some(ty) => Ok(Query::always(Kind::List(items), Type::Stream(Box::new(ty)))),
    }
}

fn literal(value: &Value) -> Result<Query> {
    Ok(match value {
        Value::Null => Query {
            kind: Kind::Null,
            ty: Type::Null,
            optional: true,
        },
        Value::Bool(value) => Query::always(Kind::Boolean(*value), Type::Rust(RustType::Bool)),
        Value::Number(number) => Query::always(Kind::Number(number.clone()), Type::AnyNumber),
        Value::String(text) => {
            Query::always(Kind::Text(text.clone()), Type::Rust(RustType::String))
        }
        Value::Array(items)
            if items
                .iter()
                .all(|item| item.is_string() || item.is_boolean())
                && !items.is_empty() =>
        {
            list_of(items.iter().map(literal).collect::<Result<_>>()?)?
        }
        Value::Array(_) | Value::Object(_) => {
            return Err(Diagnostic::unsupported(format!(
                "has the literal `{value}`, which is not supported"
            )));
        }
    })
}
