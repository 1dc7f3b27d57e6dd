//! Text as a literal that reads well.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::format;

/// A string literal: a raw one where that saves escapes, as in JSON.
pub fn text(text: &str) -> TokenStream {
    let literal = raw(text).unwrap_or_else(|| Literal::string(text));
    quote!(#literal)
}

fn raw(text: &str) -> Option<Literal> {
    let is_plain = format::visible(text) == text && !format::has_marks(text);
    if !text.contains(['"', '\\']) || !is_plain {
        return None;
    }
    let fences = (1..8).map(|count| "#".repeat(count));
    let fence = fences
        .into_iter()
        .find(|fence| !text.contains(&format!("\"{fence}")))?;
    format!("r{fence}\"{text}\"{fence}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_with_quotes_is_raw() {
        for (plain, written) in [
            ("foo", "\"foo\""),
            ("a\nb", "\"a\\nb\""),
            ("{\"a\": 1}", "r#\"{\"a\": 1}\"#"),
            ("{\n  \"a\": 1\n}", "r#\"{\n  \"a\": 1\n}\"#"),
            ("\"#", "r##\"\"#\"##"),
            ("\"\r\n", "\"\\\"\\r\\n\""),
            ("\"\u{202e}", "\"\\\"\\u{202e}\""),
            ("\"\n///@blank", "\"\\\"\\n///@blank\""),
        ] {
            assert_eq!(text(plain).to_string(), written);
        }
    }
}
