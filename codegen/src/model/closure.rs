//! Linking: the one service of a model, and all that it reaches.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{
    Member, Model, Operation, Selection, Service, Shape, ShapeId, ShapeKind, checks, recursion,
};
use crate::{Diagnostics, Error};

/// One service of a model and everything that it reaches: what a crate is generated for.
///
/// All targets in it exist and are of a kind that fits; all traits in it have the form that their accessors expect.
#[derive(Clone, Debug)]
pub struct Closure<'m> {
    pub(super) model: &'m Model,
    pub(super) service: &'m Shape,
    pub(super) definition: &'m Service,
    pub(super) operations: Vec<(&'m Shape, &'m Operation)>,
    pub(super) shapes: IndexMap<&'m ShapeId, &'m Shape>,
    /// The shapes with members of a target, by that target.
    holders: IndexMap<&'m ShapeId, Vec<&'m Shape>>,
    recursive: HashSet<&'m ShapeId>,
    idempotency_tokens: HashSet<&'m ShapeId>,
    pub(super) selected_of: Option<usize>,
}

impl<'m> Closure<'m> {
    /// Links a model: finds its service and all that belongs to it, and checks that all of it is there and has the right form.
    pub fn of(model: &'m Model) -> Result<Self, Error> {
        Self::select(model, Selection::default())
    }

    /// As [`of`](Self::of), for a chosen service and chosen operations, and all that these reach.
    pub fn select(model: &'m Model, selection: Selection<'_>) -> Result<Self, Error> {
        checks::references(model)?;
        let (service, definition) = selection.service(model)?;
        let all = operations(model, definition);
        let operations = selection.operations(&service.id, &all)?;
        let selected_of = (!selection.operations.is_empty()).then_some(all.len());
        Ok(Self {
            selected_of,
            ..Self::new(model, service, definition, operations)?
        })
    }

    pub(super) fn new(
        model: &'m Model,
        service: &'m Shape,
        definition: &'m Service,
        operations: Vec<(&'m Shape, &'m Operation)>,
    ) -> Result<Self, Error> {
        let mut diagnostics = Diagnostics::new();
        let shapes = reach(
            model,
            operations
                .iter()
                .flat_map(|(_, operation)| operation.targets())
                .chain(&definition.errors),
        );
        let others = operations.iter().map(|(operation, _)| *operation);
        let others = std::iter::once(service).chain(others);
        checks::forms(others, &shapes, &mut diagnostics);
        let recursive = recursion::recursive_members(&shapes, &mut diagnostics);
        diagnostics.finish(())?;
        let idempotency_tokens = operations.iter().filter_map(|(_, operation)| {
            let mut members = shapes.get(&operation.input)?.members();
            let token = members.find(|member| member.traits.is_idempotency_token())?;
            Some(token.id())
        });
        Ok(Self {
            idempotency_tokens: idempotency_tokens.collect(),
            holders: holders(&shapes),
            model,
            service,
            definition,
            operations,
            shapes,
            recursive,
            selected_of: None,
        })
    }

    /// The service.
    pub fn service(&self) -> &'m Shape {
        self.service
    }

    /// The number of operations that the service has, if some of them were chosen.
    pub fn selected_of(&self) -> Option<usize> {
        self.selected_of
    }

    /// All operations: the service's own in its order, then those of its resources, depth first.
    pub fn operations(&self) -> impl Iterator<Item = (&'m Shape, &'m Operation)> {
        self.operations.iter().copied()
    }

    /// The errors that an operation can end in: its own in its order, then those of the service.
    pub fn errors(&self, operation: &'m Operation) -> Vec<&'m Shape> {
        let ids: IndexMap<_, ()> = operation
            .errors
            .iter()
            .chain(&self.definition.errors)
            .map(|id| (id, ()))
            .collect();
        ids.into_keys().filter_map(|id| self.get(id)).collect()
    }

    /// All shapes that operations reach as input, output, error, or members of these, in the order in which they are met. Shapes of
    /// the prelude are among them.
    pub fn shapes(&self) -> impl Iterator<Item = &'m Shape> {
        self.shapes.values().copied()
    }

    /// A shape of the closure.
    pub fn get(&self, id: &ShapeId) -> Option<&'m Shape> {
        self.shapes.get(id).copied()
    }

    /// The shape of a member's values.
    pub fn target(&self, member: &Member) -> Result<&'m Shape, Error> {
        self.get(&member.target)
            .ok_or_else(|| checks::missing_target(member.id(), &member.target))
    }

    /// Returns `true` if clients set the member: it is the idempotency token of an operation. On others the trait means nothing.
    pub fn is_idempotency_token(&self, member: &Member) -> bool {
        self.idempotency_tokens.contains(member.id())
    }

    /// The shapes with a member whose values are of this shape, in the order of the closure.
    pub(super) fn holders(&self, target: &ShapeId) -> &[&'m Shape] {
        self.holders.get(target).map_or(&[], Vec::as_slice)
    }

    /// The shapes that are wanted, and all that hold one of them, directly or not.
    pub fn with_holders(&self, is_wanted: impl Fn(&Shape) -> bool) -> HashSet<&'m ShapeId> {
        let mut open: Vec<_> = self.shapes().filter(|shape| is_wanted(shape)).collect();
        let mut all = HashSet::new();
        while let Some(shape) = open.pop() {
            // A shape may hold itself.
            if all.insert(&shape.id) {
                open.extend(self.holders(&shape.id));
            }
        }
        all
    }

    /// These shapes, and all that they hold, directly or not.
    pub fn reached_from<'a>(
        &self,
        ids: impl IntoIterator<Item = &'a ShapeId>,
    ) -> HashSet<&'m ShapeId> {
        let ids = ids
            .into_iter()
            .filter_map(|id| self.shapes.get_key_value(id));
        reach(self.model, ids.map(|(id, _)| *id))
            .into_keys()
            .collect()
    }

    /// The properties of the service.
    pub fn service_definition(&self) -> &'m Service {
        self.definition
    }

    /// The name of a shape in this service: what `rename` says, or the shape's own.
    pub fn name(&self, id: &'m ShapeId) -> &'m str {
        self.definition
            .rename
            .get(id)
            .map_or_else(|| id.name(), String::as_str)
    }

    /// Returns `true` if a value of the member may hold one of the structure or union that has the member, with no list or map
    /// between them: without a `Box` the type would be of infinite size.
    pub fn is_recursive(&self, member: &Member) -> bool {
        self.recursive.contains(member.id())
    }
}

impl Operation {
    /// Input, output and errors.
    pub(super) fn targets(&self) -> impl Iterator<Item = &ShapeId> {
        [&self.input, &self.output].into_iter().chain(&self.errors)
    }
}

/// The service's own operations in its order, then those of its resources, depth first. None comes twice.
fn operations<'m>(model: &'m Model, service: &'m Service) -> Vec<(&'m Shape, &'m Operation)> {
    let mut ids: IndexMap<&ShapeId, ()> = service.operations.iter().map(|id| (id, ())).collect();
    let mut stack: Vec<_> = service.resources.iter().rev().collect();
    let mut seen = HashSet::new();
    while let Some(id) = stack.pop() {
        if let Some(ShapeKind::Resource(resource)) = model.get(id).map(|shape| &shape.kind)
            && seen.insert(id)
        {
            ids.extend(resource.operations.iter().map(|id| (id, ())));
            stack.extend(resource.resources.iter().rev());
        }
    }
    let shapes = ids.into_keys().filter_map(|id| model.get(id));
    shapes
        .filter_map(|shape| match &shape.kind {
            ShapeKind::Operation(operation) => Some((shape, operation)),
            _ => None,
        })
        .collect()
}

/// The shapes by the targets of their members. A shape comes once for each target.
fn holders<'m>(shapes: &IndexMap<&'m ShapeId, &'m Shape>) -> IndexMap<&'m ShapeId, Vec<&'m Shape>> {
    let mut holders = IndexMap::<_, Vec<&Shape>>::new();
    for &shape in shapes.values() {
        for member in shape.members() {
            let holders = holders.entry(&member.target).or_default();
            if holders.last().is_none_or(|last| last.id != shape.id) {
                holders.push(shape);
            }
        }
    }
    holders
}

/// All shapes that can be reached from these, breadth first.
fn reach<'m>(
    model: &'m Model,
    from: impl Iterator<Item = &'m ShapeId>,
) -> IndexMap<&'m ShapeId, &'m Shape> {
    let mut reached: IndexMap<_, _> = from.filter_map(|id| Some((id, model.get(id)?))).collect();
    let mut next = 0;
    while let Some((_, shape)) = reached.get_index(next) {
        let targets = shape.members().map(|member| &member.target);
        let new: Vec<_> = targets
            .filter_map(|id| Some((id, model.get(id)?)))
            .collect();
        for (id, shape) in new {
            reached.entry(id).or_insert(shape);
        }
        next += 1;
    }
    reached
}
