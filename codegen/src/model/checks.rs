//! Checks that every model must pass, whatever is generated from it.

use indexmap::IndexMap;

use super::{Member, Model, Operation, Resource, Service, Shape, ShapeId, ShapeKind};
use crate::{Diagnostics, Error};

/// All targets in a model must exist and be of a kind that fits.
pub(super) fn references(model: &Model) -> Result<(), Error> {
    let mut diagnostics = Diagnostics::new();
    for shape in model.shapes() {
        let mut check = Check {
            model,
            shape,
            diagnostics: &mut diagnostics,
        };
        match &shape.kind {
            ShapeKind::Service(service) => check.service(service),
            ShapeKind::Operation(operation) => check.operation(operation),
            ShapeKind::Resource(resource) => check.resource(resource),
            ShapeKind::Map(map) => {
                check.member(&map.key);
                check.member(&map.value);
                check.map_key(&map.key);
            }
            _ => shape.members().for_each(|member| check.member(member)),
        }
    }
    diagnostics.finish(())
}

/// The error of a target that does not exist.
pub(super) fn missing_target(from: &ShapeId, target: &ShapeId) -> Error {
    Error::at(
        from,
        format!("targets {target}, which the model does not have"),
    )
}

struct Check<'a> {
    model: &'a Model,
    shape: &'a Shape,
    diagnostics: &'a mut Diagnostics,
}

impl<'a> Check<'a> {
    fn service(&mut self, service: &Service) {
        self.all(&service.operations, "operations", "an operation", |shape| {
            matches!(shape.kind, ShapeKind::Operation(_))
        });
        self.all(&service.resources, "resources", "a resource", |shape| {
            matches!(shape.kind, ShapeKind::Resource(_))
        });
        self.errors(&service.errors);
    }

    fn operation(&mut self, operation: &Operation) {
        let is_structure = |shape: &Shape| matches!(shape.kind, ShapeKind::Structure(_));
        self.one(&operation.input, "input", "a structure", is_structure);
        self.one(&operation.output, "output", "a structure", is_structure);
        self.errors(&operation.errors);
    }

    fn resource(&mut self, resource: &Resource) {
        self.all(
            &resource.operations,
            "operations",
            "an operation",
            |shape| matches!(shape.kind, ShapeKind::Operation(_)),
        );
        self.all(&resource.resources, "resources", "a resource", |shape| {
            matches!(shape.kind, ShapeKind::Resource(_))
        });
    }

    fn errors(&mut self, errors: &[ShapeId]) {
        let is_error = |shape: &Shape| {
            matches!(shape.kind, ShapeKind::Structure(_)) && shape.traits.has("smithy.api#error")
        };
        self.all(
            errors,
            "errors",
            "a structure with trait smithy.api#error",
            is_error,
        );
    }

    fn all(
        &mut self,
        targets: &[ShapeId],
        property: &str,
        wanted: &str,
        fits: impl Fn(&Shape) -> bool,
    ) {
        for target in targets {
            self.one(target, property, wanted, &fits);
        }
    }

    fn one(
        &mut self,
        target: &ShapeId,
        property: &str,
        wanted: &str,
        fits: impl Fn(&Shape) -> bool,
    ) {
        let id = &self.shape.id;
        match self.model.get(target) {
            None => self.diagnostics.push(Error::at(
                id,
                format!("targets {target} in `{property}`, which the model does not have"),
            )),
            Some(shape) if !fits(shape) => {
                let found = shape.kind.name();
                let message = format!(
                    "targets {target} in `{property}`, which must be {wanted}, not a shape of type `{found}`"
                );
                self.diagnostics.push(Error::at(id, message));
            }
            Some(_) => {}
        }
    }

    fn member(&mut self, member: &Member) {
        match self.model.get(&member.target).map(|target| &target.kind) {
            None => self
                .diagnostics
                .push(missing_target(member.id(), &member.target)),
            Some(
                kind @ (ShapeKind::Service(_) | ShapeKind::Operation(_) | ShapeKind::Resource(_)),
            ) => {
                let message = format!(
                    "targets {}, a shape of type `{}`, which is not a type of values",
                    member.target,
                    kind.name()
                );
                self.diagnostics.push(Error::at(member.id(), message));
            }
            Some(_) => {}
        }
    }

    fn map_key(&mut self, key: &Member) {
        if let Some(target) = self.model.get(&key.target)
            && !matches!(target.kind, ShapeKind::String | ShapeKind::Enum(_))
        {
            let message = format!(
                "targets {}, but the keys of a map must be strings",
                key.target
            );
            self.diagnostics.push(Error::at(key.id(), message));
        }
    }
}

/// All traits must have the form that their accessors expect, and stand where they mean something.
///
/// `others` are shapes that are no types of values: a service, operations.
pub(super) fn forms<'m>(
    others: impl Iterator<Item = &'m Shape>,
    shapes: &IndexMap<&ShapeId, &Shape>,
    diagnostics: &mut Diagnostics,
) {
    for shape in others {
        shape.traits.check(diagnostics);
    }
    for shape in shapes.values() {
        shape.traits.check(diagnostics);
        match &shape.kind {
            ShapeKind::Enum(members) => members
                .iter()
                .for_each(|member| member.traits.check(diagnostics)),
            ShapeKind::IntEnum(members) => members
                .iter()
                .for_each(|member| member.traits.check(diagnostics)),
            ShapeKind::Union(members) if members.is_empty() => {
                diagnostics.push(Error::at(
                    &shape.id,
                    "a union must have at least one member",
                ));
            }
            _ => {}
        }
        for member in shape.members() {
            member.traits.check(diagnostics);
            let target = shapes.get(&member.target);
            if member.traits.is_idempotency_token()
                && target.is_some_and(|target| !matches!(target.kind, ShapeKind::String))
            {
                let message = format!(
                    "targets {}, but an idempotency token must be a string",
                    member.target
                );
                diagnostics.push(Error::at(member.id(), message));
            }
        }
    }
}
