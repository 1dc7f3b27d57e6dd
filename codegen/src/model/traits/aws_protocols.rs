//! `aws.protocols`: traits of AWS's protocols, and how services depart from them.

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;
use crate::model::node::Node;

/// `aws.protocols#httpChecksum`.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct HttpChecksum<'a> {
    /// The member of the input that names the algorithm for its body.
    pub request_algorithm_member: Option<&'a str>,
    /// Requests have to have a checksum.
    pub request_checksum_required: bool,
    /// The member of the input that asks for checksums in responses.
    pub request_validation_mode_member: Option<&'a str>,
    /// The algorithms that responses may use, best first.
    pub response_algorithms: Vec<&'a str>,
}

/// `aws.protocols#restXml`.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct RestXml {
    /// `true` if errors are not inside of an element `ErrorResponse`.
    pub no_error_wrapping: bool,
}

annotations! {
    /// The root of the output in XML is a member of it.
    is_s3_unwrapped_xml_output("aws.customizations#s3UnwrappedXmlOutput");

    /// The service knows how to answer with the error codes of its old protocol.
    is_aws_query_compatible("aws.protocols#awsQueryCompatible");
}

accessors! {
    /// The name of the member in queries of EC2.
    ec2_query_name("aws.protocols#ec2QueryName") -> &str = Node::str;

    /// HTTP bindings and XML.
    rest_xml("aws.protocols#restXml") -> RestXml = |node| {
        let no_error_wrapping = node.get("noErrorWrapping")?.map(Node::bool).transpose()?;
        Ok(RestXml {
            no_error_wrapping: no_error_wrapping.unwrap_or_default(),
        })
    };

    /// The code of the error in the query protocol.
    aws_query_code("aws.protocols#awsQueryError") -> &str = |node| {
        node.require("httpResponseCode")?.u16()?;
        node.require("code")?.str()
    };

    /// The checksums of bodies in requests and responses.
    http_checksum("aws.protocols#httpChecksum") -> HttpChecksum<'_> = |node| {
        Ok(HttpChecksum {
            request_algorithm_member: node.opt_str("requestAlgorithmMember")?,
            request_checksum_required: node.get("requestChecksumRequired")?.map_or(Ok(false), Node::bool)?,
            request_validation_mode_member: node.opt_str("requestValidationModeMember")?,
            response_algorithms: node.get("responseAlgorithms")?.map_or(Ok(Vec::new()), Node::strs)?,
        })
    };
}
