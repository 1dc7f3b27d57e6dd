//! One line about why a call failed, for whoever is on call.
//!
//! None of this is generic: the text of every error is made here.

use std::error::Error as StdError;
use std::fmt;

use aws_runtime::retries::classifiers::{THROTTLING_ERRORS, TRANSIENT_ERRORS};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::ConnectorError;

use crate::failure::Circumstances;
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

/// Statuses that say that the service, or something in front of it, is in trouble.
const SERVER_TROUBLE: [u16; 4] = [500, 502, 503, 504];

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
                let any = |codes: &[&str]| said.iter().flatten().any(|code| codes.contains(code));
                if any(THROTTLING_ERRORS) {
                    Some(ErrorKind::ThrottlingError)
                } else if any(TRANSIENT_ERRORS) {
                    Some(ErrorKind::TransientError)
                } else if let Some(kind) = error.code().and_then(modeled) {
                    Some(kind)
                } else {
                    let status = response.status().as_u16();
                    SERVER_TROUBLE
                        .contains(&status)
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

impl fmt::Display for Report<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.circumstances.operation.unwrap_or("the call"))?;
        match &self.cause {
            Cause::Service(error, _) => write!(f, " failed: {error}"),
            Cause::Construction(Some(source))
            | Cause::Timeout(Some(source))
            | Cause::Response(Some(source), _) => write!(f, " failed: {source}"),
            Cause::Dispatch(source) => write!(f, " failed: {source}"),
            _ => f.write_str(" failed"),
        }
    }
}
