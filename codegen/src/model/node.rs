//! Reading JSON values with errors that say where they stand and what would be right.

use std::fmt::Write;

use serde_json::{Map, Value};

use super::ShapeId;
use crate::Error;

/// A JSON value inside a shape, which knows its place.
#[derive(Clone, Copy)]
pub(super) struct Node<'a> {
    value: &'a Value,
    place: Place<'a>,
}

/// The place of a [`Node`]: a shape or member, something of it (`trait smithy.api#length`), and the steps from there.
#[derive(Clone, Copy)]
struct Place<'a> {
    owner: &'a str,
    part: &'a str,
    step: Option<&'a str>,
}

impl<'a> Node<'a> {
    /// The value of a trait.
    pub(super) fn of_trait(owner: &'a ShapeId, id: &'a str, value: &'a Value) -> Self {
        Self {
            value,
            place: Place {
                owner: owner.as_str(),
                part: id,
                step: None,
            },
        }
    }

    /// The value as it stands.
    pub(super) fn value(self) -> &'a Value {
        self.value
    }

    pub(super) fn str(self) -> Result<&'a str, Error> {
        self.value.as_str().ok_or_else(|| self.expected("a string"))
    }

    pub(super) fn bool(self) -> Result<bool, Error> {
        self.value
            .as_bool()
            .ok_or_else(|| self.expected("true or false"))
    }

    pub(super) fn u64(self) -> Result<u64, Error> {
        self.value
            .as_u64()
            .ok_or_else(|| self.expected("a whole number, 0 or more"))
    }

    pub(super) fn u16(self) -> Result<u16, Error> {
        let number = self
            .value
            .as_u64()
            .and_then(|number| u16::try_from(number).ok());
        number.ok_or_else(|| self.expected("a whole number from 0 to 65535"))
    }

    pub(super) fn number(self) -> Result<&'a serde_json::Number, Error> {
        self.value
            .as_number()
            .ok_or_else(|| self.expected("a number"))
    }

    pub(super) fn array(self) -> Result<&'a [Value], Error> {
        self.value
            .as_array()
            .map(Vec::as_slice)
            .ok_or_else(|| self.expected("an array"))
    }

    pub(super) fn object(self) -> Result<&'a Map<String, Value>, Error> {
        self.value
            .as_object()
            .ok_or_else(|| self.expected("an object"))
    }

    /// The elements of an array of strings.
    pub(super) fn strs(self) -> Result<Vec<&'a str>, Error> {
        let strs: Option<Vec<_>> = self.array()?.iter().map(Value::as_str).collect();
        strs.ok_or_else(|| self.expected("an array of strings"))
    }

    /// The properties of an object.
    pub(super) fn entries(self) -> Result<impl Iterator<Item = (&'a str, Self)>, Error> {
        let object = self.object()?;
        Ok(object.iter().map(move |(name, value)| {
            (
                name.as_str(),
                Self {
                    value,
                    place: Place {
                        step: Some(name),
                        ..self.place
                    },
                },
            )
        }))
    }

    /// A property that may be absent.
    pub(super) fn get(self, name: &'a str) -> Result<Option<Self>, Error> {
        let value = self.object()?.get(name);
        Ok(value.map(|value| Self {
            value,
            place: Place {
                step: Some(name),
                ..self.place
            },
        }))
    }

    /// A property that must be there.
    pub(super) fn require(self, name: &'a str) -> Result<Self, Error> {
        self.get(name)?
            .ok_or_else(|| self.error(format!("has no `{name}`")))
    }

    /// A string property that may be absent.
    pub(super) fn opt_str(self, name: &'a str) -> Result<Option<&'a str>, Error> {
        self.get(name)?.map(Self::str).transpose()
    }

    /// The value has the wrong form.
    pub(super) fn expected(self, wanted: &str) -> Error {
        self.error(format!("must be {wanted}, not {}", describe(self.value)))
    }

    /// Something else is wrong with the value; the message goes on after its place.
    pub(super) fn error(self, message: impl AsRef<str>) -> Error {
        let Place { owner, part, step } = self.place;
        let mut text = format!("trait {part}");
        if let Some(step) = step {
            let _ = write!(text, ", `{step}`");
        }
        Error::at(owner, format!("{text}: {}", message.as_ref()))
    }
}

/// A value in a few words, for error messages.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Number(value) => value.to_string(),
        Value::String(value) if value.chars().count() <= 40 => format!("`{value}`"),
        Value::String(_) => "a long string".to_owned(),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}
