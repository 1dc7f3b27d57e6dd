//! From operations of the model to functions of a client.

use serde_json::Value;

use super::auth;
use super::checksum;
use super::deprecated::deprecated;
use super::docs;
use super::errors::Errors;
use super::examples;
use super::host_prefix;
use super::http;
use super::links::Item;
use super::naming::{OperationNames, TypeNames};
use super::placement::Placement;
use super::sensitive::Sensitive;
use super::shapes::Shapes;
use crate::docs::wrap;
use crate::ir::{AuthScheme, ContextValue, HostPrefix, Operation, OperationError, StaticContext};
use crate::ir::{Location, RustType, Stream, Structure};
use crate::model::{self, Shape, ShapeId};
use crate::names;
use crate::protocol;
use crate::{Diagnostics, Error};

/// Lowers operations.
#[derive(Debug)]
pub struct Operations<'a> {
    /// The lowering of the types.
    pub shapes: Shapes<'a>,
    /// The placement of the types.
    pub placement: &'a Placement<'a>,
    /// The types that may hold what is sensitive.
    pub sensitive: &'a Sensitive<'a>,
    /// The errors that operations can end in.
    pub errors: &'a Errors<'a>,
    /// The authentication schemes of the service.
    pub service_auth: &'a [AuthScheme],
}

impl Operations<'_> {
    /// All operations, in the order of their modules.
    pub fn all(&self) -> Result<Vec<Operation>, Error> {
        let mut problems = Diagnostics::new();
        let mut operations = Vec::new();
        for (shape, definition) in self.shapes.closure.operations() {
            operations.extend(problems.keep(self.operation(shape, definition)));
        }
        operations.sort_by(|a, b| a.module.cmp(&b.module));
        problems.finish(operations)
    }

    /// The function that an operation becomes, and all that belongs to it alone.
    fn operation(&self, shape: &Shape, definition: &model::Operation) -> Result<Operation, Error> {
        let names = self.names(shape)?;
        let (mut input, output) = Diagnostics::both(
            self.structure_of(shape, &definition.input, names.request.as_ref(), "input"),
            self.structure_of(shape, &definition.output, names.response.as_ref(), "output"),
        )?;
        input.is_request |= names.request.is_some();
        let mut problems = Diagnostics::new();
        let host_prefix = problems
            .keep(self.host_prefix(shape, &definition.input, &input))
            .flatten();
        let static_context = problems.keep(static_context(shape)).unwrap_or_default();
        let http = problems
            .keep(http::http(
                shape,
                &input,
                self.shapes.closure.get(&definition.input),
                self.shapes.protocol,
            ))
            .flatten();
        let checksum = problems
            .keep(checksum::checksum(shape, &input))
            .unwrap_or_default();
        let auth = problems.keep(self.auth(shape)).flatten();
        problems.finish(())?;
        let errors = self.errors.of(definition, self.shapes.closure);
        let error_shapes = errors.iter().map(|error| &error.name.shape);
        let outcomes = [&definition.output].into_iter().chain(error_shapes);
        let sensitive_output = self.sensitive.is_in(outcomes);
        Ok(Operation {
            shape: shape.id.clone(),
            function: names.function.clone(),
            module: names.module.clone(),
            marker: names.marker.clone(),
            error: names.error.clone(),
            service: self.shapes.closure.service().id.name().to_owned(),
            is_readonly: is_readonly(shape),
            has_input: !definition.input.is_unit(),
            http,
            xml_input: self.shapes.xml_of_message(&definition.input)?,
            xml_output: self.shapes.xml_of_message(&definition.output)?,
            unwrapped_xml_output: self.shapes.protocol.xml == protocol::Xml::Bodies
                && shape.traits.is_s3_unwrapped_xml_output(),
            docs: self.docs(shape, &errors)?,
            deprecated: deprecated(&shape.traits)?,
            request: input.about.name.clone(),
            response: output.about.name.clone(),
            errors,
            input_stream: self.stream(&input),
            output_stream: self.stream(&output),
            idempotency_token: self.idempotency_token(&definition.input, &input),
            auth,
            may_stall: shape.traits.may_stall(),
            tree_hash: shape.traits.has_tree_hash(),
            sensitive_input: self.sensitive.is_in([&definition.input]),
            sensitive_output,
            host_prefix,
            static_context,
            context: Vec::new(),
            waiters: Vec::new(),
            pages: None,
            checksum,
            compressed: shape
                .traits
                .request_compression()?
                .is_some_and(|encodings| encodings.contains(&"gzip")),
            requires_checksum: shape.traits.requires_checksum(),
            has_unsigned_payload: shape.traits.has_unsigned_payload(),
            own_request: self.placement.is_own(&definition.input).then_some(input),
            own_response: self.placement.is_own(&definition.output).then_some(output),
        })
    }

    fn names(&self, shape: &Shape) -> Result<&OperationNames, Error> {
        let names = self.shapes.naming.of_operation(&shape.id);
        names.ok_or_else(|| Error::at(&shape.id, "the operation is not one of the service"))
    }

    /// The structure of an operation's input or output.
    fn structure_of(
        &self,
        operation: &Shape,
        io: &ShapeId,
        synthetic: Option<&TypeNames>,
        role: &str,
    ) -> Result<Structure, Error> {
        let docs = || format!("The {role} of `{}`.", operation.id.name());
        if let Some(names) = synthetic {
            return Ok(self.shapes.synthetic(names, io, docs()));
        }
        let shape = self.shapes.closure.get(io);
        self.shapes.structure(
            shape.ok_or_else(|| Error::at(io, "the model does not have this shape"))?,
            docs,
        )
    }

    /// The documentation of the function, with a list of the errors.
    fn docs(&self, shape: &Shape, errors: &[OperationError]) -> Result<String, Error> {
        let mut text =
            self.shapes
                .docs
                .of_item(Item::Operation(&shape.id), &shape.traits, || {
                    format!("Calls `{}`.", shape.id.name())
                })?;
        if let Some(function) = self.discovery(shape) {
            text.push_str("\n\n# Endpoint\n\n");
            text.push_str(&wrap(&format!(
                "The service expects this call at an endpoint that \
                 [`Client::{function}`](crate::Client::{function}) returns. This client does not look \
                 it up: set that endpoint as the `endpoint_url` of the client that makes this call.",
            )));
        }
        if !errors.is_empty() {
            text.push_str("\n\n# Errors\n\n");
            text.push_str(&docs::list(
                errors
                    .iter()
                    .map(|error| (error.name.rust.as_str(), error.summary.as_str())),
            ));
        }
        if let Some(examples) = examples::examples(shape, self.shapes.docs)? {
            text.push_str("\n\n");
            text.push_str(&examples);
        }
        Ok(text)
    }

    /// The function that tells where the operation is to be called, if the service leaves no other
    /// way: `aws.api#clientDiscoveredEndpoint`.
    fn discovery(&self, shape: &Shape) -> Option<&str> {
        let discovered = shape.traits.get("aws.api#clientDiscoveredEndpoint")?;
        let is_required = discovered.get("required")?.as_bool()?;
        let service = &self.shapes.closure.service().traits;
        let discovery = service.get("aws.api#clientEndpointDiscovery")?;
        let operation = ShapeId::parse(discovery.get("operation")?.as_str()?).ok()?;
        let names = self.shapes.naming.of_operation(&operation)?;
        is_required.then_some(names.function.as_str())
    }

    /// The stream that an input or output holds.
    fn stream(&self, structure: &Structure) -> Option<Stream> {
        let member = structure.stream.as_ref()?;
        let media_type = match &member.location {
            Location::MediaTypePayload(media_type) => Some(media_type.clone()),
            _ => None,
        };
        let holder = self.shapes.closure.get(&structure.about.name.shape)?;
        let target = self
            .shapes
            .closure
            .target(holder.member(&member.name)?)
            .ok()?;
        Some(Stream {
            field: member.field.clone(),
            kind: member.ty.stream()?,
            media_type,
            requires_length: target.traits.requires_length(),
        })
    }

    fn idempotency_token(&self, input: &ShapeId, request: &Structure) -> Option<String> {
        let input = self.shapes.closure.get(input)?;
        let token = input
            .members()
            .find(|member| self.shapes.closure.is_idempotency_token(member))?;
        let field = request.member(&token.name)?;
        (field.ty == RustType::String).then(|| field.field.clone())
    }

    /// The authentication schemes, if they are not those of the service.
    fn auth(&self, shape: &Shape) -> Result<Option<Vec<AuthScheme>>, Error> {
        let closure = self.shapes.closure;
        let schemes = auth::schemes(closure, &closure.auth(shape)?)?;
        Ok((schemes != self.service_auth).then_some(schemes))
    }

    fn host_prefix(
        &self,
        shape: &Shape,
        input: &ShapeId,
        request: &Structure,
    ) -> Result<Option<HostPrefix>, Error> {
        let Some(pattern) = shape.traits.host_prefix()? else {
            return Ok(None);
        };
        let input = self.shapes.closure.get(input);
        host_prefix::host_prefix(pattern, input, request)
            .map(Some)
            .map_err(|problem| {
                Error::at(&shape.id, format!("its host prefix `{pattern}` {problem}"))
            })
    }
}

/// Returns `true` if an operation changes nothing, by its trait or, as most models of AWS do without, by the verb in its name.
fn is_readonly(operation: &Shape) -> bool {
    let name = names::snake(operation.id.name());
    let verb = name.split('_').next().unwrap_or_default();
    operation.traits.is_readonly() || ["describe", "get", "list"].contains(&verb)
}

fn static_context(operation: &Shape) -> Result<Vec<StaticContext>, Error> {
    let parameters = operation
        .traits
        .static_context_params()?
        .unwrap_or_default();
    let parameters = parameters.into_iter().map(|(name, value)| {
        let value = match value {
            Value::Bool(value) => ContextValue::Bool(*value),
            Value::String(value) => ContextValue::String(value.clone()),
            Value::Array(values) => ContextValue::Strings(
                values
                    .iter()
                    .filter_map(Value::as_str)
                    .map(str::to_owned)
                    .collect(),
            ),
            _ => {
                return Err(Error::at(
                    &operation.id,
                    format!("the endpoint parameter {name} has to be a boolean, a string or a list of strings, not {value}"),
                ));
            }
        };
        Ok(StaticContext {
            name: name.to_owned(),
            value,
        })
    });
    parameters.collect()
}
