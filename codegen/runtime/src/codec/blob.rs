//! Blobs, as base64: text with the standard alphabet and padding.

use aws_smithy_types::{Blob, base64};

/// Returns bytes as text.
pub(super) fn encode(blob: &Blob) -> String {
    base64::encode(blob)
}

/// Returns text as bytes. The error says what is wrong with the text.
pub(super) fn decode(text: &str) -> Result<Blob, String> {
    base64::decode(text)
        .map(Blob::new)
        .map_err(|_| describe_problem(text))
}

/// Describes what is wrong with `text`, since AWS's decoder does not, and shows none of it.
fn describe_problem(text: &str) -> String {
    let in_alphabet = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    let mut unpadded = text.trim_end_matches('=').bytes();
    match unpadded.position(|byte| !in_alphabet(byte)) {
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
    use crate::codec::json::testing::{read, write};
    use proptest::prelude::*;

    #[test]
    fn reads_standard_base64() {
        for (json, bytes) in [
            (r#""""#, ""),
            (r#""Zg==""#, "f"),
            (r#""Zm9v""#, "foo"),
            (r#""\u005am9v""#, "foo"),
        ] {
            assert_eq!(read::<Blob>(json).unwrap(), Blob::new(bytes), "{json}");
        }
        assert_eq!(read::<Blob>(r#""+/8=""#).unwrap(), Blob::new([0xfb, 0xff]));
    }

    #[test]
    fn errors_name_what_is_wrong() {
        for (json, message) in [
            (r#""Zm9-""#, "byte 3 is not of the alphabet"),
            (r#""Zg""#, "2 characters, not a multiple of four"),
            (r#""Z===""#, "the padding or the bits before it are wrong"),
            (r#""Zm=v""#, "byte 2 is not of the alphabet"),
            ("1", "found an integer, expected a blob in base64"),
            ("null", "found null, expected a blob in base64"),
        ] {
            let error = read::<Blob>(json).unwrap_err();
            assert!(error.contains(message), "{json}: {error}");
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(bytes: Vec<u8>) {
            let blob = Blob::new(bytes);
            prop_assert_eq!(read::<Blob>(&write(&blob)).unwrap(), blob);
        }

        #[test]
        fn no_text_makes_it_panic(text: String) {
            let _ = read::<Blob>(&serde_json::to_string(&text).unwrap());
        }
    }
}
