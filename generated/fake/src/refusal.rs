//! The service's errors, as the fake's own code makes them.

use healthlake::{
    AccessDeniedException, ConflictException, InternalServerException, ResourceNotFoundException,
    ServiceError, ServiceQuotaExceededException, ThrottlingException, ValidationException,
};
use smithy_rt::UnmodeledError;

pub(crate) fn access_denied(message: impl Into<String>) -> ServiceError {
    let error = AccessDeniedException::builder().message(message).build();
    ServiceError::AccessDeniedException(error)
}

pub(crate) fn conflict(message: impl Into<String>) -> ServiceError {
    ServiceError::ConflictException(ConflictException::builder().message(message).build())
}

pub(crate) fn internal(message: impl Into<String>) -> ServiceError {
    let error = InternalServerException::builder().message(message).build();
    ServiceError::InternalServerException(error)
}

pub(crate) fn not_found(message: impl Into<String>) -> ServiceError {
    let error = ResourceNotFoundException::builder()
        .message(message)
        .build();
    ServiceError::ResourceNotFoundException(error)
}

pub(crate) fn quota_exceeded(message: impl Into<String>) -> ServiceError {
    let error = ServiceQuotaExceededException::builder()
        .message(message)
        .build();
    ServiceError::ServiceQuotaExceededException(error)
}

pub(crate) fn throttling() -> ServiceError {
    let error = ThrottlingException::builder()
        .message("Rate exceeded")
        .build();
    ServiceError::ThrottlingException(error)
}

pub(crate) fn invalid(message: impl Into<String>) -> ServiceError {
    let error = ValidationException::builder().message(message).build();
    ServiceError::ValidationException(error)
}

/// An error that every AWS service has and no model names.
pub(crate) fn common(status: u16, code: &str, message: impl Into<String>) -> ServiceError {
    ServiceError::Unmodeled(UnmodeledError::new(status, code, message))
}
