//! Tagged unions: a map with one member, whose name says which variant it is.

use super::{Read, Reading};
use serde::de::{Error, IgnoredAny, MapAccess, Visitor};
use serde::ser::SerializeMap;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// What a generated union knows: its name and its members.
///
/// ```
/// use smithy_rt::wire::{As, Base64, Union, Unit, next, next_as};
/// use smithy_rt::{Blob, Document};
/// use serde::de::MapAccess;
/// use serde::ser::SerializeMap;
///
/// #[derive(Debug, PartialEq)]
/// enum Source {
///     S3Uri(String),
///     Inline(Blob),
///     Nothing,
///     Unknown { tag: String, value: Document },
/// }
///
/// impl Union for Source {
///     const NAME: &'static str = "Source";
///
///     fn read<'de, A: MapAccess<'de>>(tag: &str, members: &mut A) -> Result<Option<Self>, A::Error> {
///         Ok(match tag {
///             "S3Uri" => next(members)?.map(Self::S3Uri),
///             "Inline" => next_as::<Base64, _, _>(members)?.map(Self::Inline),
///             "Nothing" => next(members)?.map(|Unit| Self::Nothing),
///             _ => next(members)?.map(|value| Self::Unknown { tag: tag.to_owned(), value }),
///         })
///     }
///
///     fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
///         match self {
///             Self::S3Uri(value) => map.serialize_entry("S3Uri", value),
///             Self::Inline(value) => map.serialize_entry("Inline", &As::<Base64>::of(value)),
///             Self::Nothing => map.serialize_entry("Nothing", &Unit),
///             Self::Unknown { tag, value } => map.serialize_entry(tag, value),
///         }
///     }
/// }
/// smithy_rt::union!(Source);
///
/// let source: Source = serde_json::from_str(r#"{"S3Uri": null, "Inline": "Zm9v"}"#).unwrap();
/// assert_eq!(source, Source::Inline(Blob::new("foo")));
/// ```
pub trait Union: Sized {
    /// The union's name, for errors.
    const NAME: &'static str;

    /// Reads the value of the member `tag`; `None` if it is null.
    fn read<'de, A: MapAccess<'de>>(tag: &str, members: &mut A) -> Result<Option<Self>, A::Error>;

    /// Writes the one member that is set.
    fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error>;
}

/// The next member's value, in serde's own form; `None` if it is null.
pub fn next<'de, T: Deserialize<'de>, A: MapAccess<'de>>(
    members: &mut A,
) -> Result<Option<T>, A::Error> {
    members.next_value()
}

/// The next member's value in the format `W`; `None` if it is null.
pub fn next_as<'de, W: Read<T>, T, A: MapAccess<'de>>(
    members: &mut A,
) -> Result<Option<T>, A::Error> {
    let read: Option<Reading<T, W>> = members.next_value()?;
    Ok(read.map(|reading| reading.0))
}

/// The value of a member that has none, `smithy.api#Unit`: an empty map.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Unit;

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_map(Some(0))?.end()
    }
}

impl<'de> Deserialize<'de> for Unit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        IgnoredAny::deserialize(deserializer).map(|_| Unit)
    }
}

/// Writes a union as a map with one member.
pub fn write_union<U: Union, S: Serializer>(union: &U, serializer: S) -> Result<S::Ok, S::Error> {
    let mut map = serializer.serialize_map(Some(1))?;
    union.write(&mut map)?;
    map.end()
}

/// Reads a union: nulls and `__type` are no members, and exactly one member is set.
pub fn read_union<'de, U: Union, D: Deserializer<'de>>(deserializer: D) -> Result<U, D::Error> {
    deserializer.deserialize_map(UnionVisitor(PhantomData))
}

struct UnionVisitor<U>(PhantomData<U>);

impl<'de, U: Union> Visitor<'de> for UnionVisitor<U> {
    type Value = U;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the union {}", U::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<U, A::Error> {
        let mut set = None;
        while let Some(tag) = members.next_key::<Tag<'de>>()? {
            if tag.0 == "__type" {
                members.next_value::<IgnoredAny>()?;
            } else if let Some(value) = U::read(&tag.0, &mut members)? {
                if set.is_some() {
                    return Err(has_more_than_one(U::NAME, members));
                }
                set = Some(value);
            }
        }
        set.ok_or_else(|| A::Error::custom(format_args!("the union {} has no member set", U::NAME)))
    }
}

/// The error for a second member. It is the union's, not the member's, whose name may be one that the model does not know:
/// reading to the union's end makes that the place of the error.
fn has_more_than_one<'de, A: MapAccess<'de>>(union: &str, mut members: A) -> A::Error {
    while let Ok(Some(_)) = members.next_entry::<IgnoredAny, IgnoredAny>() {}
    A::Error::custom(format_args!(
        "the union {union} has more than one member set"
    ))
}

/// The name of a member: a part of the text that is read, unless it is written with escapes.
struct Tag<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Tag<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_str(TagVisitor)
    }
}

struct TagVisitor;

impl<'de> Visitor<'de> for TagVisitor {
    type Value = Tag<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of a member")
    }

    fn visit_borrowed_str<E: Error>(self, tag: &'de str) -> Result<Tag<'de>, E> {
        Ok(Tag(Cow::Borrowed(tag)))
    }

    fn visit_str<E: Error>(self, tag: &str) -> Result<Tag<'de>, E> {
        Ok(Tag(Cow::Owned(tag.to_owned())))
    }
}

/// Gives a [`Union`](crate::wire::Union) serde's traits.
#[macro_export]
macro_rules! union {
    ($name:ident) => {
        impl $crate::serde::Serialize for $name {
            fn serialize<S: $crate::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::core::result::Result<S::Ok, S::Error> {
                $crate::wire::write_union(self, serializer)
            }
        }

        impl<'de> $crate::serde::Deserialize<'de> for $name {
            fn deserialize<D: $crate::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::core::result::Result<Self, D::Error> {
                $crate::wire::read_union(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{As, EpochSeconds, Same};
    use crate::{DateTime, Document};
    use proptest::prelude::*;
    use serde_json::{Value, json};
    use std::collections::HashMap;

    #[derive(Clone, Debug, PartialEq)]
    enum Contents {
        Text(String),
        At(DateTime),
        Times(HashMap<String, DateTime>),
        Inner(Box<Contents>),
        Nothing,
        Unknown { tag: String, value: Document },
    }

    impl Union for Contents {
        const NAME: &'static str = "Contents";

        fn read<'de, A: MapAccess<'de>>(
            tag: &str,
            members: &mut A,
        ) -> Result<Option<Self>, A::Error> {
            Ok(match tag {
                "text" => next(members)?.map(Self::Text),
                "at" => next_as::<EpochSeconds, _, _>(members)?.map(Self::At),
                "times" => next_as::<HashMap<Same, EpochSeconds>, _, _>(members)?.map(Self::Times),
                "inner" => next(members)?.map(Self::Inner),
                "nothing" => next(members)?.map(|Unit| Self::Nothing),
                _ => next(members)?.map(|value| Self::Unknown {
                    tag: tag.to_owned(),
                    value,
                }),
            })
        }

        fn write<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
            match self {
                Self::Text(value) => map.serialize_entry("text", value),
                Self::At(value) => map.serialize_entry("at", &As::<EpochSeconds>::of(value)),
                Self::Times(value) => {
                    map.serialize_entry("times", &As::<HashMap<Same, EpochSeconds>>::of(value))
                }
                Self::Inner(value) => map.serialize_entry("inner", value),
                Self::Nothing => map.serialize_entry("nothing", &Unit),
                Self::Unknown { tag, value } => map.serialize_entry(tag, value),
            }
        }
    }

    union!(Contents);

    fn read(json: &Value) -> Result<Contents, String> {
        serde_json::from_str(&json.to_string()).map_err(|error| error.to_string())
    }

    fn unknown(tag: &str, value: Value) -> Contents {
        Contents::Unknown {
            tag: tag.to_owned(),
            value,
        }
    }

    #[test]
    fn each_member_is_read_and_written() {
        let at = DateTime::from_millis(1_606_272_542_135);
        for (json, contents) in [
            (json!({"text": "foo"}), Contents::Text("foo".to_owned())),
            (json!({"at": 1606272542.135}), Contents::At(at)),
            (
                json!({"times": {"a": 1606272542.135}}),
                Contents::Times(HashMap::from([("a".to_owned(), at)])),
            ),
            (
                json!({"inner": {"text": ""}}),
                Contents::Inner(Box::new(Contents::Text(String::new()))),
            ),
            (json!({"nothing": {}}), Contents::Nothing),
            (
                json!({"newer": {"a": [1, null]}}),
                unknown("newer", json!({"a": [1, null]})),
            ),
        ] {
            assert_eq!(read(&json).unwrap(), contents);
            assert_eq!(serde_json::to_value(&contents).unwrap(), json);
        }
    }

    #[test]
    fn a_tag_may_be_written_with_escapes() {
        let contents: Contents = serde_json::from_str(r#"{"te\u0078t": "foo"}"#).unwrap();
        assert_eq!(contents, Contents::Text("foo".to_owned()));
    }

    #[test]
    fn nulls_and_the_type_beside_the_member_are_skipped() {
        for json in [
            json!({"__type": "example#Contents", "text": "foo", "at": null, "newer": null}),
            json!({"nothing": null, "inner": null, "text": "foo", "times": null}),
        ] {
            assert_eq!(read(&json).unwrap(), Contents::Text("foo".to_owned()));
        }
    }

    #[test]
    fn one_member_and_only_one_is_set() {
        for (json, message) in [
            ("{}", "the union Contents has no member set"),
            (
                r#"{"text": null, "__type": "Contents"}"#,
                "the union Contents has no member set",
            ),
            (
                r#"{"text": "", "at": 0}"#,
                "the union Contents has more than one member set",
            ),
            (
                r#"{"a": 0, "b": 0}"#,
                "the union Contents has more than one member set",
            ),
            (r#""text""#, "expected the union Contents"),
            (
                r#"{"text": 1}"#,
                "invalid type: integer `1`, expected a string",
            ),
        ] {
            let error = serde_json::from_str::<Contents>(json)
                .unwrap_err()
                .to_string();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    fn contents() -> impl Strategy<Value = Contents> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Contents::Text),
            (0i64..1 << 33).prop_map(|seconds| Contents::At(DateTime::from_secs(seconds))),
            Just(Contents::Nothing),
            ("[A-Z]+", any::<i64>()).prop_map(|(tag, value)| unknown(&tag, json!(value))),
        ];
        leaf.prop_recursive(8, 16, 1, |inner| {
            inner.prop_map(|inner| Contents::Inner(Box::new(inner)))
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(contents in contents()) {
            prop_assert_eq!(read(&serde_json::to_value(&contents).unwrap()).unwrap(), contents);
        }
    }
}
