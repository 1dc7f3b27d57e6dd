//! The service as a whole.

use super::docs::Docs;
use super::links::Item;
use super::sensitive;
use crate::Error;
use crate::docs::text;
use crate::ir::Service;
use crate::model::Closure;
use crate::names;
use crate::protocol::Protocol;

/// Lowers what is true of the whole crate.
pub fn service(
    closure: &Closure<'_>,
    docs: &Docs<'_>,
    protocol: &'static Protocol,
    name: Option<&str>,
) -> Result<Service, Error> {
    let shape = closure.service();
    let traits = &shape.traits;
    let sdk_id = sdk_id(closure)?;
    let title = traits.title()?.unwrap_or(sdk_id);
    Ok(Service {
        shape: shape.id.clone(),
        crate_name: match name {
            Some(name) => name.to_owned(),
            None => package_name(closure)?,
        },
        title: title.to_owned(),
        sdk_id: sdk_id.to_owned(),
        signing_name: traits.sigv4_name()?.map(str::to_owned),
        protocol,
        query_compatible: traits.is_aws_query_compatible(),
        sensitive_errors: sensitive::errors(closure)?,
        docs: docs.of_item(Item::Service, traits, || {
            format!("A client for {}.", text(title))
        })?,
        error_docs: String::new(),
        selected_of: closure.selected_of(),
        left_out: Vec::new(),
    })
}

/// The name of the package that nobody gave a name.
pub fn package_name(closure: &Closure<'_>) -> Result<String, Error> {
    Ok(names::package(sdk_id(closure)?))
}

fn sdk_id<'m>(closure: &Closure<'m>) -> Result<&'m str, Error> {
    let shape = closure.service();
    let sdk_id = shape.traits.sdk_id()?;
    Ok(sdk_id.unwrap_or(shape.id.name()))
}
