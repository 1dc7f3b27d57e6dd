//! `aws.protocols`: traits of AWS's protocols.

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;

/// `aws.protocols#awsQueryError`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AwsQueryError<'a> {
    /// The code that the service's old protocol gave the error.
    pub code: &'a str,
    /// The status that it came with.
    pub http_response_code: u16,
}

annotations! {
    /// The service knows how to answer with the error codes of its old protocol.
    is_aws_query_compatible("aws.protocols#awsQueryCompatible");
}

accessors! {
    /// The name of the error in the query protocol.
    aws_query_error("aws.protocols#awsQueryError") -> AwsQueryError<'_> = |node| {
        Ok(AwsQueryError {
            code: node.require("code")?.str()?,
            http_response_code: node.require("httpResponseCode")?.u16()?,
        })
    };
}
