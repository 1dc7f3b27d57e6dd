//! Compiling: expressions get the types and fields of a planned crate.

use std::cell::Cell;

use serde_json::Value;

use super::query::{Given, Kind, Query, Type};
use super::{Comparator, Expression, Items, Mistake, Problem};
use crate::plan::{Plan, RustType};

/// Compiles an expression that is asked of a variable.
///
/// # Errors
/// If it makes no sense there, or is not supported.
pub fn compile(
    text: &str,
    variable: &'static str,
    ty: Type,
    plan: &Plan,
) -> Result<Query, Problem> {
    let expression = super::parse(text)?;
    let root = Query {
        kind: Kind::Variable(variable),
        ty,
        optional: false,
    };
    let budget = Cell::new(LARGEST);
    let mut query = Compiler { plan, budget }
        .query(&expression, &root)
        .map_err(|message| Problem::new(text, message))?;
    query.find_needs(&mut Vec::new(), true);
    Ok(query)
}

struct Compiler<'p> {
    plan: &'p Plan,
    /// How much larger the query may become.
    budget: Cell<usize>,
}

/// How many parts a query may have. One that mentions `@` twice, and so on in turn, doubles each time.
const LARGEST: usize = 10_000;

type Result<T, E = Mistake> = std::result::Result<T, E>;

impl Compiler<'_> {
    fn query(&self, expression: &Expression, current: &Query) -> Result<Query> {
        let boolean = |kind| Ok(Query::always(kind, Type::Rust(RustType::Bool)));
        let asked = |expression: &Expression| self.query(expression, current).map(Box::new);
        match expression {
            Expression::Current => self.copy(current),
            Expression::Field(name) => self.field(current, name),
            Expression::Then(first, second) => self.query(second, &*asked(first)?),
            Expression::Index(list, index) => index_of(*asked(list)?, *index),
            Expression::Projection {
                source,
                items,
                each,
            } => {
                let stream = self.stream(*asked(source)?, items)?;
                self.each(stream, each)
            }
            Expression::List(items) => self.list(items, current),
            Expression::Literal(value) => literal(value),
            Expression::Comparison(comparator, left, right) => {
                comparison(*comparator, asked(left)?, asked(right)?)
            }
            Expression::And(left, right) => boolean(Kind::And(asked(left)?, asked(right)?)),
            Expression::Or(left, right) => boolean(Kind::Or(asked(left)?, asked(right)?)),
            Expression::Not(inner) => boolean(Kind::Not(asked(inner)?)),
            Expression::Call(name, arguments) => {
                let arguments = arguments
                    .iter()
                    .map(|argument| self.query(argument, current));
                call(name, arguments.collect::<Result<Vec<_>>>()?)
            }
        }
    }

    fn list(&self, items: &[Expression], current: &Query) -> Result<Query> {
        let items = items
            .iter()
            .map(|item| self.query(item, current))
            .collect::<Result<Vec<_>>>()?;
        let ty = match items.first() {
            Some(item) => item.ty.clone(),
            None => return Err("makes an empty list".into()),
        };
        if items.iter().any(|item| item.ty != ty) {
            return Err(Mistake::unsupported(
                "makes a list of values of different types, which is not supported",
            ));
        }
        Ok(Query::always(Kind::List(items), Type::Stream(Box::new(ty))))
    }

    fn copy(&self, query: &Query) -> Result<Query> {
        let budget = self.budget.get().checked_sub(query.size());
        self.budget
            .set(budget.ok_or_else(|| Mistake::unsupported("asks for too much"))?);
        Ok(query.clone())
    }

    fn field(&self, of: &Query, name: &str) -> Result<Query> {
        let structure = match &of.ty {
            Type::Rust(RustType::Structure(structure)) => structure,
            Type::InputOutput(request, response) => {
                let (variable, ty) = match name {
                    "input" => ("request", request),
                    "output" => ("response", response),
                    _ => {
                        return Err(format!(
                            "asks for `{name}`: there are only `input` and `output`"
                        )
                        .into());
                    }
                };
                let ty = Type::Rust(RustType::Structure(ty.clone()));
                return Ok(Query::always(Kind::Variable(variable), ty));
            }
            _ => {
                return Err(format!("asks for the member `{name}` of what is no structure").into());
            }
        };
        let members = self
            .plan
            .structure(&structure.shape)
            .map(|structure| &structure.members);
        let member = members
            .into_iter()
            .flatten()
            .find(|member| member.wire_name == name);
        let member = member.ok_or_else(|| {
            format!(
                "asks for the member `{name}`, which {} does not have",
                structure.shape
            )
        })?;
        Ok(Query {
            ty: Type::Rust(member.ty.clone()),
            optional: of.optional || member.optional,
            kind: Kind::Field {
                of: Box::new(self.copy(of)?),
                field: member.field.clone(),
                boxed: member.boxed,
                optional: member.optional,
            },
        })
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
            Items::Values => map_query(source, Kind::Values, |_, value| value),
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

impl Query {
    /// This, as a stream of strings, if it is one or can be made one.
    pub fn into_texts(self) -> Option<Self> {
        let stream = items_of(self).ok()?;
        item_of(&stream).ok().filter(Self::is_text)?;
        Some(stream)
    }
}

/// The items of a list, or of what is a stream already.
fn items_of(list: Query) -> Result<Query> {
    match (&list.ty, list.ty.element()) {
        (Type::Stream(_), _) => Ok(list),
        (_, Some(element)) => Ok(Query::always(
            Kind::Items(Box::new(list)),
            Type::Stream(Box::new(element)),
        )),
        _ => Err("goes through the items of what is no list".into()),
    }
}

/// The variable that stands for an item of a stream.
fn item_of(stream: &Query) -> Result<Query> {
    match &stream.ty {
        Type::Stream(item) => Ok(Query::always(Kind::Variable("item"), (**item).clone())),
        _ => Err("goes through the items of what is no list".into()),
    }
}

/// Whether items come out of a map, where they have no order.
fn is_unordered(stream: &Query) -> bool {
    match &stream.kind {
        Kind::Keys(_) | Kind::Values(_) => true,
        Kind::Each(source, _) | Kind::Filter(source, _) | Kind::Flatten(source) => {
            is_unordered(source)
        }
        _ => false,
    }
}

fn index_of(list: Query, index: i64) -> Result<Query> {
    if is_unordered(&list) {
        return Err(Mistake::unsupported(
            "takes an item by its place from what has no order",
        ));
    }
    let ty = list
        .ty
        .element()
        .ok_or("takes an item of what is no list")?;
    Ok(Query {
        kind: Kind::Index(Box::new(list), index),
        ty,
        optional: true,
    })
}

/// The keys or the values of a map.
fn map_query(
    map: Query,
    kind: fn(Box<Query>) -> Kind,
    part: fn(RustType, RustType) -> RustType,
) -> Result<Query> {
    match &map.ty {
        Type::Rust(RustType::Map { key, value, .. }) => {
            let ty = Type::Stream(Box::new(Type::Rust(part(
                (**key).clone(),
                (**value).clone(),
            ))));
            Ok(Query::always(kind(Box::new(map)), ty))
        }
        _ => Err("goes through the keys or values of what is no map".into()),
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
        Value::Array(_) | Value::Object(_) => {
            return Err(Mistake::unsupported(format!(
                "has the literal `{value}`, which is not supported"
            )));
        }
    })
}

fn call(name: &str, arguments: Vec<Query>) -> Result<Query> {
    let mut arguments = arguments.into_iter();
    let (first, second, third) = (arguments.next(), arguments.next(), arguments.next());
    match (name, first, second, third) {
        ("length", Some(of), None, None) => {
            let counts = of.is_text()
                || matches!(
                    of.ty,
                    Type::Stream(_) | Type::Rust(RustType::List { .. } | RustType::Map { .. })
                );
            if !counts {
                return Err("asks for the length of what has none".into());
            }
            Ok(Query::always(
                Kind::Length(Box::new(of), Given::Always),
                Type::Count,
            ))
        }
        ("contains", Some(of), Some(what), None) => {
            if of.is_text() {
                if !what.is_text() {
                    return Err("looks for what is no string in a string".into());
                }
            } else {
                comparable(&item_of(&items_of(of.clone())?)?, &what)?;
            }
            let of = if of.is_text() { of } else { items_of(of)? };
            Ok(Query::always(
                Kind::Contains(Box::new(of), Box::new(what), Given::Always),
                Type::Rust(RustType::Bool),
            ))
        }
        ("keys", Some(map), None, None) => map_query(map, Kind::Keys, |key, _| key),
        ("values", Some(map), None, None) => map_query(map, Kind::Values, |_, value| value),
        ("length" | "keys" | "values" | "contains", ..) => {
            Err(format!("calls `{name}` with the wrong number of arguments").into())
        }
        _ => Err(Mistake::unsupported(format!(
            "calls `{name}`, which is not supported; supported are length, contains, keys and values"
        ))),
    }
}

fn comparison(comparator: Comparator, left: Box<Query>, right: Box<Query>) -> Result<Query> {
    let is_order = !matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    if is_order && !(left.is_number() && right.is_number()) {
        return Err("asks which is more of what are no numbers".into());
    }
    comparable(&left, &right)?;
    Ok(Query {
        ty: Type::Rust(RustType::Bool),
        // Nothing is neither more nor less than something.
        optional: is_order && (left.optional || right.optional),
        kind: Kind::Comparison(comparator, left, right),
    })
}

/// Whether two values can be compared.
fn comparable(left: &Query, right: &Query) -> Result<()> {
    let both = |test: fn(&Query) -> bool| test(left) && test(right);
    let null = left.ty == Type::Null || right.ty == Type::Null;
    if null || both(Query::is_text) || both(Query::is_boolean) || both(Query::is_number) {
        return Ok(());
    }
    Err(Mistake::unsupported(
        "compares values that cannot be compared",
    ))
}
