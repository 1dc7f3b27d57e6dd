//! Checks of signatures (AWS Signature Version 4), as far as the service wants to see them.
//!
//! The fake knows no secrets and so cannot check the signature itself; it checks all that is said about it.

use std::time::{Duration, SystemTime};

use aws_smithy_types::DateTime;
use aws_smithy_types::date_time::Format;
use healthlake::ServiceError;

use crate::RecordedRequest;
use crate::refusal::common;

/// The greatest age of a signature, and its greatest lead.
const TOLERANCE: Duration = Duration::from_secs(300);

/// The headers that must be signed.
const SIGNED: [&str; 3] = ["host", "x-amz-date", "x-amz-target"];

/// For whom and for which region a request was signed.
#[derive(Debug)]
pub(crate) struct Scope {
    pub(crate) region: String,
}

/// Checks a request's signature against the service's clocks: it is good if one of them finds it so.
pub(crate) fn check(
    request: &RecordedRequest,
    clocks: &[SystemTime],
) -> Result<Scope, ServiceError> {
    let authorization = request.header("authorization").ok_or_else(|| {
        common(
            403,
            "MissingAuthenticationTokenException",
            "Missing Authentication Token",
        )
    })?;
    let signature = Signature::parse(authorization)
        .ok_or_else(|| incomplete("Authorization is not a complete AWS4-HMAC-SHA256 signature."))?;
    let (scope, day) = signature.scope()?;
    if let Some(missing) = SIGNED.iter().find(|header| !signature.covers(header)) {
        return Err(invalid(format!("'{missing}' must be a signed header.")));
    }
    let date = request.header("x-amz-date").unwrap_or_default();
    let signed_at = parse_date(date).ok_or_else(|| incomplete("X-Amz-Date is not a date."))?;
    if !date.starts_with(day) {
        return Err(invalid(
            "Date in Credential scope does not match X-Amz-Date.".to_owned(),
        ));
    }
    check_age(date, signed_at, clocks)?;
    Ok(scope)
}

fn check_age(date: &str, signed_at: SystemTime, clocks: &[SystemTime]) -> Result<(), ServiceError> {
    let Some(now) = clocks.first() else {
        return Ok(());
    };
    if clocks
        .iter()
        .any(|now| distance(*now, signed_at) <= TOLERANCE)
    {
        return Ok(());
    }
    let now_text = DateTime::from(*now);
    Err(invalid(if signed_at < *now {
        format!("Signature expired: {date} is too long before {now_text}")
    } else {
        format!("Signature not yet current: {date} is still after {now_text}")
    }))
}

fn distance(one: SystemTime, other: SystemTime) -> Duration {
    one.duration_since(other)
        .unwrap_or_else(|error| error.duration())
}

fn incomplete(message: &str) -> ServiceError {
    common(400, "IncompleteSignatureException", message)
}

fn invalid(message: String) -> ServiceError {
    common(403, "InvalidSignatureException", message)
}

/// The parts of an `Authorization` header.
struct Signature<'a> {
    credential: &'a str,
    signed_headers: &'a str,
}

impl<'a> Signature<'a> {
    fn parse(authorization: &'a str) -> Option<Self> {
        let parts = authorization.strip_prefix("AWS4-HMAC-SHA256 ")?;
        let part = |name: &str| {
            parts
                .split(',')
                .find_map(|part| part.trim().strip_prefix(name)?.strip_prefix('='))
        };
        let signature = part("Signature")?;
        let is_digest = signature.len() == 64 && signature.bytes().all(|b| b.is_ascii_hexdigit());
        is_digest.then_some(Self {
            credential: part("Credential")?,
            signed_headers: part("SignedHeaders")?,
        })
    }

    /// `KEY/DATE/REGION/SERVICE/aws4_request`
    fn scope(&self) -> Result<(Scope, &'a str), ServiceError> {
        let parts: Vec<_> = self.credential.split('/').collect();
        match parts[..] {
            [_, day, region, "healthlake", "aws4_request"] => {
                let region = region.to_owned();
                Ok((Scope { region }, day))
            }
            [_, _, _, _, "aws4_request"] => Err(invalid(
                "Credential should be scoped to correct service: 'healthlake'.".to_owned(),
            )),
            _ => Err(incomplete(
                "Credential must have exactly 5 slash-delimited elements.",
            )),
        }
    }

    fn covers(&self, header: &str) -> bool {
        self.signed_headers
            .split(';')
            .any(|signed| signed == header)
    }
}

/// Reads `20260102T030405Z`.
fn parse_date(text: &str) -> Option<SystemTime> {
    let part = |range: std::ops::Range<usize>| text.get(range);
    let extended = format!(
        "{}-{}-{}{}:{}:{}",
        part(0..4)?,
        part(4..6)?,
        part(6..8)?,
        part(8..11)?,
        part(11..13)?,
        text.get(13..)?,
    );
    let date = DateTime::from_str(&extended, Format::DateTime).ok()?;
    SystemTime::try_from(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates() {
        let start_of_2026 = SystemTime::UNIX_EPOCH + Duration::from_secs(1_767_225_600);
        assert_eq!(parse_date("20260101T000000Z"), Some(start_of_2026));
        for wrong in [
            "",
            "2026",
            "20260101",
            "20260101T0000Z",
            "20261301T000000Z",
            "ü",
        ] {
            assert_eq!(parse_date(wrong), None, "{wrong}");
        }
    }
}
