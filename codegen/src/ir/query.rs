//! Compiled expressions: what they are made of and what they give.
//!
//! JMESPath knows `null`, Rust has `Option`: a query is optional where the structure's field is, or where it goes through one that
//! is. What a projection leaves out because it is `null` is not in its stream either.

use super::types::{Member, RustType, TypeName};

/// A compiled expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Query {
    /// The kind of the expression.
    pub kind: Kind,
    /// The type of the value.
    pub ty: Type,
    /// `true` if the value may be null.
    pub optional: bool,
}

/// The kinds of queries.
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
        /// `true` if it is in a `Box`.
        boxed: bool,
        /// `true` if the field itself is an `Option`.
        optional: bool,
    },
    /// The value of a variant of a union, if the union is that variant.
    Variant {
        /// The union.
        of: Box<Query>,
        /// The name of its type.
        union: String,
        /// The name of the variant.
        variant: String,
        /// `true` if what it holds is in a `Box`.
        boxed: bool,
    },
    /// The value for a key of a map.
    Entry {
        /// The map.
        of: Box<Query>,
        /// The key.
        key: String,
        /// The name of the keys' type, if they are not strings.
        key_type: Option<String>,
        /// `true` if the map may hold nulls.
        sparse: bool,
    },
    /// An item of a list, counted from the end if negative.
    Index(Box<Query>, i64),
    /// A projection: a query that is evaluated for each item of a stream, which is the variable `item` there.
    Each(Box<Query>, Box<Query>),
    /// The items of a stream for which a condition holds.
    Filter(Box<Query>, Box<Query>),
    /// The items of the lists in a stream.
    Flatten(Box<Query>),
    /// The items of a list.
    Items(Box<Query>),
    /// The keys of a map, or the names of the members of a structure or union that are there.
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
    /// Null.
    Null,
    /// A comparison of two values.
    Comparison(Comparator, Box<Query>, Box<Query>),
    /// The first if it is false, else the second.
    And(Box<Query>, Box<Query>),
    /// The first if it is true, else the second.
    Or(Box<Query>, Box<Query>),
    /// A negation.
    Not(Box<Query>),
    /// The number of items or characters.
    Length(Box<Query>, Given),
    /// A test that a list has an item, or a string a part.
    Contains(Box<Query>, Box<Query>, Given),
}

/// The check that a function has an argument. In JMESPath it is an error if it has not, and the whole expression evaluates to null.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Given {
    /// Always.
    Always,
    /// It must have one for the whole expression not to be null: it is one of its [needs](Query::needs).
    Needed,
    /// That shows while the expression is evaluated.
    Perhaps,
}

/// The comparison operators.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparator {
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessOrEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterOrEqual,
}

/// The type of the value of a query.
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
    /// The value of a variant without a value: `{}` in JSON.
    Unit,
    /// A value of one of two types, whichever `&&` or `||` evaluates to: only its truth is known.
    Mixed,
    /// Null.
    Null,
}

impl Query {
    pub(crate) fn always(kind: Kind, ty: Type) -> Self {
        Self {
            kind,
            ty,
            optional: false,
        }
    }

    /// Returns the value of a member of a structure.
    pub(crate) fn field(of: Self, member: &Member) -> Self {
        Self {
            ty: Type::Rust(member.ty.clone()),
            optional: of.optional || member.optional,
            kind: Kind::Field {
                of: Box::new(of),
                field: member.field.clone(),
                boxed: member.boxed,
                optional: member.optional,
            },
        }
    }

    /// The direct parts.
    pub(crate) fn parts(&self) -> Vec<&Self> {
        match &self.kind {
            Kind::Variable(_) | Kind::Text(_) | Kind::Number(_) | Kind::Boolean(_) | Kind::Null => {
                Vec::new()
            }
            Kind::Field { of, .. }
            | Kind::Variant { of, .. }
            | Kind::Entry { of, .. }
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

    /// Returns the number of parts, at all depths.
    pub(crate) fn size(&self) -> usize {
        1 + self.parts().into_iter().map(Self::size).sum::<usize>()
    }

    /// Returns the part of it that may be null, so that it is null as a whole. A stream has no `Option` of its own: without
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
}

impl Type {
    /// Returns the type of the items of a list or stream.
    pub(crate) fn element(&self) -> Option<Self> {
        match self {
            Self::Rust(RustType::List { element, .. }) => Some(Self::Rust((**element).clone())),
            Self::Stream(item) => Some((**item).clone()),
            _ => None,
        }
    }
}
