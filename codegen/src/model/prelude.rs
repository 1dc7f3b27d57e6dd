//! The shapes that every Smithy model has without saying so.

use serde_json::{Map, Value, json};

use super::{Shape, ShapeId, ShapeKind, Traits};

/// The shapes of Smithy's prelude that a model can target, trait definitions apart.
pub(super) fn shapes() -> impl Iterator<Item = Shape> {
    let simple = [
        ("Blob", ShapeKind::Blob),
        ("Boolean", ShapeKind::Boolean),
        ("String", ShapeKind::String),
        ("Byte", ShapeKind::Byte),
        ("Short", ShapeKind::Short),
        ("Integer", ShapeKind::Integer),
        ("Long", ShapeKind::Long),
        ("Float", ShapeKind::Float),
        ("Double", ShapeKind::Double),
        ("BigInteger", ShapeKind::BigInteger),
        ("BigDecimal", ShapeKind::BigDecimal),
        ("Timestamp", ShapeKind::Timestamp),
        ("Document", ShapeKind::Document),
        ("Unit", ShapeKind::Structure(Vec::new())),
    ];
    let primitive = [
        ("PrimitiveBoolean", ShapeKind::Boolean, json!(false)),
        ("PrimitiveByte", ShapeKind::Byte, json!(0)),
        ("PrimitiveShort", ShapeKind::Short, json!(0)),
        ("PrimitiveInteger", ShapeKind::Integer, json!(0)),
        ("PrimitiveLong", ShapeKind::Long, json!(0)),
        ("PrimitiveFloat", ShapeKind::Float, json!(0)),
        ("PrimitiveDouble", ShapeKind::Double, json!(0)),
    ];
    let simple = simple
        .into_iter()
        .map(|(name, kind)| shape(name, kind, None));
    simple.chain(
        primitive
            .into_iter()
            .map(|(name, kind, default)| shape(name, kind, Some(default))),
    )
}

fn shape(name: &str, kind: ShapeKind, default: Option<Value>) -> Shape {
    let id = ShapeId::known(&format!("smithy.api#{name}"));
    let traits: Map<_, _> = default
        .map(|default| ("smithy.api#default".to_owned(), default))
        .into_iter()
        .collect();
    Shape {
        traits: Traits::new(id.clone(), traits),
        id,
        kind,
    }
}
