//! `aws.api`: traits of AWS services.

use super::{Accessor, Traits, accessors};
use crate::Error;

accessors! {
    /// The service's id, as SDKs use it: `Cognito Identity`.
    sdk_id("aws.api#service") -> &str = |node| {
        node.opt_str("arnNamespace")?;
        node.opt_str("endpointPrefix")?;
        node.require("sdkId")?.str()
    };
}
