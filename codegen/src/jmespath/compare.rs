//! Comparisons, and the classes of values that decide what can be compared.

use super::Comparator;
use crate::Diagnostic;
use crate::ir::RustType;
use crate::ir::query::{Kind, Query, Type};

type Result<T, E = Diagnostic> = std::result::Result<T, E>;

/// A type of JSON values.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Class {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
    /// That depends: on the format, or on what the service sends.
    Open,
}

impl Class {
    /// The class in words.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Boolean => "a boolean",
            Self::Number => "a number",
            Self::Text => "a string",
            Self::List => "a list",
            Self::Object => "an object",
            Self::Open => "a value of an open type",
        }
    }

    /// Returns the class of the values of a type.
    pub(super) fn of(ty: &Type) -> Self {
        match ty {
            Type::Null => Self::Null,
            Type::Count | Type::AnyNumber => Self::Number,
            Type::Stream(_) => Self::List,
            Type::InputOutput(..) | Type::Unit => Self::Object,
            Type::Mixed => Self::Open,
            Type::Rust(ty) => match ty {
                RustType::Bool => Self::Boolean,
                RustType::I8
                | RustType::I16
                | RustType::I32
                | RustType::I64
                | RustType::F32
                | RustType::F64
                | RustType::IntEnum(_) => Self::Number,
                RustType::String | RustType::Enum(_) => Self::Text,
                RustType::BigInteger
                | RustType::BigDecimal
                | RustType::Blob
                | RustType::ByteStream
                | RustType::DateTime(_)
                | RustType::Document
                | RustType::EventStream(_) => Self::Open,
                RustType::Structure(_) | RustType::Union(_) | RustType::Map { .. } => Self::Object,
                RustType::List { .. } => Self::List,
            },
        }
    }
}

impl Query {
    /// Returns `true` if the value is a string, or an enum that is one on the wire.
    pub fn is_text(&self) -> bool {
        Class::of(&self.ty) == Class::Text
    }

    /// Returns `true` if the value is a list or stream of strings.
    pub fn is_texts(&self) -> bool {
        let item = self.ty.element();
        item.is_some_and(|item| Class::of(&item) == Class::Text)
    }

    /// Returns `true` if the value is a number.
    pub fn is_number(&self) -> bool {
        Class::of(&self.ty) == Class::Number
    }

    /// Returns `true` if the value is a boolean.
    pub fn is_boolean(&self) -> bool {
        Class::of(&self.ty) == Class::Boolean
    }

    /// Returns `true` if the value is or may be a boolean: one side of `&&` or `||` is enough.
    pub fn may_be_boolean(&self) -> bool {
        match &self.kind {
            Kind::And(left, right) | Kind::Or(left, right) => {
                left.may_be_boolean() || right.may_be_boolean()
            }
            _ => self.is_boolean(),
        }
    }

    /// Returns `true` if only the response shows the type of the value, or of the items of the list.
    pub fn is_open(&self) -> bool {
        let is_open = |ty: &Type| Class::of(ty) == Class::Open;
        is_open(&self.ty) || self.ty.element().is_some_and(|element| is_open(&element))
    }
}

/// Returns the diagnostic for a value of the wrong type. It is wrong unless only the response shows the type.
pub(super) fn misfit(of: &Query, message: impl Into<String>) -> Diagnostic {
    match of.ty {
        Type::Mixed => Diagnostic::unsupported(format!(
            "{}: the type of an `&&` or `||` whose sides have different types is not known, which is not supported",
            message.into()
        )),
        _ if Class::of(&of.ty) == Class::Open => Diagnostic::unsupported(format!(
            "{}: it is a document, a blob, a timestamp or a number of any size, which is not supported",
            message.into()
        )),
        _ => message.into().into(),
    }
}

/// `left == right`, `left < right`
pub(super) fn comparison(comparator: Comparator, left: Query, right: Query) -> Result<Query> {
    let is_order = !matches!(comparator, Comparator::Equal | Comparator::NotEqual);
    if is_order {
        for side in [&left, &right] {
            if !side.is_number() {
                return Err(misfit(side, "orders values that are not numbers"));
            }
        }
    }
    check_comparable(&left, &right)?;
    Ok(Query {
        ty: Type::Rust(RustType::Bool),
        // Nothing is neither more nor less than something.
        optional: is_order && (left.optional || right.optional),
        kind: Kind::Comparison(comparator, Box::new(left), Box::new(right)),
    })
}

/// Checks that two values may be equal, and can be compared.
pub(super) fn check_comparable(left: &Query, right: &Query) -> Result<()> {
    let (left_class, right_class) = (Class::of(&left.ty), Class::of(&right.ty));
    match (left_class, right_class) {
        _ if left.ty == Type::Mixed || right.ty == Type::Mixed => Err(Diagnostic::unsupported(
            "compares an `&&` or `||` whose sides have different types, which is not supported",
        )),
        (Class::Null, _) | (_, Class::Null) => Ok(()),
        (Class::Open, _) | (_, Class::Open) => Err(Diagnostic::unsupported(
            "compares a document, a blob, a timestamp or a number of any size, which is not supported",
        )),
        (Class::Boolean | Class::Number | Class::Text, _) if left_class == right_class => Ok(()),
        _ if left_class == right_class => Err(Diagnostic::unsupported(
            "compares lists or objects, which is not supported",
        )),
        _ => Err(format!(
            "compares {} with {}, which are never equal",
            left_class.name(),
            right_class.name()
        )
        .into()),
    }
}
