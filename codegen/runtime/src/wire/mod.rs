//! The wire format of awsJson, where it is not what serde writes of itself.
//!
//! A structure derives serde's traits; a field whose form on the wire differs names that form:
//!
//! ```
//! use serde::{Deserialize, Serialize};
//! use smithy_rt::DateTime;
//! use smithy_rt::wire::{As, EpochSeconds};
//!
//! #[derive(Deserialize, Serialize)]
//! struct Job {
//!     #[serde(with = "As::<EpochSeconds>")]
//!     submitted: DateTime,
//!     #[serde(default, skip_serializing_if = "Option::is_none", with = "As::<Option<EpochSeconds>>")]
//!     ended: Option<DateTime>,
//! }
//! let job: Job = serde_json::from_str(r#"{"submitted": 1606272542.135}"#).unwrap();
//! assert_eq!(serde_json::to_string(&job).unwrap(), r#"{"submitted":1606272542.135}"#);
//! ```
//!
//! Formats compose as types do: `As<Vec<Option<Base64>>>`, `As<HashMap<Same, HttpDate>>`. Each format implements [`Write`] and
//! [`Read`] for the Rust types that it can carry. [`Union`] and the macros [`string_enum!`](crate::string_enum),
//! [`int_enum!`](crate::int_enum) and [`union!`](crate::union) give a generated type its serde traits.

mod blob;
mod enums;
mod float;
mod sensitive;
mod timestamp;
mod union;

pub use blob::Base64;
pub use enums::{int, text};
pub use float::Float;
pub use sensitive::Sensitive;
pub use timestamp::{DateTimeFormat, EpochSeconds, HttpDate};
pub use union::{Union, Unit, next, next_as, read_union, write_union};

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::collections::HashMap;
use std::fmt;
use std::hash::Hash;
use std::marker::PhantomData;

/// How a `T` is written.
pub trait Write<T> {
    /// Writes `value` in this format.
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>;
}

/// How a `T` is read.
pub trait Read<T>: Sized {
    /// Reads a value in this format.
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>;
}

/// What serde does of itself.
#[derive(Clone, Copy, Debug)]
pub enum Same {}

impl<T: Serialize> Write<T> for Same {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        value.serialize(serializer)
    }
}

impl<T: for<'a> Deserialize<'a>> Read<T> for Same {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}

/// The module for serde's `with` attribute that reads and writes a field in the format `W`.
#[derive(Clone, Copy, Debug)]
pub struct As<W>(PhantomData<W>);

impl<W> As<W> {
    /// Writes a field, as serde's `with` asks for it.
    pub fn serialize<T, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error>
    where
        W: Write<T>,
    {
        W::write(value, serializer)
    }

    /// Reads a field, as serde's `with` asks for it.
    pub fn deserialize<'de, T, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error>
    where
        W: Read<T>,
    {
        W::read(deserializer)
    }

    /// The value as something that serde writes in this format.
    pub fn of<T>(value: &T) -> Writing<'_, T, W> {
        Writing(value, PhantomData)
    }
}

/// A value that is written in the format `W`, from [`As::of`].
pub struct Writing<'a, T, W>(&'a T, PhantomData<W>);

impl<T, W: Write<T>> Serialize for Writing<'_, T, W> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        W::write(self.0, serializer)
    }
}

impl<T: fmt::Debug, W> fmt::Debug for Writing<'_, T, W> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A value that was read in the format `W`. `T` stands first, so that collections of it can be collected from.
struct Reading<T, W>(T, PhantomData<W>);

impl<'de, T, W: Read<T>> Deserialize<'de> for Reading<T, W> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        W::read(deserializer).map(|value| Self(value, PhantomData))
    }
}

impl<T, W: Write<T>> Write<Option<T>> for Option<W> {
    fn write<S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
        value.as_ref().map(As::<W>::of).serialize(serializer)
    }
}

impl<T, W: Read<T>> Read<Option<T>> for Option<W> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
        let read = Option::<Reading<T, W>>::deserialize(deserializer)?;
        Ok(read.map(|reading| reading.0))
    }
}

impl<T, W: Write<T>> Write<Box<T>> for Box<W> {
    fn write<S: Serializer>(value: &Box<T>, serializer: S) -> Result<S::Ok, S::Error> {
        W::write(value, serializer)
    }
}

impl<T, W: Read<T>> Read<Box<T>> for Box<W> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Box<T>, D::Error> {
        W::read(deserializer).map(Box::new)
    }
}

impl<T, W: Write<T>> Write<Vec<T>> for Vec<W> {
    fn write<S: Serializer>(value: &Vec<T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(value.iter().map(As::<W>::of))
    }
}

impl<T, W: Read<T>> Read<Vec<T>> for Vec<W> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
        let read = Vec::<Reading<T, W>>::deserialize(deserializer)?;
        Ok(read.into_iter().map(|reading| reading.0).collect())
    }
}

impl<K: Serialize, T, W: Write<T>> Write<HashMap<K, T>> for HashMap<Same, W> {
    fn write<S: Serializer>(value: &HashMap<K, T>, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(value.iter().map(|(key, value)| (key, As::<W>::of(value))))
    }
}

impl<K, T, W: Read<T>> Read<HashMap<K, T>> for HashMap<Same, W>
where
    K: for<'a> Deserialize<'a> + Eq + Hash,
{
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<HashMap<K, T>, D::Error> {
        let read = HashMap::<K, Reading<T, W>>::deserialize(deserializer)?;
        Ok(read
            .into_iter()
            .map(|(key, reading)| (key, reading.0))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Blob, DateTime};
    use serde_json::{from_value, json, to_value};

    #[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
    #[serde(default)]
    struct Formats {
        #[serde(skip_serializing_if = "Option::is_none", with = "As::<Option<Base64>>")]
        blob: Option<Blob>,
        #[serde(with = "As::<Vec<Option<EpochSeconds>>>")]
        sparse: Vec<Option<DateTime>>,
        #[serde(with = "As::<HashMap<Same, Vec<DateTimeFormat>>>")]
        map: HashMap<String, Vec<DateTime>>,
        #[serde(with = "As::<Option<Box<Float>>>")]
        boxed: Option<Box<f64>>,
        #[serde(with = "As::<HashMap<Same, Same>>")]
        same: HashMap<String, u8>,
    }

    #[test]
    fn formats_compose() {
        let formats = Formats {
            blob: Some(Blob::new("foo")),
            sparse: vec![None, Some(DateTime::from_millis(1_500))],
            map: HashMap::from([("a".to_owned(), vec![DateTime::from_secs(0)])]),
            boxed: Some(Box::new(f64::INFINITY)),
            same: HashMap::from([("one".to_owned(), 1)]),
        };
        let wire = json!({
            "blob": "Zm9v",
            "sparse": [null, 1.5],
            "map": {"a": ["1970-01-01T00:00:00Z"]},
            "boxed": "Infinity",
            "same": {"one": 1},
        });
        assert_eq!(to_value(&formats).unwrap(), wire);
        assert_eq!(from_value::<Formats>(wire).unwrap(), formats);
    }

    #[test]
    fn absent_and_null_options_are_none() {
        for wire in [json!({}), json!({"blob": null, "boxed": null})] {
            assert_eq!(from_value::<Formats>(wire).unwrap(), Formats::default());
        }
    }

    #[test]
    fn a_null_in_a_dense_list_is_an_error() {
        assert!(from_value::<Formats>(json!({"map": {"a": [null]}})).is_err());
    }
}
