//! A file as it is written: names are not resolved yet, and everything knows its place.

use std::ops::Range;

use serde_json::Number;

use crate::model::raw::Version;

/// Something at a place.
#[derive(Clone, Debug)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Range<usize>,
}

/// The id of a shape or member, which may be relative: `Foo`, `Foo$bar`, `com.example#Foo`.
pub type Name<'a> = Spanned<&'a str>;

/// A file.
#[derive(Debug)]
pub struct File<'a> {
    pub version: Version,
    pub metadata: Vec<(String, Node<'a>)>,
    /// `None`, if the file defines no shapes.
    pub namespace: Option<&'a str>,
    pub uses: Vec<Name<'a>>,
    pub shapes: Vec<Shape<'a>>,
    pub applies: Vec<Apply<'a>>,
}

/// A value.
pub type Node<'a> = Spanned<Value<'a>>;

/// The kinds of values.
#[derive(Clone, Debug)]
pub enum Value<'a> {
    Null,
    Bool(bool),
    Number(Number),
    /// A number with more digits than [`Number`] holds.
    LongNumber(&'a str),
    String(String),
    /// The id of a shape, without quotes.
    Id(&'a str),
    Array(Vec<Node<'a>>),
    Object(Object<'a>),
}

/// The properties of an object in their order.
pub type Object<'a> = Vec<(Spanned<String>, Node<'a>)>;

/// A trait with its value.
#[derive(Clone, Debug)]
pub struct Trait<'a> {
    pub name: Name<'a>,
    /// `None` for `@name` and `@name()`: the value is the empty one of the trait's type.
    pub value: Option<Node<'a>>,
}

/// The definition of a shape.
#[derive(Debug)]
pub struct Shape<'a> {
    pub kind: &'static str,
    /// The name without the namespace, where it stands, or where the structure begins that is defined inline.
    pub name: Spanned<String>,
    pub traits: Vec<Trait<'a>>,
    /// The resource that members without a target belong to.
    pub resource: Option<Name<'a>>,
    pub mixins: Vec<Name<'a>>,
    pub members: Vec<Member<'a>>,
    pub properties: Vec<Property<'a>>,
}

/// A member.
#[derive(Debug)]
pub struct Member<'a> {
    pub name: Name<'a>,
    pub target: Target<'a>,
    pub traits: Vec<Trait<'a>>,
    /// The value after `=`.
    pub assigned: Option<Node<'a>>,
}

/// The target of a member.
#[derive(Debug)]
pub enum Target<'a> {
    Shape(Name<'a>),
    /// None is given: a mixin or a resource has it.
    Elided,
    /// The value is one of an enum.
    Unit,
}

/// A property of a service, a resource or an operation.
#[derive(Debug)]
pub struct Property<'a> {
    pub name: Spanned<String>,
    pub value: PropertyValue<'a>,
}

/// The value of a property.
#[derive(Debug)]
pub enum PropertyValue<'a> {
    /// A value that is not read any further.
    Node(Node<'a>),
    /// A shape.
    Target(Name<'a>),
    /// Shapes.
    Targets(Vec<Name<'a>>),
    /// A structure that is defined inline, by its name in the file's namespace.
    Inline(String),
}

/// `apply Foo @trait` or `apply Foo { @trait @trait }`
#[derive(Debug)]
pub struct Apply<'a> {
    pub target: Name<'a>,
    pub traits: Vec<Trait<'a>>,
}
