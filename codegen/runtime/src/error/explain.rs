//! One line about why a call failed, for whoever is on call.
//!
//! None of this is generic: the text of every error is made here.

use std::error::Error as StdError;
use std::fmt::{self, Write as _};
use std::io;

use aws_credential_types::provider::error::CredentialsError;
use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime::client::http::body::content_length_enforcement::ContentLengthError;
use aws_smithy_runtime_api::client::dns::ResolveDnsError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::request_id::RequestId;

use crate::endpoint::{self, EndpointError};
use crate::error::ending::Ending;
use crate::error::failure::Circumstances;
use crate::{DecodeError, ErrorKind, OperationError};

type Source<'a> = Option<&'a (dyn StdError + 'static)>;

/// A failure, whatever the type of the service's errors.
pub(crate) struct Report<'a> {
    pub(crate) cause: Cause<'a>,
    pub(crate) circumstances: &'a Circumstances,
}

/// The kinds of failure that AWS's orchestrator tells apart.
pub(crate) enum Cause<'a> {
    /// The service answered with an error.
    Service(&'a dyn OperationError, &'a HttpResponse),
    /// There was no request to send.
    Construction(Source<'a>),
    /// It took too long, all in all.
    Timeout(Source<'a>),
    /// The request did not get through, or no response came back.
    Dispatch(&'a ConnectorError),
    /// The response could not be read.
    Response(Source<'a>, &'a HttpResponse),
}

/// Whether a status says that the service, or something in front of it, is in trouble.
fn is_server_trouble(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

impl<'a> Report<'a> {
    /// The name of the service's error.
    pub(crate) fn code(&self) -> Option<&'a str> {
        match &self.cause {
            Cause::Service(error, _) => self.circumstances.code.as_deref().or(error.code()),
            _ => None,
        }
    }

    /// What kind of error it is, if the same call may succeed later.
    pub(crate) fn retry_kind(&self, modeled: fn(&str) -> Option<ErrorKind>) -> Option<ErrorKind> {
        match &self.cause {
            Cause::Service(error, response) => {
                let said = [self.code(), error.code()];
                let is_one_of =
                    |codes: &[&str]| codes.iter().any(|code| said.contains(&Some(code)));
                if is_one_of(THROTTLING_ERRORS) {
                    Some(ErrorKind::ThrottlingError)
                } else if is_one_of(TRANSIENT_ERRORS) {
                    Some(ErrorKind::TransientError)
                } else if let Some(kind) = error.code().and_then(modeled) {
                    Some(kind)
                } else {
                    is_server_trouble(response.status().as_u16())
                        .then_some(ErrorKind::TransientError)
                }
            }
            Cause::Construction(_) => None,
            Cause::Timeout(_) => Some(ErrorKind::TransientError),
            Cause::Dispatch(error) => match error.is_io() || error.is_timeout() {
                true => Some(ErrorKind::TransientError),
                false => error.as_other(),
            },
            Cause::Response(source, _) => {
                let is_model_breach = source.is_some_and(|source| source.is::<DecodeError>());
                (!is_model_breach).then_some(ErrorKind::TransientError)
            }
        }
    }
}

impl<'a> Report<'a> {
    /// Why a waiter or a run of pages ended, if that is what failed.
    pub(crate) fn ending(&self) -> Option<&'a Ending> {
        match &self.cause {
            Cause::Construction(source) | Cause::Timeout(source) => source.as_ref()?.downcast_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = OneLine {
            line: f,
            owes_space: false,
        };
        match self.ending() {
            Some(ending) => write!(line, "{ending}"),
            None => self.write(&mut line),
        }
    }
}

/// Makes one line of several, such as those of a service's message.
struct OneLine<'a, 'f> {
    line: &'a mut fmt::Formatter<'f>,
    /// Whether a line has ended, and the next one has not begun.
    owes_space: bool,
}

impl fmt::Write for OneLine<'_, '_> {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        for piece in text.split_inclusive(ends_line) {
            let line = piece.trim_end_matches(ends_line);
            let line_begins = if self.owes_space {
                line.trim_start()
            } else {
                line
            };
            if !line_begins.is_empty() {
                if self.owes_space {
                    self.line.write_char(' ')?;
                }
                self.line.write_str(line_begins)?;
                self.owes_space = false;
            }
            self.owes_space |= piece.len() > line.len();
        }
        Ok(())
    }
}

fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r')
}

impl Report<'_> {
    fn write(&self, f: &mut OneLine<'_, '_>) -> fmt::Result {
        let Circumstances {
            operation,
            attempts,
            ..
        } = self.circumstances;
        f.write_str(operation.unwrap_or("the call"))?;
        match attempts {
            _ if self.was_not_sent() => f.write_str(" was not sent: ")?,
            0 | 1 => f.write_str(" failed: ")?,
            attempts => write!(f, " failed after {attempts} attempts: ")?,
        }
        self.reason(f)?;
        match self.request_id() {
            Some(id) => write!(f, " (request id {id})"),
            None => Ok(()),
        }
    }
}

impl Report<'_> {
    fn was_not_sent(&self) -> bool {
        match &self.cause {
            Cause::Construction(_) => true,
            Cause::Dispatch(error) => {
                find::<EndpointError>(*error).is_some()
                    || find::<CredentialsError>(*error).is_some()
            }
            _ => false,
        }
    }

    fn request_id(&self) -> Option<&str> {
        match &self.cause {
            Cause::Service(_, response) | Cause::Response(_, response) => response.request_id(),
            _ => None,
        }
    }

    fn reason(&self, f: &mut OneLine<'_, '_>) -> fmt::Result {
        match &self.cause {
            Cause::Service(error, _) => match (&self.circumstances.code, error.message()) {
                (Some(code), Some(message)) => write!(f, "{code}: {message}"),
                (Some(code), None) => f.write_str(code),
                (None, _) => write!(f, "{error}"),
            },
            Cause::Construction(source) => write_chain(f, *source),
            Cause::Timeout(source) => f.write_str(&timeout(*source)),
            Cause::Dispatch(error) => f.write_str(&dispatch(error, &self.peer())),
            Cause::Response(source, _) => f.write_str(&response(*source)),
        }
    }

    /// Host and port that the call went to.
    fn peer(&self) -> String {
        match self
            .circumstances
            .endpoint
            .as_deref()
            .and_then(host_and_port)
        {
            Some(peer) => peer,
            None => "the endpoint".to_owned(),
        }
    }
}

/// `host:port` of a URL that has been checked before.
fn host_and_port(url: &str) -> Option<String> {
    let (scheme, authority, _) = endpoint::url_parts(url)?;
    Some(match endpoint::host_and_port(authority) {
        (_, Some(_)) => authority.to_owned(),
        (host, None) if scheme.eq_ignore_ascii_case("http") => format!("{host}:80"),
        (host, None) => format!("{host}:443"),
    })
}

/// Which of the timeouts that cover more than one step it was, in the words of AWS's `TimeoutConfig`.
fn timeout(source: Source<'_>) -> String {
    let said = source.map(ToString::to_string).unwrap_or_default();
    let limit = duration_in(&said);
    if said.starts_with("operation attempt") {
        format!("an attempt took longer than {limit} (operation_attempt_timeout)")
    } else {
        format!("it took longer than {limit}, retries included (operation_timeout)")
    }
}

/// What AWS's timeout errors end in: `… occurred after 1.5s`.
fn duration_in(said: &str) -> &str {
    said.rsplit_once(" after ")
        .map_or("its limit", |(_, duration)| duration)
}

/// Why a request did not get through.
fn dispatch(error: &ConnectorError, peer: &str) -> String {
    if let Some(error) = find::<EndpointError>(error) {
        return format!("no endpoint: {error}");
    }
    if let Some(error) = find::<CredentialsError>(error) {
        return credentials(error);
    }
    if error.is_timeout() {
        return step_timeout(error, peer);
    }
    let root = root(error).to_string();
    if find::<ResolveDnsError>(error).is_some() || says(error, "dns error") {
        let host = peer.rsplit_once(':').map_or(peer, |(host, _port)| host);
        return format!("host {host} was not found: {root}");
    }
    match io_kind(error) {
        Some(io::ErrorKind::ConnectionRefused) => format!("connection refused by {peer}"),
        Some(io::ErrorKind::InvalidData) => format!("no TLS connection to {peer}: {root}"),
        Some(io::ErrorKind::ConnectionReset | io::ErrorKind::BrokenPipe) => {
            format!("{peer} closed the connection before it answered: {root}")
        }
        _ if says(error, "connection closed before message completed") => {
            format!("{peer} closed the connection before it answered")
        }
        _ if error.is_io() => format!("no connection to {peer}: {root}"),
        // A `ConnectorError` itself is nothing but a category.
        _ => chain(error.source().unwrap_or(error)),
    }
}

/// Which of the timeouts of a single step it was.
fn step_timeout(error: &ConnectorError, peer: &str) -> String {
    let said = saying(error, " after ").unwrap_or_default();
    let limit = duration_in(&said);
    if said.contains("connect") {
        format!("connecting to {peer} took longer than {limit} (connect_timeout)")
    } else {
        format!("{peer} did not answer within {limit} (read_timeout)")
    }
}

/// Why there are no credentials, and what to do about it.
fn credentials(error: &CredentialsError) -> String {
    match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            let root = attempts(&root(error).to_string());
            format!(
                "no credentials: {root}; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give \
                 the machine a role"
            )
        }
        _ => format!("no credentials: {}", chain(error)),
    }
}

/// What a chain of providers says about each of them, in a line each under a heading, as one line.
fn attempts(said: &str) -> String {
    let mut lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let heading = lines.next().unwrap_or_default();
    let attempts: Vec<_> = lines
        .map(|line| line.replace(": the credential provider was not enabled", ""))
        .collect();
    if attempts.is_empty() {
        heading.to_owned()
    } else {
        attempts.join("; ")
    }
}

/// Why a response could not be read.
fn response(source: Source<'_>) -> String {
    let Some(source) = source else {
        return "the response could not be read".to_owned();
    };
    if source.is::<DecodeError>() {
        return format!("the response is not what the model says: {source}");
    }
    if find::<ContentLengthError>(source).is_some()
        || says(source, "end of file before message length reached")
        || says(source, "unexpected EOF")
    {
        return "the response was cut short".to_owned();
    }
    // What AWS's stalled stream protection says; its type is private.
    if says(source, "minimum throughput was specified") {
        let root = root(source);
        return format!("the response stood still: {root} (stalled_stream_protection)");
    }
    format!("the response could not be read: {}", chain(source))
}

/// The errors from `error` down to what caused it all.
fn sources<'a>(
    error: &'a (dyn StdError + 'static),
) -> impl Iterator<Item = &'a (dyn StdError + 'static)> {
    std::iter::successors(Some(error), |&error| error.source())
}

/// The first error of this type on the way to the cause.
fn find<'a, E: StdError + 'static>(error: &'a (dyn StdError + 'static)) -> Option<&'a E> {
    for error in sources(error) {
        if let Some(error) = error.downcast_ref() {
            return Some(error);
        }
    }
    None
}

/// What kind of I/O error it is. An `io::Error` inside another is not among its sources, and says more.
fn io_kind(error: &(dyn StdError + 'static)) -> Option<io::ErrorKind> {
    let inner = |error: &io::Error| {
        error
            .get_ref()?
            .downcast_ref::<io::Error>()
            .map(io::Error::kind)
    };
    let found = find::<io::Error>(error)?;
    Some(inner(found).unwrap_or(found.kind()))
}

fn says(error: &(dyn StdError + 'static), words: &str) -> bool {
    saying(error, words).is_some()
}

/// The text of the first error on the way to the cause that says this.
fn saying(error: &(dyn StdError + 'static), words: &str) -> Option<String> {
    for error in sources(error) {
        let said = error.to_string();
        if said.contains(words) {
            return Some(said);
        }
    }
    None
}

/// What caused it all.
fn root<'a>(mut error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    while let Some(source) = error.source() {
        error = source;
    }
    error
}

/// All errors down to the cause, without those that the one before already quotes.
fn chain(error: &(dyn StdError + 'static)) -> String {
    let mut chain = String::new();
    for error in sources(error) {
        let said = error.to_string();
        if chain.is_empty() {
            chain = said;
        } else if !chain.ends_with(&said) {
            chain.push_str(": ");
            chain.push_str(&said);
        }
    }
    chain
}

fn write_chain(f: &mut OneLine<'_, '_>, source: Source<'_>) -> fmt::Result {
    match source {
        Some(source) => f.write_str(&chain(source)),
        None => f.write_str("there is no request to send"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_peer_has_a_port() {
        for (url, peer) in [
            ("https://example.com", "example.com:443"),
            ("http://example.com/path", "example.com:80"),
            ("HTTP://example.com?query", "example.com:80"),
            ("https://example.com:8443/path", "example.com:8443"),
            ("https://[::1]", "[::1]:443"),
            ("http://[::1]:8080#fragment", "[::1]:8080"),
        ] {
            assert_eq!(host_and_port(url).as_deref(), Some(peer), "{url}");
        }
        assert_eq!(host_and_port("example.com"), None);
    }

    #[test]
    fn what_providers_say_becomes_one_line() {
        for (said, line) in [
            ("nobody was asked", "nobody was asked"),
            ("\n no provider was enabled \n\n", "no provider was enabled"),
            (
                "none of:\r\n  - Profile: no file\r\n\r\n  - Environment: the credential provider was not enabled: not set\r\n",
                "- Profile: no file; - Environment: not set",
            ),
        ] {
            assert_eq!(attempts(said), line);
        }
    }
}
