//! Structures, unions and enums, and the Rust types of their members.

use super::{DefaultValue, Derives, Xml};
use crate::model::{Retryable, ShapeId, TimestampFormat};

/// The name of a type, and the shape that it stands for.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct TypeName {
    /// The name in Rust, such as `S3Configuration`. Unique in the crate, and reachable from its
    /// root.
    pub rust: String,
    /// The shape. For the empty request or response of an operation that has none,
    /// `smithy.api#Unit`.
    pub shape: ShapeId,
}

/// A type with a file of its own in `src/types/`.
#[derive(Debug)]
pub enum Type {
    /// A structure, which may be an error.
    Structure(Structure),
    /// A tagged union.
    Union(Union),
    /// An enum of strings.
    Enum(Enum<String>),
    /// An enum of integers.
    IntEnum(Enum<i32>),
}

/// The properties that all types have.
#[derive(Debug)]
pub struct About {
    /// The name.
    pub name: TypeName,
    /// The name in snake case: that of its module, if it has one of its own.
    pub module: String,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
    /// `true` if none of it may be shown in logs.
    pub sensitive: bool,
}

impl Type {
    /// The properties that all types have.
    pub fn about(&self) -> &About {
        match self {
            Self::Structure(structure) => &structure.about,
            Self::Union(union) => &union.about,
            Self::Enum(strings) => &strings.about,
            Self::IntEnum(integers) => &integers.about,
        }
    }

    /// Returns the structure, if it is one.
    pub fn as_structure(&self) -> Option<&Structure> {
        match self {
            Self::Structure(structure) => Some(structure),
            _ => None,
        }
    }
}

impl Type {
    /// Returns `true` if it or anything in it is deprecated.
    pub fn deprecates(&self) -> bool {
        match self {
            Self::Structure(structure) => structure.deprecates(),
            Self::Union(union) => {
                union.about.deprecated.is_some()
                    || union
                        .variants
                        .iter()
                        .any(|variant| variant.deprecated.is_some())
            }
            Self::Enum(strings) => strings.deprecates(),
            Self::IntEnum(integers) => integers.deprecates(),
        }
    }
}

impl Structure {
    /// The members that are fields: those of its value, and then the stream, if there is one.
    pub fn fields(&self) -> impl Iterator<Item = &Member> + Clone {
        self.members.iter().chain(self.stream.as_deref())
    }

    /// Returns `true` if it or anything in it is deprecated.
    pub fn deprecates(&self) -> bool {
        let mut fields = self.fields();
        self.about.deprecated.is_some() || fields.any(|field| field.deprecated.is_some())
    }

    /// Returns the member of this name in the model.
    pub fn member(&self, name: &str) -> Option<&Member> {
        self.members.iter().find(|member| member.name == name)
    }
}

impl RustType {
    /// Returns the kind of stream, if it is one.
    pub fn stream(&self) -> Option<StreamKind> {
        match self {
            Self::EventStream(_) => Some(StreamKind::Events),
            Self::ByteStream => Some(StreamKind::Bytes),
            _ => None,
        }
    }

    /// Returns `true` if its values are copied, not cloned.
    pub fn is_copy(&self) -> bool {
        use RustType::{Bool, DateTime, F32, F64, I8, I16, I32, I64};
        matches!(self, Bool | I8 | I16 | I32 | I64 | F32 | F64 | DateTime(_))
    }
}

impl<V> Enum<V> {
    /// Returns `true` if it or anything in it is deprecated.
    pub fn deprecates(&self) -> bool {
        self.about.deprecated.is_some()
            || self.values.iter().any(|value| value.deprecated.is_some())
    }
}

/// A structure.
#[derive(Debug)]
pub struct Structure {
    /// The properties that all types have.
    pub about: About,
    /// The module of its builder, such as `s3_configuration_builder`.
    pub builder_module: String,
    /// The name of its builder, such as `S3ConfigurationBuilder`.
    pub builder: String,
    /// The members, in the order of the model.
    pub members: Vec<Member>,
    /// The member that is a stream of events or bytes, which is no value, in the input or output of an operation.
    pub stream: Option<Box<Member>>,
    /// `true` if it implements `Default`: nothing in it is required.
    pub has_default: bool,
    /// `true` if it is the input of an operation and no output: what is read from a file for it may hold nothing unknown.
    pub is_request: bool,
    /// The other traits that it derives.
    pub derives: Derives,
    /// The traits of an error, if it is one.
    pub error: Option<ErrorTraits>,
}

/// The error traits of a structure.
#[derive(Debug)]
pub struct ErrorTraits {
    /// The name that a service sends for it.
    pub code: String,
    /// `true` if the service says that it is its own fault, not that of the caller.
    pub is_server_fault: bool,
    /// The status of responses that report it, if the model says it.
    pub status: Option<u16>,
    /// The trait `smithy.api#retryable`, if the error has it.
    pub retryable: Option<Retryable>,
    /// The member with the message, if there is one.
    pub message: Option<Message>,
}

/// The message of an error.
#[derive(Debug)]
pub struct Message {
    /// The field.
    pub field: String,
    /// `true` if it is an `Option`.
    pub optional: bool,
    /// `true` if it may not be shown.
    pub sensitive: bool,
}

/// A member of a structure.
#[derive(Debug)]
pub struct Member {
    /// The name in the model.
    pub name: String,
    /// The name on the wire.
    pub wire_name: String,
    /// The name of the field, `r#` included where it needs one.
    pub field: String,
    /// The type, without `Option` and `Box`.
    pub ty: RustType,
    /// `true` if the field is an `Option`.
    pub optional: bool,
    /// `true` if the type is in a `Box`, since it contains the structure.
    pub boxed: bool,
    /// The value of a field that is neither an `Option` nor has to be given.
    pub default: Option<DefaultValue>,
    /// `true` if the model requires it, and has no default for it.
    pub required: bool,
    /// The part of a message that holds it.
    pub location: Location,
    /// The form in XML, if it is not the default.
    pub xml: Option<Box<Xml>>,
    /// `true` if it may not be shown in logs.
    pub sensitive: bool,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The documentation of the builder's setter: the first paragraph of the documentation. Empty where a link to it will do, since
    /// nobody but tests builds such a structure.
    pub setter_docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
}

/// The part of a message that holds a member.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Location {
    /// The body, or the payload of an event, among others.
    Body,
    /// A part of the path.
    Label,
    /// A part of the path, but for all that stands before a slash in it.
    LastSegmentLabel,
    /// A parameter of the query.
    Query(String),
    /// Parameters of the query.
    QueryParams,
    /// A header.
    Header(String),
    /// A header that holds text of a media type, in base64.
    MediaTypeHeader(String),
    /// The headers whose names start so.
    PrefixHeaders(String),
    /// All of the body.
    Payload,
    /// All of the body, of a media type.
    MediaTypePayload(String),
    /// All of the body, which is a structure.
    StructurePayload,
    /// The status of the response.
    StatusCode,
    /// A header of an event.
    EventHeader,
    /// All of the payload of an event.
    EventPayload,
}

/// A kind of streams: what comes bit by bit.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum StreamKind {
    /// Events: `EventStream`.
    Events,
    /// Bytes: `ByteStream`.
    Bytes,
}

/// A tagged union.
#[derive(Debug)]
pub struct Union {
    /// The properties that all types have.
    pub about: About,
    /// Its variants, in the order of the model.
    pub variants: Vec<Variant>,
    /// The errors among its members, if its values are events of a stream.
    pub exceptions: Option<Vec<Exception>>,
    /// The other traits that it derives.
    pub derives: Derives,
}

/// An error that ends a stream of events.
#[derive(Debug)]
pub struct Exception {
    /// The name of the union's member.
    pub member: String,
    /// The structure.
    pub error: TypeName,
}

/// A variant of a tagged union.
#[derive(Debug)]
pub struct Variant {
    /// The tag, which is the name of the member in the model.
    pub tag: String,
    /// The tag on the wire.
    pub wire_tag: String,
    /// The form in XML, if it is not the default.
    pub xml: Option<Box<Xml>>,
    /// The name in Rust.
    pub name: String,
    /// The name of the method that returns what it holds.
    pub accessor: String,
    /// The type of the value. `None` for `smithy.api#Unit`.
    pub ty: Option<RustType>,
    /// `true` if the value is in a `Box`, since it contains the union.
    pub boxed: bool,
    /// `true` if the value may not be shown in logs.
    pub sensitive: bool,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
}

/// An enum, of strings or of integers.
#[derive(Debug)]
pub struct Enum<V> {
    /// The properties that all types have.
    pub about: About,
    /// The values, in the order of the model.
    pub values: Vec<EnumValue<V>>,
}

/// A value of an enum.
#[derive(Debug)]
pub struct EnumValue<V> {
    /// The name in Rust.
    pub name: String,
    /// The value on the wire.
    pub value: V,
    /// The documentation, in Markdown.
    pub docs: String,
    /// The deprecation, if it is deprecated.
    pub deprecated: Option<Deprecated>,
}

/// The arguments of `#[deprecated]`.
#[derive(Clone, Debug, Default)]
pub struct Deprecated {
    /// The reason, or what to use instead.
    pub note: Option<String>,
    /// Since which version or date.
    pub since: Option<String>,
}

/// A type of Rust, as it stands for a shape.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum RustType {
    /// `bool`
    Bool,
    /// `i8`
    I8,
    /// `i16`
    I16,
    /// `i32`
    I32,
    /// `i64`
    I64,
    /// `f32`
    F32,
    /// `f64`
    F64,
    /// `BigInteger`
    BigInteger,
    /// `BigDecimal`
    BigDecimal,
    /// `String`
    String,
    /// `Blob`
    Blob,
    /// `DateTime`
    DateTime(TimestampFormat),
    /// `Document`
    Document,
    /// `ByteStream`
    ByteStream,
    /// `EventStream<T>`, of a tagged union of the crate.
    EventStream(TypeName),
    /// A structure of the crate.
    Structure(TypeName),
    /// A tagged union of the crate.
    Union(TypeName),
    /// An enum of strings of the crate.
    Enum(TypeName),
    /// An enum of integers of the crate.
    IntEnum(TypeName),
    /// `Vec<T>`, or `Vec<Option<T>>`.
    List {
        /// The type of the elements or values.
        element: Box<RustType>,
        /// `true` if it may hold nulls.
        sparse: bool,
    },
    /// `HashMap<K, V>`, or `HashMap<K, Option<V>>`.
    Map {
        /// `String` or an enum.
        key: Box<RustType>,
        /// The type of the elements or values.
        value: Box<RustType>,
        /// `true` if it may hold nulls.
        sparse: bool,
    },
}
