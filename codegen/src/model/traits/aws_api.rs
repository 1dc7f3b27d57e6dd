//! `aws.api`: traits of AWS services.

use super::{Accessor, Traits, accessors};
use crate::Error;

/// `aws.api#service`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct AwsService<'a> {
    /// The service's id, as SDKs use it (`Cognito Identity`).
    pub sdk_id: &'a str,
    /// The `service` part of the service's ARNs.
    pub arn_namespace: Option<&'a str>,
    /// The prefix of the service's host names.
    pub endpoint_prefix: Option<&'a str>,
}

accessors! {
    /// The service's names at AWS.
    aws_service("aws.api#service") -> AwsService<'_> = |node| {
        Ok(AwsService {
            sdk_id: node.require("sdkId")?.str()?,
            arn_namespace: node.opt_str("arnNamespace")?,
            endpoint_prefix: node.opt_str("endpointPrefix")?,
        })
    };
}
