//! Authentication: the schemes that Smithy's rules leave to an operation.

use super::Shape;
use super::closure::Closure;
use crate::Error;

/// The ids of schemes that calls can be made with, as traits.
const USABLE: [&str; 6] = [
    SIGV4,
    SIGV4A,
    HTTP_BEARER,
    HTTP_BASIC,
    HTTP_API_KEY,
    NO_AUTH,
];

/// Those of Smithy and AWS that cannot be used.
const OTHERS: [&str; 2] = ["smithy.api#httpDigestAuth", "aws.auth#cognitoUserPools"];

pub const SIGV4: &str = "aws.auth#sigv4";
pub const SIGV4A: &str = "aws.auth#sigv4a";
pub const HTTP_BEARER: &str = "smithy.api#httpBearerAuth";
pub const HTTP_BASIC: &str = "smithy.api#httpBasicAuth";
pub const HTTP_API_KEY: &str = "smithy.api#httpApiKeyAuth";
pub const NO_AUTH: &str = "smithy.api#noAuth";

/// The beginning of the reason that none of the schemes will do.
pub(super) const REQUIRES_AUTH: &str = "requires the auth scheme ";

impl<'m> Closure<'m> {
    /// Returns the ids of the schemes of operations that say nothing of their own, best first: those of the service's
    /// `smithy.api#auth`, or else all that the service has, in the order of their ids.
    ///
    /// # Errors
    /// If a trait has the wrong form.
    pub fn service_auth(&self) -> Result<Vec<&'m str>, Error> {
        let traits = &self.service.traits;
        let mut schemes = match traits.auth()? {
            Some(schemes) => schemes,
            None => {
                let all = USABLE.into_iter().chain(OTHERS);
                let mut schemes: Vec<_> = all.filter(|id| traits.has(id)).collect();
                schemes.sort_unstable();
                schemes
            }
        };
        if schemes.is_empty() {
            schemes.push(NO_AUTH);
        }
        Ok(schemes)
    }

    /// Returns the ids of the schemes of an operation, best first: those of its `smithy.api#auth`, or else those of the service, and
    /// last none at all if that will do.
    ///
    /// # Errors
    /// If a trait has the wrong form.
    pub fn auth(&self, operation: &'m Shape) -> Result<Vec<&'m str>, Error> {
        let mut schemes = match operation.traits.auth()? {
            Some(schemes) => schemes,
            None => self.service_auth()?,
        };
        let is_optional = schemes.is_empty() || operation.traits.is_optional_auth();
        if is_optional && !schemes.contains(&NO_AUTH) {
            schemes.push(NO_AUTH);
        }
        Ok(schemes)
    }
}

/// Returns the reason why calls with these schemes cannot be made, as a clause about the operation or service, unless one of them can
/// be used.
pub(super) fn unusable(schemes: &[&str]) -> Option<String> {
    let is_unusable = !schemes.iter().any(|id| USABLE.contains(id));
    is_unusable.then(|| format!("{REQUIRES_AUTH}{}", schemes.join(" or ")))
}
