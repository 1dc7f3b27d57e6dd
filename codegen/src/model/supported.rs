//! Parts of Smithy that the generator does not support yet.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::auth::{REQUIRES_AUTH, unusable};
use super::byte_streams::is_byte_stream;
use super::closure::Closure;
use super::event_streams::is_event_stream;
use super::selection::listed;
use super::{Operation, Shape, ShapeId};
use crate::{Diagnostic, Diagnostics, Error};

/// A shape that no code can be written for, and why.
#[derive(Clone, Debug, Eq, Hash, PartialEq)]
pub struct Unsupported {
    /// The shape: a type of values, an operation or the service.
    pub shape: ShapeId,
    /// The reason, as a clause about the shape (`is an event stream`).
    pub reason: String,
}

/// An operation that is left out of a crate, and the shapes it was left out for.
#[derive(Clone, Debug)]
pub struct LeftOut<'m> {
    /// The operation.
    pub operation: &'m Shape,
    /// The reasons: the unsupported shapes that it reaches, itself included.
    pub because: Vec<Unsupported>,
}

/// The way out for those who have to authenticate otherwise.
const AUTH_ADVICE: &str = ": calls can be signed (aws.auth#sigv4, aws.auth#sigv4a), carry a token, a key or a password \
                           (smithy.api#httpBearerAuth, smithy.api#httpApiKeyAuth, smithy.api#httpBasicAuth), or be sent without if its \
                           smithy.api#auth lists smithy.api#noAuth, to which an interceptor of yours can add what the service expects";
const BDD: &str = "smithy.rules#endpointBdd";

impl<'m> Closure<'m> {
    /// Everything in the closure that no code can be written for, in the order of the closure. It depends on the protocol: if it has no
    /// HTTP bindings, there is no body that could be a stream of bytes.
    pub fn unsupported(&self, has_http_bindings: bool) -> Vec<Unsupported> {
        let auth = self.unusable_auth();
        let service = service_reasons(self.service).map(|reason| (&self.service.id, reason));
        let shapes = self
            .shapes
            .values()
            .filter_map(|shape| Some((&shape.id, self.shape_reason(shape, has_http_bindings)?)));
        let all = auth.into_iter().chain(service).chain(shapes);
        all.map(|(shape, reason)| Unsupported {
            shape: shape.clone(),
            reason,
        })
        .collect()
    }

    /// The operations that authenticate in no way that we know; or else, if that is so for all, the service. Traits of the wrong form
    /// are an error elsewhere.
    fn unusable_auth(&self) -> Vec<(&'m ShapeId, String)> {
        let operations = self
            .operations
            .iter()
            .filter_map(|(shape, _)| Some((&shape.id, unusable(&self.auth(shape).ok()?)?)));
        let operations: Vec<_> = operations.collect();
        let of_service = self.service_auth().ok();
        match of_service.and_then(|schemes| unusable(&schemes)) {
            Some(reason) if operations.len() == self.operations.len() => {
                vec![(&self.service.id, reason)]
            }
            _ => operations,
        }
    }

    fn shape_reason(&self, shape: &Shape, has_http_bindings: bool) -> Option<String> {
        if is_event_stream(shape) {
            return self.event_stream_reason(shape, has_http_bindings);
        }
        match is_byte_stream(shape) {
            true => self.byte_stream_reason(shape, has_http_bindings),
            false => None,
        }
    }

    /// An error that lists everything that is not supported, if there is anything.
    pub fn check_supported(&self, has_http_bindings: bool) -> Result<(), Error> {
        let unsupported = self.unsupported(has_http_bindings);
        let left_out = self.left_out(&unsupported);
        error(with_users(unsupported, &left_out))
    }

    /// An error that lists what of the service as a whole is not supported, and so cannot be left out, if there is anything.
    pub fn check_service_supported(&self) -> Result<(), Error> {
        let auth = self.unusable_auth().into_iter();
        let auth = auth.filter(|(shape, _)| **shape == self.service.id);
        let reasons = auth.map(|(_, reason)| reason);
        error(reasons.chain(service_reasons(self.service)).map(|reason| {
            let shape = self.service.id.clone();
            (Unsupported { shape, reason }, Vec::new())
        }))
    }

    /// The closure without the operations that reach something unsupported, and those operations.
    pub fn without_unsupported(
        self,
        has_http_bindings: bool,
    ) -> Result<(Self, Vec<LeftOut<'m>>), Error> {
        let left_out = self.left_out(&self.unsupported(has_http_bindings));
        if left_out.is_empty() {
            return Ok((self, left_out));
        }
        let ids: HashSet<_> = left_out.iter().map(|it| &it.operation.id).collect();
        let kept = self
            .operations()
            .filter(|(shape, _)| !ids.contains(&shape.id));
        let mut kept = Self::new(self.model, self.service, self.definition, kept.collect())?;
        kept.selected_of = self.selected_of;
        Ok((kept, left_out))
    }

    /// An error that lists why operations were left out, if there are no others.
    pub fn check_something_is_left(&self, left_out: &[LeftOut<'m>]) -> Result<(), Error> {
        let mut diagnostics = Diagnostics::new();
        if self.operations.is_empty() && !left_out.is_empty() {
            diagnostics.push(Error::new(format!(
                "nothing is left of {}: all its operations need what is not supported",
                self.service.id
            )));
            diagnostics.keep(error(with_users(Vec::new(), left_out)));
        }
        diagnostics.finish(())
    }

    /// The operations that reach something unsupported, in order.
    fn left_out(&self, unsupported: &[Unsupported]) -> Vec<LeftOut<'m>> {
        let ids: HashSet<_> = unsupported.iter().map(|it| &it.shape).collect();
        let tainted = self.with_holders(|shape| ids.contains(&shape.id));
        let is_tainted = |(shape, operation): &(&Shape, &Operation)| {
            ids.contains(&shape.id) || self.targets(operation).any(|id| tainted.contains(id))
        };
        let operations = self.operations().filter(is_tainted);
        let left_out = operations.map(|(shape, operation)| {
            let reached = self.reached_from(self.targets(operation));
            let is_because =
                |it: &&Unsupported| it.shape == shape.id || reached.contains(&it.shape);
            LeftOut {
                operation: shape,
                because: unsupported.iter().filter(is_because).cloned().collect(),
            }
        });
        left_out.collect()
    }

    /// Input, output and errors of an operation, those of the service included.
    fn targets<'a>(&'a self, operation: &'a Operation) -> impl Iterator<Item = &'a ShapeId> {
        operation.targets().chain(&self.definition.errors)
    }
}

/// Everything that is not supported, first that which is known, each with the operations that need it, other than itself.
fn with_users<'m>(
    known: Vec<Unsupported>,
    left_out: &[LeftOut<'m>],
) -> IndexMap<Unsupported, Vec<&'m str>> {
    let mut users: IndexMap<_, Vec<_>> = known.into_iter().map(|it| (it, Vec::new())).collect();
    for LeftOut { operation, because } in left_out {
        for because in because {
            let users = users.entry(because.clone()).or_default();
            users.extend((operation.id != because.shape).then_some(operation.id.name()));
        }
    }
    users
}

/// An error that lists what is not supported, each with the operations that need it.
fn error<'m>(
    unsupported: impl IntoIterator<Item = (Unsupported, Vec<&'m str>)>,
) -> Result<(), Error> {
    let mut diagnostics = Diagnostics::new();
    for (Unsupported { shape, reason }, users) in unsupported {
        let mut message = format!("{reason}, which is not supported");
        match users.len() {
            0 => {}
            1 => message.push_str(&format!("; {} needs it", listed(users.into_iter()))),
            _ => message.push_str(&format!("; {} need it", listed(users.into_iter()))),
        }
        if reason.starts_with(REQUIRES_AUTH) {
            message.push_str(AUTH_ADVICE);
        }
        diagnostics.push(Diagnostic::at(shape, message).into_unsupported());
    }
    diagnostics.finish(())
}

/// Everything about a service as a whole that no code can be written for, as clauses about the service.
fn service_reasons(service: &Shape) -> impl Iterator<Item = String> {
    let rules = service.traits.has(BDD) && service.traits.endpoint_rule_set().is_none();
    let rules = rules.then(|| {
        format!(
            "has its endpoint rules as {BDD} alone, and not as smithy.rules#endpointRuleSet as well"
        )
    });
    rules.into_iter()
}
