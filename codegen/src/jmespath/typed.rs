//! Expressions with the types and fields of a planned crate.
//!
//! JMESPath knows `null`, Rust has `Option`: a query is optional where the structure's field is, or where it goes through one that
//! is. What a projection leaves out because it is `null` is not in its stream either. A function that is asked of `null` is an
//! error, and the whole expression gives nothing: for most of them [`Query::needs`] tells that beforehand, for those in filters or
//! behind `&&` and `||` it shows on the way.

use std::cell::Cell;

use serde_json::Value;

use super::{Comparator, Expression, Items, Mistake, Problem};
use crate::plan::{Plan, RustType, TypeName};

/// A compiled expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// What it is made of.
    pub kind: Kind,
    /// What it gives.
    pub ty: Type,
    /// Whether it may give nothing.
    pub optional: bool,
}

/// What a query is made of.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A variable: the response, the request, or the item of a stream.
    Variable(&'static str),
    /// A field of a structure.
    Field {
        /// The structure.
        of: Box<Query>,
        /// The name of the field.
        field: String,
        /// Whether it is in a `Box`.
        boxed: bool,
        /// Whether the field itself is an `Option`.
        optional: bool,
    },
    /// An item of a list, counted from the end if negative.
    Index(Box<Query>, i64),
    /// What is asked of each item of a stream, which is the variable `item` there.
    Each(Box<Query>, Box<Query>),
    /// The items of a stream for which a condition holds.
    Filter(Box<Query>, Box<Query>),
    /// The items of the lists in a stream.
    Flatten(Box<Query>),
    /// The items of a list.
    Items(Box<Query>),
    /// The keys of a map.
    Keys(Box<Query>),
    /// The values of a map.
    Values(Box<Query>),
    /// Some values.
    List(Vec<Query>),
    /// A string.
    Text(String),
    /// A number.
    Number(serde_json::Number),
    /// `true`, `false`
    Boolean(bool),
    /// Nothing.
    Null,
    /// Whether two values are so.
    Comparison(Comparator, Box<Query>, Box<Query>),
    /// Whether both are true.
    And(Box<Query>, Box<Query>),
    /// Whether one is true.
    Or(Box<Query>, Box<Query>),
    /// Whether it is not true.
    Not(Box<Query>),
    /// How many items or characters there are.
    Length(Box<Query>, Given),
    /// Whether an item or a part of a string is there.
    Contains(Box<Query>, Box<Query>, Given),
}

/// Whether a function is asked of something. In JMESPath it is an error if it is not, and the whole expression gives nothing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Given {
    /// Always.
    Always,
    /// If the whole expression is to give anything: it is one of its [needs](Query::needs).
    Needed,
    /// That shows while the expression is evaluated.
    Perhaps,
}

/// What a query gives.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Type {
    /// A type of the crate, by reference if it is not a number or a boolean.
    Rust(RustType),
    /// A count: `usize`.
    Count,
    /// A literal number, of whatever type the other number is.
    AnyNumber,
    /// Items, one after the other: an iterator.
    Stream(Box<Type>),
    /// Request and response: what waiters compare with `inputOutput`.
    InputOutput(TypeName, TypeName),
    /// Nothing.
    Null,
}

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
            Expression::List(items) => {
                let items = items
                    .iter()
                    .map(|item| self.query(item, current))
                    .collect::<Result<Vec<_>>>()?;
                let ty = items
                    .first()
                    .map(|item| item.ty.clone())
                    .ok_or("makes an empty list")?;
                if items.iter().any(|item| item.ty != ty) {
                    return Err(Mistake::unsupported(
                        "makes a list of values of different types, which is not supported",
                    ));
                }
                Ok(Query::always(Kind::List(items), Type::Stream(Box::new(ty))))
            }
            Expression::Literal(value) => literal(value),
            Expression::Comparison(comparator, left, right) => {
                let (left, right) = (asked(left)?, asked(right)?);
                let is_order = !matches!(comparator, Comparator::Equal | Comparator::NotEqual);
                if is_order && !(left.is_number() && right.is_number()) {
                    return Err("asks which is more of what are no numbers".into());
                }
                comparable(&left, &right)?;
                // Nothing is neither more nor less than something.
                let optional = is_order && (left.optional || right.optional);
                let kind = Kind::Comparison(*comparator, left, right);
                Ok(Query {
                    kind,
                    ty: Type::Rust(RustType::Bool),
                    optional,
                })
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
                    Type::Stream(item) => match element(item) {
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
    fn always(kind: Kind, ty: Type) -> Self {
        Self {
            kind,
            ty,
            optional: false,
        }
    }

    /// What it is made of, one step down.
    fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Variable(_) | Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null => {
                Vec::new()
            }
            Kind::Field { of, .. }
            | Kind::Index(of, _)
            | Kind::Flatten(of)
            | Kind::Items(of)
            | Kind::Keys(of)
            | Kind::Values(of)
            | Kind::Not(of)
            | Kind::Length(of, _) => vec![of],
            Kind::Each(left, right)
            | Kind::Filter(left, right)
            | Kind::Comparison(_, left, right)
            | Kind::And(left, right)
            | Kind::Or(left, right)
            | Kind::Contains(left, right, _) => vec![left, right],
            Kind::List(items) => items.iter().collect(),
        }
    }

    /// How many parts it has, all the way down.
    fn size(&self) -> usize {
        1 + self.parts().into_iter().map(Self::size).sum::<usize>()
    }

    /// Finds out for each function whether it is asked of something. `needs` is what the expression cannot do without, as far as
    /// that is known; `certain` is whether this part of it is evaluated in any case.
    fn find_needs(&mut self, needs: &mut Vec<Self>, certain: bool) {
        match &mut self.kind {
            Kind::And(left, right) | Kind::Or(left, right) => {
                left.find_needs(needs, certain);
                right.find_needs(needs, false);
            }
            Kind::Each(source, inner) | Kind::Filter(source, inner) => {
                source.find_needs(needs, certain);
                inner.find_needs(&mut Vec::new(), false);
            }
            Kind::Comparison(_, left, right) => {
                left.find_needs(needs, certain);
                right.find_needs(needs, certain);
            }
            Kind::Length(of, given) => {
                of.find_needs(needs, certain);
                *given = of.given(needs, certain);
            }
            Kind::Contains(of, what, given) => {
                of.find_needs(needs, certain);
                what.find_needs(needs, certain);
                *given = of.given(needs, certain);
            }
            Kind::List(items) => {
                for item in items {
                    item.find_needs(needs, certain);
                }
            }
            Kind::Field { of, .. }
            | Kind::Index(of, _)
            | Kind::Flatten(of)
            | Kind::Items(of)
            | Kind::Keys(of)
            | Kind::Values(of)
            | Kind::Not(of) => of.find_needs(needs, certain),
            Kind::Variable(_) | Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null => {
            }
        }
    }

    /// Whether a function that is asked of this is asked of something.
    fn given(&self, needs: &mut Vec<Self>, certain: bool) -> Given {
        match self.nullable() {
            None => Given::Always,
            Some(source) if needs.contains(source) => Given::Needed,
            Some(source) if certain => {
                needs.push(source.clone());
                Given::Needed
            }
            Some(_) => Given::Perhaps,
        }
    }

    /// What has to be there for the whole expression to give anything.
    pub fn needs(&self) -> Vec<&Self> {
        let mut needs = Vec::new();
        self.add_needs(&mut needs);
        needs
    }

    fn add_needs<'a>(&'a self, needs: &mut Vec<&'a Self>) {
        for part in self.parts() {
            part.add_needs(needs);
        }
        if let Kind::Length(of, Given::Needed) | Kind::Contains(of, _, Given::Needed) = &self.kind
            && let Some(source) = of.nullable()
            && !needs.contains(&source)
        {
            needs.push(source);
        }
    }

    /// Whether it shows only while it is evaluated that it gives nothing.
    pub fn may_fail(&self) -> bool {
        let is_open = matches!(
            self.kind,
            Kind::Length(_, Given::Perhaps) | Kind::Contains(_, _, Given::Perhaps)
        );
        is_open || self.parts().into_iter().any(Self::may_fail)
    }

    /// Whether it gives a string, or an enum that is one on the wire.
    pub fn is_text(&self) -> bool {
        matches!(self.ty, Type::Rust(RustType::String | RustType::Enum(_)))
    }

    /// Whether it gives a boolean.
    pub fn is_boolean(&self) -> bool {
        self.ty == Type::Rust(RustType::Bool)
    }

    /// Whether it may give nothing. `&&` and `||` give one of their sides; Rust's are never nothing, so that they are no `Option`.
    pub fn may_be_null(&self) -> bool {
        match &self.kind {
            Kind::And(left, right) => left.may_be_null() || right.may_be_null(),
            Kind::Or(_, right) => right.may_be_null(),
            _ => self.optional,
        }
    }

    /// Whether it gives a list or stream of strings.
    pub fn is_texts(&self) -> bool {
        let item = match &self.ty {
            Type::Stream(item) => (**item).clone(),
            ty => match element(ty) {
                Some(item) => item,
                None => return false,
            },
        };
        matches!(item, Type::Rust(RustType::String | RustType::Enum(_)))
    }

    /// The part of it that may give nothing, so that it gives `null` as a whole. A stream has no `Option` of its own: without
    /// its source it is empty.
    pub fn nullable(&self) -> Option<&Self> {
        match &self.kind {
            Kind::Items(of) | Kind::Keys(of) | Kind::Values(of) | Kind::Flatten(of) => {
                of.nullable()
            }
            Kind::Each(source, _) | Kind::Filter(source, _) => source.nullable(),
            _ => self.optional.then_some(self),
        }
    }

    /// This, as a stream of strings, if it is one or can be made one.
    pub fn into_texts(self) -> Option<Self> {
        let stream = items_of(self).ok()?;
        item_of(&stream).ok().filter(Self::is_text)?;
        Some(stream)
    }
}

/// The items of a list, or of what is a stream already.
fn items_of(list: Query) -> Result<Query> {
    match (&list.ty, element(&list.ty)) {
        (Type::Stream(_), _) => Ok(list),
        (_, Some(element)) => Ok(Query::always(
            Kind::Items(Box::new(list)),
            Type::Stream(Box::new(element)),
        )),
        _ => Err("goes through the items of what is no list".into()),
    }
}

/// What a list or stream holds.
fn element(list: &Type) -> Option<Type> {
    match list {
        Type::Rust(RustType::List { element, .. }) => Some(Type::Rust((**element).clone())),
        Type::Stream(item) => Some((**item).clone()),
        _ => None,
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
    let ty = element(&list.ty).ok_or("takes an item of what is no list")?;
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

impl Query {
    /// Whether it gives a number.
    pub fn is_number(&self) -> bool {
        match &self.ty {
            Type::Count | Type::AnyNumber => true,
            Type::Rust(ty) => matches!(
                ty,
                RustType::I8
                    | RustType::I16
                    | RustType::I32
                    | RustType::I64
                    | RustType::F32
                    | RustType::F64
            ),
            _ => false,
        }
    }
}
