//! `aws.auth`: traits of AWS's signatures.

use super::{Accessor, Traits, accessors, annotations};
use crate::Error;

annotations! {
    /// The signature leaves out the body.
    has_unsigned_payload("aws.auth#unsignedPayload");
}

accessors! {
    /// The name that requests are signed for.
    sigv4_name("aws.auth#sigv4") -> &str = |node| node.require("name")?.str();

    /// The name that requests are signed for with SigV4a.
    sigv4a_name("aws.auth#sigv4a") -> &str = |node| node.require("name")?.str();
}
