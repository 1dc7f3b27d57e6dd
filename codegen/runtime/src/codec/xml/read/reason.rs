//! The reasons that a value cannot be read.

use quick_xml::Error;
use quick_xml::events::attributes::AttrError;

use super::cursor::MAX_DEPTH;
use crate::DecodeError;
use crate::codec::path::Path;

/// The reason that a value cannot be read.
// One pointer, since it is part of what most functions of the reader return.
pub(super) struct Reason(Box<Kind>);

enum Kind {
    /// The document ends too early.
    Cut,
    /// The document is not XML, or not of the kind that is read here.
    Syntax(&'static str),
    /// Elements lie in more others than are read.
    TooDeep,
    /// The value is not what belongs here.
    Value(String),
}

impl Reason {
    #[cold]
    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    #[cold]
    pub(super) fn cut() -> Self {
        Self::new(Kind::Cut)
    }

    #[cold]
    pub(super) fn too_deep() -> Self {
        Self::new(Kind::TooDeep)
    }

    #[cold]
    pub(super) fn syntax(reason: &'static str) -> Self {
        Self::new(Kind::Syntax(reason))
    }

    #[cold]
    pub(super) fn value(reason: String) -> Self {
        Self::new(Kind::Value(reason))
    }

    #[cold]
    pub(super) fn expected(found: &str, expected: &str) -> Self {
        Self::value(format!("found {found}, expected {expected}"))
    }

    #[cold]
    pub(super) fn root(expected: &str) -> Self {
        Self::value(format!(
            "the root is another element, expected `{expected}`"
        ))
    }

    #[cold]
    pub(super) fn duplicate(name: &str) -> Self {
        Self::value(format!("duplicate field `{name}`"))
    }

    #[cold]
    pub(super) fn lacks(name: &str) -> Self {
        Self::value(format!("missing element `{name}`"))
    }

    /// Returns the error, with the path of what it is about.
    #[cold]
    pub(super) fn into_error(self, path: &Path) -> DecodeError {
        match *self.0 {
            Kind::Cut => DecodeError::incomplete(path.before("the XML is cut short")),
            Kind::Syntax(reason) => {
                DecodeError::syntax(path.before(&format!("the body is not XML: {reason}")))
            }
            // The path would be all that there is room for.
            Kind::TooDeep => DecodeError::new(format!(
                "elements are nested deeper than {MAX_DEPTH} levels"
            )),
            Kind::Value(reason) => DecodeError::new(path.before(&reason)),
        }
    }
}

impl From<Error> for Reason {
    #[cold]
    fn from(error: Error) -> Self {
        Self::syntax(match error {
            Error::IllFormed(_) => "it is not well-formed",
            Error::Encoding(_) => "it is not in UTF-8",
            Error::Escape(_) => "a reference to a character is wrong",
            Error::InvalidAttr(_) => "an attribute is wrong",
            _ => "a tag is wrong",
        })
    }
}

impl From<AttrError> for Reason {
    #[cold]
    fn from(_error: AttrError) -> Self {
        Self::syntax("an attribute is wrong")
    }
}
