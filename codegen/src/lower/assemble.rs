//! Lowers a model.

use std::collections::{HashMap, HashSet};

use super::auth;
use super::context::context_paths;
use super::crate_docs::{crate_docs, error_docs};
use super::derives::DeriveAnalysis;
use super::docs::Docs;
use super::endpoint_calls::endpoint_calls;
use super::errors::Errors;
use super::links::Links;
use super::locations::Locations;
use super::naming::Naming;
use super::operations::Operations;
use super::paginators::pages;
use super::placement::Placement;
use super::protocol_tests::protocol_tests;
use super::request_shapes::RequestShapes;
use super::sensitive::Sensitive;
use super::service;
use super::sessions::sessions;
use super::shapes::Shapes;
use super::waiters::waiters;
use crate::ir::{Crate, Endpoints, LeftOut, Operation, Place, Type};
use crate::model::{Closure, LeftOut as Unsupported, Shape, ShapeId};
use crate::protocol::Protocol;
use crate::{Diagnostics, Error};

/// The input of lowering.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The service, and all that it reaches.
    pub closure: &'a Closure<'a>,
    /// The operations of the service that are not in the closure.
    pub left_out: &'a [Unsupported<'a>],
    /// The protocol that the client speaks.
    pub protocol: &'static Protocol,
    /// The name of the package, if not the service's.
    pub name: Option<&'a str>,
    /// Leaves out what can be left out by itself and is not supported: waiters. Otherwise, that is an error.
    pub skip_unsupported: bool,
}

impl Crate {
    /// Lowers a service.
    ///
    /// # Errors
    /// If traits contradict each other, or need what is not supported: all of them at once.
    pub fn lower(input: Input<'_>) -> Result<Self, Error> {
        let ir = Self::lower_without(&HashSet::new(), input)?;
        let left_out = ir.service.left_out.iter();
        let waiters: HashSet<_> = left_out
            .filter_map(|it| Some((it.operation.clone(), it.waiter.clone()?)))
            .collect();
        // Documentation may link to waiters, and which of them are left out turns out when all has been lowered.
        match waiters.is_empty() {
            true => Ok(ir),
            false => Self::lower_without(&waiters, input),
        }
    }

    /// Lowers a service, with no links to the waiters in `without`.
    fn lower_without(
        without: &HashSet<(ShapeId, String)>,
        input: Input<'_>,
    ) -> Result<Self, Error> {
        let Input {
            closure, protocol, ..
        } = input;
        let naming = &Naming::new(closure);
        let links = Links::new(closure, naming, without);
        let docs = Docs { closure, links };
        let shapes = Shapes {
            closure,
            protocol,
            naming,
            docs: &docs,
            request_shapes: &RequestShapes::new(closure),
            derives: &DeriveAnalysis::new(closure),
            locations: &Locations::new(closure, protocol),
        };
        let mut problems = Diagnostics::new();
        let errors = problems.keep(Errors::new(shapes));
        let errors = errors.unwrap_or_default();
        let service_auth = problems.keep(auth::of_service(closure));
        let service_auth = service_auth.unwrap_or_default();
        let placement = Placement::new(closure);
        let operations = Operations {
            shapes,
            placement: &placement,
            sensitive: &Sensitive::of(closure),
            errors: &errors,
            service_auth: &service_auth,
        };
        let operations = problems.keep(operations.all());
        let types = problems.keep(shapes.types(&placement));
        let service = problems.keep(service::service(
            closure,
            &docs,
            protocol,
            input.name,
            &service_auth,
        ));
        let endpoints = problems.keep(Endpoints::of(closure));
        let (Some(mut service), Some(mut operations), Some(types)) = (service, operations, types)
        else {
            problems.finish(())?;
            return Err(Error::at(
                &closure.service().id,
                "the service cannot be lowered",
            ));
        };

        let endpoints = endpoints.flatten();
        if let Some(endpoints) = &endpoints {
            auth::follow_endpoints(endpoints, &mut service, &mut operations);
        }
        let mut ir = Self {
            places: places(&operations, &types),
            errors: errors.into_sorted(),
            service,
            operations,
            types,
            endpoints,
            protocol_tests: Vec::new(),
            endpoint_calls: Vec::new(),
        };
        ir.service.sessions = sessions(closure, &ir);
        if let (Some(sessions), Some(endpoints)) = (&ir.service.sessions, &mut ir.endpoints) {
            endpoints.other_auth_schemes.remove(&sessions.scheme);
        }
        ir.service.left_out = input.left_out.iter().map(LeftOut::new).collect();
        problems.keep(ir.add_tests(shapes));
        problems.keep(ir.add_to_operations(shapes, input.skip_unsupported));
        ir.service.error_docs = error_docs(&ir);
        ir.service.docs = crate_docs(&ir);
        problems.finish(ir)
    }

    /// Lowers the calls among the model's tests, whose values need the types.
    fn add_tests(&mut self, shapes: Shapes<'_>) -> Result<(), Error> {
        let mut problems = Diagnostics::new();
        let protocol_tests = problems.keep(protocol_tests(shapes, self));
        let endpoint_calls = problems.keep(endpoint_calls(shapes, self));
        self.protocol_tests = protocol_tests.unwrap_or_default();
        self.endpoint_calls = endpoint_calls.unwrap_or_default();
        problems.finish(())
    }

    /// Lowers what needs the types: paths into them.
    fn add_to_operations(
        &mut self,
        shapes: Shapes<'_>,
        skip_unsupported: bool,
    ) -> Result<(), Error> {
        let mut problems = Diagnostics::new();
        let Shapes {
            closure, naming, ..
        } = shapes;
        let waiters = problems.keep(waiters(shapes, self, skip_unsupported));
        let waiters = waiters.unwrap_or_default();
        let pages = problems.keep(pages(closure, self, &mut naming.functions.clone()));
        let context_paths = problems.keep(context_paths(closure, self));
        problems.finish(())?;
        self.service.left_out.extend(waiters.left_out);
        for (index, waiters) in waiters.lowered {
            if let Some(operation) = self.operations.get_mut(index) {
                operation.waiters = waiters;
            }
        }
        for (index, pages) in pages.into_iter().flatten() {
            if let Some(operation) = self.operations.get_mut(index) {
                operation.pages = Some(pages);
            }
        }
        for (index, paths) in context_paths.into_iter().flatten() {
            if let Some(operation) = self.operations.get_mut(index) {
                operation.context = paths;
            }
        }
        Ok(())
    }

    /// The operations with their place in the crate and with their shapes.
    pub(super) fn operations_with_shapes<'c>(
        &self,
        closure: &Closure<'c>,
    ) -> impl Iterator<Item = (usize, &Operation, &'c Shape)> {
        let shapes: HashMap<_, _> = closure
            .operations()
            .map(|(shape, _)| (&shape.id, shape))
            .collect();
        let operations = self.operations.iter().enumerate();
        operations.filter_map(move |(index, operation)| {
            Some((index, operation, *shapes.get(&operation.shape)?))
        })
    }
}

impl LeftOut {
    fn new(unsupported: &Unsupported<'_>) -> Self {
        let because = unsupported.because.iter();
        let reasons: Vec<_> = because
            .map(|because| format!("`{}` {}", because.shape.name(), because.reason))
            .collect();
        Self {
            operation: unsupported.operation.id.clone(),
            waiter: None,
            reason: reasons.join(", "),
        }
    }
}

fn places(operations: &[Operation], types: &[Type]) -> HashMap<ShapeId, Place> {
    let types = types
        .iter()
        .enumerate()
        .map(|(index, ty)| (&ty.about().name.shape, Place::Type(index)));
    let operations = operations
        .iter()
        .enumerate()
        .flat_map(|(index, operation)| {
            let request = operation
                .own_request
                .as_ref()
                .map(|_| (&operation.request.shape, Place::Request(index)));
            let response = operation
                .own_response
                .as_ref()
                .map(|_| (&operation.response.shape, Place::Response(index)));
            request.into_iter().chain(response)
        });
    let all = types
        .chain(operations)
        .filter(|(shape, _)| !shape.is_unit());
    all.map(|(shape, place)| (shape.clone(), place)).collect()
}
