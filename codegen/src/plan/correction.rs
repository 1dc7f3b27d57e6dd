//! Which shapes of responses need correction, and how.
//!
//! Smithy's client error correction fills in what a service leaves out. A table holds what one
//! structure or union needs for that; those that need nothing have none, and neither have those
//! that no response holds.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::types::{Member, RustType, Structure, TypeName, Union};
use super::{Plan, Type};
use crate::smithy::ShapeId;

/// What a structure or union needs.
#[derive(Debug)]
pub struct CorrectionTable {
    /// The name of the static, such as `IMPORT_JOB_PROPERTIES`.
    pub constant: String,
    /// Whether it is for a union.
    pub is_union: bool,
    /// The members that need something.
    pub members: Vec<CorrectionMember>,
}

/// What a member needs.
#[derive(Debug)]
pub struct CorrectionMember {
    /// The name on the wire.
    pub wire_name: String,
    /// What happens if it is not there.
    pub presence: Presence,
    /// What happens inside its value.
    pub value: Correction,
}

/// Whether a member has to be there.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Presence {
    /// It does.
    Required,
    /// It does not, since it has a default; but a null for it has to go.
    Defaulted,
    /// It does not.
    Optional,
}

/// What a value needs.
#[derive(Debug)]
pub enum Correction {
    /// A string, string enum or blob.
    Text,
    /// A number, int enum or timestamp.
    Number,
    /// A boolean.
    Boolean,
    /// A document.
    Document,
    /// A structure that needs nothing.
    EmptyStructure,
    /// A union that needs nothing.
    EmptyUnion,
    /// A structure or union with a table.
    Table(String),
    /// A list.
    List {
        /// What it holds.
        element: Box<Correction>,
        /// Whether it may hold nulls.
        sparse: bool,
    },
    /// A map.
    Map {
        /// What it holds.
        value: Box<Correction>,
        /// Whether it may hold nulls.
        sparse: bool,
    },
}

/// The tables of all shapes that a response can hold and that need one, by shape.
pub fn tables(plan: &Plan) -> HashMap<ShapeId, CorrectionTable> {
    let graph = Graph::of_responses(plan);
    let needy = graph.needy();
    let needy = Needy {
        plan,
        shapes: &needy,
    };
    graph
        .nodes
        .values()
        .filter(|node| needy.shapes.contains(&node.name().shape))
        .map(|node| (node.name().shape.clone(), needy.table(*node)))
        .collect()
}

/// A structure or union that a response holds.
#[derive(Clone, Copy)]
enum Node<'p> {
    Structure(&'p Structure),
    Union(&'p Union),
}

impl<'p> Node<'p> {
    fn of(plan: &'p Plan, shape: &ShapeId) -> Option<Self> {
        match plan.type_of(shape) {
            Some(Type::Union(union)) => Some(Self::Union(union)),
            _ => plan.structure(shape).map(Self::Structure),
        }
    }

    fn name(&self) -> &'p TypeName {
        match self {
            Self::Structure(structure) => &structure.about.name,
            Self::Union(union) => &union.about.name,
        }
    }

    fn member_types(&self) -> Vec<&'p RustType> {
        match self {
            Self::Structure(structure) => {
                structure.members.iter().map(|member| &member.ty).collect()
            }
            Self::Union(union) => union
                .variants
                .iter()
                .filter_map(|variant| variant.ty.as_ref())
                .collect(),
        }
    }

    /// Whether it needs a table, whatever the shapes in it need.
    fn is_needy(&self) -> bool {
        let has_presence = match self {
            Self::Structure(structure) => structure
                .members
                .iter()
                .any(|member| presence(member) != Presence::Optional),
            Self::Union(_) => false,
        };
        has_presence || self.member_types().into_iter().any(needs_something)
    }
}

struct Graph<'p> {
    nodes: BTreeMap<&'p ShapeId, Node<'p>>,
    /// Which shapes have a member that leads to a shape.
    holders: HashMap<&'p ShapeId, Vec<&'p ShapeId>>,
}

impl<'p> Graph<'p> {
    fn of_responses(plan: &'p Plan) -> Self {
        let responses = plan
            .operations
            .iter()
            .map(|operation| &operation.response.shape);
        let mut rest: Vec<_> = responses
            .chain(plan.errors.iter().map(|error| &error.name.shape))
            .collect();
        let mut graph = Self {
            nodes: BTreeMap::new(),
            holders: HashMap::new(),
        };
        while let Some(shape) = rest.pop() {
            let Some(node) = Node::of(plan, shape) else {
                continue;
            };
            if graph.nodes.insert(&node.name().shape, node).is_some() {
                continue;
            }
            for held in node
                .member_types()
                .into_iter()
                .filter_map(RustType::innermost)
            {
                graph
                    .holders
                    .entry(&held.shape)
                    .or_default()
                    .push(&node.name().shape);
                rest.push(&held.shape);
            }
        }
        graph
    }

    /// The shapes that need a table: those that need one for themselves, and all that hold them.
    fn needy(&self) -> HashSet<&'p ShapeId> {
        let mut needy = HashSet::new();
        let mut rest: Vec<_> = self
            .nodes
            .iter()
            .filter(|(_, node)| node.is_needy())
            .map(|(shape, _)| *shape)
            .collect();
        while let Some(shape) = rest.pop() {
            if needy.insert(shape) {
                rest.extend(self.holders.get(shape).into_iter().flatten());
            }
        }
        needy
    }
}

struct Needy<'p> {
    plan: &'p Plan,
    shapes: &'p HashSet<&'p ShapeId>,
}

impl Needy<'_> {
    fn table(&self, node: Node<'_>) -> CorrectionTable {
        match node {
            Node::Structure(structure) => {
                let members = structure.members.iter();
                CorrectionTable {
                    constant: structure.about.constant(),
                    is_union: false,
                    members: members
                        .filter_map(|member| {
                            self.member(&member.wire_name, presence(member), &member.ty)
                        })
                        .collect(),
                }
            }
            Node::Union(union) => {
                let variants = union.variants.iter();
                CorrectionTable {
                    constant: union.about.constant(),
                    is_union: true,
                    members: variants
                        .filter_map(|variant| {
                            self.member(&variant.tag, Presence::Optional, variant.ty.as_ref()?)
                        })
                        .collect(),
                }
            }
        }
    }

    fn member(
        &self,
        wire_name: &str,
        presence: Presence,
        ty: &RustType,
    ) -> Option<CorrectionMember> {
        let inside = needs_something(ty)
            || ty
                .innermost()
                .is_some_and(|name| self.shapes.contains(&name.shape));
        (presence != Presence::Optional || inside).then(|| CorrectionMember {
            wire_name: wire_name.to_owned(),
            presence,
            value: self.value(ty),
        })
    }

    fn value(&self, ty: &RustType) -> Correction {
        match ty {
            RustType::String | RustType::Blob | RustType::Enum(_) => Correction::Text,
            RustType::Bool => Correction::Boolean,
            RustType::Document => Correction::Document,
            RustType::I8
            | RustType::I16
            | RustType::I32
            | RustType::I64
            | RustType::F32
            | RustType::F64
            | RustType::DateTime(_)
            | RustType::IntEnum(_) => Correction::Number,
            RustType::Structure(name) => self.held(name).unwrap_or(Correction::EmptyStructure),
            RustType::Union(name) => self.held(name).unwrap_or(Correction::EmptyUnion),
            RustType::List { element, sparse } => Correction::List {
                element: Box::new(self.value(element)),
                sparse: *sparse,
            },
            RustType::Map { value, sparse, .. } => Correction::Map {
                value: Box::new(self.value(value)),
                sparse: *sparse,
            },
        }
    }

    fn held(&self, name: &TypeName) -> Option<Correction> {
        let node = self
            .shapes
            .contains(&name.shape)
            .then(|| Node::of(self.plan, &name.shape))??;
        Some(Correction::Table(match node {
            Node::Structure(structure) => structure.about.constant(),
            Node::Union(union) => union.about.constant(),
        }))
    }
}

fn presence(member: &Member) -> Presence {
    if member.required {
        Presence::Required
    } else if member.default.is_some() {
        Presence::Defaulted
    } else {
        Presence::Optional
    }
}

/// Whether there is a list or map in it that may hold no nulls, so that stray ones have to go. Maps are always in the table,
/// since errors tell by it what is a name of the model and what the key of a map.
fn needs_something(ty: &RustType) -> bool {
    match ty {
        RustType::List { element, sparse } => {
            !sparse && **element != RustType::Document || needs_something(element)
        }
        RustType::Map { value, .. } => **value != RustType::Document || needs_something(value),
        _ => false,
    }
}
