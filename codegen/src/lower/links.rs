//! Links from names in the model's documentation to the items of the crate.
//!
//! A name means what stands nearest to where it is written. It is, in this order:
//!
//! 1. a member of the documented structure, union or enum;
//! 2. a member of the operation's input, then of its output, in the documentation of the operation, of its waiters, or of a
//!    structure that is the input or output of that operation alone;
//! 3. an operation, 4. a waiter, 5. a type;
//! 6. a value of an enum that a member of 1 or 2 holds, if just one of these enums has it. The enum of the documented member
//!    comes before those of the others.
//!
//! `Shape$member` and `namespace#Shape` mean the same everywhere. All are shown by their names in Rust: those of 1 and 2 alone,
//! other members after their type. What names the documented item itself is shown so, too, and is no link.

use std::collections::{HashMap, HashSet};

use super::naming::Naming;
use crate::docs::Link;
use crate::model::{Closure, Operation, Shape, ShapeId, ShapeKind};
use crate::names::plain;

/// An item of the crate, by what it is in the model.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Item<'a> {
    /// The service: the crate.
    Service,
    /// An operation: a function of the client.
    Operation(&'a ShapeId),
    /// A waiter of an operation: a function of the client.
    Waiter(&'a ShapeId, &'a str),
    /// A structure, union or enum.
    Shape(&'a ShapeId),
    /// A member of one, a field or a variant, by its name; of an enum of strings by the string.
    Member(&'a ShapeId, &'a str),
}

/// The items that documentation may link to.
#[derive(Debug)]
pub struct Links<'a> {
    closure: &'a Closure<'a>,
    naming: &'a Naming,
    operations: HashMap<&'a str, (&'a ShapeId, &'a Operation)>,
    waiters: HashMap<&'a str, Item<'a>>,
    /// The types by name, and `None` for a name that several have.
    types: HashMap<&'a str, Option<&'a ShapeId>>,
    /// The operation that a structure is the input or output of, and `None` if there are several.
    operation_of: HashMap<&'a ShapeId, Option<&'a Operation>>,
}

/// Methods that a structure has or that are in scope wherever documentation is: `Item::max` would be the method, not the field.
const METHODS: [&str; 22] = [
    "as_mut",
    "as_ref",
    "builder",
    "clamp",
    "clone",
    "clone_from",
    "cmp",
    "default",
    "eq",
    "from",
    "ge",
    "gt",
    "into",
    "le",
    "lt",
    "max",
    "min",
    "ne",
    "partial_cmp",
    "to_owned",
    "to_string",
    "try_into",
];

/// Values of enums that are more often meant as values of another type.
const LITERALS: [&str; 3] = ["true", "false", "null"];

impl<'a> Links<'a> {
    /// Finds all that can be linked to. The waiters in `left_out` cannot.
    pub fn new(
        closure: &'a Closure<'a>,
        naming: &'a Naming,
        left_out: &HashSet<(ShapeId, String)>,
    ) -> Self {
        let mut links = Self {
            closure,
            naming,
            operations: HashMap::new(),
            waiters: HashMap::new(),
            types: HashMap::new(),
            operation_of: HashMap::new(),
        };
        for (shape, operation) in closure.operations() {
            links
                .operations
                .insert(shape.id.name(), (&shape.id, operation));
            for io in HashSet::from([&operation.input, &operation.output]) {
                let of = links.operation_of.entry(io);
                of.and_modify(|of| *of = None).or_insert(Some(operation));
            }
            for waiter in naming.waiters_of(&shape.id) {
                if !left_out.contains(&(shape.id.clone(), waiter.to_owned())) {
                    links
                        .waiters
                        .insert(waiter, Item::Waiter(&shape.id, waiter));
                }
            }
        }
        for shape in closure.shapes() {
            if naming.of_type(&shape.id).is_some() {
                for name in HashSet::from([shape.id.name(), closure.name(&shape.id)]) {
                    let of_name = links.types.entry(name);
                    of_name
                        .and_modify(|ty| *ty = None)
                        .or_insert(Some(&shape.id));
                }
            }
        }
        links
    }

    /// Returns the link that a name in the documentation of an item becomes, if it is that of another item.
    pub fn link(&self, name: &str, documented: Item<'_>) -> Option<Link> {
        let item = self.item(name, documented)?;
        let label = self.label(item, documented)?;
        let path = match item == documented {
            true => None,
            false => Some(self.path(item)?),
        };
        Some(Link { label, path })
    }

    fn item(&self, name: &str, documented: Item<'_>) -> Option<Item<'a>> {
        if name.contains(['#', '$']) {
            return self.absolute(name);
        }
        let scope = self.scope(documented);
        let member = || scope.iter().find_map(|shape| self.member(shape, name));
        let operation = || Some(Item::Operation(self.operations.get(name)?.0));
        let waiter = || self.waiters.get(name).copied();
        let ty = || Some(Item::Shape((*self.types.get(name)?)?));
        let value = || self.value_at_hand(name, documented, &scope);
        member()
            .or_else(operation)
            .or_else(waiter)
            .or_else(ty)
            .or_else(value)
    }

    /// The item of `Shape$member`, `namespace#Shape` or `namespace#Shape$member`.
    fn absolute(&self, name: &str) -> Option<Item<'a>> {
        let (namespace, name) = match name.split_once('#') {
            Some((namespace, name)) => (Some(namespace), name),
            None => (None, name),
        };
        let (name, member) = match name.split_once('$') {
            Some((name, member)) => (name, Some(member)),
            None => (name, None),
        };
        let shape = match namespace {
            Some(namespace) => ShapeId::parse(&format!("{namespace}#{name}")).ok(),
            None => self.types.get(name)?.cloned(),
        };
        let operation = self.operations.get(name).map(|(id, _)| *id);
        match (self.closure.get(&shape?), member) {
            (Some(shape), Some(member)) => self.member(shape, member),
            (Some(shape), None) => self.is_type(shape).then_some(Item::Shape(&shape.id)),
            (None, _) => operation
                .filter(|id| namespace == Some(id.namespace()) && member.is_none())
                .map(Item::Operation),
        }
    }

    /// The shapes whose members need no more than their name where the item is documented, nearest first.
    fn scope(&self, documented: Item<'_>) -> Vec<&'a Shape> {
        let (own, operation) = match documented {
            Item::Service => (None, None),
            Item::Operation(id) | Item::Waiter(id, _) => {
                (None, self.operations.get(id.name()).map(|(_, it)| *it))
            }
            Item::Shape(id) | Item::Member(id, _) => {
                (Some(id), self.operation_of.get(id).copied().flatten())
            }
        };
        let io = operation.map(|operation| [&operation.input, &operation.output]);
        let ids = own.into_iter().chain(io.into_iter().flatten());
        ids.filter_map(|id| self.closure.get(id)).collect()
    }

    /// The member of this name, or the enum's value. A string comes before the name that the model gives it.
    fn member(&self, shape: &'a Shape, name: &str) -> Option<Item<'a>> {
        let name = match &shape.kind {
            ShapeKind::Structure(_) | ShapeKind::Union(_) => &shape.member(name)?.name,
            ShapeKind::Enum(values) => {
                let value = values.iter().find(|it| it.value == name);
                &value
                    .or_else(|| values.iter().find(|it| it.name == name))?
                    .value
            }
            ShapeKind::IntEnum(values) => &values.iter().find(|it| it.name == name)?.name,
            _ => return None,
        };
        let item = Item::Member(&shape.id, name);
        self.naming.of_member(&shape.id, name).map(|_| item)
    }

    /// The value of an enum that members of these shapes hold, if it is clear which.
    fn value_at_hand(
        &self,
        name: &str,
        documented: Item<'_>,
        scope: &[&'a Shape],
    ) -> Option<Item<'a>> {
        if LITERALS.contains(&name) {
            return None;
        }
        if let (Item::Member(_, member), Some(own)) = (documented, scope.first())
            && let Some(member) = own.member(member)
            && let Some(values) = self.enum_in(&member.target)
            && let Some(value) = self.member(values, name)
        {
            return Some(value);
        }
        let members = scope.iter().flat_map(|shape| shape.members());
        let enums = members.filter_map(|member| self.enum_in(&member.target));
        let mut values = enums.filter_map(|values| self.member(values, name));
        let value = values.next()?;
        values.all(|other| other == value).then_some(value)
    }

    /// The enum that a shape is, or a list or map of. Linking has seen to it that these are not nested deep.
    fn enum_in(&self, id: &ShapeId) -> Option<&'a Shape> {
        let shape = self.closure.get(id)?;
        match &shape.kind {
            ShapeKind::Enum(_) | ShapeKind::IntEnum(_) => Some(shape),
            ShapeKind::List(element) => self.enum_in(&element.target),
            ShapeKind::Map(map) => self.enum_in(&map.value.target),
            _ => None,
        }
    }

    fn is_type(&self, shape: &Shape) -> bool {
        self.naming.of_type(&shape.id).is_some()
    }

    fn label(&self, item: Item<'_>, documented: Item<'_>) -> Option<String> {
        let path = self.name(item)?;
        let is_near = |id: &ShapeId| self.scope(documented).iter().any(|shape| shape.id == *id);
        Some(match item {
            Item::Member(id, name) if is_near(id) => {
                plain(self.naming.of_member(id, name)?).to_owned()
            }
            Item::Operation(_) | Item::Waiter(..) if item == documented => {
                path.trim_start_matches("Client::").to_owned()
            }
            _ => path,
        })
    }

    fn path(&self, item: Item<'_>) -> Option<String> {
        let path = format!("crate::{}", self.name(item)?);
        let is_method = |id, name| {
            let field = self.naming.of_member(id, name);
            field.is_some_and(|field| METHODS.contains(&field))
        };
        Some(match item {
            Item::Member(id, name) if is_method(id, name) => format!("field@{path}"),
            _ => path,
        })
    }

    /// The path of an item from the root of the crate.
    fn name(&self, item: Item<'_>) -> Option<String> {
        let ty = |id| self.naming.of_type(id).map(|names| &names.rust);
        let function = |function: &str| format!("Client::{}", plain(function));
        Some(match item {
            Item::Service => return None,
            Item::Operation(id) => function(&self.naming.of_operation(id)?.function),
            Item::Waiter(id, name) => function(self.naming.of_waiter(id, name)?),
            Item::Shape(id) => ty(id)?.clone(),
            Item::Member(id, name) => {
                format!("{}::{}", ty(id)?, plain(self.naming.of_member(id, name)?))
            }
        })
    }
}
