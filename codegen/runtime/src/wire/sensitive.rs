//! Values that may not be shown, not even by the error that says what is wrong with them.

use super::float::number;
use super::{Read, Same, Write};
use serde::de::{Error, IntoDeserializer, MapAccess, Visitor};
use serde::{Deserializer, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A value of `smithy.api#sensitive`, in the format `W`: a scalar, since errors quote no others.
///
/// serde's errors name the value that they find in place of another, for whoever wrote it. What is sensitive is not for those who
/// read the error.
#[derive(Clone, Copy, Debug)]
pub struct Sensitive<W = Same>(PhantomData<W>);

impl<T, W: Write<T>> Write<T> for Sensitive<W> {
    fn write<S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        W::write(value, serializer)
    }
}

impl<T, W: Read<T>> Read<T> for Sensitive<W> {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        // Asked for a certain type, serde_json would quote a value of another before a visitor sees it.
        deserializer.deserialize_any(SensitiveVisitor::<T, W>(PhantomData))
    }
}

struct SensitiveVisitor<T, W>(PhantomData<(T, W)>);

impl<T, W: Read<T>> SensitiveVisitor<T, W> {
    fn read<'de, V: IntoDeserializer<'de, E>, E: Error>(value: V) -> Result<T, E> {
        W::read(value.into_deserializer())
            .map_err(|_| E::custom("the value, which is sensitive, is not of its type"))
    }
}

impl<'de, T, W: Read<T>> Visitor<'de> for SensitiveVisitor<T, W> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a sensitive value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        Self::read(value)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        Self::read(value)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        Self::read(value)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        Self::read(value)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        Self::read(value)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let number =
            number(map).ok_or_else(|| A::Error::custom("found map, expected a sensitive value"))?;
        match (number.as_i64(), number.as_u64()) {
            (Some(integer), _) => self.visit_i64(integer),
            (None, Some(integer)) => self.visit_u64(integer),
            (None, None) => self.visit_f64(number.as_f64().unwrap_or(f64::NAN)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{As, Base64, EpochSeconds, Float};
    use crate::{Blob, DateTime};
    use serde::{Deserialize, Serialize};
    use serde_json::{from_value, json, to_value};
    use std::collections::HashMap;

    #[derive(Debug, Default, Deserialize, PartialEq, Serialize)]
    #[serde(default)]
    struct Secrets {
        #[serde(with = "As::<Option<Sensitive>>")]
        text: Option<String>,
        #[serde(with = "As::<Option<Sensitive>>")]
        small: Option<i8>,
        #[serde(with = "As::<Option<Sensitive>>")]
        large: Option<i64>,
        #[serde(with = "As::<Option<Sensitive>>")]
        truth: Option<bool>,
        #[serde(with = "As::<Option<Sensitive<Float>>>")]
        float: Option<f32>,
        #[serde(with = "As::<Option<Sensitive<Base64>>>")]
        blob: Option<Blob>,
        #[serde(with = "As::<Option<Sensitive<EpochSeconds>>>")]
        at: Option<DateTime>,
        #[serde(with = "As::<Vec<Option<Sensitive>>>")]
        list: Vec<Option<String>>,
        #[serde(with = "As::<HashMap<Same, Sensitive>>")]
        map: HashMap<String, i32>,
    }

    #[test]
    fn sensitive_values_are_written_and_read_as_others() {
        let secrets = Secrets {
            text: Some("a".to_owned()),
            small: Some(-1),
            large: Some(i64::MIN),
            truth: Some(true),
            float: Some(f32::INFINITY),
            blob: Some(Blob::new("foo")),
            at: Some(DateTime::from_millis(1_500)),
            list: vec![Some("b".to_owned()), None],
            map: HashMap::from([("c".to_owned(), 3)]),
        };
        let wire = json!({
            "text": "a", "small": -1, "large": i64::MIN, "truth": true, "float": "Infinity", "blob": "Zm9v",
            "at": 1.5, "list": ["b", null], "map": {"c": 3},
        });
        assert_eq!(to_value(&secrets).unwrap(), wire);
        assert_eq!(from_value::<Secrets>(wire.clone()).unwrap(), secrets);
        assert_eq!(
            serde_json::from_str::<Secrets>(&wire.to_string()).unwrap(),
            secrets
        );
        let null = json!({"text": null, "small": null});
        assert_eq!(from_value::<Secrets>(null).unwrap(), Secrets::default());
    }

    #[test]
    fn errors_do_not_quote_sensitive_values() {
        for (json, message) in [
            (r#"{"text": 5417}"#, "is not of its type"),
            (r#"{"text": 5417.5}"#, "is not of its type"),
            (r#"{"text": ["secret"]}"#, "expected a sensitive value"),
            (
                r#"{"text": {"secret": "secret"}}"#,
                "expected a sensitive value",
            ),
            (r#"{"small": 5417}"#, "is not of its type"),
            (r#"{"large": "secret"}"#, "is not of its type"),
            (r#"{"truth": "secret"}"#, "is not of its type"),
            (r#"{"float": "secret"}"#, "is not of its type"),
            (r#"{"blob": 5417}"#, "is not of its type"),
            (r#"{"at": "secret"}"#, "is not of its type"),
            (r#"{"list": ["a", true]}"#, "is not of its type"),
            (r#"{"map": {"a": "secret"}}"#, "is not of its type"),
        ] {
            let error = serde_json::from_str::<Secrets>(json)
                .unwrap_err()
                .to_string();
            assert!(error.contains(message), "{json}: {error}");
            for hidden in ["5417", "secret", "true"] {
                assert!(!error.contains(hidden), "{json}: {error}");
            }
        }
    }
}
