//! The causes of failures, in words.
//!
//! The errors of AWS's crates, of HTTP clients and of interceptors may quote the request with its body: AWS's own does where it does not
//! accept a URL. So nothing is shown of an error but what is known to be clean: the texts of this crate's types, of credentials, of name
//! resolution and of the operating system, and lines that are known by their beginning. Of others, only the kind is shown.

use std::error::Error as StdError;
use std::{fmt, io};

use aws_credential_types::provider::error::CredentialsError;
#[cfg(feature = "http-auth")]
use aws_credential_types::provider::error::TokenError;
use aws_smithy_runtime::client::http::body::content_length_enforcement::ContentLengthError;
#[cfg(feature = "byte-stream")]
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::dns::ResolveDnsError;
use aws_smithy_runtime_api::client::interceptors::error::InterceptorError;
use aws_smithy_runtime_api::client::result::ConnectorError;

use super::credentials;
use super::sources::{Source, find, root, saying, says, sources};
use crate::endpoint::EndpointError;
use crate::line;
use crate::{DecodeError, EncodeError};

/// Stands for what may quote the request.
const NOT_SHOWN: &str = "the cause may quote what was sent, and is not shown: the SdkError that this error converts into has it";

/// The beginnings of clean texts whose types are private, or in crates that this one need not know: std, AWS's HTTP and signing, rustls,
/// hyper.
const CLEAN: &[&str] = &[
    "failed to lookup address information: ",
    "failed to select an auth scheme to sign the request with.",
    "minimum throughput was specified at ",
    "invalid peer certificate: ",
    "received fatal alert: ",
    "received corrupt message",
    "peer is incompatible: ",
    "peer misbehaved: ",
    "tls handshake eof",
    "stream error received: ",
    "connection error received: ",
    "invalid HTTP ",
    "message head is too large",
    "received unexpected message from connection",
    "invalid URL, scheme is not http",
];

/// The greatest length of such a line.
const CLEAN_LENGTH: usize = 300;

/// An error of this crate that is nothing but its text, for where AWS's types take any error.
#[derive(Debug)]
pub(crate) struct TextError(Box<str>);

impl TextError {
    pub(crate) fn new(text: impl Into<String>) -> Self {
        Self(line::boxed(text.into()))
    }
}

impl fmt::Display for TextError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl StdError for TextError {}

/// The error of a stream of the caller's that was to be sent.
#[cfg(feature = "byte-stream")]
#[derive(Debug)]
pub(crate) struct OutgoingError(pub(crate) BoxError);

#[cfg(feature = "byte-stream")]
impl fmt::Display for OutgoingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the stream in the request could not be read")
    }
}

#[cfg(feature = "byte-stream")]
impl StdError for OutgoingError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        Some(&*self.0)
    }
}

/// Returns the reason that there is no request to send.
pub(super) fn construction(source: Source<'_>) -> String {
    let Some(source) = source else {
        return "there is no request to send".to_owned();
    };
    match ours(source) {
        Some(text) => text,
        None => NOT_SHOWN.to_owned(),
    }
}

/// Returns the text of an error of this crate, or the name of the interceptor that failed.
fn ours(error: &(dyn StdError + 'static)) -> Option<String> {
    // Behind an interceptor, all is the interceptor's.
    if let Some(error) = find::<InterceptorError>(error) {
        let text = line::name(error.to_string().trim()).to_string();
        return Some(match error.source() {
            Some(_) => format!("{text}; {NOT_SHOWN}"),
            None => text,
        });
    }
    for error in sources(error) {
        if error.is::<TextError>() || error.is::<EncodeError>() || error.is::<DecodeError>() {
            return Some(error.to_string());
        }
    }
    None
}

/// Names the timeout that covers more than one step, in the words of AWS's `TimeoutConfig`.
pub(super) fn timeout(source: Source<'_>) -> String {
    let text = source.map(ToString::to_string).unwrap_or_default();
    let limit = duration_in(&text);
    if text.starts_with("operation attempt") {
        format!("an attempt took longer than {limit} (operation_attempt_timeout)")
    } else {
        format!("it took longer than {limit}, retries included (operation_timeout)")
    }
}

/// Returns the duration at the end of AWS's timeout errors: `… occurred after 1.5s`.
fn duration_in(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((before, duration)) if before.ends_with(" after") && is_duration(duration) => duration,
        _ => "its limit",
    }
}

/// Returns `true` if a text is a number and a unit, as std writes a `Duration`.
fn is_duration(text: &str) -> bool {
    let mut unit = text.as_bytes();
    while let [b'0'..=b'9' | b'.', rest @ ..] = unit {
        unit = rest;
    }
    matches!(unit, b"s" | b"ms" | b"ns") || unit == "µs".as_bytes()
}

/// The way out where the host of the user's own URL would have been found.
const PREFIXED: &str = "; the operation puts a prefix before the host of the endpoint URL, which `disable_host_prefix(true)` of the \
                        client's builder turns off";

/// Returns the reason that a request did not get through. `is_prefixed` if its host is that of the user's own URL with a prefix.
pub(super) fn dispatch(error: &ConnectorError, peer: &str, is_prefixed: bool) -> String {
    if let Some(text) = ours(error) {
        return text;
    }
    if let Some(error) = find::<EndpointError>(error) {
        return format!("no endpoint: {error}");
    }
    if let Some(error) = find::<CredentialsError>(error) {
        return credentials::not_had(error);
    }
    #[cfg(feature = "byte-stream")]
    if let Some(error) = find::<OutgoingError>(error) {
        return match clean_or_kind(error) {
            Some(why) => format!("{error}: {why}"),
            None => format!("{error}; {NOT_SHOWN}"),
        };
    }
    #[cfg(feature = "http-auth")]
    if let Some(error) = find::<TokenError>(error) {
        return credentials::no_token(error);
    }
    if error.is_timeout() {
        return step_timeout(error, peer);
    }
    let mut text = if let Some(error) = find::<ResolveDnsError>(error) {
        not_found(peer, Some(line::text(&root(error).to_string()).to_string()))
    } else if says(error, "dns error") {
        not_found(peer, clean(error))
    } else {
        return connection(error, peer);
    };
    if is_prefixed {
        text.push_str(PREFIXED);
    }
    text
}

/// Returns the text for a host that has no address.
fn not_found(peer: &str, why: Option<String>) -> String {
    let host = match peer.rsplit_once(':') {
        Some((host, _port)) => host,
        None => peer,
    };
    with(format!("host {host} was not found"), why)
}

/// Returns the reason that there is no connection, or no longer one.
fn connection(error: &ConnectorError, peer: &str) -> String {
    let what = match io_kind(error) {
        Some(io::ErrorKind::ConnectionRefused) => return format!("connection refused by {peer}"),
        _ if is_no_tls(error) => {
            let text = with(format!("no TLS connection to {peer}"), clean(error));
            return format!("{text}; is this an http:// port?");
        }
        Some(io::ErrorKind::InvalidData) => format!("no TLS connection to {peer}"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => {
            format!("{peer} closed the connection before it answered")
        }
        _ if says(error, "connection closed before message completed") => {
            return format!("{peer} closed the connection before it answered");
        }
        _ if error.is_io() => format!("no connection to {peer}"),
        _ => return client_error(error, peer),
    };
    with(what, clean_or_kind(error))
}

/// Returns the reason that an HTTP client has for an error that is not one of I/O.
fn client_error(error: &ConnectorError, peer: &str) -> String {
    match clean(error) {
        Some(text) if text.starts_with("invalid HTTP") => {
            format!("{peer} answered with something that is not HTTP: {text}")
        }
        Some(text) => text,
        None if error.is_user() => format!("the HTTP client refused the request; {NOT_SHOWN}"),
        None => NOT_SHOWN.to_owned(),
    }
}

/// Returns `true` if what came in place of a TLS handshake is none, as when a server speaks plain HTTP. In the words of rustls, and of
/// OpenSSL.
fn is_no_tls(error: &ConnectorError) -> bool {
    says(error, "corrupt message of type InvalidContentType") || says(error, "wrong version number")
}

fn with(text: String, why: Option<String>) -> String {
    match why {
        Some(why) => format!("{text}: {why}"),
        None => text,
    }
}

/// Names the timeout of a single step.
fn step_timeout(error: &ConnectorError, peer: &str) -> String {
    if let Some(text) = clean(error).filter(|text| is_stalled(text)) {
        return format!("the request stood still: {text} (stalled_stream_protection)");
    }
    let text = saying(error, " after ").unwrap_or_default();
    let limit = duration_in(&text);
    if text.contains("connect") {
        format!("connecting to {peer} took longer than {limit} (connect_timeout)")
    } else {
        format!("{peer} did not answer within {limit} (read_timeout)")
    }
}

/// Returns the reason that a response could not be read.
pub(super) fn response(source: Source<'_>) -> String {
    const UNREADABLE: &str = "the response could not be read";
    let Some(source) = source else {
        return UNREADABLE.to_owned();
    };
    if let Some(error) = source.downcast_ref::<DecodeError>() {
        return if error.is_incomplete() {
            format!("the response is not complete: {error}")
        } else {
            format!("the response is not what the model says: {error}")
        };
    }
    if let Some(text) = ours(source) {
        return text;
    }
    if find::<ContentLengthError>(source).is_some()
        || says(source, "end of file before message length reached")
        || says(source, "unexpected EOF")
    {
        return "the response was cut short".to_owned();
    }
    match clean(source) {
        Some(text) if is_stalled(&text) => {
            format!("the response stood still: {text} (stalled_stream_protection)")
        }
        _ => match clean_or_kind(source) {
            Some(text) => format!("{UNREADABLE}: {text}"),
            None => format!("{UNREADABLE}; {NOT_SHOWN}"),
        },
    }
}

/// Returns `true` if a text is what AWS's stalled stream protection says.
fn is_stalled(text: &str) -> bool {
    text.starts_with("minimum throughput")
}

/// Returns the text of the innermost error that is known to be clean.
fn clean(error: &(dyn StdError + 'static)) -> Option<String> {
    let mut innermost = None;
    for error in sources(error) {
        if let Some(text) = clean_text(error) {
            innermost = Some(text);
        }
    }
    innermost
}

/// Returns the text of an error, if it is known to be clean.
fn clean_text(error: &(dyn StdError + 'static)) -> Option<String> {
    if let Some(error) = error.downcast_ref::<io::Error>() {
        let error = innermost(error);
        if error.raw_os_error().is_some() {
            return Some(error.to_string());
        }
    }
    let text = error.to_string();
    for known in CLEAN {
        if text.starts_with(known) && text.len() <= CLEAN_LENGTH {
            return Some(text);
        }
    }
    None
}

/// Returns the text of the innermost error that is known to be clean, or else the kind of the I/O error.
fn clean_or_kind(error: &(dyn StdError + 'static)) -> Option<String> {
    match clean(error) {
        Some(text) => Some(text),
        None => Some(io_kind(error)?.to_string()),
    }
}

/// Returns the kind of the I/O error, if there is one.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let error = find::<io::Error>(error)?;
    Some(innermost(error).kind())
}

/// Returns the innermost `io::Error`: one inside another is not among its sources, and says more.
fn innermost(mut error: &io::Error) -> &io::Error {
    while let Some(inner) = error.get_ref()
        && let Some(inner) = inner.downcast_ref()
    {
        error = inner;
    }
    error
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_timeout_ends_in_its_duration() {
        for (text, limit) in [
            ("operation timeout occurred after 1.5s", "1.5s"),
            ("HTTP connect timeout occurred after 100ms", "100ms"),
            ("timeout occurred after 7µs", "7µs"),
            ("timeout occurred after 7ns", "7ns"),
            ("timeout occurred after 7 s", "its limit"),
            ("timeout occurred after 7m", "its limit"),
            ("timeout occurred in 7s", "its limit"),
            ("after 7s", "its limit"),
            ("", "its limit"),
        ] {
            assert_eq!(duration_in(text), limit, "{text}");
        }
    }
}
