//! Recursion: which members need a `Box`, and which shapes can have no value.

use std::collections::HashSet;

use indexmap::IndexMap;

use super::{Member, Shape, ShapeId, ShapeKind};
use crate::{Diagnostics, Error};

/// The deepest nesting of lists and maps without a structure between them.
const NESTING_LIMIT: usize = 32;

type Shapes<'m> = IndexMap<&'m ShapeId, &'m Shape>;

/// The members of structures and unions that lead back to their owner through structures and unions alone. Reports structures that
/// can have no value and lists that have no end.
pub(super) fn recursive_members<'m>(
    shapes: &Shapes<'m>,
    diagnostics: &mut Diagnostics,
) -> HashSet<&'m ShapeId> {
    report_endless_lists(shapes, diagnostics);
    report_impossible_structures(shapes, diagnostics);
    let graph = Graph::new(shapes, |shape, _| {
        matches!(shape.kind, ShapeKind::Structure(_) | ShapeKind::Union(_))
    });
    graph.components().members_in_cycles(&graph).collect()
}

fn report_endless_lists(shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    let graph = Graph::new(shapes, |shape, _| {
        matches!(shape.kind, ShapeKind::List(_) | ShapeKind::Map(_))
    });
    let components = graph.components();
    let mut endless = false;
    for id in components.members_in_cycles(&graph) {
        endless = true;
        diagnostics.push(Error::at(
            id,
            "leads back to itself through lists and maps alone; a structure must be in between",
        ));
    }
    if endless {
        return;
    }
    let first_too_deep = components
        .depths(&graph)
        .into_iter()
        .zip(shapes.keys())
        .filter(|(depth, _)| *depth == NESTING_LIMIT + 1);
    for (_, id) in first_too_deep {
        let message = format!(
            "nests more than {NESTING_LIMIT} lists and maps without a structure in between"
        );
        diagnostics.push(Error::at(id, message));
    }
}

fn report_impossible_structures(shapes: &Shapes<'_>, diagnostics: &mut Diagnostics) {
    let must = |shape: &Shape, member: &Member| {
        matches!(shape.kind, ShapeKind::Structure(_))
            && member.traits.is_required()
            && !member.traits.is_client_optional()
    };
    let graph = Graph::new(shapes, must);
    for id in graph.components().members_in_cycles(&graph) {
        diagnostics.push(Error::at(
            id,
            "is required, but leads back to its own structure through required members alone",
        ));
    }
}

/// Shapes by their index, and what some of their members lead to.
struct Graph<'m> {
    edges: Vec<Vec<Edge<'m>>>,
}

struct Edge<'m> {
    to: usize,
    member: &'m ShapeId,
}

/// The strongly connected components of a [`Graph`].
struct Components {
    /// The component of each shape. A shape's number is never less than that of a shape that it leads to.
    of: Vec<usize>,
}

impl<'m> Graph<'m> {
    fn new(shapes: &Shapes<'m>, counts: impl Fn(&Shape, &Member) -> bool) -> Self {
        let edges = shapes.values().map(|shape| {
            let members = shape.members().filter(|member| counts(shape, member));
            members
                .filter_map(|member| {
                    Some(Edge {
                        to: shapes.get_index_of(&member.target)?,
                        member: member.id(),
                    })
                })
                .collect()
        });
        Self {
            edges: edges.collect(),
        }
    }

    fn edges(&self, from: usize) -> &[Edge<'m>] {
        self.edges.get(from).map_or(&[], Vec::as_slice)
    }

    /// Tarjan's algorithm, with a stack of its own: a chain of shapes may be as long as the model.
    fn components(&self) -> Components {
        let mut search = Search::new(self.edges.len());
        for start in 0..self.edges.len() {
            if search.order(start) == UNSEEN {
                search.run(self, start);
            }
        }
        Components {
            of: search.component,
        }
    }
}

impl Components {
    /// The members along which one can come back to where one was, in the order of the graph.
    fn members_in_cycles<'a, 'm>(
        &'a self,
        graph: &'a Graph<'m>,
    ) -> impl Iterator<Item = &'m ShapeId> + 'a {
        let edges = self
            .of
            .iter()
            .zip(&graph.edges)
            .flat_map(|(component, edges)| edges.iter().map(move |edge| (*component, edge)));
        edges
            .filter(|(from, edge)| self.of.get(edge.to) == Some(from))
            .map(|(_, edge)| edge.member)
    }

    /// The length of the longest path from each shape, in a graph without cycles.
    fn depths(&self, graph: &Graph<'_>) -> Vec<usize> {
        let mut depths = vec![0; self.of.len()];
        // Components are numbered when they are complete, those that lead nowhere first: in this order, the depths of all that a
        // shape leads to are known when it is its turn, and no recursion is needed.
        let mut by_component: Vec<_> = self.of.iter().copied().enumerate().collect();
        by_component.sort_unstable_by_key(|(_, component)| *component);
        for (shape, _) in by_component {
            let deepest = graph
                .edges(shape)
                .iter()
                .filter_map(|edge| depths.get(edge.to))
                .max();
            let depth = deepest.map_or(0, |depth| depth + 1);
            depths
                .get_mut(shape)
                .into_iter()
                .for_each(|place| *place = depth);
        }
        depths
    }
}

const UNSEEN: usize = usize::MAX;

/// A run of Tarjan's algorithm.
struct Search {
    /// The order in which each shape was entered, [`UNSEEN`] before.
    order: Vec<usize>,
    /// The earliest order of an open shape that each is known to lead to.
    low: Vec<usize>,
    /// The component of each shape that is in one.
    component: Vec<usize>,
    /// The number of components.
    components: usize,
    /// The order of the next shape to be entered.
    next: usize,
    /// Shapes that are seen and in no component yet.
    open: Vec<usize>,
}

impl Search {
    fn new(shapes: usize) -> Self {
        let unseen = vec![UNSEEN; shapes];
        Self {
            order: unseen.clone(),
            low: unseen.clone(),
            component: unseen,
            components: 0,
            next: 0,
            open: Vec::new(),
        }
    }

    fn run(&mut self, graph: &Graph<'_>, start: usize) {
        // A shape, and the next of its edges to follow: the frames of the recursion that the algorithm is mostly written as.
        let mut path = vec![(start, 0)];
        self.enter(start);
        while let Some((shape, edge)) = path.last_mut() {
            let shape = *shape;
            if let Some(Edge { to, .. }) = graph.edges(shape).get(*edge) {
                *edge += 1;
                if self.order(*to) == UNSEEN {
                    self.enter(*to);
                    path.push((*to, 0));
                // An edge into a component that is complete leads to no cycle: none of its shapes leads back here.
                } else if get(&self.component, *to) == UNSEEN {
                    self.lower(shape, self.order(*to));
                }
            } else {
                path.pop();
                self.leave(shape);
                if let Some((parent, _)) = path.last() {
                    self.lower(*parent, get(&self.low, shape));
                }
            }
        }
    }

    fn enter(&mut self, shape: usize) {
        set(&mut self.order, shape, self.next);
        set(&mut self.low, shape, self.next);
        self.next += 1;
        self.open.push(shape);
    }

    fn leave(&mut self, shape: usize) {
        // It leads to a shape that was entered before it and is still open: both are of one component, which that one completes.
        if get(&self.low, shape) != self.order(shape) {
            return;
        }
        while let Some(member) = self.open.pop() {
            set(&mut self.component, member, self.components);
            if member == shape {
                break;
            }
        }
        self.components += 1;
    }

    fn lower(&mut self, shape: usize, low: usize) {
        let low = low.min(get(&self.low, shape));
        set(&mut self.low, shape, low);
    }

    fn order(&self, shape: usize) -> usize {
        get(&self.order, shape)
    }
}

/// Returns the value at an index. None is out of range; if one ever were, nobody's model should make the generator panic.
fn get(values: &[usize], index: usize) -> usize {
    values.get(index).copied().unwrap_or(UNSEEN)
}

fn set(values: &mut [usize], index: usize, value: usize) {
    values
        .get_mut(index)
        .into_iter()
        .for_each(|place| *place = value);
}
