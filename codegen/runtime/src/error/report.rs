//! The text of errors: one line about the cause of a failure, for whoever is on call.
//!
//! None of this is generic: the text of every error is made here, and in [`causes`](super::causes).

use std::error::Error as StdError;
use std::fmt::{self, Write as _};

use aws_credential_types::provider::error::CredentialsError;
#[cfg(feature = "http-auth")]
use aws_credential_types::provider::error::TokenError;
use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::client::interceptors::error::InterceptorError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_types::request_id::RequestId;

use super::causes;
use super::facts::{Circumstances, Facts, SdkError, extended_request_id};
use super::polling::PollingError;
use super::sources::{Source, find};
use crate::endpoint::{self, EndpointError};
use crate::line::{self, LineWriter};
use crate::protocol::is_internal;
use crate::{DecodeError, ErrorKind, OperationError};

/// A failure, whatever the type of the service's errors.
pub(crate) struct Report<'a> {
    cause: Cause<'a>,
    circumstances: &'a Circumstances,
}

/// The kinds of failure that AWS's orchestrator tells apart.
enum Cause<'a> {
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

/// Returns the status of an error: that of its response; or, where the response was a success up to the error, as event streams are,
/// the one that the error would have had as a response of its own.
#[inline]
fn status(error: &dyn OperationError, response: &HttpResponse) -> u16 {
    let status = response.status();
    match error.variant().fault() {
        Some(fault) if status.is_success() => fault.status(),
        None if status.is_success() && error.code().is_some_and(is_internal) => 500,
        _ => status.as_u16(),
    }
}

#[inline]
fn is_one_of(codes: &[&str], code: Option<&str>) -> bool {
    match code {
        Some(code) => codes.contains(&code),
        None => false,
    }
}

/// Returns `true` if a status says that the service, or something in front of it, is in trouble.
#[inline]
fn is_server_trouble(status: u16) -> bool {
    matches!(status, 500 | 502 | 503 | 504)
}

/// Returns `true` if a response that could not be read for this reason may be readable the next time.
#[inline]
fn may_be_read_later(error: &(dyn StdError + 'static)) -> bool {
    match find::<DecodeError>(error) {
        Some(error) => error.is_incomplete(),
        None => find::<InterceptorError>(error).is_none(),
    }
}

impl<'a> Report<'a> {
    /// Creates a report of these facts; `error` is the service's own.
    pub(crate) fn new(facts: &'a Facts, error: Option<&'a dyn OperationError>) -> Self {
        let source = facts.cause.source();
        let cause = match (&facts.cause, error) {
            (SdkError::ServiceError(answered), Some(error)) => {
                Cause::Service(error, answered.raw())
            }
            (SdkError::DispatchFailure(failure), _) => match failure.as_connector_error() {
                Some(error) => Cause::Dispatch(error),
                None => Cause::Construction(source),
            },
            (SdkError::TimeoutError(_), _) => Cause::Timeout(source),
            (SdkError::ResponseError(error), _) => Cause::Response(source, error.raw()),
            _ => Cause::Construction(source),
        };
        Self {
            cause,
            circumstances: &facts.circumstances,
        }
    }

    /// Returns the name of the service's error.
    pub(crate) fn code(&self) -> Option<&'a str> {
        match &self.cause {
            Cause::Service(error, _) => self.circumstances.code.as_deref().or(error.code()),
            _ => None,
        }
    }

    /// Returns the kind of the error, if the same call may succeed later.
    #[inline] // Few programs ask: it is compiled there.
    pub(crate) fn retry_kind(&self, modeled: fn(&str) -> Option<ErrorKind>) -> Option<ErrorKind> {
        match &self.cause {
            Cause::Service(error, response) => {
                self.service_retry_kind(*error, status(*error, response), modeled)
            }
            Cause::Construction(_) => None,
            Cause::Timeout(_) => Some(ErrorKind::TransientError),
            Cause::Dispatch(error) => match error.is_io() || error.is_timeout() {
                true => Some(ErrorKind::TransientError),
                false => error.as_other(),
            },
            Cause::Response(source, _) => {
                let may_succeed_later = match source {
                    Some(source) => may_be_read_later(*source),
                    None => true,
                };
                may_succeed_later.then_some(ErrorKind::TransientError)
            }
        }
    }

    /// Returns the kind of the service's error: by its names, then by the model, then by its status, as AWS's clients have it.
    #[inline]
    fn service_retry_kind(
        &self,
        error: &dyn OperationError,
        status: u16,
        modeled: fn(&str) -> Option<ErrorKind>,
    ) -> Option<ErrorKind> {
        let (code, shape) = (self.code(), error.code());
        if is_one_of(THROTTLING_ERRORS, code) || is_one_of(THROTTLING_ERRORS, shape) {
            Some(ErrorKind::ThrottlingError)
        } else if is_one_of(TRANSIENT_ERRORS, code) || is_one_of(TRANSIENT_ERRORS, shape) {
            Some(ErrorKind::TransientError)
        } else if let Some(shape) = shape
            && let Some(kind) = modeled(shape)
        {
            Some(kind)
        } else if is_server_trouble(status) {
            Some(ErrorKind::TransientError)
        } else if code.is_some() {
            None
        } else if status == 429 {
            Some(ErrorKind::ThrottlingError)
        } else {
            self.circumstances.kind_without_code
        }
    }
}

impl<'a> Report<'a> {
    /// Returns the error of the waiter or the paginator, if that is what failed.
    pub(crate) fn polling_error(&self) -> Option<&'a PollingError> {
        match &self.cause {
            Cause::Construction(source) | Cause::Timeout(source) => source.as_ref()?.downcast_ref(),
            _ => None,
        }
    }
}

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = LineWriter::new(f, line::LINE);
        match self.polling_error() {
            Some(error) => write!(line, "{error}"),
            None => self.write(&mut line),
        }
    }
}

impl Report<'_> {
    fn write(&self, f: &mut dyn fmt::Write) -> fmt::Result {
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
        self.request_ids(f)
    }

    /// Writes the ids that the service's support needs.
    fn request_ids(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        let (Cause::Service(_, response) | Cause::Response(_, response)) = &self.cause else {
            return Ok(());
        };
        let extended = extended_request_id(response.headers());
        match (response.request_id(), extended) {
            (Some(id), None) => write!(f, " (request id {})", line::name(id)),
            (Some(id), Some(extended)) => {
                let (id, extended) = (line::name(id), line::name(extended));
                write!(f, " (request id {id}, extended {extended})")
            }
            (None, Some(extended)) => {
                write!(f, " (extended request id {})", line::name(extended))
            }
            (None, None) => Ok(()),
        }
    }

    fn was_not_sent(&self) -> bool {
        match &self.cause {
            Cause::Construction(_) => true,
            Cause::Dispatch(error) => {
                #[cfg(feature = "http-auth")]
                if find::<TokenError>(*error).is_some() {
                    return true;
                }
                find::<EndpointError>(*error).is_some()
                    || find::<CredentialsError>(*error).is_some()
            }
            _ => false,
        }
    }

    fn reason(&self, f: &mut dyn fmt::Write) -> fmt::Result {
        match &self.cause {
            Cause::Service(error, _) => match (&self.circumstances.code, error.message()) {
                (Some(code), Some(message)) => {
                    write!(f, "{}: {}", line::name(code), line::text(message))
                }
                (Some(code), None) => write!(f, "{}", line::name(code)),
                (None, _) => write!(f, "{error}"),
            },
            Cause::Construction(source) => f.write_str(&causes::construction(*source)),
            Cause::Timeout(source) => f.write_str(&causes::timeout(*source)),
            Cause::Dispatch(error) => {
                let is_prefixed = self.circumstances.has_prefixed_own_host;
                f.write_str(&causes::dispatch(error, &self.peer(), is_prefixed))
            }
            Cause::Response(source, _) => f.write_str(&causes::response(*source)),
        }
    }

    /// Returns host and port that the call went to.
    fn peer(&self) -> String {
        if let Some(url) = &self.circumstances.endpoint
            && let Some(peer) = host_and_port(url)
        {
            return line::name(&peer).to_string();
        }
        "the endpoint".to_owned()
    }
}

/// Returns `host:port` of a URL that has been checked before.
fn host_and_port(url: &str) -> Option<String> {
    let (scheme, authority, _) = endpoint::url_parts(url)?;
    Some(match endpoint::host_and_port(authority) {
        (_, Some(_)) => authority.to_owned(),
        (host, None) if scheme.eq_ignore_ascii_case("http") => format!("{host}:80"),
        (host, None) => format!("{host}:443"),
    })
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
}
