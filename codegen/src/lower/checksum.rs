//! The checksums of bodies: `aws.protocols#httpChecksum`.

use crate::Error;
use crate::ir::{Checksum, Member, RustType, Structure};
use crate::model::Shape;

/// Lowers the checksums of an operation.
///
/// # Errors
/// If the members that they are chosen with are not in the input, or are no strings.
pub fn checksum(operation: &Shape, input: &Structure) -> Result<Checksum, Error> {
    let Some(http_checksum) = operation.traits.http_checksum()? else {
        return Ok(Checksum::default());
    };
    let name_of = |member: &str, role: &str| {
        let problem = |problem: &str| {
            let message = format!(
                "the {role} of its aws.protocols#httpChecksum is `{}`, which {problem}",
                member.escape_debug()
            );
            Error::at(&operation.id, message)
        };
        match input.member(member) {
            Some(member) if is_text(member) => Ok(member.wire_name.clone()),
            Some(_) => Err(problem("has to be a string")),
            None => Err(problem("is no member of the input")),
        }
    };
    let algorithm = http_checksum.request_algorithm_member;
    let mode = http_checksum.request_validation_mode_member;
    let algorithms = http_checksum.response_algorithms;
    let response = match (mode, algorithms.is_empty()) {
        (Some(mode), false) => {
            let algorithms = algorithms.into_iter().map(str::to_owned);
            let mode = name_of(mode, "requestValidationModeMember")?;
            Some((mode, algorithms.collect()))
        }
        (None, true) => None,
        _ => {
            let message = "its aws.protocols#httpChecksum has only one of requestValidationModeMember and responseAlgorithms, which \
                           belong together";
            return Err(Error::at(&operation.id, message));
        }
    };
    Ok(Checksum {
        algorithm_member: algorithm
            .map(|member| name_of(member, "requestAlgorithmMember"))
            .transpose()?,
        required: http_checksum.request_checksum_required,
        response,
    })
}

fn is_text(member: &Member) -> bool {
    matches!(member.ty, RustType::String | RustType::Enum(_))
}
