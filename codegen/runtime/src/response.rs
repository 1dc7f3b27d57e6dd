//! A response as an operation gets it: status, headers and bytes.

use std::error::Error;
use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use serde::de::DeserializeOwned;

use crate::correction::{self, Correction};
use crate::protocol;

/// A response, read to its end.
pub struct EncodedResponse(HttpResponse);

impl EncodedResponse {
    /// A response with status 200 and this body, for instance in a test of an operation.
    pub fn new(body: impl Into<Vec<u8>>) -> Self {
        let body = SdkBody::from(body.into());
        Self(HttpResponse::new(http::StatusCode::OK.into(), body))
    }

    pub(crate) fn from_http(response: HttpResponse) -> Self {
        Self(response)
    }

    pub(crate) fn into_http(self) -> HttpResponse {
        self.0
    }

    /// The HTTP status.
    pub fn status(&self) -> u16 {
        self.0.status().as_u16()
    }

    /// A header by its name, in any case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.0.headers().get(name)
    }

    /// The body.
    pub fn body(&self) -> &[u8] {
        self.0.body().bytes().unwrap_or_default()
    }

    /// Reads the body as JSON. A body that is not quite what the model says is corrected with `correction` first.
    ///
    /// # Errors
    /// If it is not even so.
    pub fn json<T: DeserializeOwned>(&self, correction: &Correction) -> Result<T, DecodeError> {
        correction::decode(self.body(), correction).map_err(|error| self.explain(&error))
    }
}

impl EncodedResponse {
    /// Says what is wrong with the body, and where, without quoting it.
    fn explain(&self, error: &correction::Error) -> DecodeError {
        let json = error
            .source()
            .and_then(|source| source.downcast_ref::<serde_json::Error>());
        let reason = match json {
            Some(json) if json.is_data() => without_values(&json.to_string()),
            Some(json) if json.is_eof() => "the JSON is cut short".to_owned(),
            _ => protocol::describe(&self.0).to_owned(),
        };
        DecodeError::new(match error.path() {
            "" => reason,
            path => format!("{path}: {reason}"),
        })
    }
}

/// What serde_json says, without the value that it says it about.
fn without_values(said: &str) -> String {
    let said = said.rsplit_once(" at line ").map_or(said, |(said, _)| said);
    let about_value = said
        .strip_prefix("invalid type: ")
        .or(said.strip_prefix("invalid value: "));
    match about_value.and_then(|said| said.rsplit_once(", expected ")) {
        Some((found, expected)) => {
            let kind = found
                .split(['"', '`'])
                .next()
                .unwrap_or_default()
                .trim_end();
            format!("found {kind}, expected {expected}")
        }
        None => said.to_owned(),
    }
}

/// Shows everything but the body and the headers.
impl fmt::Debug for EncodedResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EncodedResponse")
            .field("status", &self.status())
            .field("body", &format_args!("{} bytes", self.body().len()))
            .finish_non_exhaustive()
    }
}

/// Why a response could not be read. It does not show what the response holds.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct DecodeError(Box<str>);

impl DecodeError {
    /// An error that says in one line what is wrong, and where.
    pub fn new(message: impl Into<String>) -> Self {
        Self(message.into().into_boxed_str())
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Error for DecodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_do_not_quote_values() {
        for (said, shown) in [
            (
                r#"invalid type: string "my, expected secret", expected i32 at line 1 column 12"#,
                "found string, expected i32",
            ),
            (
                "invalid value: integer `300`, expected i8 at line 1 column 3",
                "found integer, expected i8",
            ),
            (
                "invalid type: null, expected a string at line 1 column 3",
                "found null, expected a string",
            ),
            (
                "missing field `JobId` at line 1 column 2",
                "missing field `JobId`",
            ),
        ] {
            assert_eq!(without_values(said), shown);
        }
    }
}
