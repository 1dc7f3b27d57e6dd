//! Shape ids: `com.example#Shape` and `com.example#Shape$member`.

use std::fmt;
use std::sync::Arc;

use crate::Error;
use crate::names::is_identifier;

/// The id of a shape (`com.example#Shape`) or of a member (`com.example#Shape$member`). Cheap to clone.
#[derive(Clone, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct ShapeId(Arc<str>);

impl ShapeId {
    /// The prelude's `smithy.api#Unit`: no input, no output, or a union member without a value.
    pub const UNIT: &'static str = "smithy.api#Unit";

    /// Reads the id of a shape or of a member.
    pub fn parse(text: &str) -> Result<Self, Error> {
        if is_shape_id(text) {
            Ok(Self(text.into()))
        } else {
            Err(Error::new(format!(
                "`{text}` is not a shape id, which looks like `com.example#Shape`"
            )))
        }
    }

    /// The whole id.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// `com.example` of `com.example#Shape`.
    pub fn namespace(&self) -> &str {
        self.0
            .split_once('#')
            .map_or("", |(namespace, _)| namespace)
    }

    /// `Shape` of `com.example#Shape` and of `com.example#Shape$member`.
    pub fn name(&self) -> &str {
        let (_, rest) = self.0.split_once('#').unwrap_or_default();
        rest.split_once('$').map_or(rest, |(name, _)| name)
    }

    /// `member` of `com.example#Shape$member`.
    pub fn member_name(&self) -> Option<&str> {
        self.0.split_once('$').map(|(_, member)| member)
    }

    /// The id of a member of this shape.
    pub fn member(&self, name: &str) -> Self {
        Self(format!("{}${name}", self.shape_str()).into())
    }

    /// The id of the shape that a member belongs to; a shape's own id otherwise.
    pub fn shape(&self) -> Self {
        if self.member_name().is_some() {
            Self(self.shape_str().into())
        } else {
            self.clone()
        }
    }

    /// Returns `true` for `smithy.api#Unit`.
    pub fn is_unit(&self) -> bool {
        &*self.0 == Self::UNIT
    }

    /// An id that is known to be well formed.
    pub(crate) fn known(text: &str) -> Self {
        Self(text.into())
    }

    fn shape_str(&self) -> &str {
        self.0.split_once('$').map_or(&self.0, |(shape, _)| shape)
    }
}

impl fmt::Display for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for ShapeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::borrow::Borrow<str> for ShapeId {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl PartialEq<str> for ShapeId {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for ShapeId {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

fn is_shape_id(text: &str) -> bool {
    let Some((namespace, rest)) = text.split_once('#') else {
        return false;
    };
    let (name, member) = rest
        .split_once('$')
        .map_or((rest, None), |(name, member)| (name, Some(member)));
    namespace.split('.').all(is_identifier)
        && is_identifier(name)
        && member.is_none_or(is_identifier)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_an_id() {
        let id = ShapeId::parse("com.example#Shape$member").unwrap();
        assert_eq!(
            (id.namespace(), id.name(), id.member_name()),
            ("com.example", "Shape", Some("member"))
        );
        assert_eq!(id.shape(), "com.example#Shape");
        assert_eq!(id.shape().member("other"), "com.example#Shape$other");
        assert_eq!(id.shape().member_name(), None);
    }

    #[test]
    fn what_is_not_an_id() {
        for text in [
            "", "#", "Shape", "a#", "#B", "a#B#C", "a#B$", "a#B$c$d", "a..b#C", "a#1B", "a#B-C",
            "ä#B", "a #B",
        ] {
            let error = ShapeId::parse(text).unwrap_err().to_string();
            assert_eq!(
                error,
                format!("`{text}` is not a shape id, which looks like `com.example#Shape`")
            );
        }
    }
}
