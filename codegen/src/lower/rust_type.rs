//! The types of Rust that stand for shapes.

use super::shapes::Shapes;
use crate::Error;
use crate::ir::RustType;
use crate::model::{Member, Shape, ShapeKind, TimestampFormat, is_byte_stream, is_event_stream};

impl Shapes<'_> {
    /// The type of a member's values; `timestamps` is the format of those that have none of their own. Linking has seen to it that lists
    /// and maps are not nested deep.
    pub(super) fn rust_type(
        &self,
        member: &Member,
        timestamps: TimestampFormat,
    ) -> Result<RustType, Error> {
        let target = self.closure.target(member)?;
        let name = || self.name(&target.id);
        Ok(match &target.kind {
            ShapeKind::Boolean => RustType::Bool,
            ShapeKind::Byte => RustType::I8,
            ShapeKind::Short => RustType::I16,
            ShapeKind::Integer => RustType::I32,
            ShapeKind::Long => RustType::I64,
            ShapeKind::Float => RustType::F32,
            ShapeKind::Double => RustType::F64,
            ShapeKind::BigInteger => RustType::BigInteger,
            ShapeKind::BigDecimal => RustType::BigDecimal,
            ShapeKind::String => RustType::String,
            ShapeKind::Blob if is_byte_stream(target) => RustType::ByteStream,
            ShapeKind::Blob => RustType::Blob,
            ShapeKind::Document => RustType::Document,
            ShapeKind::Timestamp => {
                RustType::DateTime(self.timestamp_format(member, target, timestamps)?)
            }
            ShapeKind::Enum(_) => RustType::Enum(name()),
            ShapeKind::IntEnum(_) => RustType::IntEnum(name()),
            ShapeKind::Structure(_) if !target.id.is_unit() => RustType::Structure(name()),
            ShapeKind::Union(_) if is_event_stream(target) => RustType::EventStream(name()),
            ShapeKind::Union(_) => RustType::Union(name()),
            ShapeKind::List(element) => RustType::List {
                element: Box::new(self.rust_type(element, timestamps)?),
                sparse: target.traits.is_sparse(),
            },
            ShapeKind::Map(map) => RustType::Map {
                key: Box::new(self.rust_type(&map.key, timestamps)?),
                value: Box::new(self.rust_type(&map.value, timestamps)?),
                sparse: target.traits.is_sparse(),
            },
            kind => {
                let message = format!(
                    "targets {}, a {}: expected a shape that is a type of values",
                    target.id,
                    kind.name()
                );
                return Err(Error::at(member.id(), message));
            }
        })
    }

    /// The format of a timestamp, where the protocol leaves a choice.
    fn timestamp_format(
        &self,
        member: &Member,
        target: &Shape,
        default: TimestampFormat,
    ) -> Result<TimestampFormat, Error> {
        if !self.protocol.has_timestamp_formats {
            return Ok(TimestampFormat::EpochSeconds);
        }
        let format = member
            .traits
            .timestamp_format()?
            .or(target.traits.timestamp_format()?);
        Ok(format.unwrap_or(default))
    }
}
