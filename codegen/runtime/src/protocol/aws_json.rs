//! The awsJson protocols: which headers a request carries, and where an error response says what it is.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::http::HttpError;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::ProvideErrorKind;

use crate::wire::{self, Member, Slot, Structure, View};
use crate::{Document, ErrorKind, ModeledError, Service, UnmodeledError};

/// The HTTP request, still without a host.
pub(crate) fn request(
    service: &Service,
    target: &'static str,
    body: Vec<u8>,
) -> Result<HttpRequest, HttpError> {
    let length = body.len().to_string();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    let headers = request.headers_mut();
    headers.try_insert("content-type", service.protocol.content_type())?;
    headers.try_insert("content-length", length)?;
    headers.try_insert("x-amz-target", target)?;
    if service.query_compatible {
        headers.try_insert("x-amzn-query-mode", "true")?;
    }
    Ok(request)
}

/// A response that reports an error: what it says, wherever the protocol puts it.
pub struct ErrorResponse {
    status: u16,
    /// The name of the error's shape, which may differ from the code in a service that once spoke the query protocol.
    shape: Option<String>,
    metadata: ErrorMetadata,
    kind: Option<ErrorKind>,
    body: Vec<u8>,
}

impl ErrorResponse {
    /// Reads an error response; `kind_of` says what the model says about sending the request again.
    pub(crate) fn parse(
        service: &Service,
        response: &HttpResponse,
        kind_of: fn(&str) -> Option<ErrorKind>,
    ) -> Self {
        let body = response.body().bytes().unwrap_or_default();
        let fields = fields(body);
        let shape = shape(response, &fields);
        let message = match message(&fields) {
            None if fields.is_null() => Some(describe(response)),
            message => message,
        };
        Self {
            status: response.status().as_u16(),
            metadata: metadata(query_code(service, response).or(shape), message),
            kind: shape.and_then(kind_of),
            shape: shape.map(str::to_owned),
            body: body.to_vec(),
        }
    }

    /// What stands in for the service's error where an interceptor put another in its place.
    pub(crate) fn replaced(status: u16, error: &dyn std::error::Error) -> Self {
        Self {
            status,
            shape: None,
            metadata: metadata(None, Some(&error.to_string())),
            kind: None,
            body: Vec::new(),
        }
    }

    /// The name of the error's shape.
    pub fn shape(&self) -> Option<&str> {
        self.shape.as_deref()
    }

    /// The name that the service gives the error: that of its shape, or the code that it had in the query protocol.
    pub fn code(&self) -> Option<&str> {
        self.metadata.code()
    }

    /// Reads the body as this error of the model: `None` if it is another one, or cannot be read, even corrected.
    pub fn read<M: ModeledError>(&self) -> Option<M> {
        if self.shape() != Some(M::CODE) {
            return None;
        }
        let mut error = M::zero();
        self.read_into(&mut error).then_some(error)
    }

    /// The part of [`Self::read`] that is the same for all errors; whether the body could be read.
    fn read_into(&self, error: &mut dyn Structure) -> bool {
        if wire::read(&self.body, Slot::Structure(error)).is_err() {
            return false;
        }
        // Of an empty body, the message is not the service's but ours.
        if !self.body.trim_ascii().is_empty() {
            self.fill_in_message(error);
        }
        true
    }

    /// Services write `message` or `Message`, whatever their models say.
    fn fill_in_message(&self, error: &mut dyn Structure) {
        let members = error.members().iter();
        let Some(index) = members
            .map(Member::name)
            .position(|name| name.eq_ignore_ascii_case("message"))
        else {
            return;
        };
        let says_nothing = matches!(error.member_view(index), View::Null | View::Text(""));
        if let Some(message) = self.metadata.message().filter(|_| says_nothing) {
            error.member_slot(index).fill_in(message);
        }
    }

    /// What can be said of an error that the model does not name.
    pub fn unmodeled(&self) -> UnmodeledError {
        UnmodeledError {
            code: self.metadata.code().map(str::to_owned),
            message: self.metadata.message().map(str::to_owned),
            status: self.status,
        }
    }
}

fn metadata(code: Option<&str>, message: Option<&str>) -> ErrorMetadata {
    let mut metadata = ErrorMetadata::builder();
    if let Some(code) = code {
        metadata = metadata.code(code);
    }
    if let Some(message) = message {
        metadata = metadata.message(message);
    }
    metadata.build()
}

/// What the body says; null if it is no JSON object.
fn fields(body: &[u8]) -> Document {
    let mut fields = Document::Null;
    let read = wire::read(body, Slot::Document(&mut fields));
    if read.is_err() || !fields.is_object() || body.trim_ascii().is_empty() {
        return Document::Null;
    }
    fields
}

/// The name of the error: in a header, or in the body. The first place that has one counts.
fn shape<'a>(response: &'a HttpResponse, fields: &'a Document) -> Option<&'a str> {
    let header = response.headers().get("x-amzn-errortype");
    let in_header = header.and_then(shape_name);
    in_header.or_else(|| first(fields, ["__type", "code", "Code"], shape_name))
}

/// What the service says. The first place that says something counts.
fn message(fields: &Document) -> Option<&str> {
    let names = ["message", "Message", "errorMessage"];
    first(fields, names, |message| {
        (!message.is_empty()).then_some(message)
    })
}

/// The name, out of what else may stand around it: a namespace in front, a URI behind.
fn shape_name(said: &str) -> Option<&str> {
    let before_uri = said.split_once(':').map_or(said, |(name, _)| name);
    let name = before_uri
        .rsplit_once('#')
        .map_or(before_uri, |(_, name)| name)
        .trim();
    (!name.is_empty()).then_some(name)
}

/// The code that the error had in the query protocol: `code;fault` in a header.
fn query_code<'a>(service: &Service, response: &'a HttpResponse) -> Option<&'a str> {
    if !service.query_compatible {
        return None;
    }
    let said = response.headers().get("x-amzn-query-error")?;
    let code = said.split_once(';').map_or(said, |(code, _)| code).trim();
    (!code.is_empty()).then_some(code)
}

/// What `find` finds first in the members of these names that are strings.
fn first<'a>(
    fields: &'a Document,
    names: [&str; 3],
    find: fn(&str) -> Option<&str>,
) -> Option<&'a str> {
    for name in names {
        let text = fields.get(name).and_then(Document::as_str);
        if let Some(found) = text.and_then(find) {
            return Some(found);
        }
    }
    None
}

/// What a body is that is not JSON, without quoting it.
pub(crate) fn describe(response: &HttpResponse) -> &'static str {
    let body = response
        .body()
        .bytes()
        .unwrap_or_default()
        .trim_ascii_start();
    let says_html = response
        .headers()
        .get("content-type")
        .is_some_and(|content_type| content_type.starts_with("text/html"));
    if body.is_empty() {
        "the response has no body"
    } else if says_html || body.starts_with(b"<!") || body.starts_with(b"<html") {
        "the body is an HTML page, not JSON: a proxy may have answered in place of the service"
    } else {
        "the body is not JSON"
    }
}

impl ProvideErrorMetadata for ErrorResponse {
    fn meta(&self) -> &ErrorMetadata {
        &self.metadata
    }
}

impl ProvideErrorKind for ErrorResponse {
    fn retryable_error_kind(&self) -> Option<ErrorKind> {
        self.kind
    }

    fn code(&self) -> Option<&str> {
        self.metadata.code()
    }
}

impl fmt::Display for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code().unwrap_or("an error without a name"))
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("status", &self.status)
            .field("code", &self.code())
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ErrorResponse {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Protocol;
    use crate::endpoint;

    static SERVICE: Service = Service {
        id: "Test",
        signing_name: None,
        crate_version: "1.0.0",
        protocol: Protocol::AwsJson1_0,
        query_compatible: false,
        resolve_endpoint: |_, _| endpoint::at("https://example.com"),
        endpoint_depends_on_call: false,
    };

    fn parsed(header: Option<&str>, body: &str) -> ErrorResponse {
        let body = SdkBody::from(body.to_owned());
        let mut response = HttpResponse::new(http::StatusCode::BAD_REQUEST.into(), body);
        if let Some(header) = header {
            let header = header.to_owned();
            response.headers_mut().insert("x-amzn-errortype", header);
        }
        ErrorResponse::parse(&SERVICE, &response, |_| None)
    }

    #[test]
    fn the_first_place_that_names_the_error_counts() {
        for (header, body, name) in [
            (None, r#"{"__type":"A"}"#, Some("A")),
            (None, r#"{"__type":"com.example#A"}"#, Some("A")),
            (
                None,
                r#"{"__type":"com.example#A:http://example.com/#b"}"#,
                Some("A"),
            ),
            (None, r#"{"code":"A"}"#, Some("A")),
            (None, r#"{"Code":"A"}"#, Some("A")),
            (Some("A"), r#"{"__type":"B","code":"C"}"#, Some("A")),
            (Some(""), r#"{"__type":"B","code":"C"}"#, Some("B")),
            (
                Some(":http://example.com/"),
                r#"{"__type":"com.example#","code":"C"}"#,
                Some("C"),
            ),
            (None, r#"{"__type":"","code":"C"}"#, Some("C")),
            (None, r#"{"__type":null,"code":42,"Code":"D"}"#, Some("D")),
            (Some(" "), r#"{"__type":""}"#, None),
            (None, "", None),
        ] {
            assert_eq!(parsed(header, body).shape(), name, "{header:?} {body}");
        }
    }

    #[test]
    fn the_first_message_that_says_something_counts() {
        for (body, message) in [
            (r#"{"message":"a"}"#, Some("a")),
            (r#"{"Message":"a"}"#, Some("a")),
            (r#"{"errorMessage":"a"}"#, Some("a")),
            (r#"{"message":"","Message":"a"}"#, Some("a")),
            (r#"{"message":null,"Message":"a"}"#, Some("a")),
            (r#"{"message":""}"#, None),
            ("{}", None),
            (r#"{"message":"a","message":"b"}"#, Some("b")),
            ("", Some("the response has no body")),
            (r#"["a"]"#, Some("the body is not JSON")),
        ] {
            let unmodeled = parsed(Some("A"), body).unmodeled();
            assert_eq!(unmodeled.message.as_deref(), message, "{body}");
        }
    }
}
