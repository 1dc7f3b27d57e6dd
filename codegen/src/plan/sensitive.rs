//! What may not be shown in logs.

use crate::Error;
use crate::smithy::{Closure, Shape, ShapeKind};

/// Whether a field with values of this shape has to hide them. Structures, unions and enums hide
/// themselves.
pub fn hides(closure: &Closure<'_>, shape: &Shape) -> Result<bool, Error> {
    use ShapeKind::{Enum, IntEnum, List, Map, Structure, Union};
    let is_sensitive = shape.traits.is_sensitive();
    Ok(match &shape.kind {
        Structure(_) | Union(_) | Enum(_) | IntEnum(_) => false,
        List(element) => is_sensitive || hides(closure, closure.target(element)?)?,
        Map(map) => {
            is_sensitive
                || hides(closure, closure.target(&map.key)?)?
                || hides(closure, closure.target(&map.value)?)?
        }
        _ => is_sensitive,
    })
}
