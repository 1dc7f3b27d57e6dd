//! The service as a whole.

use super::Service;
use super::docs::Docs;
use crate::Error;
use crate::names;
use crate::smithy::Closure;

/// Plans what is true of the whole crate.
pub fn service(closure: &Closure<'_>, docs: &Docs, name: Option<&str>) -> Result<Service, Error> {
    let shape = closure.service();
    let traits = &shape.traits;
    let sdk_id = traits
        .aws_service()?
        .map_or(shape.id.name(), |service| service.sdk_id);
    let title = traits.title()?.unwrap_or(sdk_id);
    Ok(Service {
        shape: shape.id.clone(),
        crate_name: name.map_or_else(|| names::package(sdk_id), str::to_owned),
        title: title.to_owned(),
        sdk_id: sdk_id.to_owned(),
        signing_name: traits.sigv4_name()?.map(str::to_owned),
        protocol: closure.protocol(),
        query_compatible: traits.is_aws_query_compatible(),
        docs: docs.of_shape(traits, || format!("A client of {title}."))?,
        left_out: Vec::new(),
        deprecates: false,
        endpoint_depends_on_call: false,
    })
}
