//! Shapes and members.

use indexmap::IndexMap;

use super::{ShapeId, Traits};

/// A shape: an id, traits, and what kind of thing it is.
#[derive(Clone, Debug)]
pub struct Shape {
    /// The shape's id, before any `rename` by the service.
    pub id: ShapeId,
    /// The shape's traits, those of its mixins included.
    pub traits: Traits,
    /// The kind of the shape, with all that belongs to that kind.
    pub kind: ShapeKind,
}

/// Every kind of shape that Smithy 2.0 has.
#[derive(Clone, Debug)]
pub enum ShapeKind {
    /// Bytes.
    Blob,
    /// True or false.
    Boolean,
    /// UTF-8 text.
    String,
    /// 8 bits, signed.
    Byte,
    /// 16 bits, signed.
    Short,
    /// 32 bits, signed.
    Integer,
    /// 64 bits, signed.
    Long,
    /// IEEE 754, single precision.
    Float,
    /// IEEE 754, double precision.
    Double,
    /// An integer of any size.
    BigInteger,
    /// A decimal number of any size and precision.
    BigDecimal,
    /// A point in time.
    Timestamp,
    /// Any JSON-like value.
    Document,
    /// A string out of a set that may grow. A string shape with the old `smithy.api#enum` trait is one as well.
    Enum(Vec<EnumMember>),
    /// A number out of a set that may grow.
    IntEnum(Vec<IntEnumMember>),
    /// A list, or a set, its legacy alias.
    List(Box<Member>),
    /// A map from strings (or enums) to values.
    Map(Box<MapMembers>),
    /// A structure, with its members in order.
    Structure(Vec<Member>),
    /// A tagged union, with its members in order.
    Union(Vec<Member>),
    /// A service.
    Service(Service),
    /// An operation.
    Operation(Operation),
    /// A resource, of interest here only for the operations bound to it.
    Resource(Resource),
}

/// A member of a list, map, structure or union.
#[derive(Clone, Debug)]
pub struct Member {
    /// The member's name: `member` in a list, `key` and `value` in a map.
    pub name: String,
    /// The shape of the member's values.
    pub target: ShapeId,
    /// The traits of the member, not those of its target.
    pub traits: Traits,
}

/// The two members of a map.
#[derive(Clone, Debug)]
pub struct MapMembers {
    /// The member `key`.
    pub key: Member,
    /// The member `value`.
    pub value: Member,
}

/// One of the strings of an enum.
#[derive(Clone, Debug)]
pub struct EnumMember {
    /// The name that the model gives the value (or one made from the value where an old enum trait gives none).
    pub name: String,
    /// The string on the wire.
    pub value: String,
    /// The member's traits.
    pub traits: Traits,
}

/// One of the numbers of an intEnum.
#[derive(Clone, Debug)]
pub struct IntEnumMember {
    /// The name that the model gives the number.
    pub name: String,
    /// The number on the wire.
    pub value: i32,
    /// The member's traits.
    pub traits: Traits,
}

/// The properties of a service shape.
#[derive(Clone, Debug, Default)]
pub struct Service {
    /// The version of the service's interface, often a date; empty if the model has none.
    pub version: String,
    /// The operations bound to the service itself. [`Closure::operations`](super::Closure::operations) has all of them.
    pub operations: Vec<ShapeId>,
    /// The resources bound to the service.
    pub resources: Vec<ShapeId>,
    /// Errors that every operation can end in.
    pub errors: Vec<ShapeId>,
    /// The names that some shapes have in the closure of this service.
    pub rename: IndexMap<ShapeId, String>,
}

/// The properties of an operation shape.
#[derive(Clone, Debug)]
pub struct Operation {
    /// The input structure; `smithy.api#Unit` if there is none.
    pub input: ShapeId,
    /// The output structure; `smithy.api#Unit` if there is none.
    pub output: ShapeId,
    /// The operation's own errors. [`Closure::errors`](super::Closure::errors) adds those of the service.
    pub errors: Vec<ShapeId>,
}

/// The properties of a resource shape.
#[derive(Clone, Debug, Default)]
pub struct Resource {
    /// All operations of the resource: lifecycle operations first (put, create, read, update, delete, list), then `operations`,
    /// then `collectionOperations`.
    pub operations: Vec<ShapeId>,
    /// Nested resources.
    pub resources: Vec<ShapeId>,
}

impl Shape {
    /// The members of a structure, union, list or map in order; none for any other kind.
    pub fn members(&self) -> impl Iterator<Item = &Member> {
        let (many, few): (&[Member], [Option<&Member>; 2]) = match &self.kind {
            ShapeKind::Structure(members) | ShapeKind::Union(members) => (members, [None, None]),
            ShapeKind::List(member) => (&[], [Some(member), None]),
            ShapeKind::Map(map) => (&[], [Some(&map.key), Some(&map.value)]),
            _ => (&[], [None, None]),
        };
        many.iter().chain(few.into_iter().flatten())
    }

    /// The member of this name.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members().find(|member| member.name == name)
    }
}

impl Member {
    /// `ns#Shape$member`.
    pub fn id(&self) -> &ShapeId {
        self.traits.owner()
    }
}

impl ShapeKind {
    /// The kind's name in Smithy's JSON AST.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Blob => "blob",
            Self::Boolean => "boolean",
            Self::String => "string",
            Self::Byte => "byte",
            Self::Short => "short",
            Self::Integer => "integer",
            Self::Long => "long",
            Self::Float => "float",
            Self::Double => "double",
            Self::BigInteger => "bigInteger",
            Self::BigDecimal => "bigDecimal",
            Self::Timestamp => "timestamp",
            Self::Document => "document",
            Self::Enum(_) => "enum",
            Self::IntEnum(_) => "intEnum",
            Self::List(_) => "list",
            Self::Map(_) => "map",
            Self::Structure(_) => "structure",
            Self::Union(_) => "union",
            Self::Service(_) => "service",
            Self::Operation(_) => "operation",
            Self::Resource(_) => "resource",
        }
    }
}
