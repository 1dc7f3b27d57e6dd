//! Protocols: between the HTTP messages and the schemas of an operation.

pub(crate) mod aws_json;
pub(crate) mod excerpt;
pub(crate) mod request;
pub(crate) mod response;
