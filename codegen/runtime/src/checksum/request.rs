//! The checksum of a request, and the question for that of its response.

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::http::Headers;
use aws_smithy_types::checksum_config::{RequestChecksumCalculation, ResponseChecksumValidation};
use aws_smithy_types::config_bag::ConfigBag;
use aws_types::SdkConfig;

use super::response::Validated;
use super::trailer::{self, Trailing};
use super::{Algorithm, HttpChecksum, unknown_algorithm};
use crate::EncodeError;
use crate::call::presigning::Presigned;
use crate::schema::{Member, OperationSchema, Structure, View};

/// The choice of checksums that the input of a call makes.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Choice {
    algorithm: Option<Algorithm>,
    /// The header of the member for the algorithm.
    algorithm_header: Option<&'static str>,
    is_validated: bool,
    /// The header of the member that asks for validation.
    mode_header: Option<&'static str>,
}

impl Choice {
    /// Reads the members that say it.
    ///
    /// # Errors
    /// If the algorithm is not known.
    pub(crate) fn of(
        operation: &OperationSchema,
        input: &dyn Structure,
    ) -> Result<Self, EncodeError> {
        let schema = operation.http_checksum();
        let mut choice = Self::default();
        if let Some(name) = schema.request_algorithm_member {
            let (value, header) = member(input, name);
            choice.algorithm_header = header;
            if let Some(value) = value {
                choice.algorithm = Algorithm::of(value);
                // The algorithm of a checksum that the caller has calculated may be any.
                if choice.algorithm.is_none() && !has_checksum_of_its_own(input) {
                    return Err(unknown_algorithm(name, value));
                }
            }
        }
        if let Some(name) = schema.request_validation_mode_member {
            let (value, header) = member(input, name);
            choice.mode_header = header;
            choice.is_validated = value.is_some();
        }
        Ok(choice)
    }
}

/// Returns the value of a member that is a string, and the name of its header.
fn member<'a>(input: &'a dyn Structure, name: &str) -> (Option<&'a str>, Option<&'static str>) {
    for (index, member) in input.members().iter().enumerate() {
        if member.name == name {
            let value = match input.member_view(index) {
                View::Text(text) => Some(text),
                _ => None,
            };
            return (value, header(member));
        }
    }
    (None, None)
}

/// Returns the header that a member is. Without HTTP bindings, it is none.
fn header(_member: &Member) -> Option<&'static str> {
    #[cfg(feature = "http-bindings")]
    if let crate::schema::Location::Header(name) = _member.location {
        return Some(name);
    }
    None
}

/// Returns `true` if a member that is the header of a checksum has a value.
fn has_checksum_of_its_own(input: &dyn Structure) -> bool {
    let mut members = input.members().iter().enumerate();
    members.any(|(index, member)| {
        header(member).is_some_and(is_checksum) && !matches!(input.member_view(index), View::Null)
    })
}

/// Returns `true` if a header is one for a checksum, whatever the algorithm.
fn is_checksum(header: &str) -> bool {
    let header = header.to_ascii_lowercase();
    match header.strip_prefix("x-amz-checksum-") {
        Some(algorithm) => !matches!(algorithm, "algorithm" | "mode" | "type"),
        None => false,
    }
}

fn has_checksum(headers: &Headers) -> bool {
    headers.iter().any(|(name, _)| is_checksum(name))
}

/// The settings that tell when there are checksums which nobody has to have.
#[derive(Clone, Copy, Debug)]
pub(crate) struct RequestChecksums {
    is_calculated: bool,
    is_validated: bool,
}

impl RequestChecksums {
    pub(crate) fn new(config: &SdkConfig) -> Self {
        let calculation = config.request_checksum_calculation().unwrap_or_default();
        let validation = config.response_checksum_validation().unwrap_or_default();
        Self {
            is_calculated: calculation == RequestChecksumCalculation::WhenSupported,
            is_validated: validation == ResponseChecksumValidation::WhenSupported,
        }
    }

    /// Sets the headers of a request, and leaves in the config bag what is to be done while bodies are sent and received.
    pub(crate) fn apply(
        self,
        operation: &OperationSchema,
        choice: Choice,
        request: &mut HttpRequest,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        // Of a presigned request, somebody else knows the body.
        if cfg.load::<Presigned>().is_some() {
            return Ok(());
        }
        let schema = operation.http_checksum();
        if let Some(algorithm) = self.algorithm(schema, choice)
            && !has_checksum(request.headers())
        {
            set_checksum(algorithm, choice, request, cfg)?;
        }
        let is_validated = choice.is_validated || self.is_validated;
        if is_validated && !schema.response_algorithms.is_empty() {
            if let (false, Some(header)) = (choice.is_validated, choice.mode_header) {
                request.headers_mut().try_insert(header, "ENABLED")?;
            }
            let state = cfg.interceptor_state();
            state.store_put(Validated(schema.response_algorithms));
        }
        Ok(())
    }

    fn algorithm(self, schema: &HttpChecksum, choice: Choice) -> Option<Algorithm> {
        if !schema.has_request_checksum() {
            return None;
        }
        let is_wanted = schema.is_request_checksum_required || self.is_calculated;
        choice.algorithm.or(is_wanted.then_some(Algorithm::DEFAULT))
    }
}

/// Sets the checksum of a body in memory, and that of a stream to come.
fn set_checksum(
    algorithm: Algorithm,
    choice: Choice,
    request: &mut HttpRequest,
    cfg: &mut ConfigBag,
) -> Result<(), BoxError> {
    if let (None, Some(header)) = (choice.algorithm, choice.algorithm_header) {
        request.headers_mut().try_insert(header, algorithm.name)?;
    }
    match request.body().bytes() {
        Some(body) => {
            let checksum = algorithm.checksum(body);
            let headers = request.headers_mut();
            headers.try_insert(algorithm.header(), checksum)?;
        }
        None => {
            trailer::length(request)?;
            cfg.interceptor_state().store_put(Trailing(algorithm));
        }
    }
    Ok(())
}
