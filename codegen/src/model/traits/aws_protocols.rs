//! `aws.protocols`: traits of AWS's protocols.

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;

annotations! {
    /// The service knows how to answer with the error codes of its old protocol.
    is_aws_query_compatible("aws.protocols#awsQueryCompatible");
}

accessors! {
    /// The code of the error in the query protocol.
    aws_query_code("aws.protocols#awsQueryError") -> &str = |node| {
        node.require("httpResponseCode")?.u16()?;
        node.require("code")?.str()
    };
}
