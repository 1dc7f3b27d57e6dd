//! Blobs, as base64.

use super::{Read, Write, enums};
use aws_smithy_types::{Blob, base64};
use serde::{Deserializer, Serializer};

/// A blob as text in base64, with the standard alphabet and padding.
#[derive(Clone, Copy, Debug)]
pub enum Base64 {}

impl Write<Blob> for Base64 {
    fn write<S: Serializer>(value: &Blob, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&base64::encode(value))
    }
}

impl Read<Blob> for Base64 {
    fn read<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Blob, D::Error> {
        enums::parse(deserializer, "a blob in base64", |text| {
            base64::decode(text)
                .map(Blob::new)
                .map_err(|_| why_not(text))
        })
    }
}

/// What is wrong with `text`, since AWS's decoder does not say. It does not quote it, since it may be a secret.
fn why_not(text: &str) -> String {
    let in_alphabet = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '/');
    let unpadded = text.trim_end_matches('=');
    match unpadded.find(|c| !in_alphabet(c)) {
        Some(at) => format!("invalid base64: byte {at} is not of the alphabet"),
        None if !text.len().is_multiple_of(4) => format!(
            "invalid base64: {} characters, not a multiple of four; the padding is missing or wrong",
            text.len()
        ),
        None => "invalid base64: the padding or the bits before it are wrong".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::As;
    use proptest::prelude::*;

    fn read(json: &str) -> Result<Blob, String> {
        As::<Base64>::deserialize(&mut serde_json::Deserializer::from_str(json))
            .map_err(|error: serde_json::Error| error.to_string())
    }

    #[test]
    fn reads_standard_base64() {
        for (json, bytes) in [
            (r#""""#, ""),
            (r#""Zg==""#, "f"),
            (r#""Zm9v""#, "foo"),
            (r#""\u005am9v""#, "foo"),
        ] {
            assert_eq!(read(json).unwrap(), Blob::new(bytes), "{json}");
        }
        assert_eq!(read(r#""+/8=""#).unwrap(), Blob::new([0xfb, 0xff]));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (json, message) in [
            (r#""Zm9-""#, "byte 3 is not of the alphabet"),
            (r#""Zg""#, "2 characters, not a multiple of four"),
            (r#""Z===""#, "the padding or the bits before it are wrong"),
            (r#""Zm=v""#, "byte 2 is not of the alphabet"),
            ("1", "invalid type: integer `1`, expected a blob in base64"),
            ("null", "invalid type: null, expected a blob in base64"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes: Vec<u8>) {
            let blob = Blob::new(bytes);
            let json = serde_json::to_string(&As::<Base64>::of(&blob)).unwrap();
            prop_assert_eq!(read(&json).unwrap(), blob);
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = read(&serde_json::to_string(&text).unwrap());
        }
    }
}
