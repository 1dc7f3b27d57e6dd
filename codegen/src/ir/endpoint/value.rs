//! Expressions of the rules language with their types, and with what they are in Rust.

use std::cell::Cell;

/// An expression.
#[derive(Clone, Debug)]
pub struct Value {
    /// The kind of the expression.
    pub kind: Kind,
    /// The type of its value.
    pub ty: Type,
    /// `true` if it is an `Option` of that.
    pub optional: bool,
    /// The owner of its value.
    pub form: Form,
}

/// The kinds of expressions.
#[derive(Clone, Debug)]
pub enum Kind {
    /// `true`, `false`
    Boolean(bool),
    /// A number.
    Integer(i64),
    /// A string without values in it.
    Text(String),
    /// A string with values in it.
    Format(Vec<FormatPart>),
    /// A field of the parameters.
    Parameter(String),
    /// A local variable.
    Variable(String),
    /// A field of a structure.
    Field(Box<Value>, &'static str),
    /// An item of a list, counted from the end if negative.
    Item(Box<Value>, i64),
    /// A test that an `Option` is `Some`.
    IsSome(Box<Value>),
    /// The opposite of a boolean.
    Not(Box<Value>),
    /// A comparison of two values.
    Equal(Box<Value>, Box<Value>),
    /// The first of several that is there.
    Coalesce(Vec<Value>),
    /// One of two.
    Ite(Box<Value>, Box<Value>, Box<Value>),
    /// A call of a function of the runtime.
    Call(&'static str, Vec<Value>),
}

/// A part of a string with values in it.
#[derive(Clone, Debug)]
pub enum FormatPart {
    /// Text that stands for itself.
    Text(String),
    /// A value.
    Value(Value),
    /// A value that becomes a part of the authority of a URL.
    Authority {
        /// Its name in the rules.
        name: String,
        /// The value.
        value: Value,
        /// `true` if it is a label or several by itself, and not text that makes one together with what stands beside it.
        is_labels: bool,
    },
}

/// The types of the rules language; lists of strings are two types in Rust.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Type {
    /// `bool`
    Boolean,
    /// `usize`
    Integer,
    /// `&str` or `String`
    String,
    /// `&[String]`: a parameter.
    Strings,
    /// `Vec<&str>`: parts of a string.
    Parts,
    /// `&'static Partition`
    Partition,
    /// `Arn<'_>`
    Arn,
    /// `Url<'_>`
    Url,
}

/// The owner of the value of an expression.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Form {
    /// Nobody has to: it is a reference, or can be copied.
    Borrowed,
    /// A field or a variable: use it by reference.
    Place,
    /// The expression itself: use it at once, or keep it in a variable.
    Temporary,
}

/// A local variable that stands for a parameter which has been found to be set, or for what a condition assigned.
#[derive(Debug)]
pub struct Binding {
    /// The name in the rules.
    pub reference: String,
    /// The name in Rust.
    pub name: String,
    /// Its type.
    pub ty: Type,
    /// The ownership of the value.
    pub form: Form,
    /// `true` if anything uses it.
    pub used: Cell<bool>,
}
