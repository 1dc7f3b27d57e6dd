//! Responses that report an error.

use std::fmt;

use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::body::SdkBody;
use aws_smithy_types::error::metadata::{ErrorMetadata, ProvideErrorMetadata};
use aws_smithy_types::retry::ProvideErrorKind;
use http::StatusCode;

use super::Protocol;
use super::excerpt::{describe_cut, excerpt, is_cut_short};
#[cfg(feature = "xml")]
use super::xml_error::XmlError;
use crate::codec::{Codec, Mode};
use crate::error::facts::metadata_of;
use crate::line;
use crate::schema::{Member, OperationSchema, Slot, Structure, View};
use crate::{Document, ErrorKind, ModeledError, Redacted, Service, UnmodeledError};

/// The parts of an error response that all protocols have.
#[derive(Clone, Debug, Default)]
pub struct ErrorParts {
    /// The name of the error's shape.
    pub shape: Option<String>,
    /// The code that the error had in the query protocol, in a service that once spoke it.
    pub query_code: Option<String>,
    /// Everything that the response calls the error by, in any place.
    pub names: Vec<String>,
    /// The service's message.
    pub message: Option<String>,
    /// The id of the request, if the body says it.
    pub request_id: Option<String>,
    /// `true` if the body is an error in the protocol's form.
    pub is_readable: bool,
}

impl ErrorParts {
    /// Finds them in a body that is an object of the codec's format, and in the headers beside it.
    pub(crate) fn of_document(
        codec: &dyn Codec,
        response: &HttpResponse,
        is_query_compatible: bool,
    ) -> Self {
        let fields = fields(codec, response.body().bytes().unwrap_or_default());
        let headers = response.headers();
        let mut parts = Self {
            shape: None,
            query_code: None,
            names: Vec::new(),
            message: message(&fields),
            request_id: None,
            is_readable: !fields.is_null(),
        };
        parts.add_name(headers.get("x-amzn-errortype"));
        for member in &["__type", "code", "Code"] {
            parts.add_name(text(&fields, member));
        }
        // The first place that has a name counts.
        parts.shape = parts.names.first().cloned();
        if let Some(error) = headers.get("x-amzn-query-error") {
            let code = before_fault(error);
            parts.add_name(Some(code));
            if is_query_compatible && !code.is_empty() {
                parts.query_code = Some(code.to_owned());
            }
        }
        parts
    }

    /// Names the error by its status, `NotFound`: all that there is of one without a body.
    fn name_by_status(&mut self, response: &HttpResponse) {
        let status = response.status().as_u16();
        // Without a name, it is one for which there are retries.
        if status != 429 {
            let status = StatusCode::from_u16(status).ok();
            let reason = status.and_then(|status| status.canonical_reason());
            let name = reason.unwrap_or_default().replace(' ', "");
            self.add_name(Some(&name));
        }
        self.shape = self.names.first().cloned();
        self.is_readable = true;
    }

    /// Finds them in a body of XML. Where that does not name the error, the header does.
    #[cfg(feature = "xml")]
    pub(crate) fn of_xml(response: &HttpResponse) -> Self {
        let error = XmlError::of(response);
        let mut parts = Self::default();
        if let Some(error) = &error {
            parts.message = message(&error.fields);
            parts.request_id = error.request_id.clone();
            parts.is_readable = true;
            parts.add_name(text(&error.fields, "Code"));
            parts.add_name(error.root.as_deref());
        }
        parts.add_name(response.headers().get("x-amzn-errortype"));
        parts.shape = parts.names.first().cloned();
        parts
    }

    /// Adds the name that one place of the response has for the error, if it has one.
    fn add_name(&mut self, text: Option<&str>) {
        if let Some(text) = text
            && let Some(name) = shape_name(text)
        {
            self.names.push(name.to_owned());
        }
    }
}

/// A response that reports an error: what it says, wherever the protocol puts it.
pub struct ErrorResponse {
    status: u16,
    /// The name of the error's shape, which may differ from the code in a service that once spoke the query protocol.
    shape: Option<String>,
    /// The code and the message, as far as they may be shown.
    metadata: ErrorMetadata,
    /// The service's message, even if it may not be shown.
    message: Option<String>,
    kind: Option<ErrorKind>,
    request_id: Option<String>,
    /// The response as HTTP has it, and the protocol that it is in; none if there is nothing to read.
    http: Option<(&'static dyn Protocol, HttpResponse)>,
    /// `true` if it is a message of an event stream, where all of the error is in the payload.
    is_message: bool,
}

impl ErrorResponse {
    /// Reads an error response; `kind_of` says what the model says about sending the request again, and `quotes` whether text in place
    /// of JSON may be shown.
    pub(crate) fn parse(
        service: &Service,
        operation: &OperationSchema,
        response: &HttpResponse,
        kind_of: fn(&str) -> Option<ErrorKind>,
        quotes: bool,
    ) -> Self {
        let mut parts = service.protocol.parse_error(response);
        if parts.names.is_empty() && operation.has_no_response_body() {
            parts.name_by_status(response);
        }
        Self::of_parts(service, response, parts, kind_of, quotes)
    }

    /// Reads the error that a message of an event stream reports: its name and what else headers say of it, and its payload, which is the
    /// body of `response`.
    #[cfg(feature = "event-stream")]
    pub(crate) fn of_message(
        service: &Service,
        response: &HttpResponse,
        name: Option<&str>,
        message: Option<&str>,
        quotes: bool,
    ) -> Self {
        let payload = response.body().bytes().unwrap_or_default();
        let fields = fields(service.protocol.codec(), payload);
        let name = name.map(str::to_owned);
        let parts = ErrorParts {
            names: name.clone().into_iter().collect(),
            shape: name,
            query_code: None,
            message: match message {
                Some(message) => Some(message.to_owned()),
                None => self::message(&fields),
            },
            request_id: None,
            is_readable: payload.is_empty() || !fields.is_null(),
        };
        Self {
            is_message: true,
            ..Self::of_parts(service, response, parts, |_| None, quotes)
        }
    }

    fn of_parts(
        service: &Service,
        response: &HttpResponse,
        parts: ErrorParts,
        kind_of: fn(&str) -> Option<ErrorKind>,
        quotes: bool,
    ) -> Self {
        let codec = service.protocol.codec();
        let body = response.body().bytes().unwrap_or_default();
        let is_cut_short = !parts.is_readable && is_cut_short(codec, body);
        let code = parts.query_code.as_deref().or(parts.shape.as_deref());
        let kind = match (code, parts.shape.as_deref()) {
            (None, _) => kind_without_code(response, is_cut_short),
            (Some(code), _) if response.status().is_success() && is_internal(code) => {
                Some(ErrorKind::ServerError)
            }
            (Some(_), Some(shape)) => kind_of(shape),
            (Some(_), None) => None,
        };
        let is_sensitive = is_sensitive(service, &parts.names);
        // What stands in for a message, or for one that may not be shown.
        let stand_in = match parts.message {
            Some(_) if is_sensitive => Some(Redacted::TEXT.to_owned()),
            None if is_cut_short => Some(describe_cut(codec)),
            None if !parts.is_readable => Some(excerpt(codec, response, quotes && !is_sensitive)),
            _ => None,
        };
        let shown = stand_in.as_deref().or(parts.message.as_deref());
        Self {
            status: response.status().as_u16(),
            metadata: metadata_of(code, shown).build(),
            kind,
            http: Some((service.protocol, copy(response))),
            shape: parts.shape,
            message: parts.message,
            is_message: false,
            request_id: parts.request_id,
        }
    }

    /// Creates a stand-in for the service's error where an interceptor put another in its place. That one may quote anything.
    pub(crate) fn replaced(status: u16) -> Self {
        let text = "an interceptor put an error of its own in the place of the service's";
        Self {
            status,
            shape: None,
            metadata: metadata_of(None, Some(text)).build(),
            message: None,
            kind: None,
            request_id: None,
            http: None,
            is_message: false,
        }
    }

    /// Returns the name of the error's shape.
    pub(crate) fn shape(&self) -> Option<&str> {
        self.shape.as_deref()
    }

    /// Returns the name of the service's error: that of its shape, or the code that it had in the query protocol.
    pub(crate) fn code(&self) -> Option<&str> {
        self.metadata.code()
    }

    /// Takes the id of the request, if the body says it.
    pub(crate) fn take_request_id(&mut self) -> Option<String> {
        self.request_id.take()
    }

    /// Returns the kind of a retryable error, as far as a response that does not name its error tells.
    pub(crate) fn kind_without_code(&self) -> Option<ErrorKind> {
        match self.code() {
            Some(_) => None,
            None => self.kind,
        }
    }

    /// Reads the response as this error of the model: `None` if it is another one, or cannot be read, even corrected.
    pub fn read<M: ModeledError>(&self) -> Option<M> {
        if self.shape() != Some(M::CODE) {
            return None;
        }
        let mut error = M::zero();
        self.read_into(&mut error).then_some(error)
    }

    /// Does the part of [`Self::read`] that is the same for all errors. Returns `true` if the response could be read.
    fn read_into(&self, error: &mut dyn Structure) -> bool {
        let Some((protocol, response)) = &self.http else {
            return false;
        };
        let body = response.body().bytes().unwrap_or_default();
        let read = match self.is_message {
            true => {
                let slot = Slot::Structure(error);
                protocol
                    .codec()
                    .read(body, slot, &Member::ROOT, Mode::Correcting)
            }
            false => protocol.deserialize_error(response, error),
        };
        if read.is_ok() {
            self.set_message(error);
        }
        read.is_ok()
    }

    /// Services write `message` or `Message`, whatever their models say.
    fn set_message(&self, error: &mut dyn Structure) {
        let Some(message) = &self.message else {
            return;
        };
        for (index, member) in error.members().iter().enumerate() {
            if member.name.eq_ignore_ascii_case("message") {
                if let View::Null | View::Text("") = error.member_view(index) {
                    error.member_slot(index).set_text(message);
                }
                return;
            }
        }
    }

    /// Returns the error as one that the model does not name.
    pub fn unmodeled(&self) -> UnmodeledError {
        UnmodeledError {
            code: self.metadata.code().map(str::to_owned),
            message: self.metadata.message().map(str::to_owned),
            status: self.status,
        }
    }
}

/// Returns a copy of a response: the call keeps the original for its errors.
fn copy(response: &HttpResponse) -> HttpResponse {
    let body = response.body().bytes().unwrap_or_default();
    let mut copy = HttpResponse::new(response.status(), SdkBody::from(body));
    *copy.headers_mut() = response.headers().clone();
    copy
}

/// Reads the body as a document; null if it is no object.
fn fields(codec: &dyn Codec, body: &[u8]) -> Document {
    let mut fields = Document::Null;
    let slot = Slot::Document(&mut fields);
    let read = codec.read(body, slot, &Member::ROOT, Mode::Correcting);
    if read.is_err() || !fields.is_object() || body.trim_ascii().is_empty() {
        return Document::Null;
    }
    fields
}

/// Returns a member that is a string.
fn text<'a>(fields: &'a Document, name: &str) -> Option<&'a str> {
    fields.get(name)?.as_str()
}

/// Finds the service's message: the first of its possible members that holds one.
fn message(fields: &Document) -> Option<String> {
    for member in &["message", "Message", "errorMessage"] {
        match text(fields, member) {
            None | Some("") => {}
            Some(message) => return Some(message.to_owned()),
        }
    }
    None
}

/// Returns the name, out of what else may stand around it: a namespace in front, a URI behind.
fn shape_name(text: &str) -> Option<&str> {
    let mut name = text;
    if let Some((before_uri, _)) = name.split_once(':') {
        name = before_uri;
    }
    if let Some((_, after_namespace)) = name.rsplit_once('#') {
        name = after_namespace;
    }
    match name.trim() {
        "" => None,
        name => Some(name),
    }
}

/// Returns the code in a header that says `code;fault`.
fn before_fault(text: &str) -> &str {
    match text.split_once(';') {
        Some((code, _fault)) => code.trim(),
        None => text.trim(),
    }
}

/// Returns `true` if the message of an error with one of these names may not be shown.
fn is_sensitive(service: &Service, names: &[String]) -> bool {
    for name in names {
        if service.sensitive_errors.contains(&name.as_str()) {
            return true;
        }
    }
    false
}

/// Returns `true` if an error of this code would have a status of its own that says that the service is in trouble. In a response whose
/// status is that of a success, the code has to say it.
pub(crate) fn is_internal(code: &str) -> bool {
    matches!(code, "InternalError" | "ServiceUnavailable")
}

/// Returns the kind of a retryable error, as far as a response that does not name its error tells.
fn kind_without_code(response: &HttpResponse, is_cut_short: bool) -> Option<ErrorKind> {
    match response.status().as_u16() {
        429 => Some(ErrorKind::ThrottlingError),
        _ => is_cut_short.then_some(ErrorKind::TransientError),
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
        let code = self.code().unwrap_or("an error without a name");
        write!(f, "{}", line::name(code))
    }
}

impl fmt::Debug for ErrorResponse {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ErrorResponse")
            .field("status", &self.status)
            .field(
                "code",
                &self.code().map(|code| line::name(code).to_string()),
            )
            .finish_non_exhaustive()
    }
}

impl std::error::Error for ErrorResponse {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Signing;
    use crate::endpoint;
    use crate::protocol::AWS_JSON_1_0;
    use crate::schema::AuthScheme;

    const OPERATION: OperationSchema = OperationSchema::new("Shop", "Buy");

    static SERVICE: Service = Service {
        id: "Test",
        auth: &[AuthScheme::NoAuth],
        signing_name: None,
        signing: Signing::new(),
        token_variable: None,
        crate_version: "1.0.0",
        protocol: &AWS_JSON_1_0,
        sensitive_errors: &["Denied", "Old.Denied"],
        headers: &[],
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
        ErrorResponse::parse(&SERVICE, &OPERATION, &response, |_| None, true)
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
    fn a_sensitive_message_is_hidden_wherever_the_error_is_named() {
        let text = r#""message":"secret","Message":7"#;
        for (header, body) in [
            (None, format!(r#"{{"__type":"Denied",{text}}}"#)),
            (
                None,
                format!(r#"{{"__type":"com.example#Denied:http://a/",{text}}}"#),
            ),
            (
                None,
                format!(r#"{{"__type":"Other","code":"Denied",{text}}}"#),
            ),
            (None, format!(r#"{{"Code":"Old.Denied",{text}}}"#)),
            (Some("Denied:http://a/"), format!(r#"{{{text}}}"#)),
            (Some("Denied"), format!(r#"{{"__type":"Other",{text}}}"#)),
            (Some("Denied"), "secret".to_owned()),
            (Some("Denied"), format!(r#"{{{text}"#)),
        ] {
            let response = parsed(header, &body);
            let unmodeled = response.unmodeled();
            assert!(
                !format!("{unmodeled:?} {unmodeled} {response:?} {response}").contains("secret"),
                "{header:?} {body}"
            );
        }
        let other = parsed(Some("Other"), r#"{"message":"public"}"#).unmodeled();
        assert_eq!(other.message.as_deref(), Some("public"));
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
            (r#"{"message":"a"#, Some("the JSON is cut short")),
        ] {
            let unmodeled = parsed(Some("A"), body).unmodeled();
            assert_eq!(unmodeled.message.as_deref(), message, "{body}");
        }
    }
}
