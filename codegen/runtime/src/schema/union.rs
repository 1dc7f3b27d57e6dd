//! Tagged unions: an object with one member, whose name says which variant it is.

/// Implements the form on the wire of a tagged union.
///
/// A variant holds a `value` of a type, which may be in a `Box`, or is a `unit`; then come its name in the model and the name of the
/// method that returns what it holds. `.timestamps(format)` behind it says how timestamps in it are written, `.xml(form)` its form in XML. Last comes what the union
/// can be besides: `Eq`, or `Eq + Hash`.
///
/// ```
/// use smithy_rt::{Blob, Document};
///
/// #[derive(Debug, PartialEq)]
/// enum Source {
///     S3Uri(String),
///     Inline(Blob),
///     Nothing,
///     Unknown { tag: String, value: Document },
/// }
///
/// smithy_rt::union!(Source {
///     S3Uri: value::<String>("S3Uri", as_s3_uri),
///     Inline: value::<Blob>("Inline", as_inline),
///     Nothing: unit("Nothing", as_nothing),
/// });
///
/// let source: Source = serde_json::from_str(r#"{"S3Uri": null, "Inline": "Zm9v"}"#).unwrap();
/// assert_eq!(source.as_inline(), Some(&Blob::new("foo")));
/// assert_eq!(source.as_nothing(), None);
/// ```
#[macro_export]
macro_rules! union {
    (
        $name:ident {
            $(
                $variant:ident: $kind:ident $(::<$type:ty $(,)?>)? ($tag:literal, $accessor:ident $(,)?)
                $(.timestamps($format:ident $(,)?))?
                $(.xml($($xml:tt)*))?
            ),* $(,)?
        }
        $(, $derived:ident $(+ $also:ident)*)? $(,)?
    ) => {
        impl $name {
            $($crate::__accessor!($kind $variant $accessor $($type)?);)*
        }

        impl $crate::schema::Value for $name {
            fn zero() -> Self {
                Self::Unknown {
                    tag: ::std::string::String::new(),
                    value: $crate::Document::Object(::core::default::Default::default()),
                }
            }

            fn view(&self) -> $crate::schema::View<'_> {
                $crate::schema::View::Union(self)
            }

            fn slot(&mut self) -> $crate::schema::Slot<'_> {
                $crate::schema::Slot::Union(self)
            }
        }

        impl $crate::schema::Union for $name {
            fn name(&self) -> &'static str {
                ::core::stringify!($name)
            }

            fn members(&self) -> &'static [$crate::schema::Member] {
                const {
                    &[$(
                        $crate::schema::Member::optional($tag)
                            $(.timestamps($crate::schema::TimestampFormat::$format))?
                            $(.xml($crate::xml!($($xml)*)))?
                    ),*]
                }
            }

            fn member(&self) -> (&str, $crate::schema::View<'_>) {
                match self {
                    $($crate::__variant!($kind $name $variant value) => {
                        ($tag, $crate::__variant_view!($kind value))
                    })*
                    Self::Unknown { tag, value } => (tag, $crate::schema::Value::view(value)),
                }
            }

            fn set(&mut self, tag: &str) -> $crate::schema::Slot<'_> {
                *self = match tag {
                    $($tag => $crate::__variant!($kind $name $variant $crate::schema::Value::zero()),)*
                    _ => Self::Unknown {
                        tag: ::std::borrow::ToOwned::to_owned(tag),
                        value: $crate::Document::Null,
                    },
                };
                match self {
                    $($crate::__variant!($kind $name $variant value) => {
                        $crate::__variant_slot!($kind value)
                    })*
                    Self::Unknown { value, .. } => $crate::schema::Value::slot(value),
                }
            }
        }

        $crate::__serde!($name);
        $($crate::__derive!($name $derived $($also)*);)?
    };
}

/// The method that returns what a variant holds. A `Box` is seen through.
#[doc(hidden)]
#[macro_export]
macro_rules! __accessor {
    (value $variant:ident $accessor:ident $type:ty) => {
        #[doc = ::core::concat!("Returns what [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), ") holds, if it is that.")]
        #[inline]
        pub fn $accessor(&self) -> ::core::option::Option<&$type> {
            match self {
                Self::$variant(value) => ::core::option::Option::Some(value),
                _ => ::core::option::Option::None,
            }
        }
    };
    (unit $variant:ident $accessor:ident) => {
        #[doc = ::core::concat!("Returns a unit if it is [`", ::core::stringify!($variant), "`](Self::", ::core::stringify!($variant), "), which holds nothing.")]
        #[inline]
        pub fn $accessor(&self) -> ::core::option::Option<&()> {
            match self {
                Self::$variant => ::core::option::Option::Some(&()),
                _ => ::core::option::Option::None,
            }
        }
    };
}

/// A variant, as a pattern or as an expression.
#[doc(hidden)]
#[macro_export]
macro_rules! __variant {
    (value $name:ident $variant:ident $($value:tt)*) => {
        $name::$variant($($value)*)
    };
    (unit $name:ident $variant:ident $($value:tt)*) => {
        $name::$variant
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __variant_view {
    (value $value:ident) => {
        $crate::schema::Value::view($value)
    };
    (unit $value:ident) => {
        $crate::schema::View::Unit
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __variant_slot {
    (value $value:ident) => {
        $crate::schema::Value::slot($value)
    };
    (unit $value:ident) => {
        $crate::schema::Slot::Unit
    };
}

#[cfg(test)]
mod tests {
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

    union!(Contents {
        Text: value::<String>("text", as_text),
        At: value::<DateTime>("at", as_at),
        Times: value::<HashMap<String, DateTime>>("times", as_times).timestamps(HttpDate),
        Inner: value::<Contents>("inner", as_inner),
        Nothing: unit("nothing", as_nothing),
    });

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
                json!({"times": {"a": "Wed, 25 Nov 2020 02:49:02.135 GMT"}}),
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
    fn a_member_is_there_if_it_is_the_one_that_is_set() {
        let inner = Contents::Inner(Box::new(Contents::Nothing));
        assert_eq!(inner.as_inner(), Some(&Contents::Nothing));
        assert_eq!(inner.as_inner().and_then(Contents::as_nothing), Some(&()));
        assert_eq!(inner.as_text(), None);
        assert_eq!(inner.as_nothing(), None);
        assert_eq!(inner.as_at(), None);
        assert_eq!(unknown("times", json!(1)).as_times(), None);
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
            (r#""text""#, "found a string, expected an object"),
            (r#"{"text": 1}"#, "found an integer, expected a string"),
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
